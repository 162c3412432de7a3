"""Contracts and subscriptions: their terms, the last day for notice, how they may end, and what they came to cost.

All dates are civil and exact. Notice counts when it arrives. What a law adds is no part of a contract's own arithmetic.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from vrm_desktop.domain.calendar_arithmetic import Span, SpanUnit, last_day_of, month_end
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Digest, RelationshipId, VendorId
from vrm_desktop.domain.money import Money

_DAY = timedelta(days=1)
_TITLE_LENGTH = 200
_MONTHS_LENGTH = 600
_MONTHS_DIFFER = timedelta(days=7)
"""More than what months that end early can make of a span."""


class Renewal(StrEnum):
    """What happens when the first term is over."""

    ENDS = "ends"
    RENEWS = "renews"
    RUNS_ON = "runs-on"


class NoticeTo(StrEnum):
    """To which day notice may be given while a contract runs on."""

    ANY_DAY = "any-day"
    MONTH_END = "month-end"


class Every(StrEnum):
    """How often a price falls due."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"
    ONCE = "once"


class ContractState(StrEnum):
    """Where a contract stands. `CANCELLING`: notice was given and not confirmed yet."""

    RUNNING = "running"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PricePoint:
    """What it costs from one day on."""

    since: date
    price: Money
    every: Every


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Contract:
    """One contract. `months` is the first term (0: none, it runs on from the start); `renews` by how many it renews.

    `prices` are in the order of their days. `ends` is the day a cancelled contract ends on; `number` what the
    counterparty calls it.
    """

    id: str
    vendor: VendorId
    at: datetime
    title: str
    starts: date
    months: int
    renewal: Renewal
    notice: Span
    renews: int = 0
    notice_to: NoticeTo = NoticeTo.ANY_DAY
    prices: tuple[PricePoint, ...] = ()
    relationship: RelationshipId | None = None
    number: str = ""
    note: str = ""
    order: Digest | None = None
    state: ContractState = ContractState.RUNNING
    cancelled: date | None = None
    ends: date | None = None

    def __post_init__(self) -> None:
        if not self.title.strip() or len(self.title) > _TITLE_LENGTH:
            raise InvalidValue("a contract has a name of up to 200 characters")
        if not (0 <= self.months <= _MONTHS_LENGTH and 0 <= self.renews <= _MONTHS_LENGTH):
            raise InvalidValue("a term has up to 600 months")
        if (self.renewal is Renewal.RENEWS) != (self.renews > 0):
            raise InvalidValue("a contract that renews says by how many months")
        if self.months == 0 and self.renewal is not Renewal.RUNS_ON:
            raise InvalidValue("a contract without a term runs on")
        if any(one.since >= other.since for one, other in zip(self.prices, self.prices[1:], strict=False)):
            raise InvalidValue("prices stand in the order of their days, one a day")
        if (self.state is ContractState.RUNNING) != (self.cancelled is None):
            raise InvalidValue("a contract has a day of notice exactly when it does not just run")

    @property
    def words(self) -> str:
        """Its name, number and note."""
        return " ".join(part for part in (self.title, self.number, self.note) if part)

    def term_end(self, today: date) -> date | None:
        """The last day of the term that `today` lies in (the first term before it began); None while it runs on.

        Of a contract that ends by itself it is the last day, also afterwards.
        """
        if self.months == 0:
            return None
        first = last_day_of(self.starts, self.months)
        if self.renewal is Renewal.ENDS or today <= first:
            return first
        return None if self.renewal is Renewal.RUNS_ON else self._renewed_end(today)

    def _renewed_end(self, today: date) -> date:
        """The end of the term that `today` lies in, counted from the start, so that short months leave no trace."""
        rounds = max(0, (today.year - self.starts.year) * 12 + today.month - self.starts.month - self.months)
        rounds //= self.renews
        while (end := last_day_of(self.starts, self.months + rounds * self.renews)) < today:
            rounds += 1
        return end

    def terminate_by(self, today: date) -> date | None:
        """The last day for notice to arrive, so that it ends with the present term; None where no term binds.

        It may have passed already.
        """
        end = self.term_end(today)
        return None if end is None or self.renewal is Renewal.ENDS else self.notice.before(end)

    def next_terminate_by(self, today: date) -> date | None:
        """The next last day for notice, today or later; None where no term binds."""
        by = self.terminate_by(today)
        if by is None or by >= today:
            return by
        end = self.term_end(today)
        return None if end is None else self.terminate_by(end + _DAY)

    def earliest_end(self, arrives: date) -> date:
        """The first day on which it can end, if notice arrives on the day `arrives`."""
        end = self.term_end(arrives)
        if end is not None and (self.renewal is Renewal.ENDS or arrives <= self.notice.before(end)):
            return end
        ends = self.notice.after(arrives)
        if self.renewal is Renewal.RENEWS:
            end = self._renewed_end(max(arrives, ends - _MONTHS_DIFFER))
            while self.notice.before(end) < arrives:
                end = self._renewed_end(end + _DAY)
            return end
        if end is not None:
            ends = max(ends, end)
        return month_end(ends) if self.notice_to is NoticeTo.MONTH_END else ends

    def can_be_cancelled_within(self, first: date, last: date) -> bool:
        """Whether it runs, and these days hold a last day for notice, or any day will do."""
        if self.state is not ContractState.RUNNING or self.renewal is Renewal.ENDS:
            return False
        by = self.next_terminate_by(first)
        return by is None or first <= by <= last

    def price_on(self, day: date) -> PricePoint | None:
        """What it costs on that day."""
        return next((point for point in reversed(self.prices) if point.since <= day), None)

    def begun(self, starts: date) -> "Contract":
        """The contract with another first day; the price of its first day moves with it, if it stays the first."""
        first = next(iter(self.prices), None)
        later = self.prices[1:]
        prices = self.prices
        if first is not None and first.since == self.starts and all(one.since > starts for one in later):
            prices = (replace(first, since=starts), *later)
        return replace(self, starts=starts, prices=prices)

    def priced(self, point: PricePoint) -> "Contract":
        """The contract with one more price; one of the same day replaces it."""
        others = (one for one in self.prices if one.since != point.since)
        return replace(self, prices=tuple(sorted((*others, point), key=lambda one: one.since)))

    def rise(self) -> int | None:
        """By how much the year's cost rose from the first price to the last, in hundredths of a per cent, rounded.

        None without two prices in one currency that come again and again.
        """
        yearly = [yearly_cost(point) for point in self.prices]
        known = [money for money in yearly if money is not None]
        if len(known) < 2 or known[0].currency != known[-1].currency or known[0].minor <= 0:
            return None
        return round((known[-1].minor - known[0].minor) * 10_000 / known[0].minor)

    def given_notice(self, on: date, ends: date) -> "Contract":
        """The contract once notice was given on a day, to end on another."""
        return replace(self, state=ContractState.CANCELLING, cancelled=on, ends=ends)

    def cancellation_confirmed(self, ends: date) -> "Contract":
        """The contract once the counterparty confirmed the day of its end."""
        return replace(self, state=ContractState.CANCELLED, ends=ends)

    def notice_taken_back(self) -> "Contract":
        """The contract, running on as before."""
        return replace(self, state=ContractState.RUNNING, cancelled=None, ends=None)


def yearly_cost(point: PricePoint) -> Money | None:
    """What a price comes to in a year; None for one that is paid once."""
    times = {Every.WEEK: 52, Every.MONTH: 12, Every.QUARTER: 4, Every.HALF_YEAR: 2, Every.YEAR: 1, Every.ONCE: 0}
    count = times[point.every]
    return point.price.times(count) if count else None


NO_NOTICE = Span(count=0, unit=SpanUnit.DAYS)
"""Notice may come on the last day itself."""
