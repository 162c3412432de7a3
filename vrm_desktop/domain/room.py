"""What still fits into a conversation: each side has 200 messages, and the last ones are for what only fits here.

A relationship outlives its conversations: what can be said anywhere goes on in a new one. No services and no words.
"""

from typing import Final

from vrm_desktop.domain.conversation import MOST_MESSAGES, Conversation
from vrm_desktop.domain.kinds import Kind

KEPT_FOR_MATTERS: Final = 20
"""Places that words leave free, for the order, the terms and the data of this conversation."""
KEPT_FOR_END: Final = 2
"""Places that only an end takes, and what takes back or asks for data."""
KEPT_BY_VENDOR: Final = 2
"""A vendor's last places, for a report and a closure: it answers nothing else by them."""
_WORDS = frozenset({Kind.MESSAGE, Kind.VOICE})
_LAST = frozenset({Kind.END, Kind.DATA_REQUEST, Kind.WITHDRAW_CONSENT})
_ANSWERED = _WORDS | {Kind.CASE, Kind.CASE_ANSWER, Kind.ORDER_CHANGE}


def fits(conversation: Conversation, kind: Kind) -> bool:
    """Whether the person's next message may be of this kind, by the room that is left on both sides."""
    if kind in _ANSWERED and conversation.peer.seq >= MOST_MESSAGES - KEPT_BY_VENDOR:
        return False
    kept = 0 if kind in _LAST else KEPT_FOR_MATTERS if kind in _WORDS else KEPT_FOR_END
    return conversation.own.seq < MOST_MESSAGES - kept


def is_full(conversation: Conversation) -> bool:
    """Whether words have to go on in a new conversation."""
    return not fits(conversation, Kind.MESSAGE)
