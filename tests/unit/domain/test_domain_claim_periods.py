"""Legal periods to the day: month ends, 29 February, ends that fall on days off, and nothing outside the Union."""

from datetime import date
from typing import Any

import pytest

from vrm_desktop.domain.claim_periods import SOURCE_OF, ClaimPeriod, period_hints
from vrm_desktop.domain.living import Remedy


def hints(want: Remedy, country: str = "DE", **days: Any) -> dict[ClaimPeriod, date]:
    known = {"ordered": None, "received": None, "withdrawn": None, "holidays": frozenset[date](), **days}
    return {hint.period: hint.until for hint in period_hints(want, country, **known)}


@pytest.mark.parametrize(
    ("received", "until"),
    [
        (date(2026, 6, 1), date(2026, 6, 15)),
        (date(2026, 6, 6), date(2026, 6, 22)),  # 20 June is a Saturday: the next Monday
        (date(2024, 2, 15), date(2024, 2, 29)),
        (date(2026, 12, 11), date(2026, 12, 28)),  # 25 December, a Friday and a holiday; then the weekend
    ],
)
def test_withdrawal_ends_after_fourteen_days_on_a_working_day(received: date, until: date) -> None:
    holidays = frozenset({date(2026, 12, 25), date(2026, 12, 26)})
    assert hints(Remedy.WITHDRAWAL, received=received, holidays=holidays) == {ClaimPeriod.WITHDRAWAL: until}


def test_conformity_is_two_years_also_from_the_day_that_most_years_lack() -> None:
    leap = date(2024, 2, 29)
    for want in (Remedy.REPAIR, Remedy.REPLACEMENT, Remedy.REFUND, Remedy.PRICE_REDUCTION):
        assert hints(want, "fr", received=leap) == {
            ClaimPeriod.PRESUMED: date(2025, 2, 28),
            ClaimPeriod.CONFORMITY: date(2026, 2, 28),
        }


def test_money_comes_back_within_fourteen_days_of_the_withdrawal() -> None:
    found = hints(Remedy.WITHDRAWAL, received=date(2026, 6, 1), withdrawn=date(2026, 6, 10))
    assert found == {ClaimPeriod.WITHDRAWAL: date(2026, 6, 15), ClaimPeriod.PAYING_BACK: date(2026, 6, 24)}


def test_delivery_has_thirty_days_while_nothing_came() -> None:
    assert hints(Remedy.DELIVERY, ordered=date(2026, 6, 1)) == {ClaimPeriod.DELIVERY: date(2026, 7, 1)}
    assert hints(Remedy.DELIVERY, ordered=date(2026, 6, 1), received=date(2026, 6, 5)) == {}


def test_nothing_is_said_where_nothing_is_known() -> None:
    assert hints(Remedy.WITHDRAWAL) == hints(Remedy.REPAIR) == hints(Remedy.DELIVERY) == {}
    assert hints(Remedy.REPAIR, "US", received=date(2026, 6, 1)) == hints(Remedy.REPAIR, "", received=date.min) == {}
    assert hints(Remedy.ANSWER, received=date(2026, 6, 1)) == {}


def test_each_period_says_where_it_stands_and_what_is_left() -> None:
    [hint] = period_hints(Remedy.WITHDRAWAL, "DE", ordered=None, received=date(2026, 6, 1), withdrawn=None, holidays=())
    assert (hint.source, hint.left(date(2026, 6, 1)), hint.left(date(2026, 6, 16))) == (
        SOURCE_OF[ClaimPeriod.WITHDRAWAL],
        14,
        -1,
    )
    assert set(SOURCE_OF) == set(ClaimPeriod)
