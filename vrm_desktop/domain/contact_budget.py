"""How much a vendor may say unasked in thirty days; the excess is folded away and counted, never lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.relationship import Note

WINDOW = timedelta(days=30)
USUAL = 6
MOST = 999
COUNTED = frozenset({"message", "wish"})
"""The kinds of notes that a vendor may make unasked. Offers, orders, receipts and answers are never counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """What lies within the budget and what was folded away, both in the order of coming; `counted` is of the shown."""

    shown: tuple[Note, ...]
    folded: tuple[Note, ...]
    counted: tuple[Note, ...] = ()

    def used(self, now: datetime) -> int:
        """How much of the budget is used up now."""
        return sum(now - note.at < WINDOW for note in self.counted)


def fold(notes: Iterable[Note], budget: int) -> Folded:
    """The story of one relationship, oldest first, with what a vendor said unasked beyond its budget set apart.

    The first thing that it says after the person wrote is an answer, and does not count.
    """
    shown: list[Note] = []
    unasked: list[Note] = []
    folded: list[Note] = []
    within: list[datetime] = []
    asked = False
    for note in notes:
        counted = note.sender is Side.VENDOR and note.kind in COUNTED
        if counted and not asked:
            within = [at for at in within if note.at - at < WINDOW]
            if len(within) >= budget:
                folded.append(note)
                continue
            within.append(note.at)
            unasked.append(note)
        if counted:
            asked = False
        elif note.sender is Side.PERSON and note.kind == "message":
            asked = True
        shown.append(note)
    return Folded(shown=tuple(shown), folded=tuple(folded), counted=tuple(unasked))
