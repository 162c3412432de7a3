"""Trust, counted and not felt: promises kept of promises made, asked versus needed, cases solved, leaks.

Counts with their denominators and dates, each with the rows it was counted from. Never here: a score, a rating, or a
comparison of vendors; nobody can add promises about money to promises about data.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from vrm_desktop.domain.case import Case, CaseStanding
from vrm_desktop.domain.leak import Leak, ReplyReference
from vrm_desktop.domain.promise import Promise, PromiseOf, PromiseState


class Measure(StrEnum):
    """What is counted. The first seven are promises."""

    DELIVERY = "delivery"
    PRICE = "price"
    DELETION = "deletion"
    ANSWER = "answer"
    RETURN = "return"
    REMEDY = "remedy"
    OTHER = "other"
    ASKED = "asked"
    CASES = "cases"
    LEAKS = "leaks"


class Outcome(StrEnum):
    """What one row counts as. `OVERDUE` is a promise whose day is over and of which nothing is known."""

    GOOD = "good"
    LATE = "late"
    BAD = "bad"
    OVERDUE = "overdue"
    OPEN = "open"


COUNTED = frozenset({Outcome.GOOD, Outcome.LATE, Outcome.BAD, Outcome.OVERDUE})
"""What is in the denominator: what is open still may come either way, and counts for nobody."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TrustRow:
    """One thing that was counted: when, in words, how it came out, and the id of what it was (a promise, a case)."""

    on: date
    text: str
    outcome: Outcome
    source: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Tally:
    """`good` of `of`, of which `late` came late, between `first` and `last`; `open` ones are not counted."""

    measure: Measure
    rows: tuple[TrustRow, ...]

    def _count(self, *outcomes: Outcome) -> int:
        return sum(row.outcome in outcomes for row in self.rows)

    @property
    def good(self) -> int:
        """How many came out well, in time or late."""
        return self._count(Outcome.GOOD, Outcome.LATE)

    @property
    def late(self) -> int:
        """How many of those came late."""
        return self._count(Outcome.LATE)

    @property
    def of(self) -> int:
        """The denominator."""
        return self._count(*COUNTED)

    @property
    def open(self) -> int:
        """How many may still come either way."""
        return self._count(Outcome.OPEN)

    @property
    def first(self) -> date:
        """The day of the oldest row."""
        return min(row.on for row in self.rows)

    @property
    def last(self) -> date:
        """The day of the newest row."""
        return max(row.on for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AskedField:
    """A field that a vendor asked for, on which day, and whether the thing at hand needed it."""

    name: str
    on: date
    needed: bool
    source: str


def tallies(
    *,
    promises: Iterable[Promise],
    asked: Iterable[AskedField],
    cases: Iterable[Case],
    references: Iterable[ReplyReference],
    leaks: Iterable[Leak],
    today: date,
) -> tuple[Tally, ...]:
    """Everything there is to count with one counterparty; a measure without a row is left out."""
    rows: dict[Measure, list[TrustRow]] = {measure: [] for measure in Measure}
    for promise in promises:
        if (row := _promise(promise, today)) is not None:
            rows[_MEASURE[promise.of]].append(row)
    for field in asked:
        outcome = Outcome.GOOD if field.needed else Outcome.BAD
        rows[Measure.ASKED].append(TrustRow(on=field.on, text=field.name, outcome=outcome, source=field.source))
    rows[Measure.CASES] = [
        TrustRow(on=case.at.date(), text=case.what, outcome=_CASE.get(case.standing, Outcome.OPEN), source=case.id)
        for case in cases
        if case.standing is not CaseStanding.WITHDRAWN
    ]
    rows[Measure.LEAKS] = _leaks(tuple(references), tuple(leaks))
    return tuple(
        Tally(measure=measure, rows=tuple(sorted(found, key=lambda row: (row.on, row.source, row.text), reverse=True)))
        for measure, found in rows.items()
        if found
    )


def _promise(promise: Promise, today: date) -> TrustRow | None:
    outcome = _PROMISE.get(promise.state)
    if promise.state is PromiseState.WAIVED:
        return None
    if outcome is None:
        outcome = Outcome.OVERDUE if promise.overdue(today) else Outcome.OPEN
    on = promise.settled or promise.due or promise.at.date()
    return TrustRow(on=on, text=promise.what, outcome=outcome, source=promise.id)


def _leaks(references: Sequence[ReplyReference], leaks: Sequence[Leak]) -> list[TrustRow]:
    """Of the addresses that it alone was given, which stayed with it."""
    leaked = {leak.address.casefold(): leak for leak in leaks}
    kept = (one for one in references if one.address.casefold() not in leaked)
    return [
        *(TrustRow(on=leak.on, text=leak.address, outcome=Outcome.BAD, source=leak.id) for leak in leaked.values()),
        *(TrustRow(on=one.at.date(), text=one.address, outcome=Outcome.GOOD, source=one.id) for one in kept),
    ]


_MEASURE = {
    PromiseOf.DELIVERY: Measure.DELIVERY,
    PromiseOf.PRICE: Measure.PRICE,
    PromiseOf.DELETION: Measure.DELETION,
    PromiseOf.ANSWER: Measure.ANSWER,
    PromiseOf.RETURN: Measure.RETURN,
    PromiseOf.REMEDY: Measure.REMEDY,
    PromiseOf.OTHER: Measure.OTHER,
}
_PROMISE = {PromiseState.KEPT: Outcome.GOOD, PromiseState.LATE: Outcome.LATE, PromiseState.BROKEN: Outcome.BAD}
_CASE = {CaseStanding.RESOLVED: Outcome.GOOD, CaseStanding.UNRESOLVED: Outcome.BAD}
