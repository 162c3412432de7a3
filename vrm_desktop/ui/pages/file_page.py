"""Saved pages that were handed to the window: for which want are their prices?"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.pages.page import Page
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.points import Points
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.wording.catalogue import _, ngettext

_SHOWN = 20


class FilePage(Page):
    """`chosen` carries the id of the want; `left` that the files are put aside."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Saved pages"), parent)
        self.wants = Select(look)
        self._names = Points(look)
        self.keep = Button(look, _("Keep the prices for this"), role=ButtonRole.PRIMARY, icon=Icon.CHECK)
        self.leave = Button(look, _("Not now"), role=ButtonRole.QUIET)
        card = Card(look, gap=1.5)
        card.body.addWidget(self._names)
        card.body.addWidget(FormRow(look, _("What are these prices for?"), self.wants))
        acts = Flow(look)
        acts.addWidget(self.keep)
        acts.addWidget(self.leave)
        card.body.addLayout(acts)
        told = _("The files are read here. Nothing on them is run, and nobody is visited.")
        card.body.addWidget(PlainLabel(told, kind=LabelKind.CAPTION, wrap=True))
        self.body.addWidget(card)
        self.body.addStretch(1)
        self.keep.clicked.connect(lambda: self.chosen.emit(self.wants.key))
        self.leave.clicked.connect(self.left)

    def ask(self, names: Sequence[str], wants: Sequence[tuple[str, str]]) -> None:
        """Ask for these files, among these wants (id and title), the newest first."""
        self.show_title(ngettext("{count} saved page", "{count} saved pages", len(names)).format(count=len(names)))
        self._names.show_points(names[:_SHOWN])
        self.wants.offer(wants)

    def first_field(self) -> QWidget:
        """Which want."""
        return self.wants
