"""Which coarse area a place name means: countries, regions and larger cities, in English and German.

Looking up a name gives every place of that name that is known here; choosing among them is the person's. Pure facts:
never here what a person typed or where anybody lives.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vrm_desktop.domain.gazetteer_cities import CITIES
from vrm_desktop.domain.gazetteer_regions import COUNTRIES, REGIONS
from vrm_desktop.domain.regions import Area


class PlaceKind(StrEnum):
    """How large a named place is."""

    COUNTRY = "country"
    REGION = "region"
    CITY = "city"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPlace:
    """A place of the tables: `names` has the English one first; `homographs` are those names that mean other things.

    `prefixes` are the possible starts of its postcodes, empty when they are not known; a lone one is also the area's.
    """

    kind: PlaceKind
    names: tuple[str, ...]
    area: Area
    homographs: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()


def _rows(table: str) -> Iterator[tuple[str, str]]:
    for row in table.strip().splitlines():
        code, _, rest = row.partition(" ")
        yield code, rest


def _read_tables() -> Iterator[KnownPlace]:
    for code, rest in _rows(COUNTRIES):
        yield KnownPlace(kind=PlaceKind.COUNTRY, names=tuple(rest.split("|")), area=Area.from_code(code))
    for code, rest in _rows(REGIONS):
        yield KnownPlace(kind=PlaceKind.REGION, names=tuple(rest.split("|")), area=Area.from_code(code))
    for code, rest in _rows(CITIES):
        starts, _, named = rest.partition(" ")
        prefixes = () if starts == "-" else tuple(starts.split("+"))
        names = named.split("|")
        whole = Area.from_code(code)
        yield KnownPlace(
            kind=PlaceKind.CITY,
            names=tuple(name.removeprefix("~") for name in names),
            area=Area(
                country=whole.country, region=whole.region, postal_prefix=prefixes[0] if len(prefixes) == 1 else None
            ),
            prefixes=prefixes,
            homographs=frozenset(name.removeprefix("~") for name in names if name.startswith("~")),
        )


PLACES: Final[tuple[KnownPlace, ...]] = tuple(_read_tables())
_LABELS: Final[dict[str, tuple[str, ...]]] = {
    place.area.code: place.names for place in PLACES if place.kind is not PlaceKind.CITY
}


def coarse_label(area: Area, *, german: bool = False) -> str:
    """The area in words, coarsest last: "North Rhine-Westphalia, Germany"; a prefix shows as "50…" in front.

    A code that the tables do not name stands for itself.
    """
    codes = [area.region, area.country] if area.region is not None else [area.country]
    parts = [f"{area.postal_prefix}…"] if area.postal_prefix is not None else []
    for code in codes:
        names = _LABELS.get(code or "", (code or "",))
        parts.append(names[1] if german and len(names) > 1 else names[0])
    return ", ".join(parts)
