"""How much a desk takes in: the one place that says "later". Buckets refill steadily; time is an argument."""

from dataclasses import dataclass
from datetime import datetime

from vrm_desktop.vendor.errors import Busy
from vrm_desktop.vendor.settings import Limits, Maintenance

MOST_WAITING = 256
MOST_HELD_READS = 512
_OVERLOAD_SECONDS = 5


@dataclass(slots=True)
class _Bucket:
    """`level` tokens of at most `per_minute`, as of `filled` (seconds of a steady clock)."""

    per_minute: int
    level: float
    filled: float

    def take(self, now: float) -> float:
        """Take one token: 0.0 when there was one, else the seconds until there is."""
        self.level = min(self.per_minute, self.level + (now - self.filled) * self.per_minute / 60)
        self.filled = now
        if self.level < 1:
            return (1 - self.level) * 60 / self.per_minute
        self.level -= 1
        return 0.0


class Budget:
    """The intake budget of one process. A minute's worth may come at once."""

    def __init__(self, limits: Limits, maintenance: tuple[Maintenance, ...], *, steady: float) -> None:
        """Start full at `steady`, seconds of a steady clock."""
        opened, spoken = limits.conversations_per_minute, limits.messages_per_minute
        self._conversations = _Bucket(per_minute=opened, level=opened, filled=steady)
        self._messages = _Bucket(per_minute=spoken, level=spoken, filled=steady)
        self._maintenance = maintenance

    def admit(self, *, opens: bool, waiting: int, now: datetime, steady: float) -> None:
        """Let one post in; `waiting` posts are admitted and not yet stored, `now` is in UTC.

        Raises:
            Busy: the desk is closed for maintenance or overloaded (503), or the budget is spent (429).
        """
        for window in self._maintenance:
            left = window.left(now)
            if left is not None:
                raise Busy(retry_after=max(1, int(left.total_seconds()) + 1), closed=True)
        if waiting >= MOST_WAITING:
            raise Busy(retry_after=_OVERLOAD_SECONDS, closed=True)
        seconds = (self._conversations if opens else self._messages).take(steady)
        if seconds:
            raise Busy(retry_after=int(seconds) + 1, closed=False)
