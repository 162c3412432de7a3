"""Strict JSON: what passes, what is refused, and that the canonical form is RFC 8785's."""

import json
from contextlib import suppress
from enum import IntEnum, StrEnum
from types import MappingProxyType

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import NotCanonical, NotStrictJson

KEYS = st.text(st.characters(max_codepoint=127), max_size=8)
SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=20)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20
)


@given(VALUES)
def test_the_canonical_form_is_that_of_an_independent_implementation(value: object) -> None:
    assert strict_json.encode(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@given(VALUES)
def test_encoding_and_decoding_give_the_same_value_back(value: object) -> None:
    assert strict_json.decode_canonical(strict_json.encode(value)) == value


@given(VALUES)
def test_any_spacing_is_strict_but_only_one_is_canonical(value: object) -> None:
    spaced = json.dumps({"value": value}, indent=2, ensure_ascii=False).encode()
    assert strict_json.decode(spaced) == {"value": value}
    with pytest.raises(NotCanonical):
        strict_json.decode_canonical(spaced)


@given(st.binary(max_size=60))
def test_arbitrary_bytes_are_decoded_or_refused_and_nothing_else(data: bytes) -> None:
    with suppress(NotStrictJson):
        strict_json.encode(strict_json.decode(data))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"{} {}",
        b"nope",
        b'{"a":1,"a":2}',
        b'{"a":{"b":1,"b":1}}',
        b"1.0",
        b"1e3",
        b"NaN",
        b"-Infinity",
        b"9007199254740992",
        b"-9007199254740992",
        b"1" * 5000,
        b"01",
        b"\xef\xbb\xbf{}",
        b"\xff",
        '{"ä":1}'.encode(),
        '{"a":1}'.encode("utf-16"),
        rb'"\ud800"',
        rb'{"a":["\udc00"]}',
        b'"\n"',
        b'"\x00"',
        b"[" * 33 + b"]" * 33,
        b'{"a":' * 100_000,
        b"]" * 100 + b"[" * 100,
        b'"unfinished [[[',
    ],
)
def test_anything_beyond_the_limits_is_refused(data: bytes) -> None:
    with pytest.raises(NotStrictJson):
        strict_json.decode(data)


@pytest.mark.parametrize(
    "data", [b"-0", b' {"a":1}', b'{"b":1,"a":1}', b'"\\u0061"', b'"\\/"', b'{"a": 1}', b'"\\u000A"', b"{}\n"]
)
def test_a_second_form_of_a_value_is_not_canonical(data: bytes) -> None:
    strict_json.decode(data)
    with pytest.raises(NotCanonical):
        strict_json.decode_canonical(data)


def test_values_are_counted_and_commas_in_texts_are_not() -> None:
    just = b"[" + b",".join([b"0"] * (strict_json.MOST_VALUES + 1)) + b"]"
    assert len(strict_json.encode(strict_json.decode(just))) == len(just)
    for refused in (just[:-1] + b",0]", b"{" + b",".join(b'"k%d":[]' % number for number in range(60_000)) + b"}"):
        with pytest.raises(NotStrictJson, match="more than"):
            strict_json.decode(refused)
    with pytest.raises(NotStrictJson, match="more than"):
        strict_json.encode([0] * (strict_json.MOST_VALUES + 2))
    for lines in ("\n" * (strict_json.MOST_ESCAPES + 1), "\x00" * (strict_json.MOST_ESCAPES + 1)):
        with pytest.raises(NotStrictJson, match="escapes"):
            strict_json.encode([lines])
    with pytest.raises(NotStrictJson, match="escapes"):
        strict_json.decode(b'"' + b"\\u0041" * (strict_json.MOST_ESCAPES + 1) + b'"')
    text = strict_json.encode({"a": ',"\\,,,' * 30_000})
    assert strict_json.encode(strict_json.decode(text)) == text


def test_brackets_inside_texts_do_not_count_as_depth() -> None:
    text = '[{"' * 50 + "\\"
    assert strict_json.decode(strict_json.encode([text, text])) == [text, text]


@pytest.mark.parametrize("text", [r"\"", "[,", ",\\\n", r"\"" + "a" * 80])
def test_a_text_that_nothing_closes_is_looked_at_once(text: str) -> None:
    """Each quote in it could begin a text: looking from every one to the end takes the square of the length."""
    repeated = text * (strict_json.MOST_ESCAPES // 2)
    with pytest.raises(NotStrictJson, match=r"Unterminated|Invalid .escape"):
        strict_json.decode(f'["{repeated}{"[" * 40}{"," * (strict_json.MOST_VALUES + 1)}'.encode())


def test_the_depth_limit_counts_arrays_and_objects_alike() -> None:
    assert strict_json.decode(b'[{"a":[]}]', depth=3) == [{"a": []}]
    with pytest.raises(NotStrictJson):
        strict_json.decode(b'[{"a":[]}]', depth=2)
    assert strict_json.encode([{"a": []}], depth=3) == b'[{"a":[]}]'
    with pytest.raises(NotStrictJson):
        strict_json.encode([{"a": []}], depth=2)


@pytest.mark.parametrize("value", [1.5, 2**53, -(2**53), b"x", {1: 2}, {"ä": 1}, {"a": {1}}, "\ud800", object()])
def test_values_outside_the_form_are_not_encoded(value: object) -> None:
    with pytest.raises(NotStrictJson):
        strict_json.encode([value])


def test_tuples_are_arrays_and_the_largest_integers_pass() -> None:
    assert (
        strict_json.encode((2**53 - 1, -(2**53) + 1, True, None)) == b"[9007199254740991,-9007199254740991,true,null]"
    )


class Word(str):
    """A text of a type of its own."""

    __slots__ = ()


class Colour(StrEnum):
    RED = "red"


class Size(IntEnum):
    SMALL = 1


def test_texts_numbers_and_mappings_of_other_types_are_encoded_as_what_they_are() -> None:
    value = MappingProxyType({Word("b"): Word("x"), "a": Colour.RED, "c": Size.SMALL})
    assert strict_json.encode(value) == b'{"a":"red","b":"x","c":1}'
