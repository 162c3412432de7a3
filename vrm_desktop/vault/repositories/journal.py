"""The journal: exact signed bytes sent and received, append-only and chained, with disclosures that can be erased.

What the chain covers is the row with digests in place of the signed bytes and of the disclosures. Never lives here:
verifying signatures.
"""

from collections import defaultdict
from dataclasses import replace

from vrm_desktop.canon import hashes, strict_json
from vrm_desktop.domain.ids import MessageId, RelationshipId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.relationship import JournalRow
from vrm_desktop.vault.connection import Row
from vrm_desktop.vault.errors import Conflict, VaultDamaged
from vrm_desktop.vault.repositories import chains
from vrm_desktop.vault.repositories.chains import ChainName
from vrm_desktop.vault.repositories.part import Part, to_body, to_record

_SELECT = "SELECT seq, relationship, sender, number, message, jws, body, chain FROM journal"
_TEXTS = (
    "SELECT seq, position, text FROM journal_disclosures"
    " WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq, position"
)


class JournalPart(Part):
    """The journal."""

    def append_journal(self, row: JournalRow) -> JournalRow:
        """Add a message and return its row, numbered; of a message that is there, what is there.

        Raises Conflict for another message under the same id, or under the same number of the same sender.
        """
        known = self._sql.one(f"{_SELECT} WHERE message = ?", (row.message,))
        if known is not None:
            present = self._complete([known])[0]
            if _signed(present) != _signed(row):
                raise Conflict("another message has this id")
            return present
        before = chains.head(self._sql, ChainName.JOURNAL)
        added = replace(row, seq=before.length + 1)
        body = to_body(_covered(added))
        with self._as_one():
            link = chains.move_on(self._sql, ChainName.JOURNAL, before, body)
            self._sql.execute(
                "INSERT INTO journal (seq, relationship, sender, number, message, jws, body, chain)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (added.seq, row.relationship, row.sender, row.number, row.message, row.jws, body, link),
            )
            for position, text in enumerate(row.disclosures):
                self._sql.execute(
                    "INSERT INTO journal_disclosures (seq, position, text) VALUES (?, ?, ?)",
                    (added.seq, position, text),
                )
        return added

    def journal(self, relationship: RelationshipId | None = None) -> tuple[JournalRow, ...]:
        """Every message, or those of one relationship, in the order of adding. Erased disclosures are left out."""
        return self._complete(self._rows(_SELECT, order="seq", relationship=relationship))

    def message_id(self, relationship: RelationshipId, sender: Side, number: int) -> MessageId | None:
        """The id of a sender's message of that number, if it is there."""
        row = self._sql.one(
            "SELECT message FROM journal WHERE relationship = ? AND sender = ? AND number = ?",
            (relationship, sender, number),
        )
        return None if row is None else MessageId(row[0])

    def verify_journal(self) -> int:
        """Check every row against the chain, its body and its disclosures; the number of rows. Raises ChainBroken."""
        return chains.verify(self._sql, ChainName.JOURNAL, _SELECT, self._check_row)

    def _check_row(self, row: Row) -> None:
        covered = to_record(row["body"], JournalRow)
        columns = (row["seq"], row["relationship"], row["sender"], row["number"], row["message"])
        if columns != (covered.seq, covered.relationship, covered.sender, covered.number, covered.message):
            raise VaultDamaged("is filed under something else than it says")
        if _digest(row["jws"]) != covered.jws:
            raise VaultDamaged("the signed bytes are others")
        for text in self._texts(row["seq"]):
            if covered.disclosures[text["position"] : text["position"] + 1] != (_digest(text["text"]),):
                raise VaultDamaged("a disclosure is another")

    def _complete(self, rows: list[Row]) -> tuple[JournalRow, ...]:
        texts: dict[int, list[str]] = defaultdict(list)
        for text in self._texts(*(row["seq"] for row in rows)):
            texts[text["seq"]].append(text["text"])
        return tuple(
            replace(to_record(row["body"], JournalRow), jws=row["jws"], disclosures=tuple(texts[row["seq"]]))
            for row in rows
        )

    def _texts(self, *numbers: int) -> list[Row]:
        """The disclosures that are left beside these rows, in order."""
        return self._sql.query(_TEXTS, (strict_json.encode(numbers).decode(),))


def _signed(row: JournalRow) -> tuple[object, ...]:
    """What makes two rows the same message; when it was seen and what rode beside it may differ in a repeat."""
    return (row.relationship, row.sender, row.kind, row.number, row.jws)


def _covered(row: JournalRow) -> JournalRow:
    return replace(row, jws=_digest(row.jws), disclosures=tuple(_digest(text) for text in row.disclosures))


def _digest(text: str) -> str:
    return hashes.digest(text.encode())
