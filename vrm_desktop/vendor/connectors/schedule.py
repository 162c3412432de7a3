"""When to try again: pauses that grow. Pure."""

from datetime import timedelta

_FIRST = timedelta(seconds=5)
_LONGEST = timedelta(hours=1)
_DOUBLINGS = 10
REFUSED = tuple(
    timedelta(seconds=seconds) for seconds in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""Pauses after one event was refused, as Standard Webhooks has them; after the last it is set aside."""


def pause_when_away(tries: int) -> timedelta:
    """How long nobody is asked who was away `tries` times in a row (1 or more): 5 s, doubled up to an hour."""
    return min(_LONGEST, _FIRST * (1 << min(tries - 1, _DOUBLINGS)))


def pause_when_refused(tries: int) -> timedelta | None:
    """How long one event waits that was refused `tries` times (1 or more); None: it is set aside."""
    return REFUSED[tries - 1] if tries <= len(REFUSED) else None
