"""What a listener hears of a stream of events: its pieces as they come, within the limits of any answer."""

import asyncio

import pytest

from tests.fakes.scripted_server import ScriptedServer, answer, raw_server, read_request, scripted_server
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.errors import ConnectionLostError, TimedOutError, TooLargeError
from vrm_desktop.courier.limits import Limits

LIMITS = Limits()
HASTY = Limits(deadline_seconds=1.0)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


async def post(peer: ScriptedServer, courier: Courier, heard: list[bytes], *, most: int | None = None) -> bytes:
    async def listen(piece: bytes) -> bool:
        heard.append(piece)
        return b"enough" not in piece

    got = await courier.line("a").post_json(f"{peer.url}/mcp", b"{}", listener=listen, answer_bytes=most)
    return got.body


def test_the_pieces_are_heard_while_the_peer_still_speaks_and_waits_for_an_answer() -> None:
    answered = asyncio.Event()

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await read_request(reader)
        if b"pong" in request:
            answered.set()
            writer.write(answer(status="202 Accepted"))
            return
        writer.write(HEAD + chunk(b"ping"))
        await writer.drain()
        await answered.wait()
        writer.write(chunk(b"done") + b"0\r\n\r\n")

    async def go() -> None:
        heard = []
        async with raw_server(speak) as peer, Courier(LIMITS) as courier:

            async def listen(piece: bytes) -> bool:
                heard.append(piece)
                if piece == b"ping":
                    await courier.line("a").post_json(f"{peer.url}/mcp", b"pong")
                return True

            got = await courier.line("a").post_json(f"{peer.url}/mcp", b"{}", listener=listen)
        assert (heard, got.body) == ([b"ping", b"done"], b"")

    asyncio.run(go())


def test_a_listener_that_has_heard_enough_hangs_up_on_an_endless_stream() -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(HEAD + chunk(b"enough"))
        await reader.read()

    async def go() -> None:
        heard: list[bytes] = []
        async with raw_server(speak) as peer, Courier(LIMITS) as courier:
            assert await post(peer, courier, heard) == b""
            assert await post(peer, courier, heard) == b""
            assert peer.connections == 2
        assert heard == [b"enough", b"enough"]

    asyncio.run(go())


@pytest.mark.parametrize(
    ("after", "error"), [(b"", ConnectionLostError), (chunk(b"x" * 100), TooLargeError), (None, TimedOutError)]
)
def test_a_stream_has_the_limits_of_any_answer(after: bytes | None, error: type[Exception]) -> None:
    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(HEAD + chunk(b"one") + (after or b""))
        if after is None:
            await reader.read()

    async def go() -> None:
        heard: list[bytes] = []
        async with raw_server(speak) as peer, Courier(HASTY if error is TimedOutError else LIMITS) as courier:
            with pytest.raises(error):
                await post(peer, courier, heard, most=64)
        assert heard == [b"one"]

    asyncio.run(go())


@pytest.mark.parametrize(
    ("status", "kind", "heard_it"),
    [
        ("200 OK", b"text/event-stream", True),
        ("200 OK", b"application/json", False),
        ("500 Oh", b"text/event-stream", False),
    ],
)
def test_only_a_stream_of_events_is_heard_and_any_other_answer_is_data(
    status: str, kind: bytes, *, heard_it: bool
) -> None:
    async def go() -> None:
        heard: list[bytes] = []
        reply = answer(b"whole", status=status, headers=b"Content-Type: %b\r\n" % kind)
        async with scripted_server(reply) as peer, Courier(LIMITS) as courier:
            body = await post(peer, courier, heard)
        assert (heard, body) == (([b"whole"], b"") if heard_it else ([], b"whole"))

    asyncio.run(go())
