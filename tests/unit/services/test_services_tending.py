"""Conversations that are tended: they go on by themselves, wake for what is new, and outlive a vault that refuses."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import pytest

from tests.fakes.lying_vendor import LyingVendor, Talk, a_lying_vendor, honest
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import Person, a_person
from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import State
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.messages import AnyMessage
from vrm_desktop.services import accept_offer, collect_offers, compare_offers, exchange, send_intentcast
from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.exchange import Exchange
from vrm_desktop.services.ports import Changes, Transaction, Vault

T = TypeVar("T")
PATIENCE = 60.0
SOON = 15.0
"""Seconds within which a question that is held open for twenty does not end by itself."""


@dataclass(slots=True)
class RefusingVault:
    """The real vault, but the next `refusals` writes end with this code."""

    vault: Vault
    refusals: int = 0
    code: str = "disk-full"

    async def write(self, change: Callable[[Transaction], T]) -> T:
        if self.refusals:
            self.refusals -= 1
            raise VaultTrouble(self.code)
        return await self.vault.write(change)

    async def read(self, look: Callable[[Transaction], T]) -> T:
        return await self.vault.read(look)


async def until(person: Person, key: RelationshipId, state: State) -> Changes:
    """Follow the changes until the conversation stands there."""
    end = time.monotonic() + PATIENCE
    every = Changes()
    while (await person.file(key)).relationship.conversation.state is not state:
        left = end - time.monotonic()
        assert left > 0, (await person.file(key)).relationship
        every |= await person.exchange.next_changes(left)
    return every


def test_a_tended_cast_goes_on_to_offers_and_wakes_for_the_accept(tmp_path: Path) -> None:
    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as vendor, a_person(tmp_path / "home", clock) as person:
            await person.knows()
            want, (key,) = await person.casts(vendor.url)
            person.exchange.tend((key,))
            changes = await until(person, key, State.OFFERED)
            assert ("intentcast", want) in changes.things
            (row,) = (await compare_offers.compare(person.means, want)).ranked
            await accept_offer.accept(person.means, row.offer.id)
            began = time.monotonic()
            person.exchange.tend((key,))
            await until(person, key, State.CONFIRMED)
            assert time.monotonic() - began < SOON
            assert (await person.exchange.next_changes(0.01)).things <= changes.things | {("relationship", key)}

    asyncio.run(body())


def test_something_to_send_cuts_a_question_that_is_held_open_short(tmp_path: Path) -> None:
    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as vendor, a_person(tmp_path / "home", clock) as person:
            asked = asyncio.Event()
            vendor.script = _silent_until_withdrawn

            async def hold(request: str, body: bytes, writer: asyncio.StreamWriter) -> bool:
                if not request.startswith("GET") or vendor.talk.letters:
                    return False
                asked.set()
                await asyncio.sleep(60)
                return True

            await person.knows()
            want, (key,) = await person.casts(vendor.url)
            vendor.answers = hold
            person.exchange.tend((key,))
            async with asyncio.timeout(PATIENCE):
                await asked.wait()
            await send_intentcast.withdraw(person.means, want)
            began = time.monotonic()
            person.exchange.tend((key,))
            await until(person, key, State.ENDED)
            assert time.monotonic() - began < SOON

    asyncio.run(body())


def _silent_until_withdrawn(talk: Talk, message: AnyMessage) -> None:
    if not isinstance(message, messages.Ping):
        honest(talk, message)


def test_a_full_disk_loses_no_act_and_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "TROUBLE_PAUSE", 0.05)

    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as vendor, a_person(tmp_path / "home", clock) as person:
            await person.knows()
            _, (key,) = await person.casts(vendor.url)
            refusing = RefusingVault(person.means.vault, refusals=3)
            person.means = replace(person.means, vault=refusing)
            person.exchange = Exchange(person.means)
            with pytest.raises(VaultTrouble):
                await collect_offers.sync_once(person.means, person.exchange)
            (entry,) = (await person.file(key)).waiting
            assert entry.state is ActState.HELD, "a refusal of the vault is no reason to give an act up"
            person.exchange.tend((key,))
            changes = await until(person, key, State.OFFERED)
            assert ("vault", "disk-full") in changes.things
            assert refusing.refusals == 0
            await person.exchange.close()

    asyncio.run(body())


def test_tending_ends_quietly_with_the_vault_and_with_the_conversation(tmp_path: Path) -> None:
    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as vendor, a_person(tmp_path / "home", clock) as person:
            await person.knows()
            _, (key,) = await person.casts(vendor.url)
            closed = RefusingVault(person.means.vault, refusals=1, code="vault-closed")
            locked = Exchange(replace(person.means, vault=closed))
            locked.tend((key,))
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*locked._tasks.values())
            vendor.script = _declining
            person.exchange.tend((key, RelationshipId("rel-none")))
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*person.exchange._tasks.values())
            assert (await person.file(key)).relationship.conversation.state is State.DECLINED
            assert not (await person.exchange.one_pass(RelationshipId("rel-none"))).things

    asyncio.run(body())


def _declining(talk: Talk, message: AnyMessage) -> None:
    if isinstance(message, messages.Ping):
        talk.say(messages.TermsAnswer(**talk.claims(), answer="decline", reason="busy"))


def test_a_vendor_that_says_nothing_is_not_asked_all_the_time(tmp_path: Path) -> None:
    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as vendor, a_person(tmp_path / "home", clock) as person:
            vendor.script = _silent_until_withdrawn
            await person.knows()
            _, (key,) = await person.casts(vendor.url)
            person.exchange.tend((key,))
            await person.exchange.next_changes(PATIENCE)
            async with asyncio.timeout(PATIENCE):
                while await person.exchange._pause(key) == 0.0:  # noqa: ASYNC110 - until the question found nothing
                    await asyncio.sleep(0.01)
            before = _questions(vendor)
            assert before >= 1
            await person.exchange.next_changes(1.5)
            assert _questions(vendor) - before <= 1
            pause = await person.exchange._pause(key)
            assert pause is not None
            assert pause >= 5

    asyncio.run(body())


def _questions(vendor: LyingVendor) -> int:
    return sum(request.startswith(b"GET /i/") for request in vendor.requests)
