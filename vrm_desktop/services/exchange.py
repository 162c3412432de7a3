"""The running conversation with every vendor: seal what is due, send it, ask for answers, take them in, again.

One task a relationship, so that a slow vendor holds up nobody. Knows no kinds of messages: that is for the services
that seal and receive.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from vrm_desktop.canon.errors import CanonError
from vrm_desktop.domain.acts import ActState, OutboxEntry
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.ids import ActId, RelationshipId
from vrm_desktop.domain.kinds import Side, State
from vrm_desktop.domain.relationship import Note, Relationship, RelationshipState
from vrm_desktop.domain.ways import Way
from vrm_desktop.protocol.envelope import Envelope
from vrm_desktop.protocol.errors import BadSignature, ProtocolError
from vrm_desktop.services import outside_outbox
from vrm_desktop.services.alarms import standing
from vrm_desktop.services.catch_up import catch_up, is_behind
from vrm_desktop.services.deliver_outbox import deliver
from vrm_desktop.services.errors import HistoryDiffers, ServiceError, VaultTrouble
from vrm_desktop.services.follow_key import follow_key, is_unknown_key
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, ChannelError, Inbound, Received, Transaction
from vrm_desktop.services.reachable import claims_stand
from vrm_desktop.services.receive_messages import take_in
from vrm_desktop.services.seal_acts import give_up, next_due, seal_act

LONG_POLL = 20
EXPECTING = frozenset({State.ASKED, State.AGREED, State.REVEALED, State.HAGGLING, State.ORDERED, State.ENDING})
CALM = timedelta(minutes=5)
PHASE = 0.2
ASK_AGAIN = 5
QUIET_STATES = frozenset(
    {
        RelationshipState.DECLINED,
        RelationshipState.REFUSED,
        RelationshipState.ENDED,
        RelationshipState.BROKEN,
    }
)
TROUBLE_PAUSE = 15.0
LONGEST_PAUSE = 3600.0
BREAKING = frozenset(
    {
        "bad-agreement",
        "bad-disclosure",
        "bad-order",
        "bad-seen",
        "fork",
        "full",
        "not-allowed-now",
        "payment-changed",
    }
)
"""What a vendor's own signature stands under: the chain cannot go on, whatever else comes."""


def is_quiet(relationship: Relationship) -> bool:
    """Whether nothing more is asked of the vendor."""
    return relationship.state in QUIET_STATES or relationship.conversation.state is State.ENDED


def rests(tx: Transaction, relationship: Relationship) -> bool:
    """Whether nothing more is asked of the vendor, also no answer to a claim that outlived the end."""
    return is_quiet(relationship) and not claims_stand(tx, relationship)


def _with_rest(tx: Transaction, key: RelationshipId) -> tuple[Relationship | None, bool]:
    found = tx.relationship(key)
    return found, found is None or rests(tx, found)


def _is_outside(tx: Transaction, key: RelationshipId) -> bool:
    found = tx.relationship(key)
    return found is not None and found.way is not Way.NATIVE


