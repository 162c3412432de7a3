"""What was added to a list of a form, each with a button that takes it out. Never how one is added."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.plain_text import one_line
from vrm_desktop.wording.catalogue import _

_LONGEST = 32


class AddedOnes(QWidget):
    """Hidden while it is empty. `removed` carries the key of the one that the person takes out."""

    removed = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._flow = Flow(look, self)
        self.chips: dict[str, Button] = {}
        self.hide()

    def show_ones(self, ones: Iterable[tuple[str, str]]) -> None:
        """Show these, each as key and name."""
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.chips = {key: self._chip(key, name) for key, name in ones}
        for chip in self.chips.values():
            self._flow.addWidget(chip)
        self.setVisible(bool(self.chips))

    def _chip(self, key: str, name: str) -> Button:
        told = _("{vendor}: take out").format(vendor=one_line(name, _LONGEST))
        chip = Button(self._look, told, role=ButtonRole.QUIET, icon=Icon.X)
        chip.clicked.connect(lambda: self.removed.emit(key))
        return chip
