"""The closed lists of what is said after the order: rights, cases, changes, voices, notices. The wire's words."""

from enum import StrEnum


class ContactAbout(StrEnum):
    """What a conversation without a cast is about."""

    QUESTION = "question"
    SERVICE = "service"
    ORDER = "order"
    RIGHTS = "rights"
    CLAIM = "claim"
    ACCOUNT = "account"
    OTHER = "other"


class ChangeKind(StrEnum):
    """What shall happen to an order."""

    CANCEL = "cancel"
    CHANGE = "change"
    PAUSE = "pause"
    RESUME = "resume"
    DOCUMENT = "document"


class CaseAbout(StrEnum):
    """What a case is about."""

    ORDER = "order"
    PRODUCT = "product"
    SERVICE = "service"
    BILL = "bill"
    DATA = "data"
    OTHER = "other"


class Remedy(StrEnum):
    """What the person wants in a case, or the vendor offers."""

    REPAIR = "repair"
    REPLACEMENT = "replacement"
    REFUND = "refund"
    PRICE_REDUCTION = "price-reduction"
    WITHDRAWAL = "withdrawal"
    DELIVERY = "delivery"
    ANSWER = "answer"
    OTHER = "other"


class CaseWord(StrEnum):
    """The person's word on a case."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    RESOLVED = "resolved"
    UNRESOLVED = "unresolved"
    WITHDRAWN = "withdrawn"


class CaseState(StrEnum):
    """The vendor's word on a case."""

    RECEIVED = "received"
    PROPOSAL = "proposal"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DONE = "done"


class DataRight(StrEnum):
    """A right over the data that an organisation holds."""

    ACCESS = "access"
    COPY = "copy"
    CORRECTION = "correction"
    ERASURE = "erasure"
    OBJECTION = "objection"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    USE_REPORT = "use-report"


class ReportState(StrEnum):
    """How far a right was met."""

    FULFILLED = "fulfilled"
    PARTLY = "partly"
    REFUSED = "refused"
    EXTENDED = "extended"


class RefusalReason(StrEnum):
    """Why a vendor's wish for data is refused."""

    TERMS = "terms"
    PURPOSE = "purpose"
    UNNEEDED = "unneeded"
    LATER = "later"
    OTHER = "other"


class NoticeAbout(StrEnum):
    """What a formal notice says."""

    CANCEL_CONTRACT = "cancel-contract"
    WITHDRAWAL = "withdrawal"
    OBJECTION = "objection"
    DEADLINE = "deadline"
    COMPLAINT = "complaint"
    REFERENCE_RETIRED = "reference-retired"
    OTHER = "other"


class VoiceTopic(StrEnum):
    """What a voice is."""

    IDEA = "idea"
    EXPERIENCE = "experience"
    QUESTION = "question"


class VoiceState(StrEnum):
    """What became of a voice."""

    SEEN = "seen"
    PLANNED = "planned"
    DONE = "done"
    NO = "no"
