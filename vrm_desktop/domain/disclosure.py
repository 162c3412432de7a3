"""Who knows what: planned disclosures, and the ledger rows they become before anything leaves."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import Digest, FieldId, IntentcastId, MessageId, RelationshipId, VendorId

VALUE_LENGTH = 4000


class Stage(StrEnum):
    """The three stages of disclosure in a cast, and whatever is told later, in living with each other."""

    PING = "ping"
    REVEAL = "reveal"
    ORDER = "order"
    LATER = "later"


class Purpose(StrEnum):
    """What a vendor may use a field for (closed list; the wire's words). The last three never go by default."""

    QUOTE = "quote"
    DELIVERY = "delivery"
    PAYMENT = "payment"
    CONTACT = "contact"
    SERVICE = "service"
    MARKETING = "marketing"
    RESEARCH = "research"
    PERSONALISATION = "personalisation"
    RIGHTS = "rights"


class Source(StrEnum):
    """Whether a value was typed into the want or comes from the profile."""

    WANT = "want"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PlannedField:
    """One value for one vendor at one stage: `name` on the wire, the exact `value`, purpose and last day of use.

    `pd` is the DPV personal-data term ("" for what is typed into the want); `coarse`: it was coarsened.
    """

    name: str
    value: str
    stage: Stage
    purpose: Purpose
    until: date
    source: Source
    field: FieldId | None = None
    pd: str = ""
    coarse: bool = False

    def __post_init__(self) -> None:
        if not self.name or not self.value or len(self.value) > VALUE_LENGTH:
            raise InvalidValue("a planned field has a name and a value of at most 4,000 characters")


class LedgerState(StrEnum):
    """What is known about a disclosure's fate. `NOT_SENT`: it was ready to leave, and never did."""

    LEAVING = "leaving"
    SENT = "sent"
    MAYBE = "maybe"
    EXPIRED = "expired"
    ERASURE_ASKED = "erasure-asked"
    ERASED = "erased"
    NOT_SENT = "not-sent"


class BasisKind(StrEnum):
    """On what a disclosure rests; only the first may be called terms-first."""

    SIGNED_AGREEMENT = "signed-agreement"
    WRITTEN_ACCEPTANCE = "written-acceptance"
    OWN_ACT = "own-act"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class LedgerRow:
    """One field given to one vendor. `seq` and `chain` (hash over this row and the row before) are set by the vault.

    `channel` names the way it went; `subject` says about whom; `agreement` is the hash of the agreement it rests on;
    `act` identifies the sending act, so that a repeat adds nothing.
    """

    relationship: RelationshipId
    vendor: VendorId
    intentcast: IntentcastId | None
    name: str
    value: str
    stage: Stage
    purpose: Purpose
    until: date
    source: Source
    basis: BasisKind
    agreement: Digest | None
    at: datetime
    message: MessageId
    channel: str = "native"
    persona: str = "me"
    subject: str = "me"
    field: FieldId | None = None
    pd: str = ""
    coarse: bool = False
    state: LedgerState = LedgerState.LEAVING
    seq: int = 0
