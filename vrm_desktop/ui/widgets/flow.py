"""A layout that wraps: chips and small controls go on to the next line when the width ends."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.layouts import on_grid


class Flow(QLayout):
    """Items in reading order, each at its preferred size, mirrored where people read from the right."""

    def __init__(self, look: Look, owner: QWidget | None = None, *, gap: float = 1) -> None:
        super().__init__(owner)
        self._items: list[QLayoutItem] = []
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
        gap, left, top, line = self.spacing(), area.left(), area.top(), 0
        mirrored = (
            owner := self.parentWidget()
        ) is not None and owner.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            width = min(hint.width(), max(area.width(), item.minimumSize().width()))
            if left > area.left() and left + width > area.right() + 1:
                left, top, line = area.left(), top + line + gap, 0
            if move:
                start = area.right() + 1 - (left - area.left()) - width if mirrored else left
                item.setGeometry(QRect(QPoint(start, top), QSize(width, hint.height())))
            left, line = left + width + gap, max(line, hint.height())
        return top + line - area.top()
