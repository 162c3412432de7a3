"""From an entry of a shop's price list to the shop's own checkout page, one step after the other, and what came of it.

The price is looked up again before a cart is made, and every cart is judged before anything follows. At each stop the
person decides. Paying happens in the shop's pages, in the person's browser. Never here: opening it, and completing a
checkout: no payment ever leaves from here.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

from vrm_desktop.canon import hashes
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
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.outside import OutsideAct, OutsideKind
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.domain.shop import Can, CataloguePage, Shop, Signed
from vrm_desktop.domain.shop_search import ShopSearch
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
from vrm_desktop.services.outside_acts import hold
from vrm_desktop.services.outside_ways import Carried
from vrm_desktop.services.page_key import choice_for_one, signs_with
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
from vrm_desktop.services.shop_giving_up import came_late, let_go
from vrm_desktop.services.shop_tries import acts_of, as_it_is, changed, try_of, want_of

ASKED_AFTER: Final = timedelta(days=1)
"""How long after the hand-over the person is asked what came of it."""


async def begin_cart(means: Means, hit: str, quantity: int = 1, *, known: bool | None = None) -> Checkout:
    """Begin to buy so many of a thing on a shop's price list: its price is looked up again first.

    The first question waits in the outbox of its relationship, but where the list's own signature was wrong: then the
    person says first whether it is asked at all. `known`: whether she is known by this try, whatever is set.

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
            asking=False,
            known=choice_for_one(tx, known),
        )
        signs_with(tx, checkout.known)
        search = tx.paper(ShopSearch, f"{price.vendor}-{price.intentcast}")
        if search is not None and search.signed is Signed.WRONG:
            wrong = Stop(kind=StopKind.SIGNATURE, what=search.at.isoformat())
            stopped = replace(checkout, signed=Signed.WRONG).stopped((wrong,))
            tx.keep_paper(stopped)
            return stopped
        return _ask(tx, means, checkout, shop, _opening(shop))

    return await means.vault.write(change)


async def checkouts(means: Means) -> tuple[Checkout, ...]:
    """Every try to buy, the newest first."""
    return await means.vault.read(
        lambda tx: tuple(
            as_it_is(tx, one) for one in sorted(tx.papers(Checkout), key=lambda one: (one.at, one.id), reverse=True)
        )
    )


async def checkout(means: Means, key: str) -> Checkout:
    """One of them.

    Raises:
        NotFound: there is none of this id.
    """
    return await means.vault.read(lambda tx: try_of(tx, key))


async def go_on(means: Means, key: str) -> Checkout:
    """The person's yes to every open stop; what was to come next is asked of the shop.

    Raises:
        NotFound: no such try. NotPossibleNow: a stop that no yes gets past, or it is on its way, or over.
    """

    def change(tx: Transaction) -> Checkout:
        found = try_of(tx, key)
        if not found.may_go_on or not found.stops:
            raise NotPossibleNow("no stop to get past")
        past = found.past_stops()
        if past.step is CheckoutStep.LOOK_UP:
            shop = _shop(tx, past)
            return _ask(tx, means, past, shop, _first_step(shop) if acts_of(tx, past) else _opening(shop))
        tx.keep_paper(past)
        return past

    return await means.vault.write(change)


