"""Hostile peers at the end of every way over HTTP: pages, shops by plain calls and by tools, quote desks.

What the courier refuses for our own wire it refuses for each of them: told by a code, in time, and nothing followed.
"""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import trustme

from tests.fakes.fake_internet import FakeNames, FakeRoads
from tests.fakes.moving_clock import MovingClock
from tests.fakes.scripted_server import Script, answer, raw_server, read_request, scripted_server
from vrm_desktop.channels.mcp import client
from vrm_desktop.channels.mcp.desks import DeskChannel
from vrm_desktop.channels.ucp import plain_calls
from vrm_desktop.channels.ucp.shops import UcpShops
from vrm_desktop.channels.web import WebChannel
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.limits import Limits
from vrm_desktop.domain.shop import Endpoint, Errand, ShopCall, Transport
from vrm_desktop.services.ports import ChannelError

Visit = Callable[[Courier, str], Awaitable[object]]
SHORT = 0.3
GRACE = 20.0
LIMITS = Limits(connect_seconds=SHORT, deadline_seconds=SHORT, head_bytes=8192, header_count=50, interim_answers=4)
PATIENT = Limits()
PUBLIC = "93.184.216.34"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
NOW = datetime.now(UTC)
UNUSABLE = {"answered-badly", "too-large", "timed-out", "connection-lost", "malformed-answer", "encoding-refused"}


async def a_page(courier: Courier, base: str) -> object:
    return await WebChannel(courier, MovingClock()).fetch(f"{base}/p", most=1_000_000)


async def a_desk(courier: Courier, base: str) -> object:
    return await DeskChannel(courier, MovingClock()).call(f"{base}/mcp", "ask", {}, line="x")


def _shop(transport: Transport) -> Visit:
    async def visit(courier: Courier, base: str) -> object:
        endpoint = Endpoint(transport=transport, address=f"{base}/ucp", edition="2026-08-25")
        call = ShopCall(
            errand=Errand.CREATE_CART, endpoint=endpoint, profile="https://s.example/u", line="x", body="{}", key="k"
        )
        return await UcpShops(courier, MovingClock()).call(call)

    return visit


WAYS = {"page": a_page, "shop": _shop(Transport.REST), "shop by tools": _shop(Transport.MCP), "desk": a_desk}
READING = [name for name in WAYS if name != "page"]


def _wait_at_most(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_calls, "_SECONDS", seconds)
    monkeypatch.setattr(client, "USUAL_SECONDS", seconds)
    monkeypatch.setattr(client, "CALL_SECONDS", seconds)


@pytest.fixture
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    _wait_at_most(SHORT, monkeypatch)


def says(*pieces: bytes, again: bytes = b"") -> Script:
    """Reads a request, says the pieces, then `again` for ever, or waits."""

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        for piece in pieces:
            writer.write(piece)
        while again:
            writer.write(again)
            await writer.drain()
        await reader.read()

    return script


def drips(start: bytes, drop: bytes) -> Script:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(start)
        while True:
            writer.write(drop)
            await writer.drain()
            await asyncio.sleep(0.02)

    return script


