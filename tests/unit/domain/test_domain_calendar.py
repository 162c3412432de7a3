"""Dates as calendars, laws and contracts count them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.domain.calendar_arithmetic import (
    Span,
    SpanUnit,
    is_working,
    month_end,
    months_later,
    on_working_day,
    working_days_later,
)
from vrm_desktop.domain.errors import InvalidValue

DAYS = st.dates(date(1970, 1, 1), date(2200, 1, 1))
SPANS = st.builds(Span, count=st.integers(0, 60), unit=st.sampled_from(SpanUnit))
HOLIDAYS = frozenset({date(2026, 12, 25), date(2026, 12, 26), date(2027, 1, 1)})


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 5, 4), 0, date(2026, 5, 4)),
    ],
)
def test_months_end_where_they_end(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


@pytest.mark.parametrize("months", [-12 * 3000, 12 * 9000])
def test_the_calendar_has_two_ends(months: int) -> None:
    with pytest.raises(InvalidValue):
        months_later(date(2026, 1, 1), months)


@given(day=DAYS, months=st.integers(-600, 600))
def test_a_month_later_lies_in_the_next_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later == month_end(later) and later.day < day.day)


@pytest.mark.parametrize(
    ("count", "unit", "end", "by"),
    [
        (3, SpanUnit.MONTHS, date(2026, 12, 31), date(2026, 9, 30)),
        (1, SpanUnit.MONTHS, date(2026, 3, 31), date(2026, 2, 28)),
        (1, SpanUnit.MONTHS, date(2028, 3, 31), date(2028, 2, 29)),
        (4, SpanUnit.WEEKS, date(2026, 12, 31), date(2026, 12, 3)),
        (14, SpanUnit.DAYS, date(2026, 12, 31), date(2026, 12, 17)),
        (1, SpanUnit.YEARS, date(2026, 12, 31), date(2025, 12, 31)),
        (0, SpanUnit.DAYS, date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_notice_leaves_the_whole_span(count: int, unit: SpanUnit, end: date, by: date) -> None:
    assert Span(count=count, unit=unit).before(end) == by


@given(span=SPANS, day=DAYS)
def test_an_event_on_the_last_day_still_leaves_the_span_and_one_a_day_later_does_not(span: Span, day: date) -> None:
    by = span.before(day)
    assert span.after(by) <= day
    assert span.after(by + timedelta(days=1)) > day or span.unit in {SpanUnit.MONTHS, SpanUnit.YEARS}


def test_years_are_twelve_months() -> None:
    assert Span(count=2, unit=SpanUnit.YEARS).after(date(2028, 2, 29)) == date(2030, 2, 28)
    assert Span(count=2, unit=SpanUnit.WEEKS).after(date(2026, 2, 28)) == date(2026, 3, 14)


@pytest.mark.parametrize("count", [-1, 1201])
def test_a_span_has_bounds(count: int) -> None:
    with pytest.raises(InvalidValue):
        Span(count=count, unit=SpanUnit.DAYS)


def test_an_end_on_a_day_off_moves_to_the_next_working_day() -> None:
    assert not is_working(date(2026, 11, 22), HOLIDAYS)
    assert on_working_day(date(2026, 11, 20), HOLIDAYS) == date(2026, 11, 20)
    assert on_working_day(date(2026, 11, 21), HOLIDAYS) == date(2026, 11, 23)
    assert on_working_day(date(2026, 12, 25), HOLIDAYS) == date(2026, 12, 28)


def test_working_days_skip_weekends_and_holidays() -> None:
    assert working_days_later(date(2026, 12, 23), 3, HOLIDAYS) == date(2026, 12, 29)
    assert working_days_later(date(2026, 12, 23), 0, HOLIDAYS) == date(2026, 12, 23)
