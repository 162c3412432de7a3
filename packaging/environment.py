"""The checkout's own virtual environment: made once, refreshed when the lock or the project file changes.

Here: its states and how it gets from one to the next. Never here: what is in the lock (lock.py makes it), or
anything outside the environment's folder. A mark stands in the folder while it is being made, a stamp when it
is whole; a folder with neither belongs to somebody else and is not touched.
"""

import enum
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

LOCK = "packaging/requirements.lock"
PROJECT = "pyproject.toml"
_STAMP = "vrm-desktop.json"
_MARK = "vrm-desktop.unfinished"


class EnvironmentRefusedError(Exception):
    """The environment cannot be made; the message is one sentence for the person at the terminal."""


class State(enum.Enum):
    """What stands at the environment's place."""

    ABSENT = "absent"
    FOREIGN = "foreign"
    BROKEN = "broken"
    OUTDATED = "outdated"
    WHOLE = "whole"


@dataclass(frozen=True, kw_only=True, slots=True)
class Environment:
    """One virtual environment in `folder` for the project at `checkout`."""

    folder: Path
    checkout: Path

    @property
    def _binaries(self) -> Path:
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return self._binaries / ("python.exe" if os.name == "nt" else "python")

    @property
    def site_packages(self) -> Path:
        """Where the installed libraries stand."""
        if os.name == "nt":
            return self.folder / "Lib" / "site-packages"
        return self.folder / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}" / "site-packages"

    def script(self, name: str) -> Path:
        """The console script `name`."""
        return self._binaries / (f"{name}.exe" if os.name == "nt" else name)

    def state(self) -> State:
        """Looks, and changes nothing."""
        if not self.folder.is_dir() or not any(self.folder.iterdir()):
            return State.ABSENT
        if (self.folder / _MARK).exists():
            return State.BROKEN
        try:
            stamp = json.loads((self.folder / _STAMP).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return State.FOREIGN
        except (OSError, ValueError):
            return State.BROKEN
        wanted = self._wanted_stamp()
        if stamp.get("python") != wanted["python"] or stamp.get("checkout") != wanted["checkout"]:
            return State.BROKEN
        if not self.python.exists():
            return State.BROKEN
        return State.WHOLE if stamp == wanted else State.OUTDATED

    def ensure(self, say: Callable[[str], None]) -> bool:
        """Makes the environment whole; True when that took work.

        Raises:
            EnvironmentRefusedError: a step failed, or the folder was made by something else.
        """
        match self.state():
            case State.WHOLE:
                return False
            case State.FOREIGN:
                raise EnvironmentRefusedError(
                    f"{self.folder} was not made by this program: move it away, or name another with --venv DIR."
                )
            case State.BROKEN:
                say(f"Making {self.folder} anew: it is unfinished, or was made by another Python or elsewhere.")
                shutil.rmtree(self.folder)
                self._create()
            case State.ABSENT:
                say(f"Making {self.folder} with Python {sys.version.split()[0]}.")
                self._create()
            case State.OUTDATED:
                say(f"Refreshing {self.folder}.")
                (self.folder / _MARK).touch()
        say(f"Installing from {LOCK}.")
        self._install()
        _write_whole(self.folder / _STAMP, json.dumps(self._wanted_stamp(), indent=1))
        (self.folder / _MARK).unlink()
        return True

    def _create(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / _MARK).touch()
        self._run(
            [sys.executable, "-m", "venv", str(self.folder)],
            "A virtual environment could not be made (on Debian: apt-get install python3-venv).",
        )

    def _install(self) -> None:
        pip = [str(self.python), "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
        # The lock is complete, so nothing is left to resolve; `pip check` proves it afterwards.
        self._run(
            [
                *pip,
                "install",
                "--require-hashes",
                "--only-binary",
                ":all:",
                "--no-deps",
                "-r",
                str(self.checkout / LOCK),
            ],
            "The libraries could not be installed; is the network there?",
        )
        self._run(
            [*pip, "install", "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(self.checkout)],
            "The project itself could not be installed.",
        )
        self._run([*pip, "check"], f"{LOCK} does not fit {PROJECT}; packaging/lock.py makes it anew.")

    def _run(self, command: list[str], refusal: str) -> None:
        done = subprocess.run(
            command, check=False, cwd=self.checkout, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        if done.returncode:
            raise EnvironmentRefusedError(f"{done.stdout}{done.stderr}\n{refusal}".strip())

    def _wanted_stamp(self) -> dict[str, str]:
        return {
            "python": sys.version,
            "checkout": str(self.checkout),
            "lock": hashlib.sha256((self.checkout / LOCK).read_bytes()).hexdigest(),
            "project": hashlib.sha256((self.checkout / PROJECT).read_bytes()).hexdigest(),
        }


def _write_whole(path: Path, text: str) -> None:
    """The file is there with all its text, or not at all."""
    beside = path.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
