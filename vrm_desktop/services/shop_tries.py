"""Tries to buy at shops as they stand: what is on its way, and what failed, is known from the outbox alone.

Never here: going on with one (shop_cart), and giving one up (shop_giving_up).
"""

from dataclasses import replace
from typing import Final

from vrm_desktop.domain.checkout import CartEnd, Checkout, CheckoutStep, GivenUp
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.outside import OutsideAct, OutsideKind, OutsideState
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.outside_acts import OPEN
from vrm_desktop.services.ports import Changes, Transaction

CANCELS: Final = {
    CheckoutStep.CHECKOUT: OutsideKind.CANCEL_CHECKOUT,
    CheckoutStep.CART: OutsideKind.CANCEL_CART,
}
"""The act that takes back what was made in this step; the last that was made comes first."""


def try_of(tx: Transaction, key: str) -> Checkout:
    """One try. Raises NotFound."""
    found = tx.paper(Checkout, key)
    if found is None:
        raise NotFound(key)
    return as_it_is(tx, found)


def as_it_is(tx: Transaction, found: Checkout) -> Checkout:
    """The try with what became of its acts: one may have failed, been interrupted or taken back."""
    acts = acts_of(tx, found)
    steps = [act for act in acts if not act.kind.is_courtesy]
    last = steps[-1] if steps else None
    return replace(
        found,
        asking=last is not None and last.state in OPEN,
        trouble=last.trouble if last else "",
        given_up=tuple(_end(one, acts) for one in found.given_up),
    )


def acts_of(tx: Transaction, found: Checkout) -> tuple[OutsideAct, ...]:
    """Everything that was put on its way for it, in the order of making."""
    return tuple(act for act in tx.papers(OutsideAct, relationship=found.relationship) if act.serves == found.id)


def _end(one: GivenUp, acts: tuple[OutsideAct, ...]) -> GivenUp:
    act = next((act for act in acts if act.kind is CANCELS[one.step]), None)
    if act is None or act.state is OutsideState.DONE:
        return one
    if act.state in OPEN:
        return replace(one, end=CartEnd.WAITING)
    return replace(one, end=CartEnd.UNTOLD, trouble=act.trouble)


def want_of(tx: Transaction, found: Checkout) -> Intentcast:
    """The want that it serves. Raises NotFound."""
    want = tx.intentcast(found.intentcast)
    if want is None:
        raise NotFound(found.intentcast)
    return want


def changed(found: Checkout) -> Changes:
    """What a try changes wherever it is shown."""
    return Changes.of(("checkout", found.id), ("relationship", found.relationship), ("intentcast", found.intentcast))
