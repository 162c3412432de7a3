"""Shop pages from hostile servers, over the real courier: endless, huge, deep, or leading to where nobody may go."""

import asyncio
import json
import ssl
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import trustme

from tests.fakes.fake_internet import FakeNames, FakeRoads
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import WANT, a_person
from tests.fakes.scripted_server import ScriptedServer, answer, raw_server, read_request, scripted_server
from tests.fakes.shop_pages import FakeWeb, product
from vrm_desktop.channels.web import WebChannel
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.limits import Limits
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.page_visit import VisitFor
from vrm_desktop.formats.errors import NoPriceOnPage
from vrm_desktop.services import keep_pages, say_what_i_want, visit_pages
from vrm_desktop.services.errors import PageElsewhere
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import ChannelError

PUBLIC = "93.184.216.34"
NAMES = {
    "shop.example": [[PUBLIC]],
    "inside.shop.example": [["10.0.0.7"]],
    "mixed.shop.example": [[PUBLIC, "127.0.0.1"]],
    "local.shop.example": [["127.0.0.1"]],
}
HASTY = Limits(deadline_seconds=1.0)
HTML = b"Content-Type: text/html\r\n"


@dataclass(slots=True, kw_only=True)
class RealPages(FakeWeb):
    """The real way to pages."""

    channel: WebChannel

    def web(self) -> WebChannel:  # type: ignore[override]
        """The real one."""
        return self.channel


@dataclass(slots=True, kw_only=True)
class Shopper:
    """Somebody who asks an invented `shop.example` for pages."""

    means: Means
    want: IntentcastId
    server: ScriptedServer
    roads: FakeRoads

    async def adds(self, path: str = "/p") -> keep_pages.Kept:
        """Add a page of the shop."""
        return await keep_pages.add_address(self.means, self.want, f"https://shop.example{path}")


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@asynccontextmanager
async def shopper(
    folder: Path, authority: trustme.CA, reply: Callable[[bytes], bytes], limits: Limits
) -> AsyncIterator[Shopper]:
    serving, trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.issue_cert("shop.example").configure_cert(serving)
    authority.configure_trust(trusting)
    clock = MovingClock()
    async with scripted_server(reply, tls=serving) as server, a_person(folder, clock) as person:
        roads = FakeRoads({PUBLIC: server.port})
        async with Courier(limits, resolver=FakeNames(NAMES), dial=roads, ssl_context=trusting) as courier:
            means = replace(person.means, outside=RealPages(channel=WebChannel(courier, clock)).outside)
            want = await say_what_i_want.save_want(means, WANT)
            yield Shopper(means=means, want=want.id, server=server, roads=roads)


def trying(
    folder: Path,
    authority: trustme.CA,
    reply: Callable[[bytes], bytes],
    limits: Limits | None = None,
) -> tuple[keep_pages.Kept | Exception, Shopper]:
    """What adding the page comes to."""

    async def run() -> tuple[keep_pages.Kept | Exception, Shopper]:
        async with shopper(folder, authority, reply, limits or Limits()) as one:
            try:
                return await one.adds(), one
            except (ChannelError, PageElsewhere, NoPriceOnPage) as error:
                return error, one

    return asyncio.run(run())


def test_the_shop_sees_headers_that_are_the_same_for_everybody(tmp_path: Path, authority: trustme.CA) -> None:
    kept, one = trying(tmp_path, authority, lambda _request: answer(product("799.00").encode(), headers=HTML))
    assert isinstance(kept, keep_pages.Kept)
    [request] = one.server.requests
    names = {line.partition(b":")[0].lower() for line in request.split(b"\r\n")[1:] if line}
    assert names - {b"connection"} == {b"host", b"user-agent", b"accept", b"accept-encoding", b"sec-gpc"}
    assert b"User-Agent: intentcast\r\n" in request
    assert b"cookie" not in request.lower()
    assert b"referer" not in request.lower()


def test_only_marks_that_are_marks_are_kept_and_said_back() -> None:
    marks = b'Content-Type: text/html\r\nETag: "v1"\r\nLast-Modified: Mon, 23 Nov 2026 08:00:00 GMT\r\n'
    odd = b"ETag: " + b"x" * 200 + b"\r\nLast-Modified: <script>\r\nRetry-After: 7\r\n"

    async def run() -> None:
        clock = MovingClock()
        async with scripted_server(lambda request: answer(headers=marks if b"/a" in request else odd)) as server:
            async with Courier(Limits()) as courier:
                web = WebChannel(courier, clock)
                page = await web.fetch(f"{server.url}/a", most=100)
                assert (page.etag, page.modified) == ('"v1"', "Mon, 23 Nov 2026 08:00:00 GMT")
                await web.fetch(f"{server.url}/a", most=100, etag=page.etag, modified=page.modified)
                await web.fetch(f"{server.url}/a", most=100, etag="x\r\nCookie: me", modified="\n")
                page = await web.fetch(f"{server.url}/b", most=100)
                assert (page.etag, page.modified, page.retry_after) == ("", "", 7)
            first, again, forged, _last = server.requests
            assert b"if-none-match" not in first.lower()
            assert b'if-none-match: "v1"\r\n' in again.lower()
            assert b"if-modified-since: mon, 23 nov 2026 08:00:00 gmt\r\n" in again.lower()
            assert b"if-" not in forged.lower()
            assert b"cookie" not in forged.lower()

    asyncio.run(run())


