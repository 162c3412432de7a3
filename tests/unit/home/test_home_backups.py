"""Backups by hand and by themselves: when they are due, where they go, what is known of each."""

import asyncio
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.dwelling import WORDS, Dwelling, refusal
from tests.fakes.keyrings import as_it_is
from tests.fakes.vault_parts import NOON
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.services import keep_profile
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_vault import BackupSchedule, KeptBackup, Rhythm
from vrm_desktop.services.schedule_backups import is_due

DAILY = BackupSchedule()
OFF = BackupSchedule(rhythm=Rhythm.OFF)


async def change(home: OpenHome, times: int) -> None:
    for number in range(times):
        await keep_profile.set_field(home.means, FieldPath.NICKNAME, f"Ada {number}")


@pytest.mark.parametrize(
    ("schedule", "days", "changes", "due"),
    [
        (OFF, None, 10**6, False),
        (DAILY, None, 0, True),
        (DAILY, 0, 0, False),
        (DAILY, 1, 0, True),
        (DAILY, -1, 0, True),
        (BackupSchedule(rhythm=Rhythm.WEEKLY), 6, 0, False),
        (BackupSchedule(rhythm=Rhythm.WEEKLY), 7, 0, True),
        (BackupSchedule(rhythm=Rhythm.CHANGES, changes=5), 400, 4, False),
        (BackupSchedule(rhythm=Rhythm.CHANGES, changes=5), None, 4, False),
        (BackupSchedule(rhythm=Rhythm.CHANGES, changes=5), 0, 5, True),
    ],
)
def test_when_a_backup_is_due(schedule: BackupSchedule, days: int | None, changes: int, due: bool) -> None:  # noqa: FBT001 - what is expected
    last = None if days is None else NOON - timedelta(days=days)
    assert is_due(schedule, last=last, changes=changes, now=NOON) is due


@pytest.mark.parametrize(
    "wrong", [{"changes": 0}, {"changes": 100_001}, {"kept": 0}, {"kept": 366}, {"folder": "relative"}]
)
def test_an_impossible_schedule_is_not_built(wrong: dict[str, int]) -> None:
    with pytest.raises(InvalidValue):
        BackupSchedule(**wrong)  # type: ignore[arg-type]  # wrong on purpose


def test_one_is_made_each_day_and_none_in_between(dwelling: Dwelling) -> None:
    async def two_days(home: OpenHome) -> list[KeptBackup | None]:
        made = [await home.keeping.back_up_if_due(), await home.keeping.back_up_if_due()]
        dwelling.clock.move(days=1)
        return [*made, await home.keeping.back_up_if_due()]

    first, between, second = dwelling.at_home(two_days)
    assert first is not None
    assert second is not None
    assert (first.why, between) == ("scheduled", None)
    assert first.counts is not None
    assert second.file.exists()


def test_changes_are_counted_also_over_sessions(dwelling: Dwelling) -> None:
    async def begin(home: OpenHome) -> None:
        await home.keeping.set_schedule(BackupSchedule(rhythm=Rhythm.CHANGES, changes=5))
        await change(home, 3)
        assert await home.keeping.back_up_if_due() is None

    async def go_on(home: OpenHome) -> None:
        assert await home.keeping.back_up_if_due() is None
        await change(home, 2)
        assert await home.keeping.back_up_if_due() is not None
        assert await home.keeping.back_up_if_due() is None

    dwelling.at_home(begin)
    dwelling.at_home(go_on)


def test_the_schedule_is_kept_and_an_unreadable_one_is_the_usual(dwelling: Dwelling, tmp_path: Path) -> None:
    chosen = BackupSchedule(rhythm=Rhythm.WEEKLY, changes=7, kept=30, folder=str(tmp_path))
    dwelling.inside(lambda keeping: keeping.set_schedule(chosen))
    assert dwelling.inside(lambda keeping: keeping.schedule()) == chosen

    async def spoil(home: OpenHome) -> BackupSchedule:
        await home.means.vault.write(lambda tx: tx.set_setting("backup-rhythm", "at full moon"))
        return await home.keeping.schedule()

    assert dwelling.at_home(spoil) == BackupSchedule()


