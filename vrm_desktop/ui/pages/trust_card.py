"""Trust on the page of one counterparty: what was promised and kept, counted, each count opening its rows."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.trust import Measure, Tally
from vrm_desktop.services.count_trust import Trust
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.presenters.trust import count_facts
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import asked_field_label
from vrm_desktop.wording.trust_words import only_here, outcome_label

_MOST_ROWS = 40


class TrustCard(Card):
    """`wanted` asks for the counts of a counterparty; `arrived` and `missing` carry a relationship's id."""

    wanted = Signal(str)
    arrived = Signal(str)
    missing = Signal(str)
    tab = RelationshipTab.OVERVIEW
    order = 250

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Promises and what became of them"), gap=1.25, parent=parent)
        self._file, self._vendor = "", ""
        self._none = PlainLabel(_("Nothing to count yet."), kind=LabelKind.MUTED, wrap=True)
        self._counts = KeyValues(look)
        self._question = PlainLabel(_("Has what you ordered arrived?"), kind=LabelKind.STRONG, wrap=True)
        self._rows = KeyValues(look)
        self._note = PlainLabel(only_here(), kind=LabelKind.CAPTION, wrap=True)
        self.came = Button(look, _("Yes, it is here"), icon=Icon.CHECK)
        self.lost = Button(look, _("It never came"), role=ButtonRole.QUIET)
        self.more = Button(look, _("Show what was counted"), role=ButtonRole.QUIET, icon=Icon.CHEVRON_DOWN)
        asked = Flow(look)
        asked.addWidget(self.came)
        asked.addWidget(self.lost)
        self.body.addWidget(self._none)
        self.body.addWidget(self._counts)
        self.body.addWidget(self._question)
        self.body.addLayout(asked)
        self.body.addWidget(self.more)
        self.body.addWidget(self._rows)
        self.body.addWidget(self._note)
        self._rows.setVisible(False)
        self.came.clicked.connect(lambda: self.arrived.emit(self._file))
        self.lost.clicked.connect(lambda: self.missing.emit(self._file))
        self.more.clicked.connect(self._open)

    @property
    def widget(self) -> QWidget:
        """Itself."""
        return self

    def show_file(self, file: RelationshipFile) -> None:
        """Ask for the counts of this counterparty."""
        self._file, self._vendor = file.relationship.id, file.vendor.id
        self.wanted.emit(file.vendor.id)

    def show_trust(self, trust: Trust, *, waits: bool, overdue: bool) -> None:
        """Show the counts. `waits`: a delivery is waited for, and `overdue`: its day is over."""
        if self._vendor and trust.vendor != self._vendor:
            return
        self._none.setVisible(not trust.tallies)
        self._counts.setVisible(bool(trust.tallies))
        self._counts.show_facts([Fact(label=label, value=value) for label, value in count_facts(trust)])
        self._question.setVisible(waits)
        self.came.setVisible(waits)
        self.lost.setVisible(waits and overdue)
        self.more.setVisible(bool(trust.tallies))
        self._rows.show_facts([fact for one in trust.tallies for fact in _rows(one)][:_MOST_ROWS])

    def _open(self) -> None:
        opened = self._rows.isHidden()
        self._rows.setVisible(opened)
        self.more.setText(_("Show less") if opened else _("Show what was counted"))


def _rows(tally: Tally) -> list[Fact]:
    named = tally.measure is Measure.ASKED
    return [
        Fact(
            label=values.day(row.on),
            value=f"{asked_field_label(row.text) if named else row.text}: {outcome_label(row.outcome, tally.measure)}",
        )
        for row in tally.rows
    ]
