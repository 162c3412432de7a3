"""What a mail says about its validity, delivery, returns, warranty, and being bound. Two answers to one question: none.

Never here: prices.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from vrm_desktop.domain.mail_reading import OfferStanding, Quoted, Reason, SaidCount, SaidDay, SaidStanding
from vrm_desktop.formats.mail_offer.days import DayFound, PeriodFound, days_in, periods_in

_SENTENCE = re.compile(
    r"(?:(?<=[^\d\W]{3})|(?<=[)%€])|(?<=20[0-9]{2}))[.!?](?=\s)|[;?](?=\s)|\n[ \t]*(?=\n|[-*•])|"
    r"\n(?=[A-ZÄÖÜ][\wäöüß]*:)"
)
_PAUSE = re.compile(r"[.,;:!?](?=\s)|\n")
_BEYOND = 40
_LONGEST_SENTENCE = 1_000
_VALID = re.compile(
    r"\b(?:gültig\w*|gilt|gelten|preisbindung|gebunden|bindefrist|preisgarantie|halten (?:wir )?(?:den|das|"
    r"unser)|preis halten|aufrecht|"
    r"valid\w*|expires?|good (?:until|through|till)|stands until|remains? open|hold (?:the|this) (?:price|"
    r"offer)|geldig|valable)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?:\b(?:bis(?: spätestens| einschließlich)?(?: zum| am)?|until|till|through|by|before|on|am|tot|jusqu.au|"
    r"expires?|up to)\s*(?:(?:und mit|and including|the|dem)\s*)?"
    r"(?:(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|sunday),?\s*(?:dem |den |the )?)?)$",
    re.IGNORECASE,
)
_DELIVERY = re.compile(
    r"\b(?:liefer(?:zeit|termin|ung|bar|n|datum)?|liefern|ausliefer\w*|versandfertig|zustell\w*|bring\w*|"
    r"ausführung|übergabe|fertigstellung|"
    r"deliver\w*|arriv\w*|dispatch\w*|ships?|hand it over|lead time|levering|levertijd|livraison|livré)\b",
    re.IGNORECASE,
)
_RETURNS = re.compile(
    r"\b(?:rückgabe\w*|widerruf\w*|umtausch\w*|zurückgeben|retoure\w*|returns?|returned|return it|withdrawal|"
    r"send it back|trial period|refund)\b",
    re.IGNORECASE,
)
_WARRANTY = re.compile(r"\b(?:\w*garantie\w*|gewährleistung\w*|warrant\w*|guarantee\w*)\b", re.IGNORECASE)
_NEGATED = re.compile(r"\b(?:kein\w*|ohne|nicht|no|not|without|never)\b", re.IGNORECASE)
_INDICATIVE = re.compile(
    r"\b(?:freibleibend\w*|unverbindlich\w*|richtpreis\w*|ohne gewähr|zwischenverkauf vorbehalten|"
    r"änderungen vorbehalten|preisänderung\w* vorbehalten|"
    r"subject to (?:change|prior sale|availability)|non-?binding|not binding|indicative|no obligation|"
    r"without obligation|sans engagement|vrijblijvend)\b",
    re.IGNORECASE,
)
_BINDING = re.compile(
    r"\b(?:verbindlich\w*|festpreis\w*|(?<!non-)(?<!not )binding|firm offer|fixed price|gebunden)\b", re.IGNORECASE
)
_NOT_THE_OFFER = re.compile(
    r"\b(?:\w*gutschein\w*|vouchers?|\w*garantie|warranty|coupons?|\w*ausweis)\b", re.IGNORECASE
)
_OTHER = re.compile(
    r"\b(?:zahl\w*|payment|pay\b|paid|skonto|rechnung\w*|invoice|anfrage|enquiry|inquiry|request|nachricht|"
    r"melden|reply|replies|antwort\w*|"
    r"vertrag\w*|contract|laufzeit|finanzierung|gutschein|voucher|büro|office|geschlossen|closed|bis spätestens|"
    r"kündig\w*|cancel\w*|"
    r"besicht\w*|termin(?!e)|appointment|gebaut|built|bought|gekauft|baujahr|feier|party)\b",
    re.IGNORECASE,
)


class About(Enum):
    """What a day or a period of a mail is about."""

    VALID = auto()
    DELIVERY = auto()
    RETURNS = auto()
    WARRANTY = auto()
    OTHER = auto()


_CUES = (
    (About.VALID, _VALID),
    (About.DELIVERY, _DELIVERY),
    (About.RETURNS, _RETURNS),
    (About.WARRANTY, _WARRANTY),
    (About.OTHER, _OTHER),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What a mail says beside its price."""

    valid_until: SaidDay | None
    delivery_by: SaidDay | None
    delivery_days: SaidCount | None
    returns_days: SaidCount | None
    warranty_months: SaidCount | None


