"""A thing that the person has: where it came from, its numbers, and until when it can go back or is under warranty."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from vrm_desktop.domain.calendar_arithmetic import months_later
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Digest, RelationshipId, VendorId
from vrm_desktop.domain.money import Money

_LINE = 200
_NOTE = 4000
_MOST_MONTHS = 1200
_MOST_DAYS = 36_500


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Thing:
    """One thing, or several alike. `vendor` is who it came from (None: nobody known); `gone` since when it is not here.

    `order` is the order that it was bought in; `return_by` the last day to send it back.
    """

    id: str
    title: str
    at: datetime
    vendor: VendorId | None = None
    relationship: RelationshipId | None = None
    quantity: int = 1
    bought: date | None = None
    price: Money | None = None
    serial: str = ""
    gtin: str = ""
    sku: str = ""
    note: str = ""
    return_by: date | None = None
    warranty_until: date | None = None
    order: Digest | None = None
    gone: date | None = None

    def __post_init__(self) -> None:
        lines = (self.title, self.serial, self.gtin, self.sku)
        if not self.title.strip() or any(len(line) > _LINE for line in lines) or len(self.note) > _NOTE:
            raise InvalidValue("a thing has a name of up to 200 characters, and a note of up to 4,000")
        if self.quantity < 1:
            raise InvalidValue("there is at least one of it")

    @property
    def words(self) -> str:
        """Its name, numbers and note."""
        return " ".join(part for part in (self.title, self.serial, self.gtin, self.sku, self.note) if part)

    def delivered(self, on: date, *, returns_days: int | None, warranty_months: int | None) -> "Thing":
        """The thing, here since that day, with what the offer promised counted from it."""
        back = on + timedelta(days=min(returns_days, _MOST_DAYS)) if returns_days else None
        until = months_later(on, min(warranty_months, _MOST_MONTHS)) if warranty_months else None
        return replace(self, bought=self.bought or on, return_by=back, warranty_until=until)

    def given_away(self, on: date | None) -> "Thing":
        """The thing, not here any more since that day; None: it is here again."""
        return replace(self, gone=on)
