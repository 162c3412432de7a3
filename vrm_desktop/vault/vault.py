"""The vault as the rest of the program meets it: create, open, check, change the ways in, close.

Never lives here: SQL of any table, or how a key is derived. Time, randomness and the key-derivation policy are
arguments; production hands in `datetime.now(UTC)`, `secrets.token_bytes` and `passphrase.STANDARD`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from vrm_desktop.vault import checking, header_file, opening, soundness
from vrm_desktop.vault.backup import back_up
from vrm_desktop.vault.checking import Check, CheckReport
from vrm_desktop.vault.connection import VaultConnection, create_database
from vrm_desktop.vault.contents import Contents
from vrm_desktop.vault.durable_files import disk_errors, flush_folder, private_folder
from vrm_desktop.vault.errors import VaultClosed, VaultDamaged, VaultError, VaultExists
from vrm_desktop.vault.header import Header, SlotKind
from vrm_desktop.vault.header_codec import sealed
from vrm_desktop.vault.lock_file import LockFile
from vrm_desktop.vault.migrating import Migration, migrate, packaged_migrations, schema_of
from vrm_desktop.vault.opening import Unlocked
from vrm_desktop.vault.rewrapping import Clock, Rewrapper, to_the_second
from vrm_desktop.vault.secret import DataKey, Passphrase, Subkey
from vrm_desktop.vault.signer import Signers
from vrm_desktop.vault.thread import OnIo, VaultThread
from vrm_desktop.vault.transaction import Transaction
from vrm_desktop.vault.unlocking.passphrase import KdfPolicy
from vrm_desktop.vault.unlocking.subkeys import Purpose
from vrm_desktop.vault.ways_in import Random, WayIn, new_slot

_T = TypeVar("_T")

DATABASE = "vault.db"


class OpenVault:
    """An unlocked vault, held by this process alone until `close()`. Work goes through `read` and `write`."""

    def __init__(
        self,
        *,
        folder: Path,
        unlocked: Unlocked,
        rewrapper: Rewrapper,
        thread: VaultThread,
        random: Random,
        lock: LockFile,
        ended_badly: bool,
        migrated: int,
    ) -> None:
        self.folder = folder
        self.thread = thread
        self.header_was_restored = unlocked.found.from_previous
        """The header was damaged and its previous version stood in; the person should be told."""
        self.ended_badly = ended_badly
        """The last session did not close the vault; it was checked quickly and found whole."""
        self.migrated = migrated
        """How many schema steps were applied while opening."""
        self._header = unlocked.header
        self._keys = unlocked.keys
        self._rewrapper = rewrapper
        self._random = random
        self._signers = Signers()
        self._lock = lock

    async def read(self, look: Callable[[Contents], _T]) -> _T:
        """What `look` returns, from one consistent view of everything kept (see `VaultThread.read`)."""
        return await self.thread.read(lambda sql: look(self.contents(sql)))

    async def write(self, change: Callable[[Contents], _T]) -> _T:
        """What `change` returns, once all it did is on the disk (see `VaultThread.write`)."""
        return await self.thread.write(lambda sql: change(self.contents(sql)))

    def contents(self, sql: Transaction) -> Contents:
        """Everything kept, inside a transaction of `thread`. Keys lent through it die when the vault closes."""
        return Contents(sql, signers=self._signers, random=self._random)

    @property
    def header(self) -> Header:
        """The header as it now is on the disk."""
        return self._header

    @property
    def vault_id(self) -> bytes:
        """16 bytes, the same for the life of the vault."""
        return self._header.vault_id

    def subkey(self, purpose: Purpose) -> Subkey:
        """The key derived for one purpose; never the database's own. Raises VaultClosed."""
        if purpose in (Purpose.DATABASE, Purpose.HEADER_SEAL):
            raise ValueError("the vault keeps this key to itself")
        if not self._keys:
            raise VaultClosed("the vault is closed")
        return self._keys[purpose]

    def change_passphrase(self, proof: WayIn, new: Passphrase) -> None:
        """Make `new` the only passphrase. `proof`: the present one, or the recovery code if it was forgotten.

        Takes three key derivations. Raises WrongPassphrase and what `Rewrapper.set` raises.
        """
        self.set_way_in(proof, new)

    def set_way_in(self, proof: WayIn, way: WayIn) -> None:
        """Make `way` the one way in of its kind (see `Rewrapper.set`)."""
        with self._following_the_disk():
            self._header = self._rewrapper.set(self._header, proof=proof, way=way)

    def remove_way_in(self, proof: WayIn, kind: SlotKind) -> None:
        """Take away the recovery code or the keyring (see `Rewrapper.remove`)."""
        with self._following_the_disk():
            self._header = self._rewrapper.remove(self._header, proof=proof, kind=kind)

    @contextmanager
    def _following_the_disk(self) -> Iterator[None]:
        """A change that fails between its two writes leaves the first of them standing: go on from there."""
        try:
            yield
        except VaultError:
            self._header = header_file.read_header(self.folder).header
            raise

    def back_up(self, label: str) -> Path:
        """A verified copy under `backups/<label>/` (see `backup.back_up`)."""
        header, key = self._header, self._keys[Purpose.DATABASE]
        return self.thread.upkeep_now(lambda connection: back_up(connection, self.folder, header, key, label=label))

    def check(self) -> CheckReport:
        """Every question about the vault's files, answered while it stays open."""
        headers = checking.check_headers(self.folder, self._header, restored=self.header_was_restored)
        checks, counts = self.thread.upkeep_now(lambda connection: checking.check_database(self._header, connection))
        return checking.report(self.folder, self._header, (*headers, *checks), counts)

    def close(self) -> None:
        """Finish waiting work, close the database and let the next process in. A second call does nothing."""
        try:
            self.thread.close()
        finally:
            self._signers.end()
            self._keys = {}
            self._lock.release()


