"""The most the person would pay: amounts, currencies, upper bounds, ranges; English and German.

A cap is a plain amount with a currency, an upper bound, or the upper end of a range. Rates, lower bounds, rough
amounts, two amounts and amounts without a currency are asked back. Never here: conversion of currencies.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from vrm_desktop.domain.money import Money, exponent
from vrm_desktop.formats.typed_line.meaning import Field, Place, Why
from vrm_desktop.formats.typed_line.numbers import WORD_PATTERN, WORDS, amount_pattern, read_amount
from vrm_desktop.formats.typed_line.words import Line, fold

_CODES: Final = {
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "gbp": "GBP", "pound": "GBP",
    "pounds": "GBP", "quid": "GBP", "chf": "CHF", "sfr": "CHF", "fr": "CHF", "franken": "CHF", "francs": "CHF",
    "stutz": "CHF", "us$": "USD", "usd": "USD", "c$": "CAD", "ca$": "CAD", "cad": "CAD", "a$": "AUD", "aud": "AUD",
    "sek": "SEK", "dkk": "DKK", "nok": "NOK", "pln": "PLN", "zł": "PLN", "zl": "PLN", "zloty": "PLN", "złoty": "PLN",
    "czk": "CZK", "kč": "CZK", "jpy": "JPY",
}  # fmt: skip
_DOLLAR: Final = {"US": "USD", "CA": "CAD"}
_KRONE: Final = {"DK": "DKK", "SE": "SEK", "NO": "NOK"}
_LOCAL: Final = {"dollar": _DOLLAR, "krone": _KRONE}
_LOCAL_WORDS: Final = {
    "$": "dollar", "dollar": "dollar", "dollars": "dollar", "bucks": "dollar",
    "kr": "krone", "kronor": "krone", "kroner": "krone", "kronen": "krone",
}  # fmt: skip
_HOME_CURRENCY: Final = {
    "GB": "GBP",
    "CH": "CHF",
    "LI": "CHF",
    "US": "USD",
    "CA": "CAD",
    "PL": "PLN",
    "CZ": "CZK",
} | _KRONE
_USUAL: Final = ("EUR", "GBP", "CHF", "USD")

_BEFORE_SIGN = (
    r"us\$|ca\$|c\$|a\$|€|£|\$|(?<![^\W_])(?:eur|gbp|usd|chf|sfr\.?|fr\.|sek|dkk|nok|pln|czk|cad|aud|jpy"
    r"|kr\.?)(?![^\W\d_])"
)
_AFTER_SIGN = (
    r"us\$|€|£|\$|zł|kč|(?:euros?|eur|gbp|usd|chf|sfr|fr|sek|dkk|nok|pln|czk|cad|aud|jpy|pounds?|quid|franken|francs"
    r"|stutz|dollars?|bucks|kronor|kroner|kronen|kr|złoty|zloty|zl)(?![^\W\d_])"
)
_DASH = r"(?:[.,](?:-{1,2}|[–—])(?![0-9]))"
_THOUSAND = r"(?:\s?(?:k|tsd\.?|mille)(?![^\W_]))"


def _amount(name: str) -> str:
    number = rf"(?:{amount_pattern(name)}|(?<![^\W_])(?:{WORD_PATTERN})(?![^\W\d_]))"
    return (
        rf"(?:(?P<pre{name}>{_BEFORE_SIGN})\s?)?(?P<num{name}>{number})"
        rf"(?P<kilo{name}>{_THOUSAND})?(?P<dash{name}>{_DASH})?(?:\s?(?P<post{name}>{_AFTER_SIGN}))?"
    )


_JOIN = r"\s?(?P<join>-|–|—|(?<=\s)(?:to|bis|and|und|or|oder)(?=\s))\s?"
_PRICE = re.compile(rf"{_amount('a')}(?:{_JOIN}{_amount('b')})?", re.IGNORECASE)

_CAP = (
    r"no more than|not more than|nicht mehr als|nicht über|not over|at most|at the most|up to|less than|max(?:imum"
    r"|imal)?\.?|höchstens"
    r"|hoechstens|weniger als|unter|under|below|bis zu|bis max\.?|bis|budget(?: of| von| is| ist)?:?|limit:?|price:?"
    r"|preis:?|für|for|<=|≤|<"
)
_ROUGH = r"about|around|approximately|approx\.?|roughly|circa|ca\.?|etwa|ungefähr|ungefaehr|rund|um die|so um|um|~|≈"
_LOWER = r"at least|more than|over|above|from|ab|mindestens|mehr als|über|ueber|minimum|min\.?|>=|≥|>"
_EACH_BEFORE = r"je|jeweils|à|á"
_BOUND_BEFORE = re.compile(
    rf"(?:(?<![^\W_])|(?<=\W)|^)(?:(?P<cap>{_CAP})|(?P<rough>{_ROUGH})|(?P<lower>{_LOWER})|(?P<each>{_EACH_BEFORE})"
    rf"|between|zwischen|von)\s*$",
    re.IGNORECASE,
)
_HARD_CAP = re.compile(rf"(?:^|(?<=\W))(?:{_CAP.removesuffix('|für|for|<=|≤|<')}|<=|≤|<)\s*$", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*(?:(?P<rate>(?:/\s?|per\s|pro\s|a\s(?=month|week|year|day|night|hour|piece|head)|an\s(?=hour)|im\s(?=monat"
    r"|jahr)|am\s(?=tag)"
    r"|die\s(?=stunde|nacht|woche)|das\s(?=stück))\S+|each(?!\w)|apiece(?!\w)|monthly(?!\w)|hourly(?!\w)|yearly(?!\w)"
    r"|p\.\s?[mPahN]\.?|je\s\S+"
    r"|monatlich(?!\w)|stündlich(?!\w)|jährlich(?!\w)|pauschal je(?!\w))"
    r"|(?P<cap>or less|or under|or below|oder weniger|max(?:imum|imal)?\b\.?|tops\b|höchstens|at most|budget\b|vb\b"
    r"|vhb\b|fp\b)"
    r"|(?P<lower>or more|oder mehr|mindestens|minimum|\+))",
    re.IGNORECASE,
)
_SPACED_THOUSANDS = re.compile(r"(?<![^\W_])(?P<head>[0-9]{1,3}) $")
_MINUS = re.compile(r"(?:^|\s)-$")
_UNIT_AFTER = re.compile(
    r"\s?(?:[%°²\"”″'x×]|(?:cm|mm|m|km|kg|g|l|ml|m2|m²|qm|sqm|gb|tb|mb|mbit|gbit|mbps|kwh|wh|kw|w|watt|ps|hp|zoll"
    r"|inch(?:es)?|liter|litres?"
    r"|years?|yrs?|jahren?|months?|monaten?|weeks?|wochen?|days?|tagen?|hours?|stunden?|min(?:utes|uten)?|uhr|am|pm"
    r"|rooms?|zimmern?|persons?|people|personen|leute|nights?|nächten?|stück|pcs|pieces|seats?|th|st|nd"
    r"|rd)(?![^\W\d_]))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Amount:
    """A number with the currency words beside it: `code` is ISO 4217, or `local` names a family of currencies."""

    number: Decimal
    code: str | None
    local: str | None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class PriceFound:
    """An amount or range in the line, still without the place's currency. `why` is set when it must be asked back."""

    start: int
    end: int
    source_end: int
    amounts: tuple[Amount, ...]
    why: Why | None


