"""Documents in the desk's database: bytes in parts, rows in, values out. Plain SQLAlchemy Core; decides nothing.

A document without a number is one that is still coming, or never came to its end: nobody can fetch it, and it goes
with the retention clock like the rest.
"""

from datetime import date

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, delete, func, insert, select, update

from vrm_desktop.domain.ids import Digest
from vrm_desktop.vendor import tables
from vrm_desktop.vendor.documents.document import HandedOut, LyingReady, Media
from vrm_desktop.vendor.dossier import Decision
from vrm_desktop.vendor.errors import HandRefused

_COMING = 0


class DocumentRows:
    """What one transaction may ask and change of documents."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, id: str, conversation: str, media: Media, *, until: date) -> None:
        """A document begins to come; what has not come to its end goes after the day `until`."""
        self._connection.execute(
            insert(tables.documents).values(
                id=id,
                conversation=conversation,
                number=_COMING,
                media=media.value,
                size=0,
                hash="",
                until=until.isoformat(),
            )
        )

    def add(self, id: str, number: int, data: bytes) -> None:
        """The next part of it."""
        self._connection.execute(insert(tables.document_parts).values(document=id, number=number, data=data))

    def drop(self, id: str) -> bool:
        """Forget a document that nobody was told of; returns whether there was one."""
        known = tables.documents.c
        return self._delete(select(known.id).where(known.id == id, known.number == _COMING))

    def apply(self, conversation: str, decision: Decision) -> bool:
        """Write what a turn changes; returns whether bytes were erased.

        Raises:
            HandRefused: the document that shall be handed out is not there any more.
        """
        if decision.hands_out is not None:
            self._hand_out(conversation, decision.hands_out)
        through = decision.documents_through
        if through is None:
            return False
        known = tables.documents.c
        self._connection.execute(
            update(tables.documents)
            .where(known.conversation == conversation, known.until > through.isoformat())
            .values(until=through.isoformat())
        )
        if through != date.min:
            return False
        return self._delete(select(known.id).where(known.conversation == conversation))

    def forget_expired(self, today: date) -> bool:
        """Erase those whose last day has passed; returns whether there were any."""
        known = tables.documents.c
        return self._delete(select(known.id).where(known.until < today.isoformat()))

    def ready(self, id: str, today: date) -> LyingReady | None:
        """The document that may be fetched under this id."""
        known = tables.documents.c
        found = self._listed(known.id == id, known.until >= today.isoformat())
        return found[0] if found else None

    def of(self, conversation: str) -> tuple[LyingReady, ...]:
        """All that lie ready for one person, in the order in which they were handed out."""
        return self._listed(tables.documents.c.conversation == conversation)

    def part(self, id: str, number: int) -> bytes | None:
        """One part of it; None when it has gone."""
        kept = tables.document_parts.c
        data: bytes | None = self._connection.execute(
            select(kept.data).where(kept.document == id, kept.number == number)
        ).scalar_one_or_none()
        return data

    def _hand_out(self, conversation: str, handed: HandedOut) -> None:
        known, document = tables.documents.c, handed.document
        result = self._connection.execute(
            update(tables.documents)
            .where(known.id == document.id, known.conversation == conversation, known.number == _COMING)
            .values(number=handed.number, size=document.size, hash=document.digest, until=handed.until.isoformat())
        )
        if result.rowcount != 1:
            raise HandRefused("the document is not there any more; send it again")

    def _listed(self, *which: ColumnElement[bool]) -> tuple[LyingReady, ...]:
        known, kept = tables.documents.c, tables.document_parts.c
        rows = self._connection.execute(
            select(*known, func.count().label("parts"))
            .join(tables.document_parts, kept.document == known.id)
            .where(known.number != _COMING, *which)
            .group_by(*known)
            .order_by(known.number)
        ).mappings()
        return tuple(_lying_ready(row) for row in rows)

    def _delete(self, which: Select[tuple[str]]) -> bool:
        gone = self._connection.execute(which).scalars().all()
        if gone:
            self._connection.execute(delete(tables.document_parts).where(tables.document_parts.c.document.in_(gone)))
            self._connection.execute(delete(tables.documents).where(tables.documents.c.id.in_(gone)))
        return bool(gone)


def _lying_ready(row: RowMapping) -> LyingReady:
    return LyingReady(
        id=row["id"],
        number=row["number"],
        media=Media(row["media"]),
        size=row["size"],
        digest=Digest(row["hash"]),
        parts=row["parts"],
        until=date.fromisoformat(row["until"]),
    )
