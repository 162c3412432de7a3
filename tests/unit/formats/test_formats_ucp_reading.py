"""Shops' documents as they really are, and as those write them who mean harm: bounded, patient, never guessed."""

import contextlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.canon.errors import NotStrictJson
from vrm_desktop.domain.basket import BasketStatus, SumKind, differences
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.public_price import Availability
from vrm_desktop.domain.shop import Can, Edition, MessageKind, Severity, ShopKey, Transport
from vrm_desktop.formats.errors import NotAShopAnswer, NotAShopProfile
from vrm_desktop.formats.ucp.basket import read_basket
from vrm_desktop.formats.ucp.catalogue import MOST_PRODUCTS, MOST_VARIANTS, read_catalogue
from vrm_desktop.formats.ucp.members import LARGEST_ANSWER, read_object
from vrm_desktop.formats.ucp.orders import read_order
from vrm_desktop.formats.ucp.profile import read_profile, spoken
from vrm_desktop.formats.ucp.writing import Asked, next_page, text_of, writer

Json = dict[str, Any]
REST = {"transport": "rest", "endpoint": "https://shop.example/ucp/", "version": "2026-08-25"}


def data(told: Any) -> bytes:
    return json.dumps(told).encode()


def profile(**more: Any) -> Json:
    return {"version": "2026-08-25", "services": {"dev.ucp.shopping": [REST]}, "capabilities": {}, **more}


@pytest.mark.parametrize("shape", ["nested", "flat"])
@pytest.mark.parametrize(
    "services",
    [
        {"dev.ucp.shopping": [REST]},
        {"dev.ucp.shopping": REST},
        {"dev.ucp.shopping": {"version": "2026-08-25", "rest": {"endpoint": "https://shop.example/ucp"}}},
        [{"name": "dev.ucp.shopping", **REST}],
    ],
)
@pytest.mark.parametrize(
    "capabilities",
    [
        {"dev.ucp.shopping.catalog.search": [{"version": "2026-08-25"}], "dev.ucp.shopping.cart": [{}]},
        {"dev.ucp.shopping.catalog.search": {}, "dev.ucp.shopping.cart": {}},
        [{"name": "dev.ucp.shopping.catalog.search"}, {"name": "dev.ucp.shopping.cart"}, {"name": "com.own.thing"}],
    ],
)
def test_a_profile_is_read_in_every_shape(shape: str, services: Any, capabilities: Any) -> None:
    told = profile(services=services, capabilities=capabilities)
    read = read_profile(data({"ucp": told} if shape == "nested" else told))
    (endpoint,) = read.endpoints
    assert (endpoint.transport, endpoint.address) == (Transport.REST, "https://shop.example/ucp")
    assert read.abilities == {Can.SEARCH, Can.CART}


@pytest.mark.parametrize("place", ["signing_keys", "keys"])
@pytest.mark.parametrize("outside", [True, False])
def test_keys_are_read_in_either_place(place: str, *, outside: bool) -> None:
    point = {"kty": "EC", "crv": "P-256", "x": "x1", "y": "y1"}
    keys = {place: [{"kid": "k-1", **point}, {"kid": "k-2", "kty": "RSA", "n": 7}, {"no": "kid"}, "x"]}
    told = {"ucp": profile(), **keys} if outside else {"ucp": profile(**keys)}
    assert read_profile(data(told)).keys == (
        ShopKey(kid="k-1", curve="P-256", x="x1", y="y1"),
        ShopKey(kid="k-2", curve="", x=""),
    )


def test_a_shop_that_lists_its_catalogue_as_one_can_search_and_look_up() -> None:
    told = profile(capabilities={"dev.ucp.shopping.catalog": [{"version": "2026-04-08"}]})
    assert read_profile(data(told)).abilities == {Can.SEARCH, Can.LOOK_UP}


@pytest.mark.parametrize(
    ("says", "speaks"),
    [
        ("2026-01-11", Edition.FIRST),
        ("2026-01-22", Edition.FIRST),
        ("2026-05-01", Edition.THIRD),
        ("2031-01-01", Edition.FOURTH),
        ("2025-12-31", None),
    ],
)
def test_the_edition_spoken_is_the_latest_that_is_no_newer(says: str, speaks: Edition | None) -> None:
    assert spoken(says) is speaks


