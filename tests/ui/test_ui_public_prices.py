"""Public prices below the offers: what they are called, how they stand against the limit, and what each button says."""

from dataclasses import replace
from datetime import date

import pytest

from tests.fakes.moving_clock import MORNING
from tests.fakes.people import WANT
from tests.fakes.ui_probes import Probe, texts
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import Condition, Intentcast
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.ways import Way
from vrm_desktop.ui.gallery import price_samples as samples
from vrm_desktop.ui.models.prices_view import PricesView
from vrm_desktop.ui.pages.public_prices import PublicPrices
from vrm_desktop.ui.presenters.public_prices import against_limit, price_view
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone

EUROS = "EUR"
PRICE = PublicPrice(
    id="price-1",
    intentcast=IntentcastId("want-1"),
    title="Road bike",
    at=MORNING,
    low=Money(minor=40_000, currency=EUROS),
    link="https://cyclo.example/p/1",
    host="cyclo.example",
)


def want(cap: int | None = 80_000, quantity: int = 1) -> Intentcast:
    return Intentcast(
        id=IntentcastId("want-1"),
        title=WANT.title,
        category=WANT.category,
        area=WANT.area or Area.from_code("DE-NW"),
        made=MORNING,
        answers_by=MORNING.date(),
        quantity=quantity,
        price_cap=Money(minor=cap, currency=EUROS) if cap is not None else None,
    )


def euros(minor: int) -> Money:
    return Money(minor=minor, currency=EUROS)


@pytest.mark.parametrize(
    ("price", "against", "told"),
    [
        (PRICE, want(None), ("", "", Tone.NEUTRAL)),
        (replace(PRICE, low=Money(minor=1, currency="GBP")), want(), ("", "", Tone.NEUTRAL)),
        (PRICE, want(), ("within my limit", "before shipping", Tone.GOOD)),
        (replace(PRICE, shipping=euros(0)), want(40_000), ("within my limit", "", Tone.GOOD)),
        (replace(PRICE, shipping=euros(1)), want(40_000), ("above my limit", "", Tone.CAUTION)),
        (PRICE, want(quantity=3), ("above my limit", "", Tone.CAUTION)),
        (replace(PRICE, net=True), want(), ("within my limit", "before tax", Tone.NEUTRAL)),
        (replace(PRICE, high=euros(90_000)), want(), ("within my limit", "the cheapest of it", Tone.NEUTRAL)),
    ],
)
def test_each_is_held_against_the_limit_all_in(
    price: PublicPrice, against: Intentcast, told: tuple[str, str, Tone]
) -> None:
    assert against_limit(price, against) == told


def test_what_a_page_and_a_list_say_is_named_as_what_it_is_and_never_an_offer() -> None:
    page = price_view(replace(PRICE, condition=Condition.USED, shipping=euros(490)), want(), None)
    listed = price_view(replace(PRICE, way=Way.UCP, item="bike-v1"), want(), None)
    assert (page.kind, page.can_watch, page.can_buy) == ("public price", True, False)
    assert (listed.kind, listed.can_watch, listed.can_buy) == ("price-list entry", False, True)
    assert not price_view(replace(PRICE, way=Way.UCP, item="x", high=euros(90_000)), want(), None).can_buy
    assert not price_view(replace(PRICE, link="", host=""), want(), None).can_watch
    assert dict(page.facts)["Condition"] == "Used"
    assert page.beside == "shipping €4.90"
    assert not any("offer" in f"{label} {value}".lower() for one in (page, listed) for label, value in one.facts)


@pytest.fixture
def prices(look: Look, probe: Probe) -> PublicPrices:
    made = PublicPrices(look)
    made.show_prices(samples.USUAL)
    probe.show(made, 1000, 800)
    return made


def test_the_order_is_not_by_price_and_the_chosen_one_stays(prices: PublicPrices) -> None:
    assert prices.table.shown_ids == ("price-1", "price-2", "price-3")
    assert "place" not in {column.key for column in prices.table._rows.columns}
    prices.table.choose("price-2")
    prices.show_prices(replace(samples.USUAL, prices=samples.USUAL.prices[::-1]))
    assert prices.table.chosen_id == prices.details.price_id == "price-2"


