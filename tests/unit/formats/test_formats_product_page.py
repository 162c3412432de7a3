"""Shop pages: what they say is read exactly, what is unclear is no price, and no page takes long."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.computing import computing_at_most
from vrm_desktop.canon.loose_json import Number, read_loose
from vrm_desktop.domain.intentcast import Condition
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.public_price import Availability
from vrm_desktop.formats.errors import NoPriceOnPage
from vrm_desktop.formats.product_page.found import PagePrice, PageRead
from vrm_desktop.formats.product_page.page_amount import read_page_amount
from vrm_desktop.formats.product_page.reading import LARGEST, MOST_PRICES, read_page

_SECONDS = 10.0
"""Far more than any of these pages takes, and far less than a reader that looks at each sign again and again."""


def page(*values: object) -> bytes:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(value)}</script>' for value in values)
    return f"<!doctype html><html><head>{scripts}</head><body><p>Buy</body></html>".encode()


def product(**offer: object) -> dict[str, object]:
    made = {"@type": "Offer", "price": "799.00", "priceCurrency": "EUR", **offer}
    return {"@context": "https://schema.org", "@type": "Product", "name": "Road bike", "offers": made}


def only(data: bytes) -> PagePrice:
    [price] = read_page(data).prices
    return price


def test_everything_that_an_offer_says_is_read() -> None:
    rate = {"@type": "MonetaryAmount", "value": 4.9, "currency": "EUR"}
    said = product(
        availability="https://schema.org/InStock",
        itemCondition="http://schema.org/UsedCondition",
        priceValidUntil="2026-12-31",
        url="https://shop.example/p/7?utm_source=x",
        seller={"@type": "Organization", "name": "Radhaus"},
        shippingDetails=[{"@type": "OfferShippingDetails", "shippingRate": rate}],
        sku=4711,
    )
    said |= {"brand": {"@type": "Brand", "name": " Wind\u202espiel\n"}, "gtin13": "4006381333931"}
    price = only(page(said))
    assert price == PagePrice(
        title="Road bike",
        low=Money(minor=79_900, currency="EUR"),
        shipping=Money(minor=490, currency="EUR"),
        condition=Condition.USED,
        availability=Availability.IN_STOCK,
        seller="Radhaus",
        link="https://shop.example/p/7?utm_source=x",
        brand="Wind spiel",
        gtin="4006381333931",
        sku="4711",
        valid_until=date(2026, 12, 31),
    )


def test_graphs_lists_types_and_pointers_are_followed_within_the_page() -> None:
    graph = {
        "@graph": [
            {"@type": ["Product", "Car"], "name": [{"@value": "Van"}], "offers": {"@id": "#o"}},
            {"@id": "#o", "@type": "schema:Offer", "price": 12000, "priceCurrency": "EUR"},
            {"@type": "Offer", "price": 5, "priceCurrency": "EUR", "itemOffered": {"@type": "Product", "name": "Mat"}},
        ]
    }
    assert [(one.title, one.low.minor) for one in read_page(page([graph])).prices] == [("Van", 1_200_000), ("Mat", 500)]


def test_an_aggregate_is_a_range_or_the_offers_in_it() -> None:
    whole = product(**{"@type": "AggregateOffer", "price": None, "lowPrice": "10", "highPrice": 12.5})
    price = only(page(whole))
    assert (price.low.minor, price.high) == (1000, Money(minor=1250, currency="EUR"))
    inner = [{"price": 3, "priceCurrency": "EUR"}, {"price": "4", "priceCurrency": "EUR"}]
    price = only(page(product(**{"@type": "AggregateOffer", "price": None, "offers": inner})))
    assert (price.low.minor, price.high) == (300, Money(minor=400, currency="EUR"))


def test_a_price_specification_is_read_and_list_and_unit_prices_are_not() -> None:
    listed = {"price": 999, "priceCurrency": "EUR", "priceType": "https://schema.org/StrikethroughPrice"}
    unit = {"price": 1, "priceCurrency": "EUR", "referenceQuantity": {"value": 100, "unitCode": "GRM"}}
    real = {"price": 799, "valueAddedTaxIncluded": False}
    price = only(page(product(price=None, priceSpecification=[listed, unit, real])))
    assert (price.low.minor, price.net) == (79_900, True)


@pytest.mark.parametrize(
    "offer",
    [
        {"price": "1e999"},
        {"price": 1e300},
        {"price": "1.299"},
        {"price": "1,299"},
        {"price": "1.299,00"},
        {"price": "-5"},
        {"price": "0"},
        {"price": "on request"},
        {"price": True},
        {"price": ["799", "699"]},
        {"price": "9" * 13},
        {"price": "799.005"},
        {"price": "$799"},
        {"price": "٧٩٩"},
        {"price": {"@value": "799"}},
        {"priceCurrency": None},
        {"priceCurrency": "Euro"},
        {"priceCurrency": ["EUR", "USD"]},
        {"price": "799 USD"},
        {"priceSpecification": {"price": 699, "priceCurrency": "EUR"}},
    ],
)
def test_an_unclear_price_is_none(offer: dict[str, object]) -> None:
    with pytest.raises(NoPriceOnPage):
        read_page(page(product(**offer)))
    beside = read_page(page(product(**offer), {**product(), "name": "Clear"}))
    assert ([one.title for one in beside.prices], beside.unclear) == (["Clear"], 1)


@pytest.mark.parametrize(
    ("value", "currency", "minor"),
    [
        ("799,00 €", "", 79_900),
        ("€ 799", "EUR", 79_900),
        ("EUR 1.5", "", 150),
        ("799.0000", "EUR", 79_900),
        (Number("12.000"), "EUR", 1200),
        ("1299", "JPY", 1299),
        ("1299.00", "JPY", 1299),
        ("1.299", "JPY", None),
        (Number("1.5"), "JPY", None),
        ("1.299", "KWD", 1299),
        ("1,299", "KWD", None),
        ("0", "EUR", 0),
        (Number("NaN"), "EUR", None),
        (Number("1E2"), "EUR", None),
        ("1" * 41, "EUR", None),
        (None, "EUR", None),
        (Number("999999999999"), "CLF", None),
    ],
)
def test_amounts_keep_to_their_currency(value: object, currency: str, minor: int | None) -> None:
    found = read_page_amount(value, currency)
    assert (found.minor if found is not None else None) == minor


def test_microdata_says_the_same() -> None:
    html = """<div itemscope itemtype="https://schema.org/Product"><h1 itemprop="name">Road <b>bike</b></h1>
      <img itemprop="image" src="x"><link itemprop="url" href="https://shop.example/p">
      <div itemprop="offers" itemscope itemtype="https://schema.org/Offer"><span itemprop="price">799,00 €</span>
      <meta itemprop="priceCurrency" content="EUR"><link itemprop="availability" href="https://schema.org/SoldOut"/>
      <time itemprop="priceValidUntil" datetime="2026-12-31">soon</time></div><p>open</div></section>"""
    price = only(html.encode())
    assert (price.title, price.low.minor, price.link) == ("Road bike", 79_900, "https://shop.example/p")
    assert (price.availability, price.valid_until) == (Availability.OUT_OF_STOCK, date(2026, 12, 31))


def test_a_product_told_twice_is_one_and_two_prices_of_it_are_a_range() -> None:
    assert only(page(product(), product())).high is None
    price = only(page(product(availability="InStock"), product(price="1.00", availability="SoldOut")))
    assert (price.low.minor, price.high, price.availability) == (100, Money(minor=79_900, currency="EUR"), None)


def test_a_member_said_twice_with_two_values_is_no_price() -> None:
    text = '{"@type":"Product","name":"x","offers":{"price":"799","price":"1","priceCurrency":"EUR"}}'
    with pytest.raises(NoPriceOnPage):
        read_page(f'<script type="application/ld+json">{text}</script>'.encode())


def test_what_leads_away_is_not_the_page_s_price() -> None:
    away = {**product(), "name": "Another"}
    said = {**product(), "isRelatedTo": away, "isSimilarTo": [away], "review": {"itemReviewed": away}}
    assert only(page(said)).title == "Road bike"


@pytest.mark.parametrize(
    "text",
    ['<!--{"a":"b\nc"}-->', '//<![CDATA[\n{"a":"b\nc"}\n//]]>', '{"a":"b\nc"};\n'],
)
def test_spelling_is_forgiven(text: str) -> None:
    assert read_loose(text) == {"a": "b\nc"}


@pytest.mark.parametrize("start", [b"\xef\xbb\xbf", b""])
def test_charsets_are_heard(start: bytes) -> None:
    said = json.dumps({**product(), "name": "Küche"}, ensure_ascii=False)
    html = f'<meta charset="utf-8"><script type="application/ld+json">{said}</script>'
    assert only(start + html.encode()).title == "Küche"
    assert only(html.replace("utf-8", "iso-8859-1").encode("cp1252")).title == "Küche"
    assert only(html.encode("utf-16")).title == "Küche"


def _bombs() -> dict[str, bytes]:
    script = '<script type="application/ld+json">'
    return {
        "deep json": f"{script}{'[' * 200_000}".encode() + b"</script>",
        "escapes": f'{script}{"[" * 40}"'.encode() + b'\\"' * 400_000 + b"</script>",
        "a million values": f"{script}[{'1,' * 500_000}1]</script>".encode(),
        "scripts": f"{script}{{}}</script>".encode() * 50_000,
        "unclosed script": f"{script}</scr".encode() * 80_000,
        "unclosed tags": b"<a " * 300_000,
        "unclosed comments": b"<!--" * 800_000,
        "declarations": b"<![odd[" * 400_000,
        "open elements": b"<div>" * 60_000 + b"</b></i>" * 60_000,
        "items": b"<div itemscope itemprop=offers>" * 100_000,
        "texts": b"<div itemscope>" + b"<b itemprop=name>x" * 40_000,
        "attributes": b"<a " + b"b=1 " * 250_000 + b">",
        "references": b"&" * 2_000_000 + b"<a>",
    }


@pytest.mark.parametrize("name", list(_bombs()))
def test_a_page_made_to_hurt_ends_soon_without_a_price(name: str) -> None:
    with computing_at_most(_SECONDS), pytest.raises(NoPriceOnPage):
        read_page(_bombs()[name])


def test_a_million_products_are_cut_and_it_is_said() -> None:
    many = [{**product(), "name": f"Bike {number}"} for number in range(500)]
    read = read_page(page(many))
    assert (len(read.prices), read.more) == (MOST_PRICES, True)
    with pytest.raises(NoPriceOnPage):
        read_page(page([product()] * 40_000))
    with pytest.raises(NoPriceOnPage):
        read_page(b" " * (LARGEST + 1))


def test_many_pointers_to_one_place_end_soon() -> None:
    many = {"@type": "Product", "name": "x", "offers": {"@id": "#all"}}
    inner = [{"@id": "#offer"}] * 200
    offer = {"@id": "#offer", "price": 1, "priceCurrency": "EUR", "shippingDetails": [{"@id": "#s"}] * 200}
    offer |= {"priceSpecification": [{"@id": "#p"}] * 20}
    rates = {"@id": "#s", "shippingRate": [{"value": 1, "currency": "EUR"}] * 200}
    prices = {"@id": "#p", "price": [1] * 20, "priceCurrency": "EUR"}
    whole = page([many] * 2000, {"@id": "#all", "offers": inner}, offer, rates, prices)
    with computing_at_most(_SECONDS):
        read = read_page(whole)
    assert (len(read.prices), read.more, read.prices[0].shipping) == (1, True, None)


def test_pointers_in_a_circle_end() -> None:
    graph = [
        {"@id": "#a", "@type": "Product", "name": "x", "offers": {"@id": "#b"}},
        {"@id": "#b", "@type": "AggregateOffer", "offers": [{"@id": "#b"}, {"@id": "#b"}]},
    ]
    with pytest.raises(NoPriceOnPage):
        read_page(page(graph))


_NAMES = st.sampled_from(
    [
        "@type",
        "@id",
        "@graph",
        "name",
        "offers",
        "price",
        "priceCurrency",
        "lowPrice",
        "highPrice",
        "itemOffered",
        "priceSpecification",
        "shippingDetails",
        "shippingRate",
        "value",
        "currency",
        "brand",
        "url",
        "seller",
        "sku",
    ]
)
_LEAVES = st.sampled_from(
    ["Product", "Offer", "AggregateOffer", "EUR", "JPY", "10", "1,5", "#a", "", None, True, 7, 1.5]
)
_VALUES = st.recursive(
    _LEAVES | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_NAMES, inner, max_size=6),
    max_leaves=30,
)


def _tried(data: bytes) -> PageRead | None:
    try:
        return read_page(data)
    except NoPriceOnPage:
        return None


@given(_VALUES, _VALUES)
def test_any_json_is_read_or_refused(first: object, second: object) -> None:
    read = _tried(page(first, {"@type": "Product", "name": "x", "offers": second}))
    assert read is None or all(one.low.minor > 0 and one.title.isprintable() for one in read.prices)


_PIECES = st.sampled_from(
    [
        "<div itemscope itemtype=Product>",
        "<div itemprop=offers itemscope>",
        "<i itemprop=price>",
        "<b itemprop=name>",
        "<meta itemprop=priceCurrency content=EUR>",
        "</i>",
        "</b>",
        "</div>",
        "x",
        "7",
        "<!",
        "<![",
        "&",
        "<script>",
    ]
)


@given(st.lists(_PIECES, max_size=30), st.binary(max_size=40))
def test_any_markup_is_read_or_refused(pieces: list[str], tail: bytes) -> None:
    read = _tried("".join(pieces).encode() + tail)
    assert read is None or read.prices
