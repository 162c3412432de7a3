"""What this window puts on the clipboard does not stay there. Never here: what is worth copying."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard

CLEARED_AFTER_MS = 15_000


class ClipboardCare(QObject):
    """Clears our text after a while, and at `clear` at once, unless something else has taken its place."""

    def __init__(self, clipboard: QClipboard, parent: QObject | None = None, after_ms: int = CLEARED_AFTER_MS) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._ours = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(after_ms)
        self._timer.timeout.connect(self.clear)

    def put(self, text: str) -> None:
        """Put `text` on the clipboard for a while."""
        self._ours = text
        self._clipboard.setText(text)
        self._timer.start()

    def clear(self) -> None:
        """Take our text away, if it is still there."""
        self._timer.stop()
        if self._ours and self._clipboard.text() == self._ours:
            self._clipboard.clear()
        self._ours = ""
