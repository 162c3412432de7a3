"""`vrm-vendor key`: the desk's keys, shown, changed and forgotten from the shop's own computer. Prints no secret."""

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from vrm_desktop.domain.ids import Kid
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.vendor.errors import BadHome, HomeInUse
from vrm_desktop.vendor.home import Home
from vrm_desktop.vendor.key_change import change_key, forget_old, held_until, make_key
from vrm_desktop.vendor.key_file import read_keys
from vrm_desktop.vendor.store import Store
from vrm_desktop.vendor.store_opening import open_store
from vrm_desktop.wording.catalogue import _


def add_key_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`key show`, `key new`, `key forget-old`."""
    key = commands.add_parser("key", help=_("look after the desk's key, by which customers know it"))
    verbs = key.add_subparsers(dest="verb", required=True, metavar="VERB")
    for parser in (
        verbs.add_parser("show", help=_("show which key counts, and which are kept")),
        verbs.add_parser("new", help=_("change to a new key, which the old one vouches for")),
        verbs.add_parser("forget-old", help=_("delete keys that are no longer needed")),
    ):
        parser.add_argument("--home", type=Path, required=True, metavar="DIR", help=_("the shop's folder"))
        parser.add_argument("--db", metavar="URL", help=_("the desk's PostgreSQL database, if it has one"))


def run_key_command(
    arguments: argparse.Namespace,
    home: Home,
    *,
    now: datetime,
    random: Callable[[int], bytes],
    say: Callable[[str], None],
) -> None:
    """Do what the arguments say. A desk on SQLite that serves meanwhile finishes a change by itself.

    Raises:
        KeyHeld: the last change is too young. BadHome: a key or the database cannot be used.
        Busy: the database is away.
    """
    try:
        store: Store | None = open_store(home, database=arguments.db)[0]
    except HomeInUse:
        store = None  # a desk serves from this folder, and holds its database: its newest key is the one that counts
    path = home.keys.path
    try:
        kid = _counting(store) if store is not None else home.keys.newest.kid
        match arguments.verb, store:
            case "new", None:
                new = make_key(path, kid, now=now, random=random)
                say(_("The new key is {key}. The desk at work takes it over within seconds.").format(key=new))
            case "new", Store() as opened:
                say(_("The desk's key is now {key}.").format(key=_changed(opened, path, now=now, random=random)))
            case "forget-old", _any:
                gone = forget_old(path, kid, now=now)
                say("\n".join(_("Forgotten: {key}").format(key=each) for each in gone) or _("There is no old key."))
            case _:
                _show(path, kid, say)
    finally:
        if store is not None:
            store.close()


def _counting(store: Store) -> Kid:
    with store.turn() as books:
        return books.key()


def _changed(store: Store, path: Path, *, now: datetime, random: Callable[[int], bytes]) -> Kid:
    try:
        return change_key(store, path, now=now, random=random)
    except ProtocolError as error:
        raise BadHome(f"the card as last published cannot be read: {error}") from error


def _show(path: Path, kid: Kid, say: Callable[[str], None]) -> None:
    files = read_keys(path)
    until = held_until(files, kid)
    for key in files.kids:
        if files.number(key) > files.number(kid):
            say(_("{key}\tmade, not in use yet").format(key=key))
        elif key == kid:
            say(_("{key}\tin use").format(key=key))
        elif until is not None:
            say(_("{key}\told, needed until {day}").format(key=key, day=until.date().isoformat()))
