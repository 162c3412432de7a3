"""How an act gets into the outbox: held, without a number or signature, so that it can still be undone."""

from dataclasses import replace
from datetime import datetime

from vrm_desktop.domain.acts import (
    Accept,
    Act,
    ActState,
    Contact,
    Decline,
    DeclineReason,
    End,
    OutboxEntry,
    Ping,
    Reveal,
    TermsAccept,
    WithdrawCast,
)
from vrm_desktop.domain.ids import ActId, MessageId, RelationshipId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.services import keep_limits
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
    """Take a held act back, and with it what only stands because of it.

    Raises:
        NotFound: there is no such act.
        NotPossibleNow: it was sealed already and may have left, or it took effect here when it was said (an end).
    """

    def change(tx: Transaction) -> Changes:
        entry = tx.act(act)
        if entry is None:
            raise NotFound(act)
        if entry.state is not ActState.HELD:
            raise NotPossibleNow("it has left")
        if isinstance(entry.act, End | WithdrawCast):
            raise NotPossibleNow("it took effect at once")
        tx.update_act(replace(entry, state=ActState.UNDONE))
        return Changes.of(("act", act), ("relationship", entry.relationship)) | _unsay(tx, entry)

    return await means.vault.write(change)


def take_back_unsent(tx: Transaction, means: Means, relationship: RelationshipId) -> bool:
    """Take back everything that is held, and a first question that surely never left; whether the vendor may know.

    A sealed question counts as never having left while it waits for another try and no byte of it can have arrived.
    """
    now = means.clock.now()
    for entry in tx.acts(states=frozenset({ActState.HELD}), relationship=relationship):
        tx.update_act(replace(entry, state=ActState.UNDONE))
    asked = tx.acts(states=frozenset({ActState.SEALED, ActState.DELIVERED}), relationship=relationship)
    for entry in asked:
        if not isinstance(entry.act, Ping | Contact):
            continue
        if entry.state is ActState.DELIVERED or entry.maybe or entry.attempts == 0 or entry.not_before <= now:
            return True
        tx.update_act(replace(entry, state=ActState.UNDONE))
    return False


def _unsay(tx: Transaction, entry: OutboxEntry) -> Changes:
    match entry.act:
        case Ping() | Contact():
            relationship = tx.relationship(entry.relationship)
            if relationship is not None:
                tx.save_relationship(replace(relationship, state=RelationshipState.WITHDRAWN))
        case TermsAccept():
            for other in tx.acts(states=frozenset({ActState.HELD}), relationship=entry.relationship):
                if isinstance(other.act, Reveal):
                    tx.update_act(replace(other, state=ActState.UNDONE))
        case Accept(offer=key):
            return _unsay_order(tx, key)
        case _:
            pass
    return Changes()


def _unsay_order(tx: Transaction, key: MessageId) -> Changes:
    """The want is open again, and those who were about to hear that another was chosen do not hear it."""
    offer = tx.offer(key)
    want = tx.intentcast(offer.intentcast) if offer else None
    if want is None or want.state is not IntentcastState.ORDERED:
        return Changes()
    tx.save_intentcast(replace(want, state=IntentcastState.CAST))
    keep_limits.uncount(tx, key)
    mine = {one.id for one in tx.relationships(want.id)}
    for entry in tx.acts(states=frozenset({ActState.HELD})):
        act = entry.act
        if entry.relationship in mine and isinstance(act, Decline) and act.reason is DeclineReason.OTHER_VENDOR:
            tx.update_act(replace(entry, state=ActState.UNDONE))
    return Changes.of(("intentcast", want.id))
