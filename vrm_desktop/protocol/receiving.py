"""Messages on their way in: verified, placed in the conversation, and with it moved on. Stores and answers nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

import msgspec
from msgspec import UnsetType

from vrm_desktop.domain.conversation import Chain, Conversation
from vrm_desktop.domain.ids import Kid, MessageId
from vrm_desktop.domain.kinds import Side, State
from vrm_desktop.protocol.checking import check_message, check_version
from vrm_desktop.protocol.disclosures import Disclosure, matched
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import AlreadyReceived, BadSeen, Expired, Fork, Malformed, Missing, WrongAudience
from vrm_desktop.protocol.messages import Accept, AgreementText, AnyMessage, Ping, Reveal
from vrm_desktop.protocol.moving import after_peer
from vrm_desktop.protocol.negotiation import check_proffer
from vrm_desktop.protocol.shapes import canonical_value, read_day, read_instant
from vrm_desktop.protocol.signing import Typ, claimed_kid, verify_compact

SKEW = timedelta(minutes=5)


class History(Protocol):
    """Which message bears which number, on either side of one conversation."""

    def own_id(self, number: int) -> MessageId | None:
        """The id of this side's message with that number."""
        ...

    def peer_id(self, number: int) -> MessageId | None:
        """The id of the other side's message with that number."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Received:
    """A verified message, what rode beside it (in the order of its items), and the conversation after it."""

    message: AnyMessage
    message_id: MessageId
    disclosures: tuple[Disclosure, ...]
    conversation: Conversation


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReceivedPing:
    """A verified ping, the texts it proffers (the cast's, the service's), and the desk's side of the conversation."""

    message: Ping
    message_id: MessageId
    texts: tuple[AgreementText, AgreementText]
    conversation: Conversation


def decode_message(jws: str, kid: Kid) -> AnyMessage:
    """The message that `kid` signed: form and signature only, for reading a journal again.

    Raises:
        BadSignature, Malformed, NotServed, Unsupported: as their names say.
    """
    value = canonical_value(verify_compact(jws, typ=Typ.MESSAGE, kid=kid))
    check_version(value)
    try:
        message: AnyMessage = msgspec.convert(value, AnyMessage)
    except msgspec.ValidationError as error:
        raise Malformed(str(error)) from error
    check_message(message)
    return message


def open_ping(envelope: Envelope, *, desk: Kid, now: datetime) -> ReceivedPing:
    """The ping that opens a conversation at the desk whose key is `desk`.

    Raises:
        BadSignature, Malformed, NotServed, Unsupported: the message itself is refused.
        WrongAudience: it is for another desk.
        Expired: it came too late.
        BadAgreement: its two agreements are not the person's proffer to this desk.
        BadDisclosure: something rides beside it.
    """
    person = claimed_kid(envelope.jws)
    message = decode_message(envelope.jws, person)
    if not isinstance(message, Ping):
        raise Malformed("a conversation opens with a ping")
    if message.aud != desk:
        raise WrongAudience("for another desk")
    _check_expiry(message, now)
    opening = (message.seq, message.conv, message.prev, message.seen)
    if opening[0] != 1 or not all(isinstance(claim, UnsetType) for claim in opening[1:]) or "T" in message.exp:
        raise Malformed("a ping is the first message, and says days only")
    texts = check_proffer(message.agreements, person=person, vendor=desk)
    matched((), envelope.disclosures)
    message_id = envelope.message_id
    conversation = Conversation(
        side=Side.VENDOR,
        own_kid=desk,
        peer_kid=person,
        id=message_id,
        state=State.ASKED,
        peer=Chain(seq=1, last=message_id),
    )
    return ReceivedPing(message=message, message_id=message_id, texts=texts, conversation=conversation)


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
        BadDisclosure: what rides beside it does not match its items.
    """
    message = decode_message(envelope.jws, conversation.peer_kid)
    message_id = envelope.message_id
    if message_id == conversation.id:
        raise AlreadyReceived(message_id)
    if message.aud != conversation.own_kid or message.conv != conversation.id:
        raise WrongAudience("for another key or another conversation")
    _check_chain(conversation, message, message_id, history)
    seen = _seen(conversation, message, history)
    if conversation.side is Side.VENDOR:
        _check_expiry(message, now)
    moved = after_peer(conversation, message, message_id, seen)
    items = message.items if isinstance(message, Reveal | Accept) else ()
    disclosures = matched(items, envelope.disclosures)
    return Received(message=message, message_id=message_id, disclosures=disclosures, conversation=moved)


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
