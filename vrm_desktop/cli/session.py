"""One run of the command line: where home is, how the passphrase is had, how results and progress are printed."""

import getpass
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from vrm_desktop.paths import passphrase_file
from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.house import House

DONE, REFUSED, USAGE, LOCKED, PARTLY = 0, 1, 2, 3, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a command came to: the JSON object, the same for reading, and the exit status."""

    shape: Mapping[str, object]
    lines: tuple[str, ...] = ()
    status: int = DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The settings of one run."""

    house: House
    home: Path
    as_json: bool
    passphrase_path: Path | None
    environment: Mapping[str, str] = field(default_factory=dict)

    def passphrase(self, *, new: bool = False) -> str:
        """The passphrase, from the file (less one trailing line break) or asked for on a terminal.

        Raises:
            VaultTrouble: there is neither a file nor a terminal to ask on.
        """
        if self.passphrase_path is not None:
            try:
                text = self.passphrase_path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise VaultTrouble("no-passphrase", str(error)) from error
            return text[:-2] if text.endswith("\r\n") else text.removesuffix("\n")
        if not sys.stdin.isatty():
            raise VaultTrouble("no-passphrase")
        first = getpass.getpass("Passphrase: ")
        if new and getpass.getpass("The same again: ") != first:
            raise VaultTrouble("passphrases-differ")
        return first

    def show(self, result: Result) -> int:
        """Print the result on standard output; the exit status."""
        if self.as_json:
            print(json.dumps(result.shape, ensure_ascii=False, indent=2))  # noqa: T201 - this is the output
        else:
            for line in result.lines:
                print(line)  # noqa: T201 - this is the output
        return result.status

    def tell(self, text: str) -> None:
        """Say how things go, on standard error."""
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - progress


def session_of(house: House, home: Path, *, as_json: bool, file: str | None, env: Mapping[str, str]) -> Session:
    """A session with the passphrase file that was named, by flag or environment."""
    return Session(house=house, home=home, as_json=as_json, passphrase_path=passphrase_file(file, env), environment=env)
