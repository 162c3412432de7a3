"""One list for everything with a date: answers due, offers running out, disclosures lapsing, ends of legal clocks."""

from dataclasses import dataclass
from datetime import date
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
