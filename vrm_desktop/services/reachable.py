"""Whether something can be said over the wire, and to whom the exchange still listens after an end. No sending here."""

from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.case import Case
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Kind, Side, State, allowed
from vrm_desktop.domain.relationship import Relationship, RelationshipState
from vrm_desktop.domain.rights import RequestState, RightsRequest, RightsWay
from vrm_desktop.domain.room import fits
from vrm_desktop.services.errors import KeyElsewhere
from vrm_desktop.services.ports import Signer, Transaction


def by_wire(tx: Transaction, relationship: Relationship, kind: Kind) -> bool:
    """Whether the vendor takes a message of this kind in this conversation now: what cannot go so goes as a letter."""
    vendor = tx.vendor(relationship.vendor)
    if vendor is None or vendor.card is None or not vendor.card.understands(kind):
        return False
    if not relationship.address or relationship.state is RelationshipState.BROKEN:
        return False
    return kind in sayable(tx, relationship)


def has_key(tx: Transaction, relationship: Relationship) -> bool:
    """Whether the key that speaks in this conversation is here. A copy made before the key was changed lacks it."""
    return tx.kid(relationship.id) == relationship.conversation.own_kid


def own_signer(tx: Transaction, relationship: Relationship) -> Signer:
    """What signs in this conversation.

    Raises:
        KeyElsewhere: its key is not here.
    """
    if not has_key(tx, relationship):
        raise KeyElsewhere(relationship.id)
    return tx.signer(relationship.id)


def sayable(tx: Transaction, relationship: Relationship) -> frozenset[Kind]:
    """The kinds that the person may say in this conversation now, and that have room. None without its key."""
    conversation = relationship.conversation
    if not has_key(tx, relationship):
        return frozenset()
    return frozenset(kind for kind in allowed(Side.PERSON, conversation.state) if fits(conversation, kind))


def claims_stand(tx: Transaction, relationship: Relationship) -> bool:
    """Whether the vendor owes an answer although the conversation has ended: its key stays, to claim and to ask."""
    if relationship.conversation.state is not State.ENDED or relationship.state is RelationshipState.BROKEN:
        return False
    return any(not one.over for one in _wired(tx, relationship.id)) or _awaited(tx, relationship.id)


def _wired(tx: Transaction, key: RelationshipId) -> tuple[Case, ...]:
    return tuple(one for one in tx.papers(Case, relationship=key) if any(turn.act for turn in one.turns))


def _awaited(tx: Transaction, key: RelationshipId) -> bool:
    """Whether a data request over the wire waits here for its answer. One that could not leave waits for none."""
    wired = (one for one in tx.papers(RightsRequest, relationship=key) if one.way is RightsWay.WIRE)
    return any(one.running or (one.state is RequestState.DRAFT and _leaves(tx, one)) for one in wired)


def _leaves(tx: Transaction, request: RightsRequest) -> bool:
    entry = tx.act(request.act) if request.act is not None else None
    return entry is not None and entry.state in {ActState.HELD, ActState.SEALED, ActState.DELIVERED}
