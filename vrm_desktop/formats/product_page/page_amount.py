"""An amount as pages write it, read strictly: what could be two amounts is none.

A point is the decimal sign (schema.org); one comma is, where what follows cannot be a group of thousands. Never here:
grouping signs, exponents, or a currency that the page does not name.
"""

import re

from vrm_desktop.canon.loose_json import Number
from vrm_desktop.domain.money import Money, exponent
from vrm_desktop.formats.amounts import SIGNS

_NUMBER = re.compile(r"([0-9]{1,12})(?:([.,])([0-9]{1,8}))?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}")
_MARKED = re.compile(r"(?P<before>[^\W\d_]{1,3}|[€£])?\s*(?P<number>[0-9][0-9.,]*)\s*(?P<after>[^\W\d_]{1,3}|[€£])?")
_GROUP = 3
_LONGEST = 40


def read_page_amount(value: object, currency: str) -> Money | None:
    """The amount, zero or above, in `currency` ("" where the page names none beside it); None where it is unclear."""
    if isinstance(value, Number):
        return _money(value.text, currency, number=True)
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None
    found = _MARKED.fullmatch(value.strip())
    if found is None:
        return None
    named = {SIGNS.get(mark, mark.upper()) for mark in (found["before"], found["after"], currency.strip()) if mark}
    return _money(found["number"], named.pop(), number=False) if len(named) == 1 else None


def _money(text: str, currency: str, *, number: bool) -> Money | None:
    code = currency.strip().upper()
    found = _NUMBER.fullmatch(text)
    if found is None or not _CURRENCY.fullmatch(code):
        return None
    whole, sign, part = found[1], found[2], found[3] or ""
    digits = exponent(code)
    grouped = len(part) == _GROUP and not number and (sign == "," or digits != _GROUP)
    if grouped or part[digits:].strip("0"):
        return None
    minor = int(whole + part[:digits].ljust(digits, "0"))
    return Money(minor=minor, currency=code) if minor < 2**53 else None
