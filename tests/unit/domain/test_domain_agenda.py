"""Where a date stands, seen from today."""

from datetime import date, timedelta

import pytest

from vrm_desktop.domain.agenda import PASSING, AgendaItem, AgendaKind, When, when

TODAY = date(2028, 2, 28)


def _due(days: int, kind: AgendaKind = AgendaKind.REMINDER, *, done: bool = False) -> When:
    return when(AgendaItem(kind=kind, due=TODAY + timedelta(days=days), key="k", done=done), TODAY)


@pytest.mark.parametrize(
    ("days", "stands"), [(-1, When.OVERDUE), (0, When.TODAY), (1, When.WEEK), (6, When.WEEK), (7, When.LATER)]
)
def test_a_week_is_seven_days_with_today(days: int, stands: When) -> None:
    assert _due(days) is stands


def test_what_only_passes_is_never_overdue() -> None:
    assert {_due(-1, kind) for kind in PASSING} == {When.PAST}
    assert {_due(-1, kind) for kind in set(AgendaKind) - PASSING} == {When.OVERDUE}


def test_what_is_done_stays_done() -> None:
    assert {_due(days, done=True) for days in (-9, 0, 9)} == {When.DONE}
