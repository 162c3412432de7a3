"""Public holidays of a country, for the clocks that count working days. The home of the `holidays` package.

A country that the package does not know has none here: then only weekends move an end, which makes a clock end earlier,
never later. Never here: what a holiday moves.
"""

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=32)
def public_holidays(country: str, first: int, last: int) -> frozenset[date]:
    """The public holidays of a country (ISO 3166-1: `DE`, or with its region `DE-BY`) from year `first` to `last`.

    Only days that hold in the whole country, unless a region is named. Both years are counted in.
    """
    from holidays import country_holidays, list_supported_countries

    code, _dash, region = country.upper().partition("-")
    known = list_supported_countries()
    if code not in known:
        return frozenset()
    part = region if region in known[code] else None
    return frozenset(country_holidays(code, subdiv=part, years=range(first, last + 1)))


def around(country: str, day: date) -> frozenset[date]:
    """The public holidays of the year of `day`, the one before and the two after."""
    return public_holidays(country, day.year - 1, day.year + 2) if country else frozenset()
