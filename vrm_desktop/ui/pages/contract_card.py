"""The contracts with one counterparty, on the page of its file."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.contract import Contract
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.points import Points
from vrm_desktop.wording.catalogue import _

Words = Callable[[Contract, date], str]


class ContractCard(Card):
    """`opened` carries the id of the first contract. `words` says one contract in a line."""

    opened = Signal(str)
    tab, order = RelationshipTab.PAPERS, 130

    def __init__(self, look: Look, words: Words, today: Callable[[], date]) -> None:
        super().__init__(look, _("Contracts"), gap=1.25)
        self._words, self._today = words, today
        self._first = ""
        self._points = Points(look)
        self.button = Button(look, _("Dates, prices, notice"), icon=Icon.FILE_TEXT)
        self.body.addWidget(self._points)
        foot = row(look)
        foot.addWidget(self.button)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.button.clicked.connect(lambda: self.opened.emit(self._first))

    @property
    def widget(self) -> QWidget:
        """Itself."""
        return self

    def show_file(self, file: RelationshipFile) -> None:
        """Show the contracts of the counterparty, or nothing where there are none."""
        kept: Sequence[Contract] = file.papers_of(Contract)
        self.setVisible(bool(kept))
        if kept:
            self._first = kept[0].id
            self._points.show_points([self._words(one, self._today()) for one in kept])
