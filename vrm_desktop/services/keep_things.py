"""Things that the person has: from delivered orders by themselves, or written down; their dates are in the agenda."""

from dataclasses import replace
from datetime import date

from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.relationship import OrderRecord, Relationship
from vrm_desktop.domain.thing import Thing
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction


async def things(means: Means, vendor: VendorId | None = None) -> tuple[Thing, ...]:
    """All things, or those from one counterparty, the newest first; those that are gone last."""

    def look(tx: Transaction) -> tuple[Thing, ...]:
        return tuple(
            sorted(tx.papers(Thing, vendor=vendor), key=lambda one: (one.gone is not None, -one.at.timestamp(), one.id))
        )

    return await means.vault.read(look)


async def thing(means: Means, key: str) -> Thing:
    """One thing.

    Raises:
        NotFound: none under this id.
    """
    return await means.vault.read(lambda tx: _found(tx, key))


async def keep(means: Means, wish: Thing) -> Thing:
    """Write a thing down, or down anew under its id; one with a counterparty goes into its file.

    Raises:
        NotFound: no such counterparty.
    """

    def change(tx: Transaction) -> Thing:
        made = wish
        if made.vendor is not None:
            made = replace(made, relationship=file_of(tx, means, made.vendor).id)
        return _put(tx, made)

    return await means.vault.write(change)


async def gone(means: Means, key: str, *, here: bool = False) -> Changes:
    """Note that a thing is not here any more, from today; or that it is here again.

    Raises:
        NotFound: no such thing.
    """

    def change(tx: Transaction) -> Changes:
        found = _found(tx, key)
        _put(tx, found.given_away(None if here else means.clock.today()))
        return _told(found)

    return await means.vault.write(change)


async def forget(means: Means, key: str) -> Changes:
    """Strike a thing off, as if it had never been written down.

    Raises:
        NotFound: no such thing.
    """

    def change(tx: Transaction) -> Changes:
        found = _found(tx, key)
        _put(tx, found.given_away(means.clock.today()))
        tx.drop_paper(Thing, key)
        return _told(found)

    return await means.vault.write(change)


def arrived(tx: Transaction, means: Means, relationship: Relationship, order: OrderRecord) -> None:
    """Inside one transaction: an order was delivered, so what it holds is here now. Telling it twice adds nothing."""
    offer, today = tx.offer(order.offer), means.clock.today()
    for number, line in enumerate(order.lines):
        key = f"thing-{order.hash[:16]}-{number}"
        if line.unit is None or tx.paper(Thing, key) is not None:
            continue
        price = Money(minor=line.unit, currency=order.price.currency) if order.price is not None else None
        made = Thing(
            id=key,
            title=line.title[:200].strip() or line.sku or key,
            at=means.clock.now(),
            vendor=relationship.vendor,
            relationship=relationship.id,
            quantity=max(1, line.quantity),
            bought=order.placed.date(),
            price=price,
            gtin=line.gtin,
            sku=line.sku[:200],
            order=order.hash,
        )
        returns = offer.returns_days if offer is not None else None
        warranty = offer.warranty_months if offer is not None else None
        _put(tx, made.delivered(today, returns_days=returns, warranty_months=warranty))


def _put(tx: Transaction, one: Thing) -> Thing:
    tx.keep_paper(one)
    for kind, due in ((AgendaKind.RETURN_BY, one.return_by), (AgendaKind.WARRANTY_ENDS, one.warranty_until)):
        there = next((item for item in tx.agenda() if (item.kind, item.key) == (kind, one.id)), None)
        if due is None and there is None:
            continue
        tx.put_agenda(
            AgendaItem(
                kind=kind,
                due=due or (there.due if there is not None else date.max),
                key=one.id,
                relationship=one.relationship,
                vendor=one.vendor,
                text=one.title,
                done=due is None or one.gone is not None,
            )
        )
    return one


def _found(tx: Transaction, key: str) -> Thing:
    found = tx.paper(Thing, key)
    if found is None:
        raise NotFound(key)
    return found


def _told(one: Thing) -> Changes:
    return Changes.of(("thing", one.id), ("relationship", one.relationship or ""), ("agenda", one.id))
