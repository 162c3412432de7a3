"""A peer on loopback that says exactly what a test tells it to, byte by byte."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass(slots=True, kw_only=True)
class ScriptedServer:
    """What a test may know about its peer. `requests` holds every whole request in order, head and body."""

    port: int = 0
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """One whole request; `asyncio.IncompleteReadError` when the client has no more."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return head + await reader.readexactly(length)


def answer(body: bytes = b"", *, status: str = "200 OK", headers: bytes = b"") -> bytes:
    """A proper answer with a length."""
    return b"HTTP/1.1 %b\r\nContent-Length: %d\r\n%b\r\n%b" % (status.encode(), len(body), headers, body)


@asynccontextmanager
async def raw_server(script: Script, *, tls: ssl.SSLContext | None = None) -> AsyncIterator[ScriptedServer]:
    """Runs `script` for every connection and closes it afterwards; what it still does at the end is cancelled."""
    seen = ScriptedServer()
    tasks: set[asyncio.Task[None]] = set()

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.connections += 1
        try:
            # A client that hangs up in the middle is what many of these tests are about.
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await script(reader, writer)
                await writer.drain()
        finally:
            writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(converse(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=tls)
    seen.port = server.sockets[0].getsockname()[1]
    try:
        yield seen
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def scripted_server(
    reply: Callable[[bytes], bytes] | bytes, *, tls: ssl.SSLContext | None = None
) -> AsyncIterator[ScriptedServer]:
    """Answers every request with the same bytes, or with what `reply` makes of it, and keeps the connection open."""
    requests: list[bytes] = []

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            request = await read_request(reader)
            requests.append(request)
            writer.write(reply if isinstance(reply, bytes) else reply(request))
            await writer.drain()

    async with raw_server(converse, tls=tls) as seen:
        seen.requests = requests
        yield seen
