"""What a quote desk answered, read by its profile: ids, states, and quotes with every sum made anew. Pure.

Amounts are taken only where they can be meant in one way; a total that is not the sum of its parts is never believed.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Final

from vrm_desktop.canon.loose_json import Loose, Number
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.money import Money, exponent
from vrm_desktop.domain.offer import OfferLine, Price
from vrm_desktop.domain.quote_desk import Quoting, steps
from vrm_desktop.formats.errors import NotAQuote
from vrm_desktop.formats.mcp_tools import clean

MOST_LINES: Final = 50
MOST_QUOTES: Final = 10
LONGEST_ID: Final = 500
LONGEST_NOTE: Final = 1000
_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,9})?", re.ASCII)
_COUNT = re.compile(r"([0-9]{1,6})(?:\.0{1,6})?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReadQuote:
    """One quote. `price` is None where the sum of the parts and the total named differ; `two_totals` are then both."""

    lines: tuple[OfferLine, ...]
    price: Price | None
    two_totals: tuple[Money, ...]
    valid_until: datetime | None
    by: date | None
    note: str


def at(value: Loose, path: str) -> Loose:
    """What stands at a path; None where there is nothing, or no path."""
    if not path:
        return None
    for step in steps(path):
        match value:
            case dict() if isinstance(step, str):
                value = value.get(step)
            case list() if isinstance(step, int) and step < len(value):
                value = value[step]
            case _:
                return None
    return value


def word_at(value: Loose, path: str, most: int = LONGEST_ID) -> str:
    """A text or number at a path as one clean line, "" where there is none or it is longer than `most`."""
    found = at(value, path)
    text = found.text if isinstance(found, Number) else found
    if not isinstance(text, str) or len(text) > most:
        return ""
    return " ".join(clean(text, most).split())


def read_quotes(told: Loose, quoting: Quoting, *, title: str, quantity: int) -> tuple[ReadQuote, ...]:
    """The quotes in an answer; `title` and `quantity` stand in where a desk does not repeat what was asked.

    Raises:
        NotAQuote: no quote, too many, or one with an amount that can be meant in more than one way, or in none.
    """
    found = at(told, quoting.each) if quoting.each else [told]
    if not isinstance(found, list) or not 0 < len(found) <= MOST_QUOTES:
        raise NotAQuote("no quote in it, or too many")
    return tuple(_quote(one, quoting, title, quantity) for one in found)


def _quote(told: Loose, quoting: Quoting, title: str, quantity: int) -> ReadQuote:
    named = at(told, quoting.currency)
    currency = quoting.currency_usual if named is None else _text(named).upper()
    if _CURRENCY.fullmatch(currency) is None:
        raise NotAQuote("no currency")
    listed = at(told, quoting.lines) if quoting.lines else [told]
    rows = listed if isinstance(listed, list) and listed else [None]
    if len(rows) > MOST_LINES:
        raise NotAQuote("too many lines")
    lines, sums, agree = [], [], True
    for row in rows:
        line, amount, holds = _line(row, quoting, currency, title, quantity)
        lines.append(line)
        sums.append(amount)
        agree = agree and holds
    price, two = _price(told, quoting, currency, sums, agree=agree)
    return ReadQuote(
        lines=tuple(lines),
        price=price,
        two_totals=two,
        valid_until=_instant(word_at(told, quoting.valid_until, 40)),
        by=_day(word_at(told, quoting.by, 40)),
        note=clean(_text(at(told, quoting.note)), LONGEST_NOTE),
    )


def _line(row: Loose, quoting: Quoting, currency: str, title: str, quantity: int) -> tuple[OfferLine, int | None, bool]:
    """A line, what it costs, and whether its own sum is right."""
    count = _count(at(row, quoting.quantity), quantity)
    unit = _minor(at(row, quoting.unit), currency)
    named = _minor(at(row, quoting.line_total), currency) if quoting.lines and quoting.line_total else None
    total = unit * count if unit is not None else named
    line = OfferLine(title=word_at(row, quoting.title, 200) or title, quantity=count, unit=unit)
    return line, total, named is None or named == total


def _price(
    told: Loose, quoting: Quoting, currency: str, sums: list[int | None], *, agree: bool
) -> tuple[Price | None, tuple[Money, ...]]:
    shipping, fees, tax = (
        _minor(at(told, one), currency) or 0 for one in (quoting.shipping, quoting.fees, quoting.tax)
    )
    named = _minor(at(told, quoting.total), currency)
    known = [amount for amount in sums if amount is not None]
    if len(known) < len(sums):
        if named is None or known:
            raise NotAQuote("a line without a price, and no total")
        items = named - shipping - fees - tax
        if items < 0:
            raise NotAQuote("a total below its parts")
    else:
        items = sum(known)
    total = items + shipping + fees + tax
    if total == 0:
        raise NotAQuote("a price of nothing")
    try:
        if not agree or (named is not None and named != total):
            return None, (Money(minor=total, currency=currency), Money(minor=named or total, currency=currency))
        price = Price(currency=currency, items=items, shipping=shipping, fees=fees, tax=tax, total=total)
    except DomainError as error:
        raise NotAQuote(str(error)) from error
    return price, ()


def _minor(value: Loose, currency: str) -> int | None:
    """An amount in minor units, None where there is none."""
    if value is None:
        return None
    text = value.text if isinstance(value, Number) else value
    if not isinstance(text, str) or _AMOUNT.fullmatch(text) is None:
        raise NotAQuote("an amount that is none")
    try:
        minor = Decimal(text).scaleb(exponent(currency))
    except InvalidOperation as error:
        raise NotAQuote("an amount that is none") from error
    if minor != minor.to_integral_value():
        raise NotAQuote("an amount with more decimals than its currency has")
    return int(minor)


def _count(value: Loose, usual: int) -> int:
    if value is None:
        return usual
    text = value.text if isinstance(value, Number) else value
    found = _COUNT.fullmatch(text) if isinstance(text, str) else None
    if found is None or not int(found[1]):
        raise NotAQuote("a number of things that is none")
    return int(found[1])


def _instant(text: str) -> datetime | None:
    """A day counts until it is over (UTC); None where it is no day and no moment."""
    day = _day(text) if len(text) == len("2026-11-27") else None
    if day is not None:
        return datetime.combine(day, time(23, 59, 59), tzinfo=UTC)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    try:
        return (found if found.tzinfo is not None else found.replace(tzinfo=UTC)).astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _text(value: Loose) -> str:
    return value if isinstance(value, str) else ""
