"""`vrm-vendor user`: who may sign in to the inbox, from the shop's own computer. The pages have the same for owners."""

import argparse
import getpass
import sys
from collections.abc import Callable
from pathlib import Path

from vrm_desktop.vendor.errors import BadHome, BadSignIn
from vrm_desktop.vendor.home import Home
from vrm_desktop.vendor.inbox.passwords import hashed
from vrm_desktop.vendor.inbox.staff import Role
from vrm_desktop.vendor.pages.people_pages import NAME
from vrm_desktop.vendor.store_opening import open_store
from vrm_desktop.wording.catalogue import _


def add_user_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """`user add`, `user remove`, `user list`."""
    user = commands.add_parser("user", help=_("say who may sign in to the inbox"))
    verbs = user.add_subparsers(dest="verb", required=True, metavar="VERB")
    adding = verbs.add_parser("add", help=_("add somebody, or give them another role and password"))
    removing = verbs.add_parser("remove", help=_("take somebody out"))
    listing = verbs.add_parser("list", help=_("show who may sign in"))
    for parser in (adding, removing):
        parser.add_argument("name", type=_name, metavar="NAME")
    adding.add_argument("--role", choices=[role.value for role in Role], default=Role.STAFF.value)
    adding.add_argument(
        "--password-file", type=Path, metavar="FILE", help=_("its first line, instead of asking on the terminal")
    )
    for parser in (adding, removing, listing):
        parser.add_argument("--home", type=Path, required=True, metavar="DIR", help=_("the shop's folder"))
        parser.add_argument("--db", metavar="URL", help=_("the desk's PostgreSQL database, if it has one"))


def run_user_command(
    arguments: argparse.Namespace, home: Home, *, random: Callable[[int], bytes], say: Callable[[str], None]
) -> None:
    """Do what the arguments say. A desk on SQLite must not be serving meanwhile.

    Raises:
        BadSignIn: the password cannot be used. BadHome: the database is in use, or nobody is called so.
    """
    secret = hashed(_password(arguments.password_file), random=random) if arguments.verb == "add" else ""
    store, _neighbours = open_store(home, database=arguments.db)
    try:
        with store.turn() as books:
            match arguments.verb:
                case "add":
                    books.staff.put(arguments.name, Role(arguments.role), secret)
                case "remove":
                    if not books.staff.remove(arguments.name):
                        raise BadHome(f"nobody is called {arguments.name}")
                case _:
                    for name, role in books.staff.all():
                        say(f"{name}\t{role}")
    finally:
        store.close()


def _password(file: Path | None) -> str:
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").split("\n")[0].rstrip("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise BadSignIn(f"{file.name} cannot be read") from error
    if not sys.stdin.isatty():
        raise BadSignIn("give the password on a terminal, or with --password-file")
    first = getpass.getpass(_("Password: "))
    if getpass.getpass(_("Once more: ")) != first:
        raise BadSignIn("the two are not the same")
    return first


def _name(text: str) -> str:
    if not NAME.fullmatch(text):
        raise ValueError(text)
    return text
