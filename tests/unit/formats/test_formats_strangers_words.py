"""A stranger's words and numbers, by every way: words reach nobody with signs that act, and no number is guessed.

Pages, catalogues and carts of shops, tools and answers of quote desks, mails. What is left is plain text and capped.
"""

import contextlib
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum

import pytest

from vrm_desktop.domain.shop import Edition
from vrm_desktop.formats.errors import FormatError, NoPriceOnPage
from vrm_desktop.formats.mail_reading import read_mail
from vrm_desktop.formats.mcp_tools import read_result, read_tool
from vrm_desktop.formats.product_page.reading import read_page
from vrm_desktop.formats.ucp.basket import read_basket
from vrm_desktop.formats.ucp.catalogue import read_catalogue

SIGNS = {
    "a terminal's commands": "\x1b[2J\x1b]0;gone\x07",
    "writing backwards": "\u202e\u2066",
    "no width": "\u200b\u2060\ufeff",
    "NUL and bell": "\x00\x07\x08",
    "C1": "\x9b31m\x85",
    "an end of line that is none": "\u2028\u2029\x0b\x0c",
}
LONG = "x" * 300_000


def texts(value: object) -> Iterator[str]:
    """All texts in what was read."""
    if isinstance(value, str) and not isinstance(value, Enum):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts((name, inner))
    elif isinstance(value, (tuple, list)):
        for inner in value:
            yield from texts(inner)


def a_page(said: str) -> object:
    offer = {"@type": "Offer", "price": "10.00", "priceCurrency": "EUR", "seller": {"name": said}}
    told = {"@context": "https://schema.org", "@type": "Product", "name": f"Rad {said}", "offers": offer}
    return read_page(f'<script type="application/ld+json">{json.dumps(told)}</script>'.encode())


def a_catalogue(said: str) -> object:
    price = {"amount": 1000, "currency": "EUR"}
    variant = {"id": "v", "title": f"Rad {said}", "price": price}
    message = {"type": "info", "code": "x", "content": f"Hallo {said}"}
    told = {"products": [{"id": "p", "title": f"Rad {said}", "variants": [variant]}], "messages": [message]}
    return read_catalogue(json.dumps(told).encode())


def a_cart(said: str) -> object:
    line = {"id": "l", "quantity": 1, "item": {"id": "v", "title": f"Rad {said}", "price": 1000}, "totals": []}
    total = {"type": "total", "amount": 1000, "display_text": f"Summe {said}"}
    told = {"id": "c", "currency": "EUR", "line_items": [line], "totals": [total]}
    return read_basket(json.dumps(told).encode(), edition=Edition.FOURTH)


def a_tool(said: str) -> object:
    return read_tool({"name": "ask", "title": f"Rad {said}", "description": f"Rad {said}", "inputSchema": {}})


def a_result(said: str) -> object:
    read = read_result({"content": [{"type": "text", "text": f"Rad {said}"}], "isError": True})
    return read.text


def a_mail(said: str) -> object:
    head = "From: Laden <a@rad.example>\r\nTo: me@mail.example\r\nSubject: Rad\r\n"
    body = f"{head}Content-Type: text/plain; charset=utf-8\r\n\r\nRad {said}\r\n".encode("utf-8", "replace")
    return read_mail(body)


READERS = {one.__name__: one for one in (a_page, a_catalogue, a_cart, a_tool, a_result, a_mail)}


@pytest.mark.parametrize("signs", SIGNS)
@pytest.mark.parametrize("reader", READERS)
def test_no_sign_that_acts_is_left_in_a_strangers_words(reader: str, signs: str) -> None:
    read = list(texts(READERS[reader](f"vor{SIGNS[signs]}nach")))
    assert any("Rad" in text for text in read)
    left = {sign for text in read for sign in text if unicodedata.category(sign) in {"Cc", "Cf", "Zl", "Zp", "Cs"}}
    assert left <= {"\n", "\t"}


@pytest.mark.parametrize("reader", READERS)
def test_a_strangers_words_are_cut(reader: str) -> None:
    assert max(map(len, texts(READERS[reader](LONG)))) <= 65_536


NUMBERS = {
    "NaN": "NaN",
    "Infinity": "Infinity",
    "1e999": "1e999",
    "1e-30": "1e-30",
    "-0": "-0",
    "less than nothing": "-1000",
    "5,000 digits": "9" * 5000,
    "a truth": "true",
    "twice": '1000, "amount": 1, "price": 2',
    "a text that is two numbers": '"1,299"',
    "nothing": "null",
}


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_could_mean_anything_is_no_price_in_a_catalogue(number: str) -> None:
    price = f'{{"amount": {NUMBERS[number]}, "currency": "EUR"}}'
    variant = f'{{"id": "v", "title": "Rad", "price": {price}}}'
    told = f'{{"products": [{{"id": "p", "title": "Rad", "variants": [{variant}]}}]}}'
    with contextlib.suppress(FormatError):
        assert read_catalogue(told.encode()).items == ()


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_could_mean_anything_is_no_price_on_a_page(number: str) -> None:
    offer = f'{{"@type": "Offer", "priceCurrency": "EUR", "price": {NUMBERS[number]}}}'
    page = f'<script type="application/ld+json">{{"@type": "Product", "name": "Rad", "offers": {offer}}}</script>'
    with pytest.raises(NoPriceOnPage):
        read_page(page.encode())


def test_a_plain_number_is_a_price() -> None:
    price = {"amount": 1000, "currency": "EUR"}
    told = {"products": [{"id": "p", "title": "Rad", "variants": [{"id": "v", "title": "Rad", "price": price}]}]}
    assert len(read_catalogue(json.dumps(told).encode()).items) == 1
    offer = '{"@type": "Offer", "priceCurrency": "EUR", "price": "10.00"}'
    page = f'<script type="application/ld+json">{{"@type": "Product", "name": "Rad", "offers": {offer}}}</script>'
    assert len(read_page(page.encode()).prices) == 1
