"""Through the person's proxy: the proxy resolves, TLS reaches through it, and a bad proxy learns no request."""

import asyncio
import ssl
from collections.abc import Sequence

import pytest
import trustme

from tests.fakes.fake_internet import FakeNames
from tests.fakes.held_port import held_port
from tests.fakes.proxy_server import http_proxy, socks_proxy
from tests.fakes.scripted_server import answer, raw_server, scripted_server
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.errors import AddressRefusedError, CourierError, ProxyFailedError, TimedOutError
from vrm_desktop.courier.limits import Limits
from vrm_desktop.courier.proxies import ProxyKind, ProxySettings

LIMITS = Limits()
HASTY = Limits(connect_seconds=0.4)
KINDS = list(ProxyKind)
PROXIES = {ProxyKind.HTTP: http_proxy, ProxyKind.SOCKS5: socks_proxy}
HOSTS = ("shop.example", "93.184.216.34", "2606:4700::1111")


async def nobody(host: str, port: int, /) -> Sequence[str]:
    """A resolver that must not be asked."""
    raise AssertionError((host, port))


@pytest.fixture(scope="module")
def contexts() -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context for every host in `HOSTS`, and a client's that believes it."""
    authority = trustme.CA()
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.issue_cert(*HOSTS).configure_cert(server)
    authority.configure_trust(client)
    return server, client


def through(kind: ProxyKind, port: int, *, host: str = "127.0.0.1") -> ProxySettings:
    return ProxySettings(kind=kind, host=host, port=port)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("host", HOSTS)
def test_a_request_goes_through_the_proxy_which_resolves_the_name(
    contexts: tuple[ssl.SSLContext, ssl.SSLContext], kind: ProxyKind, host: str
) -> None:
    server, client = contexts
    url = f"https://[{host}]/" if ":" in host else f"https://{host}/"

    async def go() -> bytes:
        async with scripted_server(answer(b"x"), tls=server) as peer, PROXIES[kind](peer.port) as proxy:
            settings = through(kind, proxy.port)
            async with Courier(LIMITS, resolver=nobody, ssl_context=client, proxy=settings) as courier:
                for _ in range(2):
                    assert (await courier.line("a").post_json(url, b"{}")).body == b"x"
                assert len(proxy.asked) == 1
                await courier.line("b").post_json(url, b"{}")
                assert len(proxy.asked) == 2
        return proxy.asked[0]

    asked = asyncio.run(go())
    expected = {
        (ProxyKind.HTTP, HOSTS[0]): b"CONNECT shop.example:443 HTTP/1.1\r\nHost: shop.example:443\r\n\r\n",
        (ProxyKind.HTTP, HOSTS[1]): b"CONNECT 93.184.216.34:443 HTTP/1.1\r\nHost: 93.184.216.34:443\r\n\r\n",
        (ProxyKind.HTTP, HOSTS[2]): b"CONNECT [2606:4700::1111]:443 HTTP/1.1\r\nHost: [2606:4700::1111]:443\r\n\r\n",
        (ProxyKind.SOCKS5, HOSTS[0]): b"\x05\x01\x00\x05\x01\x00\x03\x0cshop.example\x01\xbb",
        (ProxyKind.SOCKS5, HOSTS[1]): b"\x05\x01\x00\x05\x01\x00\x01\x5d\xb8\xd8\x22\x01\xbb",
        (ProxyKind.SOCKS5, HOSTS[2]): b"\x05\x01\x00\x05\x01\x00\x04\x26\x06\x47" + bytes(11) + b"\x11\x11\x01\xbb",
    }[kind, host]
    assert asked == expected.replace(b"\x26\x06\x47" + bytes(11), b"\x26\x06\x47\x00" + bytes(10))


@pytest.mark.parametrize("kind", KINDS)
def test_a_desk_on_this_computer_is_reached_without_the_proxy(kind: ProxyKind) -> None:
    async def go() -> None:
        async with scripted_server(answer(b"x")) as peer, PROXIES[kind](peer.port) as proxy:
            async with Courier(LIMITS, proxy=through(kind, proxy.port)) as courier:
                assert (await courier.line("a").get(peer.url)).body == b"x"
            assert proxy.asked == []

    asyncio.run(go())


@pytest.mark.parametrize("kind", KINDS)
def test_a_proxy_is_asked_for_public_hosts_only(kind: ProxyKind) -> None:
    async def go() -> None:
        async with PROXIES[kind](9) as proxy, Courier(LIMITS, proxy=through(kind, proxy.port)) as courier:
            for url in ("https://10.0.0.1/", "https://localhost/", "https://printer.local/"):
                with pytest.raises(AddressRefusedError):
                    await courier.line("a").get(url)
            assert proxy.asked == []

    asyncio.run(go())


