"""People who send byte by byte, take nothing, or come in crowds: nobody holds a desk up, and nothing is lost."""

import asyncio
import os
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from tests.fakes.asking_person import AskingPerson
from tests.fakes.vendor_process import Caller, serving
from vrm_desktop.domain.ids import Kid
from vrm_desktop.vendor.web.bounded import Patience, bounded

_SHORT = Patience(head_seconds=0.8, request_seconds=0.9, answer_seconds=1.0, connections=3)
_DRIPPING_SECONDS = 8
_SECONDS = 60
_HEAD = b"POST / HTTP/1.1\r\nHost: x\r\n"


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def _echo(scope: Any, receive: Any, send: Any) -> None:
    """Reads the whole request, and answers with as many bytes as its path says."""
    while True:
        part = await receive()
        if part["type"] == "http.disconnect":
            return
        if not part["more_body"]:
            break
    left = int(scope["path"][1:] or "2")
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % left)]})
    while left:
        size = min(left, 65536)
        left -= size
        await send({"type": "http.response.body", "body": b"x" * size, "more_body": left > 0})


@asynccontextmanager
async def short_of_patience(patience: Patience = _SHORT) -> AsyncIterator[int]:
    """A server with these limits; its port."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        _echo, http=bounded(patience), ws="none", lifespan="off", log_config=None, timeout_graceful_shutdown=1
    )
    server = _Server(config)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        while not server.started:
            assert not running.done(), "the server did not start"
            await asyncio.sleep(0.005)
        yield listening.getsockname()[1]
    finally:
        server.should_exit = True
        await running
        listening.close()


def trying(work: Callable[[int], Awaitable[None]], patience: Patience = _SHORT) -> None:
    async def run() -> None:
        async with asyncio.timeout(_SECONDS), short_of_patience(patience) as port:
            await work(port)

    asyncio.run(run())


async def left(reader: asyncio.StreamReader) -> bytes:
    """All that still comes before the connection is closed, or cut."""
    data = b""
    with suppress(ConnectionError):
        while part := await reader.read(65536):
            data += part
    return data


async def drip(writer: asyncio.StreamWriter, data: bytes, *, every: float) -> None:
    """Send byte by byte until the other side has enough of it."""
    with suppress(ConnectionError):
        for byte in data:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(every)


@pytest.mark.parametrize(
    ("first", "slowly", "heard"),
    [
        (b"", b"", b""),
        (b"", _HEAD + b"X: " + b"y" * 500, b"HTTP/1.1 408 "),
        (_HEAD + b"\r\n", b"", b"HTTP/1.1 200 "),
        (_HEAD + b"Content-Length: 500\r\n\r\n", b"x" * 400, b""),
        (_HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 100, b""),
    ],
    ids=["silence", "head", "then-idle", "body", "chunks"],
)
def test_whoever_dawdles_is_let_go(first: bytes, slowly: bytes, heard: bytes) -> None:
    async def work(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        began = asyncio.get_running_loop().time()
        writer.write(first)
        dripping = asyncio.create_task(drip(writer, slowly, every=0.02))
        if heard == b"HTTP/1.1 200 ":  # a further head comes slowly on a connection that was of use before
            await reader.readuntil(b"\r\n\r\nxx")
            writer.write(b"GET / HT")
            answer = await left(reader)
            assert answer.startswith(b"HTTP/1.1 408 ")
        else:
            answer = await left(reader)
            assert answer.startswith(heard) if heard else answer == b""
        assert asyncio.get_running_loop().time() - began < _DRIPPING_SECONDS, "before all was said"
        dripping.cancel()
        await asyncio.gather(dripping, return_exceptions=True)
        writer.close()

    trying(work)


def test_whoever_takes_no_answer_is_let_go() -> None:
    async def work(port: int) -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=_SECONDS) as line:
            line.sendall(b"POST /60000000 HTTP/1.1\r\nHost: x\r\n\r\n")
            await asyncio.sleep(2 * _SHORT.answer_seconds)  # takes nothing all the while
            taken = 0
            with suppress(ConnectionError):
                while part := await asyncio.to_thread(line.recv, 1 << 20):
                    taken += len(part)
        assert taken < 60_000_000, "the rest was never sent"

    trying(work)


def test_a_body_in_time_is_taken_however_many_pieces_it_comes_in() -> None:
    async def work(port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(3):
            writer.write(_HEAD)
            await asyncio.sleep(0.02)
            writer.write(b"Content-Length: 10\r\n\r\n")
            for _ in range(10):
                writer.write(b"x")
                await asyncio.sleep(0.005)
            assert (await reader.readuntil(b"\r\n\r\nxx")).startswith(b"HTTP/1.1 200 ")
        writer.close()
        await writer.wait_closed()

    trying(work, Patience(connections=3))


def test_more_connections_than_agreed_are_asked_to_come_again() -> None:
    async def work(port: int) -> None:
        held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(3)]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(_HEAD + b"\r\n")
        answer = await left(reader)
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"retry-after: 5\r\n" in answer.lower()
        assert b"urn:intentcast:error:busy" in answer
        writer.close()
        held[0][1].write(_HEAD + b"Connection: close\r\n\r\n")
        assert (await left(held[0][0])).startswith(b"HTTP/1.1 200 ")  # the server has forgotten it before it hangs up
        held[0][1].close()
        again, more = await asyncio.open_connection("127.0.0.1", port)
        more.write(_HEAD + b"\r\n")
        assert (await again.readuntil(b"\r\n\r\nxx")).startswith(b"HTTP/1.1 200 ")
        for _, each in (*held[1:], (again, more)):
            each.close()

    trying(work, Patience(connections=3))


def test_a_flood_of_connections_is_dropped_unheard_beyond_a_little_more() -> None:
    async def work(port: int) -> None:
        lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(130)]
        dropped = [await left(reader) for reader, _ in lines[103:]]
        assert dropped == [b""] * 27
        for _, writer in lines:
            writer.close()

    trying(work, Patience(connections=3))


def test_hundreds_of_slow_senders_do_not_keep_a_buyer_from_the_desk(tmp_path: Path, http: httpx.Client) -> None:
    home = tmp_path / "shop"
    home.mkdir()
    (home / "desk.toml").write_text('name = "Patient"\n[limits]\nconnections = 400\n')
    slow = Patience()
    with serving(home) as vendor:
        began = time.monotonic()
        lines = [socket.create_connection(("127.0.0.1", vendor.port), timeout=_SECONDS) for _ in range(300)]
        caller = Caller(vendor.url, http)
        person = AskingPerson(vendor=Kid(caller.card["key"]), now=datetime.now(UTC))
        head = b"POST /intentcast/conversations HTTP/1.1\r\nHost: x\r\nX-Slow: " + os.urandom(64).hex().encode()
        caller.exchange(person, person.ping())
        for place in range(0, 30, 6):
            for line in lines:
                with suppress(OSError):
                    line.sendall(head[place : place + 6])
            time.sleep(0.2)  # the pace of the slow senders
        caller.exchange(person, person.reveal())
        for line in lines:
            answer = b""
            with suppress(ConnectionError):
                while part := line.recv(4096):
                    answer += part
            assert answer == b"" or answer.startswith(b"HTTP/1.1 408 ")
            line.close()
        assert time.monotonic() - began < slow.head_seconds + _SECONDS
        caller.exchange(person, person.message())
