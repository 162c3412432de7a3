"""Step 7, choose: accept, counter on price, or decline with a reason; then how to pay what was ordered."""

from dataclasses import replace

from vrm_desktop.domain import acts
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import MessageId, RelationshipId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.offer import Offer, OfferState
from vrm_desktop.domain.plan import VendorPlan, needed_for, order_fields
from vrm_desktop.domain.relationship import OrderRecord, Relationship
from vrm_desktop.domain.ways import Way
from vrm_desktop.services import keep_limits
from vrm_desktop.services.errors import NotFound, NotPossibleNow, OfferGone
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_table import outside
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.reachable import sayable
from vrm_desktop.services.say_paid import tell_paid
from vrm_desktop.services.shop_giving_up import let_all_go

HELD = frozenset({acts.ActState.HELD})
NOTE_LENGTH = 4000


async def what_delivery_needs(means: Means, key: MessageId) -> VendorPlan:
    """The plan of what this vendor alone would get if the offer were accepted.

    Raises:
        NotFound: no such offer. MissingField: the profile lacks something delivery needs.
    """
    return await means.vault.read(lambda tx: _order_plan(tx, means, _offer(tx, key)))


async def accept(
    means: Means,
    key: MessageId,
    payment: str | None = None,
    *,
    decline_others: bool = True,
    over_limit: bool = False,
) -> Changes:
    """Accept an offer: the order gets the person's signature, and what delivery needs goes to that vendor alone.

    `payment` is one of the ways that the offer lists; by default the first that the want also lists. The other vendors
    with a live offer, and shops that keep a cart for it, are told that another was chosen, unless `decline_others` is
    false. `over_limit`: the person says so although none of the limits in force allows it.

    Raises:
        NotFound: no such offer. OfferGone: it has run out, was replaced or withdrawn.
        MissingField: the profile lacks something delivery needs. NotPossibleNow: the conversation does not allow it,
        the way of paying is not offered, or something was ordered for this want already.
        OverLimit: limits are in force and none allows it.
    """

    def change(tx: Transaction) -> Changes:
        offer = _live(tx, means, key)
        want = tx.intentcast(offer.intentcast)
        if want is None or want.state is not IntentcastState.CAST:
            raise NotPossibleNow(want.state.value if want else offer.intentcast)
        way = payment or next((one for one in want.payment if one in offer.payment), "") or (*offer.payment, "none")[0]
        if payment is not None and payment not in offer.payment:
            raise NotPossibleNow(f"payment {payment} is not offered")
        keep_limits.count(tx, means, offer, over=over_limit)
        changes = _say_yes(tx, means, offer, way)
        tx.save_intentcast(replace(want, state=IntentcastState.ORDERED))
        changes |= Changes.of(("relationship", offer.relationship), ("intentcast", want.id))
        if not decline_others:
            return changes
        return changes | _decline_others(tx, means, offer) | let_all_go(tx, means, want.id)

    return await means.vault.write(change)


def _say_yes(tx: Transaction, means: Means, offer: Offer, payment: str) -> Changes:
    if offer.way is not Way.NATIVE:
        return outside(offer.way).accept(tx, means, offer, _order_plan(tx, means, offer), payment)
    relationship = _ready(tx, offer, Kind.ACCEPT)
    hold(tx, means, relationship.id, acts.Accept(offer=offer.id, plan=_order_plan(tx, means, offer), payment=payment))
    return Changes()


def _decline_others(tx: Transaction, means: Means, chosen: Offer) -> Changes:
    changes = Changes()
    for other in tx.offers(intentcast=chosen.intentcast):
        if other.id == chosen.id or not other.live_at(means.clock.now()):
            continue
        if other.way is not Way.NATIVE:
            changes |= _let_be(tx, other)
            continue
        try:
            relationship = _ready(tx, other, Kind.DECLINE)
        except NotPossibleNow:
            continue
        hold(tx, means, relationship.id, acts.Decline(offer=other.id, reason=acts.DeclineReason.OTHER_VENDOR))
        changes |= Changes.of(("relationship", relationship.id))
    return changes


