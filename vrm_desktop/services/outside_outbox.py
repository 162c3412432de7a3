"""The outbox of the ways beyond our own wire: what waits there leaves once, after what it tells is in the ledger.

An act that was interrupted is done again where doing it twice does no more than once; any other is shown as unsure,
and the person decides. Never here: how a way works.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.outside import OutsideAct, OutsideRecord, OutsideState
from vrm_desktop.domain.relationship import Note, Relationship, RelationshipState
from vrm_desktop.domain.ways import Way
from vrm_desktop.services.errors import Interrupted
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_acts import OVER, changes_of, message_of, record_of, take_back, tell, unsay, waiting
from vrm_desktop.services.outside_table import OUTSIDE, outside
from vrm_desktop.services.outside_ways import Carried
from vrm_desktop.services.ports import Changes, ChannelError, Transaction

FIRST_PAUSE = 30.0
LONGEST_PAUSE = 3600.0
MOST_TRIES = 6


def next_moment(tx: Transaction, owner: Relationship) -> datetime | None:
    """When there is something to do next: to send, or to look for an answer."""
    moments = [act.not_before for act in waiting(tx, owner.id)]
    way = OUTSIDE.get(owner.way)
    look = way.next_look(tx, owner) if way is not None and owner.state in _LISTENING else None
    if look is not None:
        moments.append(max(look, owner.poll_after) if owner.poll_after is not None else look)
    return min(moments) if moments else None


_LISTENING = frozenset({RelationshipState.ASKING, RelationshipState.OPEN, RelationshipState.UNREACHABLE})


async def tend(means: Means, key: RelationshipId, begun: set[str]) -> Changes:
    """Carry out what is due in one relationship, then look for an answer if that is due.

    `begun` are the acts that this process has begun (it grows here): any other that is found leaving was interrupted.
    """
    changes = Changes()
    while (act := await means.vault.write(lambda tx: _take_next(tx, means, key, begun))) is not None:
        begun.add(act.id)
        changes |= await _carry_out(means, act)
    return changes | await _look(means, key)


def _take_next(tx: Transaction, means: Means, key: RelationshipId, begun: set[str]) -> OutsideAct | None:
    """The next act to carry out, marked as leaving, with its ledger rows and its record; those interrupted first."""
    now, owner = means.clock.now(), tx.relationship(key)
    over = owner is None or owner.state in OVER
    if over:
        take_back(tx, key)
    for act in waiting(tx, key):
        if act.state is OutsideState.LEAVING and act.id not in begun and (over or not act.kind.repeats):
            unsure = OutsideState.FAILED if act.kind.is_courtesy else OutsideState.UNSURE
            _close(tx, means, act, unsure, Interrupted.code, LedgerState.MAYBE)
            continue
        if act.state is OutsideState.LEAVING and act.id in begun:
            continue
        if act.not_before > now:
            continue
        tell(tx, means, act)
        tx.keep_paper(
            OutsideRecord(
                id=means.new_id("record"),
                vendor=act.vendor,
                relationship=act.relationship,
                at=now,
                act=act.id,
                way=act.way,
                address=act.address,
                sent=act.body,
            )
        )
        leaving = replace(act, attempts=act.attempts + 1).now(OutsideState.LEAVING)
        tx.keep_paper(leaving)
        return leaving
    return None


async def _carry_out(means: Means, act: OutsideAct) -> Changes:
    try:
        carried = await outside(act.way).carry(means, act)
    except ChannelError as error:
        trouble = error
        return await means.vault.write(lambda tx: _not_through(tx, means, act, trouble))
    return await means.vault.write(lambda tx: _through(tx, means, act, carried))


def _through(tx: Transaction, means: Means, act: OutsideAct, carried: Carried) -> Changes:
    now = means.clock.now()
    record = record_of(tx, act)
    if record is not None:
        tx.keep_paper(record.with_answer(carried.answered, carried.status, now))
    tx.keep_paper(act.now(OutsideState.DONE))
    tx.set_ledger_state(message_of(act), LedgerState.SENT)
    owner = tx.relationship(act.relationship)
    if owner is not None:
        state = RelationshipState.ASKING if owner.state is RelationshipState.UNREACHABLE else owner.state
        tx.save_relationship(replace(owner, trouble="", state=state, poll_after=None))
    return carried.settle(tx) | changes_of(act)


def _not_through(tx: Transaction, means: Means, act: OutsideAct, error: ChannelError) -> Changes:
    if error.may_have_arrived and not act.kind.repeats:
        # The other side may have taken it, whatever it answered: only a person can tell whether to say it again.
        final = OutsideState.FAILED if error.final else OutsideState.UNSURE
        _close(tx, means, act, final, error.code, LedgerState.MAYBE)
        return changes_of(act) | (unsay(tx, act) if error.final else Changes())
    told = LedgerState.MAYBE if error.may_have_arrived else LedgerState.NOT_SENT
    if error.final or act.attempts >= MOST_TRIES or act.kind.is_courtesy:
        _close(tx, means, act, OutsideState.FAILED, error.code, told)
        return changes_of(act) | unsay(tx, act)
    grown = min(FIRST_PAUSE * 2.0 ** (act.attempts - 1), LONGEST_PAUSE)
    pause = max(grown, float(error.retry_after or 0)) * means.random.uniform(1.0, 1.2)
    later = replace(act, not_before=means.clock.now() + timedelta(seconds=pause))
    tx.keep_paper(later.now(OutsideState.WAITING, error.code))
    tx.set_ledger_state(message_of(act), LedgerState.MAYBE if error.may_have_arrived else LedgerState.LEAVING)
    _trouble(tx, means, act.relationship, error.code)
    return changes_of(act)


def _close(tx: Transaction, means: Means, act: OutsideAct, state: OutsideState, code: str, told: LedgerState) -> None:
    tx.keep_paper(act.now(state, code))
    tx.set_ledger_state(message_of(act), told)
    if act.kind.is_courtesy:
        tx.add_note(
            Note(relationship=act.relationship, at=means.clock.now(), sender=Side.PERSON, kind="cart-untold", text=code)
        )
    else:
        _trouble(tx, means, act.relationship, code, unreachable=state is OutsideState.FAILED)


def _trouble(tx: Transaction, means: Means, key: RelationshipId, code: str, *, unreachable: bool = False) -> None:
    owner = tx.relationship(key)
    if owner is None:
        return
    if owner.trouble != code:
        tx.add_note(Note(relationship=key, at=means.clock.now(), sender=Side.PERSON, kind="trouble", text=code))
    lost = unreachable and owner.state is RelationshipState.ASKING
    state = RelationshipState.UNREACHABLE if lost else owner.state
    tx.save_relationship(replace(owner, trouble=code, state=state))


async def _look(means: Means, key: RelationshipId) -> Changes:
    def due(tx: Transaction) -> Relationship | None:
        owner = tx.relationship(key)
        if owner is None or owner.way is Way.NATIVE or waiting(tx, key):
            return None
        moment = next_moment(tx, owner)
        return owner if moment is not None and moment <= means.clock.now() else None

    owner = await means.vault.read(due)
    if owner is None:
        return Changes()
    try:
        return await outside(owner.way).look(means, owner)
    except ChannelError as error:
        code, wish = error.code, error.retry_after
        pause = max(FIRST_PAUSE, float(wish or 0)) * means.random.uniform(1.0, 1.2)
        until = means.clock.now() + timedelta(seconds=pause)

        def note(tx: Transaction) -> Changes:
            _trouble(tx, means, key, code)
            current = tx.relationship(key)
            if current is not None:
                tx.save_relationship(replace(current, poll_after=until))
            return Changes.of(("relationship", key))

        return await means.vault.write(note)
