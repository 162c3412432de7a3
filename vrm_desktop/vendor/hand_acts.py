"""What the shop's people can say by hand, as values. Whether it may be said now is decided elsewhere."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.vendor.later_acts import LaterAct


@dataclass(frozen=True, slots=True, kw_only=True)
class SignTerms:
    """Sign both documents as proffered, whatever the shop's lists say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterTerms:
    """Return the shop's one counter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineTerms:
    """Say no to the terms."""

    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeOffer:
    """An offer of one line. `items` (all pieces) and `shipping` in minor units; `article` is an id or empty."""

    title: str
    items: int
    currency: str
    article: str = ""
    quantity: int = 1
    shipping: int = 0
    condition: Condition = Condition.ANY
    fulfilment: Fulfilment = Fulfilment.DELIVERED
    by: date
    valid_days: int
    binding: bool = True
    returns_days: int = 0
    warranty_months: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingToOffer:
    """Close the conversation: there is nothing to offer, or an order that the shop cannot take."""

    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """Take the latest offer back, which must not be a binding one that still stands."""

    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """Words, perhaps about one message."""

    text: str
    about: MessageId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What waits was looked at and wants no words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmOrder:
    """Countersign the order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How the order goes on."""

    state: Literal["preparing", "shipped", "ready", "delivered", "delayed", "cancelled"]
    by: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveReceipt:
    """The money has come: the receipt for the order's price."""

    number: str = ""


MainAct: TypeAlias = (
    SignTerms
    | CounterTerms
    | DeclineTerms
    | MakeOffer
    | NothingToOffer
    | TakeBack
    | Reply
    | Seen
    | ConfirmOrder
    | Progress
    | GiveReceipt
)

Act: TypeAlias = MainAct | LaterAct
