"""One connection to a mail server of the person's: name, rules, proxy, protection, and reading it within bounds.

The rules of `mail.py` (protected or not at all, but for this computer), over the courier's own wire, so that a proxy is
never gone past and no server can make us wait or remember without end. Never here: what is said on it.
"""

import asyncio
import enum
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address

from vrm_desktop.courier.addresses import IPAddress, admitted, is_loopback
from vrm_desktop.courier.dialling import Dial, Resolver, open_socket, reach
from vrm_desktop.courier.errors import (
    CertificateRefusedError,
    ConnectFailedError,
    ConnectionLostError,
    CourierError,
    MalformedAnswerError,
    NameNotFoundError,
    ProxyFailedError,
    RequestRefusedError,
    TimedOutError,
    TlsFailedError,
    TooLargeError,
)
from vrm_desktop.courier.proxies import ProxySettings, ask_for_connection
from vrm_desktop.courier.trust import hardened, system_trust
from vrm_desktop.courier.wire import Wire

_HERE = ("127.0.0.1", "::1")
_HIGHEST_PORT = 65_535


class Protection(enum.Enum):
    """`WRAPPED`: TLS from the first byte. `UPGRADED`: STARTTLS, or nothing is said. `NONE`: this computer alone."""

    WRAPPED = "tls"
    UPGRADED = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailPlace:
    """A mail server, and who signs in ("" nobody)."""

    host: str
    port: int
    protection: Protection
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def address(self) -> IPAddress | None:
        """The address that the host spells out; None for a name."""
        try:
            return ip_address(self.host)
        except ValueError:
            return None

    @property
    def is_here(self) -> bool:
        """Whether it runs on this computer, so that nothing crosses a network."""
        return self.host == "localhost" if self.address is None else is_loopback(self.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLimits:
    """How long one exchange with a mail server may take, and how much of it is read. Seconds and bytes."""

    connect_seconds: float = 15.0
    session_seconds: float = 120.0
    line_bytes: int = 16 * 1024
    lines: int = 20_000
    session_bytes: int = 64 * 1024 * 1024
    next_address_seconds: float = 0.25
    addresses_per_name: int = 8


class MailLine:
    """An open connection. Everything read counts against the limits of the session."""

    def __init__(self, wire: Wire, place: MailPlace, context: ssl.SSLContext | None, limits: MailLimits) -> None:
        self._wire = wire
        self._place = place
        self._context = context
        self._limits = limits
        self._read = 0
        self._lines = 0
        self.is_protected = False
        self.may_have_arrived = False
        """Set by who sends something that takes effect; errors from then on say so."""

    def send(self, data: bytes) -> None:
        """Hand bytes over."""
        self._wire.send(data)

    async def line(self) -> bytes:
        """The next line without its end; a bare line feed ends one too, as old servers have it."""
        while (end := self._wire.buffer.find(b"\n")) < 0:
            if len(self._wire.buffer) > self._limits.line_bytes:
                raise TooLargeError("the mail server's line does not end")
            await self._more()
        if end > self._limits.line_bytes:
            raise TooLargeError("the mail server's line is too long")
        self._lines += 1
        self._count(end + 1)
        return self._wire.take(end + 1).rstrip(b"\r\n")

    async def exactly(self, size: int) -> bytes:
        """The next `size` bytes; the caller has compared `size` with what it wants."""
        self._count(size)
        data = bytearray()
        while len(data) < size:
            if not self._wire.buffer:
                await self._more()
            data += self._wire.take(size - len(data))
        return bytes(data)

    async def protect(self) -> None:
        """Speak TLS from here on. Whatever the server said before its time is not taken for an answer under it."""
        if self._wire.buffer:
            raise MalformedAnswerError("the mail server speaks before its connection is protected")
        await _under_tls(self._wire, self._place, self._context)
        self.is_protected = True

    def _count(self, size: int) -> None:
        self._read += size
        if self._read > self._limits.session_bytes or self._lines > self._limits.lines:
            raise TooLargeError("the mail server says too much")

    async def _more(self) -> None:
        if not await self._wire.more():
            lost = ConnectionLostError("the mail server hung up", may_have_arrived=self.may_have_arrived)
            raise lost from self._wire.cause


class MailConnector:
    """Opens lines to mail servers; the parameters as for `Courier`."""

    def __init__(
        self,
        *,
        resolver: Resolver,
        limits: MailLimits | None = None,
        ssl_context: ssl.SSLContext | None = None,
        proxy: ProxySettings | None = None,
        dial: Dial = open_socket,
    ) -> None:
        self._limits = limits or MailLimits()
        self._resolver = resolver
        self._context = None if ssl_context is None else _for_mail(ssl_context)
        self._proxy = proxy
        self._dial = dial

    @asynccontextmanager
    async def session(self, place: MailPlace) -> AsyncIterator[MailLine]:
        """A line for the block, hung up after it. Whatever goes wrong in it is raised as a `CourierError`."""
        if place.protection is Protection.NONE and not place.is_here:
            raise RequestRefusedError("a mail server on another computer is spoken to under protection, or not at all")
        if not place.host or not 0 < place.port <= _HIGHEST_PORT:
            raise RequestRefusedError("a mail server has a host and a port")
        line: MailLine | None = None
        wire: Wire | None = None
        try:
            async with asyncio.timeout(self._limits.session_seconds):
                wire = await self._open(place)
                line = MailLine(wire, place, self._context_for(place), self._limits)
                if place.protection is Protection.WRAPPED:
                    await line.protect()
                yield line
        except TimeoutError as error:
            arrived = line is not None and line.may_have_arrived
            raise TimedOutError("the mail server takes too long", may_have_arrived=arrived) from error
        except CourierError as error:
            error.may_have_arrived = line is not None and line.may_have_arrived
            raise
        finally:
            if wire is not None:
                wire.hang_up()
                await wire.gone()

    def _context_for(self, place: MailPlace) -> ssl.SSLContext | None:
        if place.protection is not Protection.NONE and self._context is None:
            self._context = _for_mail(system_trust())
        return self._context

    async def _open(self, place: MailPlace) -> Wire:
        try:
            async with asyncio.timeout(self._limits.connect_seconds):
                connection = await self._connected(place)
        except TimeoutError as error:
            raise TimedOutError("no connection to the mail server in time", may_have_arrived=False) from error
        try:
            _transport, wire = await asyncio.get_running_loop().create_connection(Wire, sock=connection)
        except BaseException:
            connection.close()
            raise
        return wire

    async def _connected(self, place: MailPlace) -> socket.socket:
        if place.is_here:
            answers = [place.host] if place.address is not None else list(_HERE)
            return await self._reach(place, admitted(place.host, answers, loopback_allowed=True))
        if self._proxy is None:
            known = place.address
            answers = [str(known)] if known is not None else list(await self._resolver(place.host, place.port))
            # The person named it: it may stand in the person's own network.
            return await self._reach(place, admitted(place.host, answers, loopback_allowed=False, own=True))
        try:
            try:
                addresses: tuple[IPv4Address | IPv6Address, ...] = (ip_address(self._proxy.host),)
            except ValueError:
                found = await self._resolver(self._proxy.host, self._proxy.port)
                addresses = tuple(ip_address(answer) for answer in found)
            connection = await reach(
                self._proxy.host,
                addresses,
                self._proxy.port,
                dial=self._dial,
                next_address_seconds=self._limits.next_address_seconds,
            )
        except (NameNotFoundError, ConnectFailedError, ValueError) as error:
            raise ProxyFailedError("the proxy does not answer") from error
        try:
            await ask_for_connection(connection, place, kind=self._proxy.kind)
        except BaseException:
            connection.close()
            raise
        return connection

    async def _reach(self, place: MailPlace, addresses: tuple[IPAddress, ...]) -> socket.socket:
        return await reach(
            place.host,
            addresses[: self._limits.addresses_per_name],
            place.port,
            dial=self._dial,
            next_address_seconds=self._limits.next_address_seconds,
        )


def _for_mail(context: ssl.SSLContext) -> ssl.SSLContext:
    """The courier's rules for TLS; mail servers are offered no protocol by name."""
    hardened(context).set_alpn_protocols([])
    return context


async def _under_tls(wire: Wire, place: MailPlace, context: ssl.SSLContext | None) -> None:
    if context is None:  # pragma: no cover - the session makes one for every protection
        raise TlsFailedError("no protected connection to the mail server")
    try:
        await wire.protect(context, place.host)
    except ssl.SSLCertVerificationError as error:
        raise CertificateRefusedError(f"{place.host} does not prove who it is: {error.verify_message}") from error
    except OSError as error:
        raise TlsFailedError(f"no protected connection to {place.host}") from error
