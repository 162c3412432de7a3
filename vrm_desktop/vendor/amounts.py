"""Amounts as a shop writes them ("799.00 EUR"), as money. Integer arithmetic only; no currency is ever guessed."""

import re

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.money import Money, exponent

_AMOUNT = re.compile(r"([0-9]{1,12})(?:\.([0-9]{1,3}))? ([A-Z]{3})")


def read_money(text: str) -> Money:
    """`text` as money.

    Raises:
        InvalidValue: not an amount with its currency, or more decimals than the currency has.
    """
    match = _AMOUNT.fullmatch(text.strip())
    if match is None:
        raise InvalidValue(f"not an amount like 799.00 EUR: {text!r}")
    whole, part, named = match[1], match[2] or "", match[3]
    digits = exponent(named)
    if len(part) > digits:
        raise InvalidValue(f"{named} has {digits} decimals: {text!r}")
    return Money(minor=int(whole) * 10**digits + int(part.ljust(digits, "0") or "0"), currency=named)


def percent_of(amount: int, percent: int) -> int:
    """`percent` of `amount` minor units, rounded up, so that a floor is never undercut."""
    return -(-amount * percent // 100)
