"""The ledger: which field was given to whom, for what, until when; append-only and chained.

What the chain covers is the row with a salted digest in place of the value, and without the state. Values can be
erased and states move on without breaking it. Never lives here: deciding what may leave.
"""

from dataclasses import replace
from datetime import date

from vrm_desktop.canon import hashes
from vrm_desktop.domain.disclosure import LedgerRow, LedgerState
from vrm_desktop.domain.ids import Digest, MessageId, RelationshipId, VendorId
from vrm_desktop.vault.connection import Row
from vrm_desktop.vault.errors import Conflict, VaultDamaged
from vrm_desktop.vault.repositories import chains
from vrm_desktop.vault.repositories.chains import ChainName
from vrm_desktop.vault.repositories.part import Part, to_body, to_record

_SELECT = "SELECT seq, relationship, vendor, message, name, until, state, value, salt, body, chain FROM ledger"
_SALT_LENGTH = 16


class LedgerPart(Part):
    """The ledger."""

    def append_ledger(self, row: LedgerRow) -> LedgerRow:
        """Add a disclosure and return its row, numbered; of one that is there (message and name), what is there.

        Raises Conflict if the one that is there says something else.
        """
        known = self._sql.one(f"{_SELECT} WHERE message = ? AND name = ?", (row.message, row.name))
        if known is not None:
            present = row_of(known)
            if replace(row, seq=present.seq, at=present.at, state=present.state, value=present.value) != present:
                raise Conflict("another disclosure of this message has this name")
            if known["salt"] is not None and row.value != present.value:
                raise Conflict("the message disclosed another value")
            return present
        before = chains.head(self._sql, ChainName.LEDGER)
        added, salt = replace(row, seq=before.length + 1), self._random(_SALT_LENGTH)
        body = to_body(replace(added, value=_sealed(salt, row.value), state=LedgerState.LEAVING))
        with self._as_one():
            link = chains.move_on(self._sql, ChainName.LEDGER, before, body)
            self._sql.execute(
                "INSERT INTO ledger (seq, relationship, vendor, message, name, until, state, value, salt, body, chain)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    added.seq,
                    row.relationship,
                    row.vendor,
                    row.message,
                    row.name,
                    row.until.isoformat(),
                    row.state,
                    row.value,
                    salt,
                    body,
                    link,
                ),
            )
        return added

    def set_ledger_state(self, message: MessageId, state: LedgerState) -> None:
        """Set what is known about the fate of everything one message disclosed; a message may disclose nothing."""
        self._sql.execute("UPDATE ledger SET state = ? WHERE message = ?", (state, message))

    def set_row_state(self, seq: int, state: LedgerState) -> None:
        """Set what is known about the fate of one disclosure."""
        self._sql.execute("UPDATE ledger SET state = ? WHERE seq = ?", (state, seq))

    def ledger(
        self, *, vendor: VendorId | None = None, relationship: RelationshipId | None = None
    ) -> tuple[LedgerRow, ...]:
        """Every disclosure, those to one vendor, or those in one relationship, in the order of adding.

        An erased value is the empty text.
        """
        rows = self._rows(_SELECT, order="seq", vendor=vendor, relationship=relationship)
        return tuple(row_of(row) for row in rows)

    def overdue_ledger(self, today: date) -> tuple[LedgerRow, ...]:
        """Every disclosure whose last day is over, and of which nothing else is known than that it went."""
        rows = self._sql.query(
            f"{_SELECT} WHERE until < ? AND state IN (?, ?) ORDER BY seq",
            (today.isoformat(), LedgerState.SENT, LedgerState.MAYBE),
        )
        return tuple(row_of(row) for row in rows)

    def ledger_head(self) -> Digest:
        """The last link of the ledger's chain."""
        return chains.head(self._sql, ChainName.LEDGER).link

    def verify_ledger(self) -> int:
        """Check every row against the chain, its body and its value; the number of rows. Raises ChainBroken."""
        return chains.verify(self._sql, ChainName.LEDGER, _SELECT, _check_row)


def _check_row(row: Row) -> None:
    covered = to_record(row["body"], LedgerRow)
    columns = tuple(row[column] for column in ("seq", "relationship", "vendor", "message", "name", "until"))
    said = (covered.seq, covered.relationship, covered.vendor, covered.message, covered.name)
    if columns != (*said, covered.until.isoformat()):
        raise VaultDamaged("is filed under something else than it says")
    _state(row)
    if (row["value"] is None) != (row["salt"] is None):
        raise VaultDamaged("the value is erased in half")
    if row["salt"] is not None and _sealed(row["salt"], row["value"]) != covered.value:
        raise VaultDamaged("the value is another")


def row_of(row: Row) -> LedgerRow:
    """The record in a row that has `body`, `value` and `state`. Raises VaultDamaged."""
    return replace(to_record(row["body"], LedgerRow), value=row["value"] or "", state=_state(row))


def _state(row: Row) -> LedgerState:
    try:
        return LedgerState(row["state"])
    except ValueError as error:
        raise VaultDamaged("a disclosure's state is unknown") from error


def _sealed(salt: bytes, value: str) -> str:
    """The value's salted digest; nobody can find the value by trying once the salt is gone."""
    return hashes.digest(salt + value.encode())
