"""When a connection is used again, when it is let go, and that no two lines ever share one."""

import asyncio

import pytest

from tests.fakes.scripted_server import answer, raw_server, read_request, scripted_server
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.errors import (
    ConnectionLostError,
    LineClosedError,
)
from vrm_desktop.courier.limits import Limits
from vrm_desktop.courier.transport import Moment

LIMITS = Limits(idle_seconds=60.0)


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Reads everything, says nothing."""
    while await reader.read(65_536):
        pass


def test_a_line_uses_its_connection_again() -> None:
    async def go() -> None:
        async with scripted_server(answer(b"x")) as peer, Courier(LIMITS) as courier:
            for _ in range(5):
                await courier.line("a").post_json(peer.url, b"{}")
        assert peer.connections == 1

    asyncio.run(go())


def test_two_lines_never_share_a_connection() -> None:
    async def go() -> None:
        async with scripted_server(answer(b"x")) as peer, Courier(LIMITS) as courier:
            for key in ("a", "b", "a", "b"):
                await courier.line(key).get(peer.url)
        assert peer.connections == 2

    asyncio.run(go())


def test_a_long_poll_and_a_post_on_one_line_have_a_connection_each() -> None:
    async def go() -> None:
        release = asyncio.Event()

        async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while True:
                if (await read_request(reader)).startswith(b"GET"):
                    await release.wait()
                writer.write(answer(b"x"))

        async with raw_server(script) as peer, Courier(LIMITS) as courier:
            line = courier.line("a")
            poll = asyncio.create_task(line.get(peer.url, deadline_seconds=35.0))
            await line.post_json(peer.url, b"{}")
            assert not poll.done()
            release.set()
            assert (await poll).body == b"x"
            assert peer.connections == 2

    asyncio.run(go())


@pytest.mark.parametrize(
    "reply", [answer(headers=b"Connection: close\r\n"), b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n"]
)
def test_a_connection_the_peer_gives_up_is_not_used_again(reply: bytes) -> None:
    async def go() -> None:
        async with scripted_server(reply) as peer, Courier(LIMITS) as courier:
            await courier.line("a").get(peer.url)
            await courier.line("a").get(peer.url)
        assert peer.connections == 2

    asyncio.run(go())


@pytest.mark.parametrize("reply", [answer(b"a") + b"more", b"HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\nbody"])
def test_a_connection_with_bytes_nobody_asked_for_is_not_used_again(reply: bytes) -> None:
    async def go() -> None:
        async with scripted_server(reply) as peer, Courier(LIMITS) as courier:
            first = await courier.line("a").get(peer.url)
            second = await courier.line("a").get(peer.url)
        assert first == second
        assert b"more" not in first.body
        assert peer.connections == 2

    asyncio.run(go())


def test_an_unused_connection_is_let_go() -> None:
    async def go() -> None:
        ended = asyncio.Event()

        async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await read_request(reader)
            writer.write(answer())
            await reader.read()
            ended.set()

        limits = Limits(idle_seconds=0.05)
        async with raw_server(script) as peer, Courier(limits) as courier:
            await courier.line("a").get(peer.url)
            await asyncio.wait_for(ended.wait(), 60.0)
            assert peer.connections == 1

    asyncio.run(go())


def test_a_connection_in_use_again_is_not_let_go_as_unused() -> None:
    idle = 1.0  # between two exchanges, a busy computer may take its time

    async def go() -> None:
        async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while True:
                await asyncio.sleep(idle + 0.1 if (await read_request(reader)).startswith(b"POST") else 0)
                writer.write(answer(b"x"))

        async with raw_server(script) as peer, Courier(Limits(idle_seconds=idle)) as courier:
            await courier.line("a").get(peer.url)
            assert (await courier.line("a").post_json(peer.url, b"{}")).body == b"x"
            await courier.line("a").get(peer.url)
            assert peer.connections == 1

    asyncio.run(go())


def test_hanging_up_leaves_no_unused_connection_and_no_timer_behind() -> None:
    async def go() -> None:
        async with scripted_server(answer()) as peer, Courier(LIMITS) as courier:
            await courier.line("a").get(peer.url)
            await courier.line("b").get(peer.url)
            await courier.hang_up("a")
            assert [place.line for place, _ in courier._idle._waiting.values()] == ["b"]
            assert list(courier._idle._by_place) == [place for place, _ in courier._idle._waiting.values()]

    asyncio.run(go())


def test_only_so_many_unused_connections_are_kept_and_the_oldest_goes_first() -> None:
    async def go() -> None:
        async with scripted_server(answer()) as peer, Courier(Limits(idle_connections=2, idle_seconds=60.0)) as courier:
            for key in ("a", "b", "c"):
                await courier.line(key).get(peer.url)
            assert peer.connections == 3
            for key in ("b", "c"):
                await courier.line(key).get(peer.url)
            assert peer.connections == 3
            await courier.line("a").get(peer.url)
            assert peer.connections == 4

    asyncio.run(go())


def test_a_get_is_asked_once_more_when_the_old_connection_breaks() -> None:
    async def go() -> None:
        requests: list[bytes] = []

        async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            requests.append(await read_request(reader))
            writer.write(answer(b"x"))
            requests.append(await read_request(reader))

        async with raw_server(script) as peer, Courier(LIMITS) as courier:
            await courier.line("a").get(peer.url)
            assert (await courier.line("a").get(peer.url)).body == b"x"
        assert peer.connections == 2
        assert len(requests) == 3

    asyncio.run(go())


def test_a_post_is_never_sent_twice_and_says_that_it_may_have_arrived() -> None:
    async def go() -> None:
        requests: list[bytes] = []

        async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            requests.append(await read_request(reader))
            writer.write(answer(b"x"))
            requests.append(await read_request(reader))

        async with raw_server(script) as peer, Courier(LIMITS) as courier:
            await courier.line("a").post_json(peer.url, b"1")
            with pytest.raises(ConnectionLostError) as loss:
                await courier.line("a").post_json(peer.url, b"2")
        assert loss.value.may_have_arrived
        assert [request[-1:] for request in requests] == [b"1", b"2"]

    asyncio.run(go())


def test_a_connection_the_peer_closed_meanwhile_costs_nothing() -> None:
    async def go() -> None:
        closed = asyncio.Event()

        async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await read_request(reader)
            writer.write(answer(b"x"))
            await writer.drain()
            writer.close()
            closed.set()

        async with raw_server(script) as peer, Courier(LIMITS) as courier:
            await courier.line("a").post_json(peer.url, b"1")
            await closed.wait()
            await asyncio.gather(*(unused.gone() for unused in courier._idle._waiting))  # the end has been heard
            assert (await courier.line("a").post_json(peer.url, b"2")).body == b"x"
            assert peer.connections == 2

    asyncio.run(go())


def test_hanging_up_ends_what_is_under_way() -> None:
    async def go() -> None:
        sent = asyncio.Event()

        def note(moment: Moment) -> None:
            if moment is Moment.SENT:
                sent.set()

        async with raw_server(silent) as peer, Courier(LIMITS, on_io=note) as courier:
            line = courier.line("a")
            waiting = asyncio.create_task(line.get(peer.url))
            await sent.wait()
            await courier.hang_up("a")
            await courier.hang_up("unknown")
            with pytest.raises(ConnectionLostError):
                await waiting
            with pytest.raises(LineClosedError):
                await line.get(peer.url)
            assert courier.line("a") is not line

    asyncio.run(go())


def test_a_cancelled_exchange_leaves_no_connection_and_the_line_usable() -> None:
    async def go() -> None:
        ended = asyncio.Event()

        async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            if (await read_request(reader)).startswith(b"GET"):
                writer.write(answer(b"x"))
                return
            try:
                await reader.read()
            finally:
                ended.set()

        sent = asyncio.Event()
        async with raw_server(script) as peer, Courier(LIMITS, on_io=lambda _: sent.set()) as courier:
            waiting = asyncio.create_task(courier.line("a").post_json(peer.url, b"{}"))
            await sent.wait()
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
            await asyncio.wait_for(ended.wait(), 60.0)
            assert (await courier.line("a").get(peer.url)).body == b"x"

    asyncio.run(go())
