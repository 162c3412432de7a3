"""Rows and columns whose gaps and margins are steps of the grid, and follow the text scale."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from vrm_desktop.ui.theme.look import Look

_BoxT = TypeVar("_BoxT", bound=QBoxLayout)
Margins = float | tuple[float, float] | tuple[float, float, float, float]


class _Spacing(QObject):
    """Keeps one layout on the grid; lives as long as the layout."""

    def __init__(self, look: Look, layout: QLayout, gap: float, margins: Margins) -> None:
        super().__init__(layout)
        self._look, self._layout, self._gap = look, layout, gap
        match margins:
            case (left, top, right, bottom):
                self._margins = (left, top, right, bottom)
            case (sides, ends):
                self._margins = (sides, ends, sides, ends)
            case int() | float():
                self._margins = (margins, margins, margins, margins)
        self.apply()
        look.changed.connect(self.apply)

    def apply(self) -> None:
        """Set the gap and the margins from the grid in force."""
        left, top, right, bottom = (self._look.steps(step) for step in self._margins)
        self._layout.setContentsMargins(left, top, right, bottom)
        self._layout.setSpacing(self._look.steps(self._gap))


def on_grid(look: Look, layout: QLayout, *, gap: float = 1, margins: Margins = 0) -> None:
    """Put any layout on the grid: `margins` is one step count, (sides, ends) or (left, top, right, bottom)."""
    _Spacing(look, layout, gap, margins)


def column(look: Look, owner: QWidget | None = None, *, gap: float = 1, margins: Margins = 0) -> QVBoxLayout:
    """A column on the grid; becomes the layout of `owner` if there is one."""
    return _made(look, QVBoxLayout(owner) if owner else QVBoxLayout(), gap, margins)


def row(look: Look, owner: QWidget | None = None, *, gap: float = 1, margins: Margins = 0) -> QHBoxLayout:
    """A row on the grid; becomes the layout of `owner` if there is one."""
    return _made(look, QHBoxLayout(owner) if owner else QHBoxLayout(), gap, margins)


def _made(look: Look, layout: _BoxT, gap: float, margins: Margins) -> _BoxT:
    on_grid(look, layout, gap=gap, margins=margins)
    return layout


@contextmanager
def rebuilding(part: QWidget) -> Iterator[None]:
    """Out of sight while its content is replaced: Qt lays the whole window out again for each child it shows."""
    seen = not part.isHidden()
    part.hide()
    try:
        yield
    finally:
        part.setVisible(seen)
