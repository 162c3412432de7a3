"""One run of the command line: where home is, how the passphrase is had, how results and progress are printed."""

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from vrm_desktop.paths import home_folder, passphrase_file
from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.house import House
from vrm_desktop.wording.catalogue import _

DONE, REFUSED, USAGE, LOCKED, PARTLY = 0, 1, 2, 3, 4
LONGEST_PASSPHRASE_FILE = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Result:
    """What a command came to: the JSON object, the same for reading, and the exit status."""

    shape: Mapping[str, object]
    lines: tuple[str, ...] = ()
    status: int = DONE


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Session:
    """The settings of one run; `token` gives as many unpredictable bytes as asked for."""

    house: House
    home: Path
    as_json: bool
    passphrase_path: Path | None
    environment: Mapping[str, str]
    token: Callable[[int], bytes]

    def look_for_vault(self) -> None:
        """Make sure that there is a vault, before anybody is asked for its passphrase.

        Raises:
            VaultTrouble: the home folder holds none.
        """
        if not self.house.exists(self.home):
            raise VaultTrouble("no-vault")

    def passphrase(self, *, new: bool = False) -> str:
        """The passphrase, from the file (less one trailing line break) or asked for on a terminal.

        Raises:
            VaultTrouble: the file cannot be read, or there is neither a file nor a terminal to ask on.
        """
        if self.passphrase_path is not None:
            return self._from_file(self.passphrase_path)
        if sys.stdin is None or not sys.stdin.isatty():
            raise VaultTrouble("no-passphrase")
        try:
            first = getpass.getpass(_("Passphrase: "))
            again = getpass.getpass(_("The same again: ")) if new else first
        except EOFError as error:
            raise VaultTrouble("no-passphrase") from error
        if again != first:
            raise VaultTrouble("passphrases-differ")
        return first

    def new_passphrase(self, file: str | None) -> str:
        """A passphrase to come: from the file named, or asked for twice on a terminal.

        Raises:
            VaultTrouble: as for `passphrase`.
        """
        if file is not None:
            return self._from_file(Path(file).expanduser())
        return replace(self, passphrase_path=None).passphrase(new=True)

    def _from_file(self, path: Path) -> str:
        try:
            with path.open("rb") as file:
                data = file.read(LONGEST_PASSPHRASE_FILE + 1)
            text = data.decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise VaultTrouble("no-passphrase", str(error)) from error
        if len(data) > LONGEST_PASSPHRASE_FILE:
            raise VaultTrouble("no-passphrase", f"{path} is too large for a passphrase")
        return text[:-2] if text.endswith("\r\n") else text.removesuffix("\n")

    def show(self, result: Result) -> int:
        """Print the result on standard output; the exit status."""
        text = json.dumps(result.shape, ensure_ascii=False, indent=2) if self.as_json else "\n".join(result.lines)
        if text:
            print(text, flush=True)  # noqa: T201 - this is the output
        return result.status

    def tell(self, text: str) -> None:
        """Say how things go, on standard error."""
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - progress


def session_of(
    house: House, arguments: argparse.Namespace, environment: Mapping[str, str], token: Callable[[int], bytes]
) -> Session:
    """A session as arguments and environment say."""
    return Session(
        house=house,
        home=home_folder(arguments.home, environment),
        as_json=arguments.json,
        passphrase_path=passphrase_file(arguments.passphrase_file, environment),
        environment=environment,
        token=token,
    )
