"""Amounts of money in running text, each with its place. What could be two amounts is unclear, and never guessed.

An amount has a currency beside it; numbers without one are no amounts. Never here: what an amount is for (`roles`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vrm_desktop.domain.money import Money, exponent

_SIGNS = {"€": "EUR", "£": "GBP", "zł": "PLN", "euro": "EUR", "euros": "EUR", "fr.": "CHF", "sfr.": "CHF"}
_DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD")
_YENS = ("JPY", "CNY")
_CROWNS = ("SEK", "NOK", "DKK")
_SHARED = {"$": _DOLLARS, "¥": _YENS, "kr": _CROWNS, "kr.": _CROWNS}
_CODES = "EUR|USD|GBP|CHF|JPY|PLN|SEK|NOK|DKK|CZK|HUF|CAD|AUD|NZD|SGD|CNY|RON|BGN"
_CURRENCY = rf"(?:{_CODES}|€|£|\$|¥|zł|Euros?\b|SFr\.|Fr\.|kr\b\.?)"
_NUMBER = (
    r"[0-9]{{1,3}}(?:(?P<{g}>[.,'’\u00a0 ])[0-9]{{3}}(?:(?P={g})[0-9]{{3}})?)"
    r"(?![0-9])(?:[.,](?:[0-9]{{2}}(?![0-9])|[-–—]{{1,2}}))?"
    r"|[0-9]{{1,8}}(?:[.,](?:[0-9]{{1,3}}|[-–—]{{1,2}}))?"
)
_AMOUNT = re.compile(
    rf"(?<![\w.,'’/-])(?P<before>{_CURRENCY})[ \u00a0]?(?P<first>{_NUMBER.format(g='g')})(?![\w%]|[.,][0-9])"
    rf"|(?<![\w.,'’/])(?P<second>{_NUMBER.format(g='h')})[ \u00a0]?(?P<after>{_CURRENCY})(?!\w|-[^\W\d_])",
    re.IGNORECASE,
)
_STRAY = re.compile(
    rf"[0-9][ \u00a0]?(?:{_CURRENCY})(?!\w|-[^\W\d_])|(?<![\w])(?:{_CURRENCY})[ \u00a0]?[0-9]", re.IGNORECASE
)
_PARTS = re.compile(r"(?P<whole>[0-9]{1,3}(?:[.,'’\u00a0 ][0-9]{3})+|[0-9]+)(?:[.,](?P<part>[0-9]{1,3}|[-–—]{1,2}))?")
_DIGIT_NEAR = re.compile(r"[ \u00a0]?[0-9]")
_ENDS_IN_DIGIT = re.compile(r"[0-9][ \u00a0]?$")
_LEADS_TO_A_PRICE = re.compile(
    r"(?:\b(?:preis|price|prix|prijs|prezzo|betrag|summe|total|gesamt)(?: (?:de|von|of|is|ist))?[ \u00a0]?:?|"
    r":)[ \u00a0]?$",
    re.IGNORECASE,
)
_GROUP = 3
LARGEST = 10**9


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One amount at `start` to before `end`; `money` is None where it is unclear."""

    start: int
    end: int
    money: Money | None


def amounts_in(text: str, currency: str) -> Iterator[Amount]:
    """All amounts of `text` in its order; `currency` is the want's, which settles `$`, `¥` and `kr`.

    Digits beside a currency that are no number we know are an unclear amount, too.
    """
    at = 0
    for found in _AMOUNT.finditer(text):
        number, mark = (
            (found["first"], found["before"]) if found["first"] is not None else (found["second"], found["after"])
        )
        yield from _strays(text, at, found.start())
        yield Amount(start=found.start(), end=found.end(), money=_money(text, found, number, mark, currency))
        at = found.end()
    yield from _strays(text, at, len(text))


def _strays(text: str, start: int, end: int) -> Iterator[Amount]:
    for found in _STRAY.finditer(text, start, end):
        yield Amount(start=found.start(), end=found.end(), money=None)


def _money(text: str, found: re.Match[str], number: str, mark: str, currency: str) -> Money | None:
    code = _code(mark, currency)
    if code is None or _between_numbers(text, found) or (_spaced(number) and not _one_number(text, found)):
        return None
    minor = _minor(number, exponent(code))
    return Money(minor=minor, currency=code) if minor is not None and minor < LARGEST else None


def _code(mark: str, currency: str) -> str | None:
    shared = _SHARED.get(mark.lower())
    if shared is not None:
        return currency if currency in shared else None
    return _SIGNS.get(mark.lower(), mark.upper())


def _between_numbers(text: str, found: re.Match[str]) -> bool:
    """Whether the currency stands between two numbers, so that it could belong to either."""
    if found["first"] is not None:
        return _ENDS_IN_DIGIT.search(text, max(0, found.start() - 2), found.start()) is not None
    return _DIGIT_NEAR.match(text, found.end()) is not None


def _spaced(number: str) -> bool:
    return " " in number


def _one_number(text: str, found: re.Match[str]) -> bool:
    """Whether digits apart by a plain space are one number: only right after a word for a price."""
    return _LEADS_TO_A_PRICE.search(text, max(0, found.start() - 24), found.start()) is not None


def _minor(number: str, digits: int) -> int | None:
    found = _PARTS.fullmatch(number)
    if found is None:
        return None
    whole, part = found["whole"], found["part"] or ""
    if part[:1] in {"-", "–", "—"}:
        part = ""
    if len(part) == _GROUP and digits != _GROUP and whole.isdigit():
        if whole.startswith("0"):
            return None
        whole, part = whole + part, ""
    signs = {sign for sign in whole if not sign.isdigit()}
    decimal = number[len(found["whole"])] if len(number) > len(found["whole"]) else ""
    if len(signs) > 1 or decimal in signs or (digits == _GROUP and signs & {".", ","}) or len(part) > digits:
        return None
    if part and len(part) < digits:
        return None
    return int("".join(sign for sign in whole if sign.isdigit()) + part.ljust(digits, "0"))