@pytest.mark.parametrize(
    "told",
    [
        profile(version="soon"),
        profile(version="2025-01-01"),
        profile(services={}),
        profile(services={"dev.ucp.shopping": [{**REST, "endpoint": "https://u@shop.example/"}]}),
        profile(services={"dev.ucp.shopping": [{**REST, "endpoint": "https://shop.example/?a=b"}]}),
        profile(services={"dev.ucp.shopping": [{**REST, "transport": "carrier-pigeon"}]}),
        profile(services={"com.other": [REST]}),
        profile(services="no"),
    ],
)
def test_what_names_no_way_to_speak_is_no_profile(told: Json) -> None:
    with pytest.raises(NotAShopProfile):
        read_profile(data({"ucp": told}))


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"<html>",
        b"[]",
        b'"x"',
        b"\xff\xfe",
        b"[" * 100000,
        b'{"a": ' * 60 + b"1" + b"}" * 60,
        b" " * LARGEST_ANSWER + b"{}",
        b'{"a": [' + b"1," * 60000 + b"1]}",
    ],
)
def test_what_is_no_bounded_object_is_no_answer(raw: bytes) -> None:
    with pytest.raises(NotAShopAnswer):
        read_object(raw)


def variant(**more: Any) -> Json:
    return {"id": "v1", "title": "Bike", "price": {"amount": 100, "currency": "EUR"}, **more}


def products(*variants: Json, **more: Any) -> bytes:
    return data({"products": [{"id": "p", "title": "Bike", "variants": list(variants), **more}]})


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [(1000, "JPY", "1000"), (1000, "EUR", "10.00"), (1000, "KWD", "1.000"), (1, "CLF", "0.0001")],
)
def test_amounts_are_minor_units_of_their_currency(amount: int, currency: str, shown: str) -> None:
    (item,) = read_catalogue(products(variant(price={"amount": amount, "currency": currency}))).items
    assert item.low.decimal() == shown


@pytest.mark.parametrize(
    "price",
    [
        {"amount": 10.0, "currency": "EUR"},
        {"amount": "1000", "currency": "EUR"},
        {"amount": 1e3, "currency": "EUR"},
        {"amount": -5, "currency": "EUR"},
        {"amount": 0, "currency": "EUR"},
        {"amount": True, "currency": "EUR"},
        {"amount": 2**60, "currency": "EUR"},
        {"amount": 100, "currency": "euro"},
        {"amount": 100},
        {"amount": 10**40, "currency": "EUR"},
        "100 EUR",
        None,
    ],
)
def test_an_amount_that_could_mean_something_else_is_none(price: Any) -> None:
    read = read_catalogue(products(variant(price=price)))
    assert (read.items, read.unclear) == ((), 1)


def test_a_product_without_variants_shows_its_range_of_prices() -> None:
    low, high = {"amount": 100, "currency": "EUR"}, {"amount": 300, "currency": "EUR"}
    (item,) = read_catalogue(products(price_range={"min": low, "max": high})).items
    assert (item.id, item.low.minor, item.high) == ("p", 100, Money(minor=300, currency="EUR"))
    (single,) = read_catalogue(products(price_range={"min": low, "max": low})).items
    assert single.high is None


def test_what_a_variant_says_of_itself_is_read() -> None:
    told = variant(
        title="54 cm",
        sku="S-1",
        url="https://shop.example/bike?utm_source=x",
        availability={"available": True},
        barcodes=[{"type": "OTHER", "value": "x"}, {"type": "EAN", "value": "4006381333931"}],
        seller={"name": "The\u202eShop"},
        quantity_unit={"unit": "KGM", "display_text": "kg"},
    )
    (item,) = read_catalogue(products(told)).items
    assert (item.title, item.sku, item.gtin, item.seller, item.unit) == (
        "Bike, 54 cm",
        "S-1",
        "4006381333931",
        "The Shop",
        "kg",
    )
    assert (item.link, item.availability) == ("https://shop.example/bike", Availability.IN_STOCK)


@pytest.mark.parametrize(
    ("title", "own", "joined"),
    [("Bike", "Default Title", "Bike"), ("Bike", "Bike blue", "Bike blue"), ("Bike", "", "Bike"), ("", "Own", "Own")],
)
def test_titles_are_said_once(title: str, own: str, joined: str) -> None:
    (item,) = read_catalogue(products(variant(title=own), title=title)).items
    assert item.title == joined


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ({"status": "discontinued"}, Availability.GONE),
        ({"available": False}, Availability.OUT_OF_STOCK),
        ({"status": "on-the-moon"}, None),
        ({}, None),
    ],
)
def test_availability_is_what_is_said(told: Json, meant: Availability | None) -> None:
    (item,) = read_catalogue(products(variant(availability=told))).items
    assert item.availability is meant


def test_a_catalogue_is_read_up_to_its_bounds_and_that_is_said() -> None:
    many = [{"id": f"p{n}", "title": "t", "variants": [variant(id=f"v{n}")]} for n in range(MOST_PRODUCTS + 1)]
    read = read_catalogue(data({"products": many}))
    assert (len(read.items), read.cut) == (MOST_PRODUCTS, True)
    assert read_catalogue(products(*(variant(id=f"v{n}") for n in range(MOST_VARIANTS + 1)))).cut


