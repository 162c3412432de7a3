"""A price's way from look to look as one small line: a drawing beside words that say the same, never in their place."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from vrm_desktop.ui.theme.look import Look

_WIDE, _HIGH = 20, 4


class CourseLine(QWidget):
    """Hidden until there are two numbers to draw."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._numbers: tuple[int, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()
        look.changed.connect(self.updateGeometry)

    def show_course(self, numbers: Sequence[int]) -> None:
        """Draw these, the oldest first."""
        self._numbers = tuple(numbers)
        self.setVisible(len(self._numbers) > 1)
        self.update()

    def sizeHint(self) -> QSize:
        """As high as a line of words."""
        return QSize(self._look.steps(_WIDE), self._look.steps(_HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Each number at its height between the lowest and the highest, and the last one marked."""
        numbers, inset = self._numbers, self._look.steps(0.75)
        low, span = min(numbers), max(max(numbers) - min(numbers), 1)
        across = (self.width() - 2 * inset) / (len(numbers) - 1)
        down = (self.height() - 2 * inset) / span
        points = [
            QPointF(inset + at * across, self.height() - inset - (number - low) * down)
            for at, number in enumerate(numbers)
        ]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._look.theme.muted), self._look.steps(0.2)))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(QColor(self._look.theme.accent))
        painter.setPen(QColor(self._look.theme.accent))
        painter.drawEllipse(points[-1], inset / 2, inset / 2)
        painter.end()