async def to_checkout(means: Means, key: str) -> Checkout:
    """Make the shop's checkout of a cart that stands.

    Raises:
        NotFound: no such try. NotPossibleNow: there is an open stop, or no cart.
    """

    def change(tx: Transaction) -> Checkout:
        found = try_of(tx, key)
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
        found = try_of(tx, key)
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

    What she did not buy, the shop is told once (shop_giving_up).

    Raises:
        NotFound: no such try. NotPossibleNow: something of it is on its way.
    """

    def change(tx: Transaction) -> Changes:
        found = try_of(tx, key)
        if found.asking:
            raise NotPossibleNow("on its way")
        if not bought and found.step is not CheckoutStep.NOT_BOUGHT:
            return changed(let_go(tx, means, found))
        step = CheckoutStep.BOUGHT if bought else CheckoutStep.NOT_BOUGHT
        ended = replace(found, step=step, stops=(), ended=means.clock.now(), order_id=order.strip() or found.order_id)
        tx.keep_paper(ended)
        return changed(ended)

    return await means.vault.write(change)


async def ask_order(means: Means, key: str) -> Checkout:
    """Ask the shop how the order stands.

    Raises:
        NotFound: no such try. NotPossibleNow: no order is known of it, or the shop does not tell of orders.
    """

    def change(tx: Transaction) -> Checkout:
        found = try_of(tx, key)
        if found.asking or not found.order_id:
            raise NotPossibleNow("no order is known")
        shop = ready_shop(tx, shop_of(tx, found.vendor), Can.ORDER)
        written = order_of(tx, shop, want_of(tx, found), found.order_id, known=found.known)
        return _hold(tx, means, found, shop, OutsideKind.ORDER_LOOK, written)

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
        calm = replace(found, asking=False, messages=messages(answer.told), signed=answer.signed)
        if found.step is CheckoutStep.NOT_BOUGHT:
            return came_late(tx, means, calm, act.kind, answer)
        wrong = _at_signature(answer)
        if answer.refused or line(inner(answer.told, "ucp"), "status") == "error":
            return _stopped(tx, calm, (*wrong, Stop(kind=StopKind.REFUSED)))
        try:
            return _settled(tx, means, calm, act.kind, answer, wrong)
        except (NotAShopAnswer, NotFound, NotPossibleNow):
            return _stopped(tx, calm, (*wrong, Stop(kind=StopKind.REFUSED)))

    return settle


def _at_signature(answer: ShopAnswer) -> tuple[Stop, ...]:
    """A yes to one answer with a wrong signature is none to the next."""
    if answer.signed is not Signed.WRONG:
        return ()
    return (Stop(kind=StopKind.SIGNATURE, what=hashes.digest(answer.text.encode())),)


def _settled(
    tx: Transaction, means: Means, found: Checkout, kind: OutsideKind, answer: ShopAnswer, wrong: tuple[Stop, ...]
) -> Changes:
    shop = _shop(tx, found)
    if kind is OutsideKind.LOOK_UP:
        stops = (*wrong, *stops_at_price(found, _price_now(catalogue_from(answer.told), found)))
        if stops:
            return _stopped(tx, found, stops)
        return changed(_ask(tx, means, found, shop, _first_step(shop)))
    if kind is OutsideKind.ORDER_LOOK:
        told = order_from(answer.told, edition=shop.speaks)
        kept = replace(found, order=told)
        tx.keep_paper(kept)
        return changed(kept)
    basket = basket_from(answer.told, edition=shop.speaks)
    cap = want_of(tx, found).price_cap
    now = _with_basket(found, kind, basket, exact_link(answer.told, "continue_url"))
    return _stopped(tx, now, (*wrong, *stops_at_basket(now, basket, cap), *_at_link(now, shop)))


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


def _opening(shop: Shop) -> CheckoutStep:
    """A look at the price, where the shop lets its list be looked up."""
    looks_up = shop.can(Can.LOOK_UP) and Can.LOOK_UP in writer(shop.speaks).speaks_of
    return CheckoutStep.LOOK_UP if looks_up else _first_step(shop)


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
    want = want_of(tx, found)
    match step:
        case CheckoutStep.LOOK_UP:
            written = look_up_of(tx, shop, want, found.item, known=found.known)
        case CheckoutStep.CART:
            written = cart_of(tx, shop, want, found.item, found.quantity, known=found.known)
        case _:
            written = checkout_of(tx, shop, want, found.item, found.quantity, found.cart, known=found.known)
    return _hold(tx, means, found, shop, _KINDS[step], written)


def _hold(tx: Transaction, means: Means, found: Checkout, shop: Shop, kind: OutsideKind, written: Written) -> Checkout:
    asking = replace(found, asking=True)
    tx.keep_paper(asking)
    want, now = want_of(tx, found), means.clock.now()
    hold(tx, act_of(means, found.relationship, shop, kind, written, want, now, serves=found.id, known=found.known))
    return asking


def _stopped(tx: Transaction, found: Checkout, stops: tuple[Stop, ...]) -> Changes:
    now = found.stopped(stops)
    tx.keep_paper(now)
    return changed(now)


def _shop(tx: Transaction, found: Checkout) -> Shop:
    return ready_shop(tx, shop_of(tx, found.vendor), Can.CHECKOUT)
