"""`vrm lock`: have the window that is open lock its vault, by the window's private socket. It needs no passphrase."""

import argparse
import asyncio
import tempfile
from pathlib import Path

from vrm_desktop.cli.session import Result, Session
from vrm_desktop.paths import window_address
from vrm_desktop.services.errors import NoWindow
from vrm_desktop.wording.catalogue import _

PATIENCE_SECONDS = 5.0


def add_to(noun: argparse.ArgumentParser) -> None:
    """`vrm lock` has no arguments of its own."""
    noun.set_defaults(plain=lock)


def lock(session: Session, _arguments: argparse.Namespace) -> Result:
    """Ask the window to lock.

    Raises:
        NoWindow: no window is open on this home, or it does not answer.
    """
    address = window_address(session.home, session.environment.get("XDG_RUNTIME_DIR"))
    where = Path(address) if "/" in address else Path(tempfile.gettempdir()) / address
    if asyncio.run(_ask(where)) != b"yes\n":
        raise NoWindow(str(where))
    return Result(shape={"locked": True}, lines=(_("The window is locked."),))


async def _ask(where: Path) -> bytes:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            reader, writer = await asyncio.open_unix_connection(where)
            try:
                writer.write(b"lock\n")
                await writer.drain()
                return await reader.read(16)
            finally:
                writer.close()
                await writer.wait_closed()
    except (OSError, TimeoutError):
        return b""
