"""Messages on their way out: placed in the conversation, signed, and with it moved on. The only door to a signature.

What carries personal values has a door of its own that takes a `SignedAgreement`: a reveal, an accept, an update, a
grant, and a changed order with new values.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

import msgspec
from msgspec import UnsetType

from vrm_desktop.domain.categories import check_attributes
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol.agreements import SignedAgreement, in_force, required
from vrm_desktop.protocol.checking import carried, check_message
from vrm_desktop.protocol.disclosures import Disclosure, check_pledged, matched
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import BadAgreement, BadOrder, BadSignature, Malformed
from vrm_desktop.protocol.keys import check_key_change, read_known
from vrm_desktop.protocol.meanings import area_from
from vrm_desktop.protocol.messages import (
    Accept,
    Acknowledgement,
    AnyMessage,
    Case,
    CaseAnswer,
    CaseReply,
    Closure,
    Confirmation,
    Contact,
    Counter,
    DataRequest,
    DataWish,
    Decline,
    End,
    Grant,
    Item,
    KeyChange,
    Message,
    Notice,
    Offer,
    OfferWithdrawn,
    OrderChange,
    OrderText,
    Paid,
    Ping,
    Receipt,
    Refund,
    Refuse,
    Reveal,
    Status,
    TermsAccept,
    TermsAnswer,
    TermsRefuse,
    Update,
    UseReport,
    Voice,
    VoiceAnswer,
    WiderItem,
    WithdrawCast,
    WithdrawConsent,
)
from vrm_desktop.protocol.moving import after_own
from vrm_desktop.protocol.orders import sign_order
from vrm_desktop.protocol.references import check_known_names, check_wished
from vrm_desktop.protocol.shapes import payload_of, revalidated, struct_of
from vrm_desktop.protocol.signing import Signer, Typ, sign_compact
from vrm_desktop.protocol.stamping import days_only, stamp

Sealable: TypeAlias = (
    Ping
    | Contact
    | TermsAccept
    | TermsRefuse
    | Counter
    | Decline
    | OrderChange
    | Paid
    | Case
    | CaseReply
    | Refuse
    | DataRequest
    | WithdrawConsent
    | Notice
    | Voice
    | Message
    | WithdrawCast
    | KeyChange
    | End
    | TermsAnswer
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
    | Acknowledgement
    | Closure
)
"""Every message without personal values beside it."""

Released: TypeAlias = tuple[Disclosure, Purpose, date]
"""One value that leaves, for what it may be used, and until which day."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Sealed:
    """A signed message in its envelope, and the conversation after it."""

    envelope: Envelope
    message_id: MessageId
    conversation: Conversation


def seal(conversation: Conversation, message: Sealable, signer: Signer) -> Sealed:
    """Sign `message`, whose claims are `stamp(conversation, …)`.

    Raises:
        BadAgreement: a kind that carries personal values; those have doors of their own.
        BadDisclosure: it names values that do not ride beside it.
        NotAllowedNow, Full: the conversation has no place for it.
        Malformed: claims of another place, or a refused value.
        BadSignature: the signer is not this conversation's.
        TooLarge: over 64 KiB.
    """
    return _seal_bare(conversation, message, signer)


def seal_reveal(
    conversation: Conversation,
    *,
    basis: SignedAgreement,
    disclosures: tuple[Released, ...],
    pledged: tuple[Digest, ...],
    exp: date | datetime,
    signer: Signer,
) -> Sealed:
    """Reveal `disclosures`, all of them among the ping's digests (`pledged`), under the agreement that began with it.

    Raises:
        BadAgreement: the basis is another one.
        BadDisclosure: a value that was not pledged, or twice.
        NotAllowedNow, Full, Malformed, BadSignature, TooLarge: as for `seal`.
    """
    agreement = required(basis, begins=TermsFrom.PING, conversation=conversation)
    items = _items(disclosures)
    check_pledged(items, pledged)
    if not items:
        raise Malformed("a reveal reveals something")
    message = Reveal(**stamp(conversation, exp=exp), agreement=agreement.hash, items=items)
    return _seal(conversation, message, signer, _texts(disclosures))


def seal_accept(
    conversation: Conversation,
    *,
    basis: SignedAgreement,
    order: OrderText,
    disclosures: tuple[Released, ...],
    exp: date | datetime,
    signer: Signer,
) -> Sealed:
    """Accept the offer that `order` (from `order_text`) repeats, and release what delivery needs.

    Raises:
        BadAgreement: the basis is not the agreement that begins with the accept.
        BadOrder: the order is another conversation's, or rests on another agreement.
        BadDisclosure: the values are not those whose digests the order holds.
        NotAllowedNow, Full, Malformed, BadSignature, TooLarge: as for `seal`.
    """
    person, vendor = conversation.own_kid, conversation.peer_kid
    agreement = required(basis, begins=TermsFrom.ACCEPT, conversation=conversation)
    if (order.conv, order.person, order.vendor, order.agreement) != (conversation.id, person, vendor, agreement.hash):
        raise BadOrder("an order of another conversation or under another agreement")
    items = _items(disclosures)
    check_pledged(items, order.digests)
    message = Accept(**stamp(conversation, exp=exp), offer=order.offer, order=sign_order(order, signer), items=items)
    return _seal(conversation, message, signer, _texts(disclosures))


def seal_update(
    conversation: Conversation,
    *,
    basis: SignedAgreement,
    disclosures: tuple[Released, ...],
    disclosed: Collection[str],
    exp: date | datetime,
    signer: Signer,
) -> Sealed:
    """Tell new values of fields that were told before (`disclosed`: their names), under the agreement in force now.

    Raises:
        BadAgreement: the basis is another one.
        BadDisclosure: a field that was never disclosed, or one twice.
        NotAllowedNow, Full, Malformed, BadSignature, TooLarge: as for `seal`.
    """
    agreement = required(basis, begins=in_force(conversation.state), conversation=conversation)
    check_known_names(tuple(disclosure for disclosure, _, _ in disclosures), disclosed)
    message = Update(**stamp(conversation, exp=exp), agreement=agreement.hash, items=_wider_items(disclosures))
    return _seal(conversation, message, signer, _texts(disclosures))


