"""A person who asks over the Data Rights Protocol, facing the program's own desk or a server of a test's own making.

Time is the test's clock. Never here: what is expected.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes.drp_desk import RunningDrpDesk, a_drp_desk
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import USUAL, Person, a_person
from tests.fakes.scripted_server import ScriptedServer, answer, raw_server, read_request
from vrm_desktop.courier.limits import Limits
from vrm_desktop.domain.drp import DrpAction, DrpClaim, DrpRegime, DrpReport
from vrm_desktop.protocol.drp_directory import Business
from vrm_desktop.services import drp_agent, import_drp_directory
from vrm_desktop.services.plan_drp_request import DrpAsking

ACCESS = DrpAsking(business="SHOP_1", action=DrpAction.ACCESS, regime=DrpRegime.CCPA)
IMPATIENT = Limits(deadline_seconds=1.0)
"""For a server that is silent somewhere."""


async def knows(person: Person, business: Business) -> None:
    await person.knows()
    await import_drp_directory.import_directory(person.means, json.dumps([business.members]).encode())


@asynccontextmanager
async def a_meeting(folder: Path) -> AsyncIterator[tuple[Person, RunningDrpDesk]]:
    """A person and a desk that lists the person's agent."""
    clock = MovingClock()
    async with a_person(folder / "person", clock) as person:
        own = await drp_agent.agent(person.means)
        async with a_drp_desk(folder / "desk", clock, own) as desk:
            await knows(person, desk.entry)
            yield person, desk


def said_by_hand(person: Person, desk: RunningDrpDesk, key: str, word: DrpReport) -> None:
    with desk.store.turn() as books:
        desk.drp.say(books.data_rights, key, word, now=person.clock.now())


def meet(folder: Path, work: Callable[[Person, RunningDrpDesk], Awaitable[None]]) -> None:
    async def both() -> None:
        async with a_meeting(folder) as (person, desk):
            await work(person, desk)

    asyncio.run(both())


@dataclass(slots=True, kw_only=True)
class Hostile:
    """A server whose answer to each path is a test's: a status line and a body, or None for silence."""

    says: dict[str, tuple[str, bytes] | None] = field(default_factory=dict)
    seen: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    async def script(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            request = await read_request(reader)
            head, _, body = request.partition(b"\r\n\r\n")
            method, path = head.split(b" ")[:2]
            kind = "setup" if b"/v1/agent/" in path else method.decode().lower()
            self.seen.append(f"{kind}{'/' if path.endswith(b'/') else ''}")
            self.bodies.append(body)
            said = self.says.get(self.seen[-1], self.says.get(kind))
            if said is None:
                await asyncio.sleep(30)
                return
            writer.write(answer(said[1], status=said[0]))
            await writer.drain()


TOKEN = ("200 OK", b'{"token":"abc"}')
OPEN = ("200 OK", b'{"request_id":"q-1","status":"open"}')
FORBIDDEN = ("403 Forbidden", b"")
BROKEN = ("500 Internal Server Error", b"<html>")


@asynccontextmanager
async def facing(folder: Path, hostile: Hostile) -> AsyncIterator[tuple[Person, ScriptedServer]]:
    limits = IMPATIENT if None in hostile.says.values() else USUAL
    async with raw_server(hostile.script) as server, a_person(folder, MovingClock(), limits=limits) as person:
        await knows(person, Business(id="SHOP_1", name="Shop", api_base=server.url, asks=(DrpClaim.EMAIL,)))
        yield person, server
