"""The one connection to the database: opened the only safe way, then guarded.

Never lives here: threads, transactions of services, migrations, or what the tables mean. Keys are raw (96 hexadecimal
digits: key and salt), so the file opens even when its own first 16 bytes are gone.
"""

import math
import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import sqlcipher3

from vrm_desktop.vault.authorizer import Authorizer
from vrm_desktop.vault.database_errors import database_errors
from vrm_desktop.vault.durable_files import disk_errors, flush_file, new_private_file
from vrm_desktop.vault.errors import ValueRefused, VaultBusy, VaultDamaged
from vrm_desktop.vault.secret import Subkey

APPLICATION_ID = 0x56524D56  # "VRMV"
PAGE_BYTES = 4096
PLAINTEXT_START = b"SQLite format 3\0"
_BUSY_SECONDS = 0.5
_IDLE_CACHE_KIB = 4096
_BULK_CACHE_KIB = 65_536
_BATCH = 500
_RAW_KEY = re.compile(r"[0-9a-f]{96}")

Value = None | bool | int | float | str | bytes
"""What may be bound to a statement."""


class Row(Protocol):
    """One row, by position or by column name."""

    def __getitem__(self, key: int | str, /) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...
    def __len__(self) -> int: ...
    def keys(self) -> list[str]: ...


class VaultConnection:
    """An open, checked and guarded database. Used by one thread at a time; made by `open_database`."""

    def __init__(self, raw: Any, path: Path, authorizer: Authorizer, descriptor: int) -> None:
        self._raw = raw
        self._authorizer = authorizer
        # POSIX drops a process's locks on a file when it closes any descriptor of it. So the file is opened once beside
        # SQLite, before it, and closed after it; nothing else may open it meanwhile.
        self._descriptor = descriptor
        self._closed = False
        self.path = path

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction is open."""
        return bool(self._raw.in_transaction)

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one statement; the number of rows it changed (-1 where that means nothing)."""
        for value in parameters:
            require_storable(value)
        with database_errors():
            return int(self._raw.execute(sql, tuple(parameters)).rowcount)

    def query(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """All rows of one statement."""
        for value in parameters:
            require_storable(value)
        with database_errors():
            rows: list[Row] = self._raw.execute(sql, tuple(parameters)).fetchall()
            return rows

    def value(self, sql: str, parameters: Sequence[Value] = ()) -> Any:
        """The first column of the first row, or None without rows."""
        rows = self.query(sql, parameters)
        return rows[0][0] if rows else None

    def empty_log(self) -> None:
        """Move everything from the write-ahead log into the database file. Raises VaultBusy."""
        with database_errors():
            busy, _, _ = self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise VaultBusy("something still reads the write-ahead log")

    def copy_to(self, target: Path) -> None:
        """Write a compact encrypted copy (same key and salt) to a new file of mode 0600, flushed to the disk."""
        new_private_file(target)
        self._authorizer.copy_target = str(target)
        try:
            self.execute("VACUUM INTO ?", (str(target),))
        finally:
            self._authorizer.copy_target = None
        flush_file(target)

    def copy_under(self, target: Path, key: Subkey, salt: bytes) -> None:
        """Write the same pages to a new file of mode 0600 under another key and salt, flushed to the disk.

        The pages go over one by one in a single step, so the copy is the database as it is now, log included.
        """
        new_private_file(target)
        with database_errors():
            copy = _raw(target, key.reveal().hex() + salt.hex())
            try:
                copy.execute("PRAGMA journal_mode = OFF")  # nothing to go back to: it counts once verified and flushed
                copy.execute("PRAGMA synchronous = OFF")
                self._raw.backup(copy)
            finally:
                copy.close()
        flush_file(target)

    @contextmanager
    def bulk(self) -> Iterator[None]:
        """Give the work in the block a large page cache, and the memory back to the system afterwards."""
        self.execute(f"PRAGMA cache_size = -{_BULK_CACHE_KIB}")
        try:
            yield
        finally:
            if not self._closed:
                self.execute(f"PRAGMA cache_size = -{_IDLE_CACHE_KIB}")
                self.execute("PRAGMA shrink_memory")

    def batches(self, sql: str) -> Iterator[list[tuple[Any, ...]]]:
        """All rows of one statement as plain tuples, some at a time, for going through a whole table."""
        with database_errors():
            cursor = self._raw.cursor()
            cursor.row_factory = None
            cursor.execute(sql)
            while rows := cursor.fetchmany(_BATCH):
                yield rows

    def first_bytes(self, count: int) -> bytes:
        """The file's first bytes, as they are on the disk."""
        with disk_errors("reading the database's first bytes"):
            return _first_bytes(self._descriptor, count)

    def close(self) -> None:
        """Close; the write-ahead log is emptied and removed. A second call does nothing."""
        if self._closed:
            return
        self._closed = True
        try:
            with database_errors():
                self._raw.close()
        finally:
            os.close(self._descriptor)


def require_storable(value: Value) -> None:
    """Raises ValueRefused for what would not come back as it went in; the message never shows the value."""
    match value:
        case None | bool() | bytes():
            return
        case int():
            if not -(2**63) <= value < 2**63:
                raise ValueRefused("an integer of more than 64 bits")
        case float():
            if not math.isfinite(value):
                raise ValueRefused("a number that is not finite")
        case str():
            if "\0" in value:
                raise ValueRefused("text with NUL")
            try:
                value.encode("utf-8")
            except UnicodeEncodeError:
                raise ValueRefused("text with a lone surrogate") from None  # the cause would show the text
        case _:
            raise ValueRefused(f"a {type(value).__name__}")


def create_database(path: Path, key: Subkey, salt: bytes) -> VaultConnection:
    """Make an empty encrypted database under a name that is not taken, mode 0600."""
    new_private_file(path)
    connection = _open(path, key, salt, _descriptor(path))
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    return connection


def open_database(path: Path, key: Subkey, salt: bytes) -> VaultConnection:
    """Open an existing database exclusively.

    Raises VaultDamaged (absent, empty, plaintext, another key's, not ours), VaultBusy, DiskFailed.
    """
    descriptor = _descriptor(path)
    try:
        start = _first_bytes(descriptor, PAGE_BYTES)
        if len(start) < PAGE_BYTES:
            raise VaultDamaged(f"{path.name} holds {len(start)} bytes")  # an empty file would open with any key
        if start.startswith(PLAINTEXT_START):
            raise VaultDamaged(f"{path.name} is not encrypted")
    except BaseException:
        os.close(descriptor)
        raise
    connection = _open(path, key, salt, descriptor)
    if connection.value("PRAGMA application_id") != APPLICATION_ID:
        connection.close()
        raise VaultDamaged(f"{path.name} is not a vault's database")
    return connection


def companions(database: Path) -> tuple[Path, ...]:
    """The files SQLite may keep beside a database, by the names it gives them."""
    return tuple(database.with_name(database.name + ending) for ending in ("-wal", "-shm", "-journal"))


def clear_database(database: Path) -> None:
    """Remove a database that does not count, with everything beside it; nothing there is fine too."""
    with disk_errors(f"clearing {database.name}"):
        for leftover in (*companions(database), database):
            leftover.unlink(missing_ok=True)


def _descriptor(path: Path) -> int:
    with disk_errors("looking at the database"):
        try:
            return os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
        except FileNotFoundError as error:
            raise VaultDamaged(f"{path.name} is missing") from error


def _first_bytes(descriptor: int, count: int) -> bytes:
    os.lseek(descriptor, 0, os.SEEK_SET)
    return os.read(descriptor, count)


def _open(path: Path, key: Subkey, salt: bytes, descriptor: int) -> VaultConnection:
    """Takes the descriptor over: it is closed with the connection, or here on failure."""
    try:
        raw = _keyed(path, key.reveal().hex() + salt.hex())
    except BaseException:
        os.close(descriptor)
        raise
    authorizer = Authorizer()
    raw.set_authorizer(authorizer)
    return VaultConnection(raw, path, authorizer, descriptor)


def _raw(path: Path, raw_key: str) -> Any:
    """A connection that was given its key and nothing else. Inside `database_errors`."""
    if _RAW_KEY.fullmatch(raw_key) is None:  # anything else would silently be taken for a passphrase
        raise ValueError("a raw key has 32 bytes, its salt 16")
    raw = sqlcipher3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=_BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,  # handed over once, to the vault thread
    )
    try:
        raw.execute("PRAGMA cipher_log_level = NONE")
        raw.set_key(f"x'{raw_key}'")
    except BaseException:
        raw.close()
        raise
    return raw


