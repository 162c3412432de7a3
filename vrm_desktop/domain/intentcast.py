"""What a person wants: the intentcast, its price cap, bid and weights. No plan and no message may live here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import IntentcastId, PersonaId, RelationshipId
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.regions import Area

TITLE_LENGTH = 120
DETAILS_LENGTH = 2000


class IntentcastState(StrEnum):
    """Where a want stands, for the person."""

    DRAFT = "draft"
    CAST = "cast"
    ORDERED = "ordered"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class Fulfilment(StrEnum):
    """How the thing reaches the person."""

    ANY = "any"
    DELIVERED = "delivered"
    COLLECTED = "collected"
    ON_SITE = "on-site"


class Condition(StrEnum):
    """The thing's condition."""

    ANY = "any"
    NEW = "new"
    USED = "used"
    REFURBISHED = "refurbished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bid:
    """What the person offers to pay, said to vendors on purpose: firm or indicative, until a day."""

    amount: Money
    firm: bool
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What matters, 0 to 10 each: all-in cost, date, returns and warranty, and little asked about me."""

    cost: int = 6
    date: int = 3
    care: int = 2
    privacy: int = 3

    def __post_init__(self) -> None:
        values = (self.cost, self.date, self.care, self.privacy)
        if any(not 0 <= value <= 10 for value in values) or not any(values):
            raise InvalidValue("weights are 0 to 10 and not all zero")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Intentcast:
    """One want. `price_cap` never leaves; `place` is in the person's words, `area` is what a ping says."""

    id: IntentcastId
    title: str
    category: str
    area: Area
    answers_by: date
    made: datetime
    details: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    condition: Condition = Condition.ANY
    fulfilment: Fulfilment = Fulfilment.ANY
    place: str = ""
    quantity: int = 1
    needed_by: date | None = None
    price_cap: Money | None = None
    bid: Bid | None = None
    payment: tuple[str, ...] = ("sepa-transfer",)
    weights: Weights = Weights()
    sealed_offers: bool = False
    persona: PersonaId = PersonaId("me")
    as_customer: RelationshipId | None = None
    state: IntentcastState = IntentcastState.DRAFT

    def __post_init__(self) -> None:
        if not self.title.strip() or len(self.title) > TITLE_LENGTH:
            raise InvalidValue(f"a want has a title of 1 to {TITLE_LENGTH} characters")
        if len(self.details) > DETAILS_LENGTH:
            raise InvalidValue(f"details are at most {DETAILS_LENGTH} characters")
        if not 1 <= self.quantity <= 999:
            raise InvalidValue("quantity is 1 to 999")
        if self.made.tzinfo is None:
            raise InvalidValue("instants carry their zone")

    def seals_offers(self, today: date) -> bool:
        """Whether offers stay unseen on `today`: until the day by which answers are asked for is over."""
        return self.sealed_offers and today <= self.answers_by
