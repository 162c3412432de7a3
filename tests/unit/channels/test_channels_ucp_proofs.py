"""Requests signed for a shop, over a real courier: every edition believes them, and nothing that was changed."""

import asyncio
import json
from typing import Any

import pytest

from tests.fakes.moving_clock import MORNING, MovingClock
from tests.fakes.people import USUAL
from tests.fakes.shop_server import EDITIONS, FakeShop, open_shop
from vrm_desktop.channels.ucp.proofs import Prover
from vrm_desktop.channels.ucp.shops import UcpShops
from vrm_desktop.courier.client import Courier
from vrm_desktop.domain.shop import Edition, Endpoint, Errand, ShopCall, Transport
from vrm_desktop.formats.ucp.own_profile import own_profile
from vrm_desktop.services.ports import ChannelError
from vrm_desktop.vault.page_signer import PageSigner

PAGE = "https://somebody.example/ucp.json"
SIGNER = PageSigner(b"\x07" * 32)


def asked(shop: FakeShop, errand: Errand, *, signer: PageSigner | None = SIGNER, **more: Any) -> ChannelError | None:
    """One call; what went wrong."""
    shop.page = json.loads(own_profile(Edition(shop.edition), [SIGNER.public]))

    async def body() -> ChannelError | None:
        async with open_shop(shop), Courier(USUAL) as courier:
            place = f"{shop.base}/ucp" + ("/mcp" if shop.transport == "mcp" else "")
            endpoint = Endpoint(transport=Transport(shop.transport), address=place, edition=shop.edition)
            call = ShopCall(errand=errand, endpoint=endpoint, profile=PAGE, line="shop x", **more)
            try:
                await UcpShops(courier, MovingClock()).call(call, signer)
            except ChannelError as error:
                return error
            return None

    return asyncio.run(body())


BODY = '{"line_items": [{"item": {"id": "bike-v1"}, "quantity": 1}]}'


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_shop_of_each_edition_believes_it(edition: str) -> None:
    rest, tools = FakeShop(edition=edition), FakeShop(edition=edition, transport="mcp")
    assert asked(rest, Errand.CREATE_CHECKOUT, body=BODY, key="0a1b") is None
    assert asked(rest, Errand.GET_ORDER, body="", of="a b?c#d%é") is None
    assert asked(tools, Errand.CREATE_CHECKOUT, body=f'{{"checkout": {BODY}}}') is None
    assert (rest.refused, tools.refused) == ([], [])
    named = rest.seen[0][2]["signature-input"]
    assert named == (
        'sig1=("@method" "@authority" "@path" "ucp-agent" "idempotency-key" "content-digest" "content-type")'
        f';created={int(MORNING.timestamp())};keyid="{SIGNER.public.kid}"'
    )
    looked = rest.seen[1][2]["signature-input"]
    assert looked.startswith('sig1=("@method" "@authority" "@path" "ucp-agent");')


def test_a_server_that_knows_only_tools_and_one_that_wants_a_slash_believe_it() -> None:
    tools, slash = FakeShop(transport="mcp", only_tools=True), FakeShop(slash=True)
    assert asked(tools, Errand.CREATE_CART, body=f'{{"cart": {BODY}}}') is None
    assert asked(slash, Errand.CREATE_CART, body=BODY, key="0a1b") is None
    assert (tools.refused, slash.refused) == ([], [])
    assert slash.places == ["POST /ucp/carts", "POST /ucp/carts/"]
    assert len({headers["signature"] for _, _, headers, _ in slash.seen}) == 2


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (b"bike-v1", b"bike-v2", "digest_mismatch"),
        (b"POST /ucp/carts", b"POST /ucp/checkout-sessions", "signature_invalid"),
        (b"Host: ", b"Host: x", "signature_invalid"),
        (b"somebody.example", b"somebodx.example", "signature_invalid"),
        (b"idempotency-key: 0", b"idempotency-key: 1", "signature_invalid"),
        (b"content-type: application/json", b"content-type: application/xml", "signature_invalid"),
        (b"created=", b"created=1", "signature_invalid"),
        (SIGNER.public.kid.encode(), b"another", "key_not_found"),
    ],
)
def test_what_was_changed_on_its_way_is_not_believed(old: bytes, new: bytes, why: str) -> None:
    shop = FakeShop(distort=lambda request: request.replace(old, new, 1))
    error = asked(shop, Errand.CREATE_CART, body=BODY, key="0a1b")
    assert error is not None
    assert (error.code, error.final, shop.refused) == ("shop-not-admitted", True, [why])


def test_without_a_signer_nothing_is_signed_and_another_key_is_unknown() -> None:
    shop = FakeShop()
    asked(shop, Errand.CREATE_CART, signer=None, body=BODY, key="0a1b")
    asked(shop, Errand.CREATE_CART, signer=PageSigner(b"\x08" * 32), body=BODY, key="0a1b")
    assert shop.refused == ["signature_missing", "key_not_found"]


def test_a_page_that_could_be_read_as_two_headers_never_leaves() -> None:
    prove = Prover(SIGNER, "https://a.example/\r\nx: y", MovingClock())
    with pytest.raises(ChannelError) as caught:
        prove("GET", "https://shop.example/ucp", b"", {})
    assert (caught.value.code, caught.value.may_have_arrived) == ("request-refused", False)


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("https://Shop.Example:443/ucp/x?y=1&z", ("shop.example", "/ucp/x", "?y=1&z")),
        ("https://shop.example:8443", ("shop.example:8443", "/", None)),
        ("https://shop.example/?", ("shop.example", "/", "?")),
    ],
)
def test_host_path_and_query_are_signed_as_the_shop_sees_them(url: str, where: tuple[str, str, str | None]) -> None:
    signed: list[bytes] = []

    class Noting:
        public = SIGNER.public

        def sign(self, data: bytes) -> bytes:
            signed.append(data)
            return bytes(64)

    Prover(Noting(), PAGE, MovingClock())("GET", url, b"", {})
    host, path, query = where
    lines = ['"@method": GET', f'"@authority": {host}', f'"@path": {path}']
    lines += [f'"@query": {query}'] if query is not None else []
    assert signed[0].decode().split("\n")[: len(lines)] == lines
    assert (b'"@query"' in signed[0]) == (query is not None)
