"""The payloads of all message kinds, as they stand on the wire. Shapes and bounds only: no signing, no state.

Every field is described in docs/protocol.md. Unknown fields are kept in the journal and ignored here. What a first
question, an order and an end need stands here, what is said for years in `living`, the basic shapes in `claims`.
"""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from vrm_desktop.protocol.claims import (
    VERSION,
    Claims,
    CoSigned,
    Count,
    Currency,
    Day,
    Hash,
    Instant,
    Item,
    Line,
    Link,
    Minor,
    Seen,
    Signature,
    Text,
    Token,
    WiderItem,
    Wire,
    Word,
)
from vrm_desktop.protocol.living import (
    Case,
    CaseAnswer,
    CaseReply,
    DataRequest,
    DataWish,
    Document,
    Grant,
    HeldValue,
    InReturn,
    KeyChange,
    Notice,
    OrderChange,
    Refund,
    Refuse,
    Update,
    UseOfValue,
    UseReport,
    Voice,
    VoiceAnswer,
    Wish,
    WithdrawConsent,
)

__all__ = [
    "VERSION",
    "Case",
    "CaseAnswer",
    "CaseReply",
    "Claims",
    "CoSigned",
    "DataRequest",
    "DataWish",
    "Document",
    "Grant",
    "HeldValue",
    "InReturn",
    "Item",
    "KeyChange",
    "Notice",
    "OrderChange",
    "Refund",
    "Refuse",
    "Seen",
    "Signature",
    "Update",
    "UseOfValue",
    "UseReport",
    "Voice",
    "VoiceAnswer",
    "WiderItem",
    "Wish",
    "WithdrawConsent",
]
"""Among what stands here, what was imported to be found under this name."""


