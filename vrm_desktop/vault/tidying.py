"""Finishing on the next opening what a crash cut off: a restore, a rotation, a backup. Every step may run again.

Only with the vault's lock held, its header unlocked and its database open: then it is known what counts. Never lives
here: deciding which header counts (`header_file`), or removing anything a person could still need.
"""

import re
import shutil
from pathlib import Path

from vrm_desktop.vault import header_file, kept_backups
from vrm_desktop.vault.backup import COPY, TRIAL
from vrm_desktop.vault.connection import clear_database, companions
from vrm_desktop.vault.durable_files import disk_errors, flush_folder
from vrm_desktop.vault.errors import VaultTooNew
from vrm_desktop.vault.header import Header
from vrm_desktop.vault.header_codec import UnreadableHeader

ASIDE = "set-aside-"
MAKING = ".making"
"""How the name of a folder ends while it is filled with second names."""
UNFINISHED = ".new"
"""How it ends once it is filled, until the restore has come to its switch."""
_DATABASE = re.compile(r"vault(-(?P<number>[0-9]{1,9}))?\.db(\.new)?")
_BESIDE = re.compile(r"(?P<database>vault(-[0-9]{1,9})?\.db(\.new)?)(-wal|-shm|-journal)?")


def databases(folder: Path) -> tuple[Path, ...]:
    """Every database in the folder by its name, those that were never finished too."""
    with disk_errors("looking for databases"):
        return tuple(sorted(path for path in folder.iterdir() if _DATABASE.fullmatch(path.name)))


def free_database_name(folder: Path, least: int) -> str:
    """A name that no database in the folder has, numbered `least` or more."""
    numbers = [int(match["number"] or 0) for path in databases(folder) if (match := _DATABASE.fullmatch(path.name))]
    return f"vault-{max([least, *(number + 1 for number in numbers)])}.db"


def finish(folder: Path, header: Header, *, restored: bool) -> None:
    """Make the folder hold what `header` counts on and nothing that is left over.

    `restored`: the current header was damaged a moment ago and its previous version stood in; then no database is
    removed, for the damaged header may have named it. Raises DiskFull, DiskFailed.
    """
    _finish_setting_aside(folder, header)
    agreed = _agree_on_previous(folder, header)
    for scratch in (COPY, TRIAL):
        _clear(folder / scratch)
    kept_backups.clear_unfinished(kept_backups.place_of(folder))
    if agreed and not restored:
        for database in _with_anything_left(folder):
            if database != header.database:
                clear_database(folder / database)


def _with_anything_left(folder: Path) -> list[str]:
    """The names of databases of which anything is there, be it a log alone: one day it would be taken for another's."""
    with disk_errors("looking for what is left over"):
        matches = [_BESIDE.fullmatch(path.name) for path in folder.iterdir()]
    return sorted({match["database"] for match in matches if match is not None})


def _clear(database: Path) -> None:
    if any(path.exists() for path in (database, *companions(database))):
        clear_database(database)


def _finish_setting_aside(folder: Path, header: Header) -> None:
    """A restore that came to its switch keeps what it replaced; one that did not had only made second names."""
    for making in folder.glob(f"{ASIDE}*{MAKING}"):
        with disk_errors("clearing a restore"):
            shutil.rmtree(making)
    for unfinished in sorted(folder.glob(f"{ASIDE}*{UNFINISHED}")):
        with disk_errors("finishing a restore"):
            if (unfinished / header.database).exists():
                shutil.rmtree(unfinished)
            else:
                unfinished.rename(unfinished.with_name(unfinished.name.removesuffix(UNFINISHED)))
        flush_folder(folder)


def _agree_on_previous(folder: Path, header: Header) -> bool:
    """Whether both headers name this database now. A previous one of another vault is left for a person to see."""
    try:
        previous = header_file.read_one(folder / header_file.PREVIOUS)
    except UnreadableHeader:
        pass
    except VaultTooNew:
        return False
    else:
        if previous.vault_id != header.vault_id:
            return False
        if previous.database == header.database:
            return True
    header_file.forget_previous(folder)
    return True
