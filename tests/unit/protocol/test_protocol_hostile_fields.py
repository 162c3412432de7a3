"""Offers that are signed well and say strange things: refused where the shape forbids it, and words stay words."""

from collections.abc import Callable
from typing import Any

import pytest

from vrm_desktop.canon import strict_json
from vrm_desktop.protocol.errors import NotServed, ProtocolError
from vrm_desktop.protocol.messages import Offer
from vrm_desktop.protocol.receiving import decode_message
from vrm_desktop.protocol.signing import SeedSigner, Typ, sign_compact

SIGNER = SeedSigner(b"\x07" * 32)


def offer() -> dict[str, Any]:
    return {
        "kind": "offer",
        "v": 1,
        "aud": SeedSigner(b"\x08" * 32).kid,
        "seq": 2,
        "prev": "A" * 43,
        "seen": {"seq": 2, "id": "A" * 43},
        "conv": "A" * 43,
        "exp": "2026-12-24",
        "lines": [{"title": "A bike", "unit": 41000, "condition": "used"}],
        "price": {"currency": "EUR", "items": 41000, "total": 41000},
        "binding": True,
        "valid_until": "2026-12-01T12:00:00Z",
        "fulfilment": "delivered",
        "payment": ["sepa-transfer"],
    }


def read(value: object) -> Offer:
    message = decode_message(sign_compact(SIGNER, Typ.MESSAGE, strict_json.encode(value)), SIGNER.kid)
    assert isinstance(message, Offer)
    return message


def with_price(**parts: object) -> dict[str, Any]:
    return {**offer(), "price": {**offer()["price"], **parts}}


def with_title(title: object) -> dict[str, Any]:
    return {**offer(), "lines": [{**offer()["lines"][0], "title": title}]}


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in offer().items() if key != name}


REFUSED: dict[str, Callable[[], object]] = {
    "boolean for a number": lambda: with_price(total=True),
    "text for a number": lambda: with_price(total="41000"),
    "null for a number": lambda: with_price(total=None),
    "negative price": lambda: with_price(items=-41000, total=-41000),
    "unknown currency form": lambda: with_price(currency="eur"),
    "currency of four letters": lambda: with_price(currency="EURO"),
    "price beyond integers": lambda: with_price(total=2**53 - 1, items=2**53 - 1, fees=2**53 - 1),
    "a word of a megabyte": lambda: with_title("W" * 1_000_000),
    "ten thousand combining marks": lambda: with_title("e" + "\u0301" * 10_000),
    "quantity of thousands of millions": lambda: {**offer(), "lines": [{**offer()["lines"][0], "quantity": 2**31}]},
    "no lines": lambda: {**offer(), "lines": []},
    "lines without end": lambda: {**offer(), "lines": offer()["lines"] * 1000},
    "missing valid_until": lambda: without("valid_until"),
    "missing lines": lambda: without("lines"),
    "missing kind": lambda: without("kind"),
    "unknown kind": lambda: {**offer(), "kind": "surprise"},
    "a day that is none": lambda: {**offer(), "valid_until": "soon"},
    "text for a list": lambda: {**offer(), "payment": "sepa-transfer"},
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_signed_offer_of_another_shape_is_refused(case: str) -> None:
    with pytest.raises(ProtocolError) as failure:
        read(REFUSED[case]())
    assert failure.value.code == "malformed"


@pytest.mark.parametrize("number", ["-0", "1e-30", "-0.0", "1.5", "1e999", "NaN"])
def test_a_price_that_is_no_whole_number_is_refused_however_it_is_written(number: str) -> None:
    data = strict_json.encode(offer()).replace(b'"total":41000', f'"total":{number}'.encode())
    with pytest.raises(ProtocolError) as failure:
        decode_message(sign_compact(SIGNER, Typ.MESSAGE, data), SIGNER.kid)
    assert failure.value.code == "malformed"


def test_a_newer_version_is_not_guessed_at() -> None:
    with pytest.raises(NotServed):
        read({**offer(), "v": 2})


def test_members_nobody_knows_are_passed_over() -> None:
    assert read({**offer(), "surprise": {"deep": [1, 2]}}) == read(offer())


@pytest.mark.parametrize(
    "title", ["abc\u202egnp.exe", "zero\u200bwidth", "a\u0000b", "<b>bold</b>", "\ufeffx", "é" * 200]
)
def test_strange_letters_in_words_change_no_other_word(title: str) -> None:
    assert read(with_title(title)).lines[0].title == title
