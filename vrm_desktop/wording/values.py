"""Money, days and instants as people read them, in the chosen language's way (Babel). No decisions here.

Babel is loaded with the first value, for most commands show none before they know what to show.
"""

from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import TYPE_CHECKING

from vrm_desktop.domain.money import Money, exponent
from vrm_desktop.wording.catalogue import CATALOGUE

if TYPE_CHECKING:
    from babel import Locale


def _locale(given: str | None) -> "Locale":
    """The locale of that name; where its region is unknown its language, and where that is unknown English."""
    from babel import Locale, UnknownLocaleError

    name = given or CATALOGUE.locale
    for one in (name, name.partition("_")[0]):
        try:
            return Locale.parse(one)
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def money(amount: Money, locale: str | None = None) -> str:
    """`€799.00`, `799,00 €`: the amount with its currency."""
    from babel.numbers import format_currency

    value = Decimal(amount.minor).scaleb(-exponent(amount.currency))
    return format_currency(value, amount.currency, locale=_locale(locale)).replace("\xa0", " ")


def day(moment: date, locale: str | None = None) -> str:
    """`Fri, 27 Nov 2026`."""
    from babel.dates import format_date

    chosen = _locale(locale)
    return format_date(moment, _pattern("EEE, d MMM y", chosen), locale=chosen)


def month(moment: date, locale: str | None = None) -> str:
    """`November 2026`."""
    from babel.dates import format_date

    return str(format_date(moment, "LLLL yyyy", locale=_locale(locale)))


def instant(moment: datetime, locale: str | None = None, zone: tzinfo | None = None) -> str:
    """`27 Nov 2026, 14:05` in the given zone, which is the computer's own where none is given."""
    from babel.dates import format_datetime

    chosen = _locale(locale)
    here = moment.astimezone(zone)
    return format_datetime(here, _pattern("d MMM y, HH:mm", chosen), tzinfo=here.tzinfo, locale=chosen)


def _pattern(english: str, locale: "Locale") -> str:
    """German writes a dot after the day."""
    return english.replace("d MMM", "d. MMM") if locale.language == "de" else english
