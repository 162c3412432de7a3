"""One process that serves a home folder on a socket until a signal comes: where the desk's parts are put together."""

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import uvicorn

from vrm_desktop.domain.ids import Kid
from vrm_desktop.protocol.cards import check_endpoint
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.vendor.books import Books
from vrm_desktop.vendor.budget import Budget
from vrm_desktop.vendor.card import PublishedCard, current_card, kept_card
from vrm_desktop.vendor.connectors.starting import open_dispatching
from vrm_desktop.vendor.desk import Desk
from vrm_desktop.vendor.desk_keys import DeskKeys
from vrm_desktop.vendor.drp.desk import open_drp
from vrm_desktop.vendor.errors import BadSettings, Busy
from vrm_desktop.vendor.home import Home
from vrm_desktop.vendor.key_change import watch_keys
from vrm_desktop.vendor.key_file import read_keys
from vrm_desktop.vendor.listening import room_for
from vrm_desktop.vendor.pages.routes import inbox_routes
from vrm_desktop.vendor.reception import Clock, Reception
from vrm_desktop.vendor.restocking import restock
from vrm_desktop.vendor.store import Store
from vrm_desktop.vendor.store_opening import open_store
from vrm_desktop.vendor.web.app import application
from vrm_desktop.vendor.web.bounded import Patience, bounded
from vrm_desktop.vendor.web.drp_doors import DrpDoors, api_base
from vrm_desktop.vendor.web.publishing import Publishing

_log = logging.getLogger(__name__)
_GRACE_SECONDS = 5


def serve(
    home: Home,
    listening: socket.socket,
    *,
    database: str | None,
    endpoint: str,
    clock: Clock,
    random: Callable[[int], bytes],
    ready: Callable[[], None],
    lifeline: int | None = None,
) -> None:
    """Serve on `listening` until SIGTERM or SIGINT; `ready` is called once requests are taken.

    `database` is the address of a shared database, None for the file in the home folder. A worker also stops when
    something comes on, or closes, the descriptor `lifeline`: whoever started it is gone.

    Raises:
        BadHome: the database cannot be opened.
        BadSettings: the shop's data cannot stand on a card, or a connector cannot be opened.
    """
    store, neighbours = open_store(home, database=database)
    try:
        cards = _Cards(home, store, endpoint=endpoint)
        card = cards.at(clock.now()).card
        desk = Desk(shop=home.shop, card=card, keys=home.keys.under(card.key), random=random, find=cards.keys)
        settings = home.shop.settings
        budget = Budget(settings.limits, settings.maintenance, steady=clock.steady())

        async def run() -> None:
            reception = Reception(
                desk=desk,
                store=store,
                budget=budget,
                clock=clock,
                ask_again=settings.pace.ask_again,
                neighbours=neighbours,
            )
            dispatching = open_dispatching(settings, reception, folder=home.database.parent, now=clock.now)
            publishing = Publishing(cards.publisher(reception, clock))
            drp = open_drp(settings.drp, home.database.parent, api_base=api_base(endpoint), random=random)
            inbox = inbox_routes(
                reception,
                desk,
                clock=clock,
                random=random,
                resources=resources_folder(),
                secure=endpoint.startswith("https:"),
                drp=drp,
            )
            doors = DrpDoors(drp, reception, clock).routes() if drp is not None else []
            patience = Patience(connections=room_for(settings.limits.connections))
            app = application(reception, publishing, endpoint=endpoint, inbox=[*inbox, *doors])
            server = _Server(app, patience=patience, ready=ready)
            goods = asyncio.create_task(
                restock(home, lambda fresh: cards.restock(fresh, desk, reception, clock)), name="desk-goods"
            )
            keys = asyncio.create_task(watch_keys(home.keys.path, desk, reception, clock), name="desk-key")
            links = asyncio.create_task(dispatching.run(), name="desk-connectors")
            with _stopping(server, reception, lifeline):
                await server.serve(sockets=[listening])
            for task in (goods, keys, links):
                task.cancel()
            await asyncio.gather(goods, keys, links, return_exceptions=True)

        asyncio.run(run())
    finally:
        store.close()


