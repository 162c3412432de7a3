"""`vrm-vendor connect` and `export`, from the shop's own computer. The inbox shows the same while the desk serves."""

import argparse
import asyncio
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from vrm_desktop.courier.errors import CourierError
from vrm_desktop.vendor.connectors.opening import open_connector
from vrm_desktop.vendor.connectors.rows import Standing
from vrm_desktop.vendor.connectors.settings import ConnectorSettings
from vrm_desktop.vendor.connectors.spreadsheets import Sheet, write_sheet
from vrm_desktop.vendor.errors import BadHome, BadSettings, ConnectorAway
from vrm_desktop.vendor.home import Home
from vrm_desktop.vendor.store import Store
from vrm_desktop.vendor.store_opening import open_store
from vrm_desktop.wording.catalogue import _


def add_connect_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`connect status`, `test`, `retry`, `skip`, and `export`."""
    connect = commands.add_parser("connect", help=_("look after the programs that the desk is connected to"))
    verbs = connect.add_subparsers(dest="verb", required=True, metavar="VERB")
    status = verbs.add_parser("status", help=_("show what was told, what waits and what was refused"))
    trial = verbs.add_parser("test", help=_("try a connection, changing nothing"))
    retry = verbs.add_parser("retry", help=_("try again what was refused"))
    skip = verbs.add_parser("skip", help=_("leave out one thing that was set aside"))
    for parser in (trial, retry):
        parser.add_argument("name", metavar="NAME")
    skip.add_argument("number", type=int, metavar="NUMBER")
    export = commands.add_parser("export", help=_("write a table for spreadsheets, without personal values"))
    export.add_argument("sheet", choices=[sheet.value for sheet in Sheet])
    export.add_argument("--out", type=Path, metavar="FILE", help=_("the file to write, instead of showing it"))
    for parser in (status, trial, retry, skip, export):
        parser.add_argument("--home", type=Path, required=True, metavar="DIR", help=_("the shop's folder"))
        parser.add_argument("--db", metavar="URL", help=_("the desk's PostgreSQL database, if it has one"))


def run_connect_command(
    arguments: argparse.Namespace, home: Home, *, now: Callable[[], datetime], say: Callable[[str], None]
) -> None:
    """Do what the arguments say. A desk on SQLite must not be serving meanwhile, but for `connect test`.

    Raises:
        BadSettings, BadHome, ConnectorAway, ConnectorRefused: it cannot be done; the text says why.
    """
    if arguments.command == "connect" and arguments.verb == "test":
        say(asyncio.run(_test(_named(home, arguments.name), home, now)))
        return
    store, _neighbours = open_store(home, database=arguments.db)
    try:
        if arguments.command == "export":
            _export(store, Sheet(arguments.sheet), arguments.out)
        else:
            _look_after(arguments, home, store, now(), say)
    finally:
        store.close()


def _look_after(
    arguments: argparse.Namespace, home: Home, store: Store, now: datetime, say: Callable[[str], None]
) -> None:
    with store.turn() as books:
        match arguments.verb:
            case "status":
                for each in home.shop.settings.connectors:
                    books.connections.ensure(each.name)
                for standing in books.connections.standing():
                    say(_line(standing))
                for aside in books.connections.set_aside():
                    say(f"{aside.id}\t{aside.connector}\t{aside.kind}\t{aside.conversation}\t{aside.trouble}")
                for undone in books.connections.not_done():
                    say(f"-\t{undone.connector}\t{undone.said}\t{undone.conversation}\t{undone.trouble}")
            case "retry":
                name = _named(home, arguments.name).name
                say(str(books.connections.try_again(name, now)))
            case _:
                if not books.connections.skip(arguments.number):
                    raise BadHome(f"nothing was set aside under {arguments.number}")


def _line(standing: Standing) -> str:
    last = datetime.fromtimestamp(standing.last_told, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if standing.last_told else "-"
    counts = f"told {standing.told}\twaiting {standing.waiting}\tset aside {standing.set_aside}\tlast {last}"
    return f"{standing.name}\t{counts}\t{standing.trouble}".rstrip()


def _named(home: Home, name: str) -> ConnectorSettings:
    for each in home.shop.settings.connectors:
        if each.name == name:
            return each
    raise BadSettings(f"desk.toml has no connector {name}")


async def _test(settings: ConnectorSettings, home: Home, now: Callable[[], datetime]) -> str:
    connector = open_connector(settings, shop=home.shop.settings, folder=home.database.parent, now=now)
    try:
        return f"{settings.name}\t{await connector.check()}"
    except CourierError as error:
        raise ConnectorAway(str(error)) from error
    finally:
        await connector.close()


def _export(store: Store, sheet: Sheet, out: Path | None) -> None:
    with store.turn() as books:
        if out is None:
            write_sheet(books, sheet, sys.stdout)
            return
        try:
            with out.open("w", encoding="utf-8", newline="") as file:
                write_sheet(books, sheet, file)
        except OSError as error:
            raise BadHome(f"{out}: {error.strerror}") from error
