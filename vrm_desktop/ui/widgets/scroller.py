"""Scrolls what is too high, never what is too wide for wrapping text: the content gets the height its width needs."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scroller(QScrollArea):
    """Qt's scroll area ignores that wrapped text needs more height when it is narrow; this one does not."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        content.setProperty("kind", "scrolled")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._content = content
        self.setWidget(content)
        content.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Measure again when the content changed."""
        if watched is self._content and event.type() is QEvent.Type.LayoutRequest:
            self._measure()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure again at the new width."""
        self._measure()
        super().resizeEvent(event)

    def _measure(self) -> None:
        layout = self._content.layout()
        if layout is not None and layout.hasHeightForWidth():
            width = max(self.viewport().width(), layout.totalMinimumSize().width())
            self._content.setMinimumHeight(layout.totalHeightForWidth(width))
