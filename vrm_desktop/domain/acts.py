"""Acts: what the person decided to say, before it is numbered and signed (`held`) and after (`sealed`)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from vrm_desktop.domain.disclosure import PlannedField, Purpose
from vrm_desktop.domain.ids import ActId, Digest, MessageId, RelationshipId
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.domain.living import (
    CaseAbout,
    CaseWord,
    ChangeKind,
    ContactAbout,
    DataRight,
    NoticeAbout,
    RefusalReason,
    Remedy,
    VoiceTopic,
)
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
    """Open a conversation for a cast under a plan; the vendors asked are `count`.

    `known` is the earlier relationship with this vendor that the person wants to be known by ("as their customer").
    """

    intentcast: str
    plan: VendorPlan
    count: int
    known: RelationshipId | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Contact:
    """Open a conversation without a cast; the plan holds what may be told later. `known` as in a ping.

    `words` are said once the terms are signed, after what the plan reveals.
    """

    about: ContactAbout
    plan: VendorPlan
    category: str = ""
    known: RelationshipId | None = None
    words: str = ""


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
    """Say something in words, perhaps about an earlier message."""

    text: str
    about: MessageId | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OrderChange:
    """Ask for a change of an order that costs nothing else; `fields` are values that the vendor needs for it."""

    order: Digest
    what: ChangeKind
    text: str = ""
    by: date | None = None
    fields: tuple[PlannedField, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Case:
    """Say that something went wrong and what shall happen; `case` is the opening message when one is gone on with."""

    about: CaseAbout
    what: str
    want: Remedy
    case: MessageId | None = None
    order: Digest | None = None
    amount: Money | None = None
    by: date | None = None
    evidence: tuple[MessageId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CaseReply:
    """Answer the vendor in a case (`of`: which of its answers), or say how the case ended."""

    case: MessageId
    answer: CaseWord
    of: MessageId | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Update:
    """Tell new values of fields that the vendor has."""

    fields: tuple[PlannedField, ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Grant:
    """Give what the vendor wished for in message `of`; `consent`: it rests on consent, not on the service itself."""

    of: MessageId
    fields: tuple[PlannedField, ...]
    consent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse:
    """Give nothing of what the vendor wished for in message `of`."""

    of: MessageId
    reason: RefusalReason


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class DataRequest:
    """Exercise a right over the data that the vendor holds: these fields (by name) and purposes, or all."""

    right: DataRight
    fields: tuple[str, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class WithdrawConsent:
    """Take the grant `of` back: these fields (by name), or all of it."""

    of: MessageId
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Notice:
    """Give formal notice."""

    about: NoticeAbout
    order: Digest | None = None
    by: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Voice:
    """Tell an idea, an experience or a question."""

    topic: VoiceTopic
    text: str
    order: Digest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChange:
    """Go on under a new key; it is made when the act is sealed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawCast:
    """Take the want back."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class End:
    """End the relationship and ask for erasure."""

    reason: str = ""


Act = (
    Ping
    | Contact
    | TermsAccept
    | TermsRefuse
    | Reveal
    | Counter
    | Accept
    | Decline
    | OrderChange
    | Paid
    | Case
    | CaseReply
    | Update
    | Grant
    | Refuse
    | DataRequest
    | WithdrawConsent
    | Notice
    | Voice
    | Message
    | WithdrawCast
    | KeyChange
    | End
)

KIND_OF: dict[type[Act], Kind] = {
    Ping: Kind.PING,
    Contact: Kind.CONTACT,
    TermsAccept: Kind.TERMS_ACCEPT,
    TermsRefuse: Kind.TERMS_REFUSE,
    Reveal: Kind.REVEAL,
    Counter: Kind.COUNTER,
    Accept: Kind.ACCEPT,
    Decline: Kind.DECLINE,
    OrderChange: Kind.ORDER_CHANGE,
    Paid: Kind.PAID,
    Case: Kind.CASE,
    CaseReply: Kind.CASE_ANSWER,
    Update: Kind.UPDATE,
    Grant: Kind.GRANT,
    Refuse: Kind.REFUSE,
    DataRequest: Kind.DATA_REQUEST,
    WithdrawConsent: Kind.WITHDRAW_CONSENT,
    Notice: Kind.NOTICE,
    Voice: Kind.VOICE,
    Message: Kind.MESSAGE,
    WithdrawCast: Kind.WITHDRAW_CAST,
    KeyChange: Kind.KEY_CHANGE,
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
