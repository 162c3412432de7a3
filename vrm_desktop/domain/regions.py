"""An area as coarse as a person wants to say it: a country, perhaps a region of it, perhaps the start of a postcode.

This is the only place in a first question that comes near an address, so its constructor refuses anything finer.
Never here: street, town or full postcode of a person; tables of cities (they are in `gazetteer`).
"""

import re
from dataclasses import dataclass

from vrm_desktop.domain.errors import InvalidValue

_COUNTRY = re.compile(r"[A-Z]{2}")
_REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_PREFIX = re.compile(r"[A-Z0-9]{1,3}")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Area:
    """`country` is ISO 3166-1 alpha-2, `region` an ISO 3166-2 code of that country, `postal_prefix` at most 3 signs."""

    country: str
    region: str | None = None
    postal_prefix: str | None = None

    def __post_init__(self) -> None:
        if not _COUNTRY.fullmatch(self.country):
            raise InvalidValue(f"not an ISO 3166-1 code: {self.country!r}")
        if self.region is not None and not (_REGION.fullmatch(self.region) and self.region[:2] == self.country):
            raise InvalidValue(f"not a region of {self.country}: {self.region!r}")
        if self.postal_prefix is not None and not _PREFIX.fullmatch(self.postal_prefix):
            raise InvalidValue("a postal prefix has one to three letters or digits")

    @classmethod
    def from_code(cls, code: str) -> "Area":
        """The area that a vendor card's region names: "DE" or "DE-NW".

        Raises:
            InvalidValue: it is neither.
        """
        return cls(country=code[:2], region=code if len(code) > 2 else None)

    @property
    def code(self) -> str:
        """The ISO 3166 code, as fine as it goes: "DE-NW", else "DE"."""
        return self.region or self.country

    def covers(self, other: "Area") -> bool:
        """Whether all of `other` is certainly inside this area: what is not known about `other` is not assumed."""
        if self.country != other.country or self.region not in (None, other.region):
            return False
        return self.postal_prefix is None or (other.postal_prefix or "").startswith(self.postal_prefix)

    def may_overlap(self, other: "Area") -> bool:
        """Whether the two are not known to be apart: for vendors whose card is finer than what the person says."""
        if self.country != other.country:
            return False
        if self.region is not None and other.region is not None and self.region != other.region:
            return False
        if self.postal_prefix is None or other.postal_prefix is None:
            return True
        shorter, longer = sorted((self.postal_prefix, other.postal_prefix), key=len)
        return longer.startswith(shorter)

    def coarser(self) -> "Area":
        """One step coarser: without the prefix, then without the region; a country stays a country."""
        if self.postal_prefix is not None:
            return Area(country=self.country, region=self.region)
        return Area(country=self.country)
