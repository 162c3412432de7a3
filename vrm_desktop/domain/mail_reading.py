"""What a vendor's mail seems to offer: each value with the passage that says so. A proposal, no offer.

Never here: how mails are read (formats/mail_offer), nor what the person makes of it (mail_offer).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.money import Money

_SATURDAY = 5


class Reason(StrEnum):
    """Why a value was taken from its passage."""

    SAID = "said"
    NAMED_A_TOTAL = "named-a-total"
    ONLY_PRICE = "only-price"
    PER_PIECE = "per-piece"
    ADDED_UP = "added-up"
    COUNTED = "counted"


class Doubt(StrEnum):
    """Why a mail, or a part of it, was not read."""

    DECLINED = "declined"
    SEVERAL_PRICES = "several-prices"
    UNCLEAR_PRICE = "unclear-price"
    SUMS_DIFFER = "sums-differ"
    SHIPPING_OPEN = "shipping-open"
    TAX_OPEN = "tax-open"
    COSTS_OPEN = "costs-open"
    ANOTHER_QUANTITY = "another-quantity"
    ODD_CHARACTERS = "odd-characters"
    TOO_LONG = "too-long"


class TaxBasis(StrEnum):
    """Whether the prices of a mail hold the tax."""

    GROSS = "gross"
    NET = "net"


class OfferStanding(StrEnum):
    """What a mail says about being bound by it."""

    BINDING = "binding"
    INDICATIVE = "indicative"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Where in the mail's text a value stands: characters `start` to before `end`, and why it was taken."""

    start: int
    end: int
    why: Reason

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise InvalidValue("a passage has at least one character")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidMoney:
    """An amount."""

    money: Money
    at: Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidDay:
    """A day."""

    day: date
    at: Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidCount:
    """A number of days or months; `working`: the days count without weekends."""

    count: int
    at: Quoted
    working: bool = False

    def after(self, day: date) -> date:
        """The day that is this many days after `day`."""
        if not self.working:
            return day + timedelta(days=self.count)
        left, then = self.count, day
        while left:
            then += timedelta(days=1)
            left -= then.weekday() < _SATURDAY
        return then


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidTax:
    """Whether tax is in the price."""

    basis: TaxBasis
    at: Quoted


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidStanding:
    """Whether the vendor says to be bound."""

    standing: OfferStanding
    at: Quoted


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MailReading:
    """What one mail says. `total` is all that the person would pay as far as the mail says it; None where it is open.

    `items` is set where tax or shipping comes on top of it; `shipping` is 0 where it is free or included. Delivery is
    a day or a number of days after the order. `doubts` say what kept a value from being read.
    """

    total: SaidMoney | None = None
    items: SaidMoney | None = None
    shipping: SaidMoney | None = None
    tax: SaidTax | None = None
    valid_until: SaidDay | None = None
    delivery_by: SaidDay | None = None
    delivery_days: SaidCount | None = None
    returns_days: SaidCount | None = None
    warranty_months: SaidCount | None = None
    standing: SaidStanding | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was read that could be an offer."""
        return self.total is None and self.items is None

    @property
    def binding(self) -> bool:
        """Whether the mail says that the vendor is bound; saying nothing is not enough."""
        return self.standing is not None and self.standing.standing is OfferStanding.BINDING
