"""Days: by when the thing is needed and by when answers are wanted; English and German.

"by Friday" is the coming Friday, today included; whatever two careful people could read as two days is asked back with
both as choices. Never here: the clock (today is an argument), times of day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from vrm_desktop.formats.typed_line.calendar_words import (
    MONTHS,
    NAMED_DAYS,
    SHORT_WEEKDAYS,
    UNCLEAR_DAYS,
    WEEKDAYS,
)
from vrm_desktop.formats.typed_line.days import (
    Day,
    day_and_month,
    in_days,
    in_months,
    month_end,
    numeric,
    ordinal,
    weekday,
)
from vrm_desktop.formats.typed_line.meaning import Field, Why
from vrm_desktop.formats.typed_line.misspelling import close_to
from vrm_desktop.formats.typed_line.numbers import ONE, WORD_PATTERN, read_count
from vrm_desktop.formats.typed_line.words import Line, fold


def _words(words: Iterator[str] | tuple[str, ...] | dict[str, int]) -> str:
    spelled = {variant for word in words for variant in (word, word.replace("ae", "ä"))}
    return "|".join(sorted(map(re.escape, spelled), key=lambda word: (-len(word), word)))


_MONTH = rf"(?P<month>{_words(MONTHS)})(?![^\W_])\.?"
_YEAR = r"(?:,?\s(?P<year>20[0-9]{2}))?"
_COUNT = rf"(?P<count>[0-9]{{1,3}}|{'|'.join(sorted(ONE))}|{WORD_PATTERN})"
_NUMERIC: Final = (
    r"(?P<iso>20[0-9]{2}-[0-9]{2}-[0-9]{2})(?![0-9])",
    r"(?P<dots>[0-9]{1,2}\.\s?[0-9]{1,2}\.(?:\s?(?:20)?[0-9]{2}(?![0-9]|[.,][0-9]))?)(?![0-9])",
    (
        r"(?P<slashes>[0-9]{1,2}/[0-9]{1,2}(?:/(?:20)?[0-9]{2})?)"
        r"(?![0-9/]|\s?(?:size|jahr|year|violin|geige|guitar|gitarre|inch|zoll|\"|cello))"
    ),
)
_WORDED: Final = (
    rf"(?P<dayfirst>[0-9]{{1,2}})(?:st|nd|rd|th|\.)?\s?(?:of\s)?{_MONTH}{_YEAR}",
    (
        rf"{_MONTH.replace('month', 'usmonth')}\s(?P<daysecond>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9]"
        rf"|[.,][0-9]){_YEAR.replace('year', 'usyear')}"
    ),
    r"(?P<ordinal>[0-9]{1,2})(?:st|nd|rd|th)(?![^\W_]|[\s-]hand)",
    (
        rf"(?:(?P<turn>next|following|nächste[nmrs]?|naechste[nmrs]?|this|diese[nmrs]?|coming|kommende[nmrs]?|last)\s)?"
        rf"(?P<weekday>{_words(WEEKDAYS)})(?:abend|nachmittag|vormittag|mittag|morgen"
        rf"|früh)?(?![^\W_])(?P<later>\s(?:week(?![^\W_])|in einer woche|in zwei wochen|after next|or later))?"
    ),
    rf"(?P<named>{'|'.join(map(re.escape, NAMED_DAYS))})(?![^\W_])",
    rf"(?P<unclear>{'|'.join(map(re.escape, UNCLEAR_DAYS))})(?![^\W_])",
    r"(?P<overmorrow>(?:the )?day after tomorrow|übermorgen|uebermorgen)(?![^\W_])",
    r"(?P<tomorrow>tomorrow|(?<!am )morgen)(?![^\W_])",
    r"(?P<today>today|tonight|heute)(?![^\W_])",
    (
        rf"(?:in|within|innerhalb(?: von)?|binnen)\s(?P<rough>(?:about|around|ca\.?|circa|etwa|ungefähr)\s)?{_COUNT}\s"
        r"(?P<unit>days?|tage?n?|weeks?|wochen?|months?|monate?n?)(?![^\W_])"
    ),
    (
        r"(?:the\s)?(?:end of|ende)\s(?:the\s|this\s|des\s|der\s|dieses\s|dieser\s)?"
        rf"(?P<endof>month|monats?|year|jahres|week|woche|{_words(MONTHS)}){_YEAR.replace('year', 'endyear')}(?![^\W_])"
    ),
    r"(?P<monthend>monatsende|month[- ]end)(?![^\W_])",
    r"(?P<yearend>jahresende|year[- ]end)(?![^\W_])",
    (
        r"(?P<vague>(?:next|this|coming|nächste[nmrs]?|naechste[nmrs]?|diese[nmrs]?|kommende[nmrs]?)\s"
        r"(?:week|month|year|weekend|spring|summer|autumn|winter|wochen?|monats?|jahr|wochenende)|(?:the\s)?weekend"
        r"|(?<!nur am )wochenende|(?:before|vor)\s(?:the\s|dem\s|den\s)?(?:winter|spring|summer|autumn|sommer|frühling"
        r"|frühjahr|herbst|holidays|ferien)"
        r"|asap|as soon as possible|urgent(?:ly)?|soon|immediately|right away|sofort|so schnell wie möglich"
        r"|schnellstmöglich|dringend|eilig|bald|baldmöglichst|umgehend|in the coming weeks"
        r"|in den nächsten (?:tagen|wochen)"
        r"|end of the week|(?:in|within) a fortnight|in vierzehn tagen"
        r"|mid(?:dle)?[- ](?:of )?\S+|(?:anfang|mitte)\s(?:nächster woche|nächsten monats|januar|februar|märz|april|mai"
        r"|juni|juli|august|september"
        r"|oktober|november|dezember|des monats))(?![^\W_])"
    ),
)
_LED: Final = (
    rf"(?P<shortday>{_words(SHORT_WEEKDAYS)})(?![^\W_])\.?",
    r"(?P<germanday>[0-9]{1,2}\.)(?=\s|$|,)(?!\s?[0-9])",
    r"(?P<opendots>[0-9]{1,2}\.[0-9]{1,2})(?![0-9.,€$£]|\s?(?:€|eur|k\b))",
    rf"{_MONTH.replace('month', 'monthonly')}{_YEAR.replace('year', 'monthyear')}",
)
_PLAIN_LEAD = (
    r"no later than|not later than|at the latest by|at the latest on|at the latest|latest by|latest|by the|by|until"
    r"|till|til|due on|due|on the|on"
    r"|bis spätestens|spätestens bis|spätestens am|spätestens|bis zum|bis zur|bis am|bis|am|zum|for the|for|für den"
    r"|für|vom"
)
_OPEN_LEAD = (
    r"after|nach|from the|from|ab dem|ab|starting on|starting|start on|start|beginning|beginn|seit|since|around"
    r"|about|ca\.?|circa|etwa|gegen|ungefähr|um|to|between|zwischen|and|und"
)
_OUTER_LEAD = r"before the|before|vor dem|vor"
_MONTH_LEAD = r"in|im|during|early|late|anfang|mitte|ende"
_LEAD = (
    rf"(?:(?<![^\W_])(?:(?P<outer>{_OUTER_LEAD})|(?P<open>{_OPEN_LEAD})|(?P<plain>{_PLAIN_LEAD})"
    rf"|(?P<inmonth>{_MONTH_LEAD}))\s)"
)
_FREE = re.compile(rf"(?<![^\W_])(?<![0-9][.,/-]){_LEAD}?(?:{'|'.join((*_NUMERIC, *_WORDED))})", re.IGNORECASE)
_ONLY_LED = re.compile(rf"{_LEAD}(?:{'|'.join(_LED)})", re.IGNORECASE)
_RANGE_HEAD = re.compile(r"(?<![^\W_])[0-9]{1,2}\.?(?:\s?[-–]\s?|\s(?:bis|to|und|and|or|oder)\s)$", re.IGNORECASE)
_TYPO = re.compile(r"(?<![^\W_])(?:by|until|on|bis|am)\s(?P<word>[^\W\d_]{5,12})(?![^\W_])", re.IGNORECASE)
_ANSWERS = re.compile(
    r"(?<![^\W_])(?:please\s|bitte\s)?(?:(?:want|need|send)\s)?(?:answers?|answer me|offers?|quotes?|quotations?"
    r"|repl(?:y|ies)|bids?|responses?|respond|proposals?"
    r"|angebote?|antworte?n?|rückmeldung(?:en)?|gebote?|kostenvoranschl[aä]ge?|melden|bewerbung(?:en)?"
    r"|frist(?: für angebote)?)"
    r"(?:\s(?:please|bitte|welcome|erbeten|erwünscht|needed|wanted|due|gerne))?:?\s*$",
    re.IGNORECASE,
)
_ANSWERS_AFTER = re.compile(
    r"\s(?:antworten|melden|anbieten|erbeten|for (?:answers|offers|quotes|replies))(?![^\W_])", re.IGNORECASE
)
_FILLER_BEFORE = re.compile(
    r"(?<![^\W_])(?:needed|required|done|finished|ready|needs to be done|must be (?:done|here|finished)|fertig"
    r"|benötigt|gebraucht wird es|brauche es|erledigt)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    field: Field
    day: Day
    start: int
    end: int
    source_start: int


def read_dates(line: Line, today: date) -> None:
    """Make needed-by and answers-by chips, or ask; takes the characters of every day it recognised."""
    found = [*_find(line, _FREE, today), *_find(line, _ONLY_LED, today)]
    found.sort(key=lambda one: one.start)
    for field in (Field.NEEDED_BY, Field.ANSWERS_BY):
        _settle(line, field, [one for one in found if one.field is field])
    _ask_contradiction(line)
    _ask_typos(line, found)


def _find(line: Line, pattern: re.Pattern[str], today: date) -> list[_Found]:
    found = []
    position = 0
    while (match := pattern.search(line.text, position)) is not None:
        position = match.end()
        lead = next((name for name in ("outer", "open", "plain", "inmonth") if match[name]), "")
        source_start = match.end(lead) + 1 if lead else match.start()
        if not line.free(source_start, match.end()):
            continue
        day = _with_lead(_read(match, today), lead)
        if day is None:
            continue
        head = _RANGE_HEAD.search(line.text, 0, source_start)
        if head is not None and line.free(head.start(), source_start):
            source_start, lead = head.start(), ""
            day = Day(why=Why.SEVERAL, choices=day.choices)
        start, end, field = source_start, match.end(), Field.NEEDED_BY
        if lead and line.free(match.start(), source_start):
            start = match.start()
        answers = _ANSWERS.search(line.text, 0, start)
        if answers is not None and line.free(answers.start(), start):
            start, field = answers.start(), Field.ANSWERS_BY
        elif (after := _ANSWERS_AFTER.match(line.text, end)) is not None:
            end, field = after.end(), Field.ANSWERS_BY
        elif (filler := _FILLER_BEFORE.search(line.text, 0, start)) is not None:
            start = filler.start()
        line.take(start, end)
        found.append(_Found(field=field, day=day, start=start, end=match.end(), source_start=source_start))
    return found


def _with_lead(day: Day | None, lead: str) -> Day | None:
    if day is None or day.why is not None:
        return day
    match lead:
        case "outer":
            return Day(why=Why.BOUNDARY, choices=(day.choices[0] - timedelta(days=1), *day.choices))
        case "open":
            return Day(why=Why.NOT_A_DAY, choices=day.choices)
        case _:
            return day


def _settle(line: Line, field: Field, found: list[_Found]) -> None:
    if not found:
        return
    unclear = next((one for one in found if one.day.why is not None), None)
    days = dict.fromkeys(day for one in found for day in one.day.choices)
    first, last = found[0], found[-1]
    if unclear is not None:
        source = line.text[unclear.source_start : unclear.end]
        line.ask(field, unclear.day.why or Why.NOT_A_DAY, source=source, choices=sorted(days))
    elif len(days) > 1:
        line.ask(field, Why.SEVERAL, source=line.text[first.source_start : last.end], choices=sorted(days))
    else:
        line.add(field, first.day.choices[0], first.source_start, first.end)


def _ask_contradiction(line: Line) -> None:
    """Answers wanted after the thing is needed: "offers by Monday, delivery by Friday" must mean another Friday."""
    needed = next((chip for chip in line.chips if chip.field is Field.NEEDED_BY), None)
    answers = next((chip for chip in line.chips if chip.field is Field.ANSWERS_BY), None)
    if needed is None or answers is None or not isinstance(needed.value, date) or not isinstance(answers.value, date):
        return
    if answers.value > needed.value:
        choices = (needed.value, needed.value + timedelta(days=7))
        line.ask(Field.NEEDED_BY, Why.CONFLICT, source=needed.source, choices=choices)


def _ask_typos(line: Line, found: list[_Found]) -> None:
    for match in _TYPO.finditer(line.text):
        if found or not line.free(match.start(), match.end()):
            continue
        if close_to(fold(match["word"]), (*WEEKDAYS, "tomorrow")) is not None:
            line.ask(Field.NEEDED_BY, Why.MISSPELLED, source=match["word"])
            line.take(match.start(), match.end())


def _read(match: re.Match[str], today: date) -> Day | None:  # noqa: C901 - one branch per kind of day
    groups = {name: text for name, text in match.groupdict().items() if text is not None}
    for name, said in groups.items():
        text = fold(said)
        match name:
            case "iso" | "dots" | "slashes" | "opendots":
                return numeric(text, today)
            case "dayfirst":
                return day_and_month(int(text), MONTHS[fold(groups["month"])], _year(groups.get("year")), today)
            case "daysecond":
                return day_and_month(int(text), MONTHS[fold(groups["usmonth"])], _year(groups.get("usyear")), today)
            case "ordinal" | "germanday":
                return ordinal(int(text.rstrip(".")), today)
            case "weekday":
                return weekday(WEEKDAYS[text], fold(groups.get("turn", "")), "later" in groups, today)
            case "shortday":
                return weekday(SHORT_WEEKDAYS[text], "", False, today)  # noqa: FBT003 - mirrors the line above
            case "named":
                month, number = NAMED_DAYS[said.casefold()]
                return day_and_month(number, month, None, today)
            case "unclear" | "vague" | "monthonly":
                return Day(why=Why.NOT_A_DAY)
            case "today":
                return Day(choices=(today,))
            case "tomorrow":
                return Day(choices=(today + timedelta(days=1),))
            case "overmorrow":
                return Day(choices=(today + timedelta(days=2),))
            case "unit":
                return _after(read_count(fold(groups["count"])), text, "rough" in groups, today)
            case "monthend":
                return Day(choices=(month_end(today.year, today.month),))
            case "yearend":
                return Day(choices=(date(today.year, 12, 31),))
            case "endof":
                return _end_of(text, _year(groups.get("endyear")), today)
            case _:
                continue
    return None


def _year(text: str | None) -> int | None:
    return int(text) if text is not None else None


def _after(count: int | None, unit: str, rough: bool, today: date) -> Day | None:  # noqa: FBT001 - private
    if count is None or not count:
        return None
    day = (
        in_months(today, count) if unit.startswith("mo") else in_days(today, count * (7 if unit.startswith("w") else 1))
    )
    return Day(why=Why.APPROXIMATE, choices=(day,)) if rough else Day(choices=(day,))


def _end_of(what: str, year: int | None, today: date) -> Day:
    if what in ("week", "woche"):
        friday = today + timedelta(days=(4 - today.weekday()) % 7)
        return Day(why=Why.SEVERAL, choices=(friday, friday + timedelta(days=2)))
    if what in ("year", "jahres"):
        return Day(choices=(date(today.year, 12, 31),))
    if what in MONTHS:
        month = MONTHS[what]
        return Day(choices=(month_end(year or (today.year + (month < today.month)), month),))
    return Day(choices=(month_end(today.year, today.month),))