async def hangs_up(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    await read_request(reader)


TRANSPORT = {
    "body stated huge": says(OK + b"Content-Length: 999999999999\r\n\r\n"),
    "endless chunked body": says(
        OK + b"Transfer-Encoding: chunked\r\n\r\n", again=b"8000\r\n" + bytes(32768) + b"\r\n"
    ),
    "body dripping": drips(OK + b"Content-Length: 1000\r\n\r\n", b"x"),
    "head dripping": drips(b"HTTP/1.1 200 OK\r\nA: ", b"x"),
    "silence": says(),
    "1xx flood": says(again=b"HTTP/1.1 103 Early Hints\r\n\r\n"),
    "endless headers": says(OK, again=b"A: b\r\n" * 100),
    "two lengths": says(OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx"),
    "hangs up": hangs_up,
    "HTTP/0.9": says(b"<html>hello</html>"),
    "gzip": says(OK + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"),
}


@pytest.mark.usefixtures("_hasty")
@pytest.mark.parametrize("peer", TRANSPORT)
@pytest.mark.parametrize("way", WAYS)
def test_a_peer_that_floods_stalls_or_babbles_is_left_in_time(way: str, peer: str) -> None:
    async def go() -> None:
        loop = asyncio.get_running_loop()
        async with raw_server(TRANSPORT[peer]) as seen, Courier(LIMITS) as courier:
            start = loop.time()
            with pytest.raises(ChannelError) as caught:
                await WAYS[way](courier, seen.url)
            assert loop.time() - start < SHORT + GRACE
        assert caught.value.code in UNUSABLE
        assert seen.connections <= 2

    asyncio.run(go())


ADDRESSES = (
    *("https://10.0.0.1", "https://169.254.169.254", "https://[fd00::1]", "https://[::ffff:127.0.0.1]"),
    *("https://localhost", "https://127.0.0.1", "http://192.168.1.1", "http://shop.example", "https://2130706433"),
    *("https://inside.example", "https://mixed.example", "https://user:secret@shop.example", "https://shop.example:22"),
)


@pytest.mark.parametrize("way", WAYS)
def test_an_address_that_leads_inside_is_refused_and_nobody_is_dialled(way: str) -> None:
    async def go() -> None:
        names = FakeNames({"inside.example": [["10.0.0.7"]], "mixed.example": [[PUBLIC, "127.0.0.1"]]})
        for base in ADDRESSES:
            roads = FakeRoads({})
            async with Courier(PATIENT, resolver=names, dial=roads) as courier:
                with pytest.raises(ChannelError) as caught:
                    await WAYS[way](courier, base)
            assert (roads.dialled, caught.value.may_have_arrived) == ([], False), base
            assert caught.value.final, base

    asyncio.run(go())


CERTIFICATES: dict[str, Callable[[trustme.CA], trustme.LeafCert]] = {
    "expired": lambda ca: ca.issue_cert(
        "shop.example", not_before=NOW - timedelta(days=9), not_after=NOW - timedelta(days=1)
    ),
    "not yet valid": lambda ca: ca.issue_cert("shop.example", not_before=NOW + timedelta(days=1)),
    "other host": lambda ca: ca.issue_cert("other.example"),
    "unknown authority": lambda _ca: trustme.CA().issue_cert("shop.example"),
}


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


async def _over_tls(authority: trustme.CA, way: str, certificate: trustme.LeafCert) -> tuple[list[bytes], ChannelError]:
    serving, trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    certificate.configure_cert(serving)
    authority.configure_trust(trusting)
    async with scripted_server(answer(b"no", status="500 Oh"), tls=serving) as peer:
        names, roads = FakeNames({"shop.example": [[PUBLIC]]}), FakeRoads({PUBLIC: peer.port})
        async with Courier(PATIENT, ssl_context=trusting, resolver=names, dial=roads) as courier:
            try:
                await WAYS[way](courier, "https://shop.example")
            except ChannelError as error:
                return peer.requests, error
        return peer.requests, ChannelError("none", may_have_arrived=True, final=False)


@pytest.mark.parametrize("certificate", CERTIFICATES)
@pytest.mark.parametrize("way", WAYS)
def test_a_peer_that_does_not_prove_its_name_gets_nothing(authority: trustme.CA, way: str, certificate: str) -> None:
    requests, error = asyncio.run(_over_tls(authority, way, CERTIFICATES[certificate](authority)))
    assert requests == []
    assert (error.code, error.may_have_arrived) == ("certificate-refused", False)


@pytest.mark.parametrize("way", WAYS)
def test_a_peer_that_proves_its_name_is_asked(authority: trustme.CA, way: str) -> None:
    requests, _error = asyncio.run(_over_tls(authority, way, authority.issue_cert("shop.example")))
    assert requests


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
@pytest.mark.parametrize("way", WAYS)
def test_no_way_follows_a_redirect_or_gives_a_cookie_back(way: str, status: str) -> None:
    async def go() -> None:
        head = b"Location: /elsewhere\r\nSet-Cookie: who=me; Path=/\r\n"
        async with scripted_server(answer(status=status, headers=head)) as peer, Courier(PATIENT) as courier:
            for _ in range(2):
                if way == "page":
                    page: Any = await WAYS[way](courier, peer.url)
                    assert (page.status, page.location) == (int(status[:3]), "/elsewhere")
                else:
                    with pytest.raises(ChannelError) as caught:
                        await WAYS[way](courier, peer.url)
                    assert caught.value.code in {"shop-moved", "mcp-moved"}
        assert not [one for one in peer.requests if b"/elsewhere" in one or b"\r\ncookie:" in one.lower()]

    asyncio.run(go())


CONTENT = {
    "UTF-16": '{"a": "b"}'.encode("utf-16"),
    "byte order mark": b'\xef\xbb\xbf{"a": 1}',
    "not UTF-8": b'{"a": "\xff"}',
    "depth 30,000": b'{"a":' * 30_000,
    "a list": b"[]",
    "nothing": b"",
    "a word": b'"hello"',
    "a million members": b"{" + b",".join(b'"%d":1' % number for number in range(80_000)) + b"}",
}


@pytest.mark.parametrize("said", CONTENT)
@pytest.mark.parametrize("way", READING)
def test_what_is_no_answer_is_told_by_a_code(way: str, said: str) -> None:
    async def go() -> None:
        body = answer(CONTENT[said], headers=b"Content-Type: application/json\r\n")
        async with scripted_server(body) as peer, Courier(PATIENT) as courier:
            with pytest.raises(ChannelError) as caught:
                await WAYS[way](courier, peer.url)
        assert caught.value.code in UNUSABLE

    asyncio.run(go())
