"""A right exercised over the Data Rights Protocol: asked, looked after, taken back; and given up for a letter.

The request and its ledger rows are kept before anything leaves. Whatever a server answers, loses or says late, what the
person did and heard stays here. Never here: what a request tells (plan_drp_request), HTTP, a letter's words.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from vrm_desktop.canon import base64url, hashes
from vrm_desktop.domain.agenda import AgendaItem, AgendaKind
from vrm_desktop.domain.disclosure import BasisKind, LedgerState
from vrm_desktop.domain.drp import DrpEntry, DrpExercise, DrpReport, DrpStanding
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.relationship import Relationship
from vrm_desktop.protocol.drp_requests import Exercise, exercise_members, header_for, revoke_members
from vrm_desktop.protocol.drp_signing import sign_combined
from vrm_desktop.services.drp_agent import keep_token, own_agent, own_signer, token_of
from vrm_desktop.services.drp_for_rights import carry, check_source
from vrm_desktop.services.errors import NotFound, NotOverDrp, NotPossibleNow, OrganisationSilent
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.services.ledger_rows import row
from vrm_desktop.services.means import Means
from vrm_desktop.services.plan_drp_request import DrpAsking, DrpPlan, plan_in
from vrm_desktop.services.ports import Changes, ChannelError, DataRightsChannel, Transaction

CHANNEL = "drp"
GIVE_UP = timedelta(days=7)
"""An organisation that has not taken the request for so long gets a letter."""
PAUSE = timedelta(hours=6)
"""How long a request is left in peace when nobody asks after it: its answer takes weeks."""
_FOR_GOOD = frozenset({"drp-not-admitted", "drp-denied", "drp-unknown"})
_TAKES_TOKEN = frozenset({"drp-not-admitted", "drp-unknown"})
_Ask = Callable[[DataRightsChannel, str], Awaitable[DrpReport]]


async def exercises(means: Means) -> tuple[DrpExercise, ...]:
    """All requests over the protocol, the newest first."""
    return await means.vault.read(lambda tx: tuple(reversed(tx.papers(DrpExercise))))


async def exercise(means: Means, key: str) -> DrpExercise:
    """One request.

    Raises:
        NotFound: none under this id.
    """
    return await means.vault.read(lambda tx: _found(tx, key))


async def ask(means: Means, asking: DrpAsking) -> DrpExercise:
    """Keep the request and what it tells in the ledger, then ask; how it stands afterwards.

    An organisation that cannot be reached is no error: the request is kept and asked again when the next look is taken.

    Raises:
        NotFound, NotOverDrp, NothingToTell: see `plan_drp_request.plan`; nothing was kept then.
        NotPossibleNow: the request that this serves is over, or towards another organisation.
    """
    _channel(means)

    def change(tx: Transaction) -> DrpExercise:
        plan = plan_in(tx, means, asking)
        check_source(tx, asking.source, plan.entry.vendor)
        owner = file_of(tx, means, plan.entry.vendor)
        own_agent(tx, means)
        made = DrpExercise(
            id=means.new_id("drp"),
            vendor=plan.entry.vendor,
            relationship=owner.id,
            at=means.clock.now(),
            business=plan.entry.id,
            action=asking.action,
            regime=asking.regime,
            agent_request_id=base64url.encode(means.random.token(12)),
            identity=plan.identity,
            source=asking.source,
        )
        tx.keep_paper(made)
        _write_ledger(tx, means, owner, made, plan)
        return made

    made = await means.vault.write(change)
    await look(means, made.id)
    return await exercise(means, made.id)


async def look(means: Means, key: str) -> Changes:
    """Ask the organisation how one request stands; one that it has not taken yet is sent again.

    Raises:
        NotFound: none under this id. NotOverDrp: this program has no way to speak the protocol.
    """
    channel = _channel(means)
    found = await exercise(means, key)
    if found.standing is DrpStanding.SETTLED or found.standing is DrpStanding.FAILED:
        return Changes()
    if found.revoking and found.report is not None:
        return await _told(means, found, channel, _revoking(means, found))
    return await _told(means, found, channel, _asking(means, found))


async def look_at_all(means: Means, *, pause: timedelta = timedelta(0)) -> Changes:
    """Look at every request of which something may still come; nothing where none is open.

    One that was looked at less than `pause` ago is left in peace.
    """
    changes, now = Changes(), means.clock.now()
    if means.data_rights is not None:
        open_ones = [one for one in await exercises(means) if one.open]
        waiting = [one.id for one in open_ones if one.tried is None or now - one.tried >= pause]
        for done in await asyncio.gather(*(look(means, key) for key in waiting)):
            changes |= done
    return changes


async def revoke(means: Means, key: str, reason: str = "") -> Changes:
    """Take a request back: here at once, and there as soon as the organisation can be reached.

    Raises:
        NotFound: none under this id. NotPossibleNow: it is over. NotOverDrp: see `look`.
    """
    _channel(means)

    def change(tx: Transaction) -> bool:
        found = _found(tx, key)
        if not found.open and found.standing is not DrpStanding.LOST:
            raise NotPossibleNow(found.standing.value)
        taken = found.report is not None
        # Where the organisation has not answered yet, nobody knows what to take back there: it is just not sent again.
        standing = found.standing if taken else DrpStanding.FAILED
        tx.keep_paper(replace(found, revoking=True, reason=reason, standing=standing))
        return taken

    if await means.vault.write(change):
        return await look(means, key)
    return Changes.of(("drp-exercise", key))


def _asking(means: Means, found: DrpExercise) -> _Ask:
    async def send(channel: DataRightsChannel, token: str) -> DrpReport:
        entry, line = await means.vault.read(lambda tx: _entry(tx, found)), f"drp {found.business}"
        if found.report is not None:
            return await channel.status(entry.api_base, token, found.report.request_id, line=line)
        message = await means.vault.write(lambda tx: _signed_request(tx, means, found, entry))
        return await channel.exercise(entry.api_base, token, message, line=line)

    return send


def _revoking(means: Means, found: DrpExercise) -> _Ask:
    async def send(channel: DataRightsChannel, token: str) -> DrpReport:
        entry = await means.vault.read(lambda tx: _entry(tx, found))
        message = await means.vault.read(lambda tx: sign_combined(own_signer(tx), revoke_members(found.reason)))
        known = found.report.request_id if found.report is not None else ""
        return await channel.revoke(entry.api_base, token, known, message, line=f"drp {found.business}")

    return send


async def _told(means: Means, found: DrpExercise, channel: DataRightsChannel, send: _Ask) -> Changes:
    """What the organisation says, kept; and what kept it from saying anything."""
    try:
        report = await _with_token(means, found, channel, send)
    except ChannelError as error:
        code, arrived = error.code, error.may_have_arrived
        return await means.vault.write(lambda tx: _keep_trouble(tx, means, found.id, code, arrived=arrived))
    return await means.vault.write(lambda tx: _keep_report(tx, means, found.id, report))


async def _with_token(means: Means, found: DrpExercise, channel: DataRightsChannel, send: _Ask) -> DrpReport:
    """Set up where there is no token; where the one there is takes nobody in, set up anew and ask once more."""
    token = await means.vault.read(lambda tx: token_of(tx, found.business))
    if not token:
        return await send(channel, await _set_up(means, found, channel))
    try:
        return await send(channel, token)
    except ChannelError as error:
        if error.code not in _TAKES_TOKEN:
            raise
    return await send(channel, await _set_up(means, found, channel))


async def _set_up(means: Means, found: DrpExercise, channel: DataRightsChannel) -> str:
    def make(tx: Transaction) -> tuple[str, str, str]:
        own, entry = own_agent(tx, means), _entry(tx, found)
        header = header_for(own.id, entry.id, means.clock.now())
        return entry.api_base, own.id, sign_combined(own_signer(tx), header.members)

    base, agent_id, message = await means.vault.write(make)
    try:
        token = await channel.set_up(base, agent_id, message, line=f"drp {found.business}")
    except ChannelError as error:  # whatever arrived, it told nothing about the person
        raise ChannelError(error.code, str(error), may_have_arrived=False, final=error.final) from error
    await means.vault.write(lambda tx: keep_token(tx, found.business, token))
    return token


def _signed_request(tx: Transaction, means: Means, found: DrpExercise, entry: DrpEntry) -> str:
    """The same request each time, under a new time; what it tells stands in the ledger already."""
    own = own_agent(tx, means)
    request = Exercise(
        action=found.action,
        regime=found.regime,
        identity=found.identity,
        agent_request_id=found.agent_request_id,
        spelled=entry.spelled(found.action),
    )
    return sign_combined(own_signer(tx), exercise_members(header_for(own.id, entry.id, means.clock.now()), request))


def _keep_report(tx: Transaction, means: Means, key: str, report: DrpReport) -> Changes:
    before = _found(tx, key)
    after = before.after(report, means.clock.now())
    tx.keep_paper(after)
    if before.report is None:
        tx.set_ledger_state(_message(after), LedgerState.SENT)
    _settle_date(tx, after)
    carried = carry(tx, means, after)
    if before.report == after.report and before.trouble == after.trouble:
        return carried
    return _changed(after) | carried


def _keep_trouble(tx: Transaction, means: Means, key: str, code: str, *, arrived: bool) -> Changes:
    before, now = _found(tx, key), means.clock.now()
    standing = before.standing
    if before.report is not None:
        standing = DrpStanding.LOST if code in _TAKES_TOKEN else standing
    elif code in _FOR_GOOD:
        standing = DrpStanding.FAILED
    elif now - before.at >= GIVE_UP:
        standing, code = DrpStanding.FAILED, OrganisationSilent.code
    after = before.troubled(code, now, standing)
    tx.keep_paper(after)
    if after.report is None:
        _settle_ledger(tx, after, arrived=arrived)
    _settle_date(tx, after)
    return _changed(after) if (before.trouble, before.standing) != (after.trouble, after.standing) else Changes()


def _settle_ledger(tx: Transaction, after: DrpExercise, *, arrived: bool) -> None:
    """What may have been heard once stays so; what never left is said not to have."""
    known = {row.state for row in tx.ledger(relationship=after.relationship) if row.message == _message(after)}
    if arrived:
        tx.set_ledger_state(_message(after), LedgerState.MAYBE)
    elif after.standing is DrpStanding.FAILED and known <= {LedgerState.LEAVING}:
        tx.set_ledger_state(_message(after), LedgerState.NOT_SENT)


def _settle_date(tx: Transaction, one: DrpExercise) -> None:
    due = one.report.expected_by if one.report is not None else None
    if due is not None:
        tx.put_agenda(
            AgendaItem(
                kind=AgendaKind.DRP_EXPECTED,
                due=due.date(),
                key=one.id,
                relationship=one.relationship,
                vendor=one.vendor,
                done=one.standing is DrpStanding.SETTLED,
            )
        )


def _write_ledger(tx: Transaction, means: Means, owner: Relationship, made: DrpExercise, plan: DrpPlan) -> None:
    message, now = _message(made), means.clock.now()
    for field in plan.fields:
        tx.append_ledger(row(owner, field, message=message, at=now, basis=BasisKind.OWN_ACT, channel=CHANNEL))


def _message(one: DrpExercise) -> MessageId:
    """What stands for the request in the ledger."""
    return MessageId(hashes.digest(f"drp\n{one.id}\n{one.agent_request_id}".encode()))


def _changed(one: DrpExercise) -> Changes:
    return Changes.of(("drp-exercise", one.id), ("relationship", one.relationship), ("ledger", one.vendor))


def _channel(means: Means) -> DataRightsChannel:
    if means.data_rights is None:
        raise NotOverDrp("no way to speak the protocol")
    return means.data_rights()


def _entry(tx: Transaction, found: DrpExercise) -> DrpEntry:
    entry = tx.paper(DrpEntry, found.business)
    if entry is None:
        raise NotFound(found.business)
    return entry


def _found(tx: Transaction, key: str) -> DrpExercise:
    found = tx.paper(DrpExercise, key)
    if found is None:
        raise NotFound(key)
    return found
