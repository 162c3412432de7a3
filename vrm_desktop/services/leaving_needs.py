"""What leaving looks at: what is still needed and until when, and what is sealed with values and surely never left."""

from dataclasses import replace
from datetime import date

from vrm_desktop.domain import acts
from vrm_desktop.domain.acts import ActState, OutboxEntry
from vrm_desktop.domain.case import Case
from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.leaving import StillNeeded, still_needed
from vrm_desktop.domain.relationship import Relationship
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Transaction


def needs(tx: Transaction, relationship: Relationship, today: date) -> tuple[StillNeeded, ...]:
    """What of this relationship is still open, and until when what was told for it may stay."""
    order = tx.order(relationship.id)
    offer = tx.offer(order.offer) if order is not None else None
    return still_needed(order=order, offer=offer, cases=tx.papers(Case, relationship=relationship.id), today=today)


def unsent_values(tx: Transaction, means: Means, key: RelationshipId) -> tuple[OutboxEntry, ...]:
    """What is sealed, of which no byte can have arrived, if anything of it carries values; else nothing.

    Messages leave in the order of their numbers. So if the first of those that wait surely never left, because it waits
    for another try and none has reached the vendor, nothing after it did.
    """
    numbers = {row.message: row.number for row in tx.journal(key) if row.sender is Side.PERSON}
    sealed = tx.acts(states=frozenset({ActState.SEALED}), relationship=key)
    waiting = sorted(sealed, key=lambda one: numbers.get(one.message, 0) if one.message else 0)
    if not waiting or not any(_carries(one) for one in waiting):
        return ()
    first = waiting[0]
    if first.maybe or first.attempts == 0 or first.not_before <= means.clock.now():
        return ()
    return tuple(waiting)


def drop_unsent_values(tx: Transaction, means: Means, key: RelationshipId) -> bool:
    """Drop all of that, so that it never leaves; whether there was anything. Nothing can be said after it any more."""
    found = unsent_values(tx, means, key)
    for entry in found:
        tx.update_act(replace(entry, state=ActState.UNDONE))
        if entry.message is not None:
            tx.set_ledger_state(entry.message, LedgerState.NOT_SENT)
    return bool(found)


def _carries(entry: OutboxEntry) -> bool:
    match entry.act:
        case acts.Reveal() | acts.Accept() | acts.Update() | acts.Grant():
            return True
        case acts.OrderChange(fields=fields):
            return bool(fields)
        case _:
            return False
