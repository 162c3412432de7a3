"""Data requests on the page of one counterparty: how each stands, and asking anew."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.organisation import SiteHint
from vrm_desktop.domain.rights import RightsRequest
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.rights_dates import holidays_of
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.rights import difficulty_label, hint_label, request_state_label, right_label


class RightsCard(Card):
    """`asked` carries the counterparty's id, `opened` a request's id ("" for all of them).

    `shown` carries the counterparty's id: what the lists say about its site is wanted.
    """

    asked = Signal(str)
    shown = Signal(str)
    opened = Signal(str)
    tab = RelationshipTab.PAPERS
    order = 140

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("My rights"), gap=1.25, parent=parent)
        self._vendor, self._newest = "", ""
        self._facts = KeyValues(look)
        self._hints = KeyValues(look)
        self._hints.hide()
        self._none = PlainLabel(_none_yet(), kind=LabelKind.MUTED, wrap=True)
        self.ask = Button(look, _("Ask for my data or its erasure"), icon=Icon.SCALE)
        self.open = Button(look, _("Open my requests"), icon=Icon.ARROW_RIGHT)
        self.body.addWidget(self._facts)
        self.body.addWidget(self._none)
        self.body.addWidget(self._hints)
        acts = Flow(look)
        acts.addWidget(self.ask)
        acts.addWidget(self.open)
        self.body.addLayout(acts)
        self.ask.clicked.connect(lambda: self.asked.emit(self._vendor))
        self.open.clicked.connect(lambda: self.opened.emit(self._newest))

    @property
    def widget(self) -> QWidget:
        """Itself."""
        return self

    def show_file(self, file: RelationshipFile) -> None:
        """The requests to this counterparty, the newest first."""
        self._vendor = file.vendor.id
        found = tuple(reversed(file.papers_of(RightsRequest)))
        self._newest = found[0].id if found else ""
        self._facts.show_facts([Fact(label=sentence_case(right_label(one.right)), value=_words(one)) for one in found])
        self._facts.setVisible(bool(found))
        self._none.setVisible(not found)
        self.open.setVisible(bool(found))
        self.shown.emit(self._vendor)

    def show_hints(self, vendor: str, hints: tuple[SiteHint, ...]) -> None:
        """What the lists say about the site of this counterparty, if it is the one shown."""
        if vendor != self._vendor:
            return
        self._hints.show_facts(
            [
                Fact(
                    label=sentence_case(hint_label(one.kind)),
                    value=f"{sentence_case(difficulty_label(one.difficulty))}: {one.link} ({one.source})",
                )
                for one in hints
            ]
        )
        self._hints.setVisible(bool(hints))


def _words(one: RightsRequest) -> str:
    state = sentence_case(request_state_label(one.state))
    due: date | None = next((clock.due for clock in one.clocks(holidays_of(one))), None)
    by = _("by {day}").format(day=values.day(due)) if due is not None else ""
    return ", ".join(part for part in (state, by, one.reference) if part)


def _none_yet() -> str:
    return _("It must tell you what it holds about you, correct it, or erase it.")
