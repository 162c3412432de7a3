"""A desk that answers the Data Rights Protocol over real HTTP on loopback, on the test's own loop and clock.

The desk is the program's own, with its store on a file and its web application under uvicorn. Never here: a desk that
says what a test wants (see scripted_server).
"""

import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes.desks import _uvicorn
from tests.fakes.drp_agent import drp_settings
from tests.fakes.moving_clock import MovingClock
from tests.fakes.open_desk import OpenDesk
from vrm_desktop.protocol.drp_directory import Agent, Business
from vrm_desktop.vendor.budget import Budget
from vrm_desktop.vendor.drp.desk import DrpDesk
from vrm_desktop.vendor.drp.rows import Kept
from vrm_desktop.vendor.reception import Clock, Reception
from vrm_desktop.vendor.store import Store
from vrm_desktop.vendor.web.app import PATH, application
from vrm_desktop.vendor.web.drp_doors import DrpDoors, api_base
from vrm_desktop.vendor.web.publishing import Publishing


@dataclass(slots=True, kw_only=True)
class RunningDrpDesk:
    """A desk that serves. `agents` may grow while it does."""

    url: str
    store: Store = field(repr=False)
    drp: DrpDesk = field(repr=False)

    @property
    def entry(self) -> Business:
        """How a directory lists it."""
        settings = self.drp.settings
        actions = tuple(action.value for action in settings.actions)
        return Business(
            id=settings.business, name="Shop One", api_base=self.drp.api_base, actions=actions, asks=settings.asks
        )

    def kept(self) -> tuple[Kept, ...]:
        """What the desk's own store holds."""
        with self.store.turn() as books:
            return books.data_rights.listed()


def _opened(folder: Path) -> OpenDesk:
    folder.mkdir(parents=True, exist_ok=True)
    return OpenDesk(folder)


@asynccontextmanager
async def a_drp_desk(folder: Path, clock: MovingClock, *agents: Agent) -> AsyncIterator[RunningDrpDesk]:
    """A desk for these agents, serving until the block ends."""
    opened = _opened(folder)
    listening = socket.create_server(("127.0.0.1", 0))
    try:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = opened.shop.settings
        times = Clock(now=clock.now, steady=clock.steady)
        reception = Reception(
            desk=opened.desk,
            store=opened.store,
            budget=Budget(settings.limits, settings.maintenance, steady=clock.steady()),
            clock=times,
            ask_again=settings.pace.ask_again,
        )
        listed = {agent.id: agent for agent in agents}
        drp = DrpDesk(drp_settings(), listed, api_base=api_base(url + PATH), random=os.urandom)

        async def card() -> bytes:
            return b"{}"

        app = application(
            reception, Publishing(card), endpoint=url + PATH, inbox=DrpDoors(drp, reception, times).routes()
        )
        async with _uvicorn(app, listening, reception):
            yield RunningDrpDesk(url=url, store=opened.store, drp=drp)
    finally:
        listening.close()
        opened.close()
