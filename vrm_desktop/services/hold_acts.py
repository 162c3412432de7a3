"""How an act gets into the outbox: held, without a number or signature, so that it can still be undone."""

from dataclasses import replace
from datetime import datetime

from vrm_desktop.domain.acts import Act, ActState, OutboxEntry
from vrm_desktop.domain.ids import ActId, RelationshipId
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction


def hold(
    tx: Transaction, means: Means, relationship: RelationshipId, act: Act, *, not_before: datetime | None = None
) -> ActId:
    """Put `act` into the outbox; it leaves once `not_before` has come (at once when None)."""
    now = means.clock.now()
    entry = OutboxEntry(
        id=ActId(means.new_id("act")),
        relationship=relationship,
        act=act,
        state=ActState.HELD,
        made=now,
        not_before=not_before or now,
    )
    tx.hold(entry)
    return entry.id


async def undo(means: Means, act: ActId) -> Changes:
    """Take a held act back.

    Raises:
        NotFound: there is no such act.
        NotPossibleNow: it was sealed already and may have left.
    """

    def change(tx: Transaction) -> Changes:
        entry = tx.act(act)
        if entry is None:
            raise NotFound(act)
        if entry.state is not ActState.HELD:
            raise NotPossibleNow("it has left")
        tx.update_act(replace(entry, state=ActState.UNDONE))
        return Changes.of(("act", act), ("relationship", entry.relationship))

    return await means.vault.write(change)
