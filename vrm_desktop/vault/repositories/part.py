"""What every noun's part of the vault stands on: one transaction, and records as canonical JSON.

Never lives here: SQL of any table.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from vrm_desktop.canon import records
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.vault.connection import Row, Value
from vrm_desktop.vault.errors import ValueRefused, VaultDamaged, VaultError
from vrm_desktop.vault.signer import Signers
from vrm_desktop.vault.transaction import Transaction

_T = TypeVar("_T")
_START = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Part:
    """One noun's share of the vault inside one transaction; all shares together are `vault.contents.Contents`."""

    def __init__(self, sql: Transaction, *, signers: Signers, random: Callable[[int], bytes]) -> None:
        """`random(n)` gives n unpredictable bytes; `signers` ends every key that is lent."""
        self._sql = sql
        self._signers = signers
        self._random = random

    def _rows(self, select: str, *, order: str, **wanted: Value) -> list[Row]:
        """The rows of `select` whose columns have the wanted values; None asks for nothing."""
        columns = {column: value for column, value in wanted.items() if value is not None}
        where = " AND ".join(f"{column} = ?" for column in columns)
        return self._sql.query(
            " ".join((select, f"WHERE {where}" if where else "", "ORDER BY", order)), tuple(columns.values())
        )

    @contextmanager
    def _as_one(self) -> Iterator[None]:
        """All statements in the block or none of them, even if the closure goes on after one was refused."""
        self._sql.execute("SAVEPOINT as_one")
        try:
            yield
        except BaseException:
            with suppress(VaultError):  # gone already if the whole transaction was undone; the first error counts
                self._sql.execute("ROLLBACK TO as_one")
                self._sql.execute("RELEASE as_one")
            raise
        self._sql.execute("RELEASE as_one")

    def _records(self, rows: Sequence[Row], kind: type[_T]) -> tuple[_T, ...]:
        """The records in the rows' first column."""
        return tuple(to_record(row[0], kind) for row in rows)

    def _record(self, row: Row | None, kind: type[_T]) -> _T | None:
        """The record in the row's first column, or None without a row."""
        return None if row is None else to_record(row[0], kind)


def to_body(record: object) -> str:
    """A record as canonical JSON. Raises ValueRefused for what would not come back as it went in."""
    try:
        return records.to_bytes(record).decode("utf-8")
    except (CanonError, UnicodeError) as error:
        raise ValueRefused(f"a {type(record).__name__} cannot be kept: {type(error).__name__}") from error


def to_record(body: str, kind: type[_T]) -> _T:
    """The record that `to_body` wrote. Raises VaultDamaged."""
    try:
        return records.from_bytes(body.encode("utf-8"), kind)
    except (CanonError, InvalidValue, UnicodeError) as error:
        raise VaultDamaged(f"a {kind.__name__} cannot be read back: {type(error).__name__}") from error


def to_stamp(instant: datetime) -> int:
    """Microseconds since 1970 in UTC, which sort as instants do. Raises ValueRefused without a zone."""
    if instant.tzinfo is None:
        raise ValueRefused("an instant without its zone")
    return (instant - _START) // _MICROSECOND


def to_instant(stamp: int) -> datetime:
    """The instant in UTC that `to_stamp` counted."""
    return _START + stamp * _MICROSECOND
