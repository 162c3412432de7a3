"""Days and periods in a mail: `until 3 December`, `bis 30.11.`, `2-3 Werktage`. What could be two days is none.

A day without a year is the next such day from the mail's own on. Never here: what a day is for (`conditions`).
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from vrm_desktop.formats.typed_line.calendar_words import MONTHS, WEEKDAYS

_FOREIGN_MONTHS = {
    "märz": 3, "jänner": 1, "januari": 1, "februari": 2, "maart": 3, "mei": 5, "augustus": 8, "janvier": 1,
    "février": 2, "mars": 3, "avril": 4, "juin": 6, "juillet": 7, "août": 8, "septembre": 9, "octobre": 10,
    "novembre": 11, "décembre": 12,
}  # fmt: skip
_MONTHS = MONTHS | _FOREIGN_MONTHS
_NUMBERS = {
    "ein": 1, "eine": 1, "einen": 1, "einer": 1, "einem": 1, "one": 1, "a": 1, "zwei": 2, "two": 2, "drei": 3,
    "three": 3, "vier": 4, "four": 4, "fünf": 5, "five": 5, "sechs": 6, "six": 6, "sieben": 7, "seven": 7, "acht": 8,
    "eight": 8, "zehn": 10, "ten": 10, "vierzehn": 14, "fourteen": 14, "thirty": 30, "dreißig": 30,
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = re.compile(
    rf"(?<![\w.,/-])(?:"
    rf"(?P<y1>20[0-9]{{2}})-(?P<m1>[0-9]{{2}})-(?P<d1>[0-9]{{2}})"
    rf"|(?P<d2>[0-9]{{1,2}})\.[ ]?(?P<m2>[0-9]{{1,2}})\.(?:[ ]?(?P<y2>20[0-9]{{2}}|[0-9]{{2}})(?![0-9:]|[.,][0-9]))?"
    rf"|(?P<d3>[0-9]{{1,2}})(?:\.|st|nd|rd|th|er)?[ ](?:of )?(?P<m3>{_MONTH})\b\.?(?:,?[ ](?P<y3>20[0-9]{{2}}))?"
    rf"|(?P<m4>{_MONTH})\.?[ ](?P<d4>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9.])(?:,?[ ](?P<y4>20[0-9]{{2}}))?"
    rf"|(?P<s1>[0-9]{{1,2}})/(?P<s2>[0-9]{{1,2}})/(?P<y5>20[0-9]{{2}})"
    rf"|(?:KW|calendar week|week)[ ]?(?P<week>[0-9]{{1,2}})"
    rf"|(?P<weekday>{'|'.join(WEEKDAYS)})"
    rf")(?![\w])",
    re.IGNORECASE,
)
_COUNT = "|".join(_NUMBERS)
_PERIOD = re.compile(
    rf"(?<![\w.,/])(?:(?P<low>[0-9]{{1,3}}|{_COUNT})[ \u00a0]?(?:-|–|—|bis|to|oder|or)[ \u00a0]?)?"
    rf"(?P<high>[0-9]{{1,3}}|{_COUNT})[- \u00a0](?:volle[nr]? )?"
    r"(?P<unit>werktag\w*|arbeitstag\w*|working days?|business days?|workdays?|werkdagen|jours ouvrés|"
    r"kalendertag\w*|tag(?:e|en)?\b|"
    r"days?\b|dagen|jours|woche\w*|weeks?\b|weken|semaines|monat\w*|months?\b|maanden|mois|jahr\w*|years?\b|"
    r"jaar|ans)",
    re.IGNORECASE,
)
_WORKING = ("werk", "arbeit", "working", "business", "workday", "jours ouv")
_WEEK = 7
_MOST_AHEAD = 730


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DayFound:
    """A day at `start` to before `end`."""

    start: int
    end: int
    day: date


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PeriodFound:
    """A period of `count` `unit`s ("working", "day" or "month") at `start` to before `end`; of a range the longer."""

    start: int
    end: int
    count: int
    unit: str


def days_in(text: str, today: date, start: int = 0, end: int | None = None) -> Iterator[DayFound]:
    """The days that `text` names between two places, on or after `today` and at most two years ahead."""
    for found in _DAY.finditer(text, start, len(text) if end is None else end):
        day = _day(found, today)
        if day is not None and today <= day <= today + timedelta(days=_MOST_AHEAD):
            yield DayFound(start=found.start(), end=found.end(), day=day)


def periods_in(text: str, start: int = 0, end: int | None = None) -> Iterator[PeriodFound]:
    """The periods that `text` names between two places."""
    for found in _PERIOD.finditer(text, start, len(text) if end is None else end):
        high = found["high"].lower()
        count = int(high) if high.isdigit() else _NUMBERS[high]
        unit = found["unit"].lower()
        if unit.startswith(_WORKING):
            named = "working"
        elif unit.startswith(("woche", "week", "weken", "semaine")):
            named, count = "day", count * _WEEK
        elif unit.startswith(("monat", "month", "maand", "mois")):
            named = "month"
        elif unit.startswith(("jahr", "year", "jaar", "ans")):
            named, count = "month", count * 12
        else:
            named = "day"
        if count:
            yield PeriodFound(start=found.start(), end=found.end(), count=count, unit=named)


def _day(found: re.Match[str], today: date) -> date | None:
    if found["weekday"]:
        return today + timedelta(days=(WEEKDAYS[found["weekday"].lower()] - today.weekday()) % _WEEK or _WEEK)
    if found["week"]:
        return _end_of_week(int(found["week"]), today)
    if found["s1"]:
        first, second, year = int(found["s1"]), int(found["s2"]), int(found["y5"])
        if first == second or second > 12:
            return _date(year, first, second)
        return _date(year, second, first) if first > 12 else None
    for number in "1234":
        if found[f"d{number}"]:
            month: str = found[f"m{number}"].lower()
            named: str | None = found[f"y{number}"]
            return _dated(
                int(found[f"d{number}"]),
                int(month) if month.isdigit() else _MONTHS[month],
                int(named) + (2000 if len(named) == 2 else 0) if named else None,
                today,
            )
    return None


def _dated(day: int, month: int, year: int | None, today: date) -> date | None:
    if year is not None:
        return _date(year, month, day)
    this = _date(today.year, month, day)
    return this if this is not None and this >= today else _date(today.year + 1, month, day)


def _end_of_week(week: int, today: date) -> date | None:
    for year in (today.year, today.year + 1):
        try:
            day = date.fromisocalendar(year, week, _WEEK)
        except ValueError:
            continue
        if day >= today:
            return day
    return None


def _date(year: int, month: int, day: int) -> date | None:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)
