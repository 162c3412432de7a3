"""A want in the making: whatever was said so far, from a line, flags or a file, until nothing needed is missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from vrm_desktop.domain.categories import check_attributes
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import Bid, Condition, Fulfilment, Intentcast, Weights
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.regions import Area

USUAL_ANSWER_DAYS = 3


class InvalidDraft(InvalidValue):
    """A draft that cannot become a want: something is missing, or a day is past."""

    code = "invalid-draft"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WantDraft:
    """Everything a want can say, all of it optional. None and "" mean: not said."""

    title: str = ""
    category: str = ""
    area: Area | None = None
    details: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    condition: Condition | None = None
    fulfilment: Fulfilment | None = None
    place: str = ""
    quantity: int | None = None
    needed_by: date | None = None
    answers_by: date | None = None
    price_cap: Money | None = None
    bid: Bid | None = None
    payment: tuple[str, ...] = ()
    weights: Weights | None = None
    sealed_offers: bool = False

    def over(self, earlier: "WantDraft") -> "WantDraft":
        """What `earlier` said, with everything that this draft says in its place."""
        return WantDraft(
            title=self.title or earlier.title,
            category=self.category or earlier.category,
            area=self.area or earlier.area,
            details=self.details or earlier.details,
            attributes={**earlier.attributes, **self.attributes},
            condition=self.condition or earlier.condition,
            fulfilment=self.fulfilment or earlier.fulfilment,
            place=self.place or earlier.place,
            quantity=self.quantity or earlier.quantity,
            needed_by=self.needed_by or earlier.needed_by,
            answers_by=self.answers_by or earlier.answers_by,
            price_cap=self.price_cap or earlier.price_cap,
            bid=self.bid or earlier.bid,
            payment=self.payment or earlier.payment,
            weights=self.weights or earlier.weights,
            sealed_offers=self.sealed_offers or earlier.sealed_offers,
        )

    def missing(self) -> tuple[str, ...]:
        """The names of what a want cannot be without and this draft does not say."""
        needed = (("title", self.title), ("category", self.category), ("area", self.area))
        return tuple(name for name, value in needed if not value)

    def complete(self, id: IntentcastId, made: datetime, today: date) -> Intentcast:
        """The want, as said on `today`, where the person is.

        Answers are asked for within three days, or by the day it is needed, unless said otherwise.

        Raises:
            InvalidDraft: something needed is missing, or a day is past. DomainError: an attribute outside the lists.
        """
        if self.missing() or self.area is None:
            raise InvalidDraft(", ".join(self.missing()))
        answers_by = self.answers_by or min(self.needed_by or date.max, today + timedelta(days=USUAL_ANSWER_DAYS))
        if answers_by < today or (self.needed_by is not None and self.needed_by < today):
            raise InvalidDraft("a day is past")
        check_attributes(self.category, self.attributes)
        return Intentcast(
            id=id,
            title=self.title,
            category=self.category,
            area=self.area,
            answers_by=answers_by,
            made=made,
            details=self.details,
            attributes=dict(self.attributes),
            condition=self.condition or Condition.ANY,
            fulfilment=self.fulfilment or Fulfilment.ANY,
            place=self.place,
            quantity=self.quantity or 1,
            needed_by=self.needed_by,
            price_cap=self.price_cap,
            bid=self.bid,
            payment=self.payment or ("sepa-transfer",),
            weights=self.weights or Weights(),
            sealed_offers=self.sealed_offers,
        )
