"""What the comparison of offers shows. Words and amounts are ready to read; numbers beside them order and filter."""

from dataclasses import dataclass
from enum import Enum

MAX_WEIGHT = 4


class OfferFilter(Enum):
    """What can be asked of an offer; several at once must all hold."""

    WITHIN_LIMIT = "within-limit"
    IN_TIME = "in-time"
    BINDING = "binding"
    ASKS_NOTHING = "asks-nothing"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Weight:
    """How much something matters to the person: 0 not at all to 4 most."""

    key: str
    label: str
    level: int

    def __post_init__(self) -> None:
        if not 0 <= self.level <= MAX_WEIGHT:
            raise ValueError(f"a weight is 0 to {MAX_WEIGHT}: {self.level}")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OfferView:
    """One offer. `total_minor` is the all-in cost in minor units of `currency`, None when it is not known.

    `breakdown` says in a few words what the total holds beside the price (`with €20.00 shipping`).
    `arrives_day` and `valid_day` are ordinals of days, `returns_days` and `warranty_months` counts; None is unknown.
    `answered` says what the person has said to it ("" for nothing yet); then it cannot be answered again.
    `came` says by which way it came, where that was not the program's own, signed one.
    `place` is its rank by the person's weights, None when it cannot be ranked and `reasons` say why.
    """

    id: str
    vendor: str
    total: str
    total_minor: int | None
    currency: str
    price: str
    shipping: str
    breakdown: str
    arrives: str
    arrives_day: int | None
    in_time: bool | None
    returns: str
    returns_days: int | None
    warranty: str
    warranty_months: int | None
    asks: tuple[str, ...]
    binding: bool
    valid_until: str
    valid_day: int
    expired: bool = False
    place: int | None = None
    reasons: tuple[str, ...] = ()
    would_win: str = ""
    on_accept: str = ""
    words: str = ""
    can_counter: bool = True
    answered: str = ""
    came: str = ""

    def __post_init__(self) -> None:
        if self.place is not None and self.place < 1:
            raise ValueError("places begin at one")
        if self.total_minor is not None and self.total_minor < 0:
            raise ValueError("a total is not below nothing")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OffersView:
    """All offers to one intentcast. `limit_minor` is the person's private cap in `currency`, or None."""

    want_id: str
    title: str
    summary: str
    standing: str
    currency: str
    limit: str = ""
    limit_minor: int | None = None
    needed_by: str = ""
    offers: tuple[OfferView, ...] = ()
    weights: tuple[Weight, ...] = ()
    new_waiting: int = 0

    def __post_init__(self) -> None:
        if bool(self.limit) != (self.limit_minor is not None):
            raise ValueError("the limit is shown as it is")
        if len({offer.id for offer in self.offers}) != len(self.offers):
            raise ValueError("an offer stands here once")
        if self.new_waiting < 0:
            raise ValueError("what waits is counted from nothing")

    def passes(self, offer: OfferView, asked: frozenset[OfferFilter]) -> bool:
        """Whether `offer` is known to hold everything `asked`. What is not known does not hold."""
        return all(self._holds(offer, one) for one in asked)

    def _holds(self, offer: OfferView, asked: OfferFilter) -> bool:
        return {
            OfferFilter.WITHIN_LIMIT: self.limit_minor is not None
            and offer.total_minor is not None
            and offer.currency == self.currency
            and offer.total_minor <= self.limit_minor,
            OfferFilter.IN_TIME: offer.in_time is True,
            OfferFilter.BINDING: offer.binding and not offer.expired,
            OfferFilter.ASKS_NOTHING: not offer.asks,
        }[asked]
