"""Every error code has words: what happened, and what to do, in one sentence that a person can use."""

import re
from pathlib import Path

import pytest

from tests.fakes.error_codes import declared_codes, spoken_codes
from vrm_desktop import cli
from vrm_desktop.channels.native import PROBLEMS
from vrm_desktop.services.alarms import ALARMS
from vrm_desktop.services.exchange import BREAKING
from vrm_desktop.wording.errors import advice, codes, command_advice


def test_every_error_class_of_every_room_has_words() -> None:
    declared = declared_codes()
    assert len(declared) > 80, "the rooms were loaded"
    wordless = {code: place for code, place in declared.items() if code not in codes()}
    assert not wordless


def test_every_code_that_is_raised_for_another_tree_has_words() -> None:
    spoken = spoken_codes()
    assert {"no-passphrase", "bad-card"} <= set(spoken), "the source was read"
    wordless = {code: place for code, place in spoken.items() if code not in codes()}
    assert not wordless


@pytest.mark.parametrize("listed", [PROBLEMS, ALARMS, BREAKING], ids=["problems", "alarms", "breaking"])
def test_every_code_on_a_closed_list_has_words(listed: frozenset[str]) -> None:
    assert listed <= codes()


def test_no_words_are_kept_for_codes_that_nothing_raises() -> None:
    raised = set(declared_codes()) | set(spoken_codes()) | PROBLEMS | ALARMS | {"disk-full", "disk-failed"}
    assert codes() <= raised


@pytest.mark.parametrize("code", sorted(codes()))
def test_each_is_one_plain_sentence(code: str) -> None:
    words = advice(code)
    assert words.title.endswith(".")
    assert words.advice == "" or words.advice.endswith(".")
    assert words.sentence.endswith(".")
    assert not re.search(r"[.!?] ", words.sentence), words.sentence
    assert "\n" not in words.sentence


def test_an_unknown_code_shows_itself() -> None:
    words = advice("from-the-future")
    assert words.sentence == "Something went wrong (from-the-future)."


def test_a_sentence_without_advice_is_the_title() -> None:
    assert advice("full").sentence == "This conversation is full: Start a new one."
    assert advice("already-received").sentence == "That message was there already."


def test_the_window_names_no_command_and_the_command_line_does() -> None:
    assert not [code for code in sorted(codes()) if "`vrm " in advice(code).sentence]
    assert {"no-vault", "nobody-to-ask"} <= {code for code in codes() if "`vrm " in command_advice(code).sentence}
    assert all(command_advice(code).title == advice(code).title for code in codes())


def test_the_command_line_takes_no_advice_that_is_about_the_window() -> None:
    sources = {path.name: path.read_text(encoding="utf-8") for path in Path(cli.__file__).parent.rglob("*.py")}
    assert sources
    taken = re.compile(r"(?<!\w)advice\(.*\)\.(sentence|advice)")
    assert not [name for name, text in sources.items() if taken.search(text)]
