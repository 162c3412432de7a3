"""Telling a vendor over its own wire that the order was paid. Never here: handing a payment over, and where it goes."""

from vrm_desktop.domain import acts
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.domain.relationship import OrderState
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.reachable import sayable

_HELD = frozenset({acts.ActState.HELD})


def tell_paid(tx: Transaction, means: Means, key: RelationshipId) -> Changes:
    """Tell the vendor that the order was paid, inside one transaction.

    Raises:
        NotFound: nothing was ordered. NotPossibleNow: it is not confirmed, has no price, was paid already,
        or nothing can be said any more.
    """
    placed = tx.order(key)
    if placed is None:
        raise NotFound(key)
    if placed.state is OrderState.PLACED or placed.price is None or placed.paid is not None:
        raise NotPossibleNow(placed.state.value)
    relationship = tx.relationship(key)
    if relationship is None or Kind.PAID not in sayable(tx, relationship):
        raise NotPossibleNow("the conversation is over")
    if on_its_way(tx, key):
        raise NotPossibleNow("it is on its way")
    hold(tx, means, key, acts.Paid(amount=placed.price.all_in, method=placed.payment_method))
    return Changes.of(("relationship", key))


def on_its_way(tx: Transaction, key: RelationshipId) -> bool:
    """Whether the vendor is about to be told."""
    return any(isinstance(entry.act, acts.Paid) for entry in tx.acts(states=_HELD, relationship=key))
