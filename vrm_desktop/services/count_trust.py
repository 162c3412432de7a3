"""Trust, counted: what one counterparty promised and kept, asked and needed. Read only; nothing of it is ever sent."""

from collections.abc import Iterator
from dataclasses import dataclass

from vrm_desktop.domain.case import Case
from vrm_desktop.domain.disclosure import Stage
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.leak import Leak, ReplyReference
from vrm_desktop.domain.promise import Promise
from vrm_desktop.domain.trust import AskedField, Tally, tallies
from vrm_desktop.domain.wish import Verdict, Wish
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Trust:
    """What was counted with one counterparty; no tally where there is nothing to count."""

    vendor: VendorId
    name: str
    tallies: tuple[Tally, ...]


async def trust(means: Means, vendor: VendorId) -> Trust:
    """The counts of one counterparty.

    Raises:
        NotFound: no such counterparty.
    """
    return await means.vault.read(lambda tx: counted(tx, means, vendor))


async def trust_in_all(means: Means) -> tuple[Trust, ...]:
    """The counts of every counterparty that there is something to count with, by name."""

    def look(tx: Transaction) -> tuple[Trust, ...]:
        found = (counted(tx, means, one.id) for one in sorted(tx.vendors(), key=lambda one: (one.name, one.id)))
        return tuple(one for one in found if one.tallies)

    return await means.vault.read(look)


def counted(tx: Transaction, means: Means, vendor: VendorId) -> Trust:
    """The same inside a transaction."""
    found = tx.vendor(vendor)
    if found is None:
        raise NotFound(vendor)
    made = tallies(
        promises=tx.papers(Promise, vendor=vendor),
        asked=_asked(tx, vendor),
        cases=tx.papers(Case, vendor=vendor),
        references=tx.papers(ReplyReference, vendor=vendor),
        leaks=tx.papers(Leak, vendor=vendor),
        today=means.clock.today(),
    )
    return Trust(vendor=vendor, name=found.name, tallies=made)


def _asked(tx: Transaction, vendor: VendorId) -> Iterator[AskedField]:
    """What was asked for in offers and wishes. Needed is what the person's own plan gives, or the terms cover."""
    for relationship in (one for one in tx.relationships() if one.vendor == vendor):
        plan = tx.plan(relationship.intentcast) if relationship.intentcast is not None else None
        mine = plan.of(vendor) if plan is not None else None
        needed = {field.name for field in (*mine.reveal, *mine.order)} if mine is not None else set()
        needed |= {row.name for row in tx.ledger(relationship=relationship.id) if row.stage is Stage.ORDER}
        seen: set[str] = set()
        for offer in sorted(tx.offers(relationship=relationship.id), key=lambda one: one.received):
            for ask in offer.asks:
                if ask.name not in seen:
                    seen.add(ask.name)
                    on = offer.received.date()
                    yield AskedField(name=ask.name, on=on, needed=ask.name in needed, source=offer.id)
    for wish in tx.papers(Wish, vendor=vendor):
        for field in wish.fields:
            within = field.verdict is Verdict.WITHIN
            yield AskedField(name=field.name, on=wish.at.date(), needed=within, source=wish.id)
