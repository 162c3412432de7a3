"""`vrm demo`: the whole main job with four vendor desks on this computer, told step by step. Uses public doors only."""

import argparse
import asyncio
import os
import secrets
import sys
import tempfile
from pathlib import Path

from vrm_desktop.cli.demo.desks import DeskProcesses
from vrm_desktop.cli.demo.story import Story
from vrm_desktop.cli.demo.telling import Teller
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.wording.catalogue import _

KEY_FILE = "passphrase.txt"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The command."""
    command = commands.add_parser("demo", help="see the whole thing work, with four shops on this computer")
    command.set_defaults(plain=run)


def run(session: Session, arguments: argparse.Namespace) -> Result:
    """Run the demo; it leaves a vault behind that every other command and the window can open."""
    folder = session.home if arguments.home else Path(tempfile.mkdtemp(prefix="vrm-demo-"))
    home = folder / "home"
    folder.mkdir(parents=True, exist_ok=True)
    passphrase = session.passphrase() if session.passphrase_path else "-".join(secrets.token_hex(3) for _i in range(3))
    key_file = _write_key(folder, passphrase)
    teller = Teller(to_error=session.as_json)
    shape = asyncio.run(_tell(session, folder, home, passphrase, teller))
    command = f"vrm --home {home} --passphrase-file {key_file}"
    teller.heading(_("Where to look next"))
    for verb in ("relationship list", "ledger", "journal verify"):
        teller.line(f"{command} {verb}")
    teller.line(f"vrm-desktop --home {home}")
    teller.line(_("The passphrase of this vault is in {file}.").format(file=key_file))
    _offer_window(session, home, key_file)
    return Result(shape={"demo": shape | {"id": str(home), "passphrase_file": str(key_file)}})


def _write_key(folder: Path, passphrase: str) -> Path:
    path = folder / KEY_FILE
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(passphrase + "\n")
    return path


async def _tell(session: Session, folder: Path, home: Path, passphrase: str, teller: Teller) -> dict[str, object]:
    teller.title(_("VRM Desktop: the customer's side, in nine steps"))
    teller.line(_("Four bicycle shops open on this computer; a vault is made for Ada, who does not exist."))
    async with DeskProcesses(session.house.role_command("vrm-vendor"), folder / "shops") as desks:
        session.house.create(home, passphrase)
        async with session.house.open(home, passphrase) as opened:
            return await Story(opened, desks, teller).tell()


def _has_screen(session: Session) -> bool:
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(session.environment.get("DISPLAY") or session.environment.get("WAYLAND_DISPLAY"))


def _offer_window(session: Session, home: Path, key_file: Path) -> None:
    if session.as_json or not (sys.stdin.isatty() and _has_screen(session)):
        return
    answer = input(_("Open the window on this vault now? [Y/n] "))
    if answer.strip().lower() in {"", "y", "yes", "j", "ja"}:
        command = session.house.role_command("vrm-desktop")
        os.execv(command[0], [*command, "--home", str(home), "--passphrase-file", str(key_file)])  # noqa: S606