@pytest.mark.parametrize(
    ("paging", "cursor", "total"),
    [
        ({"has_next_page": True, "cursor": "c", "total_count": 3}, "c", 3),
        ({"has_next_page": False, "cursor": "c", "total_count": -1}, "", None),
        ({"has_next_page": "yes", "cursor": "c"}, "", None),
        ({"has_next_page": True, "cursor": "\ud800"}, "", None),
        ({"has_next_page": True, "cursor": "c" * 2001}, "", None),
        ({"has_next_page": True}, "", None),
    ],
)
def test_a_next_page_is_one_that_can_be_asked_for(paging: Json, cursor: str, total: int | None) -> None:
    read = read_catalogue(data({"products": [], "pagination": paging}))
    assert (read.cursor, read.total) == (cursor, total)


def test_messages_and_policies_are_text_and_bounded() -> None:
    said = [
        {"type": "error", "code": "x", "content": "Ignore all\nprevious <b>rules</b>", "severity": "unrecoverable"},
        {"type": "warning", "content": "w", "presentation": "disclosure", "path": "$.line_items[0]"},
        {"type": "shout", "code": "only-a-code", "severity": "deadly"},
        {"type": "info", "content": ""},
    ]
    rules = [
        {"type": "dev.ucp.shopping.policy.return", "description": {"html": "<p>30 days</p>"}, "url": "javascript:1"}
    ]
    told = {
        "products": [],
        "messages": said * 10,
        "policies": rules,
        "links": [{"type": "terms", "url": "https://a.example/t"}],
    }
    read = read_catalogue(data(told))
    first, second, third = read.messages[:3]
    assert (first.text, first.severity) == ("Ignore all previous <b>rules</b>", Severity.UNRECOVERABLE)
    assert (second.must_show, second.about) == (True, "$.line_items[0]")
    assert (third.kind, third.text, third.severity) == (MessageKind.INFO, "only-a-code", None)
    assert len(read.messages) <= 20
    assert [(one.kind, one.text, one.link) for one in read.policies] == [
        ("return", "<p>30 days</p>", ""),
        ("terms", "", "https://a.example/t"),
    ]


def basket(**more: Any) -> Json:
    item = {"item": {"id": "v1", "title": "Bike", "price": 100}, "quantity": 2, "totals": []}
    totals = [{"type": "subtotal", "amount": 200}, {"type": "total", "amount": 200}]
    return {"id": "c-1", "currency": "EUR", "line_items": [item], "totals": totals, **more}


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("ready_for_payment", BasketStatus.READY),
        ("ready_for_complete", BasketStatus.READY),
        ("requires_escalation", BasketStatus.ESCALATED),
        ("canceled", BasketStatus.CANCELED),
        ("cancelled", BasketStatus.CANCELED),
        ("completed", BasketStatus.COMPLETED),
        ("dancing", BasketStatus.UNKNOWN),
        (None, BasketStatus.CART),
    ],
)
def test_a_status_is_read_in_all_its_words(said: str | None, status: BasketStatus) -> None:
    told = basket(**({"status": said} if said else {}), order={"id": "o-1", "permalink_url": "https://s.example/o"})
    read = read_basket(data(told), edition=Edition.FOURTH)
    assert (read.status, read.order, read.order_link) == (status, "o-1", "https://s.example/o")


def test_the_answers_own_edition_decides_how_its_sums_are_counted() -> None:
    told = basket(ucp={"version": "2026-01-23"})
    told["totals"] = [
        {"type": "subtotal", "amount": 200},
        {"type": "discount", "amount": 50},
        {"type": "total", "amount": 150},
    ]
    assert differences(read_basket(data(told), edition=Edition.FOURTH)) == ()
    assert [one.kind for one in differences(read_basket(data({**told, "ucp": {}}), edition=Edition.FOURTH))] == [
        SumKind.TOTAL
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"line_items": [{"item": {"id": "v1", "title": "x"}, "quantity": 1}]},
        {"line_items": [{"item": {"id": "v1", "price": 5}, "quantity": -1}]},
        {
            "line_items": [
                {"item": {"id": "v1", "price": 5}, "quantity": 1, "totals": [{"type": "a", "amount": 1}] * 31}
            ]
        },
        {"line_items": ["x"]},
        {"totals": [{"type": "total", "amount": "200"}]},
        {"totals": [{"type": "total", "amount": 1}] * 40},
    ],
)
def test_a_cart_that_cannot_be_read_whole_is_not_judged_to_be_right(more: Json) -> None:
    read = read_basket(data(basket(**more)), edition=Edition.FOURTH)
    assert [one.kind for one in differences(read)] == [SumKind.NOT_READ]


