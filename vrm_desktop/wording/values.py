"""Money, days and places as people read them, by locale (Babel). No decisions here."""

from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency

from vrm_desktop.domain.money import Money, exponent


def money(amount: Money, locale: str = "en") -> str:
    """`€799.00`, `799,00 €`: the amount with its currency."""
    digits = exponent(amount.currency)
    value = Decimal(amount.minor).scaleb(-digits)
    return format_currency(value, amount.currency, locale=locale).replace("\xa0", " ")


def day(moment: date, locale: str = "en") -> str:
    """`Fri, 27 Nov 2026`."""
    pattern = "EEE, d MMM y" if locale.startswith("en") else "EEE, d. MMM y"
    return format_date(moment, pattern, locale=locale)


def instant(moment: datetime, locale: str = "en", zone: tzinfo = UTC) -> str:
    """`27 Nov 2026, 14:05` in the given zone."""
    return format_datetime(moment, "d MMM y, HH:mm", tzinfo=zone, locale=locale)
