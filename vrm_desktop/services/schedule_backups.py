"""When backups are made by themselves: what the person chose, kept in the vault, and whether one is due.

Never lives here: making one.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.services.keep_vault import BackupSchedule, Rhythm
from vrm_desktop.services.ports import Transaction

_MOST_COUNTED = 10**9


class _Key(StrEnum):
    RHYTHM = "backup-rhythm"
    CHANGES = "backup-changes"
    KEPT = "backup-kept"
    FOLDER = "backup-folder"
    SINCE = "backup-changes-since"


def schedule(tx: Transaction) -> BackupSchedule:
    """The schedule in force; what was never set, or cannot be read, is as it is in a new vault."""
    usual = BackupSchedule()
    try:
        return BackupSchedule(
            rhythm=Rhythm(tx.setting(_Key.RHYTHM) or usual.rhythm),
            changes=_number(tx.setting(_Key.CHANGES), usual.changes),
            kept=_number(tx.setting(_Key.KEPT), usual.kept),
            folder=tx.setting(_Key.FOLDER) or "",
        )
    except (ValueError, InvalidValue):
        return usual


def keep_schedule(tx: Transaction, chosen: BackupSchedule) -> None:
    """Keep this schedule."""
    tx.set_setting(_Key.RHYTHM, chosen.rhythm)
    tx.set_setting(_Key.CHANGES, str(chosen.changes))
    tx.set_setting(_Key.KEPT, str(chosen.kept))
    tx.set_setting(_Key.FOLDER, chosen.folder)


def changes_since(tx: Transaction) -> int:
    """How many changes were counted since the last backup that was made for their number."""
    return _number(tx.setting(_Key.SINCE), 0)


def count_change(tx: Transaction) -> None:
    """One more."""
    tx.set_setting(_Key.SINCE, str(min(changes_since(tx) + 1, _MOST_COUNTED)))


def uncount_changes(tx: Transaction, covered: int) -> None:
    """So many are in a backup now."""
    tx.set_setting(_Key.SINCE, str(max(changes_since(tx) - covered, 0)))


def is_due(chosen: BackupSchedule, *, last: datetime | None, changes: int, now: datetime) -> bool:
    """Whether a backup is due. `last`: when the newest was made, None for none; `changes`: counted since."""
    match chosen.rhythm:
        case Rhythm.OFF:
            return False
        case Rhythm.CHANGES:
            return changes >= chosen.changes
        case Rhythm.DAILY:
            every = timedelta(days=1)
        case Rhythm.WEEKLY:
            every = timedelta(weeks=1)
        case _:
            assert_never(chosen.rhythm)
    # A last one from the future tells of a clock that was wrong once; it must not put off backups for years.
    return last is None or not timedelta(0) <= now - last < every


def _number(text: str | None, usual: int) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) <= 9 else usual
