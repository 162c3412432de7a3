"""Unlocking tells how far it is, is called off at any step, and waits after wrong passphrases without ever refusing."""

import asyncio
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.dwelling import WORDS, Dwelling, refusal
from tests.fakes.vault_parts import CHEAP_KDF, at_noon
from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.ways_in import Progress, Stage, TypedCode
from vrm_desktop.vault.migrating import packaged_migrations
from vrm_desktop.vault.secret import Passphrase
from vrm_desktop.vault.vault import create_vault

STEPS = len(packaged_migrations())


@pytest.fixture
def old(tmp_path: Path, dwelling: Dwelling) -> Dwelling:
    """A vault of the first schema."""
    dwelling.place = tmp_path / "old"
    create_vault(
        dwelling.place,
        Passphrase(WORDS),
        kdf=CHEAP_KDF,
        random=secrets.token_bytes,
        clock=at_noon,
        migrations=packaged_migrations()[:1],
    )
    return dwelling


def opened(dwelling: Dwelling, told: Callable[[Progress], None], key: str = WORDS) -> None:
    async def open_once() -> None:
        async with dwelling.house.open(dwelling.place, key, progress=told):
            return

    asyncio.run(open_once())


def test_every_step_is_told_in_order(old: Dwelling) -> None:
    told: list[Progress] = []
    opened(old, told.append)
    assert [one.stage for one in told] == [
        Stage.DERIVING,
        Stage.CHECKING,
        *[Stage.MIGRATING] * STEPS,
        Stage.OPENING,
    ]
    assert [(one.done, one.of) for one in told if one.stage is Stage.MIGRATING] == [
        (done, STEPS - 1) for done in range(STEPS)
    ]
    again: list[Progress] = []
    opened(old, again.append)
    assert [one.stage for one in again] == [Stage.DERIVING, Stage.CHECKING, Stage.OPENING]


@pytest.mark.parametrize("at", range(3 + STEPS))
def test_called_off_at_any_step_nothing_stays_open_and_nothing_is_lost(old: Dwelling, at: int) -> None:
    told: list[Progress] = []

    async def open_and_cancel() -> None:
        loop = asyncio.get_running_loop()
        reached = asyncio.Event()

        def tell(progress: Progress) -> None:
            told.append(progress)
            if len(told) == at + 1:
                loop.call_soon_threadsafe(reached.set)
                loop.call_soon_threadsafe(task.cancel)
                asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result(60)  # until the loop has seen both

        async def hold() -> None:
            async with old.house.open(old.place, WORDS, progress=tell):
                await asyncio.Event().wait()

        task = asyncio.create_task(hold())
        with pytest.raises(asyncio.CancelledError):
            await task
        assert reached.is_set()
        async with old.house.open(old.place, WORDS):  # at once: the lock is free
            pass

    asyncio.run(open_and_cancel())
    assert len(told) == at + 1
    assert old.house.check(old.place, WORDS).sound


def test_cancelled_twice_it_still_leaves_nothing_open(dwelling: Dwelling) -> None:
    async def open_and_cancel() -> None:
        loop = asyncio.get_running_loop()

        def tell(progress: Progress) -> None:
            if progress.stage is Stage.CHECKING:
                for _ in range(2):
                    loop.call_soon_threadsafe(task.cancel)
                    asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result(60)

        async def hold() -> None:
            async with dwelling.house.open(dwelling.place, WORDS, progress=tell):
                raise AssertionError

        task = asyncio.create_task(hold())
        with pytest.raises(asyncio.CancelledError):
            await task
        async with dwelling.house.open(dwelling.place, WORDS):
            pass

    asyncio.run(open_and_cancel())


def test_the_fourth_wrong_passphrase_in_a_row_waits_and_each_further_one_longer(dwelling: Dwelling) -> None:
    for _ in range(3):
        assert not dwelling.opens("wrong")
    assert dwelling.waited == []
    for whole in (1, 2, 4, 8, 16, 30, 30):
        before = sum(dwelling.waited)
        assert not dwelling.opens("wrong")  # each by a program that has just started
        assert sum(dwelling.waited) - before == whole


