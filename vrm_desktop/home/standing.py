"""What stands in a home before anybody unlocks it. Reads names, lengths and headers; opens no database.

Never lives here: deciding what to do about it.
"""

from pathlib import Path

from vrm_desktop.home import spoken
from vrm_desktop.services.keep_vault import KeptBackup
from vrm_desktop.services.standing import Standing, State
from vrm_desktop.vault import header_file, kept_backups, opening
from vrm_desktop.vault.connection import PAGE_BYTES
from vrm_desktop.vault.durable_files import disk_errors
from vrm_desktop.vault.errors import HeaderDamaged, VaultBusy, VaultTooNew
from vrm_desktop.vault.header import Header
from vrm_desktop.vault.lock_file import LockFile


def standing(home: Path) -> Standing:
    """What can be told without a key. Raises DiskFailed."""
    home = home.absolute()
    found = backups(home)
    if not header_file.exists(home):
        return Standing(state=State.NOTHING, backups=found)
    held = _held(home)
    try:
        header = header_file.read_header(home)
    except VaultTooNew as error:
        return Standing(state=State.TOO_NEW, needs=error.needs, held=held, backups=found)
    except HeaderDamaged:
        return Standing(state=State.HEADER_DAMAGED, held=held, backups=found)
    return Standing(
        state=State.SOUND if _looks_whole(home, header.header) else State.DATABASE_DAMAGED,
        heals=header.from_previous,
        held=held,
        ways=spoken.ways(header.header),
        backups=found,
    )


def backups(home: Path) -> tuple[KeptBackup, ...]:
    """The backups in the home, newest first, by their outlines."""
    return tuple(spoken.kept(one) for one in kept_backups.kept(kept_backups.place_of(home)))


def _held(home: Path) -> bool:
    try:
        LockFile(home).release()
    except VaultBusy:
        return True
    return False


def _looks_whole(home: Path, header: Header) -> bool:
    """Whether the database is there, or its creation can be finished, and has whole pages.

    One whose last session ended badly may end anywhere: its log brings back what the file lacks.
    """
    database = home / header.database
    with disk_errors("looking at the database"):
        if not database.exists():
            return opening.creating(database).exists()
        size = database.stat().st_size
    return size >= PAGE_BYTES and (size % PAGE_BYTES == 0 or opening.log_left_behind(database))
