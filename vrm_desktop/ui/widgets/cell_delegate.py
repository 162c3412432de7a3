"""Paints a cell: one or two lines of text, or a pill. Text is drawn as text; nothing is laid out as HTML."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from vrm_desktop.ui.models.rows import Cell
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.plain_text import one_line
from vrm_desktop.ui.widgets.rows_model import CELL_ROLE, RowsModel

_LONGEST = 200


class CellDelegate(QStyledItemDelegate):
    """Fonts and colours are looked up once per look, not once per cell."""

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look
        self.refresh()
        look.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Read fonts and colours again."""
        metrics, theme = self._look.metrics, self._look.theme
        self._body = self._look.font(metrics.body)
        self._strong = self._look.font(metrics.body, QFont.Weight.DemiBold)
        self._small = self._look.font(metrics.small)
        self._pill = self._look.font(metrics.small, QFont.Weight.DemiBold)
        self._heights = {id(font): QFontMetrics(font).height() for font in (self._body, self._small, self._pill)}
        self._text, self._muted = QColor(theme.text), QColor(theme.muted)
        self._selection, self._accent, self._line = QColor(theme.selection), QColor(theme.accent), QColor(theme.line)
        self._focus = QColor(theme.focus)
        self._tones = {tone: tuple(QColor(colour) for colour in theme.tone(tone)) for tone in Tone}
        self._pad = self._look.steps(1)

    def row_height(self) -> int:
        """Height of a row with two lines, in pixels."""
        return self._heights[id(self._body)] + self._heights[id(self._small)] + self._look.steps(2)

    def width_of(self, cell: Cell) -> int:
        """Width the cell wants, in pixels."""
        if cell.tone is not None:
            main = QFontMetrics(self._pill).horizontalAdvance(cell.main) + 2 * self._pad
        else:
            main = QFontMetrics(self._strong if cell.strong else self._body).horizontalAdvance(cell.main)
        return max(main, QFontMetrics(self._small).horizontalAdvance(cell.sub)) + 2 * self._pad + 2

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """What the cell wants."""
        return QSize(self.width_of(index.data(CELL_ROLE)), self.row_height())

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the row's background, then the cell."""
        cell: Cell = index.data(CELL_ROLE)
        model = index.model()
        right = isinstance(model, RowsModel) and model.columns[index.column()].right
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, self._selection)
            if index.column() == 0:
                painter.fillRect(QRect(area.left(), area.top(), max(3, self._pad // 3), area.height()), self._accent)
        if state & QStyle.StateFlag.State_Selected and option.widget.hasFocus():
            painter.fillRect(QRect(area.left(), area.top(), area.width(), 2), self._focus)
            painter.fillRect(QRect(area.left(), area.bottom() - 1, area.width(), 2), self._focus)
        painter.setPen(self._line)
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        inner = area.adjusted(self._pad, self._pad, -self._pad, -self._pad)
        align = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        first = QRect(inner)
        if cell.sub:
            first.setHeight(self._heights[id(self._body)])
            self._line_of_text(painter, inner, cell.sub, self._small, self._muted, align | Qt.AlignmentFlag.AlignBottom)
        if cell.tone is not None:
            self._draw_pill(painter, first, cell.main, cell.tone, right=right)
        else:
            font = self._strong if cell.strong else self._body
            self._line_of_text(painter, first, cell.main, font, self._text, align | Qt.AlignmentFlag.AlignVCenter)
        painter.restore()

    @staticmethod
    def _line_of_text(
        painter: QPainter, area: QRect, text: str, font: QFont, colour: QColor, align: Qt.AlignmentFlag
    ) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        shown = painter.fontMetrics().elidedText(one_line(text, _LONGEST), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(align | Qt.TextFlag.TextSingleLine), shown)

    def _draw_pill(self, painter: QPainter, area: QRect, text: str, tone: Tone, *, right: bool) -> None:
        front, back = self._tones[tone]
        metrics = QFontMetrics(self._pill)
        shown = metrics.elidedText(one_line(text, _LONGEST), Qt.TextElideMode.ElideRight, area.width() - 2 * self._pad)
        width = metrics.horizontalAdvance(shown) + 2 * self._pad
        height = min(area.height() + self._pad // 2, self._heights[id(self._pill)] + self._pad // 2)
        left = area.right() - width + 1 if right else area.left()
        pill = QRect(left, area.center().y() - height // 2, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setFont(self._pill)
        painter.setPen(front)
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), shown)
