"""`vrm` run inside the test: the real commands over a real vault whose key derivation is cheap. No process is started.

Never here: a vendor. Tests that need one start a desk and hand its address to `vrm vendor add`.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.moving_clock import MovingClock
from tests.fakes.vault_parts import CHEAP_KDF
from vrm_desktop.cli.command import main
from vrm_desktop.vault.unlocking.keyring_slot import KeyringDoor
from vrm_desktop.wiring import Home

PASSPHRASE = "kümmel oder salz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What one command came to."""

    status: int
    output: str
    told: str

    @property
    def json(self) -> dict[str, Any]:
        """Standard output as the one JSON object it must be."""
        value = json.loads(self.output)
        assert isinstance(value, dict)
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandLine:
    """One person's terminal, with their home and the file their passphrase is in."""

    home: Path
    key_file: Path
    capture: pytest.CaptureFixture[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    keyring: KeyringDoor | None = None
    clock: MovingClock | None = None

    def run(self, *words: str) -> Ran:
        """Run `vrm WORDS` with the home and the passphrase file."""
        return self.bare("--home", str(self.home), "--passphrase-file", str(self.key_file), *words)

    def json(self, *words: str, status: int = 0) -> dict[str, Any]:
        """Run `vrm --json WORDS`, which must end with `status`; what it printed."""
        ran = self.run("--json", *words)
        assert ran.status == status, ran.told
        return ran.json

    def bare(self, *words: str) -> Ran:
        """Run `vrm WORDS` with nothing else said."""
        self.capture.readouterr()
        status = main(
            words,
            make_house=lambda: Home(kdf=CHEAP_KDF, keyring=self.keyring, clock=self.clock),
            environment=self.environment,
            token=secrets.token_bytes,
        )
        captured = self.capture.readouterr()
        return Ran(status=status, output=captured.out, told=captured.err)


def a_command_line(folder: Path, capture: pytest.CaptureFixture[str]) -> CommandLine:
    """A terminal whose home is still empty."""
    key_file = folder / "passphrase.txt"
    key_file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return CommandLine(home=folder / "home", key_file=key_file, capture=capture)