def find_prices(line: Line) -> tuple[PriceFound, ...]:
    """Amounts with a currency (or the ",-" of a price), each with its bound; takes their characters."""
    found = []
    for match in _PRICE.finditer(line.text):
        for price in _prices(line, match):
            line.take(price.start, price.end)
            found.append(price)
    return tuple(found)


def ask_bare_bounds(line: Line) -> None:
    """A number behind "under" and the like without currency or unit is a price without a currency: ask."""
    for match in _PRICE.finditer(line.text):
        start, end = match.start("numa"), match.end()
        if not line.free(start, end) or _UNIT_AFTER.match(line.text, end) or re.match(r"\w", line.text[end:]):
            continue
        bound = _HARD_CAP.search(line.text, 0, start)
        number = _read(match, "a")
        if bound is not None and line.free(bound.start(), start) and number is not None and number.number >= 5:
            line.ask(Field.PRICE_CAP, Why.NO_CURRENCY, source=line.text[start:end], choices=_usual(number.number, None))
            line.take(bound.start(), end)


def settle_prices(line: Line, prices: tuple[PriceFound, ...], *, place: Place | None, home: str | None) -> None:
    """Make the one price a chip, or ask; the place and then the home country settle "$" and "kr"."""
    if not prices:
        return
    country = place.area.country if place is not None else home
    if len(prices) > 1:
        choices = [money for price in prices for money in _moneys(price, country)]
        line.ask(Field.PRICE_CAP, Why.SEVERAL, source=line.text[prices[0].start : prices[-1].end], choices=choices)
        return
    price = prices[0]
    source = line.text[price.start : price.source_end]
    moneys = _moneys(price, country)
    if price.why is not None:
        line.ask(Field.PRICE_CAP, price.why, source=source, choices=moneys)
    elif len(moneys) != len(price.amounts):
        choices = _usual(price.amounts[-1].number, country)
        line.ask(Field.PRICE_CAP, Why.NO_CURRENCY, source=source, choices=choices)
    else:
        line.add(Field.PRICE_CAP, moneys[-1], price.start, price.source_end)