def seal_grant(
    conversation: Conversation,
    *,
    basis: SignedAgreement,
    of: MessageId,
    wish: DataWish,
    disclosures: tuple[Released, ...],
    consent: bool,
    exp: date | datetime,
    signer: Signer,
) -> Sealed:
    """Give what the vendor's data-request `wish` (message id `of`) named, or part of it, under the agreement in force.

    Raises:
        BadAgreement: the basis is another one.
        BadDisclosure: a field, or a purpose, that the wish did not name, or one twice.
        NotAllowedNow, Full, Malformed, BadSignature, TooLarge: as for `seal`.
    """
    agreement = required(basis, begins=in_force(conversation.state), conversation=conversation)
    claims, items = stamp(conversation, exp=exp), _wider_items(disclosures)
    message = Grant(**claims, of=of, agreement=agreement.hash, items=items, consent=consent)
    check_wished(message, tuple(disclosure for disclosure, _, _ in disclosures), wish)
    return _seal(conversation, message, signer, _texts(disclosures))


def seal_order_change(
    conversation: Conversation,
    message: OrderChange,
    *,
    basis: SignedAgreement,
    disclosures: tuple[Released, ...],
    signer: Signer,
) -> Sealed:
    """Ask for a change of an order with new values beside it; `message` comes without its items.

    Raises:
        BadAgreement: the basis is not the agreement that begins with the accept.
        BadDisclosure: a value twice.
        NotAllowedNow, Full, Malformed, BadSignature, TooLarge: as for `seal`.
    """
    required(basis, begins=TermsFrom.ACCEPT, conversation=conversation)
    filled = msgspec.structs.replace(message, items=_items(disclosures))
    return _seal(conversation, filled, signer, _texts(disclosures))


def seal_use_report(
    conversation: Conversation, message: UseReport, *, disclosures: tuple[Disclosure, ...], signer: Signer
) -> Sealed:
    """Report to the person, with a copy of values beside it; `message` comes without its digests. For a desk.

    Raises:
        BadDisclosure: a value twice.
        NotAllowedNow, Full, Malformed, BadSignature, TooLarge: as for `seal`.
    """
    filled = msgspec.structs.replace(message, digests=tuple(disclosure.digest for disclosure in disclosures))
    return _seal(conversation, filled, signer, tuple(disclosure.text for disclosure in disclosures))


def _texts(disclosures: tuple[Released, ...]) -> tuple[str, ...]:
    return tuple(disclosure.text for disclosure, _, _ in disclosures)


def _items(disclosures: tuple[Released, ...]) -> tuple[Item, ...]:
    return tuple(struct_of(members, Item) for members in _members(disclosures))


def _wider_items(disclosures: tuple[Released, ...]) -> tuple[WiderItem, ...]:
    return tuple(struct_of(members, WiderItem) for members in _members(disclosures))


def _members(disclosures: tuple[Released, ...]) -> tuple[dict[str, str], ...]:
    return tuple(
        {"digest": disclosure.digest, "purpose": purpose.value, "until": until.isoformat()}
        for disclosure, purpose, until in disclosures
    )


def _seal_bare(conversation: Conversation, message: AnyMessage, signer: Signer) -> Sealed:
    if isinstance(message, Reveal | Accept | Update | Grant):
        raise BadAgreement("personal values leave under a signed agreement only")
    return _seal(conversation, message, signer, ())


def _seal(conversation: Conversation, message: AnyMessage, signer: Signer, texts: tuple[str, ...]) -> Sealed:
    if signer.kid != conversation.own_kid:
        raise BadSignature("another relationship's key")
    _check_place(conversation, message)
    checked = revalidated(message)
    check_message(checked)
    _check_opening(conversation, checked)
    if isinstance(checked, KeyChange):
        check_key_change(checked, conversation=conversation, old=conversation.own_kid)
    matched(carried(checked), texts)
    envelope = Envelope(jws=sign_compact(signer, Typ.MESSAGE, payload_of(checked)), disclosures=texts)
    moved = after_own(conversation, checked, envelope.message_id)
    return Sealed(envelope=envelope, message_id=envelope.message_id, conversation=moved)


def _check_opening(conversation: Conversation, message: AnyMessage) -> None:
    """No free text leaves in a first question, and what it shows of an older conversation is for this one.

    Category and attributes are on the closed lists, the area is coarse.
    """
    try:
        match message:
            case Ping():
                check_attributes(message.category, message.attributes)
                area_from(message.area)
            case Contact() if not isinstance(message.category, UnsetType):
                check_attributes(message.category, {})
            case _:
                pass
    except DomainError as error:
        raise Malformed(f"{error.code}: {error}") from error
    if isinstance(message, Ping | Contact) and not isinstance(message.known, UnsetType):
        read_known(message.known, kid=conversation.own_kid, vendor=conversation.peer_kid)


def _check_place(conversation: Conversation, message: AnyMessage) -> None:
    """The claims are this conversation's next, and say no exact time too early."""
    place = stamp(conversation, exp=date.min)
    claims = (message.aud, message.seq, message.conv, message.prev, message.seen)
    if claims != (place["aud"], place["seq"], place["conv"], place["prev"], place["seen"]):
        raise Malformed("the claims are of another place in the conversation")
    if days_only(conversation) and "T" in message.exp:
        raise Malformed("until the reveal a person's message says days only")
