"""Messages on their way out: placed in the conversation, signed, and with it moved on. The only door to a signature.

A reveal and an accept carry personal values; they have doors of their own that take a `SignedAgreement`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from vrm_desktop.domain.categories import check_attributes
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.ids import Digest, MessageId
from vrm_desktop.domain.terms import TermsFrom
from vrm_desktop.protocol.agreements import SignedAgreement, required
from vrm_desktop.protocol.checking import check_message
from vrm_desktop.protocol.disclosures import Disclosure, check_pledged, matched
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import BadAgreement, BadOrder, BadSignature, Malformed
from vrm_desktop.protocol.meanings import area_from
from vrm_desktop.protocol.messages import (
    Accept,
    Acknowledgement,
    AnyMessage,
    Closure,
    Confirmation,
    Counter,
    Decline,
    End,
    Item,
    Message,
    Offer,
    OfferWithdrawn,
    OrderText,
    Paid,
    Ping,
    Receipt,
    Reveal,
    Status,
    TermsAccept,
    TermsAnswer,
    TermsRefuse,
    WithdrawCast,
)
from vrm_desktop.protocol.moving import after_own
from vrm_desktop.protocol.orders import sign_order
from vrm_desktop.protocol.shapes import payload_of, revalidated, struct_of
from vrm_desktop.protocol.signing import Signer, Typ, sign_compact
from vrm_desktop.protocol.stamping import days_only, stamp

Sealable: TypeAlias = (
    Ping
    | TermsAccept
    | TermsRefuse
    | Counter
    | Decline
    | Paid
    | Message
    | WithdrawCast
    | End
    | TermsAnswer
    | Offer
    | OfferWithdrawn
    | Confirmation
    | Status
    | Receipt
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
        BadAgreement: a reveal or an accept; they have `seal_reveal` and `seal_accept`.
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
    person, vendor = conversation.own_kid, conversation.peer_kid
    agreement = required(basis, begins=TermsFrom.PING, person=person, vendor=vendor)
    items = _items(disclosures)
    check_pledged(items, pledged)
    if not items:
        raise Malformed("a reveal reveals something")
    message = Reveal(**stamp(conversation, exp=exp), agreement=agreement.hash, items=items)
    return _seal(conversation, message, signer, tuple(disclosure.text for disclosure, _, _ in disclosures))


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
    agreement = required(basis, begins=TermsFrom.ACCEPT, person=person, vendor=vendor)
    if (order.conv, order.person, order.vendor, order.agreement) != (conversation.id, person, vendor, agreement.hash):
        raise BadOrder("an order of another conversation or under another agreement")
    items = _items(disclosures)
    check_pledged(items, order.digests)
    message = Accept(**stamp(conversation, exp=exp), offer=order.offer, order=sign_order(order, signer), items=items)
    return _seal(conversation, message, signer, tuple(disclosure.text for disclosure, _, _ in disclosures))


def _items(disclosures: tuple[Released, ...]) -> tuple[Item, ...]:
    return tuple(
        struct_of({"digest": disclosure.digest, "purpose": purpose.value, "until": until.isoformat()}, Item)
        for disclosure, purpose, until in disclosures
    )


def _seal_bare(conversation: Conversation, message: AnyMessage, signer: Signer) -> Sealed:
    if isinstance(message, Reveal | Accept):
        raise BadAgreement("personal values leave under a signed agreement only")
    return _seal(conversation, message, signer, ())


def _seal(conversation: Conversation, message: AnyMessage, signer: Signer, texts: tuple[str, ...]) -> Sealed:
    if signer.kid != conversation.own_kid:
        raise BadSignature("another relationship's key")
    _check_place(conversation, message)
    checked = revalidated(message)
    check_message(checked)
    if isinstance(checked, Ping):
        _check_closed_lists(checked)
    matched(message.items if isinstance(message, Reveal | Accept) else (), texts)
    envelope = Envelope(jws=sign_compact(signer, Typ.MESSAGE, payload_of(checked)), disclosures=texts)
    moved = after_own(conversation, checked, envelope.message_id)
    return Sealed(envelope=envelope, message_id=envelope.message_id, conversation=moved)


def _check_closed_lists(ping: Ping) -> None:
    """No free text leaves in a first question: category and attributes are on the closed lists, the area is coarse."""
    try:
        check_attributes(ping.category, ping.attributes)
        area_from(ping.area)
    except DomainError as error:
        raise Malformed(f"{error.code}: {error}") from error


def _check_place(conversation: Conversation, message: AnyMessage) -> None:
    """The claims are this conversation's next, and say no exact time too early."""
    place = stamp(conversation, exp=date.min)
    claims = (message.aud, message.seq, message.conv, message.prev, message.seen)
    if claims != (place["aud"], place["seq"], place["conv"], place["prev"], place["seen"]):
        raise Malformed("the claims are of another place in the conversation")
    if days_only(conversation) and "T" in message.exp:
        raise Malformed("until the reveal a person's message says days only")