class Exchange:
    """Tends conversations while it is open. `next_changes` tells what has changed; nothing ever calls back."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._tasks: dict[RelationshipId, asyncio.Task[None]] = {}
        self._locks: dict[RelationshipId, asyncio.Lock] = {}
        self._wake: dict[RelationshipId, asyncio.Event] = {}
        self._misses: dict[RelationshipId, int] = {}
        self._tried: set[ActId] = set()
        self._begun: set[str] = set()
        self._changes: asyncio.Queue[Changes] = asyncio.Queue()

    async def one_pass(self, key: RelationshipId, *, wait: int = 0) -> Changes:
        """Seal, send, and look once for answers (holding the question open for `wait` seconds)."""
        return await self._pass(key, wait, None)

    def tend(self, keys: Iterable[RelationshipId]) -> None:
        """Keep the conversations of `keys` going until the exchange is closed or they fall quiet.

        One that is tended already looks again at once: call this after anything was put into the outbox.
        """
        for key in keys:
            task = self._tasks.get(key)
            if task is None or task.done():
                self._wake[key] = asyncio.Event()
                self._tasks[key] = asyncio.create_task(self._keep_going(key), name=f"tend {key}")
            else:
                self._wake[key].set()

    async def next_changes(self, timeout: float) -> Changes:  # noqa: ASYNC109 - an empty answer, not an exception
        """What has changed since the last call, as soon as there is something; empty after `timeout` seconds.

        A vault that refuses (a full disk, say) is told as the pair of "vault" and its code, and tried again.
        """
        try:
            async with asyncio.timeout(timeout):
                changes = await self._changes.get()
        except TimeoutError:
            return Changes()
        while not self._changes.empty():
            changes |= self._changes.get_nowait()
        return changes

    async def close(self) -> None:
        """Stop tending. What was not answered yet is asked for again next time."""
        tasks = tuple(self._tasks.values())
        self._tasks.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep_going(self, key: RelationshipId) -> None:
        wake = self._wake[key]
        pause: float | None = 0.0
        while pause is not None or wake.is_set():
            await _rest(wake, (pause or 0.0) + self._means.random.uniform(0.0, PHASE))
            try:
                changes = await self._pass(key, LONG_POLL, wake)
                pause = await self._pause(key)
            except VaultTrouble as error:
                if error.code == "vault-closed":
                    return
                changes, pause = Changes.of(("vault", error.code)), TROUBLE_PAUSE
            if changes.things:
                self._changes.put_nowait(changes)

    async def _pause(self, key: RelationshipId) -> float | None:
        """Seconds until the next pass; None when the conversation has nothing more to say or to hear."""
        now = self._means.clock.now()

        def look(tx: Transaction) -> float | None:
            relationship = tx.relationship(key)
            if relationship is None:
                return None
            if relationship.way is not Way.NATIVE:
                moment = outside_outbox.next_moment(tx, relationship)
                return max(0.0, (moment - now).total_seconds()) if moment is not None else None
            if is_behind(tx, key):
                return max(0.0, ((relationship.poll_after or now) - now).total_seconds())
            waiting = tx.acts(states=frozenset({ActState.HELD, ActState.SEALED}), relationship=key)
            moments = [waiting[0].not_before] if waiting else []
            if relationship.address and not rests(tx, relationship):
                due = relationship.poll_after or now
                expecting = relationship.conversation.state in EXPECTING
                moments.append(due if expecting else max(due, now + CALM))
            return max(0.0, (min(moments) - now).total_seconds()) if moments else None

        return await self._means.vault.read(look)

    async def _pass(self, key: RelationshipId, wait: int, wake: asyncio.Event | None) -> Changes:
        if await self._means.vault.read(lambda tx: _is_outside(tx, key)):
            async with self._locks.setdefault(key, asyncio.Lock()):
                return await outside_outbox.tend(self._means, key, self._begun)
        caught_up, level = await self._catch_up(key)
        if not level:
            return caught_up
        before = await self._means.vault.read(lambda tx: tx.relationship(key))
        changes = caught_up | await self._send_due(key)
        relationship, resting = await self._means.vault.read(lambda tx: _with_rest(tx, key))
        if before is None or relationship is None or not relationship.address:
            return changes
        if is_quiet(before) and resting:
            return changes
        more = True
        while more:
            arrived, more = await self._look(key, wait, wake)
            changes |= arrived
            wait = 0
        return changes | await self._send_due(key)

    async def _catch_up(self, key: RelationshipId) -> tuple[Changes, bool]:
        """Learn what was said since a vault was brought back, before anything is sealed; whether all of it is here."""
        async with self._locks.setdefault(key, asyncio.Lock()):
            if not await self._means.vault.read(lambda tx: is_behind(tx, key)):
                return Changes(), True
            try:
                return await catch_up(self._means, key), True
            except ChannelError as error:
                return await self._trouble(key, error.code, error.retry_after), False
            except HistoryDiffers as error:
                return await self._trouble(key, error.code, None), False

    async def _send_due(self, key: RelationshipId) -> Changes:
        async with self._locks.setdefault(key, asyncio.Lock()):
            changes = Changes()
            while (entry := await self._next_due(key)) is not None:
                changes |= await self._seal(entry)
            return changes | await deliver(self._means, key, self._tried)

    async def _next_due(self, key: RelationshipId) -> OutboxEntry | None:
        now = self._means.clock.now()
        return await self._means.vault.read(lambda tx: next_due(tx, key, now))

    async def _seal(self, entry: OutboxEntry) -> Changes:
        means = self._means
        try:
            changes = await means.vault.write(lambda tx: seal_act(tx, means, entry))
        except VaultTrouble:
            raise
        except (DomainError, ProtocolError, ServiceError) as error:
            code = error.code
            return await means.vault.write(lambda tx: give_up(tx, means, entry, code))
        self._tried.add(entry.id)
        return changes

    async def _look(self, key: RelationshipId, wait: int, wake: asyncio.Event | None) -> tuple[Changes, bool]:
        means = self._means
        relationship, secret = await means.vault.read(lambda tx: (tx.relationship(key), tx.read_secret(key)))
        if relationship is None:
            return Changes(), False
        try:
            inbound = await self._ask(relationship, secret, wait, wake)
        except ChannelError as error:
            return await self._trouble(key, error.code, error.retry_after), False
        changes = Changes()
        for received in inbound.messages if inbound else ():
            try:
                changes |= await self._take_in(key, received)
            except VaultTrouble:
                raise
            except ChannelError as error:
                return changes | await self._trouble(key, error.code, error.retry_after), False
            except (ProtocolError, CanonError, DomainError, ServiceError) as error:
                return changes | await self._trouble(key, error.code, None, signed=True), False
        if inbound is not None:
            await self._calm(key, inbound)
        # A list that repeats what is here already brings nothing more, whatever it says.
        return changes, inbound is not None and inbound.more and bool(changes.things)

    async def _ask(
        self, relationship: Relationship, secret: str, wait: int, wake: asyncio.Event | None
    ) -> Inbound | None:
        """What the vendor has; None when something to send came up while the question was held open."""
        expecting = relationship.conversation.state in EXPECTING
        held = wait if expecting else 0
        question = self._means.channels["native"].fetch(
            relationship.address,
            secret=secret,
            side=Side.VENDOR.value,
            after=(relationship.conversation.peer.seq, relationship.conversation.own.seq),
            wait=held,
            line=relationship.id,
        )
        if wake is None or not held:
            return await question
        asking, woken = asyncio.ensure_future(question), asyncio.ensure_future(wake.wait())
        try:
            await asyncio.wait({asking, woken}, return_when=asyncio.FIRST_COMPLETED)
            return asking.result() if asking.done() else None
        finally:
            asking.cancel()
            woken.cancel()
            await asyncio.gather(asking, woken, return_exceptions=True)

    async def _take_in(self, key: RelationshipId, received: Received) -> Changes:
        """Take one message in; under a key that is new, after the vendor's card has vouched for it."""
        means = self._means
        try:
            return await means.vault.write(lambda tx: take_in(tx, means, key, received))
        except BadSignature:
            jws = Envelope.from_bytes(received.envelope).jws
            if not await means.vault.read(lambda tx: is_unknown_key(jws, tx, key)):
                raise
        moved = await follow_key(means, key)
        return moved | await means.vault.write(lambda tx: take_in(tx, means, key, received))

    async def _calm(self, key: RelationshipId, inbound: Inbound) -> None:
        """Remember when the vendor wants to be asked again; with news, ask again at once."""
        self._misses.pop(key, None)
        if inbound.messages:
            return
        wish = inbound.retry_after if inbound.retry_after is not None else ASK_AGAIN
        pause = wish * self._means.random.uniform(1.0, 1.2)
        until = self._means.clock.now() + timedelta(seconds=pause)

        def change(tx: Transaction) -> None:
            current = tx.relationship(key)
            if current is not None:
                tx.save_relationship(replace(current, poll_after=until, trouble=standing(current.trouble, "")))

        await self._means.vault.write(change)

    async def _trouble(
        self, key: RelationshipId, code: str, retry_after: int | None, *, signed: bool = False
    ) -> Changes:
        """Note a difficulty and ask later. Only what the vendor signed can break off a conversation."""
        means, now = self._means, self._means.clock.now()
        misses = self._misses.get(key, 0)
        self._misses[key] = misses + 1
        grown = min(TROUBLE_PAUSE * 2.0 ** min(misses, 12), LONGEST_PAUSE)
        pause = timedelta(seconds=max(grown, float(retry_after or 0)) * self._means.random.uniform(1.0, 1.2))

        def change(tx: Transaction) -> Changes:
            current = tx.relationship(key)
            if current is None:
                return Changes()
            breaks = signed and code in BREAKING and current.state is not RelationshipState.ENDING
            state = RelationshipState.BROKEN if breaks else current.state
            if breaks:  # what is held would go to somebody who does not keep the protocol
                for entry in tx.acts(states=frozenset({ActState.HELD}), relationship=key):
                    give_up(tx, means, entry, code)
            trouble = standing(current.trouble, code)
            tx.save_relationship(replace(current, trouble=trouble, poll_after=now + pause, state=state))
            if current.trouble == trouble:
                return Changes()
            tx.add_note(Note(relationship=key, at=now, sender=Side.PERSON, kind="trouble", text=code))
            return Changes.of(("relationship", key))

        return await self._means.vault.write(change)


async def _rest(wake: asyncio.Event, seconds: float) -> None:
    """Wait, but no longer than until there is something new."""
    try:
        async with asyncio.timeout(seconds):
            await wake.wait()
    except TimeoutError:
        return
    finally:
        wake.clear()