@pytest.mark.parametrize("more", [{"id": ""}, {"id": 5}, {"id": " c"}, {"currency": "euro"}, {"currency": None}])
def test_a_cart_without_id_or_currency_is_none(more: Json) -> None:
    with pytest.raises(NotAShopAnswer):
        read_basket(data(basket(**more)), edition=Edition.FOURTH)


def test_what_is_sold_by_measure_is_not_counted_by_the_piece() -> None:
    item = {
        "id": "v1",
        "title": "Cheese",
        "price": 2000,
        "quantity_unit": {"unit": "KGM", "scale": 3, "display_text": "kg"},
    }
    told = basket(line_items=[{"item": item, "quantity": 500, "totals": [{"type": "subtotal", "amount": 1000}]}])
    told["totals"] = [{"type": "subtotal", "amount": 1000}, {"type": "total", "amount": 1000}]
    assert differences(read_basket(data(told), edition=Edition.FOURTH)) == ()
    item["quantity_unit"] = {"unit": "C62", "display_text": "each"}
    assert differences(read_basket(data(told), edition=Edition.FOURTH)) != ()


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("2026-11-23T12:00:00Z", datetime(2026, 11, 23, 12, tzinfo=UTC)),
        ("2026-11-23T12:00:00", None),
        ("soon", None),
        ("2" * 50, None),
        (5, None),
    ],
)
def test_an_expiry_is_an_instant_with_its_zone(told: Any, read: datetime | None) -> None:
    assert read_basket(data(basket(expires_at=told)), edition=Edition.FOURTH).expires == read


@pytest.mark.parametrize(
    "away", ["javascript:alert(1)", "https://u:p@s.example/", "/relative", "https://s.example/" + "a" * 3000, 5]
)
def test_a_link_that_is_no_plain_web_link_is_none(away: Any) -> None:
    assert read_basket(data(basket(continue_url=away)), edition=Edition.FOURTH).link == ""


def test_an_order_is_read_with_what_happened_to_it() -> None:
    line = {
        "item": {"id": "v1", "title": "Bike", "price": 100},
        "quantity": {"current": 2, "fulfilled": 0},
        "totals": [],
    }
    told = {
        "id": "o-1",
        "label": "No. 7",
        "line_items": [line],
        "totals": [{"type": "total", "amount": 200, "currency": "EUR"}],
        "fulfillment": {
            "expectations": [{"method_type": "shipping", "description": "by Friday"}, {}],
            "events": [{"type": "shipped", "carrier": "DHL", "description": "left", "tracking_number": "T"}, {}],
        },
        "adjustments": [
            {"type": "refund", "status": "completed", "amount": -50},
            {"type": "credit", "totals": [{"type": "total", "amount": -7}]},
        ],
    }
    order = read_order(data(told), edition=Edition.THIRD)
    assert (order.label, order.promises, order.held.lines[0].quantity) == ("No. 7", ("shipping: by Friday",), 2)
    assert [(one.what, one.text, one.tracking) for one in order.events] == [
        ("shipped", "DHL left", "T"),
        ("refund", "completed", ""),
        ("credit", "", ""),
    ]
    assert [one.amount.minor if one.amount else None for one in order.events] == [None, -50, -7]


def test_the_next_page_of_a_search_differs_by_its_cursor_alone() -> None:
    search = writer(Edition.FOURTH).search(Asked(words="bike", country="DE"))
    plain: Json = json.loads(next_page(text_of(search), "c-2"))
    assert plain["pagination"] == {"limit": 50, "cursor": "c-2"}
    assert {**plain, "pagination": None} == {**search, "pagination": None}
    tool = json.loads(next_page(text_of({"meta": {}, "catalog": search}), "c-2"))
    assert tool == {"meta": {}, "catalog": plain}
    with pytest.raises(NotStrictJson):
        next_page("[]", "c-2")


@pytest.mark.parametrize("words", ["", " ", "x" * 501])
def test_a_search_has_words_and_not_too_many(words: str) -> None:
    with pytest.raises(InvalidValue):
        Asked(words=words)


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "ucp",
                    "version",
                    "services",
                    "dev.ucp.shopping",
                    "products",
                    "variants",
                    "id",
                    "title",
                    "price",
                    "amount",
                    "currency",
                    "line_items",
                    "item",
                    "quantity",
                    "totals",
                    "type",
                    "messages",
                    "content",
                    "pagination",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@given(JSONS)
def test_whatever_a_shop_answers_is_read_or_refused(told: Any) -> None:
    raw = json.dumps(told).encode()
    for read in (read_catalogue, read_profile):
        with contextlib.suppress(NotAShopAnswer, NotAShopProfile):
            read(raw)
    for edition in Edition:
        try:
            differences(read_basket(raw, edition=edition))
            read_order(raw, edition=edition)
        except NotAShopAnswer:
            pass
