"""A verified copy of the vault: header and database together, counted as a backup only after it was opened.

Never lives here: when to make one. Copies are encrypted with the vault's own keys and open with the same ways in.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

from vrm_desktop.vault import header_file
from vrm_desktop.vault.connection import VaultConnection, open_database
from vrm_desktop.vault.durable_files import disk_errors, flush_folder, new_private_file, private_folder
from vrm_desktop.vault.errors import BackupFailed, VaultError
from vrm_desktop.vault.header import Header
from vrm_desktop.vault.header_codec import encode_header
from vrm_desktop.vault.secret import Subkey
from vrm_desktop.vault.soundness import counts, problems

FOLDER = "backups"


def back_up(connection: VaultConnection, folder: Path, header: Header, database_key: Subkey, *, label: str) -> Path:
    """Make `<folder>/backups/<label>/` with `vault.hdr` and the database, open the copy, compare, and return it.

    An older copy with the same label is kept until the new one is whole. Raises BackupFailed, DiskFull, DiskFailed.
    """
    target = folder / FOLDER / label
    unfinished = target.with_name(label + ".new")
    private_folder(folder / FOLDER)
    with disk_errors("making room for the backup"):
        if unfinished.exists():
            shutil.rmtree(unfinished)
    private_folder(unfinished)
    try:
        new_private_file(unfinished / header_file.NAME, encode_header(header))
        connection.copy_to(unfinished / header.database)
        _verify(unfinished / header.database, database_key, header.salt, counts(connection))
        flush_folder(unfinished)
        with disk_errors("finishing the backup"):
            if target.exists():
                shutil.rmtree(target)
            unfinished.rename(target)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    flush_folder(target.parent)
    flush_folder(folder)
    return target


def _verify(copy: Path, key: Subkey, salt: bytes, expected: Mapping[str, int]) -> None:
    try:
        opened = open_database(copy, key, salt)
        try:
            found = problems(opened)
            if found:
                raise BackupFailed(f"the copy is not sound: {found[0]}")
            if counts(opened) != expected:
                raise BackupFailed("the copy does not hold as many rows")
        finally:
            opened.close()
    except BackupFailed:
        raise
    except VaultError as error:
        raise BackupFailed(f"the copy could not be read back: {error}") from error
    for leftover in (copy.with_name(copy.name + "-wal"), copy.with_name(copy.name + "-shm")):
        with disk_errors("tidying the backup"):
            leftover.unlink(missing_ok=True)
