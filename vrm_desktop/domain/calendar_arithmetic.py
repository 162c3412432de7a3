"""Exact civil dates: months that end early, periods as laws and contracts count them, days on which offices work.

Sources: Regulation (EEC, Euratom) No 1182/71, articles 3 and 4 (periods in months, and ends that fall on a day off);
sections 187 and 188 BGB count in the same way. Public holidays are handed in: they are no matter of arithmetic.
"""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from vrm_desktop.domain.errors import InvalidValue

_DAY = timedelta(days=1)
_SATURDAY = 5
_LONGEST = 1200


class SpanUnit(StrEnum):
    """In what a span is counted."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """So many days, weeks, months or years; none is a span too."""

    count: int
    unit: SpanUnit

    def __post_init__(self) -> None:
        if not 0 <= self.count <= _LONGEST:
            raise InvalidValue("a span counts from 0 to 1,200")

    def after(self, day: date) -> date:
        """The day on which the span ends that began to run with an event on `day`."""
        match self.unit:
            case SpanUnit.DAYS:
                return day + timedelta(days=self.count)
            case SpanUnit.WEEKS:
                return day + timedelta(weeks=self.count)
            case SpanUnit.MONTHS:
                return months_later(day, self.count)
            case SpanUnit.YEARS:
                return months_later(day, 12 * self.count)
            case _:
                assert_never(self.unit)

    def before(self, end: date) -> date:
        """The last day on which an event still leaves the whole span up to and with `end`.

        Three months before the end of a year is 30 September: the months begin to run on 1 October.
        """
        match self.unit:
            case SpanUnit.DAYS:
                return end - timedelta(days=self.count)
            case SpanUnit.WEEKS:
                return end - timedelta(weeks=self.count)
            case SpanUnit.MONTHS:
                return months_later(end + _DAY, -self.count) - _DAY
            case SpanUnit.YEARS:
                return months_later(end + _DAY, -12 * self.count) - _DAY
            case _:
                assert_never(self.unit)


def months_later(day: date, months: int) -> date:
    """The same day number so many months later (earlier when negative); the month's last day where it has no such day.

    Raises:
        InvalidValue: beyond the years that a calendar has.
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if not date.min.year <= year <= date.max.year:
        raise InvalidValue("beyond the calendar")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_of(first: date, months: int) -> date:
    """The last day of so many months that begin with the day `first`; the month's last day where it has no such day.

    A month from 31 January on ends on 28 February, twelve from 29 February on end on 28 February.
    """
    if first.day == 1:
        return months_later(first, months) - _DAY
    return months_later(first.replace(day=first.day - 1), months)


def month_end(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def is_working(day: date, holidays: Collection[date]) -> bool:
    """Whether offices work: neither Saturday nor Sunday nor a public holiday."""
    return day.weekday() < _SATURDAY and day not in holidays


def on_working_day(day: date, holidays: Collection[date]) -> date:
    """The day itself, or the next on which offices work (Regulation 1182/71, article 3 (4))."""
    while not is_working(day, holidays):
        day += _DAY
    return day


def working_days_later(day: date, count: int, holidays: Collection[date]) -> date:
    """The last of `count` working days after `day`."""
    for _ in range(count):
        day = on_working_day(day + _DAY, holidays)
    return day
