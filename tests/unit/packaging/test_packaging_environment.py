"""The environment's states: which it sees, what it does in each. Commands are recorded, not run."""

import subprocess
import sys
from pathlib import Path

import pytest
from environment import Environment, EnvironmentRefusedError, State


class RecordedCommands:
    """Stands for the system: remembers what it was asked to run, and fails the command that holds `failing`."""

    def __init__(self, failing: str = "") -> None:
        self.commands: list[list[str]] = []
        self.failing = failing

    def __call__(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        self.commands.append(command)
        if command[1:3] == ["-m", "venv"]:
            python = Path(command[3]) / "bin" / "python"
            python.parent.mkdir(parents=True, exist_ok=True)
            python.touch()
        status = 1 if self.failing and self.failing in command else 0
        return subprocess.CompletedProcess(command, status, stdout="its own words\n", stderr="")


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    (tmp_path / "packaging").mkdir()
    (tmp_path / "packaging" / "requirements.lock").write_text("a==1\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    return Environment(folder=tmp_path / ".venv", checkout=tmp_path)


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> RecordedCommands:
    recorded = RecordedCommands()
    monkeypatch.setattr(subprocess, "run", recorded)
    return recorded


def _quiet(_: str) -> None:
    pass


def test_the_first_run_makes_it_and_the_second_does_nothing(environment: Environment, system: RecordedCommands) -> None:
    assert environment.state() is State.ABSENT
    assert environment.ensure(_quiet)
    assert environment.state() is State.WHOLE
    asked = len(system.commands)
    assert not environment.ensure(_quiet)
    assert len(system.commands) == asked


def test_every_library_is_installed_by_hash_and_never_built(environment: Environment, system: RecordedCommands) -> None:
    environment.ensure(_quiet)
    libraries = next(command for command in system.commands if "-r" in command)
    assert {"--require-hashes", "--only-binary"} <= set(libraries)


@pytest.mark.parametrize("changed", ["packaging/requirements.lock", "pyproject.toml"])
def test_a_changed_lock_or_project_file_refreshes_it(
    environment: Environment, system: RecordedCommands, changed: str
) -> None:
    environment.ensure(_quiet)
    (environment.checkout / changed).write_text("changed")
    assert environment.state() is State.OUTDATED
    system.commands.clear()
    assert environment.ensure(_quiet)
    assert [sys.executable, "-m", "venv", str(environment.folder)] not in system.commands
    assert environment.state() is State.WHOLE


def test_one_left_half_made_is_made_anew(environment: Environment, system: RecordedCommands) -> None:
    system.failing = "-r"
    with pytest.raises(EnvironmentRefusedError, match="is the network there"):
        environment.ensure(_quiet)
    left_over = environment.folder / "left-over"
    left_over.touch()
    assert environment.state() is State.BROKEN
    system.failing = ""
    assert environment.ensure(_quiet)
    assert not left_over.exists()
    assert environment.state() is State.WHOLE


def test_a_refresh_that_was_cut_short_is_made_anew(environment: Environment, system: RecordedCommands) -> None:
    environment.ensure(_quiet)
    (environment.checkout / "pyproject.toml").write_text("changed")
    system.failing = "check"
    with pytest.raises(EnvironmentRefusedError, match="does not fit"):
        environment.ensure(_quiet)
    assert environment.state() is State.BROKEN


def test_one_made_by_something_else_is_left_alone(environment: Environment, system: RecordedCommands) -> None:
    (environment.folder / "bin").mkdir(parents=True)
    assert environment.state() is State.FOREIGN
    with pytest.raises(EnvironmentRefusedError, match="was not made by this program"):
        environment.ensure(_quiet)
    assert not system.commands


def test_one_made_by_another_python_is_made_anew(
    environment: Environment, system: RecordedCommands, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.ensure(_quiet)
    monkeypatch.setattr(sys, "version", "3.13.0 (another)")
    assert environment.state() is State.BROKEN


def test_one_whose_python_has_gone_is_made_anew(environment: Environment, system: RecordedCommands) -> None:
    environment.ensure(_quiet)
    environment.python.unlink()
    assert environment.state() is State.BROKEN


def test_a_damaged_stamp_is_made_anew(environment: Environment, system: RecordedCommands) -> None:
    environment.ensure(_quiet)
    (environment.folder / "vrm-desktop.json").write_text("{")
    assert environment.state() is State.BROKEN
