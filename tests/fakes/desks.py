"""Real vendor desks over real HTTP on loopback, on the test's own loop and clock, behind a proxy that records.

The desk is the program's own: its settings, its store on a file, its web application under uvicorn. Never here: a desk
that says what a test wants (see lying_vendor).
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import uvicorn

from tests.fakes.asking_person import published_roster
from tests.fakes.moving_clock import MovingClock
from tests.fakes.open_desk import sample_catalogue, sample_settings
from tests.fakes.recording_proxy import Recording, recording_proxy
from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.vendor.budget import Budget
from vrm_desktop.vendor.card import current_card
from vrm_desktop.vendor.desk import Desk
from vrm_desktop.vendor.desk_keys import DeskKeys
from vrm_desktop.vendor.dossier import Dossier
from vrm_desktop.vendor.reception import Clock, Reception
from vrm_desktop.vendor.settings import DeskSettings
from vrm_desktop.vendor.shop import Shop
from vrm_desktop.vendor.sqlite_engine import open_engine, scrub
from vrm_desktop.vendor.store import Store
from vrm_desktop.vendor.web.app import PATH, application
from vrm_desktop.vendor.web.publishing import Publishing


@dataclass(slots=True, kw_only=True)
class RunningDesk:
    """A desk that serves. `url` is the recording proxy's; `recording` what went through it."""

    url: str
    store: Store
    recording: Recording
    name: str
    settings: DeskSettings = field(repr=False)
    reception: Reception = field(repr=False)

    def dossier(self, conversation: str) -> Dossier:
        """What the desk's own store holds of a conversation."""
        with self.store.turn() as books:
            dossier = books.dossier(conversation)
        assert dossier is not None, "the desk does not know the conversation"
        return dossier


@asynccontextmanager
async def a_desk(
    folder: Path, clock: MovingClock, *, desk: str = "", settings: DeskSettings | None = None
) -> AsyncIterator[RunningDesk]:
    """A sample desk (or one with these settings), serving until the block ends. It answers without delay."""
    chosen = settings or sample_settings(desk)
    chosen = replace(chosen, pace=replace(chosen.pace, terms=timedelta(), offers=timedelta(), orders=timedelta()))
    signer = _signer(folder)
    shop = Shop(settings=chosen, catalogue=sample_catalogue(desk), roster=published_roster())
    store = Store(open_engine(folder / "desk.sqlite3"), kid=signer.kid, scrub=scrub)
    listening = socket.create_server(("127.0.0.1", 0))
    try:
        async with recording_proxy(listening.getsockname()[1]) as recording:
            endpoint = recording.url + PATH
            with store.turn() as books:
                card = current_card(
                    shop, endpoint=endpoint, signer=signer, now=clock.now(), last=books.card(), keep=books.publish
                )
            made = Desk(shop=shop, card=card.card, keys=DeskKeys(current=signer), random=os.urandom)
            budget = Budget(chosen.limits, chosen.maintenance, steady=clock.steady())
            times = Clock(now=clock.now, steady=clock.steady)
            reception = Reception(desk=made, store=store, budget=budget, clock=times, ask_again=chosen.pace.ask_again)

            async def published() -> bytes:
                return card.data

            app = application(reception, Publishing(published), endpoint=endpoint)
            async with _uvicorn(app, listening, reception):
                yield RunningDesk(
                    url=recording.url,
                    store=store,
                    recording=recording,
                    name=chosen.name,
                    settings=chosen,
                    reception=reception,
                )
    finally:
        listening.close()
        store.close()


def _signer(folder: Path) -> SeedSigner:
    """The desk's key, the same whenever it serves from this folder again."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "seed"
    if not file.exists():
        file.write_bytes(os.urandom(32))
    return SeedSigner(file.read_bytes())


class _Server(uvicorn.Server):
    """uvicorn that leaves the test's signals alone."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def _uvicorn(app: object, listening: socket.socket, reception: Reception) -> AsyncIterator[None]:
    config = uvicorn.Config(
        app,  # type: ignore[arg-type] # a Starlette application is an ASGI application
        http="h11",
        ws="none",
        loop="asyncio",
        lifespan="on",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve(sockets=[listening]), name="desk")
    try:
        while not server.started:
            assert not running.done(), "the desk did not start"
            await asyncio.sleep(0.005)
        yield
    finally:
        reception.let_go()
        server.should_exit = True
        await running
