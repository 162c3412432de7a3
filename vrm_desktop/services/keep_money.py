"""Money both ways with each counterparty: read from the signed record, and written down by hand where there is none."""

from collections.abc import Iterator
from datetime import date, datetime

from vrm_desktop.domain.booking import Booking, BookingKind
from vrm_desktop.domain.ids import MessageId, VendorId
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.relationship import JournalRow, OrderRecord, OrderState, Relationship
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.receiving import decode_again
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction

_READ = frozenset({Kind.PAID, Kind.RECEIPT, Kind.REFUND})


async def bookings(means: Means, vendor: VendorId) -> tuple[Booking, ...]:
    """All bookings with one counterparty, the oldest first.

    Raises:
        NotFound: no such counterparty.
    """

    def look(tx: Transaction) -> tuple[Booking, ...]:
        if tx.vendor(vendor) is None:
            raise NotFound(vendor)
        return bookings_of(tx, vendor)

    return await means.vault.read(look)


def bookings_of(tx: Transaction, vendor: VendorId) -> tuple[Booking, ...]:
    """All bookings inside one transaction (see `bookings`)."""
    own = tx.papers(Booking, vendor=vendor)
    theirs = (one for one in tx.relationships() if one.vendor == vendor)
    read = (booking for one in theirs for booking in _read(tx, one))
    return tuple(sorted((*own, *read), key=lambda one: (one.on, one.at, one.id)))


async def book(
    means: Means, vendor: VendorId, *, kind: BookingKind, amount: Money, on: date, what: str, number: str = ""
) -> Booking:
    """Write a booking down by hand.

    Raises:
        NotFound: no such counterparty. InvalidValue: it says nothing, or the amount is negative.
    """

    def change(tx: Transaction) -> Booking:
        made = Booking(
            id=means.new_id("booking"),
            vendor=vendor,
            relationship=file_of(tx, means, vendor).id,
            at=means.clock.now(),
            on=on,
            kind=kind,
            amount=amount,
            what=what,
            number=number,
        )
        tx.keep_paper(made)
        return made

    return await means.vault.write(change)


async def strike(means: Means, key: str) -> Changes:
    """Strike a booking that was written down by hand.

    Raises:
        NotFound: there is none by this id; what the signed record says cannot be struck.
    """

    def change(tx: Transaction) -> Changes:
        found = tx.paper(Booking, key)
        if found is None:
            raise NotFound(key)
        tx.drop_paper(Booking, key)
        return Changes.of(("booking", key), ("relationship", found.relationship or ""))

    return await means.vault.write(change)


def _read(tx: Transaction, one: Relationship) -> Iterator[Booking]:
    order = tx.order(one.id)
    if order is None:
        return
    title = (", ".join(line.title for line in order.lines) or "–")[:200]
    if order.price is not None and order.state in {OrderState.CONFIRMED, OrderState.FULFILLED}:
        yield _booking(one, order.offer, order.placed, BookingKind.OWED, order.price.all_in, title)
    for row in tx.journal(one.id):
        if row.kind in _READ:
            yield from _said(one, row, order, title)


def _said(one: Relationship, row: JournalRow, order: OrderRecord, title: str) -> Iterator[Booking]:
    match decode_again(row.jws, one.conversation.kids(row.sender)):
        case messages.Paid() as paid if paid.order == order.hash:
            amount = Money(minor=paid.amount, currency=paid.currency)
            yield _booking(one, row.message, row.at, BookingKind.PAID, amount, title)
        case messages.Receipt() as receipt if receipt.order == order.hash:
            amount = Money(minor=receipt.price.total, currency=receipt.price.currency)
            yield _booking(one, row.message, row.at, BookingKind.RECEIPT, amount, title, receipt.number)
        case messages.Refund() as refund if refund.order == order.hash:
            amount = Money(minor=refund.amount, currency=refund.currency)
            yield _booking(one, row.message, row.at, BookingKind.BACK, amount, title, refund.number)
        case _:
            return


def _booking(
    one: Relationship, message: MessageId, at: datetime, kind: BookingKind, amount: Money, what: str, number: str = ""
) -> Booking:
    return Booking(
        id=f"{kind.value}-{message}",
        vendor=one.vendor,
        relationship=one.id,
        at=at,
        on=at.date(),
        kind=kind,
        amount=amount,
        what=what,
        number=number[:200],
        message=message,
    )
