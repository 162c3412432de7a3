"""Leaving on the page of one counterparty: what would happen, what stays and until when, and what is waited for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.domain.rights import RequestState, RightsRequest
from vrm_desktop.services.check_after_end import newest_check
from vrm_desktop.services.end_relationship import Leaving
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.points import Points
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.leaving_words import at_once, needed_line, standing_line, way_of_leaving


class LeavingCard(Card):
    """`asked`, `confirmed` and `checked` carry a relationship's id, `cut_off` a counterparty's."""

    asked = Signal(str)
    confirmed = Signal(str)
    checked = Signal(str)
    cut_off = Signal(str)
    tab = RelationshipTab.OVERVIEW
    order = 900

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Leaving"), gap=1.25, parent=parent)
        self._file, self._vendor, self._sure = "", "", False
        self._words = PlainLabel(kind=LabelKind.BODY, wrap=True)
        self._now = Points(look)
        self._stays = PlainLabel(_("What stays for a while, and why"), kind=LabelKind.OVERLINE)
        self._needed = Points(look)
        self.ask = Button(look, _("What happens when I leave?"), icon=Icon.CIRCLE_HELP)
        self.done = Button(look, _("They confirmed it"), icon=Icon.CHECK)
        self.check = Button(look, _("Ask what they still hold"), icon=Icon.SCALE)
        self.off = Button(look, _("Cut off contact with this vendor"), role=ButtonRole.DANGER, icon=Icon.SHIELD_ALERT)
        self._off_words = PlainLabel(
            _("Cutting off retires the address that only they have, stops every automatic answer, objects, and asks "
              "for all of your data to be erased. You can still claim what is yours."),
            kind=LabelKind.CAPTION,
            wrap=True,
        )  # fmt: skip
        for part in (self._words, self._now, self._stays, self._needed):
            self.body.addWidget(part)
        acts = Flow(look)
        for button in (self.ask, self.done, self.check, self.off):
            acts.addWidget(button)
        self.body.addLayout(acts)
        self.body.addWidget(self._off_words)
        self.ask.clicked.connect(lambda: self.asked.emit(self._file))
        self.done.clicked.connect(lambda: self.confirmed.emit(self._file))
        self.check.clicked.connect(lambda: self.checked.emit(self._file))
        self.off.clicked.connect(self._cut_off)
        self._show((), ())

    @property
    def widget(self) -> QWidget:
        """Itself."""
        return self

    def show_file(self, file: RelationshipFile) -> None:
        """How far leaving has come."""
        state = file.relationship.state
        if self._file != file.relationship.id or state in {RelationshipState.ENDING, RelationshipState.ENDED}:
            self._show((), ())
        self._file, self._vendor = file.relationship.id, file.vendor.id
        self._ask_again(sure=False)
        asked = _check_of(file)
        waits = asked is not None and (asked.running or asked.state is RequestState.DRAFT)
        self.show_standing(_standing(file), state, waits=waits)

    def show_standing(self, words: str, state: RelationshipState, *, waits: bool) -> None:
        """How far it has come, in words. `waits`: it was asked what it still holds, and has yet to answer."""
        self._words.setText(words)
        self.ask.setVisible(state not in {RelationshipState.ENDING, RelationshipState.ENDED})
        self.done.setVisible(state is RelationshipState.ENDING)
        self.check.setVisible(state is RelationshipState.ENDED and not waits)

    def show_leaving(self, found: Leaving) -> None:
        """What an end would do now; nothing once it is done."""
        if found.left:
            return
        self._words.setText(way_of_leaving(found.vendor, wire=found.wire, letter=found.letter))
        now = at_once(told=found.told, consents=found.consents, waiting=found.waiting)
        self._show(now, tuple(needed_line(one) for one in found.needed))

    def _cut_off(self) -> None:
        """The first press only asks, for what follows cannot be unsaid."""
        if self._sure:
            self.cut_off.emit(self._vendor)
        self._ask_again(sure=not self._sure)

    def _ask_again(self, *, sure: bool) -> None:
        self._sure = sure
        self.off.setText(_("Yes, cut off contact now") if sure else _("Cut off contact with this vendor"))

    def _show(self, now: tuple[str, ...], needed: tuple[str, ...]) -> None:
        self._now.show_points(now)
        self._needed.show_points(needed)
        self._now.setVisible(bool(now))
        for part in (self._stays, self._needed):
            part.setVisible(bool(needed))


def _check_of(file: RelationshipFile) -> RightsRequest | None:
    return newest_check(file.papers_of(RightsRequest), file.relationship.id)


def _standing(file: RelationshipFile) -> str:
    return standing_line(file.vendor.name, file.relationship.state, file.agenda, _check_of(file))
