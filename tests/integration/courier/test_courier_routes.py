"""From a name to a connection: what is resolved is checked, and what was checked is connected to."""

import asyncio
import ssl
from collections.abc import Sequence

import pytest
import trustme

from tests.fakes.fake_internet import FakeNames, FakeRoads
from tests.fakes.scripted_server import answer, scripted_server
from vrm_desktop.courier.client import Courier
from vrm_desktop.courier.errors import (
    AddressRefusedError,
    ConnectFailedError,
    CourierError,
    LineClosedError,
    NameNotFoundError,
    TimedOutError,
)
from vrm_desktop.courier.limits import Limits

LIMITS = Limits(addresses_per_name=2)
HASTY = Limits(connect_seconds=0.3)
GOOD, ALSO_GOOD, SIXTH = "93.184.216.34", "93.184.216.35", "2606:4700::1111"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.configure_trust(context)
    return context


def serving(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("shop.example").configure_cert(context)
    return context


async def refusal(names: Sequence[Sequence[str]], roads: FakeRoads) -> CourierError:
    async with Courier(LIMITS, resolver=FakeNames({"shop.example": names}), dial=roads) as courier:
        with pytest.raises(CourierError) as failure:
            await courier.line("a").post_json("https://shop.example/", b"{}")
        assert not failure.value.may_have_arrived
        return failure.value


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"],
        ["::1"],
        ["10.0.0.1"],
        ["169.254.169.254"],
        ["100.64.0.1"],
        ["192.0.0.8"],
        ["64:ff9b::7f00:1"],
        ["2002:7f00:1::"],
        ["::ffff:127.0.0.1"],
        ["fe80::1%1"],
        [GOOD, "10.0.0.1"],
        ["10.0.0.1", GOOD],
        [GOOD, ALSO_GOOD, SIXTH, "::1"],
        ["no address"],
    ],
)
def test_a_name_that_leads_inside_is_refused_and_nobody_is_dialled(answers: list[str]) -> None:
    roads = FakeRoads({})
    assert type(asyncio.run(refusal([answers], roads))) is AddressRefusedError
    assert roads.dialled == []


def test_a_name_that_leads_nowhere_is_not_found() -> None:
    roads = FakeRoads({})
    assert type(asyncio.run(refusal([], roads))) is NameNotFoundError
    assert type(asyncio.run(refusal([[]], roads))) is NameNotFoundError
    assert roads.dialled == []


def test_only_so_many_addresses_of_a_name_are_tried() -> None:
    roads = FakeRoads({})
    assert type(asyncio.run(refusal([[GOOD, ALSO_GOOD, SIXTH]], roads))) is ConnectFailedError
    assert roads.dialled == [(GOOD, 443), (ALSO_GOOD, 443)]


def test_a_name_that_changes_between_two_look_ups_is_checked_each_time(authority: trustme.CA) -> None:
    names = FakeNames({"shop.example": [[GOOD], ["127.0.0.1"]]})

    async def go() -> None:
        reply = answer(headers=b"Connection: close\r\n")
        async with scripted_server(reply, tls=serving(authority)) as peer:
            roads = FakeRoads({GOOD: peer.port, "127.0.0.1": peer.port})
            async with Courier(LIMITS, ssl_context=trusting(authority), resolver=names, dial=roads) as courier:
                assert (await courier.line("a").get("https://shop.example/")).status == 200
                with pytest.raises(AddressRefusedError):
                    await courier.line("a").get("https://shop.example/")
            assert roads.dialled == [(GOOD, 443)]
        assert names.asked == [("shop.example", 443)] * 2

    asyncio.run(go())


def test_an_open_connection_needs_no_second_look_up(authority: trustme.CA) -> None:
    names = FakeNames({"shop.example": [[SIXTH]]})

    async def go() -> None:
        async with scripted_server(answer(), tls=serving(authority)) as peer:
            roads = FakeRoads({SIXTH: peer.port})
            async with Courier(LIMITS, ssl_context=trusting(authority), resolver=names, dial=roads) as courier:
                for _ in range(3):
                    await courier.line("a").get("https://shop.example:8443/")
            assert roads.dialled == [(SIXTH, 8443)]
        assert names.asked == [("shop.example", 8443)]

    asyncio.run(go())


def test_a_resolver_that_drags_on_is_not_waited_for() -> None:
    async def never(host: str, port: int, /) -> Sequence[str]:
        await asyncio.get_running_loop().create_future()
        raise AssertionError((host, port))

    async def go() -> None:
        async with Courier(HASTY, resolver=never) as courier:
            with pytest.raises(TimedOutError) as late:
                await courier.line("a").post_json("https://shop.example/", b"{}")
            assert not late.value.may_have_arrived
            with pytest.raises(TimedOutError) as late:
                await courier.line("a").post_json("https://shop.example/", b"{}", deadline_seconds=0.05)
            assert not late.value.may_have_arrived

    asyncio.run(go())


def test_hanging_up_ends_a_look_up_under_way() -> None:
    started = asyncio.Event()

    async def never(host: str, port: int, /) -> Sequence[str]:
        started.set()
        await asyncio.get_running_loop().create_future()
        raise AssertionError((host, port))

    async def go() -> None:
        async with Courier(LIMITS, resolver=never) as courier:
            waiting = asyncio.create_task(courier.line("a").get("https://shop.example/"))
            await started.wait()
            await courier.hang_up("a")
            with pytest.raises(LineClosedError):
                await waiting

    asyncio.run(go())


def test_a_cancelled_look_up_stays_a_cancellation() -> None:
    started = asyncio.Event()

    async def never(host: str, port: int, /) -> Sequence[str]:
        started.set()
        await asyncio.get_running_loop().create_future()
        raise AssertionError((host, port))

    async def go() -> None:
        async with Courier(LIMITS, resolver=never) as courier:
            waiting = asyncio.create_task(courier.line("a").get("https://shop.example/"))
            await started.wait()
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting

    asyncio.run(go())


def test_the_environments_proxies_are_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")

    async def go() -> None:
        async with scripted_server(answer(b"x")) as peer, Courier(LIMITS) as courier:
            assert (await courier.line("a").get(peer.url)).body == b"x"

    asyncio.run(go())
