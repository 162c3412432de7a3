"""Several lines of the person's own words, capped: pasting a megabyte does not stall the window."""

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from vrm_desktop.ui.theme.look import Look


class TextArea(QPlainTextEdit):
    """`submitted` on Ctrl+Enter; Tab leaves. Never holds more than `most` characters."""

    submitted = Signal()

    def __init__(self, look: Look, name: str, *, most: int, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._most, self._high = look, most, lines
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.textChanged.connect(self._cap)
        self._resize()
        look.changed.connect(self._resize)

    @property
    def words(self) -> str:
        """What is typed now."""
        return self.toPlainText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste no more than fits."""
        room = self._most - len(self.toPlainText()) + len(self.textCursor().selectedText())
        self.insertPlainText(source.text()[: max(0, room)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter submits."""
        entered = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if entered and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.submitted.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def _cap(self) -> None:
        text = self.toPlainText()
        if len(text) > self._most:
            self.setPlainText(text[: self._most])

    def _resize(self) -> None:
        height = self.fontMetrics().lineSpacing() * self._high + self._look.steps(3)
        self.setMinimumHeight(height)
        self.setMaximumHeight(height)
