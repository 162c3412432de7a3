"""When nothing gets through: pauses that grow, acts that stay, and honest words on what may be known."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.lying_vendor import a_lying_vendor
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import Person, a_person
from tests.fakes.quiet_channel import QuietChannel, unreached
from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.ids import IntentcastId, RelationshipId
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.services import collect_offers, end_relationship, keep_relationship, send_intentcast
from vrm_desktop.services.errors import NotPossibleNow
from vrm_desktop.services.exchange import Exchange

Job = Callable[[Person, QuietChannel, IntentcastId, RelationshipId], Awaitable[None]]


def run(folder: Path, job: Job) -> None:
    """A cast to one vendor, whose program is then never reached again."""

    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as vendor, a_person(folder / "home", clock) as person:
            await person.knows()
            want, (key,) = await person.casts(vendor.url)
            channel = QuietChannel()
            restart(person, channel)
            await job(person, channel, want, key)

    asyncio.run(body())


def restart(person: Person, channel: QuietChannel) -> None:
    """Begin with an exchange that knows of no earlier attempt, as the program's next start does."""
    person.means = replace(person.means, channels={"native": channel})
    person.exchange = Exchange(person.means)


def test_tries_grow_apart_up_to_an_hour_and_carry_the_same_bytes(tmp_path: Path) -> None:
    async def job(person: Person, channel: QuietChannel, want: IntentcastId, key: RelationshipId) -> None:
        pauses = []
        for _ in range(16):
            await collect_offers.sync_once(person.means, person.exchange)
            (entry,) = (await person.file(key)).waiting
            pauses.append((entry.not_before - person.clock.now()).total_seconds())
            person.clock.move(seconds=pauses[-1] + 1)
        assert pauses[0] <= 2.4
        assert max(pauses) <= 3600 * 1.2
        assert pauses[-1] >= 3600
        assert all(later > earlier for earlier, later in zip(pauses[:8], pauses[2:10], strict=True))
        assert len(channel.carried) == 16
        assert len(set(channel.carried)) == 1
        assert (await person.notes(key)).count("trouble connect-failed") == 1

    run(tmp_path, job)


def test_a_question_nobody_takes_for_a_week_is_given_up(tmp_path: Path) -> None:
    async def job(person: Person, channel: QuietChannel, want: IntentcastId, key: RelationshipId) -> None:
        await person.settle()
        progress = await collect_offers.progress(person.means, want)
        assert progress.failed == 1
        assert not progress.all_answered, "it is still tried"
        assert await collect_offers.expecting(person.means)
        person.clock.move(days=8)
        await person.settle()
        progress = await collect_offers.progress(person.means, want)
        assert progress.vendors[0].answer is collect_offers.Answer.UNREACHABLE
        assert progress.all_answered, "nothing is waited for any more"
        assert not await collect_offers.expecting(person.means)
        assert await collect_offers.active(person.means) == ()
        await end_relationship.end(person.means, key)
        assert (await person.file(key)).relationship.state is RelationshipState.ENDED

    run(tmp_path, job)


def test_what_surely_never_left_is_not_said_to_be_known(tmp_path: Path) -> None:
    async def job(person: Person, channel: QuietChannel, want: IntentcastId, key: RelationshipId) -> None:
        await person.settle()
        assert {row.state for row in (await person.file(key)).disclosures} == {LedgerState.LEAVING}
        await send_intentcast.withdraw(person.means, want)
        file = await person.file(key)
        assert file.waiting == ()
        assert file.relationship.state is RelationshipState.WITHDRAWN

    run(tmp_path, job)


def test_after_a_stop_between_sealing_and_sending_it_may_be_known(tmp_path: Path) -> None:
    async def job(person: Person, channel: QuietChannel, want: IntentcastId, key: RelationshipId) -> None:
        await person.settle()
        restart(person, channel)
        person.clock.move(seconds=60)
        await person.settle()
        (entry,) = (await person.file(key)).waiting
        assert entry.maybe
        assert {row.state for row in (await person.file(key)).disclosures} == {LedgerState.MAYBE}
        await end_relationship.end(person.means, key)
        file = await person.file(key)
        assert file.relationship.state is RelationshipState.ENDING
        channel.trouble = lambda: unreached("not-served", final=True)
        person.clock.move(seconds=60)
        await person.settle()
        assert (await person.file(key)).relationship.state is RelationshipState.ENDED

    run(tmp_path, job)


def test_the_end_of_a_relationship_is_not_undone_by_a_dead_network(tmp_path: Path) -> None:
    async def job(person: Person, channel: QuietChannel, want: IntentcastId, key: RelationshipId) -> None:
        channel.trouble = lambda: unreached(maybe=True)
        await person.settle()
        await end_relationship.end(person.means, key)
        person.clock.move(seconds=60)
        await person.settle()
        assert (await person.file(key)).relationship.state is RelationshipState.ENDING
        channel.trouble = None
        person.clock.move(days=1)
        await person.settle()
        file = await person.file(key)
        assert file.relationship.state is RelationshipState.ENDING
        assert file.waiting == ()
        assert file.relationship.trouble == ""

    run(tmp_path, job)


def test_a_message_that_is_refused_for_good_is_told_and_not_repeated(tmp_path: Path) -> None:
    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as vendor, a_person(tmp_path / "home", clock) as person:
            await person.knows()
            _, (key,) = await person.casts(vendor.url)
            await person.settle()
            for text in ("", " ", "x" * 4001):
                with pytest.raises(NotPossibleNow):
                    await keep_relationship.say(person.means, key, text)
            channel = QuietChannel(trouble=lambda: unreached("full", final=True))
            restart(person, channel)
            await keep_relationship.say(person.means, key, "hello")
            await person.settle()
            file = await person.file(key)
            assert file.relationship.state is RelationshipState.BROKEN
            assert "trouble full" in await person.notes(key)
            clock.move(days=2)
            await person.settle()
            assert len(channel.carried) == 1
            acts = await person.means.vault.read(lambda tx: tx.acts(states=frozenset({ActState.FAILED})))
            assert [act.trouble for act in acts] == ["full"]

    asyncio.run(body())
