"""JSON as web pages have it, for pages alone: real ones are not strict. Spelling is forgiven, values are never guessed.

Forgiven: line ends inside texts, a comment or CDATA around the whole, a semicolon after it. A member that stands twice
in one object with different values is left out, as nobody can know which is meant. Numbers stay the digits that were
written. Bounds come before reading. Never here: what the members mean.
"""

import json
import re
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

LARGEST = 1024 * 1024
DEPTH = 32
MOST_VALUES = 50_000
# An open text runs to the end, so that no sign is looked at twice.
_SIGNS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)|[\[{\]},]', re.DOTALL)
_AROUND = (("<!--", "-->"), ("//<![CDATA[", "//]]>"), ("/*<![CDATA[*/", "/*]]>*/"), ("<![CDATA[", "]]>"))


@dataclass(frozen=True, slots=True, repr=False)
class Number:
    """A number as it was written."""

    text: str


Loose: TypeAlias = "bool | str | Number | list[Loose] | dict[str, Loose] | None"


def read_loose(text: str) -> Loose:
    """The value of a script's JSON; None where it cannot be read or is beyond the bounds."""
    plain = _bare(text)
    if len(plain) > LARGEST or not _within(plain):
        return None
    try:
        value: Loose = json.loads(
            plain, strict=False, object_pairs_hook=_object, parse_int=Number, parse_float=Number, parse_constant=Number
        )
    except (ValueError, RecursionError):
        return None
    return value


def _bare(text: str) -> str:
    plain = text.strip()
    for before, after in _AROUND:
        if plain.startswith(before) and plain.endswith(after):
            plain = plain[len(before) : -len(after)].strip()
    return plain.rstrip("; \t\r\n")


def _within(text: str) -> bool:
    level = 0
    values = 0
    for match in islice(_SIGNS.finditer(text), MOST_VALUES * 4):
        sign = match.group()
        if sign in {"[", "{"}:
            level += 1
        elif sign in {"]", "}"}:
            level -= 1
        values += sign in {",", "[", "{"}
        if level > DEPTH or values > MOST_VALUES:
            return False
    return True


def _object(pairs: list[tuple[str, Loose]]) -> dict[str, Loose]:
    made: dict[str, Loose] = {}
    doubted = set()
    for name, value in pairs:
        if name in made and made[name] != value:
            doubted.add(name)
        made[name] = value
    return {name: value for name, value in made.items() if name not in doubted}
