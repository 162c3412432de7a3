"""What lies in a counterparty's file beside the conversation, kept whole. Never lives here: what a paper means."""

from typing import TypeVar

from vrm_desktop.canon import hashes
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.papers import NAME_OF, PAPER_OF, Paper
from vrm_desktop.vault.connection import Row
from vrm_desktop.vault.errors import ValueRefused, VaultDamaged
from vrm_desktop.vault.repositories.part import Part, to_body, to_record

_P = TypeVar("_P", bound=Paper)


class PapersPart(Part):
    """Papers."""

    def keep_paper(self, paper: Paper) -> None:
        """Keep the paper in its present form; there is one for each kind and id."""
        self._sql.execute(
            "INSERT INTO papers (kind, id, vendor, relationship, words, body) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (kind, id) DO UPDATE SET vendor = excluded.vendor, relationship = excluded.relationship,"
            " words = excluded.words, body = excluded.body",
            (NAME_OF[type(paper)], paper.id, paper.vendor, paper.relationship, paper.words, to_body(paper)),
        )

    def paper(self, kind: type[_P], key: str, /) -> _P | None:
        """The paper of this kind under this id."""
        rows = self._rows("SELECT body FROM papers", order="nth", kind=NAME_OF[kind], id=key)
        return self._record(rows[0] if rows else None, kind)

    def papers(
        self, kind: type[_P], *, vendor: VendorId | None = None, relationship: RelationshipId | None = None
    ) -> tuple[_P, ...]:
        """All papers of this kind, in the order in which they were first kept."""
        rows = self._rows(
            "SELECT body FROM papers", order="nth", kind=NAME_OF[kind], vendor=vendor, relationship=relationship
        )
        return self._records(rows, kind)

    def drop_paper(self, kind: type[Paper], key: str, /) -> None:
        """Take the paper out of the file for good, with the bytes attached; nothing happens when there is none."""
        self._sql.execute("DELETE FROM papers WHERE kind = ? AND id = ?", (NAME_OF[kind], key))

    def attach(self, attachment: Attachment, data: bytes) -> None:
        """Keep a document with its bytes.

        Raises:
            ValueRefused: the bytes are not those that `attachment` describes.
        """
        if len(data) != attachment.size or hashes.digest(data) != attachment.digest:
            raise ValueRefused("the attachment's bytes are not those it describes")
        with self._as_one():
            self.keep_paper(attachment)
            self._sql.execute(
                "INSERT INTO attached_bytes (nth, data) SELECT nth, ? FROM papers WHERE kind = ? AND id = ?"
                " ON CONFLICT (nth) DO UPDATE SET data = excluded.data",
                (data, NAME_OF[Attachment], attachment.id),
            )

    def attached(self, key: str, /) -> bytes | None:
        """The bytes of the document under this id.

        Raises:
            VaultDamaged: they are not those that were attached.
        """
        attachment = self.paper(Attachment, key)
        if attachment is None:
            return None
        rows = self._sql.query(
            "SELECT data FROM attached_bytes WHERE nth = (SELECT nth FROM papers WHERE kind = ? AND id = ?)",
            (NAME_OF[Attachment], key),
        )
        data = bytes(rows[0][0]) if rows else b""
        if hashes.digest(data) != attachment.digest:
            raise VaultDamaged("an attached document is not the one that was attached")
        return data


def paper_of(row: Row) -> Paper:
    """The paper in a row of the table.

    Raises:
        VaultDamaged: it is of no kind that this program knows, or cannot be read back.
    """
    kind = PAPER_OF.get(row["kind"])
    if kind is None:
        raise VaultDamaged("a paper of an unknown kind")
    return to_record(row["body"], kind)
