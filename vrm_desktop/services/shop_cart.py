"""From an entry of a shop's price list to the shop's own checkout page, one step after the other, and what came of it.

The price is looked up again before a cart is made, and every cart is judged before anything follows. At each stop the
person decides. Paying happens in the shop's pages, in the person's browser. Never here: opening it, and completing a
checkout: no payment ever leaves from here.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.basket import Basket, BasketStatus
from vrm_desktop.domain.checkout import (
    Checkout,
    CheckoutStep,
    Stop,
    StopKind,
    stops_at_basket,
    stops_at_price,
)
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.outside import OutsideAct, OutsideKind
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.domain.shop import Can, CataloguePage, Shop
from vrm_desktop.domain.ways import Way
from vrm_desktop.formats.errors import NotAShopAnswer
from vrm_desktop.formats.ucp.basket import basket_from
from vrm_desktop.formats.ucp.catalogue import catalogue_from
from vrm_desktop.formats.ucp.members import exact_link, inner, line
from vrm_desktop.formats.ucp.orders import order_from
from vrm_desktop.formats.ucp.saying import messages
from vrm_desktop.formats.ucp.writing import writer
from vrm_desktop.formats.web_address import same_owner
from vrm_desktop.formats.web_domains import host_of
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.find_shop import shop_of
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_acts import OPEN, hold
from vrm_desktop.services.outside_ways import Carried
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.ports_outside import ShopAnswer
from vrm_desktop.services.shop_calls import (
    Written,
    act_of,
    call_of,
    cart_of,
    checkout_of,
    look_up_of,
    order_of,
    ready_shop,
    shops_of,
)

ASKED_AFTER: Final = timedelta(days=1)
"""How long after the hand-over the person is asked what came of it."""


async def begin_cart(means: Means, hit: str, quantity: int = 1) -> Checkout:
    """Begin to buy so many of a thing on a shop's price list: its price is looked up again first.

    The first question waits in the outbox of its relationship.

    Raises:
        NotFound: no such entry, or its want is gone.
        NotPossibleNow: `shop-…`, see `ready_shop`; the entry is a page's, or a range of prices.
    """

    def change(tx: Transaction) -> Checkout:
        price = tx.paper(PublicPrice, hit)
        if price is None or price.vendor is None or price.relationship is None:
            raise NotFound(hit)
        if price.way is not Way.UCP or not price.item or price.high is not None:
            raise NotPossibleNow("shop-not-one-thing")
        shop = ready_shop(tx, shop_of(tx, price.vendor), Can.CHECKOUT)
        checkout = Checkout(
            id=means.new_id("checkout"),
            vendor=price.vendor,
            relationship=price.relationship,
            intentcast=price.intentcast,
            at=means.clock.now(),
            hit=price.id,
            item=price.item,
            title=price.title,
            price=price.low,
            quantity=quantity,
        )
        looks_up = shop.can(Can.LOOK_UP) and Can.LOOK_UP in writer(shop.speaks).speaks_of
        step = CheckoutStep.LOOK_UP if looks_up else _first_step(shop)
        return _ask(tx, means, checkout, shop, step)

    return await means.vault.write(change)


async def checkouts(means: Means) -> tuple[Checkout, ...]:
    """Every try to buy, the newest first."""
    return await means.vault.read(
        lambda tx: tuple(
            _as_it_is(tx, one) for one in sorted(tx.papers(Checkout), key=lambda one: (one.at, one.id), reverse=True)
        )
    )


async def checkout(means: Means, key: str) -> Checkout:
    """One of them.

    Raises:
        NotFound: there is none of this id.
    """
    return await means.vault.read(lambda tx: _checkout(tx, key))


async def go_on(means: Means, key: str) -> Checkout:
    """The person's yes to every open stop; what was to come next is asked of the shop.

    Raises:
        NotFound: no such try. NotPossibleNow: a stop that no yes gets past, or it is on its way, or over.
    """

    def change(tx: Transaction) -> Checkout:
        found = _checkout(tx, key)
        if not found.may_go_on or not found.stops:
            raise NotPossibleNow("no stop to get past")
        past = found.past_stops()
        if past.step is CheckoutStep.LOOK_UP:
            shop = _shop(tx, past)
            return _ask(tx, means, past, shop, _first_step(shop))
        tx.keep_paper(past)
        return past

    return await means.vault.write(change)


async def to_checkout(means: Means, key: str) -> Checkout:
    """Make the shop's checkout of a cart that stands.

    Raises:
        NotFound: no such try. NotPossibleNow: there is an open stop, or no cart.
    """

    def change(tx: Transaction) -> Checkout:
        found = _checkout(tx, key)
        if found.asking or found.stops or found.step is not CheckoutStep.CART:
            raise NotPossibleNow("no cart without open stops")
        return _ask(tx, means, found, _shop(tx, found), CheckoutStep.CHECKOUT)

    return await means.vault.write(change)


async def hand_over(means: Means, key: str) -> str:
    """The link to the shop's own page, for the person's browser; from now on the outcome is asked for.

    Raises:
        NotFound: no such try. NotPossibleNow: there is an open stop, or no link.
    """

    def change(tx: Transaction) -> str:
        found = _checkout(tx, key)
        ready = found.step in {CheckoutStep.CHECKOUT, CheckoutStep.HANDED_OVER}
        if found.asking or found.stops or not ready or not found.link:
            raise NotPossibleNow("no link without open stops")
        tx.keep_paper(replace(found, step=CheckoutStep.HANDED_OVER))
        tx.put_agenda(
            AgendaItem(
                kind=AgendaKind.PAYMENT_OUTCOME,
                due=means.clock.today() + ASKED_AFTER,
                key=found.id,
                relationship=found.relationship,
                vendor=found.vendor,
                intentcast=found.intentcast,
                text=found.title,
            )
        )
        return found.link

    return await means.vault.write(change)


async def outcome(means: Means, key: str, *, bought: bool, order: str = "") -> Changes:
    """What came of it, by the person's word; `order` is the shop's id for the order, where the person has it.

    Raises:
        NotFound: no such try. NotPossibleNow: something of it is on its way.
    """

    def change(tx: Transaction) -> Changes:
        found = _checkout(tx, key)
        if found.asking:
            raise NotPossibleNow("on its way")
        step = CheckoutStep.BOUGHT if bought else CheckoutStep.NOT_BOUGHT
        ended = replace(found, step=step, ended=means.clock.now(), order_id=order.strip() or found.order_id)
        tx.keep_paper(ended)
        return _changed(ended)

    return await means.vault.write(change)


async def ask_order(means: Means, key: str) -> Checkout:
    """Ask the shop how the order stands.

    Raises:
        NotFound: no such try. NotPossibleNow: no order is known of it, or the shop does not tell of orders.
    """

    def change(tx: Transaction) -> Checkout:
        found = _checkout(tx, key)
        if found.asking or not found.order_id:
            raise NotPossibleNow("no order is known")
        shop = ready_shop(tx, shop_of(tx, found.vendor), Can.ORDER)
        want = _want(tx, found)
        return _hold(tx, means, found, shop, OutsideKind.ORDER_LOOK, order_of(tx, shop, want, found.order_id))

    return await means.vault.write(change)


async def carry(means: Means, act: OutsideAct) -> Carried:
    """Carry out one step. Raises `ChannelError`."""
    _, call, signer = await call_of(means, act)
    answer = await shops_of(means).call(call, signer)
    return Carried(answered=answer.text, settle=_settling(means, act, answer), status=answer.status)


def _settling(means: Means, act: OutsideAct, answer: ShopAnswer) -> Callable[[Transaction], Changes]:
    def settle(tx: Transaction) -> Changes:
        found = tx.paper(Checkout, act.serves)
        if found is None:
            return Changes()
        calm = replace(found, asking=False, messages=messages(answer.told))
        if answer.refused or line(inner(answer.told, "ucp"), "status") == "error":
            return _stopped(tx, calm, (Stop(kind=StopKind.REFUSED),))
        try:
            return _settled(tx, means, calm, act.kind, answer)
        except (NotAShopAnswer, NotFound, NotPossibleNow):
            return _stopped(tx, calm, (Stop(kind=StopKind.REFUSED),))

    return settle


def _settled(tx: Transaction, means: Means, found: Checkout, kind: OutsideKind, answer: ShopAnswer) -> Changes:
    shop = _shop(tx, found)
    if kind is OutsideKind.LOOK_UP:
        stops = stops_at_price(found, _price_now(catalogue_from(answer.told), found))
        if stops:
            return _stopped(tx, found, stops)
        return _changed(_ask(tx, means, found, shop, _first_step(shop)))
    if kind is OutsideKind.ORDER_LOOK:
        told = order_from(answer.told, edition=shop.speaks)
        kept = replace(found, order=told)
        tx.keep_paper(kept)
        return _changed(kept)
    basket = basket_from(answer.told, edition=shop.speaks)
    cap = _want(tx, found).price_cap
    now = _with_basket(found, kind, basket, exact_link(answer.told, "continue_url"))
    return _stopped(tx, now, (*stops_at_basket(now, basket, cap), *_at_link(now, shop)))


def _with_basket(found: Checkout, kind: OutsideKind, basket: Basket, link: str) -> Checkout:
    if kind is OutsideKind.CART:
        return replace(found, step=CheckoutStep.CART, basket=basket, cart=basket.id)
    ended = basket.status is BasketStatus.COMPLETED
    step = CheckoutStep.BOUGHT if ended else CheckoutStep.CHECKOUT
    return replace(
        found,
        step=step,
        basket=basket,
        session=basket.id,
        link=link,
        order_id=basket.order or found.order_id,
    )


def _at_link(found: Checkout, shop: Shop) -> tuple[Stop, ...]:
    """A checkout leads on to a protected page of the shop's own; anything else stops."""
    if found.step is not CheckoutStep.CHECKOUT:
        return ()
    if not found.link:
        return (Stop(kind=StopKind.NO_LINK),)
    protected = found.link.startswith("https://") or shop.domain.startswith("http://")
    if not protected or not same_owner(found.link, shop.domain):
        return (Stop(kind=StopKind.LINK_ELSEWHERE, what=host_of(found.link)),)
    return ()


