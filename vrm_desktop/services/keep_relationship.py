"""Step 8, live with it: the file of a relationship (terms, order, disclosures, story), and what is said in it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from vrm_desktop.domain import acts
from vrm_desktop.domain.agenda import AgendaItem
from vrm_desktop.domain.booking import Booking
from vrm_desktop.domain.contact_budget import USUAL
from vrm_desktop.domain.disclosure import LedgerRow
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.papers import NAME_OF, Paper
from vrm_desktop.domain.relationship import AgreementRecord, JournalRow, Note, OrderRecord, Relationship
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.services.agenda import AgendaEntry, entries_of
from vrm_desktop.services.contact_budgets import budget_of
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.fetch_documents import ReadyDocument, ready
from vrm_desktop.services.full_conversations import follower, goes_on
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.keep_money import bookings_of
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.reachable import has_key, sayable

MESSAGE_LENGTH = 4000

P = TypeVar("P", bound=Paper)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RelationshipFile:
    """All that stands between the person and one vendor. `offers` is empty while they are sealed.

    `has_key`: the key that speaks in the conversation is here; without it nothing can be said (`may_say` is empty).
    `goes_on`: it is full, and what is written goes on in a new conversation; `follower` is the one that began so.

    `papers` and `bookings` are all of the counterparty's, whichever of its relationships they belong to; `dates` is
    the agenda worked out; `others` its other relationships, the newest first; `documents` is what the vendor
    holds ready. These five are empty in a list of files.
    """

    relationship: Relationship
    vendor: Counterparty
    want: Intentcast | None
    agreements: tuple[AgreementRecord, ...]
    offers: tuple[Offer, ...]
    order: OrderRecord | None
    disclosures: tuple[LedgerRow, ...]
    notes: tuple[Note, ...]
    journal: tuple[JournalRow, ...]
    waiting: tuple[acts.OutboxEntry, ...]
    agenda: tuple[AgendaItem, ...]
    may_say: frozenset[Kind]
    has_key: bool = True
    goes_on: bool = False
    follower: RelationshipId | None = None
    papers: tuple[Paper, ...] = ()
    bookings: tuple[Booking, ...] = ()
    dates: tuple[AgendaEntry, ...] = ()
    others: tuple[Relationship, ...] = ()
    documents: tuple[ReadyDocument, ...] = ()
    contact_budget: int = USUAL

    def papers_of(self, kind: type[P]) -> tuple[P, ...]:
        """The counterparty's papers of one kind, in the order in which they came."""
        return tuple(one for one in self.papers if isinstance(one, kind))


async def relationships(means: Means) -> tuple[RelationshipFile, ...]:
    """Every relationship, the newest first."""
    today = means.clock.today()

    def look(tx: Transaction) -> tuple[RelationshipFile, ...]:
        newest = sorted(tx.relationships(), key=lambda one: (one.started, one.id), reverse=True)
        return tuple(_file(tx, one, today) for one in newest)

    return await means.vault.read(look)


async def relationship(means: Means, key: RelationshipId) -> RelationshipFile:
    """The file of one relationship.

    Raises:
        NotFound: none under this id.
    """
    today = means.clock.today()

    def look(tx: Transaction) -> RelationshipFile:
        found = tx.relationship(key)
        if found is None:
            raise NotFound(key)
        return _whole(tx, _file(tx, found, today), today)

    return await means.vault.read(look)


def _whole(tx: Transaction, file: RelationshipFile, today: date) -> RelationshipFile:
    """The file with what costs more to read, and only one at a time is looked at."""
    key = file.vendor.id
    papers = (one for kind in NAME_OF for one in tx.papers(kind, vendor=key))
    others = (one for one in tx.relationships() if one.vendor == key and one.id != file.relationship.id)
    return replace(
        file,
        papers=tuple(sorted(papers, key=lambda one: (one.at, one.id))),
        bookings=bookings_of(tx, key),
        dates=entries_of(tx, file.agenda, today),
        documents=ready(tx, file.relationship),
        others=tuple(sorted(others, key=lambda one: (one.started, one.id), reverse=True)),
    )


def _file(tx: Transaction, relationship: Relationship, today: date) -> RelationshipFile:
    vendor = tx.vendor(relationship.vendor)
    if vendor is None:
        raise NotFound(relationship.vendor)
    want = tx.intentcast(relationship.intentcast) if relationship.intentcast else None
    waiting = frozenset({acts.ActState.HELD, acts.ActState.SEALED})
    full = goes_on(tx, relationship)
    return RelationshipFile(
        relationship=relationship,
        vendor=vendor,
        want=want,
        agreements=tx.agreements(relationship.id),
        offers=() if want is not None and want.seals_offers(today) else tx.offers(relationship=relationship.id),
        order=tx.order(relationship.id),
        disclosures=tx.ledger(relationship=relationship.id),
        notes=tx.notes(relationship.id),
        journal=tx.journal(relationship.id),
        waiting=tx.acts(states=waiting, relationship=relationship.id),
        agenda=tuple(item for item in tx.agenda() if _of_file(item, relationship)),
        may_say=sayable(tx, relationship),
        has_key=has_key(tx, relationship),
        goes_on=full,
        follower=follower(tx, relationship.id) if full else None,
        contact_budget=budget_of(tx, relationship.id),
    )


def _of_file(item: AgendaItem, relationship: Relationship) -> bool:
    return item.relationship == relationship.id or (item.relationship is None and item.vendor == relationship.vendor)


async def say(means: Means, key: RelationshipId, text: str) -> Changes:
    """Send the vendor a message in words.

    Raises:
        NotFound: no such relationship. NotPossibleNow: nothing was agreed yet, it is over, or the text is too long.
    """

    return await means.vault.write(lambda tx: say_in(tx, means, key, text))


def say_in(tx: Transaction, means: Means, key: RelationshipId, text: str) -> Changes:
    """The same inside one transaction."""
    found = tx.relationship(key)
    if found is None:
        raise NotFound(key)
    if Kind.MESSAGE not in sayable(tx, found):
        raise NotPossibleNow(found.conversation.state.value)
    plain = text.strip()
    if not plain or len(plain) > MESSAGE_LENGTH:
        raise NotPossibleNow("a message has 1 to 4,000 characters")
    hold(tx, means, key, acts.Message(text=plain))
    tx.add_note(Note(relationship=key, at=means.clock.now(), sender=Side.PERSON, kind="message", text=plain))
    return Changes.of(("relationship", key))
