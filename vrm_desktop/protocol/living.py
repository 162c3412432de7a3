"""The payloads of what two sides say after the order, and beside it: changes, cases, data, consent, voices.

Shapes and bounds only. What a shape cannot say is in `checking`, what refers to earlier messages in `references`.
"""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from vrm_desktop.protocol.claims import (
    Claims,
    Currency,
    Day,
    Hash,
    Item,
    Line,
    Link,
    Minor,
    Text,
    Token,
    WidePurpose,
    WiderItem,
    Wire,
    Word,
)

Wanted = Literal["repair", "replacement", "refund", "price-reduction", "withdrawal", "delivery", "answer", "other"]
Right = Literal["access", "copy", "correction", "erasure", "objection", "restriction", "portability", "use-report"]


class KeyChange(Claims, frozen=True, kw_only=True, tag="key-change"):
    """The last message of the old key: the next one bears `kid`. `proof` is the new key's consent (`proofs`)."""

    kid: Hash
    proof: Token


class OrderChange(Claims, frozen=True, kw_only=True, tag="order-change"):
    """The person asks for a change of an order that costs nothing else; new values may ride beside."""

    order: Hash
    what: Literal["cancel", "change", "pause", "resume", "document"]
    text: Text = ""
    by: Day | UnsetType = UNSET
    items: Annotated[tuple[Item, ...], Meta(max_length=64)] = ()


class Case(Claims, frozen=True, kw_only=True, tag="case"):
    """Something went wrong: what, what the person wants, by when. `case` names the opening message to go on with."""

    case: Hash | UnsetType = UNSET
    about: Literal["order", "product", "service", "bill", "data", "other"]
    order: Hash | UnsetType = UNSET
    what: Annotated[str, Meta(min_length=1, max_length=4000)]
    want: Wanted
    amount: Minor | UnsetType = UNSET
    currency: Currency | UnsetType = UNSET
    by: Day | UnsetType = UNSET
    evidence: Annotated[tuple[Hash, ...], Meta(max_length=20)] = ()


class CaseReply(Claims, frozen=True, kw_only=True, tag="case-answer"):
    """The person's word on a case: to one of the vendor's answers (`of`), or on how it ended."""

    case: Hash
    of: Hash | UnsetType = UNSET
    answer: Literal["accept", "refuse", "resolved", "unresolved", "withdrawn"]
    text: Text = ""


class CaseAnswer(Claims, frozen=True, kw_only=True, tag="case-answer"):
    """The vendor's word on a case."""

    case: Hash
    answer: Literal["received", "proposal", "accepted", "refused", "done"]
    remedy: Wanted | UnsetType = UNSET
    amount: Minor | UnsetType = UNSET
    currency: Currency | UnsetType = UNSET
    by: Day | UnsetType = UNSET
    text: Text = ""


class Refund(Claims, frozen=True, kw_only=True, tag="refund"):
    """The vendor has sent money back."""

    order: Hash
    case: Hash | UnsetType = UNSET
    amount: Minor
    currency: Currency
    number: Line = ""


class Document(Wire, frozen=True, kw_only=True):
    """A document that the vendor holds ready: its title, media type, the hash of its bytes and where it is."""

    title: Annotated[str, Meta(min_length=1, max_length=200)]
    media: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9.+-]{0,62}/[a-z0-9][a-z0-9.+-]{0,62}$(?!\n)")]
    hash: Hash
    link: Link


class Update(Claims, frozen=True, kw_only=True, tag="update"):
    """New values for fields that the vendor was given before in this conversation."""

    agreement: Hash
    items: Annotated[tuple[WiderItem, ...], Meta(min_length=1, max_length=64)]


class Wish(Wire, frozen=True, kw_only=True):
    """One field that the vendor wishes for, what for, and for how many days."""

    name: Word
    purpose: WidePurpose
    days: Annotated[int, Meta(ge=1, le=3650)]


class InReturn(Wire, frozen=True, kw_only=True):
    """What the person gets for it, and until when: a promise with a date."""

    what: Annotated[str, Meta(min_length=1, max_length=200)]
    due: Day
    amount: Minor | UnsetType = UNSET
    currency: Currency | UnsetType = UNSET


class DataWish(Claims, frozen=True, kw_only=True, tag="data-request"):
    """The vendor wishes to know more, says why, and what comes back for it."""

    fields: Annotated[tuple[Wish, ...], Meta(min_length=1, max_length=32)]
    why: Line
    in_return: InReturn | UnsetType = UNSET
    by: Day | UnsetType = UNSET


class Grant(Claims, frozen=True, kw_only=True, tag="grant"):
    """The person gives what a data-request named; with `consent` it rests on consent, whose id is this message's."""

    of: Hash
    agreement: Hash
    items: Annotated[tuple[WiderItem, ...], Meta(min_length=1, max_length=64)]
    consent: bool


class Refuse(Claims, frozen=True, kw_only=True, tag="refuse"):
    """The person gives nothing of what a data-request named."""

    of: Hash
    reason: Literal["terms", "purpose", "unneeded", "later", "other"]


class WithdrawConsent(Claims, frozen=True, kw_only=True, tag="withdraw-consent"):
    """The person takes a grant back: these fields of it, or all of it."""

    of: Hash
    fields: Annotated[tuple[Word, ...], Meta(max_length=64)] = ()


class DataRequest(Claims, frozen=True, kw_only=True, tag="data-request"):
    """The person exercises a right over the data that the vendor holds: these fields and purposes, or all."""

    right: Right
    fields: Annotated[tuple[Word, ...], Meta(max_length=64)] = ()
    purposes: Annotated[tuple[WidePurpose, ...], Meta(max_length=16)] = ()
    text: Text = ""


class HeldValue(Wire, frozen=True, kw_only=True):
    """One field that the vendor holds, what for, until when; `digest` is the disclosure's where it came as one."""

    name: Word
    purpose: WidePurpose
    until: Day
    digest: Hash | UnsetType = UNSET


class UseOfValue(Wire, frozen=True, kw_only=True):
    """One use of a field: what for, when, by whom."""

    name: Word
    purpose: WidePurpose
    day: Day
    by: Literal["own", "processor", "third-party"]
    whom: Line = ""


class UseReport(Claims, frozen=True, kw_only=True, tag="use-report"):
    """What the vendor holds and did with it, or why not; a copy's values ride beside (`digests`)."""

    of: Hash | UnsetType = UNSET
    right: Right
    state: Literal["fulfilled", "partly", "refused", "extended"]
    reason: Line = ""
    until: Day | UnsetType = UNSET
    held: Annotated[tuple[HeldValue, ...], Meta(max_length=200)] = ()
    uses: Annotated[tuple[UseOfValue, ...], Meta(max_length=200)] = ()
    digests: Annotated[tuple[Hash, ...], Meta(max_length=64)] = ()


class Notice(Claims, frozen=True, kw_only=True, tag="notice"):
    """A formal notice."""

    about: Literal["cancel-contract", "withdrawal", "objection", "deadline", "complaint", "reference-retired", "other"]
    order: Hash | UnsetType = UNSET
    by: Day | UnsetType = UNSET
    text: Text = ""


class Voice(Claims, frozen=True, kw_only=True, tag="voice"):
    """An idea, an experience or a question, on the record."""

    topic: Literal["idea", "experience", "question"]
    text: Annotated[str, Meta(min_length=1, max_length=4000)]
    order: Hash | UnsetType = UNSET


class VoiceAnswer(Claims, frozen=True, kw_only=True, tag="voice-answer"):
    """What became of a voice."""

    of: Hash
    state: Literal["seen", "planned", "done", "no"]
    text: Line = ""
