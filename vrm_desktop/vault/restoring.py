"""Bringing a backup back: verified before anything changes, switched by one rename, what stood is set aside whole.

Killed anywhere, the folder opens as it was or as restored. Never lives here: choosing a backup, asking the person.
"""

import errno
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from vrm_desktop.vault import brought_back, header_file, opening, tidying
from vrm_desktop.vault.backup import require_holds, summary_of
from vrm_desktop.vault.backup_container import Container, open_container
from vrm_desktop.vault.backup_summary import Summary
from vrm_desktop.vault.connection import clear_database, companions
from vrm_desktop.vault.durable_files import disk_errors, flush_file, flush_folder, private_folder
from vrm_desktop.vault.errors import BackupDamaged, VaultTooNew
from vrm_desktop.vault.header import Header
from vrm_desktop.vault.header_codec import UnreadableHeader, decode_header, sealed
from vrm_desktop.vault.lock_file import LockFile
from vrm_desktop.vault.migrating import Migration, packaged_migrations
from vrm_desktop.vault.rewrapping import Clock, to_the_second
from vrm_desktop.vault.secret import DataKey
from vrm_desktop.vault.unlocking.passphrase import KdfPolicy
from vrm_desktop.vault.ways_in import WayIn, unlock

_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV})
_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a folder holds now. `aside`: where what stood there before is, None if nothing did."""

    summary: Summary
    aside: Path | None


def restore(
    file: Path,
    folder: Path,
    way: WayIn,
    *,
    kdf: KdfPolicy,
    clock: Clock,
    migrations: Sequence[Migration] | None = None,
) -> Restored:
    """Make the folder (created if needed) hold what the backup holds. Blocks for the key derivation.

    `way`: a way in from when the backup was made. Whatever vault stood in the folder, damaged or not, is kept whole in
    a folder of its own beside. Raises BackupDamaged, VaultTooNew, what `ways_in.unlock` raises, VaultBusy, DiskFull,
    DiskFailed; the folder then opens as before.
    """
    folder = folder.absolute()
    steps = packaged_migrations() if migrations is None else migrations
    with open_container(file) as container:
        header = _header(container)
        data_key = unlock(header, way, kdf).data_key
        summary = summary_of(container, opening.derive_keys(data_key, header.vault_id))
        if summary.schema > len(steps):
            raise VaultTooNew(f"schema {summary.schema}")
        private_folder(folder)
        lock = LockFile(folder)
        try:
            now = to_the_second(clock)
            header = _renamed(header, folder, now, data_key)
            _extract(container, folder, header, data_key, summary)
            aside = switch(folder, header, now)
            return Restored(summary=summary, aside=aside)
        finally:
            lock.release()


def _header(container: Container) -> Header:
    try:
        return decode_header(container.front.header)
    except UnreadableHeader as error:
        raise BackupDamaged(f"the header inside is damaged: {error}") from error


def _renamed(header: Header, folder: Path, now: datetime, data_key: DataKey) -> Header:
    """The same header for a database under a name that is free here: both vaults can stand side by side."""
    name = tidying.free_database_name(folder, least=1)
    return sealed(replace(header, generation=header.generation + 1, database=name, changed=now, seal=b""), data_key)


def _extract(container: Container, folder: Path, header: Header, data_key: DataKey, summary: Summary) -> None:
    made = opening.creating(folder / header.database)
    try:
        container.extract(made)
        require_holds(made, header, opening.derive_keys(data_key, header.vault_id), summary)
        flush_file(made)
        flush_folder(folder)
    except BaseException:
        clear_database(made)
        raise


def switch(folder: Path, header: Header, now: datetime) -> Path | None:
    """Make the header, and the unfinished database it names, what counts in the folder; where the former vault went.

    Raises DiskFull, DiskFailed; the folder then opens as before, and the unfinished database is gone.
    """
    unfinished: Path | None = None
    try:
        brought_back.note(folder)
        unfinished = _set_aside(folder, now)
        header_file.replace_both(folder, header)
    except BaseException:
        if not _counts(folder, header):
            clear_database(opening.creating(folder / header.database))
            brought_back.forget(folder)
            if unfinished is not None:
                shutil.rmtree(unfinished, ignore_errors=True)
        raise
    opening.finish_creation(folder, header)
    tidying.finish(folder, header, restored=False)
    return None if unfinished is None else unfinished.with_name(unfinished.name.removesuffix(tidying.UNFINISHED))


def _counts(folder: Path, header: Header) -> bool:
    """Whether either header file already holds the new header: then the next opening goes on from there."""
    for name in (header_file.NAME, header_file.PREVIOUS):
        try:
            if header_file.read_one(folder / name) == header:
                return True
        except (UnreadableHeader, VaultTooNew):
            continue
    return False


def _set_aside(folder: Path, now: datetime) -> Path | None:
    """Give everything that stands a second name in a new folder, whose own name says that it does not count yet.

    Its last name but one is given once it is complete, so a half-filled one is never taken for what was replaced.
    """
    standing = _standing(folder)
    if not standing:
        return None
    with disk_errors("setting aside what stands"):
        name, turn = f"{tidying.ASIDE}{now.strftime(_STAMP)}", 1
        while any(folder.glob(f"{name}*")):
            turn += 1
            name = f"{tidying.ASIDE}{now.strftime(_STAMP)}-{turn}"
        making, unfinished = folder / (name + tidying.MAKING), folder / (name + tidying.UNFINISHED)
        making.mkdir(mode=0o700)
    try:
        with disk_errors("setting aside what stands"):
            for path in standing:
                _second_name(path, making / path.name)
            flush_folder(making)
            making.rename(unfinished)
        flush_folder(folder)
    except BaseException:
        for left in (making, unfinished):
            shutil.rmtree(left, ignore_errors=True)
        raise
    return unfinished


def _standing(folder: Path) -> list[Path]:
    headers = (folder / name for name in (header_file.NAME, header_file.PREVIOUS, header_file.DAMAGED))
    finished = [path for path in tidying.databases(folder) if path.suffix == ".db"]
    beside = (path for database in finished for path in companions(database))
    return [path for path in (*headers, *finished, *beside) if path.exists()]


def _second_name(path: Path, target: Path) -> None:
    try:
        os.link(path, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copyfile(path, target)  # a file system without second names
        target.chmod(0o600)
        flush_file(target)
