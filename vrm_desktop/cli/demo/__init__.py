"""`vrm demo`: the whole main job with four vendor desks on this computer, told step by step. Uses public doors only."""

import argparse
import asyncio
import importlib.util
import os
import shlex
import sys
import tempfile
from pathlib import Path

from vrm_desktop.cli.demo.desks import DeskProcesses
from vrm_desktop.cli.demo.story import Deadline, Story
from vrm_desktop.cli.demo.telling import Teller
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.wording.catalogue import _

KEY_FILE = "passphrase.txt"
SHOPS = "shops"
YES = frozenset({"", "y", "yes", "j", "ja"})


def add_to(noun: argparse.ArgumentParser) -> None:
    """The command; it takes no arguments of its own."""
    noun.set_defaults(plain=run)


def run(session: Session, arguments: argparse.Namespace) -> Result:
    """Run the demo in `--home`, else in a new folder; it leaves a vault that every other command and the window open.

    A vault that is there already is never touched, nor is the person's own: `VRM_HOME` does not count here.
    """
    home = session.home if arguments.home else Path(tempfile.mkdtemp(prefix="vrm-demo-"))
    if session.house.exists(home):
        raise VaultTrouble("vault-exists")
    passphrase, key_file = _passphrase(session, home)
    teller = Teller(to_error=session.as_json)
    shape = asyncio.run(_tell(session, home, passphrase, teller))
    _say_where_next(teller, home, key_file)
    _offer_window(session, home, key_file)
    return Result(shape={"demo": {"id": str(home), "passphrase_file": str(key_file), **shape}})


def _passphrase(session: Session, home: Path) -> tuple[str, Path]:
    """The passphrase and the file it is in: the person's own file, else a new one beside the vault."""
    if session.passphrase_path is not None:
        return session.passphrase(), session.passphrase_path
    home.mkdir(parents=True, exist_ok=True)
    path = home / KEY_FILE
    passphrase = "-".join(session.token(3).hex() for _i in range(3))
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(passphrase + "\n")
    return passphrase, path


async def _tell(session: Session, home: Path, passphrase: str, teller: Teller) -> dict[str, object]:
    deadline = Deadline()
    teller.title(_("VRM Desktop: the customer's side, in nine steps"))
    teller.line(_("Four bicycle shops open on this computer; a vault is made for Ada, who does not exist."))
    shops = DeskProcesses(session.house.role_command("vrm-vendor"), home / SHOPS, deadline.left())
    making = asyncio.create_task(asyncio.to_thread(session.house.create, home, passphrase))
    try:
        async with shops as desks:
            await making
            async with session.house.open(home, passphrase) as opened:
                return await Story(opened, desks, teller, deadline).tell()
    finally:
        await asyncio.gather(making, return_exceptions=True)


def _say_where_next(teller: Teller, home: Path, key_file: Path) -> None:
    command = f"vrm --home {shlex.quote(str(home))} --passphrase-file {shlex.quote(str(key_file))}"
    teller.heading(_("Where to look next"))
    for verb in ("relationship list", "ledger", "journal verify"):
        teller.as_it_is(f"{command} {verb}")
    teller.as_it_is(f"vrm-desktop --home {shlex.quote(str(home))}")
    teller.line(_("The passphrase of this vault is in {file}.").format(file=key_file))


def _has_window(session: Session) -> bool:
    """Whether there is a screen, and the program that draws on it is installed."""
    if importlib.util.find_spec("PySide6") is None:
        return False
    screen = session.environment.get("DISPLAY") or session.environment.get("WAYLAND_DISPLAY")
    return bool(screen) or sys.platform in {"win32", "darwin"}


def _offer_window(session: Session, home: Path, key_file: Path) -> None:
    if session.as_json or not (sys.stdin is not None and sys.stdin.isatty() and _has_window(session)):
        return
    try:
        answer = input(_("Open the window on this vault now? [Y/n] "))
    except EOFError:
        return
    if answer.strip().lower() in YES:
        command = session.house.role_command("vrm-desktop")
        sys.stdout.flush()
        os.execv(command[0], [*command, "--home", str(home), "--passphrase-file", str(key_file)])  # noqa: S606
