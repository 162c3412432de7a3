"""Making and opening the vault by command: passphrases, exit statuses, one sentence for each refusal."""

import asyncio
import getpass
import io
import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.fakes.command_line import PASSPHRASE, CommandLine
from tests.fakes.vault_parts import CHEAP_KDF
from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.wiring import Home


class Terminal(io.StringIO):
    """Standard input that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def answers(monkeypatch: pytest.MonkeyPatch, *typed: str) -> None:
    """The person at a terminal types these passphrases, then closes the input."""
    waiting: Iterator[str] = iter(typed)

    def ask(_prompt: str) -> str:
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", ask)


def one_sentence(told: str) -> bool:
    return told.endswith(".\n") and told.count("\n") == 1 and ". " not in told


def test_a_vault_is_made_and_found_sound(empty: CommandLine) -> None:
    made = empty.json("vault", "create")
    assert made == {"vault": {"id": str(empty.home), "state": "created"}}
    report = empty.json("vault", "check")
    assert report["vault"]["sound"] is True
    assert report["vault"]["id"] == str(empty.home)
    assert {"id", "sound", "detail"} == set(report["checks"][0])
    told = empty.run("vault", "check")
    assert (told.status, told.output.splitlines()[-1]) == (0, "Your vault is sound.")


def test_a_vault_is_never_made_over_another(vrm: CommandLine) -> None:
    again = vrm.run("--json", "vault", "create")
    assert (again.status, again.json["error"]["id"]) == (1, "vault-exists")
    assert one_sentence(again.told)
    assert vrm.run("profile", "show").status == 0


@pytest.mark.parametrize("words", [("vendor", "list"), ("vault", "check"), ("intentcast", "new", "a bike"), ("sync",)])
def test_without_a_vault_every_command_says_so_before_it_asks_for_anything(
    empty: CommandLine, words: tuple[str, ...]
) -> None:
    ran = empty.bare("--home", str(empty.home), "--json", *words)
    assert (ran.status, ran.json["error"]["id"]) == (1, "no-vault")
    assert one_sentence(ran.told)
    assert not empty.home.exists()


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_the_file_loses_one_trailing_line_break(vrm: CommandLine, ending: str) -> None:
    vrm.key_file.write_bytes(PASSPHRASE.encode() + ending.encode())
    assert vrm.run("profile", "show").status == 0


@pytest.mark.parametrize(
    "content", [PASSPHRASE + "\n\n", " " + PASSPHRASE, PASSPHRASE + " ", "wrong", "\ufeff" + PASSPHRASE]
)
def test_anything_else_in_the_file_belongs_to_the_passphrase(vrm: CommandLine, content: str) -> None:
    vrm.key_file.write_bytes(content.encode())
    ran = vrm.run("--json", "profile", "show")
    assert (ran.status, ran.json["error"]["id"]) == (3, "wrong-passphrase")
    assert one_sentence(ran.told)
    assert "wrong" not in ran.output.replace("wrong-passphrase", "")


def test_an_empty_passphrase_file_stays_locked(vrm: CommandLine) -> None:
    vrm.key_file.write_bytes(b"")
    assert vrm.run("profile", "show").status == 3


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"x" * 70_000])
def test_a_passphrase_file_that_cannot_be_used_leaves_the_vault_locked(vrm: CommandLine, content: bytes | None) -> None:
    vrm.key_file.unlink()
    if content is not None:
        vrm.key_file.write_bytes(content)
    ran = vrm.run("--json", "profile", "show")
    assert (ran.status, ran.json["error"]["id"]) == (3, "secret-unreadable")
    assert one_sentence(ran.told)


def test_nothing_is_asked_without_a_terminal(vrm: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    for stdin in (io.StringIO("kümmel oder salz\n"), None):
        monkeypatch.setattr(sys, "stdin", stdin)
        ran = vrm.bare("--home", str(vrm.home), "profile", "show")
        assert (ran.status, ran.output) == (3, "")
        assert one_sentence(ran.told)


def test_at_a_terminal_the_passphrase_is_asked_for(vrm: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, PASSPHRASE)
    assert vrm.bare("--home", str(vrm.home), "profile", "show").status == 0
    answers(monkeypatch, "something else")
    assert vrm.bare("--home", str(vrm.home), "profile", "show").status == 3
    answers(monkeypatch)
    assert vrm.bare("--home", str(vrm.home), "profile", "show").status == 3


def test_a_new_passphrase_is_asked_for_twice(empty: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(monkeypatch, "one thing", "another")
    ran = empty.bare("--home", str(empty.home), "vault", "create")
    assert ran.status == 1
    assert one_sentence(ran.told)
    assert not empty.home.exists()
    answers(monkeypatch, PASSPHRASE, PASSPHRASE)
    assert empty.bare("--home", str(empty.home), "vault", "create").status == 0


def test_home_and_passphrase_file_come_from_the_environment_too(vrm: CommandLine) -> None:
    vrm_by_environment = CommandLine(
        home=vrm.home,
        key_file=vrm.key_file,
        capture=vrm.capture,
        environment={"VRM_HOME": str(vrm.home), "VRM_PASSPHRASE_FILE": str(vrm.key_file)},
    )
    assert vrm_by_environment.bare("profile", "show").status == 0
    elsewhere = vrm_by_environment.bare("--home", str(vrm.home.parent / "elsewhere"), "profile", "show")
    assert elsewhere.status == 1


def test_a_vault_that_is_open_elsewhere_is_not_touched(vrm: CommandLine) -> None:
    async def open_and_try() -> None:
        async with Home(kdf=CHEAP_KDF).open(vrm.home, PASSPHRASE):
            with pytest.raises(VaultTrouble) as refusal:
                async with Home(kdf=CHEAP_KDF).open(vrm.home, PASSPHRASE):
                    raise AssertionError
            assert refusal.value.code == "vault-busy"
            for words in (("profile", "show"), ("vault", "check")):
                ran = await asyncio.to_thread(vrm.run, *words)
                assert ran.status == 1, words
                assert ran.told == (
                    "Your vault is open somewhere else: "
                    "Close the other window, or wait until the other command has ended.\n"
                )

    asyncio.run(open_and_try())


def _damage(path: Path, place: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        before = file.read(16)
        file.seek(place)
        file.write(bytes(byte ^ 0xFF for byte in before))


def test_a_damaged_vault_is_told_in_one_sentence_and_left_as_it_is(vrm: CommandLine) -> None:
    (database,) = vrm.home.glob("*.db")
    _damage(database, 4096 * 2 + 100)
    before = database.read_bytes()
    ran = vrm.run("--json", "vault", "check")
    assert ran.status == 1
    assert one_sentence(ran.told)
    assert database.read_bytes() == before


def test_a_damaged_key_file_is_told_in_one_sentence(vrm: CommandLine) -> None:
    for name in ("vault.hdr", "vault.hdr.bak"):
        if (vrm.home / name).exists():
            (vrm.home / name).write_bytes(b"\x00" * 64)
    ran = vrm.run("--json", "profile", "show")
    assert (ran.status, ran.json["error"]["id"]) == (1, "header-damaged")
    assert one_sentence(ran.told)


def test_a_home_that_cannot_be_made_is_told_in_one_sentence(empty: CommandLine) -> None:
    empty.home.parent.joinpath("file").write_text("x")
    ran = empty.bare(
        "--home", str(empty.home.parent / "file" / "home"), "--passphrase-file", str(empty.key_file), "vault", "create"
    )
    assert ran.status == 1
    assert one_sentence(ran.told)


def test_what_is_in_the_vault_is_not_readable_beside_it(vrm: CommandLine) -> None:
    vrm.run("profile", "set", "name", "Ottilie Zwiebelfisch")
    for path in vrm.home.rglob("*"):
        assert not path.is_file() or b"Zwiebelfisch" not in path.read_bytes()
    (database,) = vrm.home.glob("*.db")
    with closing(sqlite3.connect(database)) as plain, pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM sqlite_master").fetchall()


def test_json_is_one_object_with_people_s_own_letters(vrm: CommandLine) -> None:
    ran = vrm.run("--json", "profile", "set", "name", "Ötti Ångström")
    assert "Ötti Ångström" in ran.output
    assert json.loads(ran.output)["field"]["value"] == "Ötti Ångström"
