"""One run of the command line: where home is, how the passphrase is had, how results and progress are printed."""

import argparse
import getpass
import json
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from vrm_desktop.paths import home_folder, passphrase_file
from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.house import House
from vrm_desktop.services.ways_in import AskKeyring, Key, Progress, Stage, TypedCode, WayKind
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.errors import command_advice

_T = TypeVar("_T")
KEYRING_CODES = frozenset({"keyring-unavailable", "keyring-refused", "no-such-way-in"})
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
    """The settings of one run; `token` gives as many unpredictable bytes as asked for.

    `code_path` and `asks_code`: the recovery code opens instead of the passphrase, from a file or asked for.
    """

    house: House
    home: Path
    as_json: bool
    passphrase_path: Path | None
    code_path: Path | None = None
    asks_code: bool = False
    environment: Mapping[str, str]
    token: Callable[[int], bytes]

    def look_for_vault(self) -> None:
        """Make sure that there is a vault, before anybody is asked for its passphrase.

        Raises:
            VaultTrouble: the home folder holds none.
        """
        if not self.house.exists(self.home):
            raise VaultTrouble("no-vault")

    def key(self) -> Key:
        """What to open the vault with: the recovery code or the passphrase if one was given; else the keyring, where
        it is a way in; else the passphrase, asked for.

        Raises:
            VaultTrouble: see `passphrase` and `typed_code`.
        """
        if self.code_path is not None or self.asks_code:
            return self.typed_code()
        if self.passphrase_path is None and any(way.kind is WayKind.KEYRING for way in self.house.ways(self.home)):
            return AskKeyring()
        return self.passphrase()

    def unlocking(self, act: Callable[[Key], _T]) -> _T:
        """What `act` comes to with the key; where the keyring fails, once more with the passphrase."""
        key = self.key()
        try:
            return act(key)
        except VaultTrouble as error:
            return act(self.after_keyring(key, error))

    def after_keyring(self, key: Key, error: VaultTrouble) -> str:
        """The passphrase, if it was the keyring that failed, which is said in one sentence.

        Raises:
            VaultTrouble: the same error if it was anything else, or nobody can be asked.
        """
        if not isinstance(key, AskKeyring) or error.code not in KEYRING_CODES or not at_terminal():
            raise error
        self.tell(command_advice(error.code).sentence)
        return self.passphrase()

    def typed_code(self) -> TypedCode:
        """The recovery code, from its file or asked for on a terminal.

        Raises:
            VaultTrouble: the file cannot be read, or there is neither a file nor a terminal to ask on.
        """
        if self.code_path is not None:
            return TypedCode(_from_file(self.code_path))
        return TypedCode(self.answer(_("Recovery code: "), _no_code))

    def answer(self, question: str, otherwise: Callable[[str], VaultTrouble]) -> str:
        """What the person at the terminal types unseen.

        Raises:
            VaultTrouble: `otherwise`, when there is no terminal or its input has ended.
        """
        if not at_terminal():
            raise otherwise("there is no terminal to ask on")
        try:
            with _interruptible():
                return getpass.getpass(question)
        except EOFError as error:
            raise otherwise("the terminal's input has ended") from error

    def passphrase(self, *, new: bool = False) -> str:
        """The passphrase, from the file (less one trailing line break) or asked for on a terminal.

        Raises:
            VaultTrouble: the file cannot be read, or there is neither a file nor a terminal to ask on.
        """
        if self.passphrase_path is not None:
            return _from_file(self.passphrase_path)
        first = self.answer(_("Passphrase: "), _no_passphrase)
        again = self.answer(_("The same again: "), _no_passphrase) if new else first
        if again != first:
            raise VaultTrouble("passphrases-differ")
        return first

    def new_passphrase(self, file: str | None) -> str:
        """A passphrase to come: from the file named, or asked for twice on a terminal.

        Raises:
            VaultTrouble: as for `passphrase`.
        """
        if file is not None:
            return _from_file(Path(file).expanduser())
        return replace(self, passphrase_path=None).passphrase(new=True)

    def show(self, result: Result) -> int:
        """Print the result on standard output; the exit status."""
        text = json.dumps(result.shape, ensure_ascii=False, indent=2) if self.as_json else "\n".join(result.lines)
        if text:
            print(text, flush=True)  # noqa: T201 - this is the output
        return result.status

    def tell(self, text: str) -> None:
        """Say how things go, on standard error."""
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - progress

    def tell_waiting(self, progress: Progress) -> None:
        """Say once that a try waits after several wrong ones."""
        if progress.stage is Stage.WAITING and progress.done == 0:
            seconds = progress.of
            self.tell(
                ngettext(
                    "After several wrong passphrases, this waits {seconds} second.",
                    "After several wrong passphrases, this waits {seconds} seconds.",
                    seconds,
                ).format(seconds=seconds)
            )


def at_terminal() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl+C ends the asking at once; inside an event loop it would otherwise wait for the answer, unseen."""
    before = signal.getsignal(signal.SIGINT)
    if not callable(before) or threading.current_thread() is not threading.main_thread():
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _no_passphrase(detail: str) -> VaultTrouble:
    return VaultTrouble("no-passphrase", detail)


def _no_code(detail: str) -> VaultTrouble:
    return VaultTrouble("no-recovery-code", detail)


def _from_file(path: Path) -> str:
    """The file's text, less one trailing line break. Raises VaultTrouble: it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(LONGEST_PASSPHRASE_FILE + 1)
        text = data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise VaultTrouble("secret-unreadable", str(error)) from error
    if len(data) > LONGEST_PASSPHRASE_FILE:
        raise VaultTrouble("secret-unreadable", f"{path} is too large for that")
    return text[:-2] if text.endswith("\r\n") else text.removesuffix("\n")


def session_of(
    house: House, arguments: argparse.Namespace, environment: Mapping[str, str], token: Callable[[int], bytes]
) -> Session:
    """A session as arguments and environment say."""
    return Session(
        house=house,
        home=home_folder(arguments.home, environment),
        as_json=arguments.json,
        passphrase_path=passphrase_file(arguments.passphrase_file, environment),
        code_path=Path(arguments.recovery_code_file).expanduser() if arguments.recovery_code_file else None,
        asks_code=arguments.recovery_code,
        environment=environment,
        token=token,
    )
