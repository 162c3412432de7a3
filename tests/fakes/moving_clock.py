"""A clock that a test moves, and randomness that is real. For whoever takes time and chance as arguments."""

import random
import secrets
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

T = TypeVar("T")
MORNING = datetime(2026, 11, 23, 9, 0, 0, tzinfo=UTC)


class MovingClock:
    """Stands still until it is moved. `steady` is the same time as seconds that never jump."""

    def __init__(self, start: datetime = MORNING) -> None:
        self._now = start

    def now(self) -> datetime:
        """The present instant."""
        return self._now

    def today(self) -> date:
        """The civil day."""
        return self._now.date()

    def steady(self) -> float:
        """Seconds of a clock that never jumps."""
        return self._now.timestamp()

    def move(self, *, seconds: float = 0, days: float = 0) -> None:
        """Let time pass."""
        self._now = (self._now + timedelta(seconds=seconds, days=days)).replace(microsecond=0)


class Chance:
    """The system's randomness."""

    def __init__(self) -> None:
        self._dice = random.SystemRandom()

    def token(self, size: int) -> bytes:
        """`size` unpredictable bytes."""
        return secrets.token_bytes(size)

    def uniform(self, low: float, high: float) -> float:
        """A number between the two."""
        return self._dice.uniform(low, high)

    def shuffled(self, items: Sequence[T]) -> tuple[T, ...]:
        """The items in random order."""
        return tuple(self._dice.sample(items, len(items)))
