"""Which backups stay: the newest always, one a day, one a week, one for each risk; names are exact."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.vault.keeping import BackupName, Retention, expendable, parse_name

START = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
NAMES = st.builds(
    BackupName,
    made=st.integers(0, 400 * 24).map(lambda hours: START + timedelta(hours=hours)),
    turn=st.integers(0, 3),
    label=st.sampled_from(["daily", "by-hand", "before-schema-2", "before-schema-3", "before-rotation"]),
)


def daily(days: int, label: str = "daily") -> list[BackupName]:
    return [BackupName(made=START - timedelta(days=day), turn=0, label=label) for day in range(days)]


def test_a_year_of_daily_backups_leaves_seven_days_and_four_weeks() -> None:
    names = daily(365)
    left = sorted(set(names) - set(expendable(names, Retention())), reverse=True)
    ages = [(START - name.made).days for name in left]
    assert ages == [0, 1, 2, 3, 4, 5, 6, 8, 15]  # Monday noon: the weeks end on days 1, 8 and 15


def test_what_was_made_before_a_risk_stays_longer() -> None:
    risks = [
        BackupName(made=START - timedelta(days=300 + number), turn=0, label=f"before-schema-{number}")
        for number in range(5)
    ]
    gone = expendable([*daily(60), *risks], Retention())
    assert [risk for risk in risks if risk not in gone] == risks[:3]


@given(st.lists(NAMES, unique=True), st.integers(1, 9), st.integers(0, 6), st.integers(0, 4))
def test_the_newest_stays_and_a_second_look_lets_nothing_more_go(
    names: list[BackupName], days: int, weeks: int, risks: int
) -> None:
    retention = Retention(daily=days, weekly=weeks, risks=risks)
    gone = expendable(names, retention)
    left = [name for name in names if name not in gone]
    assert len(left) <= days + weeks + risks + 1
    assert not names or max(names) in left
    assert expendable(left, retention) == ()
    assert list(gone) == sorted(gone)


@given(NAMES)
def test_a_name_is_read_back_as_it_was_written(name: BackupName) -> None:
    assert parse_name(str(name)) == name


@pytest.mark.parametrize(
    "name",
    [
        "20260504T120000Z-daily.vrm-backup.new",
        "20260504T120000Z-.vrm-backup",
        "20260504T120000Z-Daily.vrm-backup",
        "20260504T120000Z-daily~0.vrm-backup",
        "20260504T120000Z-daily~01.vrm-backup",
        "20260504T120000Z--daily.vrm-backup",
        "20261304T120000Z-daily.vrm-backup",
        "20260504T120000Z-daily",
        "daily.vrm-backup",
        "",
    ],
)
def test_other_names_are_no_backups(name: str) -> None:
    assert parse_name(name) is None


def test_impossible_names_and_rules_are_refused() -> None:
    with pytest.raises(ValueError, match="UTC"):
        BackupName(made=START.replace(microsecond=1), turn=0, label="daily")
    with pytest.raises(ValueError, match="label"):
        BackupName(made=START, turn=0, label="a/b")
    with pytest.raises(ValueError, match="last day"):
        Retention(daily=0)
