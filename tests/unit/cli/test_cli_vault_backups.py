"""Kept backups by command, and a check that names what is wrong and ends with 1."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.command_line import PASSPHRASE, CommandLine
from tests.fakes.moving_clock import MovingClock

HEADERS = Path(__file__).parents[2] / "data" / "vaults" / "headers"


def database(vrm: CommandLine) -> Path:
    (found,) = vrm.home.glob("vault*.db")
    return found


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def test_kept_backups_are_listed_compared_and_brought_back_by_name(vrm: CommandLine) -> None:
    assert vrm.json("vault", "backups") == {"backups": []}
    assert vrm.run("vault", "backups", "--compare").output == "No backups are kept yet.\n"
    vrm.json("sync")
    (kept,) = vrm.json("vault", "backups")["backups"]
    assert (kept["why"], kept["verified"], kept["trouble"], kept["counts"]) == ("scheduled", True, None, None)
    vrm.json("profile", "set", "nickname", "Ada")
    vrm.json("sync")
    (kept,) = vrm.json("vault", "backups", "--compare")["backups"]
    assert (kept["missing"], kept["unknown"]) == ({"profile_fields": 1}, [])
    assert kept["counts"]["profile_fields"] == 0
    assert "lacks 1 entry" in vrm.run("vault", "backups", "--compare").output
    vrm.json("vault", "restore", Path(kept["id"]).name)
    assert vrm.json("profile", "show")["fields"] == []


def test_the_newest_good_backup_comes_back_over_a_damaged_vault(vrm: CommandLine) -> None:
    assert vrm.run("--json", "vault", "restore", "--newest").json["error"]["id"] == "no-backup"
    vrm.json("profile", "set", "nickname", "Ada")
    vrm.json("sync")
    for name in ("vault.hdr", "vault.hdr.bak"):
        (vrm.home / name).write_bytes(b"{")
    database(vrm).write_bytes(b"")
    back = vrm.json("vault", "restore", "--newest")["backup"]
    assert Path(back["aside"]).is_dir()
    assert [one["value"] for one in vrm.json("profile", "show")["fields"]] == ["Ada"]


def cut_in_half(vrm: CommandLine) -> None:
    path = database(vrm)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 8192 * 4096])


DAMAGE: tuple[tuple[str, str, Callable[[CommandLine], object]], ...] = (
    ("salt", "salt", lambda vrm: flip(database(vrm), 3)),
    ("page", "cipher", lambda vrm: flip(database(vrm), 4096 * 9 + 5)),
    ("absent", "opening", lambda vrm: database(vrm).unlink()),
    ("empty", "opening", lambda vrm: database(vrm).write_bytes(b"")),
    ("half", "opening", cut_in_half),
    ("plaintext", "opening", lambda vrm: database(vrm).write_bytes(b"SQLite format 3\0" + bytes(8176))),
    ("header", "header", lambda vrm: flip(vrm.home / "vault.hdr", 100)),
    ("previous", "previous-header", lambda vrm: flip(vrm.home / "vault.hdr.bak", 100)),
)


@pytest.mark.parametrize(("check", "damage"), [one[1:] for one in DAMAGE], ids=[one[0] for one in DAMAGE])
def test_a_check_ends_with_one_and_names_what_is_wrong(
    vrm: CommandLine, check: str, damage: Callable[[CommandLine], object]
) -> None:
    file = database(vrm)
    damage(vrm)
    ran = vrm.run("--json", "vault", "check")
    assert ran.status == 1
    assert (ran.json["vault"]["sound"], ran.json["vault"]["file"]) == (False, str(file))
    wrong = [one["id"] for one in ran.json["checks"] if not one["sound"]]
    assert check in wrong
    told = "all your things are sound" if check.endswith("header") else "`vrm vault restore --newest`"
    assert told in ran.told
    assert all(one["detail"] for one in ran.json["checks"] if not one["sound"])


def test_a_vault_of_a_newer_version_says_what_it_needs(vrm: CommandLine) -> None:
    for name in ("vault.hdr", "vault.hdr.bak"):
        shutil.copy(HEADERS / "newer-format-2.hdr", vrm.home / name)
    ran = vrm.run("--json", "profile", "show")
    assert (ran.status, ran.json["error"]["id"]) == (1, "vault-too-new")
    assert "knows header format 2" in ran.told


def test_after_several_wrong_passphrases_the_wait_is_told(vrm: CommandLine) -> None:
    vrm = replace(vrm, clock=MovingClock())  # however long it all takes, no time passes between two tries
    vrm.key_file.write_text("wrong")
    for _ in range(3):
        assert vrm.run("profile", "show").told.count("\n") == 1
    told = vrm.run("profile", "show").told
    assert told.startswith("After several wrong passphrases, this waits 1 second.\n")
    vrm.key_file.write_text(PASSPHRASE)
    assert vrm.run("profile", "show").status == 0
