"""Which article fits a want, and at what price."""

from dataclasses import replace
from datetime import date

import pytest

from tests.fakes.open_desk import sample_catalogue
from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.domain.money import Money
from vrm_desktop.vendor.quoting import Counter, Quote, judge
from vrm_desktop.vendor.settings import DeliveryRules, OfferRules
from vrm_desktop.vendor.want import Want

WANT = Want(
    category="mobility.bicycle",
    condition=Condition.ANY,
    fulfilment=Fulfilment.ANY,
    answers_by=date(2026, 11, 25),
    attributes={"type": "road", "frame_cm": "53-55"},
)
RULES = OfferRules(lowest_percent=90)
DELIVERY = DeliveryRules(price=Money(minor=3900, currency="EUR"))


def quote(want: Want, *, delivery: DeliveryRules = DELIVERY) -> Quote | None:
    return judge(want, Counter(catalogue=sample_catalogue(), offers=RULES, delivery=delivery)).quote


def sku(found: Quote | None) -> str:
    assert found is not None
    return found.article.id


def test_among_equals_the_cheapest_is_offered() -> None:
    assert sku(quote(WANT)) == "RR-1005"


def test_the_person_s_words_decide_among_what_fits() -> None:
    assert sku(quote(replace(WANT, title="Carbon frame please"))) == "RR-1004"


def test_what_is_out_of_stock_is_not_offered() -> None:
    assert quote(replace(WANT, attributes={"frame_cm": "59-61"})) is None


def test_collecting_costs_no_shipping() -> None:
    found = quote(replace(WANT, fulfilment=Fulfilment.COLLECTED))
    assert found is not None
    assert (found.shipping, found.total) == (0, 48000)


def test_a_way_the_shop_does_not_have_is_no_match() -> None:
    assert quote(replace(WANT, fulfilment=Fulfilment.ON_SITE)) is None


def test_a_row_without_shipping_takes_the_shop_s_flat_price() -> None:
    article = replace(sample_catalogue().articles[4], shipping=None)
    catalogue = replace(sample_catalogue(), articles=(article,))
    found = judge(WANT, Counter(catalogue=catalogue, offers=RULES, delivery=DELIVERY)).quote
    assert found is not None
    assert found.shipping == 3900
    free = judge(WANT, Counter(catalogue=catalogue, offers=RULES, delivery=DeliveryRules())).quote
    assert free is not None
    assert free.shipping == 0


def test_a_single_piece_is_not_offered_twice_over() -> None:
    assert quote(replace(WANT, quantity=2)) is None


def test_another_condition_or_category_is_no_match() -> None:
    assert quote(replace(WANT, condition=Condition.NEW)) is None
    assert quote(replace(WANT, category="mobility.car")) is None


@pytest.mark.parametrize(
    ("bid", "firm", "total"),
    [
        (60000, True, 51900),
        (50000, True, 50000),
        (47100, False, 47100),
        (47000, True, None),
        (47000, False, 51900),
    ],
)
def test_a_bid_is_met_down_to_the_floor(bid: int, *, firm: bool, total: int | None) -> None:
    found = quote(replace(WANT, bid=Money(minor=bid, currency="EUR"), firm=firm))
    assert (found.total if found is not None else None) == total


def test_a_firm_bid_in_another_currency_is_no_match() -> None:
    bid = Money(minor=90000, currency="USD")
    assert quote(replace(WANT, bid=bid, firm=True)) is None
    found = quote(replace(WANT, bid=bid))
    assert found is not None
    assert found.total == 51900
