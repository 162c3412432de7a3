"""Watched prices: when they are looked at, when they are left in peace, and what counts as a fall."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.fakes import specimens
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.page_visit import LEAVING, PageVisit, VisitFor
from vrm_desktop.domain.price_watch import (
    LONGEST_PAUSE,
    MARKS_LAST,
    MOST_SEEN,
    PAUSE,
    PriceWatch,
    SeenPrice,
    WatchState,
    has_fallen,
)
from vrm_desktop.domain.public_price import PublicPrice

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def euro(minor: int) -> Money:
    return Money(minor=minor, currency="EUR")


PRICE = PublicPrice(id="price-1", intentcast=IntentcastId("want-1"), title="Road bike", at=NOW, low=euro(80_000))
WATCH = PriceWatch(
    id="watch-1",
    price="price-1",
    intentcast=IntentcastId("want-1"),
    address="https://shop.example/p/7",
    at=NOW,
    until=NOW.date() + timedelta(days=30),
    next_look=NOW,
    seen=(SeenPrice(at=NOW, low=euro(80_000)),),
)
WANT = replace(specimens.WANT, price_cap=euro(75_000), quantity=1)


def test_it_is_due_when_its_time_has_come_and_not_after_its_last_day() -> None:
    assert WATCH.due(NOW, NOW.date())
    assert not WATCH.due(NOW - HOUR, NOW.date())
    assert not WATCH.due(NOW + timedelta(days=60), (NOW + timedelta(days=60)).date())
    assert not WATCH.ended().due(NOW, NOW.date())
    assert WATCH.over().state is WatchState.OVER


def test_a_look_is_written_down_before_so_that_it_is_not_repeated_within_the_day() -> None:
    leaving = WATCH.leaving(NOW, HOUR)
    assert leaving.next_look == NOW + PAUSE + HOUR
    assert leaving.looked == NOW
    assert not leaving.due(NOW + HOUR, NOW.date())


def test_a_shops_mark_is_said_back_for_a_week_and_forgotten_then() -> None:
    read = WATCH.saw(PRICE, etag='"a"', modified="")
    assert (read.etag, read.marked) == ('"a"', NOW)
    again = read.leaving(NOW + PAUSE, HOUR)
    assert again.etag == '"a"'
    later = replace(again.saw(PRICE, etag='"b"', modified=""))
    assert later.marked == NOW
    assert later.leaving(NOW + MARKS_LAST, HOUR).etag == ""
    assert WATCH.saw(PRICE, etag="", modified="").marked is None


def test_prices_are_noted_when_they_change() -> None:
    same = WATCH.saw(PRICE, etag="", modified="")
    assert same.seen == WATCH.seen
    down = same.saw(replace(PRICE, at=NOW + PAUSE, low=euro(70_000)), etag="", modified="")
    assert [one.low.minor for one in down.seen] == [80_000, 70_000]
    assert replace(WATCH, seen=()).saw(PRICE, etag="", modified="").seen == WATCH.seen
    full = replace(WATCH, seen=tuple(SeenPrice(at=NOW, low=euro(one + 1)) for one in range(MOST_SEEN)))
    assert len(full.saw(PRICE, etag="", modified="").seen) == MOST_SEEN


def test_refusals_double_the_pause_and_end_it_at_the_fourth() -> None:
    first = WATCH.refused("page-refused", NOW)
    assert first.next_look == NOW + 2 * PAUSE
    second = first.refused("page-refused", NOW)
    assert (second.next_look, second.state) == (NOW + 4 * PAUSE, WatchState.WATCHING)
    assert second.unchanged().refusals == 0
    fourth = second.refused("page-refused", NOW).refused("page-refused", NOW)
    assert (fourth.state, fourth.next_look) == (WatchState.REFUSED, NOW + LONGEST_PAUSE)
    wished = WATCH.refused("page-refused", NOW, retry_after=timedelta(days=40))
    assert wished.next_look == NOW + timedelta(days=40)
    assert (WATCH.unreached("timed-out").refusals, WATCH.unreached("timed-out").trouble) == (0, "timed-out")


@pytest.mark.parametrize(
    ("low", "fallen"), [(80_000, False), (76_000, False), (75_001, False), (75_000, True), (72_000, True)]
)
def test_under_the_cap_counts_where_it_was_above_before(low: int, fallen: bool) -> None:  # noqa: FBT001 - a column
    assert has_fallen(WATCH, replace(PRICE, low=euro(low)), WANT) is fallen


def test_the_cap_is_for_all_of_it_with_shipping() -> None:
    low = replace(PRICE, low=euro(74_900), shipping=euro(490))
    assert not has_fallen(WATCH, low, WANT)
    assert has_fallen(WATCH, replace(low, shipping=Money(minor=490, currency="USD")), WANT)
    assert not has_fallen(WATCH, replace(low, shipping=None), replace(WANT, quantity=2))
    assert not has_fallen(WATCH, replace(low, shipping=None, net=True), WANT)


def test_a_tenth_counts_whatever_the_cap_is() -> None:
    assert has_fallen(WATCH, replace(PRICE, low=euro(72_000)), None)
    assert not has_fallen(WATCH, replace(PRICE, low=euro(72_001)), None)
    assert not has_fallen(WATCH, replace(PRICE, low=euro(72_001)), replace(WANT, price_cap=None))
    assert not has_fallen(
        WATCH, replace(PRICE, low=euro(75_000)), replace(WANT, price_cap=Money(minor=1, currency="USD"))
    )
    under = replace(WATCH, seen=(SeenPrice(at=NOW, low=euro(70_000)),))
    assert not has_fallen(under, replace(PRICE, low=euro(69_000)), WANT)
    assert not has_fallen(replace(WATCH, seen=()), PRICE, WANT)
    assert not has_fallen(WATCH, replace(PRICE, low=Money(minor=1, currency="USD")), WANT)


def test_a_fall_is_a_per_cent_and_a_watch_has_an_address() -> None:
    for fall in (0, 91):
        with pytest.raises(InvalidValue):
            replace(WATCH, fall=fall)
    with pytest.raises(InvalidValue):
        replace(WATCH, address="")
    assert WATCH.words == "https://shop.example/p/7"
    assert "shop" not in repr(WATCH)


def test_a_visit_counts_and_waits_for_its_outcome() -> None:
    visit = PageVisit(id="visit-1", at=NOW, last=NOW, address="https://shop.example/", why=VisitFor.PERSON)
    again = visit.again(NOW + HOUR)
    assert (again.times, again.at, again.last, again.outcome) == (2, NOW, NOW + HOUR, LEAVING)
    assert again.words == "https://shop.example/"
    for address in ("", "a" * 2049):
        with pytest.raises(InvalidValue):
            replace(visit, address=address)
