"""A proxy on loopback: speaks HTTP CONNECT or SOCKS5 and leads every host to one loopback port."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field

from tests.fakes.scripted_server import Script, raw_server


@dataclass(slots=True, kw_only=True)
class ProxyServer:
    """`port` to go to, and `asked`: the bytes of every request for a connection."""

    port: int = 0
    asked: list[bytes] = field(default_factory=list)


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    writer.close()


async def _join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, port: int) -> None:
    far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        await asyncio.gather(_pass_on(reader, far_writer), _pass_on(far_reader, writer))
    finally:
        far_writer.close()


def _http(seen: ProxyServer, port: int) -> Script:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.asked.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 Connection established\r\nVia: a proxy\r\n\r\n")
        await _join(reader, writer, port)

    return script


def _socks(seen: ProxyServer, port: int) -> Script:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        greeting = await reader.readexactly(3)
        writer.write(b"\x05\x00")
        request = await reader.readexactly(4)
        match request[3]:
            case 1:
                place = await reader.readexactly(4)
            case 3:
                size = await reader.readexactly(1)
                place = size + await reader.readexactly(size[0])
            case _:
                place = await reader.readexactly(16)
        seen.asked.append(greeting + request + place + await reader.readexactly(2))
        # The address it came out of, in any form: nothing a client may rely on.
        writer.write(b"\x05\x00\x00" + {1: b"\x01" + bytes(4), 3: b"\x03\x04here"}.get(request[3], b"\x04" + bytes(16)))
        writer.write(b"\x00\x50")
        await _join(reader, writer, port)

    return script


@asynccontextmanager
async def _served(make: Callable[[ProxyServer, int], Script], port: int) -> AsyncIterator[ProxyServer]:
    seen = ProxyServer()
    async with raw_server(make(seen, port)) as server:
        seen.port = server.port
        yield seen


def http_proxy(port: int) -> AbstractAsyncContextManager[ProxyServer]:
    """Joins every CONNECT to `port`."""
    return _served(_http, port)


def socks_proxy(port: int) -> AbstractAsyncContextManager[ProxyServer]:
    """Joins every SOCKS5 request to `port`."""
    return _served(_socks, port)
