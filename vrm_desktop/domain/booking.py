"""Money between the person and a counterparty, both ways: what is owed, paid, receipted and given back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import MessageId, RelationshipId, VendorId
from vrm_desktop.domain.money import Money

_LINE = 200


class BookingKind(StrEnum):
    """What happened to money. A receipt says what was paid; it moves nothing by itself."""

    OWED = "owed"
    PAID = "paid"
    RECEIPT = "receipt"
    BACK = "back"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Booking:
    """One line. `message` is the signed message that it was read from (None: the person wrote it down).

    `number` is the counterparty's own (a bill, a receipt). The amount is never negative: the kind says which way.
    """

    id: str
    vendor: VendorId
    at: datetime
    on: date
    kind: BookingKind
    amount: Money
    what: str
    relationship: RelationshipId | None = None
    number: str = ""
    message: MessageId | None = None

    def __post_init__(self) -> None:
        if self.amount.minor < 0:
            raise InvalidValue("the kind of a booking says which way money went, not its sign")
        if not self.what.strip() or len(self.what) > _LINE or len(self.number) > _LINE:
            raise InvalidValue("a booking says what it is for in up to 200 characters")

    @property
    def words(self) -> str:
        """What it is for, and its number."""
        return f"{self.what} {self.number}".strip()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Balance:
    """All bookings of one currency, in minor units."""

    currency: str
    owed: int = 0
    paid: int = 0
    back: int = 0

    @property
    def open(self) -> Money:
        """What is still to be paid; never less than nothing."""
        return Money(minor=max(0, self.owed - self.paid), currency=self.currency)

    @property
    def spent(self) -> Money:
        """What was paid, less what came back."""
        return Money(minor=self.paid - self.back, currency=self.currency)


def balances(bookings: Iterable[Booking]) -> tuple[Balance, ...]:
    """One balance for each currency, by its code: sums never cross currencies."""
    sums: dict[str, dict[BookingKind, int]] = {}
    for one in bookings:
        kinds = sums.setdefault(one.amount.currency, dict.fromkeys(BookingKind, 0))
        kinds[one.kind] += one.amount.minor
    return tuple(
        Balance(
            currency=currency,
            owed=kinds[BookingKind.OWED],
            paid=kinds[BookingKind.PAID],
            back=kinds[BookingKind.BACK],
        )
        for currency, kinds in sorted(sums.items())
    )
