"""Counterparties with or without an endpoint, and the relationship that belongs to each of them."""

from vrm_desktop.canon import base64url
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.ids import Kid, PersonaId, RelationshipId, VendorId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.relationship import Note, Relationship, RelationshipState
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction

_LIVE = frozenset({RelationshipState.OPEN, RelationshipState.ASKING, RelationshipState.ENDING})


def file_of(tx: Transaction, means: Means, vendor: VendorId) -> Relationship:
    """The relationship that what is written to this counterparty belongs to.

    It is the newest one that is not over; else the newest one at all, so that what follows an end stays in its file;
    and for a counterparty that nothing was said to yet, a new one with an identity of its own, whose conversation has
    not begun. Letters and e-mails belong to it; the key waits until the counterparty has an endpoint.

    Raises:
        NotFound: no such counterparty.
    """
    if tx.vendor(vendor) is None:
        raise NotFound(vendor)
    known = sorted((one for one in tx.relationships() if one.vendor == vendor), key=lambda one: (one.started, one.id))
    live = [one for one in known if one.state in _LIVE]
    if known:
        return (live or known)[-1]
    key = RelationshipId(means.new_id("rel"))
    kid = tx.new_identity(key, means.random.token(32), base64url.encode(means.random.token(32)))
    now = means.clock.now()
    begun = Relationship(
        id=key,
        persona=PersonaId("me"),
        vendor=vendor,
        intentcast=None,
        state=RelationshipState.OPEN,
        conversation=Conversation(side=Side.PERSON, own_kid=kid, peer_kid=Kid("")),
        endpoint="",
        started=now,
    )
    tx.save_relationship(begun)
    tx.add_note(Note(relationship=key, at=now, sender=Side.PERSON, kind="file-begun", text=""))
    return begun
