"""The demo's edges: shops that do not open, time that is over, and the window that is offered at its end."""

import argparse
import asyncio
import importlib.util
import io
import os
import sys
from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine
from vrm_desktop.cli.demo import _offer_window
from vrm_desktop.cli.demo.desks import SHOPS, DeskProcesses, ShopDidNotOpen
from vrm_desktop.cli.demo.story import Deadline
from vrm_desktop.cli.session import Session, session_of
from vrm_desktop.wiring import Home, launch


class Terminal(io.StringIO):
    """Standard input that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    "program", ["print('something else')", "raise SystemExit(1)", "input()", "import time; time.sleep(60)"]
)
def test_a_shop_that_does_not_open_ends_the_demo_and_leaves_no_process(tmp_path: Path, program: str) -> None:
    command = (sys.executable, "-c", program)

    async def opening() -> None:
        async with DeskProcesses(command, tmp_path, 1.0):
            raise AssertionError("nothing opened")

    with pytest.raises(ShopDidNotOpen):
        asyncio.run(opening())
    assert any((tmp_path / shop / "shop.log").exists() for shop in SHOPS)


def test_the_time_of_the_demo_runs_out() -> None:
    async def measure() -> tuple[float, float]:
        return Deadline(0.0).left(), Deadline(60.0).left()

    over, long = asyncio.run(measure())
    assert over == 0.0
    assert 30.0 < long <= 60.0


def at_a_screen(monkeypatch: pytest.MonkeyPatch, typed: str, *, as_json: bool = False, display: str = ":0") -> Session:
    """A session at a terminal with a screen, where the person answers `typed`."""
    monkeypatch.setattr(sys, "stdin", Terminal(typed))
    given = argparse.Namespace(
        home="/nowhere", json=as_json, passphrase_file=None, recovery_code_file=None, recovery_code=False
    )
    return session_of(Home(), given, {"DISPLAY": display} if display else {}, bytes)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What the process would have been replaced by."""
    commands: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _path, words: commands.append(words))
    return commands


@pytest.mark.parametrize("typed", ["\n", "y\n", "Yes\n", "j\n"])
def test_with_a_screen_the_window_opens_on_the_same_vault(
    monkeypatch: pytest.MonkeyPatch, started: list[list[str]], typed: str, tmp_path: Path
) -> None:
    _offer_window(at_a_screen(monkeypatch, typed), tmp_path, tmp_path / "key.txt")
    (words,) = started
    assert words[-5:] == ["vrm-desktop", "--home", str(tmp_path), "--passphrase-file", str(tmp_path / "key.txt")]


@pytest.mark.parametrize("typed", ["n\n", "later\n", ""])
def test_whoever_does_not_want_the_window_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, started: list[list[str]], typed: str, tmp_path: Path
) -> None:
    _offer_window(at_a_screen(monkeypatch, typed), tmp_path, tmp_path / "key.txt")
    assert started == []


def test_nothing_is_offered_for_json_without_a_screen_or_without_qt(
    monkeypatch: pytest.MonkeyPatch, started: list[list[str]], tmp_path: Path
) -> None:
    _offer_window(at_a_screen(monkeypatch, "y\n", as_json=True), tmp_path, tmp_path / "key.txt")
    monkeypatch.setattr(sys, "platform", "linux")
    _offer_window(at_a_screen(monkeypatch, "y\n", display=""), tmp_path, tmp_path / "key.txt")
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    _offer_window(at_a_screen(monkeypatch, "y\n"), tmp_path, tmp_path / "key.txt")
    monkeypatch.setattr(sys, "stdin", None)
    assert started == []


@pytest.mark.parametrize(
    ("words", "role", "left"), [(["vrm", "ledger"], "vrm", ["ledger"]), (["--x"], "vrm-desktop", ["--x"])]
)
def test_one_launcher_starts_every_role(
    monkeypatch: pytest.MonkeyPatch, words: list[str], role: str, left: list[str]
) -> None:
    seen: list[tuple[str, list[str]]] = []
    roles = {
        name: (lambda name=name: seen.append((name, sys.argv[1:]))) for name in ("vrm", "vrm-vendor", "vrm-desktop")
    }
    monkeypatch.setattr("vrm_desktop.wiring.ROLES", roles)
    monkeypatch.setattr(sys, "argv", ["program", *words])
    launch()
    assert seen == [(role, left)]


def test_a_packaged_program_starts_itself_in_another_role(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Home().role_command("vrm-vendor")[1:] == ("-P", "-m", "vrm_desktop", "vrm-vendor")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert Home().role_command("vrm-vendor") == (sys.executable, "vrm-vendor")


def test_a_demo_over_a_vault_is_refused(vrm: CommandLine) -> None:
    ran = vrm.run("--json", "demo")
    assert (ran.status, ran.json["error"]["id"]) == (1, "vault-exists")
