"""A TCP proxy on loopback that keeps every byte that goes through it, and whole requests and answers of HTTP.

It changes nothing. Never here: what the bytes mean.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field


@dataclass(slots=True, kw_only=True)
class Passed:
    """Bytes that went one way at one moment; `number` counts over all recordings of one process."""

    number: int
    connection: int
    sent: bool
    data: bytes


@dataclass(slots=True, kw_only=True)
class Recording:
    """All that went through one proxy, in order. `down` refuses connections.

    `look` is given all that one connection has sent so far, before the last of it is passed on.
    """

    port: int = 0
    passed: list[Passed] = field(default_factory=list)
    connections: int = 0
    down: bool = False
    look: Callable[[bytes], Awaitable[None]] | None = None

    @property
    def url(self) -> str:
        """Where people reach the peer behind the proxy."""
        return f"http://127.0.0.1:{self.port}"

    def sent(self) -> list[bytes]:
        """Every whole request that people sent, head and body, in order of their connections."""
        return _requests(self._streams(sent=True))

    def answered(self) -> list[bytes]:
        """Every whole answer with a stated length."""
        return _requests(self._streams(sent=False))

    def posts(self) -> list[bytes]:
        """The bodies of all posts."""
        return [one.partition(b"\r\n\r\n")[2] for one in self.sent() if one.startswith(b"POST ")]

    def stream(self, connection: int) -> bytes:
        """All that was sent over one connection so far."""
        return b"".join(one.data for one in self.passed if one.sent and one.connection == connection)

    def _streams(self, *, sent: bool) -> list[bytes]:
        streams: dict[int, bytes] = {}
        for one in self.passed:
            if one.sent is sent:
                streams[one.connection] = streams.get(one.connection, b"") + one.data
        return [streams[key] for key in sorted(streams)]


class _Count:
    """Numbers for all recordings together, so that what passed can be put in order."""

    def __init__(self) -> None:
        self.last = 0

    def next(self) -> int:
        self.last += 1
        return self.last


_COUNT = _Count()


def _requests(streams: list[bytes]) -> list[bytes]:
    whole = []
    for stream in streams:
        rest = stream
        while b"\r\n\r\n" in rest:
            head, _, body = rest.partition(b"\r\n\r\n")
            length = 0
            for line in head.split(b"\r\n")[1:]:
                name, _, value = line.partition(b":")
                if name.strip().lower() == b"content-length":
                    length = int(value)
            whole.append(head + b"\r\n\r\n" + body[:length])
            rest = body[length:]
    return whole


@asynccontextmanager
async def recording_proxy(port: int) -> AsyncIterator[Recording]:
    """Pass everything on to `port` of this machine until the block ends."""
    recording = Recording()
    tasks: set[asyncio.Task[None]] = set()

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, connection: int, *, sent: bool) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                recording.passed.append(Passed(number=_COUNT.next(), connection=connection, sent=sent, data=data))
                if sent and recording.look is not None:
                    await recording.look(recording.stream(connection))
                writer.write(data)
                await writer.drain()
        writer.close()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        recording.connections += 1
        connection = recording.connections
        if recording.down:
            writer.transport.abort()
            return
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            writer.transport.abort()
            return
        try:
            await asyncio.gather(
                pump(reader, far_writer, connection, sent=True), pump(far_reader, writer, connection, sent=False)
            )
        finally:
            far_writer.close()
            writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.get_running_loop().create_task(connect(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    recording.port = server.sockets[0].getsockname()[1]
    try:
        yield recording
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
