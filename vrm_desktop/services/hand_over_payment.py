"""Handing a payment over to a bank, a wallet or the vendor's page; hearing what became of it; and what differs blocks.

Only what the signed order says is handed over. Anything else that is said about where to pay, by whomever, is an alarm
that waits for the person. Never here: moving money, and opening a link.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from vrm_desktop.canon import hashes
from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.booking import Booking, BookingKind
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Digest, RelationshipId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.payment import (
    PAID,
    AlarmSource,
    Decision,
    Differing,
    PaymentHandover,
    PayState,
    PayWay,
    differences,
)
from vrm_desktop.domain.relationship import Note, OrderState, Relationship
from vrm_desktop.formats.payment_texts import is_about_paying, stated_in
from vrm_desktop.services import keep_limits, say_paid
from vrm_desktop.services.errors import NotFound, NotPossibleNow, PaymentBlocked
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.reachable import sayable
from vrm_desktop.services.see_payment import Paying, WayShown, agreed_in, payee_of, paying_in, paying_of, sites_of

ASKED_AFTER: Final = timedelta(days=1)
ASKED_AGAIN: Final = timedelta(days=7)
_CHANGED = "payment-changed"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Checked:
    """What a text came to: how many things it says about paying, and in what they differ."""

    found: int
    differing: tuple[Differing, ...]
    paying: Paying


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Receipt:
    """A document that shows that it was paid."""

    name: str
    media: str
    data: bytes


async def check(means: Means, key: RelationshipId, text: str, source: AlarmSource = AlarmSource.TYPED) -> Checked:
    """Compare a text (an account, a payment link, a code's text, a whole mail) with the order; differences are alarms.

    Raises:
        NotFound, NotPossibleNow: as for `payment`.
    """

    def change(tx: Transaction) -> Checked:
        paying = paying_in(tx, means, key)
        stated = tuple(stated_in(text, sites_of(tx, paying.handover)))
        agreed = agreed_in(tx, paying)
        found = tuple(one for each in stated for one in differences(agreed, each))
        _alarm(tx, means, paying, found, source)
        return Checked(found=len(stated), differing=found, paying=paying_in(tx, means, key))

    return await means.vault.write(change)


def heard(tx: Transaction, means: Means, key: RelationshipId, text: str, source: AlarmSource) -> bool:
    """Inside one transaction: a counterparty wrote `text`. Whether it asks for money elsewhere than the order says."""
    paying = paying_of(tx, means, key)
    if paying is None or not text.strip():
        return False
    agreed = agreed_in(tx, paying)
    stated = (one for one in stated_in(text, sites_of(tx, paying.handover)) if is_about_paying(one))
    return _alarm(tx, means, paying, [one for each in stated for one in differences(agreed, each)], source)


async def decide(means: Means, key: RelationshipId, decision: Decision) -> Changes:
    """What the person decided about all that differs: to pay by the signed order and nothing else, or not to pay.

    Raises:
        NotFound, NotPossibleNow: as for `payment`, or there is nothing to decide, or both records differ.
    """

    def change(tx: Transaction) -> Changes:
        paying = paying_in(tx, means, key)
        relationship = _relationship(tx, key)
        as_signed = decision is Decision.AS_SIGNED
        if as_signed and paying.trouble not in {"", _CHANGED}:
            raise NotPossibleNow(paying.trouble)
        decided = paying.handover
        if not (as_signed and paying.trouble and not decided.blocked):
            decided = _or_not_now(lambda: paying.handover.decided(decision))
        if as_signed and relationship.trouble == _CHANGED:
            tx.save_relationship(replace(relationship, trouble=""))
        tx.keep_paper(decided)
        _note(tx, means, key, f"payment-{decision.value}" if paying.signed or not as_signed else "payment-checked")
        return _changed(paying)

    return await means.vault.write(change)


async def hand_over(means: Means, key: RelationshipId, way: PayWay, *, over_limit: bool = False) -> WayShown:
    """Note that the payment is handed over by `way`, and give what opens it. The person is asked about it a day later.

    Raises:
        NotFound, NotPossibleNow: as for `payment`, or it cannot be paid that way, or was paid.
        PaymentBlocked: an alarm waits for a decision. OverLimit: a limit names other payees.
    """

    def change(tx: Transaction) -> WayShown:
        paying = paying_in(tx, means, key)
        chosen = next((one for one in paying.ways if one.way is way), None)
        if chosen is None or paying.paid:
            raise NotPossibleNow(f"it is not paid by {way.value}")
        if paying.blocked:
            raise PaymentBlocked(paying.trouble or "an alarm waits for a decision")
        keep_limits.payee_allowed(tx, paying.order.offer, payee_of(paying.payment, chosen), over=over_limit)
        tx.keep_paper(_or_not_now(lambda: paying.handover.handed_over(way, means.clock.now())))
        _note(tx, means, key, "payment-handed-over")
        return chosen

    return await means.vault.write(change)


async def done(means: Means, key: RelationshipId, receipt: Receipt | None = None) -> Changes:
    """The person has paid: the vendor is told where it can be, else it is written down; a receipt is kept with it.

    Raises:
        NotFound, NotPossibleNow: as for `payment`. InvalidValue: the receipt is too large.
    """

    def change(tx: Transaction) -> Changes:
        paying = paying_in(tx, means, key)
        key_of = _attach(tx, means, paying, receipt) if receipt is not None else ""
        state = PayState.RECEIPT_KEPT if receipt is not None else PayState.SAID_PAID
        handover = paying.handover
        if paying.order.paid is not None and handover.state not in PAID:
            handover = handover.answered(PayState.SAID_PAID, paying.order.paid.date())
        if handover.state not in PAID or receipt is not None:
            handover = _or_not_now(lambda: handover.answered(state, means.clock.today(), key_of))
        tx.keep_paper(handover)
        _asked(tx, handover, done=True)
        changes = _changed(paying)
        if paying.order.paid is None:
            changes |= _say_paid(tx, means, paying)
        return changes

    return await means.vault.write(change)


async def not_done(means: Means, key: RelationshipId, *, unsure: bool = False) -> Changes:
    """The person has not paid after all, or does not know yet (and is asked again in a week).

    Raises:
        NotFound, NotPossibleNow: as for `payment`, or it was said to be paid.
    """

    def change(tx: Transaction) -> Changes:
        paying = paying_in(tx, means, key)
        state = PayState.UNSURE if unsure else PayState.NOT_PAID
        today = means.clock.today()
        moved = _or_not_now(lambda: paying.handover.answered(state, today))
        tx.keep_paper(moved)
        _asked(tx, moved, done=not unsure, due=today + ASKED_AGAIN)
        return _changed(paying)

    return await means.vault.write(change)


def ask_in_a_week(tx: Transaction, means: Means, key: RelationshipId) -> None:
    """Inside one transaction: what nobody hands over from here is asked about, too."""
    paying = paying_of(tx, means, key)
    if paying is not None and not paying.paid:
        tx.keep_paper(paying.handover)
        _asked(tx, paying.handover, done=False, due=means.clock.today() + ASKED_AGAIN)


async def watch(means: Means) -> Changes:
    """A day after a payment was handed over, ask what became of it; what was settled otherwise is not asked."""
    today = means.clock.today()

    def due(tx: Transaction) -> tuple[PaymentHandover, ...]:
        handed = (one for one in tx.papers(PaymentHandover) if one.state is PayState.HANDED_OVER and one.asked is None)
        return tuple(one for one in handed if one.handed and one.handed.date() + ASKED_AFTER <= today)

    if not await means.vault.read(due):
        return Changes()

    def change(tx: Transaction) -> Changes:
        changes = Changes()
        for one in due(tx):
            order = tx.order(one.relationship)
            settled = order is None or order.paid is not None or order.state is OrderState.CANCELLED
            asked = replace(one, asked=today)
            if order is not None and order.paid is not None:
                asked = asked.answered(PayState.SAID_PAID, order.paid.date())
            tx.keep_paper(asked)
            if not settled:
                _asked(tx, asked, done=False, due=today)
            changes |= Changes.of(("payment", one.id), ("agenda", one.id), ("relationship", one.relationship))
        return changes

    return await means.vault.write(change)


def _alarm(tx: Transaction, means: Means, paying: Paying, found: Iterable[Differing], source: AlarmSource) -> bool:
    after = paying.handover.heard(found, source, means.clock.now())
    if after == paying.handover:
        return False
    tx.keep_paper(after)
    kind = "payment-alarm" if paying.signed else "payment-named"
    _note(tx, means, after.relationship, kind, ", ".join(one.seen for one in after.undecided)[:400])
    return True


def _attach(tx: Transaction, means: Means, paying: Paying, receipt: Receipt) -> str:
    document = Attachment(
        id=means.new_id("attachment"),
        of="payment-handover",
        paper=paying.handover.id,
        name=receipt.name,
        media=receipt.media,
        size=len(receipt.data),
        digest=Digest(hashes.digest(receipt.data)),
        at=means.clock.now(),
        vendor=paying.handover.vendor,
        relationship=paying.handover.relationship,
    )
    tx.attach(document, receipt.data)
    _book(tx, means, paying, BookingKind.RECEIPT, receipt.name)
    return document.id


def _say_paid(tx: Transaction, means: Means, paying: Paying) -> Changes:
    relationship = _relationship(tx, paying.order.relationship)
    if say_paid.on_its_way(tx, relationship.id):
        return Changes()  # it is on its way
    if Kind.PAID in sayable(tx, relationship):
        return say_paid.tell_paid(tx, means, relationship.id)
    # Nobody can be told over the wire: it is written down here.
    tx.save_order(replace(paying.order, paid=means.clock.now()))
    _book(tx, means, paying, BookingKind.PAID)
    return _changed(paying)


def _book(tx: Transaction, means: Means, paying: Paying, kind: BookingKind, number: str = "") -> None:
    title = ", ".join(line.title for line in paying.order.lines)[:200].strip() or paying.vendor_name or "–"
    tx.keep_paper(
        Booking(
            id=means.new_id("booking"),
            vendor=paying.handover.vendor,
            relationship=paying.handover.relationship,
            at=means.clock.now(),
            on=means.clock.today(),
            kind=kind,
            amount=paying.amount,
            what=title,
            number=number[:200],
        )
    )


def _asked(tx: Transaction, one: PaymentHandover, *, done: bool, due: date | None = None) -> None:
    there = next((x for x in tx.agenda() if (x.kind, x.key) == (AgendaKind.PAYMENT_OUTCOME, one.id)), None)
    if there is None and (done or due is None):
        return
    item = AgendaItem(
        kind=AgendaKind.PAYMENT_OUTCOME,
        due=due or (there.due if there is not None else one.at.date()),
        key=one.id,
        relationship=one.relationship,
        vendor=one.vendor,
        done=done,
    )
    tx.put_agenda(item)


def _or_not_now(move: Callable[[], PaymentHandover]) -> PaymentHandover:
    try:
        return move()
    except InvalidValue as error:
        raise NotPossibleNow(str(error)) from error


def _relationship(tx: Transaction, key: RelationshipId) -> Relationship:
    found = tx.relationship(key)
    if found is None:
        raise NotFound(key)
    return found


def _note(tx: Transaction, means: Means, key: RelationshipId, kind: str, text: str = "") -> None:
    tx.add_note(Note(relationship=key, at=means.clock.now(), sender=Side.PERSON, kind=kind, text=text))


def _changed(paying: Paying) -> Changes:
    key = paying.handover
    return Changes.of(("payment", key.id), ("relationship", key.relationship), ("agenda", key.id))
