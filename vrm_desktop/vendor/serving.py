"""Serving one home folder over HTTP until a signal comes: the only place that puts the desk's parts together."""

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import uvicorn

from vrm_desktop.protocol.cards import check_endpoint
from vrm_desktop.protocol.errors import ProtocolError
from vrm_desktop.vendor.budget import Budget
from vrm_desktop.vendor.card import PublishedCard, current_card
from vrm_desktop.vendor.desk import Desk
from vrm_desktop.vendor.errors import BadHome, BadSettings
from vrm_desktop.vendor.home import Home
from vrm_desktop.vendor.reception import Clock, Reception
from vrm_desktop.vendor.sqlite_engine import open_engine, scrub
from vrm_desktop.vendor.store import Books, Store
from vrm_desktop.vendor.web.app import PATH, application
from vrm_desktop.vendor.web.publishing import Publishing

_log = logging.getLogger(__name__)
_BACKLOG = 512
_GRACE_SECONDS = 5


def serve(
    home: Home,
    *,
    host: str,
    port: int,
    public_url: str | None,
    clock: Clock,
    random: Callable[[int], bytes],
    ready: Callable[[str], None],
) -> None:
    """Serve until SIGTERM or SIGINT; `ready` gets the address once requests are taken.

    Raises:
        BadHome: the address cannot be bound, or the database not opened.
        BadSettings: the shop's data cannot stand on a card.
    """
    store = Store(open_engine(home.database), kid=home.signer.kid, scrub=scrub)
    try:
        with _bound(host, port) as listening:
            address = _address(listening, host)
            endpoint = (public_url or address).rstrip("/") + PATH
            _serve(home, store, listening, endpoint=endpoint, clock=clock, random=random, ready=lambda: ready(address))
    finally:
        store.close()


def _serve(
    home: Home,
    store: Store,
    listening: socket.socket,
    *,
    endpoint: str,
    clock: Clock,
    random: Callable[[int], bytes],
    ready: Callable[[], None],
) -> None:
    cards = _Cards(home, store, endpoint=endpoint)
    desk = Desk(shop=home.shop, card=cards.at(clock.now()).card, signer=home.signer, random=random)
    settings = home.shop.settings
    budget = Budget(settings.limits, settings.maintenance, steady=clock.steady())

    async def run() -> None:
        reception = Reception(desk=desk, store=store, budget=budget, clock=clock, ask_again=settings.pace.ask_again)
        publishing = Publishing(cards.publisher(reception, clock))
        server = _Server(application(reception, publishing, endpoint=endpoint), ready=ready)
        with _stopping(server, reception):
            await server.serve(sockets=[listening])

    asyncio.run(run())


class _Cards:
    """The shop's card, made again when it grows old."""

    def __init__(self, home: Home, store: Store, *, endpoint: str) -> None:
        self._home = home
        self._store = store
        self._endpoint = endpoint

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
        known: PublishedCard | None = None

        async def data() -> bytes:
            nonlocal known
            now = clock.now()
            if known is None or now >= known.renewed_at:
                known = await reception.ask(lambda books: self._in(books, now))
            return known.data

        return data

    def _in(self, books: Books, now: datetime) -> PublishedCard:
        return current_card(
            self._home.shop,
            endpoint=self._endpoint,
            signer=self._home.signer,
            now=now,
            last=books.card(),
            keep=books.publish,
        )


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers, telling when it takes requests."""

    def __init__(self, app: object, *, ready: Callable[[], None]) -> None:
        super().__init__(
            uvicorn.Config(
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
def _stopping(server: uvicorn.Server, reception: Reception) -> Iterator[None]:
    """Stop calmly on SIGTERM and SIGINT: those who wait are answered, what was begun is finished."""
    loop = asyncio.get_running_loop()

    def stop() -> None:
        _log.info("stopping")
        server.should_exit = True
        reception.let_go()

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


@contextmanager
def _bound(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise BadHome(f"cannot listen on {host} port {port}: {error.strerror}") from error
    try:
        yield listening
    finally:
        listening.close()


def _address(listening: socket.socket, host: str) -> str:
    port: int = listening.getsockname()[1]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