def _price_now(page: CataloguePage, found: Checkout) -> Money | None:
    same = [one for one in page.items if one.id == found.item]
    return same[0].low if same and same[0].high is None else None


def _first_step(shop: Shop) -> CheckoutStep:
    """A cart, where the shop has carts; else its checkout at once."""
    has_carts = shop.can(Can.CART) and Can.CART in writer(shop.speaks).speaks_of
    return CheckoutStep.CART if has_carts else CheckoutStep.CHECKOUT


_KINDS = {
    CheckoutStep.LOOK_UP: OutsideKind.LOOK_UP,
    CheckoutStep.CART: OutsideKind.CART,
    CheckoutStep.CHECKOUT: OutsideKind.CHECKOUT,
}


def _ask(tx: Transaction, means: Means, found: Checkout, shop: Shop, step: CheckoutStep) -> Checkout:
    """Put the next question on its way."""
    want = _want(tx, found)
    match step:
        case CheckoutStep.LOOK_UP:
            written = look_up_of(tx, shop, want, found.item)
        case CheckoutStep.CART:
            written = cart_of(tx, shop, want, found.item, found.quantity)
        case _:
            written = checkout_of(tx, shop, want, found.item, found.quantity, found.cart)
    return _hold(tx, means, found, shop, _KINDS[step], written)


