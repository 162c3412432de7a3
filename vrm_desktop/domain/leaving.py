"""What a vendor may still need after the person has left, why, and until when. Everything else is to be erased."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from vrm_desktop.domain.calendar_arithmetic import months_later
from vrm_desktop.domain.case import Case
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.relationship import OrderRecord, OrderState

ORDER_DAYS = 31
"""How long after its day an open order may need what was told for it."""

CLAIM_DAYS = 365
"""How long an open case may need it, where nobody named a day."""


class NeededFor(StrEnum):
    """Why something stays for a while (the wire's words). What a law keeps, only the vendor can name."""

    ORDER = "order"
    WARRANTY = "warranty"
    CLAIM = "claim"
    LAW = "law"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class StillNeeded:
    """What was told for an order stays for this reason until this day; `text` says what it is about."""

    why: NeededFor
    until: date
    text: str


def still_needed(
    *, order: OrderRecord | None, offer: Offer | None, cases: Iterable[Case], today: date
) -> tuple[StillNeeded, ...]:
    """What is still open between the two sides, the soonest over first."""
    found = (*_order(order, offer, today), *_cases(cases, today))
    return tuple(sorted(found, key=lambda one: (one.until, one.why)))


def _order(order: OrderRecord | None, offer: Offer | None, today: date) -> Iterator[StillNeeded]:
    if order is None or order.state is OrderState.CANCELLED:
        return
    text = ", ".join(line.title for line in order.lines)
    day = offer.by if offer is not None and offer.by is not None else order.placed.date()
    if order.state is not OrderState.FULFILLED:
        yield StillNeeded(why=NeededFor.ORDER, until=max(day, today) + timedelta(days=ORDER_DAYS), text=text)
    months = offer.warranty_months if offer is not None else None
    if months and (until := months_later(day, months)) > today:
        yield StillNeeded(why=NeededFor.WARRANTY, until=until, text=text)


def _cases(cases: Iterable[Case], today: date) -> Iterator[StillNeeded]:
    for case in cases:
        if not case.over:
            until = max(case.by or today, today) + timedelta(days=CLAIM_DAYS)
            yield StillNeeded(why=NeededFor.CLAIM, until=until, text=case.what)
