"""Recovery code and keyring by command: shown once, confirmed, used anywhere, never asked for without a terminal."""

import getpass
import io
import re
import signal
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.command_line import PASSPHRASE, CommandLine
from tests.fakes.keyrings import LIMIT, SORRY, Moods, unsafe_door

Ask = Callable[..., None]


class Terminal(io.StringIO):
    """Standard input that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Sets who answers what is asked: a function from the question to what is typed."""

    def sit_down(answer: Callable[[str], str]) -> None:
        monkeypatch.setattr(sys, "stdin", Terminal())
        monkeypatch.setattr(getpass, "getpass", answer)

    return sit_down


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """No terminal."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))


@pytest.fixture
def keyring() -> Iterator[Moods]:
    """The computer's keyring."""
    found = Moods()
    yield found
    found.released.set()


@pytest.fixture
def on(vrm: CommandLine, keyring: Moods) -> CommandLine:
    """A vault that the keyring opens."""
    vrm = replace(vrm, keyring=keyring.door())
    vrm.json("vault", "recovery-code", "--yes")
    assert vrm.json("vault", "keyring", "on")["vault"]["ways"] == ["passphrase", "recovery", "keyring"]
    return vrm


def opened(vrm: CommandLine, *words: str) -> int:
    """The status of a command that gets no passphrase."""
    return vrm.bare("--home", str(vrm.home), *words, "profile", "show").status


def test_a_code_is_printed_once_and_opens_anywhere(vrm: CommandLine, tmp_path: Path) -> None:
    made = vrm.json("vault", "recovery-code", "--yes")["vault"]
    assert made["state"] == "recovery-code-set"
    assert re.fullmatch(r"([0-9A-Z]{4}-){8}[0-9A-Z]{4}", made["recovery-code"])
    sheet = tmp_path / "sheet"
    sheet.write_text(made["recovery-code"].lower() + "\n")
    assert opened(vrm, "--recovery-code-file", str(sheet)) == 0
    for words in (("vault", "check"), ("vault", "backup", str(tmp_path / "one"))):
        assert vrm.bare("--home", str(vrm.home), "--recovery-code-file", str(sheet), *words).status == 0
    again = vrm.run("vault", "recovery-code", "--yes")
    assert again.output.count("-") >= 8
    assert opened(vrm, "--recovery-code-file", str(sheet)) == 3
    assert vrm.json("vault", "recovery-code", "--remove")["vault"]["ways"] == ["passphrase"]