class _Cards:
    """The shop's card, made again when it grows old."""

    def __init__(self, home: Home, store: Store, *, endpoint: str) -> None:
        self._home = home
        self._store = store
        self._endpoint = endpoint
        self._known: PublishedCard | None = None

    def at(self, now: datetime) -> PublishedCard:
        """The card to publish at `now`, before the desk works.

        Raises:
            BadSettings: the shop's data, or its address, cannot stand on a card.
        """
        try:
            check_endpoint(self._endpoint)
        except ProtocolError as error:
            raise BadSettings(f"people reach a desk by https; state its address with --public-url ({error})") from error
        try:
            with self._store.turn() as books:
                return self._in(books, now)
        except ProtocolError as error:
            raise BadSettings(f"the card cannot be made: {error}") from error

    def publisher(self, reception: Reception, clock: Clock) -> Callable[[], Awaitable[bytes]]:
        """What answers a request for the card while the desk works."""

        async def data() -> bytes:
            now = clock.now()
            try:
                stored = await reception.ask(lambda books: books.published())
            except Busy:
                if self._known is None:
                    raise
                return self._known.data
            if stored is not None and (self._known is None or stored != self._known.data):
                self._known = kept_card(stored, now=now)  # another worker's, or under another key
            if self._known is None or now >= self._known.renewed_at:
                self._known = await reception.ask(lambda books: self._in(books, now))
            return self._known.data

        return data

    async def restock(self, home: Home, desk: Desk, reception: Reception, clock: Clock) -> None:
        """Let the desk go on with other goods, and say so on the card where it lists their categories.

        Raises:
            BadSettings: the card cannot be made; nothing has changed then.
        """
        before, self._home = self._home, home
        try:
            self._known = await reception.ask(lambda books: self._in(books, clock.now()))
        except ProtocolError as error:
            self._home = before
            raise BadSettings(f"the card cannot be made: {error}") from error
        desk.restock(home.shop, self._known.card)

    def keys(self, kid: Kid) -> DeskKeys:
        """The desk's keys as they are in the folder now, signing with `kid`.

        Raises:
            BadHome: it is not there.
        """
        return read_keys(self._home.keys.path).under(kid)

    def _in(self, books: Books, now: datetime) -> PublishedCard:
        keys = self.keys(books.key())
        return current_card(
            self._home.shop,
            endpoint=self._endpoint,
            signer=keys.current,
            previous=keys.previous,
            now=now,
            last=books.card(),
            keep=books.publish,
        )


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers, telling when it takes requests."""

    def __init__(self, app: object, *, patience: Patience, ready: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
                app,  # type: ignore[arg-type] # a Starlette application is an ASGI application
                http=bounded(patience),
                ws="none",
                loop="asyncio",
                lifespan="on",
                interface="asgi3",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=_GRACE_SECONDS,
                timeout_keep_alive=30,
            )
        )
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone: uvicorn would raise them once more at the end, and the process not end with status 0."""
        yield


@contextmanager
def _stopping(server: uvicorn.Server, reception: Reception, lifeline: int | None) -> Iterator[None]:
    """Stop calmly on SIGTERM and SIGINT: those who wait are answered, what was begun is finished."""
    loop = asyncio.get_running_loop()

    def stop() -> None:
        if lifeline is not None:
            loop.remove_reader(lifeline)
        _log.info("stopping")
        server.should_exit = True
        reception.let_go()

    if lifeline is not None:
        loop.add_reader(lifeline, stop)
    signals = (signal.SIGTERM, signal.SIGINT)
    for number in signals:
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows has no signal handlers in its loop
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))
    try:
        yield
    finally:
        for number in signals:
            with contextlib.suppress(NotImplementedError):
                loop.remove_signal_handler(number)
