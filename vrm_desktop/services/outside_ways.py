"""What every way beyond our own wire has in common: composing for the plan, asking, carrying out, looking, accepting.

Never here: any single way (each has a file of its own, listed in `outside_table`), and no sending.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from vrm_desktop.canon import base64url
from vrm_desktop.domain.conversation import Conversation
from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.ids import IntentcastId, Kid, PersonaId, RelationshipId, VendorId
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.outside import OutsideAct
from vrm_desktop.domain.plan import VendorPlan
from vrm_desktop.domain.relationship import Note, Relationship, RelationshipState
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.domain.ways import FoundBy, KnownWay, Way
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Composed:
    """What would leave to ask one counterparty by one way: all that it tells, and the exact text.

    The same want, counterparty and profile compose the same: that is how a plan is known to be still true.
    """

    tells: tuple[PlannedField, ...]
    body: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Carried:
    """What came of an act: the beginning of the answer for the record, and what follows from it in the vault."""

    answered: str
    settle: Callable[[Transaction], Changes]
    status: int | None = None


class OutsideWay(Protocol):
    """One way to reach counterparties that is not our own wire."""

    def compose(
        self, tx: Transaction, means: Means, want: Intentcast, vendor: Counterparty, known: KnownWay
    ) -> Composed:
        """What would leave for the want: no network, no chance, nothing changed.

        Raises:
            NotPossibleNow: this want cannot be asked by this way.
        """
        ...

    def ask(
        self, tx: Transaction, means: Means, relationship: Relationship, plan: VendorPlan, not_before: datetime
    ) -> None:
        """Put what the plan shows on its way, for the relationship begun for it: an act held, or a draft to send."""
        ...

    async def carry(self, means: Means, act: OutsideAct) -> Carried:
        """Carry an act out. What it tells is in the ledger when this is called.

        Raises:
            ChannelError: it did not get through; `may_have_arrived` tells whether it may have left.
        """
        ...

    def accept(self, tx: Transaction, means: Means, offer: Offer, plan: VendorPlan, payment: str) -> Changes:
        """Say that the person takes an offer that came by this way; `plan.order` holds what delivery needs.

        Raises:
            NotPossibleNow: this way has nothing to accept.
        """
        ...

    def next_look(self, tx: Transaction, relationship: Relationship) -> datetime | None:
        """When to ask for an answer again; None: nothing is asked for by itself."""
        ...

    async def look(self, means: Means, relationship: Relationship) -> Changes:
        """Ask for an answer once. Raises `ChannelError`."""
        ...


def ways_of(tx: Transaction, vendor: Counterparty) -> tuple[KnownWay, ...]:
    """Every way, beyond our own wire, that the counterparty is known to be reached by: discovered, told, on record."""
    kept = {one.way: one for one in tx.papers(KnownWay, vendor=vendor.id)}
    written = ((Way.MAIL, vendor.email), (Way.PAGE, vendor.web), (Way.LETTER, vendor.postal))
    for way, address in written:
        if address.strip() and way not in kept:
            kept[way] = KnownWay(
                id=f"{vendor.id}-{way.value}",
                vendor=vendor.id,
                at=vendor.added,
                way=way,
                address=" ".join(address.split()),
                found=FoundBy.LIST if vendor.source else FoundBy.RECORD,
            )
    return tuple(kept[way] for way in Way if way in kept)


def way_of(tx: Transaction, vendor: Counterparty, way: Way) -> KnownWay:
    """How the counterparty is reached by this way.

    Raises:
        NotFound: not as far as is known.
    """
    found = next((one for one in ways_of(tx, vendor) if one.way is way), None)
    if found is None:
        raise NotFound(f"{vendor.id} by {way.value}")
    return found


def begin(
    tx: Transaction, means: Means, vendor: VendorId, way: Way, *, endpoint: str = "", want: Intentcast | None = None
) -> Relationship:
    """The relationship that asking by this way belongs to: the one there is for the same want, else a new one."""
    key = want.id if want is not None else None
    there = _there(tx, vendor, way, key)
    if there is not None:
        return there
    made = RelationshipId(means.new_id("rel"))
    kid = tx.new_identity(made, means.random.token(32), base64url.encode(means.random.token(32)))
    now = means.clock.now()
    relationship = Relationship(
        id=made,
        persona=want.persona if want is not None else PersonaId("me"),
        vendor=vendor,
        intentcast=key,
        state=RelationshipState.ASKING,
        conversation=Conversation(side=Side.PERSON, own_kid=kid, peer_kid=Kid("")),
        endpoint=endpoint,
        started=now,
        way=way,
    )
    tx.save_relationship(relationship)
    title = want.title if want is not None else ""
    tx.add_note(Note(relationship=made, at=now, sender=Side.PERSON, kind=f"asked-by-{way.value}", text=title))
    return relationship


_LIVE = frozenset({RelationshipState.ASKING, RelationshipState.OPEN, RelationshipState.UNREACHABLE})


def _there(tx: Transaction, vendor: VendorId, way: Way, key: IntentcastId | None) -> Relationship | None:
    asked = tx.relationships(key) if key is not None else tx.relationships()
    same = (one for one in asked if one.vendor == vendor and one.way is way and one.intentcast == key)
    return next((one for one in same if one.state in _LIVE), None)