def _prices(line: Line, match: re.Match[str]) -> list[PriceFound]:
    first, second = _read(match, "a"), _read(match, "b")
    start, end = match.start(), match.end()
    if first is None or not line.free(start, end):
        return []
    joined = fold(match["join"] or "")
    if second is not None and not _priced(match, "b"):
        second, end = None, match.end("posta" if match["posta"] else "dasha" if match["dasha"] else "numa")
    if second is None and not _priced(match, "a"):
        return []
    source_end = end
    spaced = _SPACED_THOUSANDS.search(line.text, 0, start) if len(match["numa"]) == 3 else None
    if spaced is not None and line.free(spaced.start(), start):
        # "1 200 €" is 1200 in one country and one thing for 200 in another
        whole = Amount(number=Decimal(spaced["head"]) * 1000 + first.number, code=first.code, local=first.local)
        amounts = _same_currency((whole, first) if second is None else (whole, first, second))
        line.take(spaced.start(), start)
        return [PriceFound(start=spaced.start(), end=end, source_end=end, amounts=amounts, why=Why.SEVERAL)]
    if _MINUS.search(line.text, 0, start) is not None:
        return [PriceFound(start=start - 1, end=end, source_end=end, amounts=(first,), why=Why.SEVERAL)]
    before = _BOUND_BEFORE.search(line.text, 0, start)
    if before is not None and not line.free(before.start(), start):
        before = None
    if before is not None:
        start = before.start()
        start = _rough_cap_start(line, start)
    after = _AFTER.match(line.text, end)
    if after is not None:
        end = after.end()
    amounts = (first,) if second is None else (first, second)
    return [
        PriceFound(
            start=start,
            end=end,
            source_end=source_end,
            amounts=_same_currency(amounts),
            why=_why(before, after, joined if second is not None else "", amounts),
        )
    ]


def _rough_cap_start(line: Line, start: int) -> int:
    outer = _HARD_CAP.search(line.text, 0, start)
    return outer.start() if outer is not None and line.free(outer.start(), start) else start


def _why(
    before: re.Match[str] | None, after: re.Match[str] | None, joined: str, amounts: tuple[Amount, ...]
) -> Why | None:
    if (before and before["each"]) or (after and after["rate"]):
        return Why.RATE
    if before and before["rough"]:
        return Why.APPROXIMATE
    if (after and after["lower"]) or (before and before["lower"] and joined not in ("to", "bis", "-", "–", "—")):
        return Why.LOWER_BOUND
    if joined in ("or", "oder") or (len(amounts) == 2 and amounts[0].number >= amounts[1].number):
        return Why.SEVERAL
    if joined in ("and", "und") and not (before and before.group().strip().casefold() in ("between", "zwischen")):
        return Why.SEVERAL
    return None


def _read(match: re.Match[str], name: str) -> Amount | None:
    text = match[f"num{name}"]
    if text is None:
        return None
    word = fold(text)
    number = Decimal(WORDS[word]) if word in WORDS else read_amount(text)
    if match[f"kilo{name}"]:
        number *= 1000
    sign = (match[f"pre{name}"] or match[f"post{name}"] or "").casefold().rstrip(".")
    return Amount(number=number, code=_CODES.get(sign), local=_LOCAL_WORDS.get(sign))


def _priced(match: re.Match[str], name: str) -> bool:
    return bool(match[f"pre{name}"] or match[f"post{name}"] or (match[f"dash{name}"] and not match["join"]))


def _same_currency(amounts: tuple[Amount, ...]) -> tuple[Amount, ...]:
    named = next((amount for amount in reversed(amounts) if amount.code or amount.local), amounts[-1])
    return tuple(
        amount if amount.code or amount.local else Amount(number=amount.number, code=named.code, local=named.local)
        for amount in amounts
    )


def _moneys(price: PriceFound, country: str | None) -> list[Money]:
    moneys = []
    for amount in price.amounts:
        code = amount.code
        if code is None and amount.local is not None and country is not None:
            code = _LOCAL[amount.local].get(country)
        if code is not None:
            moneys.append(_money(amount.number, code))
    return moneys


def _usual(number: Decimal, country: str | None) -> list[Money]:
    first = _HOME_CURRENCY.get(country or "", "EUR")
    return [_money(number, code) for code in dict.fromkeys((first, *_USUAL))]


def _money(number: Decimal, code: str) -> Money:
    return Money(minor=int(number.scaleb(exponent(code))), currency=code)
