"""What is being written is kept word for word, for the want it is about, and forgotten when it says nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from hypothesis import given

from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import WANT, Person, a_person
from tests.fakes.strategies import records
from vrm_desktop.canon import records as stored
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.want_draft import WantDraft
from vrm_desktop.services.unfinished_want import UnfinishedWant, keep, unfinished

OLD = IntentcastId("want-1")


def run(folder: Path, job: Callable[[Person], Awaitable[None]]) -> None:
    async def body() -> None:
        async with a_person(folder / "home", MovingClock()) as person:
            await job(person)

    asyncio.run(body())


def test_it_is_kept_for_the_want_it_is_about(tmp_path: Path) -> None:
    async def job(person: Person) -> None:
        assert await unfinished(person.means, None) is None
        await keep(person.means, UnfinishedWant(draft=WANT, want=OLD))
        await keep(person.means, UnfinishedWant(draft=WANT, want=OLD))
        assert await unfinished(person.means, OLD) == WANT
        assert await unfinished(person.means, None) is None

    run(tmp_path, job)


@pytest.mark.parametrize("nothing", [None, UnfinishedWant(draft=WantDraft())], ids=["none", "empty"])
def test_nothing_forgets_it(tmp_path: Path, nothing: UnfinishedWant | None) -> None:
    async def job(person: Person) -> None:
        await keep(person.means, UnfinishedWant(draft=WANT))
        await keep(person.means, nothing)
        assert await unfinished(person.means, None) is None

    run(tmp_path, job)


def test_what_cannot_be_read_any_more_is_gone(tmp_path: Path) -> None:
    async def job(person: Person) -> None:
        await person.means.vault.write(lambda tx: tx.set_setting("unfinished-want", "{}"))
        assert await unfinished(person.means, None) is None
        await person.means.vault.write(lambda tx: tx.set_setting("unfinished-want", "nonsense"))
        assert await unfinished(person.means, None) is None

    run(tmp_path, job)


@given(draft=records(WantDraft))
def test_any_draft_comes_back(draft: WantDraft) -> None:
    kept = UnfinishedWant(draft=draft)
    assert stored.from_bytes(stored.to_bytes(kept), UnfinishedWant) == kept
