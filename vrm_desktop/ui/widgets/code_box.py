"""Exact text, letter by letter: wrapped anywhere, selectable, never changed, as high as it needs."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QPalette, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from vrm_desktop.ui.theme.look import Look

_MOST = 8000


class CodeBox(QPlainTextEdit):
    """Shows at most 8,000 characters, or as many as `most` says; what is copied from it is what is shown."""

    def __init__(self, look: Look, name: str, parent: QWidget | None = None, *, most: int = _MOST) -> None:
        super().__init__(parent)
        self._look, self._most = look, most
        self.setProperty("kind", "code")
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._restyle()
        look.changed.connect(self._restyle)

    def show_text(self, text: str) -> None:
        """Show `text` as it is."""
        if text[: self._most] != self.toPlainText():
            self.setPlainText(text[: self._most])
            self._fit()

    def break_lines(self, *, at_words: bool) -> None:
        """Break what is too long between words where it can be, as in a text, or anywhere, as in bytes."""
        mode = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere if at_words else QTextOption.WrapMode.WrapAnywhere
        if mode is not self.wordWrapMode():
            self.setWordWrapMode(mode)
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another height."""
        super().resizeEvent(event)
        self._fit()

    def _restyle(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(self._look.metrics.small)
        self.document().setDefaultFont(font)
        palette = self.palette()
        palette.setBrush(QPalette.ColorRole.Base, palette.brush(QPalette.ColorRole.AlternateBase))
        self.setPalette(palette)
        self._fit()

    def _fit(self) -> None:
        lines = self.document().documentLayout().documentSize().height()
        around = max(0, self.height() - self.viewport().height()) + 2 * self.document().documentMargin()
        self.setFixedHeight(round(lines * self.fontMetrics().lineSpacing() + around) + self._look.steps(0.5))
