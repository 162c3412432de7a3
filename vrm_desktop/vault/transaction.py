"""What a closure handed to the vault thread may do: query, and in a write also execute.

Never lives here: beginning and ending transactions (the vault thread does), or SQL of any table.
"""

from collections.abc import Sequence
from typing import Any

from vrm_desktop.vault.connection import Row, Value, VaultConnection
from vrm_desktop.vault.errors import VaultClosed


class ReadTransaction:
    """One consistent view of the vault. Dies with the closure it was handed to."""

    def __init__(self, connection: VaultConnection) -> None:
        self._connection: VaultConnection | None = connection

    def query(self, sql: str, parameters: Sequence[Value] = ()) -> list[Row]:
        """All rows of one statement. Raises VaultDamaged, StatementRefused, ValueRefused, DiskFailed."""
        return self._living().query(sql, parameters)

    def one(self, sql: str, parameters: Sequence[Value] = ()) -> Row | None:
        """The first row, or None."""
        rows = self.query(sql, parameters)
        return rows[0] if rows else None

    def value(self, sql: str, parameters: Sequence[Value] = ()) -> Any:
        """The first column of the first row, or None without rows."""
        return self._living().value(sql, parameters)

    def end(self) -> None:
        """Called by the vault thread; afterwards every call raises VaultClosed."""
        self._connection = None

    def _living(self) -> VaultConnection:
        if self._connection is None:
            raise VaultClosed("the transaction has ended")
        return self._connection


class Transaction(ReadTransaction):
    """One unit of change: all of it or nothing."""

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one statement; how many rows it changed. Raises Conflict, DiskFull and what `query` raises."""
        return self._living().execute(sql, parameters)

    def insert(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one INSERT; the row id it got."""
        connection = self._living()
        connection.execute(sql, parameters)
        return int(connection.value("SELECT last_insert_rowid()"))
