"""A mail server, a shop and a quote desk in one process of their own: `outside_program.py LOG`, until killed.

Their three ports stand on standard output. LOG gets a word for all that takes effect there: `mail`, `search`, `quote`.
Only loopback.
"""

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fakes.all_ways import FakeDesk
from tests.fakes.mail_servers import Postbox, smtp_server
from tests.fakes.process_pool import unmeasured
from tests.fakes.scripted_server import scripted_server
from tests.fakes.shop_server import FakeShop

_CHECKOUT = Path(__file__).resolve().parents[2]
_SECONDS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Others:
    """Where they are, and what has taken effect with them so far."""

    mail: int
    shop: int
    desk: int
    log: Path

    def effects(self, of: str) -> int:
        """How often this was done."""
        return self.log.read_text().split().count(of) if self.log.exists() else 0


@contextmanager
def others(log: Path) -> Iterator[Others]:
    """The process, while the block runs."""
    command = [sys.executable, "-m", "tests.fakes.outside_program", str(log)]
    env = unmeasured() | {"PYTHONPATH": str(_CHECKOUT / "packaging")}  # where it is told which services tests need
    with subprocess.Popen(command, cwd=_CHECKOUT, stdout=subprocess.PIPE, env=env) as process:
        assert process.stdout is not None
        try:
            mail, shop, desk = map(int, process.stdout.readline().split())
            yield Others(mail=mail, shop=shop, desk=desk, log=log)
        finally:
            process.kill()
            process.wait(_SECONDS)


class CountedPostbox(Postbox):
    """Notes each mail that it takes before it says so."""

    def __init__(self, note: Callable[[str], None]) -> None:
        super().__init__()
        self._note = note

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's
        self._note("mail")
        return await super().handle_DATA(server, session, envelope)


async def _serve(log: Path) -> None:
    def note(word: str) -> None:
        with log.open("a") as file:
            file.write(f"{word}\n")

    shop, desk = FakeShop(), FakeDesk(session="one")

    def at_shop(request: bytes) -> bytes:
        if request.startswith(b"POST /ucp/catalog/search"):
            note("search")
        return shop.reply(request)

    def at_desk(request: bytes) -> bytes:
        if b'"submit_rfq"' in request:
            note("quote")
        return desk.reply(request)

    with smtp_server(box=CountedPostbox(note)) as (_box, mail):
        async with scripted_server(at_shop) as selling, scripted_server(at_desk) as quoting:
            shop.base = selling.url
            print(mail, selling.port, quoting.port, flush=True)
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1])))
