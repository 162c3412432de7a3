"""A whole number, typed or stepped with the arrow keys, with its unit."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QSpinBox, QWidget


class NumberField(QSpinBox):
    """Between `least` and `most`. Styled and without buttons, Qt leaves its line too little room; this one does not."""

    def __init__(self, least: int, most: int, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(least, most)
        self.setSuffix(unit)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The whole field is for the number."""
        super().resizeEvent(event)
        self._fit_line()

    def showEvent(self, event: QShowEvent) -> None:
        """Qt fits its line once more when it is shown."""
        super().showEvent(event)
        self._fit_line()

    def changeEvent(self, event: QEvent) -> None:
        """And after a change of colours or sizes."""
        super().changeEvent(event)
        self._fit_line()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page does not change the number."""
        event.ignore()

    def _fit_line(self) -> None:
        side = self.height() // 4
        self.lineEdit().setGeometry(self.rect().adjusted(side, 2, -side, -2))
