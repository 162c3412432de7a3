"""Days worked out from today: one day, or several with the reason why it has to be asked.

Never here: words and patterns (`dates`), the clock.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.formats.typed_line.meaning import Why

_NEARLY_A_YEAR: Final = 300
"""Days ahead: a day without a year that just passed more likely was mistyped than meant for next year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day (`why` is None), or the possible days and why it is unclear (then there may be none)."""

    choices: tuple[date, ...] = ()
    why: Why | None = None

    def __post_init__(self) -> None:
        if self.why is None and len(self.choices) != 1:
            raise InvalidValue("a clear day is one day")


def numeric(text: str, today: date) -> Day:
    """A day in digits: ISO, day first with dots, or with slashes, where the order may be unclear."""
    if "-" in text:
        year, month, day = (int(part) for part in text.split("-"))
        return day_and_month(day, month, year, today)
    parts = [int(part) for part in re.findall(r"[0-9]+", text)]
    stated = (parts[2] if parts[2] > 99 else 2000 + parts[2]) if len(parts) > 2 else None
    european = day_and_month(parts[0], parts[1], stated, today)
    if "." in text:
        return european
    american = day_and_month(parts[1], parts[0], stated, today)
    if european.why is Why.IMPOSSIBLE:
        return american
    if american.why is Why.IMPOSSIBLE or american == european:
        return european
    return Day(why=Why.SEVERAL, choices=tuple(sorted((*european.choices, *american.choices))))


def day_and_month(day: int, month: int, year: int | None, today: date) -> Day:
    """That day in `year`, or without a year the next time it comes."""
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return Day(why=Why.IMPOSSIBLE)
    if year is not None:
        found = _date(year, month, day)
        if found is None:
            return Day(why=Why.IMPOSSIBLE)
        return Day(choices=(found,)) if found >= today else Day(why=Why.PAST)
    coming = (_date(candidate, month, day) for candidate in range(today.year, today.year + 9))
    found = next((one for one in coming if one is not None and one >= today), None)
    if found is None:
        return Day(why=Why.IMPOSSIBLE)
    if (found - today).days > _NEARLY_A_YEAR:
        return Day(why=Why.PAST, choices=(found,))
    return Day(choices=(found,))


def ordinal(day: int, today: date) -> Day:
    """The coming such day of a month: "the 25th"."""
    first = today.replace(day=1)
    for _ in range(3):
        found = _date(first.year, first.month, day)
        if found is not None and found >= today:
            return Day(choices=(found,))
        first = in_months(first, 1)
    return Day(why=Why.IMPOSSIBLE)


def weekday(number: int, turn: str, later: bool, today: date) -> Day:  # noqa: FBT001 - "Friday week" is or is not said
    """The coming such weekday, today included. "next Friday" may be this week's or the one after, so it is unclear."""
    coming = today + timedelta(days=(number - today.weekday()) % 7)
    after = coming + timedelta(days=7)
    if later or turn.startswith(("next", "following", "naechst")):
        return Day(why=Why.SEVERAL, choices=(coming, after))
    if turn.startswith("last"):
        return Day(why=Why.PAST)
    if turn.startswith(("coming", "kommend")) and coming == today:
        return Day(choices=(after,))
    return Day(choices=(coming,))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def in_days(today: date, days: int) -> date:
    """So many days from today."""
    return today + timedelta(days=days)


def in_months(today: date, months: int) -> date:
    """So many months from today, the day cut to the month's length."""
    years, month = divmod(today.month - 1 + months, 12)
    year = today.year + years
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
