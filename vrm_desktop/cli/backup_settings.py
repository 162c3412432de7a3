"""The settings of `vrm settings` that say when backups are made by themselves. Never here: the settings beside them."""

from dataclasses import replace
from pathlib import Path

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.services.keep_vault import BackupSchedule, Rhythm
from vrm_desktop.wording.catalogue import _

NAMES = ("backup", "backup-kept", "backup-folder")


def shown(schedule: BackupSchedule) -> tuple[str, ...]:
    """The values of `NAMES`: how often (`off`, `daily`, `weekly`, or after how many changes), days kept, a folder."""
    often = str(schedule.changes) if schedule.rhythm is Rhythm.CHANGES else schedule.rhythm.value
    return often, str(schedule.kept), schedule.folder


def lines(schedule: BackupSchedule) -> tuple[str, ...]:
    """The same for reading."""
    often, kept, folder = shown(schedule)
    return (
        _("backup        {often} (off, daily, weekly, or a number: after so many changes)").format(often=often),
        _("backup-kept   the newest of each of {days} days is kept").format(days=kept),
        _("backup-folder {folder} (a second place for each backup)").format(folder=folder or _("none")),
    )


def changed(now: BackupSchedule, name: str, value: str) -> BackupSchedule:
    """The schedule with one setting changed.

    Raises:
        InvalidValue: the value makes no sense there.
    """
    if name == "backup-folder":
        return replace(now, folder=str(Path(value).expanduser().absolute()) if value else "")
    if name == "backup-kept":
        return replace(now, kept=_number(value))
    if value in {Rhythm.OFF, Rhythm.DAILY, Rhythm.WEEKLY}:
        return replace(now, rhythm=Rhythm(value))
    return replace(now, rhythm=Rhythm.CHANGES, changes=_number(value))


def _number(value: str) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 6):
        raise InvalidValue("a whole number is expected")
    return int(value)
