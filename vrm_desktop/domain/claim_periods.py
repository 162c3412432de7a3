"""How long a person may claim what, counted to the day, each with its source. A hint, never advice.

Law of the European Union for purchases by consumers: what a country's own law gives beyond it is not here, nor are the
exceptions (goods made to measure, broken seals, goods bought in a shop). Public holidays are handed in.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from vrm_desktop.domain.calendar_arithmetic import months_later, on_working_day
from vrm_desktop.domain.living import Remedy

EU = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905 - a table reads better
)
_WITHDRAWAL_DAYS = timedelta(days=14)
_DELIVERY_DAYS = timedelta(days=30)
_CONFORMITY_MONTHS = 24
_PRESUMED_MONTHS = 12


class ClaimPeriod(StrEnum):
    """Which period it is."""

    WITHDRAWAL = "withdrawal"
    PAYING_BACK = "paying-back"
    DELIVERY = "delivery"
    PRESUMED = "presumed"
    CONFORMITY = "conformity"


SOURCE_OF: dict[ClaimPeriod, str] = {
    ClaimPeriod.WITHDRAWAL: "Directive 2011/83/EU, art. 9; Regulation 1182/71, art. 3 (4)",
    ClaimPeriod.PAYING_BACK: "Directive 2011/83/EU, art. 13 (1)",
    ClaimPeriod.DELIVERY: "Directive 2011/83/EU, art. 18 (1)",
    ClaimPeriod.PRESUMED: "Directive (EU) 2019/771, art. 11 (1)",
    ClaimPeriod.CONFORMITY: "Directive (EU) 2019/771, art. 10 (1)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodHint:
    """One period: what it is, the event it runs from, its last day, and where that stands."""

    period: ClaimPeriod
    since: date
    until: date

    @property
    def source(self) -> str:
        """The law it stands in."""
        return SOURCE_OF[self.period]

    def left(self, today: date) -> int:
        """How many days are left, today not counted; below nought when it is over."""
        return (self.until - today).days


def period_hints(
    want: Remedy,
    country: str,
    *,
    ordered: date | None,
    received: date | None,
    withdrawn: date | None,
    holidays: Collection[date],
) -> tuple[PeriodHint, ...]:
    """What is worth knowing for this want: the goods were `ordered`, `received` and given back by a word on these days.

    Empty outside the European Union, and where the day is not known that a period runs from.
    """
    if country.upper() not in EU:
        return ()
    found: list[PeriodHint] = []
    if want is Remedy.WITHDRAWAL and received is not None:
        until = on_working_day(received + _WITHDRAWAL_DAYS, holidays)
        found.append(PeriodHint(period=ClaimPeriod.WITHDRAWAL, since=received, until=until))
    if want is Remedy.WITHDRAWAL and withdrawn is not None:
        until = on_working_day(withdrawn + _WITHDRAWAL_DAYS, holidays)
        found.append(PeriodHint(period=ClaimPeriod.PAYING_BACK, since=withdrawn, until=until))
    if want is Remedy.DELIVERY and ordered is not None and received is None:
        until = on_working_day(ordered + _DELIVERY_DAYS, holidays)
        found.append(PeriodHint(period=ClaimPeriod.DELIVERY, since=ordered, until=until))
    if want in {Remedy.REPAIR, Remedy.REPLACEMENT, Remedy.REFUND, Remedy.PRICE_REDUCTION} and received is not None:
        for period, months in (
            (ClaimPeriod.PRESUMED, _PRESUMED_MONTHS),
            (ClaimPeriod.CONFORMITY, _CONFORMITY_MONTHS),
        ):
            found.append(PeriodHint(period=period, since=received, until=months_later(received, months)))
    return tuple(found)