def _let_be(tx: Transaction, offer: Offer) -> Changes:
    """Put aside an offer that came by another way than our own wire: by itself, nothing is said to anybody."""
    tx.set_offer_state(offer.id, OfferState.DECLINED)
    return Changes.of(("relationship", offer.relationship), ("intentcast", offer.intentcast))


async def counter(means: Means, key: MessageId, price: Money, note: str = "") -> Changes:
    """Propose another all-in total for an offer.

    Raises:
        NotFound, OfferGone, NotPossibleNow: as for `accept`, or another currency, or a note that is too long.
    """

    def change(tx: Transaction) -> Changes:
        offer = _live(tx, means, key)
        if offer.way is not Way.NATIVE:
            raise NotPossibleNow("a counter by this way is the person's own letter")
        relationship = _ready(tx, offer, Kind.COUNTER)
        if offer.price is None or offer.price.currency != price.currency or price.minor < 0:
            raise NotPossibleNow("another currency")
        if len(note) > NOTE_LENGTH:
            raise NotPossibleNow("a note has up to 4,000 characters")
        hold(tx, means, relationship.id, acts.Counter(offer=key, price=price, note=note))
        return Changes.of(("relationship", relationship.id))

    return await means.vault.write(change)


async def decline(means: Means, key: MessageId, reason: acts.DeclineReason) -> Changes:
    """Decline an offer, with a reason that lets the vendor learn.

    Raises:
        NotFound, OfferGone, NotPossibleNow: as for `accept`.
    """

    def change(tx: Transaction) -> Changes:
        offer = _live(tx, means, key)
        if offer.way is not Way.NATIVE:
            return _let_be(tx, offer)
        relationship = _ready(tx, offer, Kind.DECLINE)
        hold(tx, means, relationship.id, acts.Decline(offer=key, reason=reason))
        return Changes.of(("relationship", relationship.id))

    return await means.vault.write(change)


async def order(means: Means, key: RelationshipId) -> OrderRecord:
    """The order of a relationship, with how to pay it once the vendor has confirmed.

    Raises:
        NotFound: nothing was ordered.
    """
    found = await means.vault.read(lambda tx: tx.order(key))
    if found is None:
        raise NotFound(key)
    return found


async def paid(means: Means, key: RelationshipId) -> Changes:
    """Tell the vendor that the order was paid.

    Raises:
        NotFound: nothing was ordered. NotPossibleNow: it is not confirmed, has no price, was paid already,
        or nothing can be said any more.
    """

    return await means.vault.write(lambda tx: tell_paid(tx, means, key))


def _offer(tx: Transaction, key: MessageId) -> Offer:
    found = tx.offer(key)
    if found is None:
        raise NotFound(key)
    return found


def _live(tx: Transaction, means: Means, key: MessageId) -> Offer:
    offer = _offer(tx, key)
    now = means.clock.now()
    want = tx.intentcast(offer.intentcast)
    if want is None or want.seals_offers(now.date()):
        raise NotPossibleNow("the offers are still sealed")
    if not offer.live_at(now):
        raise OfferGone(key)
    return offer


def _ready(tx: Transaction, offer: Offer, kind: Kind) -> Relationship:
    relationship = tx.relationship(offer.relationship)
    if relationship is None:
        raise NotFound(offer.relationship)
    if kind not in sayable(tx, relationship):
        raise NotPossibleNow(relationship.conversation.state.value)
    waiting = tx.acts(states=HELD, relationship=relationship.id)
    if any(isinstance(entry.act, acts.Accept | acts.Decline | acts.End) for entry in waiting):
        raise NotPossibleNow("an answer is on its way")
    return relationship


def _order_plan(tx: Transaction, means: Means, offer: Offer) -> VendorPlan:
    """What accepting tells; a quote desk has learnt with its question all that it demands, and gets nothing more."""
    if offer.way is Way.MCP:
        return VendorPlan(vendor=offer.vendor, ping=(), reveal=(), order=(), way=offer.way)
    today = means.clock.today()
    fields = order_fields(tx.profile(), needed_for(offer.fulfilment), today, Purpose.DELIVERY)
    return VendorPlan(vendor=offer.vendor, ping=(), reveal=(), order=fields)