def _keyed(path: Path, raw_key: str) -> Any:
    with database_errors():
        raw = _raw(path, raw_key)
        try:
            _set_up(raw)
            raw.row_factory = sqlcipher3.Row
        except BaseException:
            raw.close()
            raise
    return raw


def _set_up(raw: Any) -> None:
    raw.execute("PRAGMA locking_mode = EXCLUSIVE")
    raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    _require(raw, "PRAGMA cipher_status", "1")
    _require(raw, "PRAGMA journal_mode = WAL", "wal")
    raw.execute("PRAGMA synchronous = FULL")
    _require(raw, "PRAGMA synchronous", 2)
    raw.execute("PRAGMA foreign_keys = ON")
    _require(raw, "PRAGMA foreign_keys", 1)
    raw.execute("PRAGMA trusted_schema = OFF")
    raw.execute("PRAGMA cell_size_check = ON")
    _require(raw, "PRAGMA secure_delete = ON", 1)  # what is erased is overwritten, also for whoever has the key
    raw.execute(f"PRAGMA cache_size = -{_IDLE_CACHE_KIB}")
    raw.execute("BEGIN IMMEDIATE")  # takes the exclusive lock now, so that a second process learns it here
    raw.execute("COMMIT")


def _require(raw: Any, sql: str, wanted: object) -> None:
    (answer,) = raw.execute(sql).fetchone()
    if answer != wanted:
        raise VaultDamaged(f"{sql} answered {answer!r}")
