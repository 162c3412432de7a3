"""Numbers as people type them: "1.200", "1,200.50", "1'200", "1.5k", "two", "zwei". Digits are ASCII only.

Never here: currencies and units.
"""

import re
from decimal import Decimal
from typing import Final

WORDS: Final[dict[str, int]] = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "twelve": 12, "twenty": 20, "fifty": 50, "hundred": 100, "thousand": 1000,
    "zwei": 2, "zwo": 2, "drei": 3, "vier": 4, "fuenf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
    "zwoelf": 12, "zwanzig": 20, "fuenfzig": 50, "hundert": 100, "tausend": 1000,
}  # fmt: skip
ONE: Final = frozenset({"a", "an", "one", "ein", "eine", "einen", "einem", "einer"})

WORD_PATTERN: Final = (
    "two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|fifty|hundred|thousand"
    "|zwei|zwo|drei|vier|fünf|fuenf|sechs|sieben|acht|neun|zehn|zwölf|zwoelf|zwanzig|fünfzig|hundert|tausend"
)
AMOUNT_PATTERN: Final = (
    r"(?<![0-9.,'’])(?:[0-9]{1,3}(?P<{0}sep>[.,'’\u00a0\u202f])[0-9]{3}(?:(?P={0}sep)[0-9]{3})*"
    r"(?:(?!(?P={0}sep))[.,][0-9]{1,2})?|[0-9]{1,9}(?:[.,][0-9]{1,2})?)(?![0-9]|[.,'’][0-9])"
)
"""An amount with one kind of grouping and at most two decimals; `{0}` keeps group names apart."""

_DECIMALS = re.compile(r"[.,]([0-9]{1,2})$")


def amount_pattern(name: str) -> str:
    """The pattern of an amount, its inner group named after `name`."""
    return AMOUNT_PATTERN.replace("{0}", name)


def read_amount(text: str) -> Decimal:
    """The value of a text that the amount pattern matched, grouping taken out."""
    decimals = _DECIMALS.search(text)
    whole = text[: decimals.start()] if decimals else text
    digits = re.sub(r"[^0-9]", "", whole)
    return Decimal(f"{digits}.{decimals.group(1)}" if decimals else digits)


def read_count(text: str) -> int | None:
    """A whole number in digits or as a word, None for anything else."""
    key = text.casefold().replace("ü", "ue").replace("ö", "oe")
    if key in ONE:
        return 1
    if key in WORDS:
        return WORDS[key]
    return int(key) if re.fullmatch(r"[0-9]{1,6}", key) else None
