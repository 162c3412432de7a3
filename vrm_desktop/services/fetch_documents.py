"""Documents that a vendor holds ready: which they are, by its signed words, and fetched when the person says so.

A document counts only as the bytes whose hash was signed; it is kept with the order. Nothing is fetched by itself: a
link leads where the vendor likes, and who fetches from there is seen. Each time is written down before it leaves.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from vrm_desktop.canon import hashes
from vrm_desktop.domain.attachment import MOST_BYTES, Attachment
from vrm_desktop.domain.ids import Digest, MessageId, RelationshipId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.page_visit import VisitFor
from vrm_desktop.domain.relationship import Note, Relationship
from vrm_desktop.formats.document_name import document_name
from vrm_desktop.formats.web_address import site_of
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.receiving import decode_again
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, ChannelError, Transaction
from vrm_desktop.services.ports_outside import WebPage
from vrm_desktop.services.visit_pages import fetch_signed

OF_ORDER: Final = "order"
"""Of what kind of paper a fetched document is a part."""
SECONDS: Final = 35.0
"""So long one fetch may take: a document is larger than a message."""
_OK = 200
_MOVED: Final = range(300, 400)
_GONE: Final = frozenset({404, 410})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReadyDocument:
    """One document that the vendor named in its message `message`, told at `at`; `kept` is its id once it is here."""

    relationship: RelationshipId
    message: MessageId
    at: datetime
    title: str
    media: str
    digest: Digest
    link: str
    kept: str = ""

    @property
    def site(self) -> str:
        """Whom fetching it would reach."""
        return site_of(self.link)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Fetched:
    """The document as it is kept now."""

    document: Attachment
    changes: Changes


def ready(tx: Transaction, owner: Relationship) -> tuple[ReadyDocument, ...]:
    """What the vendor holds ready, by its signed words in the journal, in the order in which it was told.

    A document named again counts as it was named last.
    """
    kept = {one.digest: one.id for one in tx.papers(Attachment, relationship=owner.id) if one.of == OF_ORDER}
    found: dict[Digest, ReadyDocument] = {}
    for row in tx.journal(owner.id):
        if row.kind is not Kind.STATUS or row.sender is not Side.VENDOR:
            continue
        said = decode_again(row.jws, owner.conversation.kids(Side.VENDOR))
        if not isinstance(said, messages.Status) or not isinstance(said.documents, tuple):
            continue
        for one in said.documents:
            digest = Digest(one.hash)
            found[digest] = ReadyDocument(
                relationship=owner.id,
                message=row.message,
                at=row.at,
                title=one.title,
                media=one.media,
                digest=digest,
                link=one.link,
                kept=kept.get(digest, ""),
            )
    return tuple(found.values())


async def fetch(means: Means, key: RelationshipId, digest: str) -> Fetched:
    """Fetch the document of this hash from where the vendor says that it lies, and keep it with the order.

    What is here already is not fetched again.

    Raises:
        NotFound: no such relationship, or nothing of this hash was named in it. ChannelError: nobody was reached;
            `document-gone`: it is not held ready any longer; `document-differs`: what came is not what was signed.
    """

    def look(tx: Transaction) -> tuple[ReadyDocument, Attachment | None]:
        owner = tx.relationship(key)
        named = ready(tx, owner) if owner is not None else ()
        found = next((one for one in named if one.digest == digest), None)
        if found is None:
            raise NotFound(digest)
        return found, tx.paper(Attachment, found.kept) if found.kept else None

    found, here = await means.vault.read(look)
    if here is not None:
        return Fetched(document=here, changes=Changes.of())
    data = await fetch_signed(
        means,
        found.link,
        VisitFor.DOCUMENT,
        most=MOST_BYTES,
        seconds=SECONDS,
        judge=lambda page: _signed_bytes(page, found.digest),
    )
    return await means.vault.write(lambda tx: _keep(tx, means, found, data))


def _signed_bytes(page: WebPage, digest: Digest) -> bytes:
    """Exactly what was signed."""
    told, later = str(page.status), page.retry_after
    if page.status in _GONE:
        raise ChannelError("document-gone", told, may_have_arrived=True, final=True)
    if page.status in _MOVED:  # this address was signed, and no other
        raise ChannelError("document-differs", told, may_have_arrived=True, final=True)
    if page.status != _OK:
        raise ChannelError("answered-badly", told, may_have_arrived=True, final=False, retry_after=later)
    if hashes.digest(page.body) != digest:
        raise ChannelError("document-differs", told, may_have_arrived=True, final=True)
    return page.body


def _keep(tx: Transaction, means: Means, found: ReadyDocument, data: bytes) -> Fetched:
    owner = tx.relationship(found.relationship)
    if owner is None:
        raise NotFound(found.relationship)
    there = tx.papers(Attachment, relationship=owner.id)
    known = next((one for one in there if one.of == OF_ORDER and one.digest == found.digest), None)
    if known is not None:
        return Fetched(document=known, changes=Changes.of())
    order, now = tx.order(owner.id), means.clock.now()
    document = Attachment(
        id=means.new_id("document"),
        of=OF_ORDER,
        paper=order.hash if order is not None else owner.id,
        name=document_name(found.title, found.media),
        media=found.media,
        size=len(data),
        digest=found.digest,
        at=now,
        vendor=owner.vendor,
        relationship=owner.id,
    )
    tx.attach(document, data)
    tx.add_note(
        Note(
            relationship=owner.id,
            at=now,
            sender=Side.PERSON,
            kind="document-kept",
            text=document.name,
            message=found.message,
        )
    )
    return Fetched(document=document, changes=Changes.of(("document", document.id), ("relationship", owner.id)))
