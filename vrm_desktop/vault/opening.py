"""The steps from a folder and a way in to a checked connection, shared by opening and checking.

Never lives here: creating, migrating, the vault thread. Errors are told apart by the step they come from: header, way
in, database.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vrm_desktop.vault import header_file
from vrm_desktop.vault.connection import VaultConnection, open_database
from vrm_desktop.vault.durable_files import disk_errors, flush_folder
from vrm_desktop.vault.errors import StatementRefused, VaultDamaged
from vrm_desktop.vault.header import Header
from vrm_desktop.vault.header_file import FoundHeader
from vrm_desktop.vault.migrating import Migration, require_known_schema
from vrm_desktop.vault.secret import DataKey, Subkey
from vrm_desktop.vault.unlocking.passphrase import KdfPolicy
from vrm_desktop.vault.unlocking.subkeys import Purpose, subkey
from vrm_desktop.vault.ways_in import WayIn, unlock


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """A header that was opened, and every key derived from it. The data key itself is let go."""

    found: FoundHeader
    keys: dict[Purpose, Subkey] = field(repr=False)

    @property
    def header(self) -> Header:
        """The header itself."""
        return self.found.header


def derive_keys(data_key: DataKey, vault_id: bytes) -> dict[Purpose, Subkey]:
    """The key for every purpose."""
    return {purpose: subkey(data_key, vault_id, purpose) for purpose in Purpose}


def unlock_header(folder: Path, way: WayIn, kdf: KdfPolicy) -> Unlocked:
    """Read the header and open it; a damaged one is healed from its previous version once that is unlocked.

    Raises NoVault, HeaderDamaged, VaultTooNew and what `ways_in.unlock` raises.
    """
    found = header_file.read_header(folder)
    data_key = unlock(found.header, way, kdf).data_key
    if found.from_previous:
        header_file.restore_from_previous(folder)
    return Unlocked(found=found, keys=derive_keys(data_key, found.header.vault_id))


def finish_creation(folder: Path, header: Header) -> None:
    """Give the database its name, if creating the vault was cut off between writing the header and that."""
    database = folder / header.database
    made = creating(database)
    with disk_errors("finishing the vault's creation"):
        if database.exists() or not made.exists():
            return
        made.rename(database)
    flush_folder(folder)


def creating(database: Path) -> Path:
    """The name a database has until its vault's header is on the disk."""
    return database.with_name(database.name + ".new")


def log_left_behind(database: Path) -> bool:
    """Whether the last session ended without closing: a write-ahead log with content is still there."""
    log = database.with_name(database.name + "-wal")
    with disk_errors("looking for a write-ahead log"):
        return log.exists() and log.stat().st_size > 0


def connect(folder: Path, unlocked: Unlocked, migrations: Sequence[Migration]) -> VaultConnection:
    """Open the header's database and make sure it is this vault's.

    Raises VaultDamaged, VaultBusy, VaultTooNew, DiskFailed.
    """
    header = unlocked.header
    connection = open_database(folder / header.database, unlocked.keys[Purpose.DATABASE], header.salt)
    try:
        require_known_schema(connection, migrations)
        try:
            vault_id = connection.value("SELECT vault_id FROM vault_info")
        except StatementRefused as error:
            raise VaultDamaged("the database does not say which vault it is") from error
        if vault_id != header.vault_id:
            raise VaultDamaged("the database belongs to another vault")
    except BaseException:
        connection.close()
        raise
    return connection
