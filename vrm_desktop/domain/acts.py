"""Acts: what the person decided to say, before it is numbered and signed (`held`) and after (`sealed`)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vrm_desktop.domain.ids import ActId, MessageId, RelationshipId
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.plan import VendorPlan


class ActState(StrEnum):
    """Where an act stands in the outbox."""

    HELD = "held"
    SEALED = "sealed"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNDONE = "undone"


class DeclineReason(StrEnum):
    """Why an offer was declined (closed list; the wire's words)."""

    PRICE = "price"
    DATE = "date"
    TERMS = "terms"
    DATA = "data"
    OTHER_VENDOR = "other-vendor"
    CHANGED_MIND = "changed-mind"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Ping:
    """Open a conversation for a cast under a plan; the vendors asked are `count`."""

    intentcast: str
    plan: VendorPlan
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsAccept:
    """Close the vendor's counter on terms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsRefuse:
    """Refuse the vendor's counter on terms."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Reveal:
    """Reveal what the vendor's plan holds."""

    plan: VendorPlan


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Counter:
    """Propose another price for an offer."""

    offer: MessageId
    price: Money
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Accept:
    """Accept an offer and release what delivery needs."""

    offer: MessageId
    plan: VendorPlan
    payment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline:
    """Decline an offer with a reason."""

    offer: MessageId
    reason: DeclineReason


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Paid:
    """Tell that an order was paid."""

    amount: Money
    method: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Message:
    """Say something in words."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCast:
    """Take the want back."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class End:
    """End the relationship and ask for erasure."""

    reason: str = ""


Act = Ping | TermsAccept | TermsRefuse | Reveal | Counter | Accept | Decline | Paid | Message | WithdrawCast | End

KIND_OF: dict[type[Act], Kind] = {
    Ping: Kind.PING,
    TermsAccept: Kind.TERMS_ACCEPT,
    TermsRefuse: Kind.TERMS_REFUSE,
    Reveal: Kind.REVEAL,
    Counter: Kind.COUNTER,
    Accept: Kind.ACCEPT,
    Decline: Kind.DECLINE,
    Paid: Kind.PAID,
    Message: Kind.MESSAGE,
    WithdrawCast: Kind.WITHDRAW_CAST,
    End: Kind.END,
}
ACT_OF: dict[Kind, type[Act]] = {kind: act for act, kind in KIND_OF.items()}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OutboxEntry:
    """One act on its way out. `body` is the envelope's exact bytes once sealed; `url` where they go.

    `not_before` holds it back (undo pause, spread sends, back-off); `maybe` tells that bytes may have arrived although
    no answer came.
    """

    id: ActId
    relationship: RelationshipId
    act: Act
    state: ActState
    made: datetime
    not_before: datetime
    channel: str = "native"
    message: MessageId | None = None
    body: bytes = b""
    attempts: int = 0
    maybe: bool = False
    trouble: str = ""
