"""Step 8, live with it: the file of a relationship (terms, order, disclosures, story), and what is said in it."""

from dataclasses import dataclass
from datetime import date

from vrm_desktop.domain import acts
from vrm_desktop.domain.agenda import AgendaItem
from vrm_desktop.domain.disclosure import LedgerRow
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.kinds import Kind, Side, allowed
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.relationship import AgreementRecord, JournalRow, Note, OrderRecord, Relationship
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction

MESSAGE_LENGTH = 4000


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RelationshipFile:
    """All that stands between the person and one vendor. `offers` is empty while they are sealed."""

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
        return _file(tx, found, today)

    return await means.vault.read(look)


def _file(tx: Transaction, relationship: Relationship, today: date) -> RelationshipFile:
    vendor = tx.vendor(relationship.vendor)
    if vendor is None:
        raise NotFound(relationship.vendor)
    want = tx.intentcast(relationship.intentcast) if relationship.intentcast else None
    waiting = frozenset({acts.ActState.HELD, acts.ActState.SEALED})
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
        agenda=tuple(item for item in tx.agenda() if item.relationship == relationship.id),
        may_say=allowed(Side.PERSON, relationship.conversation.state),
    )


async def say(means: Means, key: RelationshipId, text: str) -> Changes:
    """Send the vendor a message in words.

    Raises:
        NotFound: no such relationship. NotPossibleNow: nothing was agreed yet, it is over, or the text is too long.
    """

    def change(tx: Transaction) -> Changes:
        found = tx.relationship(key)
        if found is None:
            raise NotFound(key)
        if Kind.MESSAGE not in allowed(Side.PERSON, found.conversation.state):
            raise NotPossibleNow(found.conversation.state.value)
        plain = text.strip()
        if not plain or len(plain) > MESSAGE_LENGTH:
            raise NotPossibleNow("a message has 1 to 4,000 characters")
        hold(tx, means, key, acts.Message(text=plain))
        tx.add_note(Note(relationship=key, at=means.clock.now(), sender=Side.PERSON, kind="message", text=plain))
        return Changes.of(("relationship", key))

    return await means.vault.write(change)
