"""A new key for a relationship, in the place of one that somebody else may have: `key-change`, on the person's side.

The new key is made, and the old one's secret let go of, in the transaction that signs the message (`compose_acts`).
Never here: following a vendor's new key (`follow_key`), or the key that the vault is closed with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from vrm_desktop.domain import acts
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Kind, Side, allowed
from vrm_desktop.domain.own_key import KeyStaysFor
from vrm_desktop.domain.relationship import Relationship, RelationshipState
from vrm_desktop.domain.vendor import VendorCard
from vrm_desktop.services.errors import KeyElsewhere, NotFound, NotPossibleNow
from vrm_desktop.services.exchange import is_quiet
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.reachable import has_key

_WAITING = frozenset({acts.ActState.HELD, acts.ActState.SEALED})


_NOTHING_TO_LOSE = frozenset({KeyStaysFor.NOT_BEGUN, KeyStaysFor.OVER})


class KeyStays(NotPossibleNow):
    """The key cannot be changed; `why` tells."""

    code = "key-stays"

    def __init__(self, why: KeyStaysFor) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyStanding:
    """How it stands with the person's key: `since` when it is a new one, whether one is `on_its_way`, `why_not`."""

    since: datetime | None
    on_its_way: bool
    why_not: KeyStaysFor | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AllChanged:
    """Where a new key is on its way now, and where the old one stays and why; not where it is over or never began."""

    on_their_way: tuple[RelationshipId, ...]
    stays: Mapping[RelationshipId, KeyStaysFor] = field(default_factory=dict)
    changes: Changes = Changes()


def standing_of(file: RelationshipFile) -> KeyStanding:
    """How it stands, as the file shows it."""
    owner = file.relationship
    changed = [row.at for row in file.journal if (row.sender, row.kind) == (Side.PERSON, Kind.KEY_CHANGE)]
    return KeyStanding(
        since=changed[-1] if changed else None,
        on_its_way=any(isinstance(entry.act, acts.KeyChange) for entry in file.waiting),
        why_not=_why_not(owner, file.vendor.card, here=file.has_key),
    )


async def change(means: Means, key: RelationshipId) -> Changes:
    """Have the relationship go on under a new key. While one is on its way already, nothing more happens.

    Raises:
        NotFound: no such relationship. KeyStays: it cannot be changed. KeyElsewhere: it is not here to be changed.
    """

    def hold_one(tx: Transaction) -> Changes:
        found = tx.relationship(key)
        if found is None:
            raise NotFound(key)
        why = _asked(tx, means, found)
        if why is KeyStaysFor.ELSEWHERE:
            raise KeyElsewhere(key)
        if why is not None:
            raise KeyStays(why)
        return Changes.of(("relationship", key))

    return await means.vault.write(hold_one)


async def change_all(means: Means) -> AllChanged:
    """Have every living relationship go on under a new key of its own."""

    def hold_all(tx: Transaction) -> AllChanged:
        found = [(one.id, _asked(tx, means, one)) for one in tx.relationships()]
        moving = tuple(key for key, why in found if why is None)
        return AllChanged(
            on_their_way=moving,
            stays={key: why for key, why in found if why is not None and why not in _NOTHING_TO_LOSE},
            changes=Changes.of(*(("relationship", key) for key in moving)),
        )

    return await means.vault.write(hold_all)


def _asked(tx: Transaction, means: Means, found: Relationship) -> KeyStaysFor | None:
    """Put one change into the outbox, unless one is there; or why it cannot be."""
    vendor = tx.vendor(found.vendor)
    why = _why_not(found, vendor.card if vendor is not None else None, here=has_key(tx, found))
    waiting = tx.acts(states=_WAITING, relationship=found.id)
    if why is None and not any(isinstance(entry.act, acts.KeyChange) for entry in waiting):
        hold(tx, means, found.id, acts.KeyChange())
    return why


def _why_not(found: Relationship, card: VendorCard | None, *, here: bool) -> KeyStaysFor | None:
    if not found.address:
        return KeyStaysFor.NOT_BEGUN
    if is_quiet(found) or found.state is RelationshipState.WITHDRAWN:
        return KeyStaysFor.OVER
    if not here:
        return KeyStaysFor.ELSEWHERE
    if card is None or not card.understands(Kind.KEY_CHANGE):
        return KeyStaysFor.NOT_UNDERSTOOD
    if Kind.KEY_CHANGE not in allowed(Side.PERSON, found.conversation.state):
        return KeyStaysFor.HALF_SIGNED
    return None
