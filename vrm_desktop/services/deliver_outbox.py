"""Where things leave, and nowhere else: sealed acts go out by their channel, the same bytes until they are received."""

from dataclasses import replace
from datetime import timedelta

from vrm_desktop.domain.acts import ActState, Contact, OutboxEntry, Ping
from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.ids import ActId, RelationshipId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.relationship import Note, Relationship, RelationshipState
from vrm_desktop.services.alarms import standing
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, ChannelError, Delivered, Transaction

FIRST_PAUSE = 2.0
LONGEST_PAUSE = 3600.0
LONGEST_SILENCE = timedelta(days=7)
SHIFT = 0.2


async def deliver(means: Means, relationship: RelationshipId, tried: set[ActId]) -> Changes:
    """Send what is sealed for one relationship, in order, until nothing is left or something does not get through.

    `tried` are the acts this process has sealed or sent before (it grows here): of any other nobody knows whether an
    earlier process was stopped in the middle of sending it, so it may have been disclosed.
    """
    changes = Changes()
    while True:
        waiting = await means.vault.read(lambda tx: _next(tx, means, relationship))
        if waiting is None:
            return changes
        entry, owner = waiting
        if entry.id not in tried:
            entry = replace(entry, maybe=True)
            tried.add(entry.id)
        got_through, told = await _deliver_one(means, entry, owner)
        changes |= told
        if not got_through:
            return changes


async def _deliver_one(means: Means, entry: OutboxEntry, owner: Relationship) -> tuple[bool, Changes]:
    try:
        delivered = await _send(means, owner, entry)
    except ChannelError as error:
        trouble = error
        return False, await means.vault.write(lambda tx: _not_delivered(tx, means, entry, trouble))
    return True, await means.vault.write(lambda tx: _delivered(tx, means, entry, delivered))


def _next(tx: Transaction, means: Means, key: RelationshipId) -> tuple[OutboxEntry, Relationship] | None:
    owner = tx.relationship(key)
    sealed = tx.acts(states=frozenset({ActState.SEALED}), relationship=key)
    if owner is None or not sealed:
        return None
    numbers = {row.message: row.number for row in tx.journal(key) if row.sender is Side.PERSON}
    first = min(sealed, key=lambda entry: numbers[entry.message] if entry.message else 0)
    return (first, owner) if first.not_before <= means.clock.now() else None


async def _send(means: Means, owner: Relationship, entry: OutboxEntry) -> Delivered:
    channel = means.channels[entry.channel]
    if isinstance(entry.act, Ping | Contact):
        return await channel.open(owner.endpoint, entry.body, line=owner.id)
    return await channel.post(owner.address, entry.body, line=owner.id)


def _delivered(tx: Transaction, means: Means, entry: OutboxEntry, delivered: Delivered) -> Changes:
    now = means.clock.now()
    tx.update_act(replace(entry, state=ActState.DELIVERED, attempts=entry.attempts + 1, maybe=False, trouble=""))
    if entry.message is not None:
        tx.set_ledger_state(entry.message, LedgerState.SENT)
    owner = tx.relationship(entry.relationship)
    if owner is not None:
        state = RelationshipState.ASKING if owner.state is RelationshipState.UNREACHABLE else owner.state
        tx.save_relationship(
            replace(
                owner,
                address=delivered.address or owner.address,
                poll_after=now,
                trouble=standing(owner.trouble, ""),
                state=state,
            )
        )
    return Changes.of(("relationship", entry.relationship), ("act", entry.id))


def _not_delivered(tx: Transaction, means: Means, entry: OutboxEntry, error: ChannelError) -> Changes:
    now = means.clock.now()
    maybe = entry.maybe or error.may_have_arrived
    opens = isinstance(entry.act, Ping | Contact)
    gives_up = error.final or (opens and now - entry.made > LONGEST_SILENCE)
    pause = _pause(means, entry.attempts, error.retry_after)
    tx.update_act(
        replace(
            entry,
            state=ActState.FAILED if gives_up else ActState.SEALED,
            attempts=entry.attempts + 1,
            maybe=maybe,
            trouble=error.code,
            not_before=now + timedelta(seconds=pause),
        )
    )
    if maybe and entry.message is not None:
        tx.set_ledger_state(entry.message, LedgerState.MAYBE)
    if opens and gives_up:  # nothing can follow a question that was never taken
        for later in tx.acts(states=frozenset({ActState.HELD, ActState.SEALED}), relationship=entry.relationship):
            tx.update_act(replace(later, state=ActState.FAILED, trouble=error.code))
    owner = tx.relationship(entry.relationship)
    if owner is not None:
        trouble = standing(owner.trouble, error.code)
        if trouble != owner.trouble:
            tx.add_note(Note(relationship=owner.id, at=now, sender=Side.PERSON, kind="trouble", text=error.code))
        state = _state_after(owner.state, opens=opens, gives_up=gives_up)
        ended = now if state is RelationshipState.ENDED else owner.ended
        tx.save_relationship(replace(owner, trouble=trouble, state=state, ended=ended))
    return Changes.of(("relationship", entry.relationship), ("act", entry.id))


def _state_after(state: RelationshipState, *, opens: bool, gives_up: bool) -> RelationshipState:
    """Where the relationship stands after something did not get through. What the person ended stays ended."""
    if state is RelationshipState.ENDING:
        return RelationshipState.ENDED if gives_up else state
    if state is RelationshipState.ENDED:
        return state
    if state in {RelationshipState.ASKING, RelationshipState.UNREACHABLE} and opens:
        return RelationshipState.UNREACHABLE
    return RelationshipState.BROKEN if gives_up and not opens else state


def _pause(means: Means, attempts: int, wish: int | None) -> float:
    """Seconds until the next try: the vendor's wish or doubling from two seconds, and a little chance."""
    grown = min(FIRST_PAUSE * 2.0 ** min(attempts, 12), LONGEST_PAUSE)
    return float(max(grown, float(wish or 0))) * means.random.uniform(1.0, 1.0 + SHIFT)