@pytest.mark.parametrize(
    "place",
    [
        "https://inside.shop.example/",
        "https://mixed.shop.example/",
        "https://local.shop.example/",
        "https://shop.example:22/",
    ],
)
def test_a_redirect_within_the_owners_names_to_a_private_place_goes_nowhere(
    tmp_path: Path, authority: trustme.CA, place: str
) -> None:
    moved = answer(status="302 Found", headers=b"Location: " + place.encode() + b"\r\n")
    error, one = trying(tmp_path, authority, lambda _request: moved)
    assert isinstance(error, ChannelError)
    assert error.code == "address-refused"
    assert len(one.server.requests) == 1
    assert {address for address, _port in one.roads.dialled} == {PUBLIC}


def test_a_redirect_to_plain_http_goes_nowhere(tmp_path: Path, authority: trustme.CA) -> None:
    moved = answer(status="301 Moved", headers=b"Location: http://shop.example/p\r\n")
    error, one = trying(tmp_path, authority, lambda _request: moved)
    assert isinstance(error, ChannelError)
    assert error.code == "address-refused"
    assert len(one.server.requests) == 1


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n", "too-large"),
        (answer(b"x" * (4 * 1024 * 1024 + 1), headers=HTML), "too-large"),
        (answer(b"\x1f\x8b", headers=HTML + b"Content-Encoding: gzip\r\n"), "encoding-refused"),
        (b"HTTP/1.1 200 OK\r\n\r\n<html>", "malformed-answer"),
        (b"SSH-2.0-x\r\n\r\n", "malformed-answer"),
    ],
    ids=["stated huge", "over 4 MiB", "compressed", "no length", "no HTTP"],
)
def test_an_answer_beyond_the_bounds_is_not_used(
    tmp_path: Path, authority: trustme.CA, reply: bytes, code: str
) -> None:
    error, _one = trying(tmp_path, authority, lambda _request: reply)
    assert isinstance(error, ChannelError)
    assert error.code == code


def test_a_page_that_never_ends_is_given_up(tmp_path: Path) -> None:
    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await read_request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"10\r\n<p>not yet</p>  \r\n")
            await writer.drain()
            await asyncio.sleep(0.01)

    async def run() -> None:
        clock = MovingClock()
        async with raw_server(endless) as server, a_person(tmp_path, clock) as person:
            async with Courier(HASTY) as courier:
                means = replace(person.means, outside=RealPages(channel=WebChannel(courier, clock)).outside)
                with pytest.raises(ChannelError) as raised:
                    await visit_pages.visit_page(means, server.url, VisitFor.PERSON)
            assert raised.value.code == "timed-out"
            [visit] = await visit_pages.visits(means)
            assert visit.outcome == "timed-out"

    asyncio.run(run())


def listing(count: int) -> bytes:
    one = {"@type": "Product", "name": "Thing #", "sku": "#", "offers": {"price": "9.99", "priceCurrency": "EUR"}}
    whole = json.dumps(one)
    items = ",".join(whole.replace("#", str(number)) for number in range(count))
    return f'<script type="application/ld+json">[{items}]</script>'.encode()


def test_a_catalogue_beyond_all_bounds_is_read_in_part_or_not_at_all(tmp_path: Path, authority: trustme.CA) -> None:
    """A million products do not fit into 4 MiB; the most that do are refused or cut, and it does not take long."""
    several = listing(5_000)
    many = b"".join(listing(200) for _ in range(40))[: 4 * 1024 * 1024]
    began = time.process_time()
    kept, _one = trying(tmp_path / "a", authority, lambda _request: answer(many, headers=HTML))
    assert isinstance(kept, keep_pages.Kept)
    assert (len(kept.prices), kept.more) == (20, True)
    kept, _one = trying(tmp_path / "b", authority, lambda _request: answer(several, headers=HTML))
    assert isinstance(kept, keep_pages.Kept | NoPriceOnPage)
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    "body",
    [
        b'<script type="application/ld+json">' + b'{"a":' * 100_000 + b"</script>",
        b'<script type="application/ld+json">' + b"[" * 1_000_000 + b"</script>",
        b"<div>" * 210_000,
        b"<div itemscope itemprop=offers>" * 60_000,
        b"<script type=application/ld+json>{}</script>" * 60_000,
        b"<!--" * 500_000,
        b'<a href="' + b"a" * 3_000_000,
    ],
    ids=["deep objects", "deep lists", "deep elements", "deep items", "many scripts", "open comments", "open text"],
)
def test_a_page_made_to_be_hard_to_read_is_refused_in_time(tmp_path: Path, authority: trustme.CA, body: bytes) -> None:
    began = time.process_time()
    error, _one = trying(tmp_path, authority, lambda _request: answer(body, headers=HTML))
    assert isinstance(error, NoPriceOnPage)
    assert time.process_time() - began < 10
