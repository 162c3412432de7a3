"""Which backups are kept: their names, and the rule that lets old ones go. Pure: no files here.

Never lives here: deleting anything.
"""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

SUFFIX = ".vrm-backup"
_NAME = re.compile(r"(?P<made>[0-9]{8}T[0-9]{6}Z)-(?P<label>[a-z0-9-]{1,40}?)(~(?P<turn>[0-9]{1,4}))?\.vrm-backup")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")
_INSTANT = "%Y%m%dT%H%M%SZ"
BEFORE = "before-"
"""Labels that begin so are of backups made before a risk: a migration, a rotation, a restore."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Keep the newest of each of the last `daily` days and `weekly` weeks that have one, and of each risk.

    `risks`: of how many risks (labels that begin with `before-`) the newest backup is kept.
    """

    daily: int = 7
    weekly: int = 4
    risks: int = 3

    def __post_init__(self) -> None:
        if self.daily < 1 or self.weekly < 0 or self.risks < 0:
            raise ValueError("at least the last day's backup is kept")


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class BackupName:
    """A backup's file name, sorted by age. `turn` tells apart what was made in one second."""

    made: datetime
    turn: int
    label: str

    def __post_init__(self) -> None:
        if self.made.tzinfo is not UTC or self.made.microsecond:
            raise ValueError("instants are UTC, to the second")
        if _LABEL.fullmatch(self.label) is None:
            raise ValueError("a label is 1 to 40 of a-z, 0-9 and -")

    def __str__(self) -> str:
        turn = f"~{self.turn}" if self.turn else ""
        return f"{self.made.strftime(_INSTANT)}-{self.label}{turn}{SUFFIX}"


def parse_name(name: str) -> BackupName | None:
    """The parts of a file name, or None if no backup has it."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    try:
        made = datetime.strptime(match["made"], _INSTANT).replace(tzinfo=UTC)
        found = BackupName(made=made, turn=int(match["turn"] or 0), label=match["label"])
    except ValueError:
        return None
    return found if str(found) == name else None


def expendable(names: Iterable[BackupName], retention: Retention) -> tuple[BackupName, ...]:
    """Those the rule lets go, oldest first; the newest of all never is."""
    newest_first = sorted(names, reverse=True)
    risky = [name for name in newest_first if name.label.startswith(BEFORE)]
    kept = (
        *newest_first[:1],
        *_newest_of_each(newest_first, lambda name: name.made.date())[: retention.daily],
        *_newest_of_each(newest_first, lambda name: name.made.isocalendar()[:2])[: retention.weekly],
        *_newest_of_each(risky, lambda name: name.label)[: retention.risks],
    )
    return tuple(sorted(set(newest_first).difference(kept)))


def _newest_of_each(newest_first: list[BackupName], bucket: Callable[[BackupName], Hashable]) -> list[BackupName]:
    found: dict[Hashable, BackupName] = {}
    for name in newest_first:
        found.setdefault(bucket(name), name)
    return list(found.values())
