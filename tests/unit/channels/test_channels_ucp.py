"""Calls to shops over a real courier: what is tried once more, what is never, and what each refusal is called."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import USUAL
from tests.fakes.scripted_server import answer, scripted_server
from tests.fakes.shop_server import FakeShop, open_shop, product
from vrm_desktop.channels.ucp.shops import UcpShops
from vrm_desktop.courier.client import Courier
from vrm_desktop.domain.shop import Endpoint, Errand, ShopCall, Transport
from vrm_desktop.services.ports import ChannelError
from vrm_desktop.services.ports_outside import ShopAnswer

PAGE = "https://somebody.example/ucp.json"
Job = Callable[[UcpShops, str], Awaitable[None]]
SAYS_NO = {"messages": [{"type": "error", "code": "version_unsupported", "content": "No"}]}


def run(job: Job, shop: FakeShop) -> None:
    async def body() -> None:
        async with open_shop(shop), Courier(USUAL) as courier:
            await job(UcpShops(courier, MovingClock(), pause=_at_once), f"{shop.base}/ucp")

    asyncio.run(body())


async def _at_once(_seconds: float) -> None:
    await asyncio.sleep(0)


def a_call(address: str, errand: Errand = Errand.CREATE_CART, **more: Any) -> ShopCall:
    known: dict[str, Any] = {"body": "{}", "transport": Transport.REST} | more
    endpoint = Endpoint(transport=known.pop("transport"), address=address, edition="2026-08-25")
    return ShopCall(errand=errand, endpoint=endpoint, profile=PAGE, line="shop x", **known)


def refused_with(answers: dict[str, bytes], call: dict[str, Any] | None = None) -> tuple[ChannelError, list[str]]:
    caught: list[ChannelError] = []
    shop = FakeShop(answers=answers)

    async def job(shops: UcpShops, base: str) -> None:
        with pytest.raises(ChannelError) as error:
            await shops.call(a_call(base, **(call or {})))
        caught.append(error.value)

    run(job, shop)
    return caught[0], shop.places


@pytest.mark.parametrize(
    ("status", "code", "final"),
    [
        ("401 X", "shop-not-admitted", True),
        ("403 X", "shop-not-admitted", True),
        ("410 X", "shop-gone", True),
        ("409 X", "shop-refused", True),
        ("302 X", "shop-moved", True),
        ("503 X", "busy", False),
        ("500 X", "answered-badly", False),
    ],
)
def test_an_answer_without_words_goes_by_its_status_and_is_asked_once(status: str, code: str, *, final: bool) -> None:
    error, places = refused_with({"/ucp/carts": answer(b"", status=status, headers=b"Retry-After: 30\r\n")})
    assert (error.code, error.final, error.may_have_arrived) == (code, final, True)
    assert error.retry_after == (30 if code == "busy" else None)
    assert places == ["POST /ucp/carts"]


def test_what_is_not_there_is_tried_with_a_slash_once() -> None:
    gone = answer(b"", status="404 X")
    error, places = refused_with({"/ucp/carts": gone, "/ucp/carts/": gone})
    assert (error.code, places) == ("shop-gone", ["POST /ucp/carts", "POST /ucp/carts/"])


@pytest.mark.parametrize("raw", [b"", b"<html>", b"[]", b"x" * (1024 * 1024 + 1)])
def test_an_answer_that_cannot_be_read_is_not_used(raw: bytes) -> None:
    error, _ = refused_with({"/ucp/carts": answer(raw)})
    assert error.code in {"answered-badly", "too-large"}
    assert error.may_have_arrived


def test_nobody_there_is_told_as_such() -> None:
    async def body() -> None:
        async with scripted_server(b"") as server:
            away = f"{server.url}/ucp"
        async with Courier(USUAL) as courier:
            with pytest.raises(ChannelError) as caught:
                await UcpShops(courier, MovingClock()).call(a_call(away))
        assert (caught.value.code, caught.value.may_have_arrived) == ("connect-failed", False)

    asyncio.run(body())


@pytest.mark.parametrize("status", ["400 X", "404 X", "422 X"])
def test_a_shop_that_says_why_has_answered(status: str) -> None:
    async def job(shops: UcpShops, base: str) -> None:
        found = await shops.call(a_call(base))
        assert (found.refused, found.status, found.told) == (True, int(status[:3]), SAYS_NO)

    run(job, FakeShop(answers={"/ucp/carts": answer(json.dumps(SAYS_NO).encode(), status=status)}))


def test_ids_are_put_into_an_address_as_ids() -> None:
    shop = FakeShop()

    async def job(shops: UcpShops, base: str) -> None:
        assert not (await shops.call(a_call(base, Errand.GET_ORDER, body="", of="../a b?c#d"))).refused
        with pytest.raises(ChannelError):
            await shops.call(a_call(base, Errand.GET_CHECKOUT, body="", of="../a b?c#d"))

    run(job, shop)
    assert {place.split(" ", 1)[1].rstrip("/") for place in shop.places} == {
        "/ucp/orders/..%2Fa%20b%3Fc%23d",
        "/ucp/checkout-sessions/..%2Fa%20b%3Fc%23d",
    }


def test_the_page_and_the_key_stand_in_the_headers() -> None:
    shop = FakeShop()

    async def job(shops: UcpShops, base: str) -> None:
        await shops.call(a_call(base, body='{"line_items": []}', key="0a1b"))

    run(job, shop)
    _, _, headers, body = shop.seen[0]
    assert (headers["ucp-agent"], headers["idempotency-key"]) == (f'profile="{PAGE}"', "0a1b")
    assert (headers["content-type"], body) == ("application/json", {"line_items": []})


def test_a_page_that_fails_ends_a_search_and_what_came_before_counts() -> None:
    shop = FakeShop(products=[product(f"p{n}", f"Thing {n}", 100 + n) for n in range(4)], page_size=2)
    found: list[ShopAnswer] = []

    async def job(shops: UcpShops, base: str) -> None:
        def fails(told: dict[str, Any]) -> dict[str, Any]:
            shop.answers["/ucp/catalog/search"] = answer(b"", status="500 X")
            return told

        shop.edit = fails
        found.extend(await shops.search(a_call(base, Errand.SEARCH, body='{"query": "x"}')))

    run(job, shop)
    assert len(found) == 1


def test_a_shop_that_gives_the_same_page_for_ever_is_left() -> None:
    def same(told: dict[str, Any]) -> dict[str, Any]:
        return {**told, "pagination": {"has_next_page": True, "cursor": "0"}}

    shop = FakeShop(edit=same)

    async def job(shops: UcpShops, base: str) -> None:
        assert len(await shops.search(a_call(base, Errand.SEARCH, body='{"query": "x"}'))) == 2

    run(job, shop)


def rpc(**told: Any) -> Callable[[bytes], bytes]:
    """A server that only knows calls of tools, and answers each like this."""

    def reply(request: bytes) -> bytes:
        body = json.loads(request.partition(b"\r\n\r\n")[2])
        if body["method"] != "tools/call":
            told_no = {"jsonrpc": "2.0", "id": body.get("id"), "error": {"code": -32601, "message": "no"}}
            return answer(json.dumps(told_no).encode(), headers=b"Content-Type: application/json\r\n")
        said = {"jsonrpc": "2.0", "id": body["id"], **told}
        return answer(json.dumps(said).encode(), headers=b"Content-Type: application/json\r\n")

    return reply


def by_tools(reply: Callable[[bytes], bytes] | bytes, body: str = "{}") -> ShopAnswer | ChannelError:
    async def run_it() -> ShopAnswer | ChannelError:
        async with scripted_server(reply) as server, Courier(USUAL) as courier:
            call = a_call(server.url, transport=Transport.MCP, body=body)
            try:
                return await UcpShops(courier, MovingClock()).call(call)
            except ChannelError as error:
                return error

    return asyncio.run(run_it())


@pytest.mark.parametrize("name", ["cart", "checkout", "order", "result"])
def test_an_answer_under_its_own_name_is_unwrapped(name: str) -> None:
    found = by_tools(rpc(result={"content": [], "structuredContent": {name: {"id": "c"}}}))
    assert isinstance(found, ShopAnswer)
    assert found.told == {"id": "c"}


def test_a_tool_that_says_why_has_answered() -> None:
    wrong = by_tools(rpc(result={"content": [], "structuredContent": SAYS_NO, "isError": True}))
    coded = by_tools(rpc(error={"code": -32001, "message": "no", "data": SAYS_NO}))
    for found in (wrong, coded):
        assert isinstance(found, ShopAnswer)
        assert (found.refused, found.told) == (True, SAYS_NO)


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (rpc(error={"code": -32000, "message": "no"}), "shop-refused"),
        (rpc(result={"content": [{"type": "text", "text": "no"}], "isError": True}), "shop-refused"),
        (rpc(result={"content": [{"type": "text", "text": "fine"}]}), "answered-badly"),
        (answer(b"", status="401 X"), "shop-not-admitted"),
        (answer(b"", status="404 X"), "shop-gone"),
        (answer(b"", status="302 X"), "shop-moved"),
    ],
)
def test_a_tool_that_says_nothing_usable_is_a_refusal(reply: Callable[[bytes], bytes] | bytes, code: str) -> None:
    found = by_tools(reply)
    assert isinstance(found, ChannelError)
    assert (found.code, found.may_have_arrived) == (code, True)


def test_arguments_that_are_none_never_leave() -> None:
    found = by_tools(b"", body="no arguments")
    assert isinstance(found, ChannelError)
    assert (found.code, found.may_have_arrived) == ("request-refused", False)
