"""Peers that lie, flood, stall and babble: each is ended with the right error, in time, in little memory."""

import asyncio
import dataclasses
import gzip
import resource
from collections.abc import Awaitable, Callable

import pytest

from tests.fakes.scripted_server import answer, raw_server, read_request, scripted_server
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.errors import (
    AnsweredBadlyError,
    ConnectionLostError,
    CourierError,
    EncodingRefusedError,
    MalformedAnswerError,
    TimedOutError,
    TooLargeError,
)
from vrm_desktop.courier.limits import KIB, MIB, Limits

LIMITS = Limits(
    connect_seconds=20.0,
    deadline_seconds=20.0,
    answer_bytes=64 * KIB,
    head_bytes=8 * KIB,
    header_count=50,
    interim_answers=4,
    chunk_count=1000,
    chunk_line_bytes=64,
)
HASTY = dataclasses.replace(LIMITS, connect_seconds=0.8, deadline_seconds=0.8)
"""For peers that never come to an end: long enough to send a request on a busy computer."""
GRACE = 10.0
OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def outcome(script: Script, limits: Limits) -> CourierError:
    """The error an exchange with this peer ends with, within the deadline and a little."""
    async with raw_server(script) as peer, Courier(limits) as courier:
        async with asyncio.timeout(limits.deadline_seconds + GRACE):
            with pytest.raises(CourierError) as failure:
                await courier.line("a").post_json(peer.url, b"{}")
        return failure.value


def says(*pieces: bytes, pause: float = 0.0, again: bool = False) -> Script:
    """A peer that reads the request, then says the pieces with pauses between, once or for ever, and then waits."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        while True:
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(pause)
            if not again:
                break
        await reader.read()

    return script


def begins(start: bytes, then: bytes, *, pause: float = 0.0) -> Script:
    """A peer that says one thing and then another for ever."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(start)
        while True:
            writer.write(then)
            await writer.drain()
            await asyncio.sleep(pause)

    return script


