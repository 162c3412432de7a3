"""Calendar files, read back by another program's parser."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.formats.ics import CalendarDay, calendar_file

NOW = datetime(2026, 5, 4, 14, 0, tzinfo=timezone(timedelta(hours=2)))
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120).filter(str.strip)


def _read(data: bytes) -> Any:
    calendar = vobject.readOne(data.decode("utf-8"))
    assert calendar.validate(raiseException=True)
    return calendar


def _day(**members: Any) -> CalendarDay:
    usual: dict[str, Any] = {"uid": "one@vrm-desktop", "day": date(2026, 5, 31), "title": "Notice"}
    return CalendarDay(**(usual | members))


def test_a_day_is_a_whole_day_that_blocks_nothing() -> None:
    [event] = _read(calendar_file([_day(words="To the works")], made=NOW)).vevent_list
    assert (event.dtstart.value, event.dtend.value) == (date(2026, 5, 31), date(2026, 6, 1))
    assert event.dtstamp.value == NOW.astimezone(UTC)
    assert (event.uid.value, event.summary.value) == ("one@vrm-desktop", "Notice")
    assert (event.description.value, event.transp.value) == ("To the works", "TRANSPARENT")
    assert event.__dict__["contents"]["class"][0].value == "PRIVATE"


def test_no_day_at_all_is_a_calendar_too() -> None:
    data = calendar_file([], made=NOW)
    assert data.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert not hasattr(_read(data), "vevent")


@pytest.mark.parametrize("day", [date(2028, 2, 28), date(2028, 2, 29), date(2026, 12, 31)])
def test_the_day_after_is_right_at_the_end_of_months(day: date) -> None:
    [event] = _read(calendar_file([_day(day=day)], made=NOW)).vevent_list
    assert event.dtend.value - event.dtstart.value == timedelta(days=1)


def test_the_last_day_there_is_has_no_day_after() -> None:
    [event] = _read(calendar_file([_day(day=date.max)], made=NOW)).vevent_list
    assert event.dtstart.value == date.max
    assert not hasattr(event, "dtend")


@given(titles=st.lists(TEXTS, min_size=1, max_size=3), words=TEXTS)
def test_whatever_is_said_comes_back_and_no_line_is_too_long(titles: list[str], words: str) -> None:
    days = [_day(uid=f"{at}@x", title=title, words=words) for at, title in enumerate(titles)]
    data = calendar_file(days, made=NOW)
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")
    events = _read(data).vevent_list
    assert [event.summary.value for event in events] == titles
    assert {event.description.value for event in events} == {words}


def test_a_text_cannot_begin_a_line_of_its_own() -> None:
    data = calendar_file([_day(title="Fine\r\nATTACH:file:///etc/passwd\rx\x00y")], made=NOW)
    assert not [line for line in data.split(b"\r\n") if line.startswith((b"ATTACH", b"x"))]
    [event] = _read(data).vevent_list
    assert event.summary.value == "Fine\nATTACH:file:///etc/passwd\nxy"


@pytest.mark.parametrize("members", [{"uid": " "}, {"title": " "}])
def test_a_day_has_a_name_and_a_title(members: dict[str, str]) -> None:
    with pytest.raises(InvalidValue):
        _day(**members)
