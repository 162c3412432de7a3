"""Which backups could stand in for a damaged vault, and what each would lack.

Changes nothing. Never lives here: restoring, or words for people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vrm_desktop.vault import header_file, opening, soundness
from vrm_desktop.vault.backup import summary_of
from vrm_desktop.vault.backup_container import open_container
from vrm_desktop.vault.connection import VaultConnection, companions
from vrm_desktop.vault.durable_files import disk_errors
from vrm_desktop.vault.errors import BackupDamaged, VaultBusy, VaultDamaged, VaultError
from vrm_desktop.vault.header import Header
from vrm_desktop.vault.header_codec import UnreadableHeader, decode_header, require_seal
from vrm_desktop.vault.kept_backups import KeptBackup, kept, place_of
from vrm_desktop.vault.lock_file import LockFile
from vrm_desktop.vault.migrating import Migration, packaged_migrations
from vrm_desktop.vault.secret import DataKey
from vrm_desktop.vault.unlocking.passphrase import KdfPolicy
from vrm_desktop.vault.ways_in import WayIn, unlock


@dataclass(frozen=True, slots=True, kw_only=True)
class RestorePoint:
    """One backup, as `restore` would find it.

    `trouble`: the code of what stands against it, "" for a good one (then `counts` holds its rows per table).
    `missing`: rows per table that the vault still shows and the backup lacks, where both could be counted.
    `unknown`: tables of the backup that the damaged vault no longer lets anybody count.
    `older_by`: how long before the vault's last change it was made; None if that cannot be told.
    """

    file: Path
    made: datetime
    label: str
    bytes: int
    trouble: str
    counts: Mapping[str, int]
    missing: Mapping[str, int]
    unknown: tuple[str, ...]
    older_by: timedelta | None

    @property
    def good(self) -> bool:
        """Whether it can be restored with the way in that was tried."""
        return not self.trouble


def survey(
    folder: Path,
    way: WayIn,
    *,
    kdf: KdfPolicy,
    place: Path | None = None,
    migrations: Sequence[Migration] | None = None,
) -> tuple[RestorePoint, ...]:
    """Every backup in `backups/` or `place`, newest first, each read in full and tried with the way in.

    Blocks for one key derivation for each different slot. Raises VaultBusy, DiskFailed.
    """
    folder = folder.absolute()
    steps = packaged_migrations() if migrations is None else migrations
    present, changed = _present(folder, way, kdf, steps), _last_change(folder)
    opened = _Opened(way, kdf)
    return tuple(_point(backup, opened, present, changed) for backup in kept(place or place_of(folder)))


class _Opened:
    """Opens headers, deriving once for all that share their slots."""

    def __init__(self, way: WayIn, kdf: KdfPolicy) -> None:
        self._way = way
        self._kdf = kdf
        self._known: list[tuple[Header, DataKey]] = []

    def data_key(self, header: Header) -> DataKey:
        """The header's data key. Raises what `unlock` raises."""
        for known, data_key in self._known:
            if (known.vault_id, known.slots) == (header.vault_id, header.slots):
                require_seal(header, data_key)
                return data_key
        data_key = unlock(header, self._way, self._kdf).data_key
        self._known.append((header, data_key))
        return data_key


def _point(backup: KeptBackup, opened: _Opened, present: Mapping[str, int], changed: datetime | None) -> RestorePoint:
    counts: Mapping[str, int] = {}
    trouble = ""
    try:
        with open_container(backup.file) as container:
            header = decode_header(container.front.header)
            keys = opening.derive_keys(opened.data_key(header), header.vault_id)
            counts = summary_of(container, keys).counts
    except UnreadableHeader:
        trouble = BackupDamaged.code
    except VaultError as error:
        trouble = error.code
    shared = counts.keys() & present.keys()
    return RestorePoint(
        file=backup.file,
        made=backup.made,
        label=backup.label,
        bytes=backup.bytes,
        trouble=trouble,
        counts=counts,
        missing={name: lacking for name in sorted(shared) if (lacking := present[name] - counts[name]) > 0},
        unknown=tuple(sorted(counts.keys() - present.keys())),
        older_by=None if changed is None else max(changed - backup.made, timedelta(0)),
    )


def _present(folder: Path, way: WayIn, kdf: KdfPolicy, steps: Sequence[Migration]) -> dict[str, int]:
    """Rows per table that the vault in the folder still lets us count; nothing when it does not open."""
    if not folder.is_dir():
        return {}
    lock = LockFile(folder)
    try:
        header = header_file.read_header(folder)
        keys = opening.derive_keys(unlock(header.header, way, kdf).data_key, header.header.vault_id)
        connection = opening.connect(folder, opening.Unlocked(found=header, keys=keys), steps)
        try:
            return _countable(connection)
        finally:
            connection.close()
    except VaultBusy:
        raise
    except VaultError:
        return {}
    finally:
        lock.release()


def _countable(connection: VaultConnection) -> dict[str, int]:
    found = {}
    for name in soundness.tables(connection):
        try:
            found[name] = soundness.count(connection, name)
        except VaultDamaged:
            continue
    return found


def _last_change(folder: Path) -> datetime | None:
    """When the vault's database was last written, by the file system's clock."""
    times = []
    with disk_errors("looking at the vault"):
        for database in folder.glob("vault*.db"):
            times += [path.stat().st_mtime for path in (database, *companions(database)) if path.exists()]
    return datetime.fromtimestamp(int(max(times)), UTC) if times else None
