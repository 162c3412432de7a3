"""`vrm`: its arguments, and what a run ends with. Each command's work is in its noun's own file."""

import argparse
import errno
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, NoReturn

from vrm_desktop import __version__
from vrm_desktop.cli.nouns import nouns
from vrm_desktop.logs import log_uncaught
from vrm_desktop.wording.catalogue import _

if TYPE_CHECKING:
    from vrm_desktop.cli.session import Result, Session
    from vrm_desktop.services.house import House

USAGE = 2
DASHED_ID = re.compile(r"-[A-Za-z0-9_-]{42}")
SHIELD = "\u2060"
LOCKED_CODES = frozenset(
    {
        "wrong-passphrase",
        "no-passphrase",
        "secret-unreadable",
        "passphrase-empty",
        "vault-closed",
        "wrong-recovery-code",
        "recovery-code-mistyped",
        "no-recovery-code",
        "keyring-unavailable",
        "keyring-refused",
    }
)


class _Parser(argparse.ArgumentParser):
    """Takes options by their whole names only, so that a script keeps its meaning when options are added."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, **settings)

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    """All commands of `vrm`; only the nouns that stand in `argv` get their verbs."""
    whole = _Parser(prog="vrm", description=_("Your own agent towards vendors: say what you want, on your terms."))
    whole.add_argument("--version", action="version", version=f"vrm {__version__}")
    whole.add_argument(
        "--home", metavar="DIR", help=_("where your vault is (default: $VRM_HOME, else your data folder)")
    )
    whole.add_argument("--json", action="store_true", help=_("print one JSON object"))
    whole.add_argument(
        "--passphrase-file", metavar="FILE", help=_("read the passphrase from FILE (default: $VRM_PASSPHRASE_FILE)")
    )
    whole.add_argument("--recovery-code-file", metavar="FILE", help=_("open with the recovery code in FILE"))
    whole.add_argument("--recovery-code", action="store_true", help=_("open with the recovery code, asked for"))
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, noun in nouns().items():
        own = commands.add_parser(name, help=noun.told, description=noun.told)
        if name in argv:
            noun.fill(own)
    return whole


def main(
    argv: Sequence[str],
    *,
    make_house: "Callable[[], House]",
    environment: Mapping[str, str],
    token: Callable[[int], bytes],
) -> int:
    """Run one command line; the exit status. `token` gives unpredictable bytes."""
    try:
        arguments = parser(argv).parse_args([_shielded(word) for word in argv])
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else USAGE
    for name, value in vars(arguments).items():
        setattr(arguments, name, _bared(value))
    return _carry_out(arguments, make_house, environment, token)


def _shielded(word: str) -> str:
    """Ids are hashes in base64url, and one in 64 begins with a dash: it must not be taken for an option."""
    return SHIELD + word if DASHED_ID.fullmatch(word) else word


def _bared(value: object) -> object:
    if isinstance(value, str) and value.startswith(SHIELD):  # anything else stays what its option made of it
        return value.removeprefix(SHIELD)
    if isinstance(value, list):
        return [_bared(one) for one in value]
    return value


def _carry_out(
    arguments: argparse.Namespace,
    make_house: "Callable[[], House]",
    environment: Mapping[str, str],
    token: Callable[[int], bytes],
) -> int:
    from vrm_desktop.canon.errors import CanonError
    from vrm_desktop.cli.session import REFUSED, session_of
    from vrm_desktop.domain.errors import DomainError
    from vrm_desktop.formats.errors import FormatError
    from vrm_desktop.protocol.errors import ProtocolError
    from vrm_desktop.services.errors import ServiceError
    from vrm_desktop.services.ports import ChannelError

    session = session_of(make_house(), arguments, environment, token)
    try:
        return session.show(_run(session, arguments))
    except (ServiceError, DomainError, FormatError, ProtocolError, ChannelError, CanonError) as error:
        return _explain(session, str(error.code), error)
    except BrokenPipeError:
        _look_away()
        return REFUSED
    except OSError as error:
        return _explain(session, "disk-full" if error.errno == errno.ENOSPC else "disk-failed", error)
    except KeyboardInterrupt:
        session.tell(_("Stopped: what waits to leave is kept, and `vrm sync` goes on with it."))
        return REFUSED
    except Exception as error:  # noqa: BLE001 - whatever it is: its text may hold what the person typed
        log_uncaught(type(error), error, error.__traceback__)
        return _explain(session, "engine", None)


def _look_away() -> None:
    """Whoever read standard output has gone; what is left in its buffer goes nowhere instead of complaining."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _run(session: "Session", arguments: argparse.Namespace) -> "Result":
    """A command is plain, or a coroutine function that gets the open home."""
    if getattr(arguments, "plain", None) is not None:
        plain: Result = arguments.plain(session, arguments)
        return plain
    import asyncio

    session.look_for_vault()
    return asyncio.run(_opened(session, arguments))


async def _opened(session: "Session", arguments: argparse.Namespace) -> "Result":
    """Open the home with the key at hand; where the keyring fails, with the passphrase."""
    from vrm_desktop.services.errors import VaultTrouble

    key = session.key()
    async with AsyncExitStack() as leaving:
        opening = session.house.open(session.home, key, progress=session.tell_waiting)
        try:
            home = await leaving.enter_async_context(opening)
        except VaultTrouble as error:
            passphrase = session.after_keyring(key, error)
            opening = session.house.open(session.home, passphrase, progress=session.tell_waiting)
            home = await leaving.enter_async_context(opening)
        result: Result = await arguments.work(session, home, arguments)
        return result


def _explain(session: "Session", code: str, error: Exception | None) -> int:
    """One sentence on standard error; with `--json` the same as an object, with what a developer would want."""
    from vrm_desktop.cli.session import LOCKED, REFUSED, Result
    from vrm_desktop.wording.errors import command_advice

    words = command_advice(code, getattr(error, "needs", ""), getattr(error, "about", ""))
    session.tell(words.sentence)
    if session.as_json:
        told = {"id": code, "title": words.title, "advice": words.advice, "detail": str(error or "")[:DETAIL]}
        session.show(Result(shape={"error": told}))
    return LOCKED if code in LOCKED_CODES else REFUSED


DETAIL = 400