def test_a_proxy_with_a_name_is_looked_up_and_may_be_near(contexts: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    server, client = contexts

    async def go() -> None:
        async with scripted_server(answer(b"x"), tls=server) as peer, http_proxy(peer.port) as proxy:
            names = FakeNames({"proxy.local": [["127.0.0.1"]]})
            settings = through(ProxyKind.HTTP, proxy.port, host="proxy.local")
            async with Courier(LIMITS, resolver=names, ssl_context=client, proxy=settings) as courier:
                assert (await courier.line("a").get("https://shop.example/")).body == b"x"
            assert names.asked == [("proxy.local", proxy.port)]

    asyncio.run(go())


async def failure_behind(
    kind: ProxyKind, *replies: bytes, limits: Limits = LIMITS, silent: bool = False
) -> tuple[CourierError, bytes]:
    """How a post ends behind a proxy that gives these replies, one a read, and all that the proxy was told."""
    told = bytearray()

    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for reply in replies:
            told.extend(await reader.read(65_536))
            writer.write(reply)
            await writer.drain()
        if silent:
            told.extend(await reader.read())

    async with raw_server(script) as server:
        async with Courier(limits, resolver=nobody, proxy=through(kind, server.port)) as courier:
            with pytest.raises(CourierError) as failure:
                await courier.line("a").post_json("https://shop.example/secret", b"canary")
        return failure.value, bytes(told)


@pytest.mark.parametrize(
    ("kind", "replies"),
    [
        (ProxyKind.HTTP, [b"HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic\r\n\r\n"]),
        (ProxyKind.HTTP, [b"HTTP/1.1 502 No\r\n\r\n"]),
        (ProxyKind.HTTP, [b"HTTP/1.1 302 There\r\nLocation: http://10.0.0.1/\r\n\r\n"]),
        (ProxyKind.HTTP, [b"junk\r\n\r\n"]),
        (ProxyKind.HTTP, [b"x" * 100_000]),
        (ProxyKind.HTTP, [b"HTTP/1.1 200"]),
        (ProxyKind.HTTP, [b""]),
        (ProxyKind.SOCKS5, [b"\x05\xff"]),
        (ProxyKind.SOCKS5, [b"\x05\x02"]),
        (ProxyKind.SOCKS5, [b"\x04\x00"]),
        (ProxyKind.SOCKS5, [b"HT"]),
        (ProxyKind.SOCKS5, [b""]),
        (ProxyKind.SOCKS5, [b"\x05\x00", b"\x05\x05\x00\x01" + bytes(6)]),
        (ProxyKind.SOCKS5, [b"\x05\x00", b"\x04\x00\x00\x01" + bytes(6)]),
        (ProxyKind.SOCKS5, [b"\x05\x00", b"\x05\x00\x00\x09" + bytes(6)]),
        (ProxyKind.SOCKS5, [b"\x05\x00", b"\x05\x00\x00\x04" + bytes(6)]),
        (ProxyKind.SOCKS5, [b"\x05\x00", b"\x05"]),
    ],
)
def test_a_proxy_that_refuses_or_babbles_is_told_no_request(kind: ProxyKind, replies: list[bytes]) -> None:
    failure, told = asyncio.run(failure_behind(kind, *replies))
    assert type(failure) is ProxyFailedError
    assert not failure.may_have_arrived
    assert b"canary" not in told
    assert b"secret" not in told


@pytest.mark.parametrize("kind", KINDS)
def test_a_proxy_that_breaks_off_is_the_proxys_failure(kind: ProxyKind) -> None:
    async def script(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.transport.abort()  # with bytes unread: a reset

    async def go() -> None:
        async with raw_server(script) as server, Courier(LIMITS, proxy=through(kind, server.port)) as courier:
            with pytest.raises(ProxyFailedError):
                await courier.line("a").get("https://shop.example/")

    asyncio.run(go())


@pytest.mark.parametrize("kind", KINDS)
def test_a_silent_proxy_is_not_waited_for(kind: ProxyKind) -> None:
    failure, _ = asyncio.run(failure_behind(kind, limits=HASTY, silent=True))
    assert type(failure) is TimedOutError
    assert not failure.may_have_arrived


@pytest.mark.parametrize("host", ["127.0.0.1", "proxy.local"])
def test_a_proxy_that_is_not_there_is_the_proxys_failure(host: str) -> None:
    async def go() -> None:
        with held_port() as closed:
            settings = through(ProxyKind.HTTP, closed, host=host)
            async with Courier(LIMITS, resolver=FakeNames({}), proxy=settings) as courier:
                with pytest.raises(ProxyFailedError):
                    await courier.line("a").get("https://shop.example/")

    asyncio.run(go())


@pytest.mark.parametrize(
    ("host", "port"), [("", 1), ("a b", 1), ("http://a", 1), ("a\r\n", 1), ("a", 0), ("a", 65_536)]
)
def test_a_proxy_needs_a_host_and_a_port(host: str, port: int) -> None:
    with pytest.raises(ValueError, match="proxy"):
        ProxySettings(kind=ProxyKind.HTTP, host=host, port=port)
