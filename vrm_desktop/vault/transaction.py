"""What a closure handed to the vault thread may do: query, and in a write also execute.

Never lives here: beginning and ending transactions (the vault thread does), or SQL of any table.
"""

from collections.abc import Sequence
from typing import Any

from vrm_desktop.vault.connection import Row, Value, VaultConnection
from vrm_desktop.vault.errors import StatementRefused, VaultClosed


class Transaction:
    """One consistent view of the vault and, in a write, one unit of change. Dies with the closure it was handed to."""

    def __init__(self, connection: VaultConnection, *, writing: bool) -> None:
        self._connection: VaultConnection | None = connection
        self._writing = writing

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

    def execute(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one statement; how many rows it changed.

        Raises Conflict, DiskFull and what `query` raises; StatementRefused always in a read.
        """
        connection = self._living()
        if not self._writing:
            raise StatementRefused("this transaction only reads")
        return connection.execute(sql, parameters)

    def insert(self, sql: str, parameters: Sequence[Value] = ()) -> int:
        """Run one INSERT; the row id it got. Raises what `execute` raises."""
        self.execute(sql, parameters)
        return int(self.value("SELECT last_insert_rowid()"))

    def end(self) -> None:
        """Called by the vault thread; afterwards every call raises VaultClosed."""
        self._connection = None

    def _living(self) -> VaultConnection:
        if self._connection is None:
            raise VaultClosed("the transaction has ended")
        return self._connection
