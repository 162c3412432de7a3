"""A QR code from a drawing of one unit a module, on white whatever the theme: a camera needs the contrast."""

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from vrm_desktop.ui.theme.look import Look

_SIDE = 24


class QrCode(QWidget):
    """Hidden until it has a code to show."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._drawing = look, QSvgRenderer(self)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()
        look.changed.connect(self.updateGeometry)

    def show_code(self, svg: bytes) -> None:
        """Show a drawing; nothing when it is empty."""
        self._drawing.load(QByteArray(svg))
        self.setVisible(bool(svg) and self._drawing.isValid())

    def sizeHint(self) -> QSize:
        """Large enough for a camera at arm's length."""
        return QSize(self._look.steps(_SIDE), self._look.steps(_SIDE))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """White, then the code with its own quiet zone."""
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawRoundedRect(self.rect(), self._look.steps(1), self._look.steps(1))
        self._drawing.render(painter, self._whole_pixels())
        painter.end()

    def _whole_pixels(self) -> QRectF:
        """The largest square in the middle in which every module is the same whole number of pixels wide and high."""
        modules = max(1, self._drawing.defaultSize().width())
        ratio = self.devicePixelRatioF()
        room = min(self.width(), self.height())
        side = modules * max(1, int(room * ratio) // modules) / ratio
        left, top = (int((whole - side) * ratio / 2) / ratio for whole in (self.width(), self.height()))
        return QRectF(left, top, side, side)
