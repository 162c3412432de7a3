"""Legal clocks to the day: months that end early, weekends, holidays, extensions in time and too late."""

from datetime import date

import pytest

from vrm_desktop.domain import clocks
from vrm_desktop.domain.clocks import Clock, ClockKind, Regime, Rule
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.living import DataRight

NONE: frozenset[date] = frozenset()
EASTER = frozenset({date(2026, 4, 3), date(2026, 4, 6)})


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2026, 5, 4), date(2026, 6, 4)),
        (date(2026, 1, 31), date(2026, 3, 2)),  # no 31 February: the 28th, a Saturday, so Monday
        (date(2027, 1, 31), date(2027, 3, 1)),  # the 28th is a Sunday
        (date(2028, 1, 31), date(2028, 2, 29)),  # a leap year
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 3, 29)),
        (date(2026, 3, 3), date(2026, 4, 7)),  # Good Friday, a weekend, Easter Monday
        (date(2026, 12, 31), date(2027, 2, 1)),  # the 31st of January is a Sunday
    ],
)
def test_a_month_under_the_gdpr_ends_on_a_working_day(received: date, due: date) -> None:
    clock = clocks.answer_clock(Regime.GDPR, DataRight.ACCESS, received, EASTER)
    assert clock == Clock(kind=ClockKind.ANSWER, due=due, rule=Rule.GDPR_12_3)


def test_two_more_months_count_from_receipt_when_they_are_announced_in_time() -> None:
    received = date(2026, 1, 31)
    extended = clocks.extended_clock(Regime.GDPR, DataRight.ACCESS, received, date(2026, 3, 2), NONE)
    assert extended == Clock(kind=ClockKind.EXTENDED, due=date(2026, 4, 30), rule=Rule.GDPR_12_3_EXTENDED)
    assert clocks.extended_clock(Regime.GDPR, DataRight.ACCESS, received, date(2026, 3, 3), NONE) is None
    with pytest.raises(InvalidValue):
        clocks.extended_clock(Regime.GDPR, DataRight.ACCESS, received, date(2026, 1, 30), NONE)


def test_california_counts_working_days_to_confirm_and_calendar_days_to_answer() -> None:
    received = date(2026, 5, 15)
    memorial_day = frozenset({date(2026, 5, 25)})
    confirm = clocks.confirm_clock(Regime.CCPA, DataRight.ACCESS, received, memorial_day)
    assert confirm == Clock(kind=ClockKind.CONFIRM, due=date(2026, 6, 1), rule=Rule.CCPA_CONFIRM)
    answer = clocks.answer_clock(Regime.CCPA, DataRight.ACCESS, received, memorial_day)
    assert answer == Clock(kind=ClockKind.ANSWER, due=date(2026, 6, 29), rule=Rule.CCPA_ANSWER)
    extended = clocks.extended_clock(Regime.CCPA, DataRight.ACCESS, received, date(2026, 6, 29), memorial_day)
    assert extended == Clock(kind=ClockKind.EXTENDED, due=date(2026, 8, 13), rule=Rule.CCPA_EXTENDED)


def test_an_opt_out_has_fifteen_working_days_and_no_more() -> None:
    received = date(2026, 5, 15)
    clock = clocks.answer_clock(Regime.CCPA, DataRight.OBJECTION, received, NONE)
    assert clock == Clock(kind=ClockKind.OPT_OUT, due=date(2026, 6, 5), rule=Rule.CCPA_OPT_OUT)
    assert clocks.confirm_clock(Regime.CCPA, DataRight.OBJECTION, received, NONE) is None
    assert clocks.extended_clock(Regime.CCPA, DataRight.OBJECTION, received, received, NONE) is None


def test_where_no_law_is_known_no_clock_runs() -> None:
    day = date(2026, 5, 15)
    assert clocks.answer_clock(Regime.NONE, DataRight.COPY, day, NONE) is None
    assert clocks.answer_rule(Regime.NONE, DataRight.COPY) is None
    assert clocks.extended_clock(Regime.NONE, DataRight.COPY, day, day, NONE) is None
    assert clocks.confirm_clock(Regime.GDPR, DataRight.COPY, day, NONE) is None


def test_an_authority_has_three_months_and_an_admonition_two_weeks() -> None:
    assert clocks.complaint_clock(date(2026, 11, 30), NONE).due == date(2027, 3, 1)
    assert clocks.admonition_clock(date(2026, 3, 23), EASTER).due == date(2026, 4, 7)


def test_a_clock_is_over_only_after_its_last_day() -> None:
    clock = Clock(kind=ClockKind.ANSWER, due=date(2026, 6, 4), rule=Rule.GDPR_12_3)
    assert (clock.days_left(date(2026, 6, 4)), clock.over(date(2026, 6, 4))) == (0, False)
    assert (clock.days_left(date(2026, 6, 5)), clock.over(date(2026, 6, 5))) == (-1, True)