def test_a_second_one_goes_to_the_second_folder(dwelling: Dwelling, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    schedule = BackupSchedule(folder=str(stick))
    assert refusal(lambda: dwelling.inside(lambda keeping: keeping.set_schedule(schedule))) == "backup-folder-missing"
    stick.mkdir()
    dwelling.inside(lambda keeping: keeping.set_schedule(schedule))
    made = dwelling.inside(lambda keeping: keeping.back_up_now())
    (second,) = stick.glob("*.vrm-backup")
    listed = dwelling.inside(lambda keeping: keeping.backups())
    assert {one.file for one in listed} == {made.file, second}
    dwelling.house.restore(tmp_path / "elsewhere", WORDS, second)


def test_the_vault_s_own_folder_as_the_second_makes_no_second_one(dwelling: Dwelling) -> None:
    own = dwelling.place / "backups"
    own.mkdir()
    dwelling.inside(lambda keeping: keeping.set_schedule(BackupSchedule(folder=str(own))))
    dwelling.inside(lambda keeping: keeping.back_up_now())
    assert len(list(own.glob("*.vrm-backup"))) == 1


def test_an_unplugged_disk_is_told_and_the_own_backup_is_made(dwelling: Dwelling, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    async def unplugged(home: OpenHome) -> str:
        await home.keeping.set_schedule(BackupSchedule(folder=str(stick)))
        stick.rmdir()
        assert await home.keeping.back_up_if_due() is None
        return home.keeping.backup_trouble

    assert dwelling.at_home(unplugged) == "backup-folder-missing"
    assert not stick.exists()
    assert len(dwelling.house.backups(dwelling.place)) == 1
    assert refusal(lambda: dwelling.inside(lambda keeping: keeping.back_up_now())) == "backup-folder-missing"


def test_a_trouble_is_over_once_a_backup_came_through(dwelling: Dwelling) -> None:
    place = dwelling.place / "backups"
    place.write_bytes(b"in the way")

    async def blocked(home: OpenHome) -> tuple[str, str]:
        await home.keeping.back_up_if_due()
        before = home.keeping.backup_trouble
        place.unlink()
        await home.keeping.back_up_if_due()
        return before, home.keeping.backup_trouble

    assert dwelling.at_home(blocked) == ("disk-failed", "")


def test_as_many_days_are_kept_as_chosen(dwelling: Dwelling) -> None:
    async def many_days(home: OpenHome) -> int:
        await home.keeping.set_schedule(BackupSchedule(kept=2))
        for _ in range(5):
            await home.keeping.back_up_if_due()
            dwelling.clock.move(days=1)
        return len(await home.keeping.backups())

    assert dwelling.at_home(many_days) == 2


def test_what_is_known_of_each_backup(dwelling: Dwelling) -> None:
    async def look(home: OpenHome) -> tuple[KeptBackup, ...]:
        await home.keeping.back_up_now()
        dwelling.clock.move(days=1)
        await home.keeping.rotate_key(WORDS)
        last = await home.keeping.last_backup()
        assert last is not None
        assert last.why == "before-rotation"
        dwelling.clock.move(days=1)
        newest = await home.keeping.back_up_now()
        data = bytearray(newest.file.read_bytes())
        data[-100] ^= 1
        newest.file.write_bytes(data)
        return await home.keeping.backups()

    damaged, before, oldest = dwelling.at_home(look)
    assert (damaged.trouble, damaged.counts) == ("backup-damaged", None)
    assert (before.trouble, before.counts) == ("", None)  # whole, but sealed under the key of before
    assert (oldest.trouble, oldest.counts) == ("", None)


def test_one_file_by_hand_replaces_nothing(dwelling: Dwelling, tmp_path: Path) -> None:
    file = tmp_path / "mine"
    report = dwelling.inside(lambda keeping: keeping.back_up_to(file))
    assert report.counts["vault_info"] == 1
    assert refusal(lambda: dwelling.inside(lambda keeping: keeping.back_up_to(file))) == "name-taken"


def test_while_it_is_open_backups_are_made_by_themselves(dwelling: Dwelling) -> None:
    async def wait_for_two() -> None:
        async with dwelling.house.open(dwelling.place, WORDS, backs_up=True) as home, asyncio.timeout(60):
            for count in (1, 2):
                while len(await home.keeping.backups()) < count:  # noqa: ASYNC110 - made by another task of the vault
                    await asyncio.sleep(0.01)
                dwelling.clock.move(days=1)

    asyncio.run(wait_for_two())


def test_closing_waits_for_an_act_whose_caller_was_cancelled(dwelling: Dwelling) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(asked: str, value: object) -> object:
        begun.set()
        go_on.wait(30)
        return as_it_is(asked, value)

    async def leave_early() -> None:
        async with dwelling.house.open(dwelling.place, WORDS) as home:
            task = asyncio.create_task(home.keeping.keyring_on(WORDS))
            await asyncio.to_thread(begun.wait, 30)
            task.cancel()
            asyncio.get_running_loop().call_later(0.05, go_on.set)

    dwelling.code()
    dwelling.keyring.mood = slow
    asyncio.run(leave_early())
    dwelling.keyring.mood = as_it_is
    assert dwelling.opens_with_keyring()


def test_a_backup_made_after_the_clock_was_set_back_is_not_let_go_at_once(dwelling: Dwelling) -> None:
    dwelling.inside(lambda keeping: keeping.back_up_now())
    dwelling.clock.move(seconds=-3600)
    made = dwelling.inside(lambda keeping: keeping.back_up_now())
    assert made.file.exists()


def test_an_open_vault_is_checked_where_it_is(dwelling: Dwelling) -> None:
    report = dwelling.inside(lambda keeping: keeping.check())
    assert report.sound
    assert report.file == dwelling.place / "vault.db"
