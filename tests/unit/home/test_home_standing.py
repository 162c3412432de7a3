"""What can be told about a home before anybody unlocks it, and what its backups would bring back."""

import asyncio
import shutil
from pathlib import Path

import pytest

from tests.fakes.dwelling import WORDS, Dwelling, refusal
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.services import keep_profile
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_vault import Keeping, OpeningNotes
from vrm_desktop.services.standing import State
from vrm_desktop.services.ways_in import AskKeyring, WayKind

HEADERS = Path(__file__).parents[2] / "data" / "vaults" / "headers"


async def add_a_field(home: OpenHome) -> None:
    await keep_profile.set_field(home.means, FieldPath.NICKNAME, "Ada")


def database(dwelling: Dwelling) -> Path:
    (found,) = dwelling.place.glob("vault*.db")
    return found


def test_an_empty_folder_holds_nothing_and_stays_empty(dwelling: Dwelling, tmp_path: Path) -> None:
    for folder in (tmp_path / "none", tmp_path / "empty"):
        assert dwelling.house.standing(folder).state is State.NOTHING
        assert dwelling.house.ways(folder) == ()
    assert not (tmp_path / "none").exists()


def test_a_sound_vault_tells_its_ways_and_backups(dwelling: Dwelling) -> None:
    dwelling.code()
    dwelling.inside(lambda keeping: keeping.back_up_now())
    found = dwelling.house.standing(dwelling.place)
    assert (found.state, found.heals, found.held) == (State.SOUND, False, False)
    assert [way.kind for way in found.ways] == [WayKind.PASSPHRASE, WayKind.RECOVERY]
    assert [(one.why, one.made, one.trouble) for one in found.backups] == [("by-hand", dwelling.clock.now(), "")]


def test_a_vault_that_somebody_has_open_is_held_and_is_not_disturbed(dwelling: Dwelling) -> None:
    async def look_while_open() -> None:
        async with dwelling.house.open(dwelling.place, WORDS) as home:
            assert (await asyncio.to_thread(dwelling.house.standing, dwelling.place)).held
            await add_a_field(home)

    asyncio.run(look_while_open())
    assert not dwelling.house.standing(dwelling.place).held


def test_a_damaged_key_file_heals_from_its_copy(dwelling: Dwelling) -> None:
    (dwelling.place / "vault.hdr").write_bytes(b"{")
    found = dwelling.house.standing(dwelling.place)
    assert (found.state, found.heals) == (State.SOUND, True)
    assert dwelling.inside(notes).header_healed
    assert not dwelling.house.standing(dwelling.place).heals


async def notes(keeping: Keeping) -> OpeningNotes:
    return keeping.notes


def test_two_damaged_key_files_leave_the_backups(dwelling: Dwelling) -> None:
    dwelling.inside(lambda keeping: keeping.back_up_now())
    for name in ("vault.hdr", "vault.hdr.bak"):
        (dwelling.place / name).write_bytes(b"{")
    found = dwelling.house.standing(dwelling.place)
    assert (found.state, found.ways, len(found.backups)) == (State.HEADER_DAMAGED, (), 1)
    assert dwelling.house.ways(dwelling.place) == ()
    (point,) = dwelling.house.survey(dwelling.place, WORDS)
    assert point.backup.trouble == ""
    dwelling.house.restore(dwelling.place, WORDS, point.backup.file)
    assert dwelling.opens(WORDS)


def test_a_newer_vault_says_what_it_needs(dwelling: Dwelling) -> None:
    for name in ("vault.hdr", "vault.hdr.bak"):
        shutil.copy(HEADERS / "newer-format-2.hdr", dwelling.place / name)
    found = dwelling.house.standing(dwelling.place)
    assert (found.state, found.needs) == (State.TOO_NEW, "header format 2")
    assert refusal(lambda: dwelling.house.check(dwelling.place, WORDS)) == "vault-too-new"


@pytest.mark.parametrize("left", [None, 0, 100, 5000])
def test_a_database_that_is_absent_empty_or_cut_is_damaged(dwelling: Dwelling, left: int | None) -> None:
    path = database(dwelling)
    if left is None:
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:left])
    assert dwelling.house.standing(dwelling.place).state is State.DATABASE_DAMAGED


def test_a_creation_that_was_cut_off_is_sound(dwelling: Dwelling) -> None:
    path = database(dwelling)
    path.rename(path.with_name(path.name + ".new"))
    assert dwelling.house.standing(dwelling.place).state is State.SOUND
    assert dwelling.opens(WORDS)


def test_each_backup_says_what_it_would_lack(dwelling: Dwelling) -> None:
    dwelling.inside(lambda keeping: keeping.back_up_now())
    dwelling.at_home(add_a_field)
    dwelling.clock.move(days=1)
    dwelling.inside(lambda keeping: keeping.back_up_now())
    newer, older = dwelling.house.survey(dwelling.place, WORDS)
    assert (newer.missing, older.missing) == ({}, {"profile_fields": 1})
    assert newer.backup.counts is not None
    assert newer.backup.counts["profile_fields"] == 1
    path = database(dwelling)
    path.write_bytes(b"\x5a" * path.stat().st_size)
    newer, older = dwelling.house.survey(dwelling.place, WORDS)
    assert "profile_fields" in older.unknown
    assert older.missing == {}


def test_a_survey_with_a_wrong_passphrase_is_a_wrong_try(dwelling: Dwelling) -> None:
    assert dwelling.house.survey(dwelling.place, "wrong") == ()
    dwelling.inside(lambda keeping: keeping.back_up_now())
    for _ in range(4):
        assert refusal(lambda: dwelling.house.survey(dwelling.place, "wrong")) == "wrong-passphrase"
    assert dwelling.waited == [1.0]


def test_a_damaged_backup_says_so_and_the_others_stay_good(dwelling: Dwelling) -> None:
    first = dwelling.inside(lambda keeping: keeping.back_up_now())
    dwelling.clock.move(days=1)
    second = dwelling.inside(lambda keeping: keeping.back_up_now())
    data = bytearray(second.file.read_bytes())
    data[len(data) // 2] ^= 1
    second.file.write_bytes(data)
    points = dwelling.house.survey(dwelling.place, WORDS)
    assert [(one.backup.file, one.backup.trouble, one.backup.counts is None) for one in points] == [
        (second.file, "backup-damaged", True),
        (first.file, "", False),
    ]
    assert refusal(lambda: dwelling.house.restore(dwelling.place, WORDS, second.file)) == "backup-damaged"


def test_a_backup_whose_header_is_damaged_is_refused_whatever_opens(dwelling: Dwelling, tmp_path: Path) -> None:
    file = tmp_path / "mine"
    dwelling.house.back_up(dwelling.place, WORDS, file)
    data = bytearray(file.read_bytes())
    data[60] ^= 1
    file.write_bytes(data)
    for key in (WORDS, AskKeyring()):
        assert refusal(lambda key=key: dwelling.house.restore(dwelling.place, key, file)) == "backup-damaged"  # type: ignore[misc]