def test_a_code_goes_into_a_new_file_that_only_its_owner_reads(vrm: CommandLine, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet"
    made = vrm.run("vault", "recovery-code", "--into", str(sheet))
    assert made.status == 0
    assert sheet.read_text().strip() not in made.output + made.told
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    assert opened(vrm, "--recovery-code-file", str(sheet)) == 0
    before = sheet.read_text()
    again = vrm.run("--json", "vault", "recovery-code", "--into", str(sheet))
    assert (again.status, again.json["error"]["id"]) == (1, "file-exists")
    assert sheet.read_text() == before


def test_a_sheet_whose_code_was_not_set_is_gone(vrm: CommandLine, tmp_path: Path) -> None:
    vrm.key_file.write_text("wrong")
    assert vrm.run("vault", "recovery-code", "--into", str(tmp_path / "sheet")).status == 3
    assert not (tmp_path / "sheet").exists()


@pytest.mark.usefixtures("nobody")
def test_without_a_terminal_a_code_is_shown_to_nobody(vrm: CommandLine) -> None:
    ran = vrm.run("--json", "vault", "recovery-code")
    assert (ran.status, ran.json["error"]["id"]) == (1, "no-terminal-for-code")
    ran = vrm.bare("--home", str(vrm.home), "--json", "--recovery-code", "profile", "show")
    assert (ran.status, ran.json["error"]["id"]) == (3, "no-recovery-code")


def test_at_a_terminal_a_part_of_the_code_is_typed_back(vrm: CommandLine, at_a_terminal: Ask) -> None:
    shown: dict[int, str] = {}

    def type_back(question: str) -> str:
        told = vrm.capture.readouterr().err
        shown.update({int(n): group for n, group in re.findall(r"^ +(\d) +([0-9A-Z]{4})$", told, re.MULTILINE)})
        return " ".join(shown[int(number)] for number in re.findall(r"\d", question))

    at_a_terminal(type_back)
    assert vrm.run("vault", "recovery-code").status == 0
    assert len(shown) == 9
    at_a_terminal(lambda _: "-".join(shown[number] for number in range(1, 10)))
    assert opened(vrm, "--recovery-code") == 0
    at_a_terminal(lambda _: "0000 0000")
    ran = vrm.run("--json", "vault", "recovery-code")
    assert (ran.status, ran.json["error"]["id"]) == (1, "recovery-code-not-repeated")


def test_a_forgotten_passphrase_is_replaced_with_the_code(vrm: CommandLine, tmp_path: Path) -> None:
    sheet, new = tmp_path / "sheet", tmp_path / "new"
    vrm.run("vault", "recovery-code", "--into", str(sheet))
    new.write_text("ganz neu")
    words = ("--recovery-code-file", str(sheet), "vault", "change-passphrase", "--new-passphrase-file", str(new))
    assert vrm.bare("--home", str(vrm.home), *words).status == 0
    assert opened(vrm, "--passphrase-file", str(new)) == 0
    assert vrm.run("profile", "show").status == 3


def test_a_new_key_asks_for_the_code_once_more(vrm: CommandLine, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet"
    vrm.run("vault", "recovery-code", "--into", str(sheet))
    refused = vrm.run("--json", "vault", "rotate-key")
    assert (refused.status, refused.json["error"]["id"]) == (1, "way-in-missing")
    assert vrm.json("--recovery-code-file", str(sheet), "vault", "rotate-key")["vault"]["keyring-kept"] is True
    assert opened(vrm, "--recovery-code-file", str(sheet)) == 0
    assert "--drop-recovery-code" in vrm.run("vault", "rotate-key").told
    dropped = vrm.run("vault", "rotate-key", "--drop-recovery-code")
    assert dropped.status == 0
    assert "The recovery code does not open your vault any more." in dropped.output
    assert opened(vrm, "--recovery-code-file", str(sheet)) == 1


@pytest.mark.parametrize("words", [("profile", "show"), ("vault", "check")], ids=["open", "closed"])
def test_being_asked_ends_with_an_interruption_at_once(
    vrm: CommandLine, at_a_terminal: Ask, words: tuple[str, str]
) -> None:
    typed: list[str] = []

    def interrupted(question: str) -> str:
        signal.raise_signal(signal.SIGINT)
        typed.append(question)
        return PASSPHRASE

    at_a_terminal(interrupted)
    before = signal.getsignal(signal.SIGINT)
    ran = vrm.bare("--home", str(vrm.home), *words)
    assert (ran.status, ran.output, typed) == (1, "", [])
    assert ran.told.startswith("Stopped")
    assert signal.getsignal(signal.SIGINT) is before


def test_taking_away_a_way_in_that_is_not_there_is_no_error(vrm: CommandLine) -> None:
    off = vrm.json("vault", "keyring", "off")["vault"]
    assert (off["state"], off["ways"], off["keyring"]) == ("keyring-off", ["passphrase"], False)
    assert vrm.json("vault", "recovery-code", "--remove")["vault"]["state"] == "recovery-code-removed"


@pytest.mark.usefixtures("nobody")
def test_the_keyring_opens_where_no_passphrase_is_given(on: CommandLine, tmp_path: Path) -> None:
    assert opened(on) == 0
    bare = ("--home", str(on.home))
    for words in (
        ("vault", "check"),
        ("vault", "backup", str(tmp_path / "one")),
        ("vault", "restore", str(tmp_path / "one")),
    ):
        assert on.bare(*bare, *words).status == 0, words
    assert on.json("vault", "keyring", "off")["vault"]["keyring"] is False
    assert opened(on) == 3


@pytest.mark.parametrize("mood", SORRY, ids=lambda mood: mood.__name__)
def test_a_keyring_that_fails_is_told_in_one_sentence_and_the_passphrase_opens(
    on: CommandLine, keyring: Moods, at_a_terminal: Ask, mood: Callable[[str, object], object]
) -> None:
    keyring.mood = mood
    asked: list[str] = []

    def type_passphrase(question: str) -> str:
        asked.append(question)
        return PASSPHRASE

    at_a_terminal(type_passphrase)
    for words in (("profile", "show"), ("vault", "check")):
        ran = on.bare("--home", str(on.home), *words)
        assert ran.status == 0
        assert ran.told == "The system's keyring does not answer: Your passphrase still opens it.\n"
    assert len(asked) == 2


@pytest.mark.usefixtures("nobody")
def test_a_keyring_that_hangs_is_given_up_and_nobody_is_asked_without_a_terminal(
    on: CommandLine, keyring: Moods
) -> None:
    keyring.mood, keyring.limit = keyring.hang, LIMIT
    ran = replace(on, keyring=keyring.door()).bare("--home", str(on.home), "--json", "profile", "show")
    assert (ran.status, ran.json["error"]["id"]) == (3, "keyring-unavailable")
    assert on.run("profile", "show").status == 0


def test_an_unsafe_keyring_is_refused_in_a_sentence(vrm: CommandLine) -> None:
    vrm = replace(vrm, keyring=unsafe_door("keyrings.alt.file.PlaintextKeyring"))
    refused = vrm.run("--json", "vault", "keyring", "on")
    assert refused.json["error"]["id"] == "recovery-code-needed"
    vrm.json("vault", "recovery-code", "--yes")
    refused = vrm.run("--json", "vault", "keyring", "on")
    assert (refused.status, refused.json["error"]["id"]) == (3, "keyring-refused")


def test_the_ways_are_listed_without_any_of_them(on: CommandLine) -> None:
    ran = on.bare("--home", str(on.home), "--json", "vault", "ways")
    assert [one["id"] for one in ran.json["ways"]] == ["passphrase", "recovery", "keyring"]
    assert "recovery code: " in on.bare("--home", str(on.home), "vault", "ways").output
