"""What opening a vault is doing, told to whoever waits for it. Never lives here: words for people."""

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """One step of opening, in order."""

    DERIVING = "deriving"
    CHECKING = "checking"
    MIGRATING = "migrating"
    OPENING = "opening"


OnStep = Callable[[Step, int, int], None]
"""Told each step with how many of how many parts are done (0 of 0 where nothing is counted).

What it raises ends the opening there: nothing stays open, and a migration that has begun is finished first.
"""


def unheard(_step: Step, _done: int, _of: int) -> None:
    """Nobody waits."""
