"""A layout that wraps: chips and small controls go on to the next line when the width ends."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.layouts import on_grid


class Flow(QLayout):
    """Items in reading order, each at its preferred size, mirrored where people read from the right.

    `hang` is how far every line after the first begins from the edge, in steps of the grid.
    """

    def __init__(self, look: Look, owner: QWidget | None = None, *, gap: float = 1, hang: float = 0) -> None:
        super().__init__(owner)
        self._items: list[QLayoutItem] = []
        self._hang = look.steps(hang)
        on_grid(look, self, gap=gap)

    def addItem(self, item: QLayoutItem) -> None:
        """Add at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many items."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at `index`, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return the item at `index`, or None."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The height follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines at this width."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, area: QRect) -> None:
        """Lay the items out in `area`."""
        super().setGeometry(area)
        self._place(area, move=True)

    def sizeHint(self) -> QSize:
        """All items on one line."""
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        gaps = self.spacing() * max(0, len(hints) - 1)
        return QSize(sum(hint.width() for hint in hints) + gaps, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """The widest single item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, area: QRect, *, move: bool) -> int:
        gap, top, line = self.spacing(), area.top(), 0
        for at, placed in enumerate(self._lines(area.width())):
            top += line + gap if at else 0
            line = max(hint.height() for _item, hint in placed)
            if move:
                self._place_line(QRect(area.left(), top, area.width(), line), placed, hang=self._hang if at else 0)
        return top + line - area.top()

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """What stands on each line, with its size."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            size = QSize(min(hint.width(), max(room, item.minimumSize().width())), hint.height())
            if not lines or used + size.width() > room:
                used = self._hang if lines else 0
                lines.append([])
            lines[-1].append((item, size))
            used += size.width() + self.spacing()
        return lines

    def _place_line(self, line: QRect, placed: list[tuple[QLayoutItem, QSize]], *, hang: int) -> None:
        """One beside the other, each in the middle of the line's height: chips and buttons are not equally high."""
        owner = self.parentWidget()
        mirrored = owner is not None and owner.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = line.left() + hang
        for item, size in placed:
            start = line.right() + 1 - (left - line.left()) - size.width() if mirrored else left
            item.setGeometry(QRect(QPoint(start, line.top() + (line.height() - size.height()) // 2), size))
            left += size.width() + self.spacing()
