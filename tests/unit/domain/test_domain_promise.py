"""Promises: open until settled, kept in time or late, and never both open and settled."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.fakes import specimens
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.promise import PromiseState

OPEN = specimens.PROMISE
DUE = date(2026, 5, 15)


def test_it_is_overdue_only_after_its_day_and_while_open() -> None:
    assert not OPEN.overdue(DUE)
    assert OPEN.overdue(DUE + timedelta(days=1))
    assert not OPEN.kept(DUE).overdue(DUE + timedelta(days=9))
    assert not replace(OPEN, due=None).overdue(date(2099, 1, 1))


def test_it_is_kept_in_time_or_late() -> None:
    assert OPEN.kept(DUE).state is PromiseState.KEPT
    assert OPEN.kept(DUE + timedelta(days=1)).state is PromiseState.LATE
    assert replace(OPEN, due=None).kept(date(2099, 1, 1)).state is PromiseState.KEPT


def test_it_is_broken_or_waived_on_a_day() -> None:
    told = specimens.message_id(9)
    broken, waived = OPEN.broken(DUE, told), OPEN.waived(DUE)
    assert (broken.state, broken.settled, broken.evidence) == (PromiseState.BROKEN, DUE, told)
    assert (waived.state, waived.settled) == (PromiseState.WAIVED, DUE)
    assert OPEN.words == OPEN.what


@pytest.mark.parametrize(
    "wrong", [{"what": ""}, {"what": "x" * 1001}, {"settled": DUE}, {"state": PromiseState.KEPT}], ids=str
)
def test_it_keeps_its_rules(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        replace(OPEN, **wrong)  # type: ignore[arg-type]
