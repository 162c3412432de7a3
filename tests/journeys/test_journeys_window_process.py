"""`vrm-desktop` as a process: a second start, locking into a new process, pictures, the exit status."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.running_window import WORDS
from tests.fakes.vault_parts import CHEAP_KDF
from vrm_desktop.ui.start import start
from vrm_desktop.wiring import Home

# The program as its console script starts it, with a key derivation that a test can afford and a diary of its starts.
_PROGRAM = """
import os, sys
from contextlib import asynccontextmanager
from tests.fakes.vault_parts import CHEAP_KDF
from vrm_desktop.ui.start import start
from vrm_desktop.wiring import Home

def note(what):
    with open(os.environ["DIARY"], "a") as diary:
        diary.write(f"{what}\\n")

class House(Home):
    @asynccontextmanager
    async def open(self, home, key, **given):
        async with super().open(home, key, **given) as opened:
            note("opened")
            yield opened
        note("closed")

    def role_command(self, role):
        return (sys.executable, "-c", os.environ["PROGRAM"], role)

note(f"start {os.getpid()} {' '.join(sys.argv[1:])}")
sys.exit(start(sys.argv, house=House(kdf=CHEAP_KDF), environment=os.environ))
"""
_SECONDS = 120


class Windows:
    """Starts windows on one home, and ends those that still run."""

    def __init__(self, folder: Path) -> None:
        self.home, self.diary = folder / "home", folder / "diary"
        (folder / "key").write_text(f"{WORDS}\n")
        Home(kdf=CHEAP_KDF).create(self.home, WORDS)
        self._variables = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "PROGRAM": _PROGRAM,
            "DIARY": str(self.diary),
            "XDG_RUNTIME_DIR": str(folder),
            "VRM_PASSPHRASE_FILE": str(folder / "key"),
        }
        self._running: list[subprocess.Popen[str]] = []

    def start(self, *options: str) -> "subprocess.Popen[str]":
        """One more start of the window."""
        command = [sys.executable, "-c", _PROGRAM, "--home", str(self.home), *options]
        made = subprocess.Popen(command, env=self._variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self._running.append(made)
        return made

    def ask_to_lock(self) -> bool:
        """Whether the window that is open said yes to locking."""
        command = [sys.executable, "-m", "vrm_desktop", "vrm", "--home", str(self.home), "lock"]
        return subprocess.run(command, env=self._variables, check=False, timeout=_SECONDS).returncode == 0

    def noted(self, what: str) -> list[str]:
        """What the windows wrote down that begins like this."""
        lines = self.diary.read_text().splitlines() if self.diary.exists() else []
        return [line for line in lines if line.startswith(what)]

    def is_open(self) -> bool:
        """Whether some window holds the vault open."""
        return len(self.noted("opened")) > len(self.noted("closed"))

    def close(self) -> None:
        """End them all."""
        for one in self._running:
            one.kill()
            one.communicate(timeout=_SECONDS)


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Windows]:
    made = Windows(tmp_path)
    yield made
    made.close()


def until(holds: object) -> None:
    """Look again until it holds, or fail."""
    assert callable(holds)
    ends = time.monotonic() + _SECONDS
    while not holds():
        assert time.monotonic() < ends, "it never came to that"
        time.sleep(0.1)


def test_a_second_start_raises_the_first_window_and_ends(windows: Windows) -> None:
    first = windows.start()
    until(windows.is_open)
    second = windows.start()
    assert second.wait(_SECONDS) == 0
    assert first.poll() is None


def test_locking_closes_the_vault_and_comes_back_as_the_same_process_at_its_lock_screen(windows: Windows) -> None:
    window = windows.start()
    until(windows.is_open)
    assert windows.ask_to_lock()
    until(lambda: len(windows.noted("start")) == 2)
    before, after = windows.noted("start")
    assert before.split()[1] == after.split()[1] == str(window.pid)
    assert after.endswith("--locked")
    assert window.poll() is None
    assert not windows.is_open()


def test_pictures_of_the_real_pages_are_taken_and_the_vault_is_as_before(windows: Windows, tmp_path: Path) -> None:
    camera = windows.start("--pictures", str(tmp_path / "pictures"))
    said, _errors = camera.communicate(timeout=_SECONDS)
    assert camera.returncode == 0
    files = sorted(str(file) for file in (tmp_path / "pictures").glob("*.png"))
    assert sorted(said.splitlines()) == files
    assert {Path(file).name.partition("-")[0] for file in files} >= {"wants", "relationships", "ledger", "settings"}
    assert not windows.is_open()


def test_an_unknown_page_is_refused_with_the_usage(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert start(["vrm-desktop", "--page", "nowhere"], house=Home(kdf=CHEAP_KDF), environment={}) == 2
    assert "usage" in capsys.readouterr().err
    assert start(["vrm-desktop", "--help"], house=Home(kdf=CHEAP_KDF), environment={}) == 0
