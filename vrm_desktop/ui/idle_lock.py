"""Tells when nobody has used the window for a while. Never here: what locking means."""

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

_SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class IdleLock(QObject):
    """`idle` once nothing came through the watched windows for the time set. One timer, whatever the mouse does."""

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._after_ms = 0
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)

    def watch(self, window: QWindow) -> None:
        """Count what comes through this window."""
        window.installEventFilter(self)

    def set_after(self, milliseconds: int) -> None:
        """Tell after this long; 0 never."""
        self._after_ms = milliseconds
        self._since.start()
        self._timer.stop()
        if milliseconds:
            self._timer.start(milliseconds)

    @property
    def after_ms(self) -> int:
        """How long the window may lie unused, in milliseconds; 0 is for ever."""
        return self._after_ms

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember when the window was used last; takes nothing away."""
        if event.type() in _SIGNS_OF_LIFE:
            self._since.start()
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        left = self._after_ms - self._since.elapsed()
        if left > 0:
            self._timer.start(int(left) + 1)
        else:
            self.idle.emit()