def conditions(text: str, today: date) -> Conditions:
    """The conditions that `text` names; periods of validity count from `today`, the mail's day."""
    days: dict[About, list[DayFound]] = {about: [] for about in About}
    periods: dict[About, list[PeriodFound]] = {about: [] for about in About}
    for start, end in _sentences(text):
        cues = _cues(text, start, end)
        if not cues or text[end - 1 : end] == "?":
            continue
        named = list(days_in(text, today, start, end))
        for day in named:
            days[_nearest(text, cues, day)].append(day)
        for period in periods_in(text, start, end):
            periods[_nearest(text, cues, period)].append(period)
    by, after = _delivery(_exact(days[About.DELIVERY]), periods[About.DELIVERY])
    return Conditions(
        valid_until=_valid(text, today, days[About.VALID], periods[About.VALID]),
        delivery_by=by,
        delivery_days=after,
        returns_days=_one(periods[About.RETURNS], "day"),
        warranty_months=_one(periods[About.WARRANTY], "month"),
    )


def _cues(text: str, start: int, end: int) -> list[tuple[int, int, About]]:
    """The words of a sentence that say what its days are about; a condition that is negated is about something else."""
    found = []
    for about, pattern in _CUES:
        for cue in pattern.finditer(text, start, end):
            negated = about in {About.RETURNS, About.WARRANTY} and _NEGATED.search(
                text, max(start, cue.start() - 12), cue.start()
            )
            of_another = about is About.VALID and _NOT_THE_OFFER.search(text, max(start, cue.start() - 32), cue.start())
            found.append((cue.start(), cue.end(), About.OTHER if negated or of_another else about))
    return found


def _nearest(text: str, cues: list[tuple[int, int, About]], one: DayFound | PeriodFound) -> About:
    """What the cue nearest to a day is about; one beyond a comma, a full stop or a line's end is farther."""

    def away(cue: tuple[int, int, About]) -> tuple[int, int]:
        between = text[cue[1] : one.start] if cue[0] < one.start else text[one.end : cue[0]]
        return len(between) + (_BEYOND if _PAUSE.search(between) else 0), cue[0]

    return min(cues, key=away)[2]


def _valid(text: str, today: date, days: list[DayFound], periods: list[PeriodFound]) -> SaidDay | None:
    until = [one for one in days if _UNTIL.search(text, max(0, one.start - 40), one.start)]
    found = [_said(one) for one in until]
    if not days:
        for one in periods:
            if one.unit == "day":
                when = today + timedelta(days=one.count)
                found.append(SaidDay(day=when, at=Quoted(start=one.start, end=one.end, why=Reason.COUNTED)))
    return found[0] if len({one.day for one in found}) == 1 else None


def _delivery(days: list[DayFound], periods: list[PeriodFound]) -> tuple[SaidDay | None, SaidCount | None]:
    """The day by which it comes, or how many days after the order; at most one of the two is set."""
    usable = [one for one in periods if one.unit in {"day", "working"}]
    if len({one.day for one in days}) == 1 and not usable:
        return _said(days[0]), None
    if not days and len({(one.count, one.unit) for one in usable}) == 1:
        return None, _counted(usable[0])
    return None, None


def _one(periods: list[PeriodFound], unit: str) -> SaidCount | None:
    found = [one for one in periods if one.unit == unit]
    return _counted(found[0]) if len({one.count for one in found}) == 1 else None


def _counted(one: PeriodFound) -> SaidCount:
    at = Quoted(start=one.start, end=one.end, why=Reason.SAID)
    return SaidCount(count=one.count, working=one.unit == "working", at=at)


def standing(text: str) -> SaidStanding | None:
    """Whether the vendor says to be bound; None where it says neither, or both."""
    loose, bound = _INDICATIVE.search(text), _BINDING.search(text)
    if loose is not None:
        found, what = loose, OfferStanding.INDICATIVE
    elif bound is not None and _NEGATED.search(text, max(0, bound.start() - 16), bound.start()) is None:
        found, what = bound, OfferStanding.BINDING
    else:
        return None
    return SaidStanding(standing=what, at=Quoted(start=found.start(), end=found.end(), why=Reason.SAID))


def _said(one: DayFound) -> SaidDay:
    return SaidDay(day=one.day, at=Quoted(start=one.start, end=one.end, why=Reason.SAID))


def _exact(found: list[DayFound]) -> list[DayFound]:
    """Of a weekday beside a date that falls on it, the date."""
    if len({one.day for one in found}) > 1:
        dated = [one for one in found if one.end - one.start > len("Donnerstag")]
        return dated or found
    return found


def _sentences(text: str) -> list[tuple[int, int]]:
    """Where sentences (or lines of a list) begin and end; what runs on without end is not read."""
    ends = [found.end() for found in _SENTENCE.finditer(text)]
    starts = [0, *ends]
    found = zip(starts, [*ends, len(text)], strict=True)
    return [(start, end) for start, end in found if 0 < end - start <= _LONGEST_SENTENCE]