def _hold(tx: Transaction, means: Means, found: Checkout, shop: Shop, kind: OutsideKind, written: Written) -> Checkout:
    asking = replace(found, asking=True)
    tx.keep_paper(asking)
    want, now = _want(tx, found), means.clock.now()
    hold(tx, act_of(means, found.relationship, shop, kind, written, want, now, serves=found.id))
    return asking


def _stopped(tx: Transaction, found: Checkout, stops: tuple[Stop, ...]) -> Changes:
    now = found.stopped(stops)
    tx.keep_paper(now)
    return _changed(now)


def _checkout(tx: Transaction, key: str) -> Checkout:
    found = tx.paper(Checkout, key)
    if found is None:
        raise NotFound(key)
    return _as_it_is(tx, found)


def _as_it_is(tx: Transaction, found: Checkout) -> Checkout:
    """What is on its way is known from the outbox alone: an act may have failed, been interrupted or taken back."""
    acts = [act for act in tx.papers(OutsideAct, relationship=found.relationship) if act.serves == found.id]
    last = acts[-1] if acts else None
    return replace(found, asking=last is not None and last.state in OPEN, trouble=last.trouble if last else "")


def _shop(tx: Transaction, found: Checkout) -> Shop:
    return ready_shop(tx, shop_of(tx, found.vendor), Can.CHECKOUT)


def _want(tx: Transaction, found: Checkout) -> Intentcast:
    want = tx.intentcast(found.intentcast)
    if want is None:
        raise NotFound(found.intentcast)
    return want


def _changed(found: Checkout) -> Changes:
    return Changes.of(("checkout", found.id), ("relationship", found.relationship), ("intentcast", found.intentcast))
