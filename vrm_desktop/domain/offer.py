"""A vendor's offer as compared and accepted: price parts, dates, care, what it asks. Ranking lives in ranking.py."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from vrm_desktop.domain.contract import Every
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import IntentcastId, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.ways import Way


class OfferState(StrEnum):
    """Where an offer stands for the person."""

    LIVE = "live"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    COUNTERED = "countered"
    ACCEPTED = "accepted"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Price:
    """All-in price in minor units of `currency`; `tax` is what comes on top. The parts sum to `total`."""

    currency: str
    items: int
    shipping: int
    fees: int
    tax: int
    total: int

    def __post_init__(self) -> None:
        parts = (self.items, self.shipping, self.fees, self.tax)
        if min(parts) < 0 or sum(parts) != self.total:
            raise InvalidValue("the parts of a price are not negative and sum to its total")
        Money(minor=self.total, currency=self.currency)

    @property
    def all_in(self) -> Money:
        """What the person would pay in the end."""
        return Money(minor=self.total, currency=self.currency)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OfferLine:
    """One thing offered. `unit` is its price in minor units, None where a line has no price (an appointment)."""

    title: str
    quantity: int
    unit: int | None
    condition: Condition = Condition.ANY
    sku: str = ""
    gtin: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Ask:
    """One field the vendor wants to know if its offer is accepted, for what purpose and for how many days."""

    name: str
    purpose: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OfferedContract:
    """An offer of something that runs on; the offer's price is due `every` so often, from `starts` on.

    `months` 0 is open-ended, `renews_months` 0 does not renew; `starts` None: when it is delivered.
    """

    months: int
    every: Every
    renews_months: int = 0
    notice_days: int = 0
    starts: date | None = None

    def __post_init__(self) -> None:
        if min(self.months, self.renews_months, self.notice_days) < 0 or (self.renews_months and not self.months):
            raise InvalidValue("a contract has a term, and renews only if it ends")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Offer:
    """A verified, stored offer. `id` is the message id. Without a `price` it is ranked by date and fit.

    By another `way` than our own wire nothing in it is signed: `id` is the hash of the bytes that it was read from.
    """

    id: MessageId
    relationship: RelationshipId
    intentcast: IntentcastId
    vendor: VendorId
    vendor_name: str
    lines: tuple[OfferLine, ...]
    price: Price | None
    binding: bool
    valid_until: datetime
    fulfilment: Fulfilment
    by: date | None
    returns_days: int | None
    warranty_months: int | None
    asks: tuple[Ask, ...]
    payment: tuple[str, ...]
    payment_link: str
    note: str
    received: datetime
    state: OfferState = OfferState.LIVE
    contract: OfferedContract | None = None
    way: Way = Way.NATIVE

    def live_at(self, now: datetime) -> bool:
        """Whether it can be accepted at `now`."""
        return self.state in {OfferState.LIVE, OfferState.COUNTERED} and now < self.valid_until
