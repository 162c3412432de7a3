"""One try to buy one thing at a shop, from the look at its price to what came of it. The person decides at each stop.

A stop is something that does not fit what the person was shown; nothing goes on past it without the person's yes.
Never here: asking the shop (services/shop_cart), and adding up (domain/basket).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from vrm_desktop.domain.basket import Basket, BasketStatus, SumDifference, differences
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import IntentcastId, RelationshipId, VendorId
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.shop import ShopMessage, Signed
from vrm_desktop.domain.shop_order import ShopOrder

MOST = 999


class CheckoutStep(StrEnum):
    """How far it has come. `ASKED`: the next thing is on its way to the shop."""

    LOOK_UP = "look-up"
    CART = "cart"
    CHECKOUT = "checkout"
    HANDED_OVER = "handed-over"
    BOUGHT = "bought"
    NOT_BOUGHT = "not-bought"


OVER = frozenset({CheckoutStep.BOUGHT, CheckoutStep.NOT_BOUGHT})


class CartEnd(StrEnum):
    """What became of telling a shop that a cart of its is not wanted any more.

    `CONFIRMED`: it is cancelled, by the shop's word; `UNCONFIRMED`: the shop answered, and does not say so; `UNTOLD`:
    the shop could not be told.
    """

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    UNCONFIRMED = "unconfirmed"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class GivenUp:
    """A cart or checkout (`step`) that the shop is told not to keep, and what went wrong with it (a code, or "")."""

    step: CheckoutStep
    end: CartEnd
    trouble: str = ""


class StopKind(StrEnum):
    """Why it does not go on by itself."""

    GONE = "gone"
    PRICE_CHANGED = "price-changed"
    OTHER_CURRENCY = "other-currency"
    OTHER_THINGS = "other-things"
    SUMS = "sums"
    ABOVE_CAP = "above-cap"
    LINK_ELSEWHERE = "link-elsewhere"
    NO_LINK = "no-link"
    REFUSED = "refused"
    SIGNATURE = "signature"
    CANCELED = "canceled"


FINAL = frozenset({StopKind.GONE, StopKind.OTHER_CURRENCY, StopKind.NO_LINK, StopKind.REFUSED, StopKind.CANCELED})
"""What no yes of the person's gets past."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Stop:
    """One stop: what was `expected` and what the shop `told`, where these are amounts; `what` says it otherwise."""

    kind: StopKind
    expected: Money | None = None
    told: Money | None = None
    what: str = ""
    sums: tuple[SumDifference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Checkout:
    """One try. `hit` is the entry of the price list that it began with, `price` what each costs as the person knows.

    `asking`: something is on its way; `trouble` is the code of what went wrong with it last. `stops` are open, `passed`
    those that the person said yes to. `basket` is what the shop told last, `cart` and `session` are its ids for them,
    `link` is where it leads on. `order` is what it told of the order afterwards. `signed` is what the signature of its
    last answer is worth. `known` is whether the person is known by all of this try (None: as it is set). `given_up`
    is what the shop was told, once she gave it up.
    """

    id: str
    vendor: VendorId
    relationship: RelationshipId
    intentcast: IntentcastId
    at: datetime
    hit: str
    item: str
    title: str
    price: Money
    quantity: int
    step: CheckoutStep = CheckoutStep.LOOK_UP
    asking: bool = True
    trouble: str = ""
    stops: tuple[Stop, ...] = ()
    passed: tuple[Stop, ...] = ()
    basket: Basket | None = None
    cart: str = ""
    session: str = ""
    link: str = ""
    messages: tuple[ShopMessage, ...] = ()
    ended: datetime | None = None
    order_id: str = ""
    order: ShopOrder | None = None
    signed: Signed = Signed.NONE
    known: bool | None = None
    given_up: tuple[GivenUp, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.quantity <= MOST:
            raise InvalidValue("a cart holds 1 to 999 of a thing")

    @property
    def words(self) -> str:
        """What was to be bought."""
        return self.title

    @property
    def may_go_on(self) -> bool:
        """Whether a yes of the person's gets past every stop."""
        return not self.asking and self.step not in OVER and all(stop.kind not in FINAL for stop in self.stops)

    def past_stops(self) -> "Checkout":
        """With the person's yes to every open stop. A changed price is then the one that the person knows."""
        changed = [stop.told for stop in self.stops if stop.kind is StopKind.PRICE_CHANGED and stop.told is not None]
        price = changed[-1] if changed else self.price
        return replace(self, stops=(), passed=(*self.passed, *self.stops), price=price)

    def stopped(self, stops: tuple[Stop, ...]) -> "Checkout":
        """With these stops, less those that the person said yes to already in just this form."""
        return replace(self, stops=tuple(stop for stop in stops if stop not in self.passed))


def stops_at_price(checkout: Checkout, now: Money | None) -> tuple[Stop, ...]:
    """What stops when the shop says that one costs `now` (None: it does not have it any more)."""
    if now is None:
        return (Stop(kind=StopKind.GONE),)
    if now.currency != checkout.price.currency:
        return (Stop(kind=StopKind.OTHER_CURRENCY, expected=checkout.price, told=now),)
    if now != checkout.price:
        return (Stop(kind=StopKind.PRICE_CHANGED, expected=checkout.price, told=now),)
    return ()


def stops_at_basket(checkout: Checkout, basket: Basket, cap: Money | None) -> tuple[Stop, ...]:
    """What stops in a cart or checkout, judged against what the person knows, and against the cap, which stays here."""
    if basket.status is BasketStatus.CANCELED:
        return (Stop(kind=StopKind.CANCELED),)
    if basket.currency != checkout.price.currency:
        return (Stop(kind=StopKind.OTHER_CURRENCY, expected=checkout.price, what=basket.currency),)
    return tuple(_stops(checkout, basket, cap))


def _stops(checkout: Checkout, basket: Basket, cap: Money | None) -> Iterator[Stop]:
    own = [line for line in basket.lines if line.item == checkout.item]
    others = [line for line in basket.lines if line.item != checkout.item and not line.within]
    if others or sum(line.quantity for line in own) != checkout.quantity:
        told = ", ".join(f"{line.quantity} x {line.title}" for line in basket.lines[:10])
        yield Stop(kind=StopKind.OTHER_THINGS, what=told)
    changed = next((line.price for line in own if line.price != checkout.price), None)
    if changed is not None:
        yield Stop(kind=StopKind.PRICE_CHANGED, expected=checkout.price, told=changed)
    sums = differences(basket)
    if sums:
        yield Stop(kind=StopKind.SUMS, sums=sums)
    total = basket.total
    if cap is not None and total is not None and cap.currency == total.currency and cap < total:
        yield Stop(kind=StopKind.ABOVE_CAP, expected=cap, told=total)
