"""How a conversation moves on when a message was sealed or received. Pure: no signatures, no bytes."""

from dataclasses import replace

from vrm_desktop.domain import kinds
from vrm_desktop.domain.conversation import MOST_LIVE_OFFERS, MOST_MESSAGES, Chain, Conversation
from vrm_desktop.domain.ids import Kid, MessageId
from vrm_desktop.domain.kinds import Kind, Side, State
from vrm_desktop.protocol.checking import kind_of, outcome_of
from vrm_desktop.protocol.errors import Full, Malformed, NotAllowedNow
from vrm_desktop.protocol.messages import AnyMessage, CaseAnswer, CaseReply, DataRequest, DataWish, KeyChange

_SHAPES = {Side.PERSON: (CaseReply, DataRequest), Side.VENDOR: (CaseAnswer, DataWish)}
"""The kinds that both sides say, in the shape of each."""


def after_own(conversation: Conversation, message: AnyMessage, message_id: MessageId) -> Conversation:
    """The conversation after this side has sent `message`.

    Raises:
        NotAllowedNow: the table has no such transition.
        Malformed: the other side's shape of a kind.
        Full: a sixth offer.
    """
    moved = replace(
        conversation,
        id=conversation.id or message_id,
        state=_next(conversation, message, conversation.side),
        own=Chain(seq=message.seq, last=message_id),
        offers=_offers(conversation, message),
    )
    if isinstance(message, KeyChange):
        return replace(moved, own_kid=Kid(message.kid), own_before=conversation.own_kids)
    return moved


def after_peer(conversation: Conversation, message: AnyMessage, message_id: MessageId, seen: int) -> Conversation:
    """The conversation after `message` has come from the other side, which has seen our messages up to `seen`.

    Raises:
        NotAllowedNow: the table has no such transition.
        Malformed: this side's shape of a kind.
        Full: a sixth offer, or a message beyond 200.
    """
    if message.seq > MOST_MESSAGES:
        raise Full(f"{MOST_MESSAGES} messages are the most in one direction")
    moved = replace(
        conversation,
        state=_next(conversation, message, conversation.side.other),
        peer=Chain(seq=message.seq, last=message_id),
        seen_by_peer=seen,
        offers=_offers(conversation, message),
    )
    if isinstance(message, KeyChange):
        # Also when it crossed the end: what follows in the chain bears the new key.
        return replace(moved, peer_kid=Kid(message.kid), peer_before=conversation.peer_kids)
    return moved


def _next(conversation: Conversation, message: AnyMessage, sender: Side) -> State:
    if isinstance(message, _SHAPES[sender.other]):
        raise Malformed("the other side's shape of this kind")
    receiving = sender is not conversation.side
    try:
        return kinds.next_state(kind_of(message), sender, conversation.state, outcome_of(message), receiving=receiving)
    except kinds.NotAllowedNow as error:
        raise NotAllowedNow(conversation.state.value, str(error)) from error


def _offers(conversation: Conversation, message: AnyMessage) -> int:
    offers = conversation.offers + (kind_of(message) is Kind.OFFER)
    if offers > MOST_LIVE_OFFERS:
        raise Full(f"{MOST_LIVE_OFFERS} offers are the most in a conversation")
    return offers
