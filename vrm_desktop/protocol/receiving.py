"""Messages on their way in: verified, placed in the conversation, and with it moved on. Stores and answers nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import get_args, get_type_hints

import msgspec
from msgspec import UnsetType

from vrm_desktop.domain.conversation import Chain, Conversation
from vrm_desktop.domain.ids import Kid, MessageId
from vrm_desktop.domain.kinds import Side, State
from vrm_desktop.protocol.checking import carried, check_message, check_version
from vrm_desktop.protocol.disclosures import Disclosure, matched, still_there
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import (
    AlreadyReceived,
    BadSeen,
    BadSignature,
    Expired,
    Fork,
    Malformed,
    Missing,
    WrongAudience,
)
from vrm_desktop.protocol.keys import Known, check_key_change, read_known
from vrm_desktop.protocol.messages import (
    AgreementText,
    AnyMessage,
    CaseReply,
    Contact,
    KeyChange,
    PersonMessage,
    Ping,
    UseReport,
    VendorMessage,
)
from vrm_desktop.protocol.moving import after_peer
from vrm_desktop.protocol.negotiation import check_proffer
from vrm_desktop.protocol.references import History, check_disclosed, check_references
from vrm_desktop.protocol.shapes import canonical_value, read_day, read_instant
from vrm_desktop.protocol.signing import Typ, claimed_kid, verify_compact
from vrm_desktop.protocol.stamping import SKEW

_PERSONS = frozenset(kind.__struct_config__.tag for kind in get_args(PersonMessage))
_PERSONS_ANSWERS = get_args(get_type_hints(CaseReply)["answer"])


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Received:
    """A verified message, what rode beside it (in the order of its items), and the conversation after it."""

    message: AnyMessage
    message_id: MessageId
    disclosures: tuple[Disclosure, ...]
    conversation: Conversation


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReceivedOpening:
    """A verified opening, the texts it proffers (the cast's, the service's), and the desk's side of the conversation.

    `known` is what an older conversation's key said of this one; the desk looks whether that one `vouches`.
    """

    message: Ping | Contact
    message_id: MessageId
    texts: tuple[AgreementText, AgreementText]
    conversation: Conversation
    known: Known | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReceivedPing(ReceivedOpening):
    """A verified opening that is a ping."""

    message: Ping


def decode_message(jws: str, kid: Kid) -> AnyMessage:
    """The message that `kid` signed: form and signature only, for reading a journal again.

    Raises:
        BadSignature, Malformed, NotServed, Unsupported: as their names say.
    """
    value = canonical_value(verify_compact(jws, typ=Typ.MESSAGE, kid=kid))
    check_version(value)
    try:
        message: AnyMessage = msgspec.convert(value, PersonMessage if _of_person(value) else VendorMessage)
    except msgspec.ValidationError as error:
        raise Malformed(str(error)) from error
    check_message(message)
    return message


def decode_again(jws: str, kids: tuple[Kid, ...]) -> AnyMessage:
    """The message of a journal that one of `kids` signed: those of one side, `conversation.kids(side)`.

    Raises:
        BadSignature: another key signed it, or it does not hold.
        Malformed, NotServed, Unsupported: as for `decode_message`.
    """
    kid = claimed_kid(jws)
    if kid not in kids:
        raise BadSignature("by a key that this side never had")
    return decode_message(jws, kid)


def open_conversation(envelope: Envelope, *, desk: Kid, now: datetime) -> ReceivedOpening:
    """The ping or contact that opens a conversation at the desk whose key is `desk`.

    Raises:
        BadSignature, Malformed, NotServed, Unsupported: the message itself is refused, or its `known`.
        WrongAudience: it is for another desk.
        Expired: it came too late.
        BadAgreement: its two agreements are not the person's proffer to this desk.
        BadDisclosure: something rides beside it.
    """
    person = claimed_kid(envelope.jws)
    message = decode_message(envelope.jws, person)
    if not isinstance(message, Ping | Contact):
        raise Malformed("a conversation opens with a ping or a contact")
    if message.aud != desk:
        raise WrongAudience("for another desk")
    _check_expiry(message, now)
    opening = (message.seq, message.conv, message.prev, message.seen)
    if opening[0] != 1 or not all(isinstance(claim, UnsetType) for claim in opening[1:]) or "T" in message.exp:
        raise Malformed("an opening is the first message, and says days only")
    texts = check_proffer(message.agreements, person=person, vendor=desk)
    matched((), envelope.disclosures)
    known = None if isinstance(message.known, UnsetType) else read_known(message.known, kid=person, vendor=desk)
    message_id = envelope.message_id
    conversation = Conversation(
        side=Side.VENDOR,
        own_kid=desk,
        peer_kid=person,
        id=message_id,
        state=State.ASKED,
        peer=Chain(seq=1, last=message_id),
    )
    return ReceivedOpening(message=message, message_id=message_id, texts=texts, conversation=conversation, known=known)


def open_ping(envelope: Envelope, *, desk: Kid, now: datetime) -> ReceivedPing:
    """The ping that opens a conversation, for a desk that does not know `contact`.

    Raises:
        Malformed: it opens with something else.
        BadSignature, NotServed, Unsupported, WrongAudience, Expired, BadAgreement, BadDisclosure: as for
            `open_conversation`.
    """
    opened = open_conversation(envelope, desk=desk, now=now)
    if not isinstance(opened.message, Ping):
        raise Malformed("a conversation opens with a ping")
    return ReceivedPing(
        message=opened.message,
        message_id=opened.message_id,
        texts=opened.texts,
        conversation=opened.conversation,
        known=opened.known,
    )


def receive(conversation: Conversation, envelope: Envelope, *, now: datetime, history: History) -> Received:
    """The next message of the other side.

    Only a desk looks at `exp`: a person who was away still takes every message, or the chain would break.

    Raises:
        AlreadyReceived: the same message again: the same answer, no second effect.
        BadSignature, Malformed, NotServed, Unsupported: the message itself is refused.
        WrongAudience: for another key or conversation.
        Fork, Missing, BadSeen: it does not continue the two chains.
        Expired: it came too late.
        NotAllowedNow, Full: the conversation has no place for it.
        BadDisclosure: what rides beside it does not match its items, or was never disclosed or wished for.
    """
    message = _decode_next(conversation, envelope.jws)
    message_id = envelope.message_id
    if message_id == conversation.id:
        raise AlreadyReceived(message_id)
    if message.aud not in conversation.own_kids or message.conv != conversation.id:
        raise WrongAudience("for another key or another conversation")
    _check_chain(conversation, message, message_id, history)
    seen = _seen(conversation, message, history)
    if conversation.side is Side.VENDOR:
        _check_expiry(message, now)
    moved = after_peer(conversation, message, message_id, seen)
    check_references(message, history)
    if isinstance(message, KeyChange):
        check_key_change(message, conversation=conversation, old=conversation.peer_kid)
    disclosures = _beside(message, envelope.disclosures)
    if moved.state is not State.ENDED:
        # What crossed the end is kept and changes nothing: the desk may have erased already what it would need.
        check_disclosed(message, disclosures, history)
    return Received(message=message, message_id=message_id, disclosures=disclosures, conversation=moved)


def _beside(message: AnyMessage, texts: tuple[str, ...]) -> tuple[Disclosure, ...]:
    """What rides beside a message: all that it promises, but for a report that is told again.

    A desk erases copies once they have arrived. Whoever lost what had arrived still follows the chain past it.
    """
    return (still_there if isinstance(message, UseReport) else matched)(carried(message), texts)


def _decode_next(conversation: Conversation, jws: str) -> AnyMessage:
    """A message of the peer's present key; by an earlier one only what came before the key changed, told again.

    By a key that is not known yet it may follow a key-change that has not come: then that one is missing.
    """
    kid, last = claimed_kid(jws), conversation.peer.seq
    message = decode_message(jws, kid)
    if kid == conversation.peer_kid or (kid in conversation.peer_before and message.seq <= last):
        return message
    if kid not in conversation.peer_before and message.conv == conversation.id and message.seq > last + 1:
        raise Missing(last)
    raise BadSignature("another key than the one in use")


def _check_chain(conversation: Conversation, message: AnyMessage, message_id: MessageId, history: History) -> None:
    peer = conversation.peer
    if message.seq <= peer.seq:
        if history.peer_id(message.seq) == message_id:
            raise AlreadyReceived(message_id)
        raise Fork(f"number {message.seq} is another message")
    if message.seq > peer.seq + 1:
        raise Missing(peer.seq)
    if (None if isinstance(message.prev, UnsetType) else message.prev) != peer.last:
        raise Fork("it follows another message than the last")


def _seen(conversation: Conversation, message: AnyMessage, history: History) -> int:
    """The number of ours that the peer has seen: it never falls, and names what we really sent."""
    seen = 0 if isinstance(message.seen, UnsetType) else message.seen.seq
    if seen < conversation.seen_by_peer:
        raise BadSeen("what was seen once stays seen")
    if not isinstance(message.seen, UnsetType) and history.own_id(seen) != message.seen.id:
        raise BadSeen("it names a message that was never sent")
    return seen


def _check_expiry(message: AnyMessage, now: datetime) -> None:
    exp = message.exp
    last = read_instant(exp) if "T" in exp else datetime.combine(read_day(exp), time.max, UTC)
    if now > last + SKEW:
        raise Expired(f"valid through {message.exp}")


def _of_person(value: object) -> bool:
    """Whether a payload has the shape that a person gives to its kind; two kinds have another one on either side."""
    match value:
        case {"kind": "data-request", **members}:
            return "right" in members
        case {"kind": "case-answer", **members}:
            return members.get("answer") in _PERSONS_ANSWERS
        case {"kind": str(kind)}:
            return kind in _PERSONS
        case _:
            return True
