"""Collects cyclic garbage on the main thread only: a Qt object must not be destroyed on the engine's or the vault's.

Python runs its collector on whichever thread happens to allocate. Never here: anything but that.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 5_000


class MainThreadGarbage(QObject):
    """From `start` to `stop` the collector runs when this timer says so, by Python's own thresholds."""

    def __init__(self, parent: QObject | None = None, every_ms: int = _EVERY_MS) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """Take over."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Give it back."""
        self._timer.stop()
        gc.enable()

    def collect(self) -> None:
        """Collect the oldest generation whose threshold has been passed, and with it the younger ones."""
        due = [
            age
            for age, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if most and count > most
        ]
        if due:
            gc.collect(max(due))