class AreaClaim(Wire, frozen=True, kw_only=True):
    """The area the person chose for this cast: country, and perhaps region (ISO 3166-2) and a short postal prefix."""

    country: Annotated[str, Meta(pattern=r"^[A-Z]{2}$(?!\n)")]
    region: Annotated[str, Meta(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$(?!\n)")] | UnsetType = UNSET
    postal: Annotated[str, Meta(pattern=r"^[A-Z0-9]{1,3}$(?!\n)")] | UnsetType = UNSET


class Ping(Claims, frozen=True, kw_only=True, tag="ping"):
    """The first question. Nothing here says who asks."""

    category: Word
    attributes: Annotated[dict[Word, Word], Meta(max_length=32)]
    condition: Literal["any", "new", "used", "refurbished"]
    fulfilment: Literal["any", "delivered", "collected", "on-site"]
    area: AreaClaim
    answers_by: Day
    needed_by: Day | UnsetType = UNSET
    asked: Literal["3", "5", "10", "more"]
    read: Hash
    agreements: Annotated[tuple[CoSigned, ...], Meta(min_length=2, max_length=2)]
    digests: Annotated[tuple[Hash, ...], Meta(max_length=64)]
    known: Token | UnsetType = UNSET


class Contact(Claims, frozen=True, kw_only=True, tag="contact"):
    """A conversation without a cast: what it is about, and the terms. Nothing here says who asks, but `known`."""

    about: Literal["question", "service", "order", "rights", "claim", "account", "other"]
    category: Word | UnsetType = UNSET
    read: Hash
    agreements: Annotated[tuple[CoSigned, ...], Meta(min_length=2, max_length=2)]
    digests: Annotated[tuple[Hash, ...], Meta(max_length=64)]
    known: Token | UnsetType = UNSET


class TermsAnswer(Claims, frozen=True, kw_only=True, tag="terms-answer"):
    """The vendor signs, counters once, or declines."""

    answer: Literal["accept", "counter", "decline"]
    agreements: Annotated[tuple[CoSigned, ...], Meta(max_length=2)] = ()
    reason: Literal["", "terms", "category", "region", "busy", "other"] = ""
    note: Line = ""


class TermsAccept(Claims, frozen=True, kw_only=True, tag="terms-accept"):
    """The person closes the vendor's counter: both documents, now with both signatures."""

    agreements: Annotated[tuple[CoSigned, ...], Meta(min_length=2, max_length=2)]


class TermsRefuse(Claims, frozen=True, kw_only=True, tag="terms-refuse"):
    """The person refuses the vendor's counter."""


class Reveal(Claims, frozen=True, kw_only=True, tag="reveal"):
    """What the plan holds for the vendor, under the cast agreement (its hash)."""

    agreement: Hash
    items: Annotated[tuple[Item, ...], Meta(min_length=1, max_length=64)]


class OfferLine(Wire, frozen=True, kw_only=True):
    """One thing offered; `unit` in minor units, absent where a line has no price."""

    title: Annotated[str, Meta(min_length=1, max_length=200)]
    quantity: Annotated[int, Meta(ge=1, le=999)] = 1
    unit: Minor | UnsetType = UNSET
    condition: Literal["any", "new", "used", "refurbished"] = "any"
    sku: Line = ""
    gtin: Line = ""
    link: Link = ""


class PriceClaim(Wire, frozen=True, kw_only=True):
    """All-in price in minor units; the parts sum to `total`; `tax` is what comes on top."""

    currency: Currency
    items: Minor
    shipping: Minor = 0
    fees: Minor = 0
    tax: Minor = 0
    total: Minor


class Ask(Wire, frozen=True, kw_only=True):
    """One field the vendor wants on accept, for a purpose, for so many days."""

    name: Word
    purpose: Literal["delivery", "payment", "contact", "service"]
    days: Annotated[int, Meta(ge=1, le=3650)]


class Contract(Wire, frozen=True, kw_only=True):
    """A contract that runs on: `months` 0 is open-ended, `renews_months` 0 does not renew; the price is per period."""

    starts: Day | UnsetType = UNSET
    months: Annotated[int, Meta(ge=0, le=120)]
    renews_months: Annotated[int, Meta(ge=0, le=60)] = 0
    notice_days: Annotated[int, Meta(ge=0, le=400)] = 0
    price_every: Literal["month", "quarter", "year"]


class Offer(Claims, frozen=True, kw_only=True, tag="offer"):
    """The vendor's offer; a later one replaces it."""

    lines: Annotated[tuple[OfferLine, ...], Meta(min_length=1, max_length=20)]
    price: PriceClaim | UnsetType = UNSET
    binding: bool
    valid_until: Instant
    fulfilment: Literal["delivered", "collected", "on-site"]
    by: Day | UnsetType = UNSET
    returns_days: Annotated[int, Meta(ge=0, le=3650)] | UnsetType = UNSET
    warranty_months: Annotated[int, Meta(ge=0, le=600)] | UnsetType = UNSET
    asks: Annotated[tuple[Ask, ...], Meta(max_length=20)] = ()
    payment: Annotated[
        tuple[Literal["sepa-transfer", "vendor-link", "on-delivery", "cash", "none"], ...], Meta(max_length=8)
    ] = ()
    payment_link: Link = ""
    note: Text = ""
    contract: Contract | UnsetType = UNSET


class OfferWithdrawn(Claims, frozen=True, kw_only=True, tag="offer-withdrawn"):
    """The vendor takes an indicative offer back."""

    offer: Hash
    note: Line = ""


class Counter(Claims, frozen=True, kw_only=True, tag="counter"):
    """The person proposes another all-in total for an offer."""

    offer: Hash
    total: Minor
    currency: Currency
    note: Text = ""


class Decline(Claims, frozen=True, kw_only=True, tag="decline"):
    """The person declines an offer, with a reason."""

    offer: Hash
    reason: Literal["price", "date", "terms", "data", "other-vendor", "changed-mind", "other"]


class Accept(Claims, frozen=True, kw_only=True, tag="accept"):
    """The person accepts: the order with the person's signature; delivery values ride beside."""

    offer: Hash
    order: CoSigned
    items: Annotated[tuple[Item, ...], Meta(max_length=64)]


class Payment(Wire, frozen=True, kw_only=True):
    """How to pay; bank details stand here and nowhere else."""

    method: Literal["sepa-transfer", "vendor-link", "on-delivery", "cash", "none"]
    payee: Annotated[str, Meta(max_length=70)] = ""
    iban: Annotated[str, Meta(pattern=r"^([A-Z]{2}[0-9]{2}[A-Z0-9]{11,30})?$(?!\n)")] = ""
    bic: Annotated[str, Meta(pattern=r"^([A-Z0-9]{8}|[A-Z0-9]{11})?$(?!\n)")] = ""
    reference: Annotated[str, Meta(max_length=140)] = ""
    link: Link = ""


class Confirmation(Claims, frozen=True, kw_only=True, tag="confirmation"):
    """The vendor countersigns the order and states the record hash it computed."""

    order: CoSigned
    record: Hash
    payment: Payment


class Status(Claims, frozen=True, kw_only=True, tag="status"):
    """How the order goes on; with `of`, the answer to an order-change."""

    state: Literal["preparing", "shipped", "ready", "delivered", "delayed", "cancelled"]
    by: Day | UnsetType = UNSET
    note: Line = ""
    of: Hash | UnsetType = UNSET
    answer: Literal["accepted", "refused"] | UnsetType = UNSET
    documents: Annotated[tuple[Document, ...], Meta(max_length=5)] | UnsetType = UNSET


class Receipt(Claims, frozen=True, kw_only=True, tag="receipt"):
    """The vendor's receipt for money."""

    order: Hash
    price: PriceClaim
    number: Line = ""


class Paid(Claims, frozen=True, kw_only=True, tag="paid"):
    """The person says that the order was paid."""

    order: Hash
    amount: Minor
    currency: Currency
    method: Word


class Message(Claims, frozen=True, kw_only=True, tag="message"):
    """Words, from either side; `about` is the message that they speak of."""

    text: Annotated[str, Meta(min_length=1, max_length=4000)]
    about: Hash | UnsetType = UNSET


class Acknowledgement(Claims, frozen=True, kw_only=True, tag="acknowledgement"):
    """The vendor has received (never: read) a message, and has erased the values of these digests."""

    of: Hash
    erased: Annotated[tuple[Hash, ...], Meta(min_length=1, max_length=64)] | UnsetType = UNSET


class WithdrawCast(Claims, frozen=True, kw_only=True, tag="withdraw-cast"):
    """The person takes the want back."""


class Kept(Wire, frozen=True, kw_only=True):
    """Something kept after the end: what, why, until when."""

    what: Word
    why: Literal["order", "warranty", "law", "claim"]
    until: Day


class End(Claims, frozen=True, kw_only=True, tag="end"):
    """The person ends the relationship: from now no new use; erase all but what is listed."""

    erase: bool = True
    keep: Annotated[tuple[Kept, ...], Meta(max_length=20)] = ()
    reason: Line = ""


class Closure(Claims, frozen=True, kw_only=True, tag="closure"):
    """The vendor's last word: nothing to offer, or the receipt for an end."""

    reason: Literal["no-match", "busy", "withdrawn", "ended", "lapsed", "other"]
    erased: bool = False
    kept: Annotated[tuple[Kept, ...], Meta(max_length=20)] = ()
    note: Line = ""


PersonMessage = (
    Ping
    | Contact
    | TermsAccept
    | TermsRefuse
    | Reveal
    | Counter
    | Decline
    | Accept
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
VendorMessage = (
    TermsAnswer
    | Offer
    | OfferWithdrawn
    | Confirmation
    | Status
    | Receipt
    | Refund
    | CaseAnswer
    | DataWish
    | UseReport
    | VoiceAnswer
    | Message
    | Acknowledgement
    | Closure
)
AnyMessage = PersonMessage | VendorMessage
"""Two kinds have one name and another shape on each side: `case-answer` and `data-request`."""


class AgreementText(Wire, frozen=True, kw_only=True, tag_field="kind", tag="agreement"):
    """The text of one agreement: which roster entry, between whom, from when. `official` waits for IEEE's text."""

    v: Literal[1] = 1
    roster: Word
    version: Word
    entry: Hash
    official: Hash | None = None
    person: Hash
    vendor: Hash
    begins: Literal["ping", "accept"]
    made: Day
    nonce: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{22}$(?!\n)")]


class OrderText(Wire, frozen=True, kw_only=True, tag_field="kind", tag="order"):
    """The text of an order: the offer as accepted, under which agreement, with digests of what delivery needs."""

    v: Literal[1] = 1
    conv: Hash
    offer: Hash
    person: Hash
    vendor: Hash
    agreement: Hash
    lines: Annotated[tuple[OfferLine, ...], Meta(min_length=1, max_length=20)]
    price: PriceClaim | None
    fulfilment: Literal["delivered", "collected", "on-site"]
    by: Day | None
    binding: bool
    payment: Word
    digests: Annotated[tuple[Hash, ...], Meta(max_length=64)]
    made: Instant
    contract: Contract | UnsetType = UNSET


class CardTerms(Wire, frozen=True, kw_only=True):
    """One roster entry the vendor signs."""

    roster: Word
    version: Word
    entry: Hash


class Card(Wire, frozen=True, kw_only=True):
    """The vendor card without its signature; `signature` is detached over the canonical form of the rest."""

    v: Literal[1] = 1
    versions: Annotated[tuple[Count, ...], Meta(min_length=1, max_length=16)] = (1,)
    serial: Minor
    expires: Instant
    key: Hash
    name: Annotated[str, Meta(min_length=1, max_length=120)]
    kind: Word = "shop"
    endpoint: Link
    categories: Annotated[tuple[Word, ...], Meta(max_length=200)]
    regions: Annotated[tuple[Word, ...], Meta(max_length=400)] = ()
    languages: Annotated[tuple[Word, ...], Meta(max_length=40)] = ()
    currencies: Annotated[tuple[Currency, ...], Meta(max_length=40)] = ()
    terms: Annotated[tuple[CardTerms, ...], Meta(max_length=40)]
    about: Annotated[str, Meta(max_length=500)] = ""
    email: Line = ""
    url: Link = ""
    privacy: Link = ""
    kinds: Annotated[tuple[Word, ...], Meta(max_length=64)] | UnsetType = UNSET
