"""What a caller gets from a line to a peer that behaves: bytes as data, connections reused, nothing shared."""

import asyncio
import logging

import pytest

from tests.fakes.held_port import held_port
from tests.fakes.scripted_server import ScriptedServer, answer, raw_server, read_request, scripted_server
from vrm_desktop.courier.client import NEUTRAL_HEADERS, Courier
from vrm_desktop.courier.errors import (
    AddressRefusedError,
    ConnectFailedError,
    LineClosedError,
    RequestRefusedError,
    TimedOutError,
)
from vrm_desktop.courier.limits import Limits
from vrm_desktop.courier.transport import Moment

LIMITS = Limits()


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Reads everything, says nothing."""
    while await reader.read(65_536):
        pass


def header_lines(request: bytes) -> list[bytes]:
    return request.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]


def test_a_post_carries_exactly_the_bytes_and_brings_the_answer_as_data() -> None:
    async def go() -> None:
        reply = answer(
            b'{"ok":1}', status="202 Accepted", headers=b"Content-Type: application/json\r\nX-Two: a\r\nX-two: b\r\n"
        )
        async with scripted_server(reply) as peer, Courier(LIMITS) as courier:
            got = await courier.line("a").post_json(f"{peer.url}/inbox?x=%20y", b'{"b":2, "a":1}')
        assert (got.status, got.body) == (202, b'{"ok":1}')
        assert got.headers == {"content-length": "8", "content-type": "application/json", "x-two": "a, b"}
        assert b"ok" not in repr(got).encode()
        request = peer.requests[0]
        assert request.startswith(b"POST /inbox?x=%20y HTTP/1.1\r\nHost: 127.0.0.1:")
        assert request.endswith(b'\r\n\r\n{"b":2, "a":1}')
        assert b"content-type: application/json" in header_lines(request)

    asyncio.run(go())


def test_everybodys_requests_have_the_same_headers_in_the_same_order() -> None:
    async def go() -> None:
        async with scripted_server(answer(headers=b"Set-Cookie: id=1; Path=/\r\n")) as peer:
            for _ in range(2):
                async with Courier(LIMITS) as courier:
                    for key in ("a", "b", "a"):
                        await courier.line(key).get(f"{peer.url}/")
        assert len(set(peer.requests)) == 1
        assert len(peer.requests) == 6
        lines = header_lines(peer.requests[0])
        assert lines[0] == b"Host: 127.0.0.1:%d" % peer.port
        assert lines[1:] == [f"{name}: {value}".encode() for name, value in NEUTRAL_HEADERS.items()]

    asyncio.run(go())


def test_a_caller_may_say_what_it_accepts_and_sends() -> None:
    async def go() -> None:
        async with scripted_server(answer()) as peer, Courier(LIMITS) as courier:
            await courier.line("a").get(f"{peer.url}/", headers={"Accept": "text/html"})
            await courier.line("a").post_json(f"{peer.url}/", b"x", headers={"Content-Type": "application/jose"})
        assert b"Accept: text/html" in peer.requests[0]
        assert peer.requests[0].lower().count(b"\r\naccept:") == 1
        assert b"content-type: application/jose" in peer.requests[1]
        assert peer.requests[1].lower().count(b"\r\ncontent-type:") == 1

    asyncio.run(go())


@pytest.mark.parametrize(
    "headers",
    [
        {"User-Agent": "me"},
        {"Cookie": "a=b"},
        {"Host": "other"},
        {"Accept-Encoding": "gzip"},
        {"Content-Length": "3"},
        {"Transfer-Encoding": "chunked"},
        {"Accept": "a\r\nX: y"},
        {"Accept": "ü"},
        {"Accept": ""},
        {"Accept": "a" * 5000},
    ],
)
def test_reserved_and_broken_headers_are_refused_before_anything_is_sent(headers: dict[str, str]) -> None:
    async def go() -> None:
        async with scripted_server(answer()) as peer, Courier(LIMITS) as courier:
            with pytest.raises(RequestRefusedError):
                await courier.line("a").get(peer.url, headers=headers)
        assert peer.connections == 0

    asyncio.run(go())


def test_too_long_a_wait_too_large_a_request_and_bad_addresses_are_refused_before_anything_is_sent() -> None:
    async def go() -> None:
        async with scripted_server(answer()) as peer, Courier(LIMITS) as courier:
            line = courier.line("a")
            for seconds in (0.0, -1.0, LIMITS.longest_deadline_seconds + 0.5, float("nan")):
                with pytest.raises(RequestRefusedError):
                    await line.get(peer.url, deadline_seconds=seconds)
            with pytest.raises(RequestRefusedError):
                await line.get(peer.url, answer_bytes=-1)
            with pytest.raises(RequestRefusedError):
                await line.post_json(peer.url, bytes(LIMITS.request_bytes + 1))
            with pytest.raises(AddressRefusedError):
                await line.get(f"{peer.url}/#fragment")
        assert peer.connections == 0

    asyncio.run(go())


def test_a_large_request_arrives_whole() -> None:
    async def go() -> None:
        async with scripted_server(lambda request: answer(b"%d" % len(request))) as peer, Courier(LIMITS) as courier:
            body = bytes(range(256)) * (LIMITS.request_bytes // 256)
            await courier.line("a").post_json(peer.url, body)
        assert peer.requests[0].endswith(b"\r\n\r\n" + body)

    asyncio.run(go())


def test_a_long_answer_arrives_whole() -> None:
    async def go() -> None:
        body = bytes(range(256)) * 4096 * 3
        async with scripted_server(answer(body)) as peer, Courier(LIMITS) as courier:
            for _ in range(2):
                assert (await courier.line("a").get(peer.url)).body == body
        assert peer.connections == 1

    asyncio.run(go())


@pytest.mark.parametrize(
    "location",
    [
        "/again",
        "https://other.example/",
        "http://10.0.0.1/",
        "http://127.0.0.1:1/",
        "file:///etc/passwd",
        "data:,x",
        "http://[",
    ],
)
@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_an_answer_and_is_not_followed(status: str, location: str) -> None:
    async def go() -> None:
        reply = answer(status=status, headers=f"Location: {location}\r\n".encode())
        async with scripted_server(reply) as peer, Courier(LIMITS) as courier:
            got = await courier.line("a").post_json(peer.url, b"{}")
        assert (got.status, got.headers["location"]) == (int(status[:3]), location)
        assert (peer.connections, len(peer.requests)) == (1, 1)

    asyncio.run(go())


@pytest.mark.parametrize("status", ["401 Who", "407 Proxy", "429 Slow down", "503 Later", "599 Odd"])
def test_an_error_status_is_an_answer(status: str) -> None:
    async def go() -> None:
        reply = answer(b"no", status=status, headers=b"Retry-After: 99999999999\r\nWWW-Authenticate: Basic\r\n")
        async with scripted_server(reply) as peer, Courier(LIMITS) as courier:
            got = await courier.line("a").get(peer.url)
        assert (got.status, got.body, got.headers["retry-after"]) == (int(status[:3]), b"no", "99999999999")
        assert len(peer.requests) == 1

    asyncio.run(go())


def test_an_answer_in_many_pieces_is_put_together() -> None:
    async def go() -> None:
        async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await read_request(reader)
            reply = b"HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            reply += b"5;a=b\r\nhello\r\n1\r\n \r\n00005\r\nworld\r\n0\r\nTrailer: gone\r\n\r\n"
            for byte in reply:
                writer.write(bytes((byte,)))
                await asyncio.sleep(0)
            await read_request(reader)
            writer.write(answer(b"again"))

        async with raw_server(script) as peer, Courier(LIMITS) as courier:
            got = await courier.line("a").get(peer.url)
            assert got.body == b"hello world"
            assert "trailer" not in got.headers
            assert "link" not in got.headers
            assert (await courier.line("a").get(peer.url)).body == b"again"
            assert peer.connections == 1

    asyncio.run(go())


def test_an_answer_that_comes_before_the_request_was_read_is_still_read() -> None:
    async def go() -> None:
        async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer(b"too much", status="413 Too large"))
            await writer.drain()
            await reader.read(100)

        async with raw_server(script) as peer, Courier(LIMITS) as courier:
            got = await courier.line("a").post_json(peer.url, bytes(LIMITS.request_bytes))
        assert (got.status, got.body) == (413, b"too much")

    asyncio.run(go())


def test_an_observer_is_told_every_moment_of_every_exchange() -> None:
    moments: list[Moment] = []

    async def go() -> None:
        async with scripted_server(answer(b"x")) as peer, Courier(LIMITS, on_io=moments.append) as courier:
            await courier.line("a").get(peer.url)
            assert moments == ["about-to-send", "sent", "received"]
            await courier.line("a").post_json(peer.url, b"{}")
            assert moments[3:] == moments[:3]
            moments.clear()
            with pytest.raises(AddressRefusedError):
                await courier.line("a").get("http://10.0.0.1/")
            assert moments == []

    asyncio.run(go())


def test_an_observer_that_fails_before_sending_keeps_everything_here() -> None:
    async def go() -> None:
        def stop(moment: Moment) -> None:
            raise RuntimeError(moment)

        async with scripted_server(answer()) as peer, Courier(LIMITS, on_io=stop) as courier:
            with pytest.raises(RuntimeError, match="about-to-send"):
                await courier.line("a").post_json(peer.url, b"{}")
        assert peer.requests == []

    asyncio.run(go())


def test_a_closed_courier_hands_out_no_line() -> None:
    async def go() -> None:
        courier = Courier(LIMITS)
        await courier.close()
        with pytest.raises(LineClosedError):
            courier.line("a")

    asyncio.run(go())


def test_the_callers_deadline_holds_and_says_that_bytes_may_have_arrived() -> None:
    async def go() -> float:
        loop = asyncio.get_running_loop()
        async with raw_server(silent) as peer, Courier(LIMITS) as courier:
            start = loop.time()
            with pytest.raises(TimedOutError) as late:
                await courier.line("a").post_json(peer.url, b"{}", deadline_seconds=0.8)
            assert late.value.may_have_arrived
            return loop.time() - start

    assert 0.79 < asyncio.run(go()) < LIMITS.deadline_seconds, "the caller's deadline, not the usual one"


def test_a_desk_that_is_not_there_is_a_failed_connection() -> None:
    async def go() -> None:
        with held_port() as closed:
            async with Courier(LIMITS) as courier:
                with pytest.raises(ConnectFailedError) as failure:
                    await courier.line("a").post_json(f"http://localhost:{closed}/", b"{}")
        assert not failure.value.may_have_arrived

    asyncio.run(go())


def test_localhost_is_reached_without_any_look_up() -> None:
    async def nobody(host: str, port: int, /) -> list[str]:
        raise AssertionError(host)

    async def go(peer: ScriptedServer) -> None:
        async with Courier(LIMITS, resolver=nobody) as courier:
            assert (await courier.line("a").get(f"http://localhost:{peer.port}/")).status == 200

    async def with_peer() -> None:
        async with scripted_server(answer()) as peer:
            await go(peer)
            assert peer.requests[0].splitlines()[1] == b"Host: localhost:%d" % peer.port

    asyncio.run(with_peer())


def test_no_url_reaches_a_log(caplog: pytest.LogCaptureFixture) -> None:
    async def go() -> None:
        async with scripted_server(answer()) as peer, Courier(LIMITS) as courier:
            await courier.line("a").get(f"{peer.url}/planted-secret")

    caplog.set_level(logging.DEBUG)
    asyncio.run(go())
    assert "planted-secret" not in caplog.text
