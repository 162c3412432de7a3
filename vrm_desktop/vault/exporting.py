"""Reading everything out, for an archive: all rows of all tables from one consistent view, into a file that is new.

The file gets its name only after it was read back. Never here: what the archive looks like (an argument writes it), or
its encryption.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from vrm_desktop.vault import soundness
from vrm_desktop.vault.connection import VaultConnection
from vrm_desktop.vault.durable_files import disk_errors, flush_folder
from vrm_desktop.vault.errors import NameTaken
from vrm_desktop.vault.kept_backups import UNFINISHED
from vrm_desktop.vault.migrating import schema_of

_T = TypeVar("_T")


class Everything:
    """All that a vault keeps, while a transaction holds the view still. Dies with `reading_out`."""

    def __init__(self, connection: VaultConnection) -> None:
        self._connection = connection
        self.schema = schema_of(connection)
        self.vault_id = bytes(connection.value("SELECT vault_id FROM vault_info"))

    def tables(self) -> tuple[str, ...]:
        """The tables that hold rows of their own, by name."""
        return soundness.tables(self._connection)

    def rows(self, table: str) -> Iterator[Mapping[str, Any]]:
        """All rows of a table by column, in the order of its key. Raises what a query raises."""
        columns = columns_of(self._connection, table)
        names = ", ".join(quoted(name) for name in columns)
        order = ", ".join(quoted(name) for name in key_of(self._connection, table)) or "rowid"
        for batch in self._connection.batches(f"SELECT {names} FROM {quoted(table)} ORDER BY {order}"):  # noqa: S608 - quoted, and the schema is ours
            for row in batch:
                yield dict(zip(columns, row, strict=True))


def reading_out(connection: VaultConnection, work: Callable[[Everything], _T]) -> _T:
    """What `work` returns, which sees everything as it was when it began."""
    connection.execute("BEGIN")
    try:
        return work(Everything(connection))
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def write_new_file(file: Path, write: Callable[[BinaryIO], _T], verify: Callable[[BinaryIO, _T], None]) -> _T:
    """Write a file of mode 0600 under a name that is free, read it back, and only then give it that name.

    Raises NameTaken, DiskFull, DiskFailed, and what `write` and `verify` raise; then there is no such file.
    """
    unfinished = file.with_name(file.name + UNFINISHED)
    with disk_errors(f"looking at {file.name}"):
        if file.exists():
            raise NameTaken(f"{file.name} is there already")
        unfinished.unlink(missing_ok=True)
    try:
        with disk_errors(f"writing {file.name}"):
            descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(descriptor, "w+b") as out:
                written = write(out)
                out.flush()
                os.fsync(out.fileno())
                out.seek(0)
                verify(out, written)
        with disk_errors(f"naming {file.name}"):
            if file.exists():
                raise NameTaken(f"{file.name} is there already")
            unfinished.rename(file)
    except BaseException:
        with disk_errors(f"clearing {unfinished.name}"):
            unfinished.unlink(missing_ok=True)
        raise
    flush_folder(file.parent)
    return written


def columns_of(connection: VaultConnection, table: str) -> tuple[str, ...]:
    """The columns of a table, in their order."""
    return tuple(str(row["name"]) for row in connection.query(f"PRAGMA table_info({quoted(table)})"))


def key_of(connection: VaultConnection, table: str) -> tuple[str, ...]:
    """The columns of a table's primary key, in the key's order."""
    found = [(int(row["pk"]), str(row["name"])) for row in connection.query(f"PRAGMA table_info({quoted(table)})")]
    return tuple(name for place, name in sorted(found) if place)


def quoted(name: str) -> str:
    """A name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'
