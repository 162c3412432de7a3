"""One list for everything with a date: answers due, offers running out, disclosures lapsing, ends of legal clocks."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from vrm_desktop.domain.ids import IntentcastId, RelationshipId, VendorId


class AgendaKind(StrEnum):
    """What falls due."""

    ANSWERS_BY = "answers-by"
    NEEDED_BY = "needed-by"
    OFFER_EXPIRES = "offer-expires"
    DISCLOSURE_LAPSES = "disclosure-lapses"
    DELIVERY_DUE = "delivery-due"
    ERASURE_DUE = "erasure-due"
    NOTICE_SOON = "notice-soon"
    NOTICE_BY = "notice-by"
    CONTRACT_ENDS = "contract-ends"
    RIGHTS_DUE = "rights-due"
    RETURN_BY = "return-by"
    WARRANTY_ENDS = "warranty-ends"
    REMINDER = "reminder"
    CASE_DUE = "case-due"
    CHANGE_DUE = "change-due"
    CHANGE_UNANSWERED = "change-unanswered"
    PROMISE_DUE = "promise-due"
    AFTER_END = "after-end"
    DRP_EXPECTED = "drp-expected"
    PAYMENT_OUTCOME = "payment-outcome"
    PRICE_FELL = "price-fell"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AgendaItem:
    """One date. `key` makes it unique within its kind; `done` items stay for the story; `text` says what it is."""

    kind: AgendaKind
    due: date
    key: str
    relationship: RelationshipId | None = None
    intentcast: IntentcastId | None = None
    done: bool = False
    vendor: VendorId | None = None
    text: str = ""


class When(StrEnum):
    """Where a date stands, seen from today. `PAST`: its day came and went, and nothing is left to do about it."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    DONE = "done"
    PAST = "past"


WEEK = timedelta(days=7)

PASSING = frozenset(
    {
        AgendaKind.ANSWERS_BY,
        AgendaKind.NEEDED_BY,
        AgendaKind.OFFER_EXPIRES,
        AgendaKind.CONTRACT_ENDS,
        AgendaKind.RETURN_BY,
        AgendaKind.WARRANTY_ENDS,
        AgendaKind.PRICE_FELL,
    }
)
"""The kinds whose day just passes. All others wait for somebody to do something, and are overdue until then."""


def when(item: AgendaItem, today: date) -> When:
    """Where the item stands on that day; a week counts from today, seven days with it."""
    if item.done:
        return When.DONE
    if item.due < today:
        return When.PAST if item.kind in PASSING else When.OVERDUE
    if item.due == today:
        return When.TODAY
    return When.WEEK if item.due - today < WEEK else When.LATER