def test_only_an_entry_of_a_list_can_be_put_into_a_cart_and_only_a_page_be_watched(prices: PublicPrices) -> None:
    assert (prices.details.unwatch.isVisible(), prices.details.buy.isVisible()) == (True, False)
    prices.table.choose("price-2")
    assert (prices.details.unwatch.isVisible(), prices.details.buy.isVisible()) == (False, True)
    heard: list[tuple[str, int]] = []
    prices.details.wanted.connect(lambda key, quantity: heard.append((key, quantity)))
    prices.details.quantity.setValue(3)
    prices.show_prices(samples.USUAL)
    prices.details.buy.click()
    assert heard == [("price-2", 3)]
    assert not prices.details.buy.isEnabled()


def test_a_watch_is_asked_for_with_its_day_and_its_fall(prices: PublicPrices) -> None:
    heard: list[tuple[str, date | None, int]] = []
    prices.details.watched.connect(lambda *told: heard.append(told))
    watchable = replace(samples.USUAL.prices[0], watch=None)
    prices.show_prices(replace(samples.USUAL, prices=(watchable,)))
    prices.details.fall.setValue(25)
    prices.details.watch.click()
    prices.details.until._box.click()
    prices.details.watch.click()
    assert heard == [("price-1", None, 25), ("price-1", date(2026, 7, 8), 25)]


def test_a_number_can_be_seen_in_its_field(prices: PublicPrices) -> None:
    prices.table.choose("price-2")
    assert prices.details.quantity.lineEdit().width() > 50


def test_forms_open_one_at_a_time_and_say_first_who_learns_what(prices: PublicPrices) -> None:
    prices.add.click()
    assert any("The shop sees that somebody visits this page" in text for text in texts(prices.adding))
    assert not prices.adding.visit.isEnabled()
    prices.look_in.click()
    assert prices.adding.isHidden()
    prices.asking.known.choose("")
    prices.asking.known.chosen.emit("")
    assert any("Nothing of what you want leaves before you have seen it." in text for text in texts(prices.asking))
    prices.asking.leave.click()
    assert prices.asking.isHidden()


def test_a_page_that_leads_elsewhere_is_gone_to_only_when_it_is_asked_for(prices: PublicPrices) -> None:
    visited: list[str] = []
    prices.adding.visited.connect(visited.append)
    prices.add.click()
    prices.adding.address.setText("https://a.example/")
    prices.adding.visit.click()
    prices.adding.show_error("It leads elsewhere.", "https://b.example/p")
    prices.adding.onward.click()
    assert (prices.adding.address.text(), visited) == ("https://b.example/p", ["https://a.example/"])
    prices.adding.visit.click()
    assert visited == ["https://a.example/", "https://b.example/p"]


def test_a_hostile_title_stays_words(prices: PublicPrices) -> None:
    prices.show_prices(samples.LONG)
    assert any("<b>Best</b> <img src=" in text for text in texts(prices.details))
    assert not any("\u202e" in text for text in texts(prices.details))


def test_several_tries_can_be_told_apart_and_the_newest_comes_first(prices: PublicPrices) -> None:
    older, newer = replace(samples.BOUGHT, id="old"), replace(samples.CART, id="new")
    prices.show_prices(replace(samples.USUAL, checkouts=(older,)))
    assert (prices.checkout.shown_id, prices.checkout.which.isHidden()) == ("old", True)
    prices.show_prices(replace(samples.USUAL, checkouts=(newer, older)))
    assert (prices.checkout.shown_id, prices.checkout.which.isHidden()) == ("new", False)
    prices.checkout.which.choose("old")
    prices.checkout.which.chosen.emit("old")
    assert prices.checkout.shown_id == "old"
    prices.show_prices(samples.USUAL)
    assert prices.checkout.isHidden()


def test_a_price_stands_there_once() -> None:
    with pytest.raises(ValueError, match="once"):
        PricesView(want_id="want-1", today=date(2026, 6, 8), prices=(samples.USUAL.prices[0],) * 2)
