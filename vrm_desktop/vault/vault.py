"""The vault as the rest of the program meets it: create, open, check, back up, restore, change the ways in, close.

Never lives here: SQL of any table, or how a key is derived. Time, randomness and the key-derivation policy are
arguments; production hands in `datetime.now(UTC)`, `secrets.token_bytes` and `passphrase.STANDARD`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from vrm_desktop.vault import checking, header_file, opening, rotating, soundness, tidying
from vrm_desktop.vault.backup import Source, back_up, keep_backup
from vrm_desktop.vault.backup_summary import Summary
from vrm_desktop.vault.checking import CheckReport
from vrm_desktop.vault.chosen_files import require_place
from vrm_desktop.vault.closed_check import check
from vrm_desktop.vault.connection import VaultConnection
from vrm_desktop.vault.contents import Contents
from vrm_desktop.vault.creation import create_vault
from vrm_desktop.vault.errors import VaultClosed, VaultDamaged, VaultError
from vrm_desktop.vault.header import Header, SlotKind
from vrm_desktop.vault.keeping import BEFORE, Retention
from vrm_desktop.vault.kept_backups import last_verified_backup, place_of
from vrm_desktop.vault.lock_file import LockFile
from vrm_desktop.vault.migrating import Migration, migrate, packaged_migrations, schema_of
from vrm_desktop.vault.opening import Unlocked
from vrm_desktop.vault.progress import OnStep, Step, unheard
from vrm_desktop.vault.restoring import restore
from vrm_desktop.vault.rewrapping import Clock, Rewrapper, to_the_second
from vrm_desktop.vault.secret import KeyringKey, Passphrase, RecoveryCode, Subkey
from vrm_desktop.vault.signer import Signers
from vrm_desktop.vault.surveying import survey
from vrm_desktop.vault.thread import OnIo, VaultThread
from vrm_desktop.vault.transaction import Transaction
from vrm_desktop.vault.unlocking.passphrase import KdfPolicy
from vrm_desktop.vault.unlocking.subkeys import Purpose
from vrm_desktop.vault.ways_in import Random, WayIn, unlock

__all__ = ["OpenVault", "check", "create_vault", "last_verified_backup", "open_vault", "restore", "survey"]

_T = TypeVar("_T")


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

    def rotate_key(
        self,
        passphrase: Passphrase,
        *,
        recovery: RecoveryCode | None = None,
        keyring: KeyringKey | None = None,
        give_up: frozenset[SlotKind] = frozenset(),
    ) -> None:
        """Encrypt everything anew under a fresh data key, after a backup. `passphrase`: the present one; it stays.

        A new data key needs every other way in once more: `recovery` (best a new code) and `keyring` if the vault has
        them, or their kind in `give_up`. Every lent subkey ends. Raises WrongPassphrase, WayInMissing, BackupFailed,
        RotationFailed, DiskFull, DiskFailed: the vault is then as before, or closed if that could not be told.
        """
        with_them = tuple(way for way in (recovery, keyring) if way is not None)
        kdf, random, clock = self._rewrapper.kdf, self._random, self._rewrapper.clock
        unlock(self._header, passphrase, kdf)
        to = rotating.prepare(
            self.folder,
            self._header,
            (passphrase, *with_them),
            give_up=give_up,
            kdf=kdf,
            random=random,
            clock=clock,
        )
        self.back_up(f"{BEFORE}rotation")

        def exchange(connection: VaultConnection) -> VaultConnection:
            following = rotating.rotate(connection, self.folder, to)
            self._header, self._keys = to.header, dict(to.keys)
            return following

        try:
            self.thread.exchange_now(exchange)
        except BaseException:
            if rotating.switched(self.folder, to.header):
                self.close()
            raise

    def back_up(self, label: str, *, place: Path | None = None, retention: Retention | None = None) -> Path:
        """A backup that was test-opened, in `backups/` or `place`; older ones go by the rule.

        `label`: 1 to 40 of a-z, 0-9 and -, as the file name shows it. Raises BackupFailed, DiskFull, DiskFailed.
        """
        made, where = to_the_second(self._rewrapper.clock), place or place_of(self.folder)
        return self.thread.upkeep_now(
            lambda connection: keep_backup(
                self._source(connection),
                where,
                label=label,
                made=made,
                random=self._random,
                retention=retention or Retention(),
            )
        )

    def back_up_to(self, file: Path) -> Summary:
        """The same as one file under a name of the person's choice; what it holds.

        Raises NameTaken, NameReserved, FolderMissing, BackupFailed, DiskFull, DiskFailed.
        """
        made, target = to_the_second(self._rewrapper.clock), file.absolute()
        require_place(target, self.folder)
        return self.thread.upkeep_now(
            lambda connection: back_up(self._source(connection), target, made=made, random=self._random)
        )

    def back_up_if_due(self, label: str, every: timedelta) -> Path | None:
        """A backup like `back_up`, unless the newest verified one is younger than `every`; None then."""
        newest = last_verified_backup(self.folder)
        if newest is not None and to_the_second(self._rewrapper.clock) - newest.made < every:
            return None
        return self.back_up(label)

    def _source(self, connection: VaultConnection) -> Source:
        return Source(connection=connection, header=self._header, keys=self._keys, scratch=self.folder)

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


def open_vault(
    folder: Path,
    way: WayIn,
    *,
    kdf: KdfPolicy,
    random: Random,
    clock: Clock,
    migrations: Sequence[Migration] | None = None,
    on_io: OnIo | None = None,
    on_step: OnStep = unheard,
) -> OpenVault:
    """Unlock, check, migrate (after a verified backup) and hold the vault. Blocks for the key derivation (~1 s).

    `on_step` is told how far it is; what it raises ends the opening, with nothing left open.

    Raises NoVault, HeaderDamaged, HeaderTampered, VaultTooNew, WrongPassphrase, WrongRecoveryCode,
    KeyringUnavailable, NoSuchWayIn, KdfRefused, VaultDamaged, VaultBusy, DiskFull, DiskFailed, MigrationFailed,
    BackupFailed, NotEnoughMemory.
    """
    folder = folder.absolute()
    steps = packaged_migrations() if migrations is None else migrations
    header_file.read_header(folder)  # so that an empty folder gets its answer without a lock file being left in it
    lock = LockFile(folder)
    try:
        on_step(Step.DERIVING, 0, 0)
        unlocked = opening.unlock_header(folder, way, kdf)
        header = unlocked.header
        on_step(Step.CHECKING, 0, 0)
        opening.finish_creation(folder, header)
        ended_badly = opening.log_left_behind(folder / header.database)
        rewrapper = Rewrapper(folder=folder, kdf=kdf, random=random, clock=clock)
        connection, migrated = _current(unlocked, steps, rewrapper, on_step, ended_badly=ended_badly)
    except BaseException:
        lock.release()
        raise
    return OpenVault(
        folder=folder,
        unlocked=unlocked,
        rewrapper=rewrapper,
        thread=VaultThread(connection, on_io=on_io),
        random=random,
        lock=lock,
        ended_badly=ended_badly,
        migrated=migrated,
    )


def _current(
    unlocked: Unlocked, steps: Sequence[Migration], rewrapper: Rewrapper, on_step: OnStep, *, ended_badly: bool
) -> tuple[VaultConnection, int]:
    """A connection to a whole database of the newest schema, and how many steps that took."""
    folder, header = rewrapper.folder, unlocked.header
    connection = opening.connect(folder, unlocked, steps)
    source = Source(connection=connection, header=header, keys=unlocked.keys, scratch=folder)
    try:
        if ended_badly:
            _require_whole(connection)
        tidying.finish(folder, header, restored=unlocked.found.from_previous)
        label = f"{BEFORE}schema-{schema_of(connection) + 1}"
        migrated = migrate(
            connection,
            steps,
            back_up=lambda: keep_backup(
                source,
                place_of(folder),
                label=label,
                made=to_the_second(rewrapper.clock),
                random=rewrapper.random,
                retention=Retention(),
            ),
            on_step=on_step,
        )
        on_step(Step.OPENING, 0, 0)
    except BaseException:
        connection.close()
        raise
    return connection, migrated


def _require_whole(connection: VaultConnection) -> None:
    connection.empty_log()
    found = soundness.quick_problems(connection)
    if found:
        raise VaultDamaged(f"the last session ended badly, and the check found: {found[0]}")
