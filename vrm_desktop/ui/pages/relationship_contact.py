"""How to reach a counterparty, and the ways on from here: write to them, change what is written down, other files."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.wording.catalogue import _

_MOST_OTHERS = 12


class ContactCard(Card):
    """`write_requested`, `edit_requested`, and `opened` with the id of another file of theirs."""

    write_requested = Signal()
    edit_requested = Signal()
    opened = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("How to reach them"), gap=1.25, parent=parent)
        self._look = look
        self._facts = KeyValues(look)
        self._nothing = PlainLabel(_("Nothing is written down yet."), kind=LabelKind.MUTED)
        self.write = Button(look, _("Write to them…"), icon=Icon.SEND)
        self.edit = Button(look, _("Change this…"), icon=Icon.PENCIL)
        self._others_title = PlainLabel(_("Other files with them"), kind=LabelKind.OVERLINE)
        self._others: tuple[tuple[str, str], ...] = ()
        self._files = column(look)
        ways = Flow(look)
        ways.addWidget(self.write)
        ways.addWidget(self.edit)
        self.body.addWidget(self._facts)
        self.body.addWidget(self._nothing)
        self.body.addLayout(ways)
        self.body.addWidget(self._others_title)
        self.body.addLayout(self._files)
        self.write.clicked.connect(self.write_requested)
        self.edit.clicked.connect(self.edit_requested)

    def show_contact(self, facts: tuple[tuple[str, str], ...], others: tuple[tuple[str, str], ...]) -> None:
        """Show how to reach them, and their other files as id and words, the newest first."""
        self._facts.show_facts([Fact(label=label, value=value) for label, value in facts])
        self._facts.setVisible(bool(facts))
        self._nothing.setVisible(not facts)
        self._others_title.setVisible(bool(others))
        if others == self._others:
            return
        self._others = others
        while (item := self._files.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for key, words in others[:_MOST_OTHERS]:
            way = Button(self._look, words, role=ButtonRole.QUIET, icon=Icon.ARROW_RIGHT)
            way.clicked.connect(lambda _checked=False, file=key: self.opened.emit(file))
            self._files.addWidget(way)
