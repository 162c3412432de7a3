"""Whether a shop's sums add up, whatever way of counting its edition has; and what a try to buy stops at."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from vrm_desktop.domain.basket import Basket, BasketLine, BasketStatus, BasketTotal, SumKind, differences
from vrm_desktop.domain.checkout import (
    Checkout,
    CheckoutStep,
    Stop,
    StopKind,
    stops_at_basket,
    stops_at_price,
)
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import IntentcastId, RelationshipId, VendorId
from vrm_desktop.domain.money import LARGEST, Money
from vrm_desktop.domain.shop import Can, Edition, Endpoint, Errand, Shop, ShopProfile, Transport
from vrm_desktop.domain.shop_order import OrderEvent, ShopOrder
from vrm_desktop.domain.shop_search import ShopSearch

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def euro(minor: int) -> Money:
    return Money(minor=minor, currency="EUR")


def total(kind: str, minor: int, *parts: int) -> BasketTotal:
    return BasketTotal(kind=kind, amount=euro(minor), parts=tuple(euro(part) for part in parts))


def line(price: int = 100, quantity: int = 2, *totals: BasketTotal, **more: Any) -> BasketLine:
    return BasketLine(item="bike", title="Bike", price=euro(price), quantity=quantity, totals=totals, **more)


def basket(*totals: BasketTotal, lines: tuple[BasketLine, ...] = (line(),), **more: Any) -> Basket:
    known: dict[str, Any] = {"edition": Edition.FOURTH, "status": BasketStatus.CART, "currency": "EUR"}
    return Basket(id="c", lines=lines, totals=totals, **(known | more))


def kinds(found: Basket) -> list[SumKind]:
    return [one.kind for one in differences(found)]


@pytest.mark.parametrize(
    ("edition", "totals"),
    [
        (Edition.FOURTH, (total("subtotal", 200), total("discount", -50), total("tax", 20), total("total", 170))),
        (Edition.THIRD, (total("subtotal", 200), total("com.example.gift", -50), total("total", 150))),
        (Edition.FIRST, (total("subtotal", 200), total("discount", 50), total("fee", 5), total("total", 155))),
        (Edition.SECOND, (total("subtotal", 200), total("items_discount", 50), total("total", 150))),
        (Edition.SECOND, (total("subtotal", 200), total("items_discount", 50), total("total", 200))),
        (Edition.FOURTH, (total("subtotal", 200), total("tax", 20, 5, 15), total("total", 220))),
        (Edition.FOURTH, (total("total", 0),)),
    ],
)
def test_sums_that_add_up_are_no_difference(edition: Edition, totals: tuple[BasketTotal, ...]) -> None:
    assert kinds(basket(*totals, edition=edition)) == []


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        ((total("subtotal", 200), total("total", 201)), [SumKind.TOTAL]),
        ((total("subtotal", 200), total("discount", 50), total("total", 150)), [SumKind.TOTAL]),
        ((total("subtotal", 199), total("total", 199)), [SumKind.SUBTOTAL]),
        ((total("subtotal", 200),), [SumKind.NO_TOTAL]),
        ((total("total", 200), total("total", 1), total("subtotal", 200)), [SumKind.NO_TOTAL]),
        ((total("subtotal", 200), total("tax", 20, 5, 14), total("total", 220)), [SumKind.PARTS]),
    ],
)
def test_sums_that_do_not_add_up_are_told_with_both_numbers(
    totals: tuple[BasketTotal, ...], expected: list[SumKind]
) -> None:
    assert kinds(basket(*totals)) == expected


def test_lines_are_counted_by_price_and_number_but_not_where_they_are_measured() -> None:
    wrong = line(100, 2, total("subtotal", 199))
    (found,) = differences(basket(total("subtotal", 199), total("total", 199), lines=(wrong,)))
    assert (found.kind, found.told, found.counted, found.what) == (SumKind.LINE, euro(199), euro(200), "Bike")
    measured = replace(wrong, plain=False)
    assert kinds(basket(total("subtotal", 199), total("total", 199), lines=(measured,))) == []


def test_lines_of_a_bundle_and_lines_with_discounts_are_counted_either_way() -> None:
    bundle = line(300, 1, total("subtotal", 300))
    part = line(100, 1, total("subtotal", 100), within=True)
    for subtotal in (300, 400):
        assert kinds(basket(total("subtotal", subtotal), total("total", subtotal), lines=(bundle, part))) == []
    cheaper = line(100, 2, total("subtotal", 200), total("items_discount", -20), total("total", 180))
    for subtotal in (200, 180):
        assert kinds(basket(total("subtotal", subtotal), total("total", subtotal), lines=(cheaper,))) == []


def test_what_was_not_read_whole_cannot_be_judged() -> None:
    assert kinds(basket(total("total", 0), cut=True)) == [SumKind.NOT_READ]


def test_sums_beyond_all_amounts_are_no_accident() -> None:
    vast = line(LARGEST, 999, total("subtotal", LARGEST))
    (found,) = differences(basket(total("subtotal", LARGEST), total("total", LARGEST), lines=(vast,)))
    assert (found.kind, found.counted) == (SumKind.LINE, None)


CHECKOUT = Checkout(
    id="x",
    vendor=VendorId("v"),
    relationship=RelationshipId("r"),
    intentcast=IntentcastId("w"),
    at=NOON,
    hit="h",
    item="bike",
    title="Bike",
    price=euro(100),
    quantity=2,
    asking=False,
)
FITS = (total("subtotal", 200), total("total", 200))


def stops(found: Basket, cap: Money | None = None) -> list[StopKind]:
    return [one.kind for one in stops_at_basket(CHECKOUT, found, cap)]


def test_a_cart_that_is_what_was_shown_stops_nothing() -> None:
    assert stops(basket(*FITS), euro(200)) == []
    assert stops(basket(*FITS), Money(minor=1, currency="CHF")) == []


def test_each_thing_that_does_not_fit_is_a_stop() -> None:
    assert stops(basket(*FITS), euro(199)) == [StopKind.ABOVE_CAP]
    assert stops(basket(*FITS, status=BasketStatus.CANCELED)) == [StopKind.CANCELED]
    assert stops(basket(*FITS, currency="CHF")) == [StopKind.OTHER_CURRENCY]
    dearer = basket(total("subtotal", 220), total("total", 220), lines=(line(110),))
    assert stops(dearer) == [StopKind.PRICE_CHANGED]
    more = basket(total("subtotal", 300), total("total", 300), lines=(line(100, 3),))
    assert stops(more) == [StopKind.OTHER_THINGS]
    assert stops(basket(total("subtotal", 200)), euro(1)) == [StopKind.SUMS]


def test_a_price_is_compared_with_the_one_that_the_person_knows() -> None:
    assert stops_at_price(CHECKOUT, euro(100)) == ()
    assert [one.kind for one in stops_at_price(CHECKOUT, None)] == [StopKind.GONE]
    assert [one.kind for one in stops_at_price(CHECKOUT, euro(99))] == [StopKind.PRICE_CHANGED]
    other = Money(minor=100, currency="CHF")
    assert [one.kind for one in stops_at_price(CHECKOUT, other)] == [StopKind.OTHER_CURRENCY]


def test_a_yes_gets_past_what_it_was_said_to_and_a_new_price_is_known_then() -> None:
    changed = Stop(kind=StopKind.PRICE_CHANGED, expected=euro(100), told=euro(110))
    stopped = CHECKOUT.stopped((changed,))
    assert stopped.may_go_on
    past = stopped.past_stops()
    assert (past.stops, past.passed, past.price) == ((), (changed,), euro(110))
    assert past.stopped((changed,)).stops == ()
    sums = Stop(kind=StopKind.SUMS)
    assert past.stopped((sums,)).past_stops().price == euro(110)
    assert not past.stopped((Stop(kind=StopKind.GONE),)).may_go_on
    assert not replace(stopped, asking=True).may_go_on
    assert not replace(stopped, step=CheckoutStep.BOUGHT).may_go_on


def test_a_cart_holds_a_bounded_number_of_things() -> None:
    assert CHECKOUT.words == "Bike"
    for wrong in (0, 1000):
        with pytest.raises(InvalidValue):
            replace(CHECKOUT, quantity=wrong)


def test_a_shop_is_spoken_to_by_plain_calls_where_it_can() -> None:
    tools = Endpoint(transport=Transport.MCP, address="https://shop.example/mcp", edition="2026-08-25")
    plain = replace(tools, transport=Transport.REST)
    known = ShopProfile(
        says="2026-08-25", speaks=Edition.FOURTH, newer=False, endpoints=(tools, plain), abilities=frozenset()
    )
    assert known.endpoint() is plain
    assert replace(known, endpoints=(tools,)).endpoint() is tools
    with pytest.raises(InvalidValue):
        replace(known, endpoints=())


def test_a_shop_has_a_domain_and_an_endpoint() -> None:
    shop = Shop(
        id="s",
        vendor=VendorId("v"),
        at=NOON,
        domain="https://shop.example",
        says="2026-08-25",
        speaks=Edition.FOURTH,
        endpoint="https://shop.example/ucp",
        transport=Transport.REST,
        abilities=(Can.CART,),
    )
    assert (shop.words, shop.can(Can.CART), shop.can(Can.SEARCH)) == ("https://shop.example", True, False)
    with pytest.raises(InvalidValue):
        replace(shop, domain="")
    with pytest.raises(InvalidValue):
        replace(shop, endpoint="")


def test_only_making_and_cancelling_a_cart_or_checkout_changes_anything() -> None:
    cancels = [Errand.CANCEL_CART, Errand.CANCEL_CHECKOUT]
    assert [one for one in Errand if one.cancels] == cancels
    assert [one for one in Errand if not one.only_reads] == [Errand.CREATE_CART, Errand.CREATE_CHECKOUT, *cancels]


def test_what_happened_last_to_an_order_goes_by_its_times() -> None:
    first, second = OrderEvent(what="shipped", at=NOON), OrderEvent(what="processing")
    order = ShopOrder(held=basket(*FITS), label="", events=(first, second), promises=())
    assert order.latest is first
    assert replace(order, events=(second,)).latest is second
    assert replace(order, events=()).latest is None


def test_a_search_is_found_by_what_the_shop_said() -> None:
    search = ShopSearch(
        id="s", vendor=VendorId("v"), relationship=RelationshipId("r"), intentcast=IntentcastId("w"), at=NOON, kept=0
    )
    assert search.words == ""
