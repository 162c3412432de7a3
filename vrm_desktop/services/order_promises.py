"""What a vendor promises with an order (the day, the price, a word on time), and whether it was kept.

Whether something arrived is the person's word, not the vendor's: a "delivered" only asks for it. Called by
receive_messages and seal_acts, inside their transaction.
"""

from dataclasses import replace
from datetime import date

from vrm_desktop.domain.agenda import AgendaKind
from vrm_desktop.domain.ids import MessageId, RelationshipId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.offer import Offer, Price
from vrm_desktop.domain.promise import Promise, PromiseOf
from vrm_desktop.domain.relationship import Note, OrderRecord, OrderState, Relationship
from vrm_desktop.protocol import messages
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _

_TEXT_LENGTH = 1000


def confirmed(tx: Transaction, means: Means, owner: Relationship, order: OrderRecord) -> None:
    """An order stands: the day on which it is to come, and its price, are promises from now on."""
    offer = tx.offer(order.offer)
    if offer is None:
        return
    title = ", ".join(line.title for line in order.lines)
    if offer.by is not None:
        _make(tx, means, owner, offer, PromiseOf.DELIVERY, title, due=offer.by)
    if order.price is not None:
        what = _("{what} for {price}").format(what=title, price=values.money(_total(order.price)))
        _make(tx, means, owner, offer, PromiseOf.PRICE, what)


def billed(tx: Transaction, means: Means, owner: Relationship, receipt: messages.Receipt, message: MessageId) -> None:
    """A receipt came: it is for the agreed price, or the promise is broken. The first one counts."""
    order = tx.order(owner.id)
    found = _open(tx, owner.id, PromiseOf.PRICE)
    if order is None or order.price is None or found is None or receipt.order != order.hash:
        return
    today, billed_total = means.clock.today(), Money(minor=receipt.price.total, currency=receipt.price.currency)
    agreed = _total(order.price)
    more = billed_total.currency != agreed.currency or billed_total.minor > agreed.minor
    tx.keep_paper(found.broken(today, message) if more else found.kept(today, message))
    if more:
        _note(tx, means, owner.id, "price-differs", values.money(billed_total))


def cancelled(tx: Transaction, means: Means, owner: Relationship, message: MessageId, *, wished: bool) -> None:
    """The vendor cancelled: on the person's own wish nothing is owed any more, otherwise it broke its word."""
    today = means.clock.today()
    for of in (PromiseOf.DELIVERY, PromiseOf.PRICE):
        found = _open(tx, owner.id, of)
        if found is not None:
            broken = of is PromiseOf.DELIVERY and not wished
            tx.keep_paper(found.broken(today, message) if broken else found.waived(today))
    _date_done(tx, owner.id)


async def arrived(means: Means, key: RelationshipId, on: date | None = None) -> Changes:
    """The person says that what was ordered came, on that day (today, if none is said).

    Raises:
        NotFound: no such relationship.
        NotPossibleNow: nothing is waited for, or the day is still to come or before the order.
    """
    return await means.vault.write(lambda tx: _settled(tx, means, key, on or means.clock.today(), came=True))


async def not_arrived(means: Means, key: RelationshipId) -> Changes:
    """The person says that it did not come, and is not waited for any more.

    Raises:
        NotFound: no such relationship.
        NotPossibleNow: nothing is waited for, or its day is not over.
    """
    return await means.vault.write(lambda tx: _settled(tx, means, key, means.clock.today(), came=False))


def waited_for(tx: Transaction, key: RelationshipId) -> Promise | None:
    """The promise of a delivery that nobody has settled."""
    return _open(tx, key, PromiseOf.DELIVERY)


def _settled(tx: Transaction, means: Means, key: RelationshipId, on: date, *, came: bool) -> Changes:
    if tx.relationship(key) is None:
        raise NotFound(key)
    order, today = tx.order(key), means.clock.today()
    found = waited_for(tx, key)
    if order is None or order.state is OrderState.PLACED or (found is None and order.state is not OrderState.CONFIRMED):
        raise NotPossibleNow("nothing is waited for")
    if came and not order.placed.date() <= on <= today:
        raise NotPossibleNow("it came between the order and today")
    if found is not None:
        if not came and not found.overdue(today):
            raise NotPossibleNow("its day is not over")
        tx.keep_paper(found.kept(on) if came else found.broken(on))
    if came:
        tx.save_order(replace(order, state=OrderState.FULFILLED))
    _date_done(tx, key)
    _note(tx, means, key, "arrived" if came else "not-arrived", "")
    return Changes.of(("relationship", key), ("agenda", key))


def _make(
    tx: Transaction,
    means: Means,
    owner: Relationship,
    offer: Offer,
    of: PromiseOf,
    what: str,
    *,
    due: date | None = None,
) -> None:
    key = f"{of.value}-{offer.id}"
    if tx.paper(Promise, key) is None:
        tx.keep_paper(
            Promise(
                id=key,
                vendor=owner.vendor,
                of=of,
                what=what[:_TEXT_LENGTH],
                at=means.clock.now(),
                due=due,
                source=offer.id,
                relationship=owner.id,
            )
        )


def _open(tx: Transaction, key: RelationshipId, of: PromiseOf) -> Promise | None:
    order = tx.order(key)
    found = tx.paper(Promise, f"{of.value}-{order.offer}") if order is not None else None
    return found if found is not None and found.settled is None else None


def _total(price: Price) -> Money:
    return Money(minor=price.total, currency=price.currency)


def _date_done(tx: Transaction, key: RelationshipId) -> None:
    for item in tx.agenda():
        if item.kind is AgendaKind.DELIVERY_DUE and item.relationship == key and not item.done:
            tx.put_agenda(replace(item, done=True))


def _note(tx: Transaction, means: Means, key: RelationshipId, kind: str, text: str) -> None:
    tx.add_note(Note(relationship=key, at=means.clock.now(), sender=Side.PERSON, kind=kind, text=text))
