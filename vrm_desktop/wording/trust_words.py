"""The words for what is counted about a counterparty. They count and date; they never judge."""

from vrm_desktop.domain.trust import Measure, Outcome, Tally
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _


def measure_label(measure: Measure) -> str:
    """What is counted."""
    return {
        Measure.DELIVERY: _("came by the day it promised"),
        Measure.PRICE: _("asked for no more than the agreed price"),
        Measure.DELETION: _("erased what it had to"),
        Measure.ANSWER: _("answered when it had to"),
        Measure.RETURN: _("gave what it promised for your data"),
        Measure.REMEDY: _("put right what it said it would"),
        Measure.OTHER: _("kept other promises"),
        Measure.ASKED: _("asked only for what was needed"),
        Measure.CASES: _("solved what went wrong"),
        Measure.LEAKS: _("kept your address to itself"),
    }[measure]


def outcome_label(outcome: Outcome, measure: Measure) -> str:
    """How one of them came out."""
    if measure is Measure.ASKED:
        return _("needed") if outcome is Outcome.GOOD else _("not needed")
    if measure is Measure.LEAKS:
        return _("nothing heard elsewhere") if outcome is Outcome.GOOD else _("turned up elsewhere")
    return {
        Outcome.GOOD: _("kept"),
        Outcome.LATE: _("kept late"),
        Outcome.BAD: _("not kept"),
        Outcome.OVERDUE: _("overdue, nothing heard"),
        Outcome.OPEN: _("still open"),
    }[outcome]


def count_words(tally: Tally) -> str:
    """`3 of 4, 1 of them late`; what is still open is said apart."""
    said = _("{good} of {of}").format(good=tally.good, of=tally.of) if tally.of else _("nothing to count yet")
    if tally.late:
        said += ", " + _("{count} of them late").format(count=tally.late)
    if tally.open:
        said += ", " + _("{count} still open").format(count=tally.open)
    return said


def span_words(tally: Tally) -> str:
    """Between which days."""
    if tally.first == tally.last:
        return values.day(tally.last)
    return _("{first} to {last}").format(first=values.day(tally.first), last=values.day(tally.last))


def only_here() -> str:
    """What is promised about these counts."""
    return _("Counted here, from what was signed and what you said. It never leaves this computer unless you say so.")
