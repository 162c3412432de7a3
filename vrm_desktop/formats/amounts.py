"""Exact amounts as a person types them for a flag or a field: `799.00 EUR`, `799,00 €`. No guessing of currencies."""

import re
from decimal import Decimal

from vrm_desktop.domain.money import Money, exponent
from vrm_desktop.formats.errors import NotAnAmount

SIGNS = {"€": "EUR", "£": "GBP", "zł": "PLN"}
_AMOUNT = re.compile(r"(?P<number>[0-9]{1,12}(?:[.,][0-9]{1,3})?)\s*(?P<currency>[A-Za-z]{3}|€|£|zł)")


def read_amount(text: str) -> Money:
    """The amount that `text` names: digits, at most one decimal sign, a currency code or an unambiguous sign.

    Raises:
        NotAnAmount: anything else, or more decimals than the currency has.
    """
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise NotAnAmount("an amount looks like 799.00 EUR")
    currency = SIGNS.get(found["currency"], found["currency"].upper())
    minor = Decimal(found["number"].replace(",", ".")).scaleb(exponent(currency))
    if minor != minor.to_integral_value():
        raise NotAnAmount(f"{currency} has {exponent(currency)} decimals")
    return Money(minor=int(minor), currency=currency)
