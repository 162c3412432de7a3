"""What vendors would find if they pooled everything they ever got: values that two of them share.

Every message is decoded through all its layers into small values with the member they stand under. A value counts when
two vendors have it, when it may carry more than 32 bits, and when it is neither one of the protocol's constants (said
in most messages, whoever sent them) nor under a member that is meant to be shared. Pools must come from many people.
"""

import json
import math
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.fakes.decoding import decoded, inflated

LIMIT = 32.0
FEWEST_MESSAGES = 16
COARSE = frozenset(
    {
        *("category", "attributes", "condition", "fulfilment", "area", "asked"),
        *("answers_by", "needed_by"),
        *("roster", "version", "entry"),
    }
)
"""The members of a ping that the protocol document lists as shared."""
_WORD = re.compile(r"[A-Za-z0-9_-]{4,}")
_DIGITS = re.compile(r"[0-9][0-9:.TZ+-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedValue:
    """One value that at least two vendors have, the members it stands under, and at most how many bits it carries."""

    value: str
    members: frozenset[str]
    vendors: frozenset[str]
    bits: float


def common_values(
    pools: Mapping[str, Sequence[bytes]], *, shared: Collection[str] = COARSE, limit: float = LIMIT
) -> tuple[SharedValue, ...]:
    """The telling values that two pools share; `pools` holds each vendor's messages as captured.

    Raises:
        ValueError: too few messages to tell a constant from a telling value.
    """
    count = sum(map(len, pools.values()))
    if count < FEWEST_MESSAGES:
        raise ValueError(f"pools of {count} messages tell nothing")
    where: dict[str, set[str]] = defaultdict(set)
    members: dict[str, set[str]] = defaultdict(set)
    said: dict[str, int] = defaultdict(int)
    for vendor, captured in pools.items():
        for data in captured:
            found = {(value, path[-1] if path else "") for path, value in values(data) if not set(path) & set(shared)}
            for value, member in found:
                where[value].add(vendor)
                members[value].add(member)
            for value in {value for value, _ in found}:
                said[value] += 1
    return tuple(
        SharedValue(value=value, members=frozenset(members[value]), vendors=frozenset(vendors), bits=bits(value))
        for value, vendors in sorted(where.items())
        if len(vendors) > 1 and said[value] <= count / 2 and bits(value) > limit
    )


def bits(value: str) -> float:
    """The most bits that a value may carry, from its length and the signs it is made of."""
    if _DIGITS.fullmatch(value):
        return math.log2(10) * sum(sign.isdigit() for sign in value)
    if value.isalpha() and value.islower():
        return math.log2(26) * len(value)
    return 6.0 * len(value)


def values(data: bytes, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """All small values in captured bytes, each with the members it stands under."""
    for inner in inflated(data):
        yield from values(inner, path)
    head, blank, body = data.partition(b"\r\n\r\n")
    if blank and b"HTTP/" in head:
        yield from _words(head.decode("latin-1"), (*path, "head"))
        yield from values(body, path)
        return
    try:
        value = json.loads(data)
    except ValueError:
        yield from _opaque(data, path)
        return
    yield from _of_json(value, path)


def _opaque(data: bytes, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        yield path, data.hex()
        return
    yield from _words(text, path)


def _of_json(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    match value:
        case dict():
            for name, item in value.items():
                yield (*path, name), name
                yield from _of_json(item, (*path, name))
        case list():
            for item in value:
                yield from _of_json(item, path)
        case str():
            yield path, value
            for part in value.split("."):
                for inner in decoded(part):
                    yield from values(inner, path)
        case _:
            yield path, json.dumps(value)


def _words(text: str, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    for word in _WORD.findall(text):
        yield path, word
        for inner in decoded(word):
            yield path, inner.hex()
