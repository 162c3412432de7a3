"""Taking a vault off this computer: its keys first, overwritten and flushed, then every file that is ours.

Without a header nothing that may be left on the disk can be opened, however it got there. Never here: asking the
person, or files that are not ours.
"""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vrm_desktop.vault import header_file, kept_backups, tidying
from vrm_desktop.vault.chosen_files import is_the_vaults_own
from vrm_desktop.vault.durable_files import disk_errors, flush_folder
from vrm_desktop.vault.errors import NoVault
from vrm_desktop.vault.lock_file import NAME as LOCK
from vrm_desktop.vault.lock_file import LockFile
from vrm_desktop.vault.ways_in import Random

_HEADERS = (header_file.NAME, header_file.PREVIOUS, header_file.DAMAGED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiped:
    """What a wipe did. `removed` counts files; `backups_kept` those left on purpose; `left` are not ours."""

    removed: int
    backups_kept: int
    left: tuple[Path, ...]


def require_vault(folder: Path) -> None:
    """Raises NoVault when there is nothing to wipe."""
    if not header_file.exists(folder) and not any(_ours(path) for path in _inside(folder)):
        raise NoVault("the folder holds no vault")


def wipe(folder: Path, *, backups: bool, random: Random, also: Sequence[str] = ()) -> Wiped:
    """Remove the vault in the folder, vaults set aside there too; backups only if asked. No key is needed.

    `also` are names of files of this program's that are not the vault's. The headers go first and are flushed: cut
    off anywhere after that, what is left cannot be opened, and a second call goes on. Raises NoVault, VaultBusy,
    DiskFailed.
    """
    folder = folder.absolute()
    require_vault(folder)
    lock = LockFile(folder)
    try:
        gone = [path for path in _inside(folder) if path.name != LOCK and (_ours(path) or path.name in also)]
        aside = [path for path in gone if path.is_dir()]
        removed = _destroy_headers([folder, *aside], random)
        flush_folder(folder)
        place = kept_backups.place_of(folder)
        kept = 0
        if backups and place.is_dir():
            gone.append(place)
        elif place.is_dir():
            kept = sum(1 for path in place.iterdir() if path.is_file())
        for path in gone:
            removed += _remove(path)
        flush_folder(folder)
        with disk_errors("removing the lock"):
            (folder / LOCK).unlink(missing_ok=True)
    finally:
        lock.release()
    left = tuple(path for path in _inside(folder) if path != kept_backups.place_of(folder) or not kept)
    if not left and not kept:
        with disk_errors("removing the folder"):
            folder.rmdir()
    return Wiped(removed=removed, backups_kept=kept, left=left)


def _inside(folder: Path) -> list[Path]:
    with disk_errors("looking into the folder"):
        return sorted(folder.iterdir()) if folder.is_dir() else []


def _ours(path: Path) -> bool:
    if path.is_dir() and not path.is_symlink():
        return path.name.startswith(tidying.ASIDE)
    return is_the_vaults_own(path.name)


def _destroy_headers(folders: Sequence[Path], random: Random) -> int:
    count = 0
    for folder in folders:
        for name in _HEADERS:
            path = folder / name
            if path.is_file() and not path.is_symlink():
                _overwrite(path, random)
                with disk_errors(f"removing {name}"):
                    path.unlink()
                count += 1
    return count


def _overwrite(path: Path, random: Random) -> None:
    """Once with chance, in place and flushed: what a disk that writes elsewhere keeps is beyond any program."""
    with disk_errors(f"overwriting {path.name}"):
        descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0))
        try:
            os.write(descriptor, random(os.fstat(descriptor).st_size))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove(path: Path) -> int:
    with disk_errors(f"removing {path.name}"):
        if path.is_dir() and not path.is_symlink():
            count = sum(1 for inside in path.rglob("*") if inside.is_file())
            shutil.rmtree(path)
            return count
        if not path.exists() and not path.is_symlink():
            return 0
        path.unlink()
        return 1
