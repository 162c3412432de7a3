"""A backup counts only once it was opened: the file is made beside its name, read back, opened with the key, compared.

Never lives here: when to make one, or which ones are kept (`keeping`, `kept_backups`). A backup opens with the ways in
that the vault had when it was made, for its header is inside.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from vrm_desktop.vault import backup_container, backup_summary, soundness
from vrm_desktop.vault.backup_container import Container, Front, open_container
from vrm_desktop.vault.backup_summary import Summary, summarise
from vrm_desktop.vault.connection import VaultConnection, clear_database, open_database
from vrm_desktop.vault.durable_files import disk_errors, flush_folder, private_folder
from vrm_desktop.vault.errors import (
    BackupDamaged,
    BackupFailed,
    DiskFailed,
    DiskFull,
    NameTaken,
    StatementRefused,
    VaultBusy,
    VaultDamaged,
    VaultError,
)
from vrm_desktop.vault.header import Header
from vrm_desktop.vault.header_codec import encode_header
from vrm_desktop.vault.keeping import Retention
from vrm_desktop.vault.kept_backups import UNFINISHED, free_name, let_go
from vrm_desktop.vault.secret import Subkey
from vrm_desktop.vault.unlocking.subkeys import Purpose
from vrm_desktop.vault.ways_in import Random

Keys = Mapping[Purpose, Subkey]
"""The key for every purpose."""

COPY = "backup-copy.tmp"
TRIAL = "backup-trial.tmp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a backup is made of. `scratch`: the vault's folder, where copies stand for a moment."""

    connection: VaultConnection
    header: Header
    keys: Keys = field(repr=False)
    scratch: Path


def back_up(source: Source, target: Path, *, made: datetime, random: Random) -> Summary:
    """Write a backup under a name that is not taken, open it, compare, and only then give it the name.

    Raises NameTaken, BackupFailed (a copy that cannot be trusted was thrown away), DiskFull, DiskFailed.
    """
    unfinished = target.with_name(target.name + UNFINISHED)
    copy, trial = source.scratch / COPY, source.scratch / TRIAL
    with disk_errors("looking where the backup goes"):
        if target.exists():
            raise NameTaken(f"{target.name} is there already, and a backup replaces nothing")
    _clear(unfinished, copy, trial)
    try:
        expected = _write(source, unfinished, made=made, random=random)
        _try(source, unfinished, expected)
        with disk_errors("finishing the backup"):
            unfinished.rename(target)
    except (DiskFull, DiskFailed, BackupFailed, VaultBusy):
        raise
    except VaultError as error:
        raise BackupFailed(f"the copy cannot be trusted: {error}") from error
    finally:
        _clear(unfinished, copy, trial)
    flush_folder(target.parent)
    return expected


def keep_backup(
    source: Source, place: Path, *, label: str, made: datetime, random: Random, retention: Retention
) -> Path:
    """Make a backup under a name of its own in a folder of backups, then let go what the rule no longer keeps.

    Raises what `back_up` raises, and ValueError for a label of other characters than a-z, 0-9 and -.
    """
    if not place.is_dir():
        private_folder(place)
    target = free_name(place, made, label)
    back_up(source, target, made=made, random=random)
    let_go(place, source.header.vault_id, retention, spare=target)
    return target


def require_holds(database: Path, header: Header, keys: Keys, expected: Summary) -> None:
    """Open a database that came out of a backup and make sure that it is whole and holds what it should.

    Raises BackupDamaged, DiskFailed, DiskFull.
    """
    try:
        connection = open_database(database, keys[Purpose.DATABASE], header.salt)
        try:
            with connection.bulk():
                _compare(connection, header, expected)
        finally:
            connection.close()
    except (VaultDamaged, StatementRefused) as error:
        raise BackupDamaged(f"its database does not open: {error}") from error


def summary_of(container: Container, keys: Keys) -> Summary:
    """The container's summary, once its seal fits the key. Raises BackupDamaged."""
    container.require_key(keys[Purpose.BACKUP])
    front = container.front
    return backup_summary.unseal(front.summary, keys[Purpose.BACKUP_SUMMARY], bound_to=front.sealed_to)


def _write(source: Source, unfinished: Path, *, made: datetime, random: Random) -> Summary:
    copy = source.scratch / COPY
    source.connection.copy_to(copy)
    summary = summarise(source.connection, made)
    with disk_errors("measuring the copy"):
        size = copy.stat().st_size
    bare = Front(
        made=made,
        header=encode_header(source.header),
        summary=bytes(backup_summary.sealed_length(summary)),
        database_bytes=size,
    )
    sealed = backup_summary.seal(summary, source.keys[Purpose.BACKUP_SUMMARY], bound_to=bare.sealed_to, random=random)
    front = Front(made=made, header=bare.header, summary=sealed, database_bytes=size)
    backup_container.write_container(unfinished, front, copy, source.keys[Purpose.BACKUP])
    clear_database(copy)
    return summary


def _try(source: Source, unfinished: Path, expected: Summary) -> None:
    with open_container(unfinished) as container:
        if container.front.header != encode_header(source.header):
            raise BackupFailed("the copy holds another header")
        if summary_of(container, source.keys) != expected:
            raise BackupFailed("the copy holds another summary")
        trial = source.scratch / TRIAL
        container.extract(trial)
        require_holds(trial, source.header, source.keys, expected)


def _compare(connection: VaultConnection, header: Header, expected: Summary) -> None:
    found = soundness.problems(connection)
    if found:
        raise BackupDamaged(f"its database is not sound: {found[0]}")
    if connection.value("SELECT vault_id FROM vault_info") != header.vault_id:
        raise BackupDamaged("its database belongs to another vault")
    present = summarise(connection, expected.made)
    if present.counts != expected.counts:
        raise BackupDamaged("its database does not hold as many rows")
    if present != expected:
        raise BackupDamaged("its chains end elsewhere")


def _clear(unfinished: Path, *databases: Path) -> None:
    with disk_errors("clearing what is unfinished"):
        unfinished.unlink(missing_ok=True)
    for database in databases:
        clear_database(database)
