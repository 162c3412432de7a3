"""Every way beyond our own wire over a real courier, to peers on loopback, and a quote desk for one of them.

Waiting between pages takes no time. Never here: what is asked, and what is expected.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import USUAL, Person, a_person
from tests.fakes.scripted_server import answer
from vrm_desktop.channels.mcp.desks import DeskChannel
from vrm_desktop.channels.post import PostChannel
from vrm_desktop.channels.ucp.shops import UcpShops
from vrm_desktop.channels.web import WebChannel
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.dialling import SystemResolver
from vrm_desktop.courier.mail_line import MailConnector, MailLimits
from vrm_desktop.services.exchange import Exchange


class AllWays:
    """The port `Outside`, with the adapters that the program has."""

    def __init__(self, courier: Courier, clock: MovingClock) -> None:
        self._courier, self._clock = courier, clock
        limits = MailLimits(session_seconds=60)
        self._post = PostChannel(MailConnector(resolver=SystemResolver(threads=1), limits=limits))

    def web(self) -> WebChannel:
        return WebChannel(self._courier, self._clock)

    def shops(self) -> UcpShops:
        return UcpShops(self._courier, self._clock, pause=lambda _seconds: asyncio.sleep(0))

    def desks(self) -> DeskChannel:
        return DeskChannel(self._courier, self._clock)

    def post(self) -> PostChannel:
        return self._post


@asynccontextmanager
async def a_person_with_all_ways(
    folder: Path, clock: MovingClock, *, on_io: Callable[[str], None] | None = None
) -> AsyncIterator[Person]:
    """Somebody with a vault in `folder`, who reaches whom she likes."""
    async with a_person(folder, clock, on_io=on_io) as person, Courier(USUAL, on_io=on_io) as courier:
        means = replace(person.means, outside=AllWays(courier, clock))
        exchange = Exchange(means)
        try:
            yield Person(means=means, exchange=exchange, clock=clock, vault=person.vault)
        finally:
            await exchange.close()


@dataclass(slots=True, kw_only=True)
class FakeDesk:
    """A supplier that takes requests for quotes by tools; `called` are the calls. Its quote is ready at once."""

    session: str
    called: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def reply(self, request: bytes) -> bytes:
        """The answer to one HTTP request."""
        head, _, body = request.partition(b"\r\n\r\n")
        asked: dict[str, Any] = json.loads(body) if body else {}
        headers = b"Content-Type: application/json\r\nMcp-Session-Id: %b\r\n" % self.session.encode()
        match asked.get("method"):
            case "initialize":
                told: dict[str, Any] = {"protocolVersion": "2025-06-18", "capabilities": {}, "serverInfo": {}}
            case "tools/call":
                params = asked["params"]
                self.called.append((params["name"], params["arguments"]))
                text = json.dumps(self._said(params["name"]))
                told = {"content": [{"type": "text", "text": text}], "isError": False}
            case _ if head.startswith(b"DELETE"):
                return answer(status="204 Gone")
            case _:
                return answer(status="202 Accepted")
        return answer(json.dumps({"jsonrpc": "2.0", "id": asked["id"], "result": told}).encode(), headers=headers)

    def _said(self, tool: str) -> dict[str, Any]:
        match tool:
            case "submit_rfq":
                return {"rfq_id": f"RFQ-{len(self.called)}", "status": "received"}
            case "get_quote":
                line = {"description": "Bike", "quantity": 1, "unit_price": 120, "total": 120}
                ready = {"status": "ready", "currency": "EUR", "total": 129.5, "shipping": 9.5}
                return {**ready, "valid_until": "2026-12-24", "lines": [line]}
            case _:
                return {"order_id": "O-1", "payment_url": "https://pay.desk.example/1"}