def test_the_right_one_waits_once_and_then_all_is_forgotten(dwelling: Dwelling) -> None:
    for _ in range(5):
        dwelling.opens("wrong")
    before = sum(dwelling.waited)
    told: list[Progress] = []
    opened(dwelling, told.append)
    assert sum(dwelling.waited) - before == 4
    assert [(one.done, one.of) for one in told if one.stage is Stage.WAITING] == [(0, 4), (1, 4), (2, 4), (3, 4)]
    assert not (dwelling.place / "vault.tries").exists()
    before = sum(dwelling.waited)
    assert not dwelling.opens("wrong")
    assert sum(dwelling.waited) == before


def test_time_that_has_passed_counts(dwelling: Dwelling) -> None:
    for _ in range(6):
        dwelling.opens("wrong")
    dwelling.clock.move(days=1)
    before = sum(dwelling.waited)
    assert dwelling.opens(WORDS)
    assert sum(dwelling.waited) == before


def test_a_clock_that_was_set_back_waits_no_longer(dwelling: Dwelling) -> None:
    for _ in range(6):
        dwelling.opens("wrong")
    dwelling.clock.move(days=-4000)
    before = sum(dwelling.waited)
    assert dwelling.opens(WORDS)
    assert sum(dwelling.waited) - before == 8


def test_the_recovery_code_never_waits(dwelling: Dwelling) -> None:
    code = dwelling.code()
    for _ in range(9):
        dwelling.opens("wrong")
    before = sum(dwelling.waited)
    assert dwelling.opens(code)
    assert not dwelling.opens(TypedCode(dwelling.house.draw_recovery_code().text))
    assert sum(dwelling.waited) == before


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"last":1,"wrong":-1}', b'{"last":1}', b"\xff" * 500, b'{"last":1e9,"wrong":9}']
)
def test_a_count_that_cannot_be_read_keeps_nobody_waiting(dwelling: Dwelling, content: bytes) -> None:
    (dwelling.place / "vault.tries").write_bytes(content)
    assert dwelling.opens(WORDS)
    assert dwelling.waited == []


def test_a_count_that_cannot_be_kept_keeps_nobody_out(dwelling: Dwelling) -> None:
    (dwelling.place / "vault.tries").mkdir()
    for _ in range(5):
        assert not dwelling.opens("wrong")
    assert dwelling.opens(WORDS)


def test_somebody_who_waits_can_call_it_off(dwelling: Dwelling) -> None:
    for _ in range(9):
        dwelling.opens("wrong")

    async def open_and_cancel() -> None:
        loop = asyncio.get_running_loop()

        def tell(progress: Progress) -> None:
            if progress.stage is Stage.WAITING:
                loop.call_soon_threadsafe(task.cancel)
                asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result(60)

        async def hold() -> None:
            async with dwelling.house.open(dwelling.place, WORDS, progress=tell):
                raise AssertionError

        task = asyncio.create_task(hold())
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(open_and_cancel())


def test_a_wrong_passphrase_and_a_damaged_vault_are_two_things(dwelling: Dwelling) -> None:
    (database,) = dwelling.place.glob("vault*.db")
    database.write_bytes(b"\x5a" * database.stat().st_size)
    assert refusal(lambda: opened(dwelling, lambda _: None)) == "vault-damaged"
    assert refusal(lambda: opened(dwelling, lambda _: None, "wrong")) == "wrong-passphrase"
    database.unlink()
    assert refusal(lambda: opened(dwelling, lambda _: None)) == "vault-damaged"


def test_a_damaged_vault_is_no_wrong_try(dwelling: Dwelling) -> None:
    (database,) = dwelling.place.glob("vault*.db")
    database.write_bytes(b"")
    for _ in range(6):
        with pytest.raises(VaultTrouble):
            opened(dwelling, lambda _: None)
    assert dwelling.waited == []
