"""JSON within the protocol's limits, and its canonical form (RFC 8785).

No duplicate keys, no floats, integers below 2^53 in absolute value, ASCII keys, no lone surrogates, no byte order mark,
a bounded depth and count. Within these limits the sorted, unspaced encoding is the canonical form, so that "decode,
encode, compare" is the whole gate. The standard library decodes, as its hooks see repeated keys, floats and long
integers before they are values. Shapes and meanings never live here.
"""

import json
import re
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import NoReturn, TypeAlias

import msgspec

from vrm_desktop.canon.errors import NotCanonical, NotStrictJson

JsonValue: TypeAlias = "bool | int | str | list[JsonValue] | dict[str, JsonValue] | None"

DEPTH = 32
INTEGER_LIMIT = 2**53
_INTEGER_DIGITS = 17
MOST_VALUES = 50_000
MOST_ESCAPES = 100_000
"""So many commas between values, and backslashes: a few megabytes of either would take a hundred in memory."""
# A text that nothing closes runs to the end, so that no sign is looked at twice: else 20 kB would take seconds.
_TEXT = r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)'
_COMMAS = re.compile(_TEXT + "|,", re.DOTALL)
_BRACKETS = re.compile(_TEXT + r"|[\[{\]}]", re.DOTALL)


def decode(data: bytes, *, depth: int = DEPTH) -> JsonValue:
    """The value of strict JSON, in any spacing and order of members.

    Raises:
        NotStrictJson: outside the limits above, deeper than `depth` arrays and objects, or more than `MOST_VALUES`.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotStrictJson("not UTF-8") from error
    _check_count(text)
    _check_depth(text, depth)
    try:
        value: JsonValue = json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_float=_no_float, parse_constant=_no_float
        )
    except ValueError as error:
        raise NotStrictJson(str(error)) from error
    _dump(value)
    return value


def decode_canonical(data: bytes, *, depth: int = DEPTH) -> JsonValue:
    """The value of JSON in canonical form.

    Raises:
        NotStrictJson: outside the limits above.
        NotCanonical: strict, but not the canonical form of its value.
    """
    value = decode(data, depth=depth)
    if _dump(value) != data:
        raise NotCanonical("not the canonical form of its value")
    return value


def encode(value: object, *, depth: int = DEPTH) -> bytes:
    """The canonical form of a value made of None, bool, int, str, lists or tuples, and mappings with ASCII keys.

    Raises:
        NotStrictJson: anything else in it, or beyond the limits above.
    """
    data = _dump(_plain(value, depth))
    if data.count(b",") > MOST_VALUES or data.count(b"\\") > MOST_ESCAPES:
        _check_count(data.decode())
    return data


def _dump(value: JsonValue) -> bytes:
    try:
        return msgspec.json.encode(value, order="sorted")
    except UnicodeEncodeError as error:
        raise NotStrictJson("a lone surrogate") from error


def _check_count(text: str) -> None:
    if text.count("\\") > MOST_ESCAPES:
        raise NotStrictJson(f"more than {MOST_ESCAPES} escapes")
    if text.count(",") > MOST_VALUES:
        commas = (match for match in _COMMAS.finditer(text) if match.group() == ",")
        if next(islice(commas, MOST_VALUES, None), None) is not None:
            raise NotStrictJson(f"more than {MOST_VALUES} values")


def _check_depth(text: str, limit: int) -> None:
    if text.count("[") + text.count("{") <= limit:
        return  # too few brackets to be too deep, wherever they stand
    level = 0
    for match in _BRACKETS.finditer(text):
        sign = match.group()
        if sign in "[{":
            level += 1
            if level > limit:
                raise NotStrictJson(f"deeper than {limit}")
        elif sign in "]}":
            level -= 1


def _plain(value: object, depth: int) -> JsonValue:
    """`value` in the plain types that the encoder takes."""
    match value:
        case None | bool():
            return value
        case str():
            return str.__str__(value)
        case int():
            if abs(value) >= INTEGER_LIMIT:
                raise NotStrictJson("an integer of 2^53 or more")
            return int(value)
        case list() | tuple() | Mapping() if depth == 0:
            raise NotStrictJson("too deep")
        case list() | tuple():
            return [_plain(item, depth - 1) for item in value]
        case Mapping():
            _check_keys(value)
            return {str.__str__(key): _plain(item, depth - 1) for key, item in value.items()}
        case _:
            raise NotStrictJson(f"no place for a {type(value).__name__} in strict JSON")


def _check_keys(keys: Iterable[object]) -> None:
    for key in keys:
        if not isinstance(key, str) or not key.isascii():
            raise NotStrictJson("a key that is not ASCII text")


def _object(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise NotStrictJson("a key twice")
    _check_keys(result)
    return result


def _integer(text: str) -> int:
    if len(text) > _INTEGER_DIGITS or abs(int(text)) >= INTEGER_LIMIT:
        raise NotStrictJson("an integer of 2^53 or more")
    return int(text)


def _no_float(_text: str) -> NoReturn:
    raise NotStrictJson("a number that is not an integer")
