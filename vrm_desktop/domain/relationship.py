"""One persona and one vendor, from the first ping to the last receipt: identity, order, agreements and journal rows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.ids import Digest, IntentcastId, MessageId, PersonaId, RelationshipId, VendorId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.offer import OfferLine, Price
from vrm_desktop.domain.ways import Way


class RelationshipState(StrEnum):
    """Where the relationship stands for the person (the conversation has its own, finer state)."""

    ASKING = "asking"
    OPEN = "open"
    DECLINED = "declined"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENDING = "ending"
    ENDED = "ended"
    UNREACHABLE = "unreachable"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Relationship:
    """The pairwise identity's public side and where its conversation is.

    `address` is the conversation's URL once the vendor answered 202; `poll_after` the vendor's wish or the back-off;
    `trouble` the code of what went wrong last ("" if nothing). The seed and read secret stay in the vault. By another
    `way` than our own wire there is no conversation: then `endpoint` is where it is asked ("": by the person's hand).
    """

    id: RelationshipId
    persona: PersonaId
    vendor: VendorId
    intentcast: IntentcastId | None
    state: RelationshipState
    conversation: Conversation
    endpoint: str
    started: datetime
    address: str = ""
    poll_after: datetime | None = None
    trouble: str = ""
    ended: datetime | None = None
    way: Way = Way.NATIVE


class AgreementState(StrEnum):
    """Whether both signatures stand under an agreement."""

    PROFFERED = "proffered"
    COUNTERED = "countered"
    SIGNED = "signed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AgreementRecord:
    """One agreement document as stored: `document` is the co-signed JSON's exact bytes; verified again on each use."""

    relationship: RelationshipId
    hash: Digest
    roster: str
    version: str
    begins: str
    state: AgreementState
    document: bytes
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PaymentDetails:
    """How to pay an order, as the vendor's signed confirmation says. `iban` in its electronic form, no spaces."""

    method: str
    payee: str = ""
    iban: str = ""
    bic: str = ""
    reference: str = ""
    link: str = ""


class OrderState(StrEnum):
    """Where an order stands."""

    PLACED = "placed"
    CONFIRMED = "confirmed"
    FULFILLED = "fulfilled"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class OrderRecord:
    """An accepted offer as both sides signed it. `record` is the hash both sides compute; "" until confirmed.

    Beyond our own wire nobody signs: `document` is the exact text that left or was answered, `record` stays "", and
    `payment` is None unless the way itself says how to pay.
    """

    relationship: RelationshipId
    intentcast: IntentcastId
    offer: MessageId
    hash: Digest
    lines: tuple[OfferLine, ...]
    price: Price | None
    payment_method: str
    state: OrderState
    placed: datetime
    document: bytes
    record: str = ""
    payment: PaymentDetails | None = None
    paid: datetime | None = None
    status: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class JournalRow:
    """Exact signed bytes sent or received. `jws` is the compact JWS; `disclosures` ride beside and can be erased.

    `seq` numbers all rows of the vault and `chain` (hash over row and predecessor) is set by the vault.
    """

    relationship: RelationshipId
    sender: Side
    kind: Kind
    number: int
    message: MessageId
    jws: str
    disclosures: tuple[str, ...]
    at: datetime
    seq: int = 0


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Note:
    """One line of a relationship's story as the person reads it: `kind` of message or event, and plain `text`."""

    relationship: RelationshipId
    at: datetime
    sender: Side
    kind: str
    text: str
    message: MessageId | None = None
