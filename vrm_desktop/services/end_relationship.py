"""Step 9, leave: ending takes effect here at once; it is over when the vendor's closure has come."""

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
        if found.state in {RelationshipState.ENDING, RelationshipState.ENDED}:
            raise NotPossibleNow(found.state.value)
        if len(reason) > REASON_LENGTH:
            raise NotPossibleNow("a reason has up to 200 characters")
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
