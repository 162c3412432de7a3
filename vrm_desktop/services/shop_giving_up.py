"""Giving up a try to buy: the shop is told once that it need not keep the cart, and nothing hangs on its answer.

So it is where the person says that she does not buy, where her order elsewhere or her word ends the want, and where a
cart comes after she gave it up. What she took to the shop's own page is hers to decide: she may be paying there.
"""

from dataclasses import replace
from typing import Final

from vrm_desktop.domain.basket import BasketStatus
from vrm_desktop.domain.checkout import OVER, CartEnd, Checkout, CheckoutStep, GivenUp
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.outside import OutsideAct, OutsideKind, OutsideState
from vrm_desktop.domain.relationship import Note
from vrm_desktop.domain.shop import Can, Signed
from vrm_desktop.formats.ucp.members import Object, inner, line, name_of
from vrm_desktop.formats.ucp.saying import messages
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.find_shop import shop_of
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_acts import hold
from vrm_desktop.services.outside_ways import Carried
from vrm_desktop.services.ports import Changes, ChannelError, Transaction
from vrm_desktop.services.ports_outside import ShopAnswer
from vrm_desktop.services.shop_calls import act_of, call_of, cancel_of, ready_shop, shops_of
from vrm_desktop.services.shop_tries import CANCELS, acts_of, as_it_is, changed, try_of, want_of

_NEEDS: Final = {CheckoutStep.CHECKOUT: Can.CHECKOUT, CheckoutStep.CART: Can.CART}
_AT_HAND: Final = frozenset({CheckoutStep.LOOK_UP, CheckoutStep.CART, CheckoutStep.CHECKOUT})
_CANCELED: Final = frozenset({"canceled", "cancelled"})


async def give_up(means: Means, key: str) -> Checkout:
    """Give one try up. What has not left stays here; what the shop keeps for it is cancelled there.

    Raises:
        NotFound: no such try. NotPossibleNow: it is over.
    """

    def change(tx: Transaction) -> Checkout:
        found = try_of(tx, key)
        if found.step in OVER:
            raise NotPossibleNow(found.step.value)
        return as_it_is(tx, let_go(tx, means, found))

    return await means.vault.write(change)


def let_go(tx: Transaction, means: Means, found: Checkout) -> Checkout:
    """The same inside of a transaction, for a try that is not over."""
    for act in acts_of(tx, found):
        if act.state is OutsideState.WAITING and not act.kind.is_courtesy:
            tx.keep_paper(act.now(OutsideState.UNDONE))
    ended = replace(found, step=CheckoutStep.NOT_BOUGHT, ended=means.clock.now(), stops=())
    return _tell(tx, means, ended)


def let_all_go(tx: Transaction, means: Means, want: IntentcastId) -> Changes:
    """Give up every try for a want that is over, but for those that the person took to a shop's own page."""
    changes = Changes()
    for found in tx.papers(Checkout):
        if found.intentcast == want and found.step in _AT_HAND:
            changes |= changed(let_go(tx, means, as_it_is(tx, found)))
    return changes


def came_late(tx: Transaction, means: Means, found: Checkout, kind: OutsideKind, answer: ShopAnswer) -> Changes:
    """A cart or checkout that the shop made after the try was given up: it is cancelled at once."""
    key = "" if answer.refused else name_of(answer.told, "id")
    match kind:
        case OutsideKind.CART:
            found = replace(found, cart=key)
        case OutsideKind.CHECKOUT:
            found = replace(found, session=key)
        case _:
            return changed(found)
    return changed(_tell(tx, means, found))


async def carry(means: Means, act: OutsideAct) -> Carried:
    """Tell the shop. Raises `ChannelError`."""
    _, call, signer = await call_of(means, act)
    try:
        answer = await shops_of(means).call(call, signer)
    except ChannelError as error:
        # What is not there is the place to cancel at: the shop may well be.
        code = "shop-cannot" if error.code == "shop-gone" else error.code
        raise ChannelError(code, str(error), may_have_arrived=error.may_have_arrived, final=True) from error

    def settle(tx: Transaction) -> Changes:
        found = tx.paper(Checkout, act.serves)
        if found is None:
            return Changes()
        how = CartEnd.CONFIRMED if _confirms(answer, call.of, act.kind) else CartEnd.UNCONFIRMED
        ends = (replace(one, end=how) if CANCELS[one.step] is act.kind else one for one in found.given_up)
        said = replace(found, given_up=tuple(ends), messages=messages(answer.told), signed=answer.signed)
        tx.keep_paper(said)
        note = Note(
            relationship=found.relationship,
            at=means.clock.now(),
            sender=Side.VENDOR,
            kind=f"cart-{how.value}",
            text=found.title,
        )
        tx.add_note(note)
        return changed(said)

    return Carried(answered=answer.text, settle=settle, status=answer.status)


def _confirms(answer: ShopAnswer, key: str, kind: OutsideKind) -> bool:
    """A cart has no status: that the shop still speaks of the very same one is its yes."""
    told: Object = answer.told
    if answer.refused or answer.signed is Signed.WRONG or line(inner(told, "ucp"), "status") == "error":
        return False
    same = name_of(told, "id") == key
    return same and (kind is OutsideKind.CANCEL_CART or line(told, "status") in _CANCELED)


def _tell(tx: Transaction, means: Means, ended: Checkout) -> Checkout:
    """Put on its way what the shop has to know, the checkout first; each once."""
    made = {CheckoutStep.CHECKOUT: ended.session, CheckoutStep.CART: ended.cart}
    over = {one.step for one in ended.given_up} | (set(made) if _is_gone(ended, means) else set())
    now = (_told(tx, means, ended, step, made[step]) for step in CANCELS if made[step] and step not in over)
    kept = replace(ended, given_up=(*ended.given_up, *now))
    tx.keep_paper(kept)
    return kept


def _is_gone(ended: Checkout, means: Means) -> bool:
    """Whether the shop has ended it, or let it lapse, by its own word."""
    basket = ended.basket
    if basket is None:
        return False
    return basket.status is BasketStatus.CANCELED or (
        basket.expires is not None and basket.expires <= means.clock.now()
    )


def _told(tx: Transaction, means: Means, ended: Checkout, step: CheckoutStep, key: str) -> GivenUp:
    kind = CANCELS[step]
    try:
        shop, want = ready_shop(tx, shop_of(tx, ended.vendor), _NEEDS[step]), want_of(tx, ended)
        written = cancel_of(tx, shop, want, kind, key, known=ended.known)
        now = means.clock.now()
        act = act_of(means, ended.relationship, shop, kind, written, want, now, serves=ended.id, known=ended.known)
        hold(tx, act)
    except (NotFound, NotPossibleNow) as error:
        return GivenUp(step=step, end=CartEnd.UNTOLD, trouble=error.code)
    return GivenUp(step=step, end=CartEnd.WAITING)
