"""The legal clocks of a data-rights request, to the day: when an answer is due, and from which rule that follows.

Civil days only: a request received at any hour of a day counts as received on that day. Public holidays are handed in.
A clock is a hint that names its source, never advice. Sources: Regulation (EU) 2016/679 (GDPR), articles 12(3) and
78(2); Regulation (EEC, Euratom) No 1182/71, article 3; California Civil Code 1798.130(a)(2) and California Code of
Regulations, title 11, sections 7021 and 7026.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import assert_never

from vrm_desktop.domain.calendar_arithmetic import months_later, on_working_day, working_days_later
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.living import DataRight

_GDPR_MONTHS = 1
_GDPR_EXTENDED_MONTHS = 3
_COMPLAINT_MONTHS = 3
_CCPA_CONFIRM_DAYS = 10
_CCPA_DAYS = timedelta(days=45)
_CCPA_EXTENDED_DAYS = timedelta(days=90)
_CCPA_OPT_OUT_DAYS = 15
ADMONITION_DAYS = timedelta(days=14)
"""What the person's own admonition gives an organisation that is late. The person's word, not a law's."""


class Regime(StrEnum):
    """Under which law a request is made. `NONE`: none that the program knows a clock of."""

    GDPR = "gdpr"
    CCPA = "ccpa"
    NONE = "none"


class ClockKind(StrEnum):
    """What a clock runs for."""

    CONFIRM = "confirm"
    ANSWER = "answer"
    EXTENDED = "extended"
    OPT_OUT = "opt-out"
    ADMONITION = "admonition"
    COMPLAINT = "complaint"


class Rule(StrEnum):
    """Where a clock comes from."""

    GDPR_12_3 = "gdpr-12-3"
    GDPR_12_3_EXTENDED = "gdpr-12-3-extended"
    GDPR_78_2 = "gdpr-78-2"
    CCPA_CONFIRM = "ccpa-7021-a"
    CCPA_ANSWER = "ccpa-7021-b"
    CCPA_EXTENDED = "ccpa-7021-b-extended"
    CCPA_OPT_OUT = "ccpa-7026-f"
    OWN_WORD = "own-word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Until the end of which day, and why."""

    kind: ClockKind
    due: date
    rule: Rule

    def days_left(self, today: date) -> int:
        """How many days remain; 0 on the last one, negative when it is over."""
        return (self.due - today).days

    def over(self, today: date) -> bool:
        """Whether its last day is past."""
        return today > self.due


def months_of_regulation_1182(received: date, months: int, holidays: Collection[date]) -> date:
    """The last day of a period in months that an event on `received` set going.

    The day of the event does not count; the period ends with the same day number, or the month's last day where it has
    no such day; an end on a Saturday, a Sunday or a public holiday moves to the next working day.
    """
    return on_working_day(months_later(received, months), holidays)


def confirm_clock(regime: Regime, right: DataRight, received: date, holidays: Collection[date]) -> Clock | None:
    """By when receipt must be confirmed, where the law asks for that."""
    if regime is not Regime.CCPA or right is DataRight.OBJECTION:
        return None
    due = working_days_later(received, _CCPA_CONFIRM_DAYS, holidays)
    return Clock(kind=ClockKind.CONFIRM, due=due, rule=Rule.CCPA_CONFIRM)


def answer_rule(regime: Regime, right: DataRight) -> Rule | None:
    """Which rule says by when the request must be answered, as long as nobody extended that. None where no law does."""
    match regime:
        case Regime.GDPR:
            return Rule.GDPR_12_3
        case Regime.CCPA:
            return Rule.CCPA_OPT_OUT if right is DataRight.OBJECTION else Rule.CCPA_ANSWER
        case Regime.NONE:
            return None
        case _:
            assert_never(regime)


def answer_clock(regime: Regime, right: DataRight, received: date, holidays: Collection[date]) -> Clock | None:
    """By when the request must be answered, as long as nobody extended that. None where no law says so."""
    match answer_rule(regime, right):
        case Rule.GDPR_12_3 as rule:
            due = months_of_regulation_1182(received, _GDPR_MONTHS, holidays)
            return Clock(kind=ClockKind.ANSWER, due=due, rule=rule)
        case Rule.CCPA_OPT_OUT as rule:
            due = working_days_later(received, _CCPA_OPT_OUT_DAYS, holidays)
            return Clock(kind=ClockKind.OPT_OUT, due=due, rule=rule)
        case None:
            return None
        case rule:
            return Clock(kind=ClockKind.ANSWER, due=received + _CCPA_DAYS, rule=rule)


def extended_clock(
    regime: Regime, right: DataRight, received: date, announced: date, holidays: Collection[date]
) -> Clock | None:
    """By when it must be answered after the organisation announced more time on `announced`.

    None when the law knows no such extension, or it was announced after the first clock was over: then that one stands.

    Raises:
        InvalidValue: it was announced before the request was received.
    """
    if announced < received:
        raise InvalidValue("an extension is announced after the request was received")
    first = answer_clock(regime, right, received, holidays)
    if first is None or first.kind is ClockKind.OPT_OUT or first.over(announced):
        return None
    if regime is Regime.GDPR:
        due = months_of_regulation_1182(received, _GDPR_EXTENDED_MONTHS, holidays)
        return Clock(kind=ClockKind.EXTENDED, due=due, rule=Rule.GDPR_12_3_EXTENDED)
    return Clock(kind=ClockKind.EXTENDED, due=received + _CCPA_EXTENDED_DAYS, rule=Rule.CCPA_EXTENDED)


def admonition_clock(sent: date, holidays: Collection[date]) -> Clock:
    """Until when the person waits after an admonition sent on that day."""
    return Clock(kind=ClockKind.ADMONITION, due=on_working_day(sent + ADMONITION_DAYS, holidays), rule=Rule.OWN_WORD)


def complaint_clock(received: date, holidays: Collection[date]) -> Clock:
    """By when an authority that got a complaint must tell how it stands or what came of it."""
    due = months_of_regulation_1182(received, _COMPLAINT_MONTHS, holidays)
    return Clock(kind=ClockKind.COMPLAINT, due=due, rule=Rule.GDPR_78_2)
