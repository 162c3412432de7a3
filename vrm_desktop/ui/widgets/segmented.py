"""A segmented control: one of a few, all in sight. Arrow keys move, as in any group of one choice."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QPushButton, QSizePolicy, QWidget

from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.plain_text import button_text


class Segmented(QFrame):
    """`options` are (key, label) pairs; the first is chosen to begin with. `chosen` carries the key."""

    chosen = Signal(str)

    def __init__(
        self, look: Look, name: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        if not options:
            raise ValueError("a choice needs something to choose from")
        self.setProperty("kind", "segments")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        line = row(look, self, gap=0.25, margins=0.25)
        for key, label in options:
            button = QPushButton(button_text(label))
            button.setProperty("kind", "segment")
            button.setProperty("key", key)
            button.setCheckable(True)
            self._group.addButton(button)
            self._buttons[key] = button
            line.addWidget(button)
        self._buttons[options[0][0]].setChecked(True)
        self._group.buttonClicked.connect(self._tell)

    @property
    def key(self) -> str:
        """The key of the chosen option."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Choose without telling.

        Raises:
            KeyError: no option has this key.
        """
        self._buttons[key].setChecked(True)

    def _tell(self, button: QAbstractButton) -> None:
        self.chosen.emit(str(button.property("key")))
