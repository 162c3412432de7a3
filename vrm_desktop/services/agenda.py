"""The one agenda: every date of every topic, what has settled itself, ticking off, dates of one's own, and a calendar.

Each topic puts its own dates; never here: what is done when one of them comes.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from vrm_desktop.canon import base64url, hashes
from vrm_desktop.domain.agenda import AgendaItem, AgendaKind, When, when
from vrm_desktop.domain.checkout import Checkout, CheckoutStep
from vrm_desktop.domain.ids import MessageId, RelationshipId, VendorId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.kinds import State
from vrm_desktop.domain.offer import OfferState
from vrm_desktop.domain.payment import PaymentHandover, PayState
from vrm_desktop.domain.relationship import OrderState
from vrm_desktop.formats.ics import CalendarDay, calendar_file
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction

TEXT_LENGTH: Final = 200
COMING: Final = (When.OVERDUE, When.TODAY, When.WEEK, When.LATER)
_SALT = "agenda-salt"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AgendaEntry:
    """One date as the person reads it: with whom, about which want, and whose file it opens (None: none)."""

    item: AgendaItem
    when: When
    vendor_name: str = ""
    want: str = ""
    file: RelationshipId | None = None


async def agenda(means: Means) -> tuple[AgendaEntry, ...]:
    """Everything with a date, the earliest first; what is done or past too."""
    today = means.clock.today()
    return await means.vault.read(lambda tx: entries(tx, today))


def entries(tx: Transaction, today: date) -> tuple[AgendaEntry, ...]:
    """All entries inside one transaction (see `agenda`)."""
    return entries_of(tx, tx.agenda(), today)


def entries_of(tx: Transaction, items: tuple[AgendaItem, ...], today: date) -> tuple[AgendaEntry, ...]:
    """These items as entries, inside one transaction."""
    return tuple(_entry(tx, _settled(tx, item), today) for item in items)


async def tick(means: Means, kind: AgendaKind, key: str, *, done: bool = True) -> Changes:
    """Tick a date off, or take the tick away.

    Raises:
        NotFound: there is no such date.
    """

    def change(tx: Transaction) -> Changes:
        item = _found(tx, kind, key)
        tx.put_agenda(replace(item, done=done))
        return _told(item)

    return await means.vault.write(change)


async def remind(means: Means, due: date, text: str, vendor: VendorId | None = None) -> AgendaItem:
    """Keep a date of one's own, perhaps with a counterparty.

    Raises:
        NotFound: no such counterparty. NotPossibleNow: the text is empty or has more than 200 characters.
    """
    words = " ".join(text.split())
    if not words or len(words) > TEXT_LENGTH:
        raise NotPossibleNow("a date of your own has a text of up to 200 characters")

    def change(tx: Transaction) -> AgendaItem:
        if vendor is not None and tx.vendor(vendor) is None:
            raise NotFound(vendor)
        item = AgendaItem(kind=AgendaKind.REMINDER, due=due, key=means.new_id("reminder"), vendor=vendor, text=words)
        tx.put_agenda(item)
        return item

    return await means.vault.write(change)


async def calendar(means: Means, title: Callable[[AgendaEntry], str]) -> tuple[bytes, int]:
    """What is to come as a calendar file, each date under its `title`; and how many dates it holds.

    A date bears the same name in every file of this vault. The name is salted, so that nothing in a calendar can be
    matched with anything that was sent.
    """
    coming = [one for one in await agenda(means) if one.when in COMING]
    salt = await means.vault.write(lambda tx: _salt(tx, means))
    days = (
        CalendarDay(
            uid=f"{hashes.digest(f'{salt} {one.item.kind} {one.item.key}'.encode())}@vrm-desktop",
            day=one.item.due,
            title=title(one),
        )
        for one in coming
    )
    return calendar_file(days, made=means.clock.now()), len(coming)


def _salt(tx: Transaction, means: Means) -> str:
    salt = tx.setting(_SALT)
    if salt is None:
        salt = base64url.encode(means.random.token(16))
        tx.set_setting(_SALT, salt)
    return salt


def _found(tx: Transaction, kind: AgendaKind, key: str) -> AgendaItem:
    for item in tx.agenda():
        if (item.kind, item.key) == (kind, key):
            return item
    raise NotFound(key)


def _told(item: AgendaItem) -> Changes:
    return Changes.of(("agenda", item.key), ("relationship", item.relationship or ""))


def _settled(tx: Transaction, item: AgendaItem) -> AgendaItem:
    """The item, done where what it waits for has come or cannot come any more."""
    match item.kind:
        case AgendaKind.ANSWERS_BY if item.intentcast is not None:
            want = tx.intentcast(item.intentcast)
            over = want is None or want.state is not IntentcastState.CAST
        case AgendaKind.ANSWERS_BY if item.relationship is not None:
            asked = tx.relationship(item.relationship)
            over = asked is None or asked.conversation.state not in {State.NEW, State.ASKED}
        case AgendaKind.OFFER_EXPIRES:
            offer = tx.offer(MessageId(item.key))
            over = offer is None or offer.state not in {OfferState.LIVE, OfferState.COUNTERED}
        case AgendaKind.DELIVERY_DUE if item.relationship is not None:
            order = tx.order(item.relationship)
            over = order is not None and order.state in {OrderState.FULFILLED, OrderState.CANCELLED}
        case AgendaKind.PAYMENT_OUTCOME:
            payment, checkout = tx.paper(PaymentHandover, item.key), tx.paper(Checkout, item.key)
            paying = payment is not None and _asks(tx, payment)
            over = not paying and (checkout is None or checkout.step is not CheckoutStep.HANDED_OVER)
        case _:
            over = False
    return replace(item, done=True) if over else item


def _asks(tx: Transaction, payment: PaymentHandover) -> bool:
    if payment.state is not PayState.OFFERED:
        return payment.state in {PayState.HANDED_OVER, PayState.UNSURE}
    order = tx.order(payment.relationship)  # where nobody signed how to pay, nothing is handed over before
    return order is not None and order.state is not OrderState.CANCELLED and order.payment is None


def _entry(tx: Transaction, item: AgendaItem, today: date) -> AgendaEntry:
    relationship = tx.relationship(item.relationship) if item.relationship is not None else None
    key = item.vendor or (relationship.vendor if relationship is not None else None)
    vendor = tx.vendor(key) if key is not None else None
    want = tx.intentcast(item.intentcast) if item.intentcast is not None else None
    file = item.relationship
    if file is None and key is not None:
        theirs = [one for one in tx.relationships() if one.vendor == key]
        file = max(theirs, key=lambda one: (one.started, one.id)).id if theirs else None
    return AgendaEntry(
        item=item,
        when=when(item, today),
        vendor_name=vendor.name if vendor is not None else "",
        want=want.title if want is not None else "",
        file=file,
    )
