"""What a message says about its place in the conversation: number, both chains, audience, expiry. Signs nothing."""

from datetime import date, datetime, timedelta
from typing import TypedDict

from msgspec import UNSET, UnsetType

from vrm_desktop.domain.conversation import MOST_MESSAGES, Conversation
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.kinds import Side, State
from vrm_desktop.protocol.errors import Full
from vrm_desktop.protocol.messages import AnyMessage, Seen
from vrm_desktop.protocol.shapes import write_instant

SKEW = timedelta(minutes=5)
"""How far two clocks may be apart."""
BEFORE_REVEAL = frozenset({State.NEW, State.ASKED, State.COUNTERED, State.DECLINED, State.REFUSED, State.AGREED})
"""The states in which a person's message says days only, so that no exact time is common to two vendors."""


class Stamp(TypedDict):
    """The claims of the next message, to be spread into its constructor: `Reveal(**stamp(…), …)`."""

    aud: str
    seq: int
    exp: str
    conv: str | UnsetType
    prev: str | UnsetType
    seen: Seen | UnsetType


def stamp(conversation: Conversation, *, exp: date | datetime) -> Stamp:
    """The claims of this side's next message. An instant is told as its day until the person has revealed.

    Raises:
        Full: this direction has its 200 messages.
        Malformed: an instant without its zone.
    """
    own, peer = conversation.own, conversation.peer
    if own.seq >= MOST_MESSAGES:
        raise Full(f"{MOST_MESSAGES} messages are the most in one direction")
    return Stamp(
        aud=conversation.peer_kid,
        seq=own.seq + 1,
        exp=_expiry(conversation, exp),
        conv=conversation.id if conversation.id is not None else UNSET,
        prev=own.last if own.last is not None else UNSET,
        seen=Seen(seq=peer.seq, id=peer.last) if peer.last is not None else UNSET,
    )


def days_only(conversation: Conversation) -> bool:
    """Whether this side's next message may say an expiry as a day only."""
    return conversation.side is Side.PERSON and conversation.state in BEFORE_REVEAL


def _expiry(conversation: Conversation, exp: date | datetime) -> str:
    if not isinstance(exp, datetime):
        return exp.isoformat()
    instant = write_instant(exp)
    return instant[:10] if days_only(conversation) else instant


def seen_in(message: AnyMessage) -> tuple[int, MessageId | None]:
    """Number and id of the last message of the other side that a message says it has seen; 0 and None for none."""
    if isinstance(message.seen, UnsetType):
        return 0, None
    return message.seen.seq, MessageId(message.seen.id)
