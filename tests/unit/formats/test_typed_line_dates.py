"""Days in a typed line: one careful reading is a chip, two are a question with both as choices."""

from datetime import date

import pytest

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.formats.typed_line.days import Day
from vrm_desktop.formats.typed_line.line import parse
from vrm_desktop.formats.typed_line.meaning import Field, Question, Why

WEDNESDAY = date(2026, 11, 18)


def _needed(text: str, today: date = WEDNESDAY) -> date | None:
    return parse(f"bike, Bonn, {text}", today=today).needed_by


def _asked(text: str, today: date = WEDNESDAY) -> Question:
    questions = parse(f"bike, Bonn, {text}", today=today).questions
    return next(question for question in questions if question.field is Field.NEEDED_BY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by Friday", date(2026, 11, 20)),
        ("bis Mittwoch", date(2026, 11, 18)),
        ("kommenden Mittwoch", date(2026, 11, 25)),
        ("this Sunday", date(2026, 11, 22)),
        ("Freitagabend", date(2026, 11, 20)),
        ("by fri", date(2026, 11, 20)),
        ("today", date(2026, 11, 18)),
        ("morgen", date(2026, 11, 19)),
        ("the day after tomorrow", date(2026, 11, 20)),
        ("in 3 days", date(2026, 11, 21)),
        ("innerhalb von zwei Wochen", date(2026, 12, 2)),
        ("in a month", date(2026, 12, 18)),
        ("2026-12-01", date(2026, 12, 1)),
        ("bis 3.4.", date(2027, 4, 3)),
        ("bis 03.04.27", date(2027, 4, 3)),
        ("by 25/12", date(2026, 12, 25)),
        ("by 12/25", date(2026, 12, 25)),
        ("by 5/5", date(2027, 5, 5)),
        ("by 1st of December", date(2026, 12, 1)),
        ("December 24, 2026", date(2026, 12, 24)),
        ("by the 25th", date(2026, 11, 25)),
        ("by the 2nd", date(2026, 12, 2)),
        ("bis zum 31.", date(2026, 12, 31)),
        ("bis 5.12", date(2026, 12, 5)),
        ("end of the month", date(2026, 11, 30)),
        ("Ende Februar", date(2027, 2, 28)),
        ("Monatsende", date(2026, 11, 30)),
        ("bis Jahresende", date(2026, 12, 31)),
        ("by the end of the year", date(2026, 12, 31)),
        ("Heiligabend", date(2026, 12, 24)),
        ("by 29 Feb 2028", date(2028, 2, 29)),
    ],
)
def test_a_clear_day_is_a_chip(text: str, expected: date) -> None:
    assert _needed(text) == expected


@pytest.mark.parametrize(
    ("text", "why", "choices"),
    [
        ("by 3/4", Why.SEVERAL, (date(2027, 3, 4), date(2027, 4, 3))),
        ("next Friday", Why.SEVERAL, (date(2026, 11, 20), date(2026, 11, 27))),
        ("nächsten Freitag", Why.SEVERAL, (date(2026, 11, 20), date(2026, 11, 27))),
        ("Friday in zwei Wochen", Why.SEVERAL, (date(2026, 11, 20), date(2026, 11, 27))),
        ("before Friday", Why.BOUNDARY, (date(2026, 11, 19), date(2026, 11, 20))),
        ("ab 1. Dezember", Why.NOT_A_DAY, (date(2026, 12, 1),)),
        ("Friday or Saturday", Why.SEVERAL, (date(2026, 11, 20), date(2026, 11, 21))),
        ("3.-6.12.", Why.SEVERAL, (date(2026, 12, 6),)),
        ("end of the week", Why.SEVERAL, (date(2026, 11, 20), date(2026, 11, 22))),
        ("in about 2 weeks", Why.APPROXIMATE, (date(2026, 12, 2),)),
        ("next week", Why.NOT_A_DAY, ()),
        ("dringend", Why.NOT_A_DAY, ()),
        ("im Januar", Why.NOT_A_DAY, ()),
        ("bis Weihnachten", Why.NOT_A_DAY, ()),
        ("by 31 Feb", Why.IMPOSSIBLE, ()),
        ("by 2026-02-30", Why.IMPOSSIBLE, ()),
        ("by 13/13", Why.IMPOSSIBLE, ()),
        ("by 30 February", Why.IMPOSSIBLE, ()),
        ("by the 32nd", Why.IMPOSSIBLE, ()),
        ("last Friday", Why.PAST, ()),
        ("by 1 May 2025", Why.PAST, ()),
        ("by 1 November", Why.PAST, (date(2027, 11, 1),)),
        ("by Firday", Why.MISSPELLED, ()),
    ],
)
def test_an_unclear_day_is_asked_back_with_its_readings(text: str, why: Why, choices: tuple[date, ...]) -> None:
    asked = _asked(text)
    assert (asked.why, asked.choices) == (why, choices)
    assert _needed(text) is None


@pytest.mark.parametrize("text", ["violin 3/4 size", "on weekdays", "Freitags", "nur am Wochenende", "in 0 days"])
def test_what_only_looks_like_a_day_is_left_alone(text: str) -> None:
    parsed = parse(f"bike, Bonn, {text}", today=WEDNESDAY)
    assert parsed.needed_by is None
    assert not [question for question in parsed.questions if question.field is Field.NEEDED_BY]


@pytest.mark.parametrize(
    "text",
    [
        "answers by Monday",
        "please reply by Monday",
        "Angebote bitte bis Montag",
        "Rückmeldung bis Montag",
        "bis Montag melden",
    ],
)
def test_days_for_answers_are_kept_apart_from_days_of_need(text: str) -> None:
    parsed = parse(f"bike, Bonn, {text}, needed by 5 December", today=WEDNESDAY)
    assert (parsed.answers_by, parsed.needed_by) == (date(2026, 11, 23), date(2026, 12, 5))
    assert parsed.title == "bike"


def test_answers_after_the_need_are_a_contradiction_and_the_week_after_is_offered() -> None:
    parsed = parse("bike, Bonn, answers by Monday, delivery by Friday", today=WEDNESDAY)
    (asked,) = parsed.questions
    assert (asked.field, asked.why) == (Field.NEEDED_BY, Why.CONFLICT)
    assert asked.choices == (date(2026, 11, 20), date(2026, 11, 27))
    assert (parsed.answers_by, parsed.needed_by) == (date(2026, 11, 23), None)


def test_the_last_day_of_a_month_is_counted_in_months_without_overflow() -> None:
    assert _needed("in a month", date(2027, 1, 31)) == date(2027, 2, 28)


def test_a_clear_day_is_exactly_one() -> None:
    with pytest.raises(InvalidValue):
        Day()