def create_vault(
    folder: Path,
    passphrase: Passphrase,
    *,
    kdf: KdfPolicy,
    random: Random,
    clock: Clock,
    migrations: Sequence[Migration] | None = None,
) -> None:
    """Make a new vault in the folder (created if needed, mode 0700) and close it again.

    The header is written last and makes the vault exist; a creation cut off before it leaves nothing that counts.
    Raises VaultExists, VaultBusy, PassphraseEmpty, NotEnoughMemory, DiskFull, DiskFailed.
    """
    folder = folder.absolute()
    steps = packaged_migrations() if migrations is None else migrations
    private_folder(folder)
    lock = LockFile(folder)
    try:
        if header_file.exists(folder):
            raise VaultExists("the folder already holds a vault")
        now = to_the_second(clock)
        data_key, vault_id = DataKey(random(DataKey.LENGTH)), random(16)
        slot = new_slot(data_key, passphrase, vault_id=vault_id, kdf=kdf, random=random, now=now)
        header = Header(
            vault_id=vault_id,
            generation=1,
            database=DATABASE,
            salt=random(16),
            slots=(slot,),
            created=now,
            changed=now,
        )
        header = sealed(header, data_key)
        made = opening.creating(folder / DATABASE)
        with disk_errors("clearing an unfinished vault"):
            for leftover in (made, made.with_name(made.name + "-wal")):
                leftover.unlink(missing_ok=True)
        key = opening.derive_keys(data_key, vault_id)[Purpose.DATABASE]
        connection = create_database(made, key, header.salt)
        try:
            migrate(connection, steps, back_up=None)
            connection.execute(
                "INSERT INTO vault_info (only, vault_id, created) VALUES (1, ?, ?)", (vault_id, now.isoformat())
            )
        finally:
            connection.close()
        flush_folder(folder)
        header_file.write_first_header(folder, header)
        opening.finish_creation(folder, header)
    finally:
        lock.release()


def open_vault(
    folder: Path,
    way: WayIn,
    *,
    kdf: KdfPolicy,
    random: Random,
    clock: Clock,
    migrations: Sequence[Migration] | None = None,
    on_io: OnIo | None = None,
) -> OpenVault:
    """Unlock, check, migrate (after a verified backup) and hold the vault. Blocks for the key derivation (~1 s).

    Raises NoVault, HeaderDamaged, HeaderTampered, VaultTooNew, WrongPassphrase, WrongRecoveryCode,
    KeyringUnavailable, NoSuchWayIn, KdfRefused, VaultDamaged, VaultBusy, DiskFull, DiskFailed, MigrationFailed,
    BackupFailed, NotEnoughMemory.
    """
    folder = folder.absolute()
    steps = packaged_migrations() if migrations is None else migrations
    header_file.read_header(folder)  # so that an empty folder gets its answer without a lock file being left in it
    lock = LockFile(folder)
    try:
        unlocked = opening.unlock_header(folder, way, kdf)
        header = unlocked.header
        opening.finish_creation(folder, header)
        ended_badly = opening.log_left_behind(folder / header.database)
        connection, migrated = _current(folder, unlocked, steps, ended_badly=ended_badly)
    except BaseException:
        lock.release()
        raise
    return OpenVault(
        folder=folder,
        unlocked=unlocked,
        rewrapper=Rewrapper(folder=folder, kdf=kdf, random=random, clock=clock),
        thread=VaultThread(connection, on_io=on_io),
        random=random,
        lock=lock,
        ended_badly=ended_badly,
        migrated=migrated,
    )


def check(folder: Path, way: WayIn, *, kdf: KdfPolicy, migrations: Sequence[Migration] | None = None) -> CheckReport:
    """Check a vault nobody has open, changing nothing but a damaged header that can be healed.

    Raises what `open_vault` raises for the header and the way in, VaultBusy, VaultTooNew; a damaged database is in the
    report instead.
    """
    folder = folder.absolute()
    steps = packaged_migrations() if migrations is None else migrations
    header_file.read_header(folder)
    lock = LockFile(folder)
    try:
        unlocked = opening.unlock_header(folder, way, kdf)
        headers = checking.check_headers(folder, unlocked.header, restored=unlocked.found.from_previous)
        opening.finish_creation(folder, unlocked.header)
        checks, counts = _checked_database(folder, unlocked, steps)
        return checking.report(folder, unlocked.header, (*headers, *checks), counts)
    finally:
        lock.release()


def _checked_database(
    folder: Path, unlocked: Unlocked, steps: Sequence[Migration]
) -> tuple[tuple[Check, ...], dict[str, int]]:
    try:
        connection = opening.connect(folder, unlocked, steps)
    except VaultError as error:
        return (checking.unopened(error),), {}
    try:
        return checking.check_database(unlocked.header, connection)
    finally:
        connection.close()


def _current(
    folder: Path, unlocked: Unlocked, steps: Sequence[Migration], *, ended_badly: bool
) -> tuple[VaultConnection, int]:
    """A connection to a whole database of the newest schema, and how many steps that took."""
    header, key = unlocked.header, unlocked.keys[Purpose.DATABASE]
    connection = opening.connect(folder, unlocked, steps)
    try:
        if ended_badly:
            _require_whole(connection)
        label = f"before-schema-{schema_of(connection) + 1}"
        migrated = migrate(connection, steps, back_up=lambda: back_up(connection, folder, header, key, label=label))
    except BaseException:
        connection.close()
        raise
    return connection, migrated


def _require_whole(connection: VaultConnection) -> None:
    connection.empty_log()
    found = soundness.quick_problems(connection)
    if found:
        raise VaultDamaged(f"the last session ended badly, and the check found: {found[0]}")
