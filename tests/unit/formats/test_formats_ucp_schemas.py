"""What is written for shops, what is read of them, and the shop that tests talk to, held to the published schemas.

The schemas are those of the protocol's own Python models, one file for each edition: see tests/data/ucp/README.md.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.fakes.shop_server import EDITIONS, LATE, FakeShop
from vrm_desktop.domain.basket import BasketStatus, differences
from vrm_desktop.domain.page_key import PageKey
from vrm_desktop.domain.shop import Can, Edition
from vrm_desktop.formats.ucp.basket import read_basket
from vrm_desktop.formats.ucp.catalogue import read_catalogue
from vrm_desktop.formats.ucp.orders import read_order
from vrm_desktop.formats.ucp.own_profile import own_profile
from vrm_desktop.formats.ucp.profile import read_profile
from vrm_desktop.formats.ucp.writing import Asked, text_of, writer

DATA = Path(__file__).parents[2] / "data" / "ucp"
ASKED = Asked(words="road bike", country="DE", currency="EUR", language="de")


@cache
def _schemas(edition: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((DATA / f"{edition}.schemas.json").read_text())
    return read


def fits(edition: str, name: str, value: Any) -> list[str]:
    """What of a value does not fit the schema of that name."""
    validator = Draft202012Validator(_schemas(edition)[name])
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)]


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_checkout_is_asked_for_as_the_edition_wants_it(edition: str) -> None:
    body = writer(Edition(edition)).checkout("bike-v1", 2, ASKED)
    assert fits(edition, "checkout-request", body) == []
    assert fits(edition, "checkout-request", {**body, "line_items": [{"item": {}, "quantity": 0}]})


@pytest.mark.parametrize("edition", LATE)
def test_the_catalogue_and_carts_are_asked_as_the_edition_wants_it(edition: str) -> None:
    how = writer(Edition(edition))
    assert fits(edition, "search-request", how.search(ASKED, "page-2")) == []
    assert fits(edition, "look-up-request", how.look_up("bike-v1", ASKED)) == []
    assert fits(edition, "cart-request", how.cart("bike-v1", 2, ASKED)) == []
    of_cart = how.checkout_of("cart-1", "bike-v1", 2, ASKED)
    assert fits(edition, "checkout-request", of_cart) == []
    assert of_cart["cart_id"] == "cart-1"


@pytest.mark.parametrize("edition", EDITIONS[1:])
def test_the_own_page_is_one_that_shops_can_read(edition: str) -> None:
    page = json.loads(own_profile(Edition(edition)))
    assert fits(edition, "own-profile", page["ucp"]) == []
    assert not {"keys", "signing_keys"} & {*page, *page["ucp"]}


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_own_page_holds_public_keys_where_its_edition_looks(edition: str) -> None:
    keys = [PageKey(kid=one * 43, x="x" * 43, y="y" * 43) for one in "ab"]
    page = json.loads(own_profile(Edition(edition), keys))
    place = "keys" if edition == "2026-08-25" else "signing_keys"
    assert page["ucp"] == json.loads(own_profile(Edition(edition)))["ucp"]
    assert set(page) == {"ucp", place}
    usual = {"kty": "EC", "crv": "P-256", "x": "x" * 43, "y": "y" * 43, "use": "sig", "alg": "ES256"}
    assert page[place] == [{"kid": one.kid, **usual} for one in keys]
    told = FakeShop(edition=edition, base="https://shop.example").profile()
    told = {name: value for name, value in told.items() if name not in {"keys", "signing_keys"}}
    read = read_profile(json.dumps({**told, place: page[place]}).encode()).keys
    assert [(one.kid, one.curve, one.x) for one in read] == [(one.kid, "P-256", one.x) for one in keys]


def test_the_own_page_of_the_first_edition_lists_its_abilities() -> None:
    page = json.loads(own_profile(Edition.FIRST))["ucp"]
    assert [one["name"] for one in page["capabilities"]] == ["dev.ucp.shopping.checkout"]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_shop_of_the_tests_publishes_itself_as_its_edition_says(edition: str) -> None:
    told = FakeShop(edition=edition, base="https://shop.example").profile()
    assert fits(edition, "profile", told if edition == "2026-01-11" else told["ucp"]) == []
    assert read_profile(json.dumps(told).encode()).speaks is Edition(edition)


def _answers(edition: str) -> dict[str, Any]:
    """One answer of each kind, as the shop of the tests gives it."""
    shop = FakeShop(edition=edition, base="https://shop.example")
    lines: dict[str, Any] = {"line_items": [{"item": {"id": "bike-v1"}, "quantity": 2}]}
    calls: dict[str, tuple[str, str, dict[str, Any]]] = {
        "checkout": ("POST", "/checkout-sessions", lines),
        "order": ("GET", "/orders/o-1", {}),
    }
    if edition in LATE:
        calls |= {
            "search": ("POST", "/catalog/search", {"query": "bike"}),
            "look-up": ("POST", "/catalog/lookup", {"ids": ["bike-v1"]}),
            "cart": ("POST", "/carts", lines),
        }
    return {
        name: json.loads(shop.reply(_request(method, place, body)).partition(b"\r\n\r\n")[2])
        for name, (method, place, body) in calls.items()
    }


def _request(method: str, place: str, body: dict[str, Any]) -> bytes:
    raw = json.dumps(body).encode() if body else b""
    return b"%b /ucp%b HTTP/1.1\r\nHost: x\r\n\r\n%b" % (method.encode(), place.encode(), raw)


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_fits_the_schemas_is_read_whole(edition: str) -> None:
    answers = _answers(edition)
    assert {name: fits(edition, name, told) for name, told in answers.items()} == {name: [] for name in answers}
    checkout = read_basket(json.dumps(answers["checkout"]).encode(), edition=Edition(edition))
    assert (checkout.id, checkout.status, checkout.currency) == ("checkout-1", BasketStatus.ESCALATED, "EUR")
    assert checkout.total is not None
    assert checkout.total.minor == 2 * 79_900 + 490 - 100
    assert checkout.link == "https://shop.example/pay/checkout-1"
    assert differences(checkout) == ()
    order = read_order(json.dumps(answers["order"]).encode(), edition=Edition(edition))
    assert order.held.order_link == "https://shop.example/orders/o-1"
    assert order.latest is not None
    assert (order.latest.what, order.latest.tracking) == ("shipped", "TRK-1")
    assert differences(order.held) == ()


@pytest.mark.parametrize("edition", LATE)
def test_a_catalogue_that_fits_the_schemas_is_read_whole(edition: str) -> None:
    answers = _answers(edition)
    for name in ("search", "look-up"):
        (item,) = read_catalogue(json.dumps(answers[name]).encode()).items
        assert (item.id, item.product, item.title, item.low.minor) == ("bike-v1", "bike", "Road bike, 54 cm", 79_900)
    cart = read_basket(json.dumps(answers["cart"]).encode(), edition=Edition(edition))
    assert (cart.status, differences(cart)) == (BasketStatus.CART, ())


def test_every_edition_has_a_writer_that_says_what_it_knows() -> None:
    assert {edition: writer(edition).edition for edition in Edition} == {edition: edition for edition in Edition}
    early = {Can.CHECKOUT, Can.ORDER}
    assert [writer(edition).speaks_of for edition in Edition] == [early, early, set(Can), set(Can)]


def test_the_text_that_leaves_is_the_body_and_nothing_else() -> None:
    body = writer(Edition.FOURTH).search(ASKED)
    assert json.loads(text_of(body)) == body
    assert set(body) == {"query", "context", "pagination"}
