"""The person's own key on the page of one counterparty: how it stands, and a new one for whoever needs it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.own_key import KeyStaysFor
from vrm_desktop.services.change_my_key import KeyStanding, standing_of
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.presenters.moments import day_of
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.own_key_words import (
    new_key_on_its_way,
    way_on_elsewhere,
    what_stays_readable,
    why_key_stays,
    why_new_key,
)

_NOTHING_TO_SHOW = frozenset({KeyStaysFor.NOT_BEGUN, KeyStaysFor.OVER})


class OwnKeyCard(Card):
    """`wanted` carries the id of the relationship that shall go on under a new key."""

    wanted = Signal(str)
    tab = RelationshipTab.TERMS
    order = 900

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Your key here"), gap=1.25, parent=parent)
        self._file = ""
        self._words = PlainLabel(kind=LabelKind.BODY, wrap=True)
        self._why = PlainLabel(wrap=True)
        self._stays = PlainLabel(what_stays_readable(), kind=LabelKind.CAPTION, wrap=True)
        self.make = Button(look, _("Make a new key"), icon=Icon.KEY_ROUND)
        acts = Flow(look)
        acts.addWidget(self.make)
        for part in (self._words, self._why):
            self.body.addWidget(part)
        self.body.addLayout(acts)
        self.body.addWidget(self._stays)
        self.make.clicked.connect(lambda: self.wanted.emit(self._file))

    @property
    def widget(self) -> QWidget:
        """Itself."""
        return self

    def show_file(self, file: RelationshipFile) -> None:
        """How it stands with the key of this relationship."""
        self._file = file.relationship.id
        self.show_standing(standing_of(file))

    def show_standing(self, standing: KeyStanding) -> None:
        """How it stands. Where nothing is said, or nothing more, there is nothing to show."""
        self.setVisible(standing.why_not not in _NOTHING_TO_SHOW)
        self._words.setText(_standing_words(standing))
        possible = standing.why_not is None and not standing.on_its_way
        elsewhere = standing.why_not is KeyStaysFor.ELSEWHERE
        self._why.setText(way_on_elsewhere() if elsewhere else why_new_key())
        self._why.setVisible(possible or elsewhere)
        for part in (self.make, self._stays):
            part.setVisible(possible)


def _standing_words(standing: KeyStanding) -> str:
    if standing.on_its_way:
        return new_key_on_its_way()
    if standing.why_not is not None:
        return why_key_stays(standing.why_not)
    if standing.since is not None:
        return _("You sign here with a key that no other vendor knows, a new one since {day}.").format(
            day=day_of(standing.since)
        )
    return _("You sign here with a key that no other vendor knows.")