def cuts(*pieces: bytes) -> Script:
    """A peer that says the pieces and hangs up."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        for piece in pieces:
            writer.write(piece)

    return script


@pytest.mark.parametrize(
    ("script", "error"),
    [
        pytest.param(says(OK + b"Content-Length: 65537\r\n\r\n"), TooLargeError, id="body stated too long"),
        pytest.param(says(OK + b"Content-Length: 999999999999\r\n\r\n"), TooLargeError, id="body stated huge"),
        pytest.param(begins(CHUNKED, b"1000\r\n" + bytes(4096) + b"\r\n"), TooLargeError, id="endless chunked body"),
        pytest.param(says(CHUNKED + b"ffffffff\r\n"), TooLargeError, id="one huge chunk"),
        pytest.param(begins(CHUNKED, b"1\r\nx\r\n" * 100), TooLargeError, id="endless crumbs"),
        pytest.param(begins(CHUNKED + b"1;", b"x" * 100), TooLargeError, id="endless chunk extension"),
        pytest.param(begins(CHUNKED + b"0\r\n", b"A: b\r\n"), TooLargeError, id="endless trailers"),
        pytest.param(begins(OK + b"A: ", b"x" * 4096), TooLargeError, id="endless header value"),
        pytest.param(begins(OK, b"A: b\r\n" * 100), TooLargeError, id="endless headers"),
        pytest.param(says(OK + b"A: " + b"x" * 10 * MIB + b"\r\n\r\n"), TooLargeError, id="10 MB header"),
        pytest.param(says(OK + b"A: b\r\n" * 1000 + b"\r\n"), TooLargeError, id="1000 headers"),
        pytest.param(begins(b"HTTP/1.1 200 ", b"x" * 4096), TooLargeError, id="endless reason"),
        pytest.param(begins(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"), TooLargeError, id="1xx flood"),
        pytest.param(begins(b"", b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.01), TooLargeError, id="1xx trickle"),
        pytest.param(says(b"HTTP/1.1 101 Switching Protocols\r\n\r\n"), MalformedAnswerError, id="101 unasked"),
        pytest.param(
            says(OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx"), MalformedAnswerError, id="two lengths"
        ),
        pytest.param(says(OK + b"Content-Length: 1, 2\r\n\r\nxx"), MalformedAnswerError, id="two lengths in one"),
        pytest.param(says(OK + b"Content-Length: -1\r\n\r\n"), MalformedAnswerError, id="negative length"),
        pytest.param(says(OK + b"Content-Length: one\r\n\r\n"), MalformedAnswerError, id="length in words"),
        pytest.param(cuts(OK + b"\r\nbody until the end"), MalformedAnswerError, id="no length"),
        pytest.param(
            says(OK + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            MalformedAnswerError,
            id="length and chunked",
        ),
        pytest.param(says(CHUNKED + b"zz\r\n"), MalformedAnswerError, id="chunk size in letters"),
        pytest.param(says(CHUNKED + b"-1\r\n"), MalformedAnswerError, id="negative chunk"),
        pytest.param(says(CHUNKED + b"2\r\nabXX"), MalformedAnswerError, id="chunk longer than it says"),
        pytest.param(says(CHUNKED + b"2\nab\n0\n\n"), MalformedAnswerError, id="chunks with bare line feeds"),
        pytest.param(says(CHUNKED + b"0\r\nno trailer\r\n\r\n"), MalformedAnswerError, id="trailer that is none"),
        pytest.param(says(b"<html>hello</html>"), MalformedAnswerError, id="HTTP/0.9"),
        pytest.param(says(b"\x16\x03\x01\x02\x00\x01"), MalformedAnswerError, id="TLS on a plain port"),
        pytest.param(says(b"SSH-2.0-OpenSSH_9.2\r\n"), MalformedAnswerError, id="SSH"),
        pytest.param(says(b"H"), TimedOutError, id="one letter and silence"),
        pytest.param(says(b"HTTP/2 200\r\n\r\n"), MalformedAnswerError, id="HTTP/2 in letters"),
        pytest.param(says(b"HTTP/1.1 200 OK\nContent-Length: 0\n\n"), MalformedAnswerError, id="bare line feeds"),
        pytest.param(
            says(OK + b"Content-Length: 0\r\nA: b\nC: d\r\n\r\n"), MalformedAnswerError, id="one bare line feed"
        ),
        pytest.param(says(OK + b"A: b\r\n c\r\n\r\n"), MalformedAnswerError, id="folded header"),
        pytest.param(says(OK + b"A: \x00\r\n\r\n"), MalformedAnswerError, id="NUL in a header"),
        pytest.param(says(OK + b"A b\r\n\r\n"), MalformedAnswerError, id="header without a colon"),
        pytest.param(
            says(OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n"), EncodingRefusedError, id="gzip underneath"
        ),
        pytest.param(cuts(), ConnectionLostError, id="hangs up at once"),
        pytest.param(cuts(b"HTTP/1.1 200"), ConnectionLostError, id="hangs up in the status line"),
        pytest.param(cuts(OK + b"Content-Le"), ConnectionLostError, id="hangs up in the head"),
        pytest.param(cuts(OK + b"Content-Length: 10\r\n\r\nshort"), ConnectionLostError, id="hangs up in the body"),
        pytest.param(cuts(CHUNKED + b"5\r\nhel"), ConnectionLostError, id="hangs up in a chunk"),
        pytest.param(cuts(CHUNKED + b"5\r\nhello\r\n"), ConnectionLostError, id="hangs up between chunks"),
        pytest.param(cuts(CHUNKED + b"0\r\n"), ConnectionLostError, id="hangs up before the trailers' end"),
        pytest.param(says(), TimedOutError, id="silence"),
        pytest.param(begins(OK + b"A: ", b"x", pause=0.02), TimedOutError, id="header dripping"),
        pytest.param(begins(OK + b"Content-Length: 1000\r\n\r\n", b"x", pause=0.02), TimedOutError, id="body dripping"),
        pytest.param(begins(CHUNKED, b"1\r\nx\r\n", pause=0.02), TimedOutError, id="chunks dripping"),
        pytest.param(begins(CHUNKED + b"1;", b"x", pause=0.02), TimedOutError, id="chunk line dripping"),
    ],
)
def test_a_hostile_answer_ends_the_exchange_in_time_with_its_own_error(
    script: Script, error: type[CourierError]
) -> None:
    failure = asyncio.run(outcome(script, HASTY if error is TimedOutError else LIMITS))
    assert type(failure) is error
    assert failure.may_have_arrived


def nested() -> bytes:
    return gzip.compress(gzip.compress(bytes(MIB)))


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd", "deflate", "compress", "x-gzip", "gzip, gzip", "rot13", "*"])
def test_an_encoded_body_is_refused_unread(coding: str) -> None:
    async def go() -> None:
        reply = answer(nested(), headers=f"Content-Encoding: {coding}\r\n".encode())
        async with scripted_server(reply) as peer, Courier(LIMITS) as courier:
            with pytest.raises(EncodingRefusedError):
                await courier.line("a").get(peer.url)
        assert b"Accept-Encoding: identity\r\n" in peer.requests[0]

    asyncio.run(go())


def test_a_body_up_to_the_limit_is_read_and_one_byte_more_is_not() -> None:
    def chunked(size: int) -> bytes:
        return CHUNKED + b"%x\r\n" % size + bytes(size) + b"\r\n0\r\n\r\n"

    async def go() -> None:
        for make in (lambda size: answer(bytes(size)), chunked):
            async with scripted_server(make(100)) as peer, Courier(LIMITS) as courier:
                assert len((await courier.line("a").get(peer.url, answer_bytes=100)).body) == 100
                with pytest.raises(TooLargeError):
                    await courier.line("a").get(peer.url, answer_bytes=99)

    asyncio.run(go())


def test_chunks_count_together() -> None:
    async def go() -> None:
        chunk = b"3c\r\n" + bytes(60) + b"\r\n"
        async with scripted_server(CHUNKED + chunk + chunk + b"0\r\n\r\n") as peer, Courier(LIMITS) as courier:
            assert len((await courier.line("a").get(peer.url, answer_bytes=120)).body) == 120
            with pytest.raises(TooLargeError):
                await courier.line("a").get(peer.url, answer_bytes=119)

    asyncio.run(go())


def test_a_head_up_to_the_limits_is_read() -> None:
    async def go() -> None:
        lines = b"A: b\r\n" * (LIMITS.header_count - 2) + b"B: " + b"x" * 7000 + b"\r\n"
        interim = b"HTTP/1.1 103 Early Hints\r\n\r\n" * LIMITS.interim_answers
        async with scripted_server(interim + answer(headers=lines)) as peer, Courier(LIMITS) as courier:
            assert len((await courier.line("a").get(peer.url)).headers["b"]) == 7000

    asyncio.run(go())


def test_after_a_hostile_answer_the_connection_is_gone_and_the_line_still_works() -> None:
    async def go() -> None:
        replies = [b"junk", answer(b"fine")]
        async with (
            scripted_server(lambda _: replies.pop(0)) as peer,
            Courier(LIMITS) as courier,
        ):
            with pytest.raises(AnsweredBadlyError):
                await courier.line("a").get(peer.url)
            assert (await courier.line("a").get(peer.url)).body == b"fine"
            assert peer.connections == 2

    asyncio.run(go())


def test_a_flood_while_nobody_reads_stays_in_the_peers_hands() -> None:
    """What comes before anything was asked is not collected: beyond a buffer's worth, the peer has to wait."""

    async def go() -> None:
        answered, flooded = asyncio.Event(), asyncio.Event()
        total = 0

        async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            nonlocal total
            await read_request(reader)
            writer.write(answer(b"x"))
            await answered.wait()
            try:
                async with asyncio.timeout(1.0):
                    while total < 64 * MIB:
                        writer.write(bytes(MIB))
                        await writer.drain()
                        total += MIB
            except TimeoutError:
                flooded.set()

        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        async with raw_server(script) as peer, Courier(LIMITS) as courier:
            assert (await courier.line("a").get(peer.url)).body == b"x"
            answered.set()
            await asyncio.wait_for(flooded.wait(), 60.0)
        assert 0 < total < 64 * MIB
        assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * KIB < 32 * MIB

    asyncio.run(go())


def test_many_hostile_peers_at_once_grow_the_program_little() -> None:
    async def go() -> None:
        patient = dataclasses.replace(LIMITS, deadline_seconds=3.0)  # thirty requests are sent before one gives up
        scripts = [
            begins(CHUNKED, b"1000\r\n" + bytes(4096) + b"\r\n"),
            begins(OK + b"A: ", b"x" * 4096),
            begins(OK + b"Content-Length: 65536\r\n\r\n", b"x", pause=0.01),
        ]
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        failures = await asyncio.gather(*(outcome(script, patient) for script in scripts * 10))
        assert all(failure.may_have_arrived for failure in failures)
        assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * KIB < 32 * MIB

    asyncio.run(go())
