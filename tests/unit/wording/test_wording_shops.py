"""Shops in words: every stop, sum and step has some, and a price list's entry is never called an offer."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from vrm_desktop.domain.basket import Basket, BasketLine, BasketStatus, BasketTotal, SumDifference, SumKind
from vrm_desktop.domain.checkout import Checkout, CheckoutStep, Stop, StopKind
from vrm_desktop.domain.ids import IntentcastId, RelationshipId, VendorId
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.public_price import Availability, PublicPrice
from vrm_desktop.domain.shop import Edition, MessageKind, Severity, Shop, ShopMessage, ShopPolicy, Transport
from vrm_desktop.domain.shop_order import OrderEvent, ShopOrder
from vrm_desktop.domain.shop_search import ShopSearch
from vrm_desktop.domain.ways import Way
from vrm_desktop.wording import shop_words

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FIVE, SIX = Money(minor=500, currency="EUR"), Money(minor=600, currency="EUR")
BASKET = Basket(
    id="c",
    edition=Edition.FOURTH,
    status=BasketStatus.CART,
    currency="EUR",
    lines=(BasketLine(item="b", title="Bike", price=FIVE, quantity=1, totals=()),),
    totals=(
        BasketTotal(kind="com.example.gift", amount=FIVE),
        BasketTotal(kind="fulfillment", amount=FIVE, text="By mule"),
        BasketTotal(kind="total", amount=SIX),
    ),
    policies=(ShopPolicy(kind="return", text="30 days", link="https://shop.example/r"),),
)
CHECKOUT = Checkout(
    id="x",
    vendor=VendorId("v"),
    relationship=RelationshipId("r"),
    intentcast=IntentcastId("w"),
    at=NOON,
    hit="h",
    item="b",
    title="Bike",
    price=FIVE,
    quantity=1,
    asking=False,
    basket=BASKET,
)


@pytest.mark.parametrize("kind", StopKind)
def test_every_stop_says_what_does_not_fit(kind: StopKind) -> None:
    sums = (SumDifference(kind=SumKind.TOTAL, told=SIX, counted=FIVE),)
    said = shop_words.stop_line(Stop(kind=kind, expected=FIVE, told=SIX, what="there", sums=sums))
    assert said.strip()
    assert "{" not in said


@pytest.mark.parametrize("kind", SumKind)
def test_every_sum_says_both_numbers_where_there_are_two(kind: SumKind) -> None:
    said = shop_words.sum_line(SumDifference(kind=kind, told=SIX, counted=None, what="Tax"))
    assert said.strip()
    assert "{" not in said


@pytest.mark.parametrize("step", CheckoutStep)
def test_every_step_has_a_name(step: CheckoutStep) -> None:
    assert shop_words.step_label(replace(CHECKOUT, step=step))


def test_what_is_on_its_way_or_waits_is_said_before_all_else() -> None:
    assert shop_words.step_label(replace(CHECKOUT, asking=True)) == "on its way to the shop"
    waiting = replace(CHECKOUT, stops=(Stop(kind=StopKind.GONE),))
    assert shop_words.step_label(waiting) == "waits for you"
    assert "  ! The shop does not have it any more." in shop_words.checkout_lines(waiting)


def test_totals_keep_the_shops_order_and_words() -> None:
    assert [line.strip() for line in shop_words.basket_lines(BASKET)] == [
        "1 x Bike, €5.00",
        "com.example.gift: €5.00",
        "By mule: €5.00",
        "Total: €6.00",
        "return: 30 days https://shop.example/r",
    ]


def test_what_is_taken_off_has_a_minus_also_where_the_shop_gives_none() -> None:
    for amount in (FIVE, replace(FIVE, minor=-FIVE.minor)):
        basket = replace(BASKET, lines=(), totals=(BasketTotal(kind="discount", amount=amount),), policies=())
        assert [line.strip() for line in shop_words.basket_lines(basket)] == ["Discount: -€5.00"]


@pytest.mark.parametrize("kind", MessageKind)
@pytest.mark.parametrize("severity", [None, *Severity])
def test_a_message_is_the_shops_own_words_under_ours(kind: MessageKind, severity: Severity | None) -> None:
    (said,) = shop_words.message_lines((ShopMessage(kind=kind, text="do <b>this</b>", severity=severity),))
    assert said.startswith("    The shop ")
    assert said.endswith(": do <b>this</b>")


def test_a_search_says_what_is_not_shown() -> None:
    search = ShopSearch(
        id="s",
        vendor=VendorId("v"),
        relationship=RelationshipId("r"),
        intentcast=IntentcastId("w"),
        at=NOON,
        kept=2,
        above_cap=3,
        unclear=1,
        more=True,
        total=1_000_000,
    )
    said = "\n".join(shop_words.search_lines(search, "Kramladen"))
    assert all(part in said for part in ("2 things", "would pay: 3", "not clear: 1", "1000000"))
    assert "has more" in "\n".join(shop_words.search_lines(replace(search, total=None), "K"))
    assert "does not search" in shop_words.search_lines(replace(search, refused=True), "K")[0]


def test_an_entry_of_a_price_list_is_called_that() -> None:
    hit = PublicPrice(
        id="p",
        intentcast=IntentcastId("w"),
        title="Bike",
        at=NOON,
        low=FIVE,
        high=SIX,
        availability=Availability.IN_STOCK,
        host="shop.example",
        link="https://shop.example/b",
        way=Way.UCP,
        item="b",
    )
    said = "\n".join(shop_words.hit_lines(hit))
    assert "on the shop's price list" in said
    assert "offer" not in said
    assert len(shop_words.hit_lines(replace(hit, high=None, link="", availability=None))) == 2


def test_an_order_tells_what_has_happened() -> None:
    event = OrderEvent(what="refund", at=NOON, text="done", tracking="T", amount=FIVE)
    order = ShopOrder(held=BASKET, label="No. 7", events=(event, OrderEvent(what="x")), promises=("by Friday",))
    said = "\n".join(shop_words.order_lines(order))
    assert all(part in said for part in ("Order No. 7", "by Friday", "refund  done  T  €5.00"))


def test_a_shop_says_how_and_where_it_is_asked() -> None:
    shop = Shop(
        id="s",
        vendor=VendorId("v"),
        at=NOON,
        domain="https://shop.example",
        says="2027-01-01",
        speaks=Edition.FOURTH,
        endpoint="https://hosted.example/ucp",
        transport=Transport.REST,
        abilities=(),
        newer=True,
    )
    said = "\n".join(shop_words.shop_lines(shop, "hosted.example"))
    assert all(part in said for part in ("2027-01-01", "newer than this program knows", "hosted.example"))
    assert len(shop_words.shop_lines(replace(shop, newer=False), "")) == 1
