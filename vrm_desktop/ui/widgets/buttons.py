"""Buttons. One primary per view; a destructive one carries the noun it destroys in its text."""

from enum import Enum
from typing import assert_never

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.labels import restyle
from vrm_desktop.ui.widgets.plain_text import button_text, tip


class ButtonRole(Enum):
    """How much a button asks for attention."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    DANGER = "danger"
    QUIET = "quiet"


def _ink(role: ButtonRole) -> str:
    match role:
        case ButtonRole.PRIMARY:
            return "on_accent"
        case ButtonRole.DANGER:
            return "bad"
        case ButtonRole.SECONDARY | ButtonRole.QUIET:
            return "text"
        case _:
            assert_never(role)


class Button(QPushButton):
    """A button with words and, if given, an icon in the colour of the words."""

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        role: ButtonRole = ButtonRole.SECONDARY,
        icon: Icon | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._role, self._drawing = look, role, icon
        self.setText(text)
        self.setProperty("role", role.value)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if icon is not None:
            self.redraw()
            look.changed.connect(self.redraw)

    def setText(self, text: str) -> None:
        """Show these words; what a screen reader says is the same."""
        words = button_text(text)
        self.setAccessibleName(words.replace("&&", "&"))
        super().setText(f" {words}" if words and self._drawing is not None else words)

    def paintEvent(self, event: QPaintEvent) -> None:
        """On the filled button the focus ring is drawn inside, where it stands out from the filling."""
        super().paintEvent(event)
        if self._role is ButtonRole.PRIMARY and self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._look.theme.on_accent), 2))
            inset, radius = self._look.steps(0.5), self._look.steps(0.625)
            painter.drawRoundedRect(self.rect().adjusted(inset, inset, -inset, -inset), radius, radius)
            painter.end()

    def take_role(self, role: ButtonRole) -> None:
        """Ask for more or less attention from now on."""
        if role is not self._role:
            self._role = role
            restyle(self, role=role.value)
            self.redraw()

    def show_icon(self, icon: Icon) -> None:
        """Another icon on a button that has one."""
        self._drawing = icon
        self.redraw()

    def redraw(self) -> None:
        """Tint the icon again, after the colours or the sizes changed."""
        if self._drawing is not None:
            side = self._look.metrics.icon
            self.setIconSize(QSize(side, side))
            self.setIcon(self._look.icon(self._drawing, _ink(self._role), side))


class IconButton(Button):
    """A quiet button with an icon only. `name` is its tool tip and what a screen reader says."""

    def __init__(self, look: Look, icon: Icon, name: str, parent: QWidget | None = None) -> None:
        super().__init__(look, "", role=ButtonRole.QUIET, icon=icon, parent=parent)
        self.setProperty("shape", "icon")
        self.rename(name)

    def rename(self, name: str) -> None:
        """Say something else."""
        self.setAccessibleName(name)
        self.setToolTip(tip(name))
