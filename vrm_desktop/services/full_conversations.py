"""Whether a conversation is full, and in which other one it goes on. Never here: saying anything (`go_on_anew`)."""

from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Kind, Side, State, allowed
from vrm_desktop.domain.relationship import Relationship
from vrm_desktop.domain.room import is_full
from vrm_desktop.services.ports import Transaction
from vrm_desktop.services.reachable import has_key


def goes_on(tx: Transaction, found: Relationship) -> bool:
    """Whether words go on in a new conversation: they would be allowed here, and have no room."""
    conversation = found.conversation
    if conversation.state is State.ENDED or not has_key(tx, found):
        return False
    return Kind.MESSAGE in allowed(Side.PERSON, conversation.state) and is_full(conversation)


def follower(tx: Transaction, key: RelationshipId) -> RelationshipId | None:
    """The relationship in which this one goes on, if it does."""
    found = tx.setting(_mark(key))
    return RelationshipId(found) if found else None


def follows(tx: Transaction, key: RelationshipId, following: RelationshipId) -> None:
    """Keep in which relationship this one goes on."""
    tx.set_setting(_mark(key), following)


def _mark(key: RelationshipId) -> str:
    return f"goes-on/{key}"
