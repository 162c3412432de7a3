"""By when the shop's people owe an answer to what a person said. Days only; nothing is answered here.

A month for a right is the law's (Art. 12 GDPR); the others are what a person may expect where none was named.
"""

from datetime import date, timedelta

from vrm_desktop.protocol.messages import (
    Accept,
    AnyMessage,
    Case,
    CaseReply,
    Counter,
    DataRequest,
    Notice,
    OrderChange,
    Ping,
    Reveal,
    Voice,
)
from vrm_desktop.protocol.shapes import LeftOut, read_day

RIGHT = timedelta(days=30)
"""No month is shorter but February; who has until the 30th is never late by it elsewhere."""
_CASE, _CHANGE, _WORDS, _NOTICE, _VOICE = (timedelta(days=number) for number in (14, 3, 3, 7, 30))


def wanted_by(message: AnyMessage, *, answers_by: date, today: date) -> date:
    """The last day for an answer; `answers_by` is that of the want, for all that belongs to an offer."""
    match message:
        case Ping() | Reveal() | Counter() | Accept():
            return max(answers_by, today) if isinstance(message, Accept | Counter) else answers_by
        case Case(by=by):
            return _named(by, today + _CASE)
        case OrderChange(by=by):
            return min(_named(by, today + _CHANGE), today + _CHANGE)
        case Notice(by=by):
            return min(_named(by, today + _NOTICE), today + _NOTICE)
        case CaseReply():
            return today + _CASE
        case DataRequest():
            return today + RIGHT
        case Voice():
            return today + _VOICE
        case _:
            return today + _WORDS


def _named(by: str | LeftOut, otherwise: date) -> date:
    return otherwise if isinstance(by, LeftOut) else read_day(by)
