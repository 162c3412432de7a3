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
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Side, State
from vrm_desktop.domain.relationship import Note, Relationship, RelationshipState
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.services.deliver_outbox import deliver
from vrm_desktop.services.errors import ServiceError
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, ChannelError, Inbound, Received, Transaction
from vrm_desktop.services.receive_messages import take_in
from vrm_desktop.services.seal_acts import give_up, next_due, seal_act

LONG_POLL = 20
EXPECTING = frozenset({State.ASKED, State.AGREED, State.REVEALED, State.HAGGLING, State.ORDERED, State.ENDING})
CALM = timedelta(minutes=5)
SOON = 1.0
QUIET_STATES = frozenset(
    {
        RelationshipState.DECLINED,
        RelationshipState.REFUSED,
        RelationshipState.ENDED,
        RelationshipState.BROKEN,
    }
)
TROUBLE_PAUSE = timedelta(seconds=15)


class Exchange:
    """Tends conversations while it is open. `next_changes` tells what has changed; nothing ever calls back."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._tasks: dict[RelationshipId, asyncio.Task[None]] = {}
        self._locks: dict[RelationshipId, asyncio.Lock] = {}
        self._wake: dict[RelationshipId, asyncio.Event] = {}
        self._changes: asyncio.Queue[Changes] = asyncio.Queue()

    async def one_pass(self, key: RelationshipId, *, wait: int = 0) -> Changes:
        """Seal, send, and look once for answers (holding the question open for `wait` seconds)."""
        changes = await self._send_due(key)
        relationship = await self._means.vault.read(lambda tx: tx.relationship(key))
        if relationship is None or not relationship.address or relationship.state in QUIET_STATES:
            return changes
        more = True
        while more:
            arrived, more = await self._look(key, wait)
            changes |= arrived
            wait = 0
        return changes | await self._send_due(key)

    def tend(self, keys: Iterable[RelationshipId]) -> None:
        """Keep the conversations of `keys` going until the exchange is closed or they fall quiet.

        One that is tended already looks again at once: call this after anything was put into the outbox.
        """
        for key in keys:
            self._wake.setdefault(key, asyncio.Event()).set()
            task = self._tasks.get(key)
            if task is None or task.done():
                self._tasks[key] = asyncio.create_task(self._keep_going(key), name=f"tend {key}")

    async def next_changes(self, timeout: float) -> Changes:  # noqa: ASYNC109 - an empty answer, not an exception
        """What has changed since the last call, as soon as there is something; empty after `timeout` seconds."""
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
        while True:
            pause = await self._pause(key)
            if pause is None:
                return
            if await self._woken(key, pause):
                continue
            changes = await self.one_pass(key, wait=LONG_POLL)
            if changes.things:
                self._changes.put_nowait(changes)

    async def _woken(self, key: RelationshipId, pause: float) -> bool:
        """Wait `pause` seconds; whether something new cut the waiting short."""
        wake = self._wake[key]
        try:
            async with asyncio.timeout(pause):
                await wake.wait()
        except TimeoutError:
            return False
        wake.clear()
        return True

    async def _pause(self, key: RelationshipId) -> float | None:
        """Seconds until the next pass; None when the conversation has nothing more to say or to hear."""
        now = self._means.clock.now()

        def look(tx: Transaction) -> float | None:
            relationship = tx.relationship(key)
            if relationship is None:
                return None
            waiting = tx.acts(states=frozenset({ActState.HELD, ActState.SEALED}), relationship=key)
            if waiting:
                return max(0.0, (waiting[0].not_before - now).total_seconds())
            if relationship.state in QUIET_STATES or not relationship.address:
                return None
            due = relationship.poll_after or now
            if relationship.conversation.state not in EXPECTING:
                due = max(due, now + CALM)
            return max(0.0, (due - now).total_seconds())

        pause = await self._means.vault.read(look)
        return None if pause is None else pause + self._means.random.uniform(0.0, SOON * 0.2)

    async def _send_due(self, key: RelationshipId) -> Changes:
        async with self._locks.setdefault(key, asyncio.Lock()):
            changes = Changes()
            while (entry := await self._next_due(key)) is not None:
                changes |= await self._seal(entry)
            return changes | await deliver(self._means, key)

    async def _next_due(self, key: RelationshipId) -> OutboxEntry | None:
        now = self._means.clock.now()
        return await self._means.vault.read(lambda tx: next_due(tx, key, now))

    async def _seal(self, entry: OutboxEntry) -> Changes:
        means = self._means
        try:
            return await means.vault.write(lambda tx: seal_act(tx, means, entry))
        except (DomainError, ProtocolError, ServiceError) as error:
            code = error.code
            return await means.vault.write(lambda tx: give_up(tx, means, entry, code))

    async def _look(self, key: RelationshipId, wait: int) -> tuple[Changes, bool]:
        means = self._means
        relationship, secret = await means.vault.read(lambda tx: (tx.relationship(key), tx.read_secret(key)))
        if relationship is None:
            return Changes(), False
        expecting = relationship.conversation.state in EXPECTING
        try:
            inbound = await means.channels["native"].fetch(
                relationship.address,
                secret=secret,
                side=Side.VENDOR.value,
                after=(relationship.conversation.peer.seq, relationship.conversation.own.seq),
                wait=wait if expecting else 0,
                line=relationship.id,
            )
        except ChannelError as error:
            return await self._trouble(relationship, error.code, error.retry_after), False
        changes = Changes()
        for received in inbound.messages:
            try:
                changes |= await self._take_in(key, received)
            except (ProtocolError, CanonError, DomainError) as error:
                return changes | await self._trouble(relationship, error.code, None), False
        await self._calm(key, inbound)
        return changes, inbound.more

    async def _take_in(self, key: RelationshipId, received: Received) -> Changes:
        return await self._means.vault.write(lambda tx: take_in(tx, self._means, key, received))

    async def _calm(self, key: RelationshipId, inbound: Inbound) -> None:
        """Remember when the vendor wants to be asked again; long polls ask again at once."""
        if inbound.messages or inbound.retry_after is None:
            return
        until = self._means.clock.now() + timedelta(seconds=inbound.retry_after)

        def change(tx: Transaction) -> None:
            current = tx.relationship(key)
            if current is not None:
                tx.save_relationship(replace(current, poll_after=until, trouble=""))

        await self._means.vault.write(change)

    async def _trouble(self, relationship: Relationship, code: str, retry_after: int | None) -> Changes:
        now = self._means.clock.now()
        pause = max(TROUBLE_PAUSE, timedelta(seconds=retry_after or 0)) * self._means.random.uniform(1.0, 1.2)

        def change(tx: Transaction) -> Changes:
            current = tx.relationship(relationship.id)
            if current is None:
                return Changes()
            tx.save_relationship(replace(current, trouble=code, poll_after=now + pause))
            if current.trouble == code:
                return Changes()
            tx.add_note(Note(relationship=current.id, at=now, sender=Side.PERSON, kind="trouble", text=code))
            return Changes.of(("relationship", current.id))

        return await self._means.vault.write(change)
