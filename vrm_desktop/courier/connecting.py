"""From a target to an open, protected wire: name, rules, connection, proxy, TLS, under one deadline."""

import asyncio
import socket
import ssl
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

from vrm_desktop.courier.addresses import IPAddress, admitted
from vrm_desktop.courier.dialling import Dial, Resolver, reach
from vrm_desktop.courier.errors import (
    CertificateRefusedError,
    ConnectFailedError,
    NameNotFoundError,
    ProxyFailedError,
    TimedOutError,
    TlsFailedError,
)
from vrm_desktop.courier.limits import Limits
from vrm_desktop.courier.proxies import ProxySettings, ask_for_connection
from vrm_desktop.courier.targets import Scheme, Target
from vrm_desktop.courier.trust import hardened, system_trust
from vrm_desktop.courier.wire import Wire

_HERE = (IPv4Address("127.0.0.1"), IPv6Address("::1"))


class Connector:
    """Opens wires. What it resolves is checked and connected to in one go, so a name cannot change in between."""

    def __init__(
        self,
        *,
        limits: Limits,
        resolver: Resolver,
        dial: Dial,
        ssl_context: ssl.SSLContext | None,
        proxy: ProxySettings | None,
    ) -> None:
        self._limits = limits
        self._resolver = resolver
        self._dial = dial
        self._ssl_context = None if ssl_context is None else hardened(ssl_context)
        self._proxy = proxy

    async def open(self, target: Target) -> Wire:
        """A wire to the target; raises a `NothingSentError`, or `TimedOutError` after `connect_seconds`."""
        try:
            async with asyncio.timeout(self._limits.connect_seconds):
                connection = await self._open_socket(target)
                try:
                    return await self._protect(connection, target)
                except BaseException:
                    connection.close()
                    raise
        except TimeoutError as error:
            msg = f"no connection to {target.host} in time"
            raise TimedOutError(msg, may_have_arrived=False) from error

    async def _open_socket(self, target: Target) -> socket.socket:
        # A peer on this computer is never asked for through a proxy.
        if target.is_here:
            return await self._reach(target.host, self._addresses_here(target), target.port)
        if self._proxy is None or target.is_own:
            answers = (
                [str(target.address)] if target.address is not None else await self._resolver(target.host, target.port)
            )
            addresses = admitted(target.host, answers, loopback_allowed=False, own=target.is_own)
            return await self._reach(target.host, addresses[: self._limits.addresses_per_name], target.port)
        connection = await self._reach_proxy(self._proxy)
        try:
            await ask_for_connection(connection, target, kind=self._proxy.kind)
        except BaseException:
            connection.close()
            raise
        return connection

    def _addresses_here(self, target: Target) -> Sequence[IPAddress]:
        # "localhost" is never looked up: what it means is not for a resolver to say.
        return admitted(
            target.host, map(str, [target.address] if target.address is not None else _HERE), loopback_allowed=True
        )

    async def _reach_proxy(self, proxy: ProxySettings) -> socket.socket:
        """The proxy is the person's own choice: it may be on this computer or its network."""
        try:
            try:
                addresses = [ip_address(proxy.host)]
            except ValueError:
                addresses = [ip_address(answer) for answer in await self._resolver(proxy.host, proxy.port)]
            return await self._reach(proxy.host, addresses, proxy.port)
        except (NameNotFoundError, ConnectFailedError, ValueError) as error:
            msg = "the proxy does not answer"
            raise ProxyFailedError(msg) from error

    async def _reach(self, host: str, addresses: Sequence[IPAddress], port: int) -> socket.socket:
        return await reach(
            host, addresses, port, dial=self._dial, next_address_seconds=self._limits.next_address_seconds
        )

    async def _protect(self, connection: socket.socket, target: Target) -> Wire:
        loop = asyncio.get_running_loop()
        try:
            if target.scheme is Scheme.HTTP:
                _, wire = await loop.create_connection(Wire, sock=connection)
                return wire
            if self._ssl_context is None:
                self._ssl_context = system_trust()
            _, wire = await loop.create_connection(
                Wire,
                sock=connection,
                ssl=self._ssl_context,
                server_hostname=target.host,
                # Never the first to expire: the deadline around all of this is.
                ssl_handshake_timeout=2 * self._limits.connect_seconds,
            )
        except ssl.SSLCertVerificationError as error:
            msg = f"{target.host} does not prove who it is: {error.verify_message}"
            raise CertificateRefusedError(msg) from error
        except OSError as error:
            msg = f"no protected connection to {target.host}"
            raise TlsFailedError(msg) from error
        return wire
