"""Step 9, leave: ending takes effect here at once; it is over when the vendor's closure has come.

Before it, a person may have some seconds to think again. That they are leaving is kept in the vault meanwhile, so that
a program that dies in these seconds has not forgotten it.
"""

from dataclasses import replace

from vrm_desktop.domain import acts
from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Kind, Side, allowed
from vrm_desktop.domain.relationship import Note, RelationshipState
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.hold_acts import hold, take_back_unsent
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction

REASON_LENGTH = 200
_LEAVING = "leaving"
_OVER = frozenset({RelationshipState.ENDING, RelationshipState.ENDED})


async def end(means: Means, key: RelationshipId, reason: str = "") -> Changes:
    """End a relationship: nothing held leaves any more, notice and erasure are asked for, and the end stands at once.

    Raises:
        NotFound: no such relationship.
        NotPossibleNow: it is ending or over already, or the reason has more than 200 characters.
    """

    def change(tx: Transaction) -> Changes:
        found = tx.relationship(key)
        if found is None:
            raise NotFound(key)
        if found.state in _OVER:
            raise NotPossibleNow(found.state.value)
        if len(reason) > REASON_LENGTH:
            raise NotPossibleNow("a reason has up to 200 characters")
        _forget(tx, key)
        now = means.clock.now()
        told = take_back_unsent(tx, means, key)
        tx.add_note(Note(relationship=key, at=now, sender=Side.PERSON, kind="end", text=reason))
        if not told or Kind.END not in allowed(Side.PERSON, found.conversation.state):
            tx.save_relationship(replace(found, state=RelationshipState.ENDED, ended=now))
            return Changes.of(("relationship", key))
        tx.save_relationship(replace(found, state=RelationshipState.ENDING))
        for row in tx.ledger(relationship=key):
            if row.state in {LedgerState.SENT, LedgerState.MAYBE}:
                tx.set_ledger_state(row.message, LedgerState.ERASURE_ASKED)
        hold(tx, means, key, acts.End(reason=reason))
        return Changes.of(("relationship", key), ("ledger", found.vendor))

    return await means.vault.write(change)


async def mean_to_leave(means: Means, key: RelationshipId) -> None:
    """Keep that the person is leaving, until `end` or `stay`.

    Raises:
        NotFound: no such relationship.
    """

    def change(tx: Transaction) -> None:
        if tx.relationship(key) is None:
            raise NotFound(key)
        tx.set_setting(_LEAVING, " ".join((*(one for one in _kept(tx) if one != key), key)))

    await means.vault.write(change)


async def stay(means: Means, key: RelationshipId) -> None:
    """The person thought again; nothing was said to anybody."""
    await means.vault.write(lambda tx: _forget(tx, key))


async def leaving(means: Means) -> tuple[tuple[RelationshipId, str], ...]:
    """Whom the person was leaving when the program ended, oldest first: the relationship, and the vendor's name."""

    def look(tx: Transaction) -> tuple[tuple[RelationshipId, str], ...]:
        found = []
        for key in _kept(tx):
            relationship = tx.relationship(key)
            vendor = tx.vendor(relationship.vendor) if relationship is not None else None
            if relationship is not None and relationship.state not in _OVER:
                found.append((key, vendor.name if vendor is not None else ""))
        return tuple(found)

    return await means.vault.read(look)


def _kept(tx: Transaction) -> tuple[RelationshipId, ...]:
    return tuple(RelationshipId(key) for key in (tx.setting(_LEAVING) or "").split())


def _forget(tx: Transaction, key: RelationshipId) -> None:
    kept = _kept(tx)
    if key in kept:
        tx.set_setting(_LEAVING, " ".join(one for one in kept if one != key))
