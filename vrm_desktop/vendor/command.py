"""The command line `vrm-vendor`: reads arguments, opens the home folder, serves. Standard output has one line only."""

import argparse
import logging
import os
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.vendor.connect_command import add_connect_commands, run_connect_command
from vrm_desktop.vendor.errors import BadHome, VendorError
from vrm_desktop.vendor.home import Home, open_home
from vrm_desktop.vendor.key_command import add_key_commands, run_key_command
from vrm_desktop.vendor.listening import address_of, bound
from vrm_desktop.vendor.reception import Clock
from vrm_desktop.vendor.serving import serve
from vrm_desktop.vendor.user_command import add_user_commands, run_user_command
from vrm_desktop.vendor.web.app import PATH
from vrm_desktop.vendor.workers import READY, Workers
from vrm_desktop.wording.catalogue import _

DONE, FAILED, USAGE = 0, 1, 2
_PORT = 8470
_log = logging.getLogger("vrm-vendor")


Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse gives its own class no public name


def main(
    argv: list[str] | None = None, *, add_more: "Callable[[Commands[argparse.ArgumentParser]], None] | None" = None
) -> int:
    """Run `vrm-vendor` with `argv` (the process's own arguments when None); returns the exit status.

    `add_more` adds sub-commands of other rooms; each sets `run`, which gets the arguments and returns the status.

    0 done, 1 refused or failed (explained in one sentence on standard error), 2 usage.
    """
    try:
        arguments = _parser(add_more).parse_args(argv)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else USAGE
    if "run" in arguments:
        status: int = arguments.run(arguments)
        return status
    _log_to_stderr()
    try:
        if arguments.command == "user":
            first = arguments.verb == "add"  # before the desk has ever served
            plan = Plan(home=arguments.home.expanduser(), database=arguments.db, may_be_new=first)
            run_user_command(arguments, plan.open(), random=os.urandom, say=_print)
        elif arguments.command in {"connect", "export"}:
            plan = Plan(home=arguments.home.expanduser(), database=arguments.db, may_be_new=False)
            run_connect_command(arguments, plan.open(), now=lambda: datetime.now(UTC), say=_print)
        elif arguments.command == "key":
            plan = Plan(home=arguments.home.expanduser(), database=arguments.db, may_be_new=False)
            run_key_command(arguments, plan.open(), now=datetime.now(UTC), random=os.urandom, say=_print)
        else:
            _serve(arguments)
    except (VendorError, FileNotFoundError) as error:
        _say(f"vrm-vendor: {error}")
        return FAILED
    return DONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What every worker needs to open the desk for itself."""

    home: Path
    name: str | None = None
    catalogue: Path | None = None
    database: str | None = None
    endpoint: str = ""
    may_be_new: bool = True

    def open(self) -> Home:
        """The desk's home folder."""
        return open_home(
            self.home,
            resources=resources_folder(),
            name=self.name,
            catalogue=self.catalogue,
            random=os.urandom,
            may_be_new=self.may_be_new,
        )

    def serve(self, home: Home, listening: socket.socket, *, ready: Callable[[], None], lifeline: int | None) -> None:
        """Serve in this process until a signal comes."""
        serve(
            home,
            listening,
            database=self.database,
            endpoint=self.endpoint,
            clock=Clock(now=lambda: datetime.now(UTC), steady=time.monotonic),
            random=os.urandom,
            ready=ready,
            lifeline=lifeline,
        )


def work(plan: Plan, listening: socket.socket, line: "Connection[Any, Any]") -> None:
    """One worker process, from its start to its end; says on `line` that it is ready, or why it is not."""
    _log_to_stderr()
    try:
        plan.serve(plan.open(), listening, ready=lambda: line.send(READY), lifeline=line.fileno())
    except VendorError as error:
        line.send(str(error))
        sys.exit(FAILED)


def _serve(arguments: argparse.Namespace) -> None:
    if arguments.workers > 1 and arguments.db is None:
        raise BadHome("several workers need a database that they can share: --db")
    plan = Plan(
        home=arguments.home.expanduser(),
        name=arguments.name,
        catalogue=arguments.catalogue,
        database=arguments.db,
    )
    home = plan.open()
    _say_what(home)
    with bound(arguments.host, arguments.port) as listening:
        address = address_of(listening, arguments.host)
        plan = replace(plan, endpoint=(arguments.public_url or address).rstrip("/") + PATH)

        def ready() -> None:
            print(f"listening on {address}", flush=True)  # noqa: T201 - the promised line

        if arguments.workers == 1:
            plan.serve(home, listening, ready=ready, lifeline=None)
        else:
            Workers(work=work, plan=plan, listening=listening, count=arguments.workers).run(ready=ready)


def _log_to_stderr() -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")


def _print(line: str) -> None:
    print(line)  # noqa: T201 - what was asked for


def _say_what(home: Home) -> None:
    """On standard error: who serves what, and what a shop owner should know."""
    shop = home.shop
    _log.info(
        "%s serves %s: %d articles, %s",
        shop.settings.name,
        shop.catalogue.name,
        len(shop.catalogue.articles),
        ", ".join(shop.categories),
    )
    if home.sample:
        _log.info("the sample catalogue is for trying things out: used road bikes, Cologne, EUR")
    elif shop.settings.payment.account is None:
        _log.info("desk.toml names no bank account, so orders are not paid by transfer")


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def _parser(add_more: "Callable[[Commands[argparse.ArgumentParser]], None] | None") -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="vrm-vendor", description=_("A vendor's desk: receives what people want and answers them on their terms.")
    )
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serving = commands.add_parser("serve", help=_("serve a shop from its folder"))
    serving.add_argument(
        "--home", type=Path, required=True, metavar="DIR", help=_("the shop's folder: desk.toml, key, database")
    )
    serving.add_argument(
        "--host", default="127.0.0.1", help=_("the address to listen on (default: this computer only)")
    )
    serving.add_argument(
        "--port", type=_port, default=_PORT, help=_("the port to listen on; 0 picks a free one (default: 8470)")
    )
    serving.add_argument("--name", help=_("the shop's name, instead of the one in desk.toml"))
    serving.add_argument("--catalogue", type=Path, metavar="FILE", help=_("the shop's catalogue, a CSV file"))
    serving.add_argument(
        "--public-url", metavar="URL", help=_("the address people reach the desk at, when a proxy stands before it")
    )
    serving.add_argument(
        "--db", metavar="URL", help=_("a PostgreSQL database, instead of a file in the folder: postgresql+psycopg://…")
    )
    serving.add_argument(
        "--workers", type=_workers, default=1, metavar="N", help=_("worker processes; more than one needs --db")
    )
    if add_more is not None:
        add_more(commands)
    add_user_commands(commands)
    add_connect_commands(commands)
    add_key_commands(commands)
    return parser


def _workers(text: str) -> int:
    count = int(text)
    if not 1 <= count <= 64:
        raise ValueError(text)
    return count


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError(text)
    return port


def _version() -> str:
    try:
        return f"vrm-vendor {version('vrm-desktop')}"
    except PackageNotFoundError:
        return "vrm-vendor"
