"""Finding by text in everything that is kept: wants, vendors, my profile, offers, what was told, stories, papers.

A thing is found when it holds every word, from the word's beginning, in any case and with or without accents. Offers
that are sealed until a day stay unseen until then. Never here: how the vault's index works, or where a thing is shown.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from vrm_desktop.domain.disclosure import LedgerRow
from vrm_desktop.domain.found import Found, FoundKind
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.papers import NAME_OF, Paper
from vrm_desktop.domain.relationship import Note
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction

MOST = 100
LONGEST = 200
"""Characters of a question that count."""

_WORD = re.compile(r"\w+")


async def find(means: Means, text: str) -> tuple[Found, ...]:
    """What holds every word, by kind and then the newest first: at most 100 of what the index holds."""
    words = _folded(text[:LONGEST])
    if not words:
        return ()
    today = means.clock.today()

    def look(tx: Transaction) -> tuple[Found, ...]:
        found = [*_few(tx, words), *_indexed(tx, text[:LONGEST], today)]
        order = tuple(FoundKind)
        return tuple(sorted(found, key=lambda one: (order.index(one.kind), -one.at.timestamp())))

    return await means.vault.read(look)


def _few(tx: Transaction, words: tuple[str, ...]) -> Iterator[Found]:
    """What a person has dozens of, looked through one by one."""
    for want in tx.intentcasts():
        if _holds(words, want.title, want.details, want.place, *want.attributes.values()):
            text = want.details or want.place
            yield Found(kind=FoundKind.WANT, id=want.id, name=want.title, text=text, at=want.made, intentcast=want.id)
    for vendor in tx.vendors():
        about = vendor.card.about if vendor.card else ""
        if _holds(words, vendor.name, vendor.address, about):
            yield Found(
                kind=FoundKind.VENDOR,
                id=vendor.id,
                name=vendor.name,
                text=about or vendor.address,
                at=vendor.added,
                vendor=vendor.name,
            )
    for field in tx.profile():
        if _holds(words, field.value):
            yield Found(
                kind=FoundKind.FIELD,
                id=field.id,
                name=f"profile.{field.path.value}",
                text=field.value,
                at=field.updated,
            )


def _indexed(tx: Transaction, text: str, today: date) -> Iterator[Found]:
    """What a person may have a million of."""
    names = {one.id: one.name for one in tx.vendors()}
    vendors: dict[RelationshipId, str] = {}

    def vendor_of(key: RelationshipId | None) -> str:
        if key is None:
            return ""
        if key not in vendors:
            relationship = tx.relationship(key)
            vendors[key] = names.get(relationship.vendor, "") if relationship is not None else ""
        return vendors[key]

    for row in tx.find(text, MOST):
        match row:
            case Offer():
                if not _is_sealed(tx, row, today):
                    yield _offer(row)
            case LedgerRow():
                yield _told(row, names)
            case Note():
                yield Found(
                    kind=FoundKind.STORY,
                    id=row.message or "",
                    name=row.kind,
                    text=row.text,
                    sender=row.sender,
                    at=row.at,
                    vendor=vendor_of(row.relationship),
                    relationship=row.relationship,
                )
            case _:
                yield _paper(row, names.get(row.vendor, "") if row.vendor else vendor_of(row.relationship))


def _is_sealed(tx: Transaction, offer: Offer, today: date) -> bool:
    want = tx.intentcast(offer.intentcast)
    return want is not None and want.seals_offers(today)


def _offer(offer: Offer) -> Found:
    titles = ", ".join(line.title for line in offer.lines)
    return Found(
        kind=FoundKind.OFFER,
        id=offer.id,
        name=titles or offer.vendor_name,
        text=offer.note,
        at=offer.received,
        vendor=offer.vendor_name,
        relationship=offer.relationship,
        intentcast=offer.intentcast,
    )


def _told(row: LedgerRow, names: dict[VendorId, str]) -> Found:
    return Found(
        kind=FoundKind.TOLD,
        id=str(row.seq),
        name=row.name,
        text=row.value,
        at=row.at,
        vendor=names.get(row.vendor, row.vendor),
        relationship=row.relationship,
        intentcast=row.intentcast,
    )


def _paper(paper: Paper, vendor: str) -> Found:
    return Found(
        kind=FoundKind.PAPER,
        id=paper.id,
        name=NAME_OF[type(paper)],
        text=paper.words,
        at=paper.at,
        vendor=vendor,
        relationship=paper.relationship,
    )


def _holds(words: tuple[str, ...], *texts: str) -> bool:
    present = _folded(" ".join(texts))
    return all(any(one.startswith(word) for one in present) for word in words)


def _folded(text: str) -> tuple[str, ...]:
    """The text's words without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return tuple(_WORD.findall(bare.casefold()))
