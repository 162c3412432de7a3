"""Looks at a window as a person would: what is shown, what the keyboard reaches, what is cut, how long it stalls."""

import time
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget


class Probe:
    """Shows widgets and takes them away again."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._shown: list[QWidget] = []

    def show(self, widget: QWidget, width: int = 960, height: int = 640) -> None:
        """Show `widget` at this size, with the keyboard."""
        self._shown.append(widget)
        widget.resize(QSize(width, height))
        widget.show()
        widget.activateWindow()
        self.settle()

    def settle(self) -> None:
        """Let layouts and queued signals happen."""
        for _turn in range(3):
            self._application.processEvents()
            self._application.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))

    def close(self) -> None:
        """Take everything away."""
        for widget in self._shown:
            widget.close()
            widget.deleteLater()
        self._shown.clear()
        self.settle()


def texts(widget: QWidget) -> list[str]:
    """The words on every visible label and button."""
    parts = [part for part in widget.findChildren(QWidget) if part.isVisible()]
    return [part.text().strip() for part in parts if isinstance(part, QLabel | QPushButton)]


def accessible_name(widget: QWidget) -> str:
    """What a screen reader calls it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


def tab_order(window: QWidget, limit: int = 100) -> list[QWidget]:
    """What Tab reaches from where the keyboard is, once around."""
    reached: list[QWidget] = []
    for _press in range(limit):
        focused = cast("QWidget | None", window.focusWidget())
        if focused is None or focused in reached:
            break
        reached.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return reached


def cut_widgets(window: QWidget) -> list[str]:
    """Labels and buttons that have less room than their words need, or that stick out of their parent."""
    cut = []
    for part in window.findChildren(QWidget):
        if not part.isVisible() or not isinstance(part, QLabel | QPushButton) or not part.text():
            continue
        needed = part.sizeHint() if isinstance(part, QPushButton) else part.minimumSizeHint()
        short = part.width() < needed.width() or part.height() < min(needed.height(), part.sizeHint().height())
        if isinstance(part, QLabel) and part.wordWrap():
            short = part.height() < part.heightForWidth(part.width())
        parent = part.parentWidget()
        corner = part.mapTo(parent, QPoint(part.width(), part.height())) if parent is not None else QPoint(0, 0)
        outside = parent is not None and (corner.x() > parent.width() or corner.y() > parent.height())
        if short or outside:
            cut.append(f"{type(part).__name__} {part.text()!r} {part.size()} needs {needed}")
    return cut


class LoopGaps(QObject):
    """Ticks every 10 ms and remembers how far apart the ticks were: a stalled event loop shows as a long gap."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._tick)
        self._last: float | None = None
        self.gaps_ms: list[float] = []

    def start(self) -> None:
        """Begin ticking."""
        self._last = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """Stop ticking, counting the time since the last tick."""
        self._tick()
        self._timer.stop()

    @property
    def longest_ms(self) -> float:
        """The longest gap."""
        return max(self.gaps_ms)

    def percentile_ms(self, percent: float) -> float:
        """The gap that `percent` of all gaps do not exceed."""
        ordered = sorted(self.gaps_ms)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]

    def _tick(self) -> None:
        now = time.perf_counter()
        if self._last is not None:
            self.gaps_ms.append((now - self._last) * 1000)
        self._last = now
