"""Tabs: a row of names that wraps, and under it the panel of the chosen one. Hidden panels take no room."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.ui.widgets.plain_text import button_text


class Tabs(QWidget):
    """`options` are (key, label) pairs; the first is open to begin with. `chosen` carries the key."""

    chosen = Signal(str)

    def __init__(
        self, look: Look, name: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        if not options:
            raise ValueError("tabs need something to choose from")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._panels: dict[str, QWidget] = {}
        self._lines: dict[str, QVBoxLayout] = {}
        self._placed: dict[str, list[int]] = {}
        lines = column(look, self, gap=2)
        names = QWidget()
        names.setAccessibleName(name)
        flow = Flow(look, names, gap=0.5)
        lines.addWidget(names)
        for key, label in options:
            self._buttons[key] = self._button(key, label)
            flow.addWidget(self._buttons[key])
            self._panels[key] = QWidget()
            self._lines[key] = column(look, self._panels[key], gap=1.5)
            self._placed[key] = []
            lines.addWidget(self._panels[key])
        lines.addStretch(1)
        self.choose(options[0][0])
        self._group.buttonClicked.connect(self._clicked)

    @property
    def key(self) -> str:
        """The key of the open tab."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Open a tab without telling.

        Raises:
            KeyError: there is no such tab.
        """
        self._buttons[key].setChecked(True)
        for other, panel in self._panels.items():
            panel.setVisible(other == key)

    def place(self, key: str, widget: QWidget, order: int) -> None:
        """Lay a widget into the panel of `key`: under those of a smaller or the same order.

        Raises:
            KeyError: there is no such tab.
        """
        placed = self._placed[key]
        at = sum(one <= order for one in placed)
        placed.insert(at, order)
        self._lines[key].insertWidget(at, widget)

    def button(self, key: str) -> QAbstractButton:
        """The button of a tab."""
        return self._buttons[key]

    def _button(self, key: str, label: str) -> QPushButton:
        button = QPushButton(button_text(label))
        button.setProperty("kind", "tab")
        button.setProperty("key", key)
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group.addButton(button)
        return button

    def _clicked(self, button: QAbstractButton) -> None:
        key = str(button.property("key"))
        self.choose(key)
        self.chosen.emit(key)
