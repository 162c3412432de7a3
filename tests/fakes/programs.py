"""The installed programs as processes, as a person or a script starts them: from the wheel when there is one.

Never here: code of the program run inside the test.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECONDS = 90
PASSPHRASE = "kümmel oder salz"


def program(role: str) -> tuple[str, ...]:
    """The command that starts a role (`vrm`, `vrm-vendor`) of the package that is on the path."""
    return (sys.executable, "-P", "-m", "vrm_desktop", role)


def plain_environment(**more: str) -> dict[str, str]:
    """This process's environment without the person's own settings and language."""
    own = ("VRM_HOME", "VRM_PASSPHRASE_FILE", "LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "DISPLAY", "WAYLAND_DISPLAY")
    return {**{key: value for key, value in os.environ.items() if key not in own}, "PYTHONUTF8": "1", **more}


@dataclass(frozen=True, slots=True, kw_only=True)
class Vrm:
    """`vrm` with a home and a passphrase file."""

    home: Path
    key_file: Path
    environment: Mapping[str, str] = field(default_factory=plain_environment)

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run one command without a terminal."""
        return subprocess.run(
            self.command(*words),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=self.environment,
            timeout=SECONDS,
            check=False,
        )

    def command(self, *words: str) -> list[str]:
        """The words of one command."""
        return [*program("vrm"), "--home", str(self.home), "--passphrase-file", str(self.key_file), *words]

    def json(self, *words: str, status: int = 0) -> dict[str, Any]:
        """The one JSON object that a command prints."""
        ran = self.run("--json", *words)
        assert ran.returncode == status, ran.stderr
        value = json.loads(ran.stdout)
        assert isinstance(value, dict)
        return value


def a_vrm(folder: Path, **environment: str) -> Vrm:
    """`vrm` with an empty home in the folder."""
    key_file = folder / "passphrase.txt"
    key_file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return Vrm(home=folder / "home", key_file=key_file, environment=plain_environment(**environment))
