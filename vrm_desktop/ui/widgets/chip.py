"""Chips: filters that can be on or off, and facts that can be taken away."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.plain_text import button_text


class FilterChip(QPushButton):
    """On or off. When on it also shows a tick, so that colour is not the only sign."""

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(button_text(text), parent)
        self._look, self._words = look, button_text(text)
        self.setAccessibleName(text)
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self.redraw)
        look.changed.connect(self.redraw)

    def redraw(self) -> None:
        """Show or hide the tick."""
        side = self._look.metrics.small
        self.setIconSize(QSize(side, side))
        self.setIcon(self._look.icon(Icon.CHECK, "accent", side) if self.isChecked() else QIcon())
        self.setText(f" {self._words}" if self.isChecked() else self._words)


class FactChip(QPushButton):
    """A fact the person can click to change, or take away with Delete. `clicked` and `removed` tell which."""

    removed = Signal()

    def __init__(self, look: Look, text: str, *, unsure: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(f" {button_text(text)}", parent)
        self._look, self._unsure = look, unsure
        self.setAccessibleName(text)
        self.setProperty("kind", "chip")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.redraw()
        look.changed.connect(self.redraw)

    def redraw(self) -> None:
        """Tint the icon again: a question mark when the program is not sure, else a pencil."""
        side = self._look.metrics.small
        self.setIconSize(QSize(side, side))
        drawing, token = (Icon.CIRCLE_HELP, "caution") if self._unsure else (Icon.PENCIL, "muted")
        self.setIcon(self._look.icon(drawing, token, side))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace take the fact away."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)
