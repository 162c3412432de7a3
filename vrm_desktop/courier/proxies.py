"""Asking a proxy for a connection to a host: HTTP CONNECT and SOCKS5. The proxy resolves the name, never we.

Works on the bare socket before anything else speaks on it. No credentials: the proxies meant are the person's own.
"""

import asyncio
import enum
import re
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address
from typing import Final, Protocol, assert_never

from vrm_desktop.courier.addresses import IPAddress
from vrm_desktop.courier.errors import ProxyFailedError

_LONGEST_REPLY: Final = 8_192
_HIGHEST_PORT: Final = 65_535
_HOST: Final = re.compile(r"[A-Za-z0-9.\-]+|[0-9A-Fa-f:.]+", re.ASCII)
_CONNECTED: Final = re.compile(rb"HTTP/1\.[01] 2[0-9][0-9](?: [^\r\n]*)?\r\n")

_VERSION: Final = 5
_NO_LOGIN: Final = 0
_CONNECT: Final = 1
_IPV4, _NAME, _IPV6 = 1, 3, 4


class ProxyKind(enum.Enum):
    """What the proxy speaks."""

    HTTP = "http"
    SOCKS5 = "socks5"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProxySettings:
    """The person's proxy: `host` is a name or a literal address without brackets. `ValueError` when it is neither."""

    kind: ProxyKind
    host: str
    port: int

    def __post_init__(self) -> None:
        if _HOST.fullmatch(self.host) is None or not 0 < self.port <= _HIGHEST_PORT:
            msg = "a proxy needs a host and a port"
            raise ValueError(msg)


class Destination(Protocol):
    """Where a proxy is to lead: a host's name and port, and its address if the name is one."""

    @property
    def host(self) -> str: ...

    @property
    def port(self) -> int: ...

    @property
    def address(self) -> IPAddress | None: ...


async def ask_for_connection(connection: socket.socket, target: Destination, *, kind: ProxyKind) -> None:
    """Turn a connection to the proxy into one to the target, or raise `ProxyFailedError`. The clock is the caller's."""
    try:
        match kind:
            case ProxyKind.HTTP:
                await _ask_http(connection, target)
            case ProxyKind.SOCKS5:
                await _ask_socks(connection, target)
            case _:  # pragma: no cover
                assert_never(kind)
    except OSError as error:
        msg = "the connection to the proxy broke"
        raise ProxyFailedError(msg) from error


async def _ask_http(connection: socket.socket, target: Destination) -> None:
    loop = asyncio.get_running_loop()
    host = target.host if target.address is None or target.address.version == 4 else f"[{target.host}]"
    place = f"{host}:{target.port}"
    await loop.sock_sendall(connection, f"CONNECT {place} HTTP/1.1\r\nHost: {place}\r\n\r\n".encode("ascii"))
    reply = b""
    # The host behind the proxy waits for us to speak, so nothing after the empty line can be swallowed here.
    while not reply.endswith(b"\r\n\r\n"):
        part = await loop.sock_recv(connection, _LONGEST_REPLY)
        reply += part
        if not part or len(reply) > _LONGEST_REPLY:
            msg = "the proxy's answer is none"
            raise ProxyFailedError(msg)
    if _CONNECTED.match(reply) is None:
        msg = "the proxy refuses the connection"
        raise ProxyFailedError(msg)


async def _ask_socks(connection: socket.socket, target: Destination) -> None:
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(connection, bytes((_VERSION, 1, _NO_LOGIN)))
    if await _exactly(connection, 2) != bytes((_VERSION, _NO_LOGIN)):
        msg = "the proxy wants a login or does not speak SOCKS5"
        raise ProxyFailedError(msg)
    if target.address is None:
        name = target.host.encode("ascii")
        place = bytes((_NAME, len(name))) + name
    else:
        place = bytes((_IPV4 if isinstance(target.address, IPv4Address) else _IPV6,)) + target.address.packed
    await loop.sock_sendall(connection, bytes((_VERSION, _CONNECT, 0)) + place + target.port.to_bytes(2, "big"))
    version, reply, _, kind = await _exactly(connection, 4)
    if version != _VERSION or reply != 0:
        msg = f"the proxy refuses the connection ({reply})"
        raise ProxyFailedError(msg)
    match kind:
        case 1:
            rest = 4
        case 3:
            rest = (await _exactly(connection, 1))[0]
        case 4:
            rest = 16
        case _:
            msg = "the proxy's answer is none"
            raise ProxyFailedError(msg)
    await _exactly(connection, rest + 2)


async def _exactly(connection: socket.socket, size: int) -> bytes:
    loop = asyncio.get_running_loop()
    data = b""
    while len(data) < size:
        part = await loop.sock_recv(connection, size - len(data))
        if not part:
            msg = "the proxy hung up"
            raise ProxyFailedError(msg)
        data += part
    return data
