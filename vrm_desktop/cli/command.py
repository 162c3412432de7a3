"""`vrm`: the commands, their arguments, and what a run ends with. Each command's work is in its noun's own file."""

import argparse
import asyncio
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from vrm_desktop import __version__
from vrm_desktop.cli import (
    demo,
    intentcast_commands,
    ledger_commands,
    offer_commands,
    profile_commands,
    relationship_commands,
    terms_commands,
    vault_commands,
    vendor_commands,
)
from vrm_desktop.cli.session import LOCKED, REFUSED, USAGE, Result, Session, session_of
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.formats.errors import FormatError
from vrm_desktop.paths import home_folder
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.services.errors import ServiceError, VaultTrouble
from vrm_desktop.services.house import House
from vrm_desktop.services.ports import ChannelError
from vrm_desktop.wording.errors import advice

LOCKED_CODES = frozenset({"wrong-passphrase", "no-passphrase", "passphrase-empty", "passphrases-differ"})


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def parser() -> argparse.ArgumentParser:
    """All commands of `vrm`."""
    whole = _Parser(prog="vrm", description="Your own agent towards vendors: say what you want, on your terms.")
    whole.add_argument("--version", action="version", version=f"vrm {__version__}")
    whole.add_argument("--home", metavar="DIR", help="where your vault is (default: $VRM_HOME, else your data folder)")
    whole.add_argument("--json", action="store_true", help="print one JSON object")
    whole.add_argument("--passphrase-file", metavar="FILE", help="read the passphrase from FILE")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)
    for room in (
        demo,
        vault_commands,
        profile_commands,
        vendor_commands,
        intentcast_commands,
        terms_commands,
        offer_commands,
        relationship_commands,
        ledger_commands,
    ):
        room.add_to(commands)
    return whole


def main(argv: Sequence[str], *, house: House, environment: Mapping[str, str]) -> int:
    """Run one command line; the exit status."""
    try:
        arguments = parser().parse_args(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    session = session_of(
        house,
        home_folder(arguments.home, environment),
        as_json=arguments.json,
        file=arguments.passphrase_file,
        env=environment,
    )
    try:
        return session.show(_run(session, arguments))
    except (ServiceError, DomainError, FormatError, ProtocolError, ChannelError) as error:
        return _explain(session, error)
    except KeyboardInterrupt:
        session.tell("Stopped. Nothing is lost; run `vrm sync` to go on.")
        return REFUSED
    except BrokenPipeError:
        return REFUSED


def _run(session: Session, arguments: argparse.Namespace) -> Result:
    """A command is plain, or a coroutine function that gets the open home."""
    if getattr(arguments, "plain", None) is not None:
        plain: Result = arguments.plain(session, arguments)
        return plain

    async def inside() -> Result:
        async with session.house.open(session.home, session.passphrase()) as home:
            result: Result = await arguments.work(session, home, arguments)
            return result

    return asyncio.run(inside())


def _explain(session: Session, error: Exception) -> int:
    code = str(getattr(error, "code", "unknown"))
    detail = "" if isinstance(error, VaultTrouble) else str(error)
    words = advice(code, detail)
    session.tell(f"{words.title} {words.advice}".strip())
    if session.as_json:
        session.show(Result(shape={"error": {"id": code, "title": words.title, "advice": words.advice}}))
    return LOCKED if code in LOCKED_CODES else REFUSED
