"""Contracts: when a term ends, by when notice must come, when it ends at the earliest, and what it came to cost."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.domain.calendar_arithmetic import Span, SpanUnit
from vrm_desktop.domain.contract import (
    NO_NOTICE,
    Contract,
    ContractState,
    Every,
    NoticeTo,
    PricePoint,
    Renewal,
    yearly_cost,
)
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.money import Money

DAY = timedelta(days=1)
THREE_MONTHS = Span(count=3, unit=SpanUnit.MONTHS)
GYM = Contract(
    id="contract-1",
    vendor=VendorId("vendor-1"),
    at=datetime(2026, 5, 4, 12, tzinfo=UTC),
    title="Gym",
    starts=date(2025, 1, 1),
    months=12,
    renewal=Renewal.RENEWS,
    renews=12,
    notice=THREE_MONTHS,
    number="4711",
)
POWER = replace(GYM, months=0, renewal=Renewal.RUNS_ON, renews=0, notice=Span(count=2, unit=SpanUnit.WEEKS))
PHONE = replace(GYM, months=24, renewal=Renewal.RUNS_ON, renews=0, notice=Span(count=1, unit=SpanUnit.MONTHS))
COURSE = replace(GYM, months=6, renewal=Renewal.ENDS, renews=0, notice=NO_NOTICE)


def price(since: date, minor: int, every: Every = Every.MONTH, currency: str = "EUR") -> PricePoint:
    return PricePoint(since=since, price=Money(minor=minor, currency=currency), every=every)


@pytest.mark.parametrize(
    ("today", "end", "by"),
    [
        (date(2024, 6, 1), date(2025, 12, 31), date(2025, 9, 30)),
        (date(2025, 12, 31), date(2025, 12, 31), date(2025, 9, 30)),
        (date(2026, 1, 1), date(2026, 12, 31), date(2026, 9, 30)),
        (date(2031, 7, 1), date(2031, 12, 31), date(2031, 9, 30)),
    ],
)
def test_a_contract_that_renews_has_a_last_day_each_term(today: date, end: date, by: date) -> None:
    assert (GYM.term_end(today), GYM.terminate_by(today)) == (end, by)


def test_after_the_last_day_the_next_terms_counts() -> None:
    assert GYM.next_terminate_by(date(2026, 9, 30)) == date(2026, 9, 30)
    assert GYM.next_terminate_by(date(2026, 10, 1)) == date(2027, 9, 30)
    assert GYM.earliest_end(date(2026, 9, 30)) == date(2026, 12, 31)
    assert GYM.earliest_end(date(2026, 10, 1)) == date(2027, 12, 31)


def test_short_months_leave_no_trace() -> None:
    monthly = replace(GYM, starts=date(2026, 1, 31), months=1, renews=1, notice=NO_NOTICE)
    ends = [monthly.term_end(date(2026, month, 5)) for month in (2, 3, 4, 5)]
    assert ends == [date(2026, 2, 28), date(2026, 3, 30), date(2026, 4, 30), date(2026, 5, 30)]


def test_a_contract_begun_on_29_february() -> None:
    leap = replace(GYM, starts=date(2028, 2, 29))
    assert [leap.term_end(date(year, 6, 1)) for year in (2028, 2029, 2031)] == [
        date(2029, 2, 28),
        date(2030, 2, 28),
        date(2032, 2, 28),
    ]


def test_a_contract_that_runs_on_ends_after_its_notice() -> None:
    assert (POWER.term_end(date(2026, 1, 1)), POWER.terminate_by(date(2026, 1, 1))) == (None, None)
    assert POWER.next_terminate_by(date(2026, 1, 1)) is None
    assert POWER.earliest_end(date(2026, 11, 22)) == date(2026, 12, 6)
    assert replace(POWER, notice_to=NoticeTo.MONTH_END).earliest_end(date(2026, 11, 22)) == date(2026, 12, 31)


def test_a_first_term_binds_before_it_runs_on() -> None:
    assert PHONE.term_end(date(2025, 6, 1)) == date(2026, 12, 31)
    assert PHONE.terminate_by(date(2025, 6, 1)) == date(2026, 11, 30)
    assert PHONE.earliest_end(date(2025, 6, 1)) == date(2026, 12, 31)
    assert PHONE.earliest_end(date(2026, 12, 1)) == date(2027, 1, 1)
    assert PHONE.term_end(date(2027, 1, 1)) is None
    assert PHONE.next_terminate_by(date(2026, 12, 5)) is None
    assert PHONE.earliest_end(date(2027, 3, 31)) == date(2027, 4, 30)
    short = replace(PHONE, notice=Span(count=1, unit=SpanUnit.DAYS), notice_to=NoticeTo.MONTH_END)
    assert short.earliest_end(date(2026, 12, 31)) == date(2027, 1, 31)


def test_a_contract_that_ends_by_itself_needs_no_notice() -> None:
    assert COURSE.term_end(date(2030, 1, 1)) == date(2025, 6, 30)
    assert COURSE.terminate_by(date(2025, 2, 1)) is None
    assert COURSE.earliest_end(date(2025, 2, 1)) == date(2025, 6, 30)
    assert not COURSE.can_be_cancelled_within(date(2025, 2, 1), date(2025, 2, 28))


def test_what_can_be_cancelled_this_month() -> None:
    september = (date(2026, 9, 1), date(2026, 9, 30))
    october = (date(2026, 10, 1), date(2026, 10, 31))
    assert GYM.can_be_cancelled_within(*september)
    assert not GYM.can_be_cancelled_within(*october)
    assert POWER.can_be_cancelled_within(*october)
    gone = GYM.given_notice(date(2026, 9, 3), date(2026, 12, 31))
    assert not gone.can_be_cancelled_within(*september)


@given(
    starts=st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    months=st.integers(1, 48),
    renews=st.integers(1, 24),
    notice=st.builds(Span, count=st.integers(0, 8), unit=st.sampled_from(SpanUnit)),
    passed=st.integers(-400, 9000),
)
def test_terms_follow_each_other_without_gap(starts: date, months: int, renews: int, notice: Span, passed: int) -> None:
    contract = replace(GYM, starts=starts, months=months, renews=renews, notice=notice)
    today = starts + timedelta(days=passed)
    end, earliest = contract.term_end(today), contract.earliest_end(today)
    assert end is not None
    assert end >= today
    following = contract.term_end(end + DAY)
    assert following is not None
    assert following > end
    assert earliest >= today or passed < 0
    assert notice.before(earliest) >= today or earliest == end


def test_prices_tell_their_history() -> None:
    dear = GYM.priced(price(date(2026, 1, 1), 2_200)).priced(price(date(2025, 1, 1), 2_000))
    assert [point.price.minor for point in dear.prices] == [2_000, 2_200]
    assert dear.rise() == 1000
    assert dear.price_on(date(2024, 1, 1)) is None
    assert dear.price_on(date(2025, 12, 31)) == dear.prices[0]
    assert dear.priced(price(date(2026, 1, 1), 2_100)).rise() == 500
    assert dear.priced(price(date(2026, 6, 1), 24_000, Every.YEAR)).rise() == 0


def test_a_rise_needs_two_prices_that_compare() -> None:
    one = GYM.priced(price(date(2025, 1, 1), 2_000))
    assert GYM.rise() is None
    assert one.rise() is None
    assert one.priced(price(date(2026, 1, 1), 2_000, currency="USD")).rise() is None
    assert one.priced(price(date(2026, 1, 1), 2_000, Every.ONCE)).rise() is None
    assert GYM.priced(price(date(2025, 1, 1), 0)).priced(price(date(2026, 1, 1), 5)).rise() is None


@pytest.mark.parametrize(
    ("every", "cost"),
    [(Every.WEEK, 520), (Every.MONTH, 120), (Every.QUARTER, 40), (Every.HALF_YEAR, 20), (Every.YEAR, 10)],
)
def test_what_a_price_comes_to_in_a_year(every: Every, cost: int) -> None:
    assert yearly_cost(price(date(2025, 1, 1), 10, every)) == Money(minor=cost, currency="EUR")
    assert yearly_cost(price(date(2025, 1, 1), 10, Every.ONCE)) is None


def test_notice_is_given_confirmed_and_taken_back() -> None:
    given_ = GYM.given_notice(date(2026, 9, 3), date(2026, 12, 31))
    assert (given_.state, given_.ends) == (ContractState.CANCELLING, date(2026, 12, 31))
    assert given_.cancellation_confirmed(date(2026, 12, 30)).ends == date(2026, 12, 30)
    assert given_.notice_taken_back() == GYM
    assert GYM.words == "Gym 4711"


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"title": "x" * 201},
        {"months": -1},
        {"renews": 601},
        {"renews": 0},
        {"renewal": Renewal.RUNS_ON},
        {"months": 0},
        {"prices": (price(date(2026, 1, 1), 1), price(date(2025, 1, 1), 1))},
        {"cancelled": date(2026, 1, 1)},
        {"state": ContractState.OVER},
    ],
    ids=str,
)
def test_it_keeps_its_rules(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        replace(GYM, **wrong)  # type: ignore[arg-type]


def test_another_first_day_takes_the_first_price_along_and_no_other() -> None:
    monthly = [PricePoint(since=day, price=Money(minor=100, currency="EUR"), every=Every.MONTH) for day in PRICED]
    earlier, later = date(2024, 6, 1), date(2026, 2, 1)
    assert GYM.begun(earlier) == replace(GYM, starts=earlier)
    both = replace(GYM, prices=tuple(monthly))
    assert [one.since for one in both.begun(earlier).prices] == [earlier, PRICED[1]]
    assert both.begun(later).prices == both.prices
    assert replace(both, prices=both.prices[1:]).begun(earlier).prices == both.prices[1:]


PRICED = (date(2025, 1, 1), date(2026, 1, 1))
