"""Append-only hash chains over the whole vault: each row's link covers its body and the link before.

How long a chain is and where it ends is kept apart from its rows, so that a lost last row is noticed too. Never lives
here: what a row means.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from vrm_desktop.canon import hashes
from vrm_desktop.domain.ids import Digest
from vrm_desktop.vault.connection import Row
from vrm_desktop.vault.errors import ChainBroken, VaultError
from vrm_desktop.vault.transaction import Transaction

_SLICE = 500


class ChainName(StrEnum):
    """The chains of a vault; also the names of their tables."""

    JOURNAL = "journal"
    LEDGER = "ledger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """How many rows a chain has, and its last link (a hash of the chain's name before the first row)."""

    length: int
    link: Digest


def head(sql: Transaction, name: ChainName) -> Head:
    """Where the chain ends now."""
    row = sql.one("SELECT length, head FROM chain_heads WHERE name = ?", (name,))
    if row is None:
        return Head(length=0, link=Digest(hashes.digest(name.encode())))
    return Head(length=row["length"], link=Digest(row["head"]))


def move_on(sql: Transaction, name: ChainName, before: Head, body: str) -> Digest:
    """Make `body` the chain's next row (its number is `before.length + 1`) and return its link."""
    link = _link(before.link, body)
    if before.length == 0:
        sql.execute("INSERT INTO chain_heads (name, length, head) VALUES (?, 1, ?)", (name, link))
    else:
        sql.execute("UPDATE chain_heads SET length = length + 1, head = ? WHERE name = ?", (link, name))
    return link


def verify(sql: Transaction, name: ChainName, select: str, check: Callable[[Row], None]) -> int:
    """Recompute every link and let `check` look at each row; the number of rows.

    `select` has columns `seq`, `body`, `chain` and what `check` needs, and ends before WHERE. `check` raises a
    VaultError for a row that does not fit its body. Raises ChainBroken, naming the first row that is wrong.
    """
    rows, link = 0, Digest(hashes.digest(name.encode()))
    for row in _in_slices(sql, select):
        rows += 1
        if row["seq"] != rows:
            raise ChainBroken(name, rows, "is missing")
        link = _link(link, row["body"])
        if row["chain"] != link:
            raise ChainBroken(name, rows, "does not follow from the rows before it")
        try:
            check(row)
        except VaultError as error:
            raise ChainBroken(name, rows, str(error)) from error
    if head(sql, name) != Head(length=rows, link=link):
        raise ChainBroken(name, rows + 1, "the chain ended elsewhere")
    return rows


def _in_slices(sql: Transaction, select: str) -> Iterator[Row]:
    last = 0
    while rows := sql.query(f"{select} WHERE seq > ? ORDER BY seq LIMIT {_SLICE}", (last,)):
        yield from rows
        last = rows[-1]["seq"]


def _link(before: Digest, body: str) -> Digest:
    return Digest(hashes.chain(before, body.encode()))
