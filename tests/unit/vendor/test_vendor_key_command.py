"""`vrm-vendor key` on a folder that nobody serves from: what it says, and what it refuses."""

import os
from pathlib import Path

import pytest

from tests.fakes.keyed_desk import KeyedDesk
from vrm_desktop.vendor.command import main
from vrm_desktop.vendor.key_change import KEPT
from vrm_desktop.vendor.key_file import read_keys


@pytest.fixture(autouse=True)
def shop(tmp_path: Path) -> None:
    """A shop's folder before anybody served from it."""
    (tmp_path / "desk.toml").write_text('name = "A shop"\n')


def key(verb: str, home: Path) -> int:
    return main(["key", verb, "--home", str(home)])


def old_enough(file: Path) -> None:
    made = file.stat().st_mtime - KEPT.total_seconds()
    os.utime(file, (made, made))


def test_a_key_is_shown_changed_and_the_old_one_forgotten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert key("show", tmp_path) == 0
    [first] = read_keys(tmp_path / "desk.key").kids
    assert capsys.readouterr().out == f"{first}\tin use\n"
    assert key("new", tmp_path) == 0
    new, _first = read_keys(tmp_path / "desk.key").kids
    assert capsys.readouterr().out == f"The desk's key is now {new}.\n"
    for verb in ("new", "forget-old"):
        assert key(verb, tmp_path) == 1
        said = capsys.readouterr()
        assert (said.out, said.err.count("needed until 20"), said.err.count("\n")) == ("", 1, 1)
    assert key("show", tmp_path) == 0
    in_use, kept = capsys.readouterr().out.splitlines()
    assert in_use == f"{new}\tin use"
    assert kept.startswith(f"{first}\told, needed until 20")
    old_enough(tmp_path / "desk.2.key")
    assert key("forget-old", tmp_path) == 0
    assert capsys.readouterr().out == f"Forgotten: {first}\n"
    assert key("forget-old", tmp_path) == 0
    assert capsys.readouterr().out == "There is no old key.\n"
    assert [each.name for each in tmp_path.glob("*.key")] == ["desk.2.key"]


def test_no_secret_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("new", "show"):
        key(verb, tmp_path)
    said = capsys.readouterr()
    for file in tmp_path.glob("*.key"):
        assert file.read_bytes().hex() not in said.out + said.err


def test_a_desk_at_work_finishes_the_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = KeyedDesk(tmp_path)
    try:
        assert key("new", tmp_path) == 0
        new, first = read_keys(desk.path).kids
        assert capsys.readouterr().out.startswith(f"The new key is {new}. The desk at work")
        assert key("new", tmp_path) == 1
        with desk.store.turn() as books:
            assert books.key() == first, "the file alone changes nothing"
    finally:
        desk.close()
    assert key("show", tmp_path) == 0
    assert capsys.readouterr().out.splitlines() == [f"{new}\tmade, not in use yet", f"{first}\tin use"]
    again = KeyedDesk(tmp_path)
    assert again.change() == new, "what was begun is finished"
    again.close()


def test_a_damaged_key_or_card_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk = KeyedDesk(tmp_path)
    with desk.store.turn() as books:
        books.publish(b"{}")
    desk.close()
    assert key("new", tmp_path) == 1
    assert "the card as last published cannot be read" in capsys.readouterr().err
    (tmp_path / "desk.2.key").write_bytes(b"short")
    assert key("show", tmp_path) == 1
    assert "desk.2.key does not hold 32 bytes" in capsys.readouterr().err
