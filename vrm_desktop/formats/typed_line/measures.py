"""Numbers with a unit ("54 cm", "16 GB RAM", "3 Zimmer") and the attribute of the category that each one says.

Finding comes before the category is known, saying comes after. A number goes into its attribute's bucket; a range or a
rough number only when both ends fall into one bucket, else it is asked back. Never here: prices and days.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from vrm_desktop.domain.attributes import Attribute, NumberOutOfRange, bucket
from vrm_desktop.domain.categories import Category
from vrm_desktop.formats.typed_line.meaning import AttributeValue, Field, Why
from vrm_desktop.formats.typed_line.numbers import ONE, WORD_PATTERN, read_count
from vrm_desktop.formats.typed_line.words import Line, fold

_NUMBER = rf"[0-9]{{1,4}}(?:[.,][0-9]{{1,2}})?|{WORD_PATTERN}|{'|'.join(sorted(ONE))}"
_UNITS: Final = {
    "cm": r"cm|centimet(?:er|re)s?|zentimeter",
    "m": r"m|met(?:er|re)s?",
    "inch": r"inch(?:es)?|in\.|zoll|\"|”|″|''",
    "tb": r"tb|terabytes?",
    "gb": r"gb|gigs?|gigabytes?",
    "m2": r"m²|m2|qm|sqm|sq\.? ?m|square met(?:er|re)s?|quadratmetern?",
    "gbit": r"gbit/?s?|gbps|gigabit",
    "mbit": r"mbit/?s?|mbps|mb/s|megabit",
    "rooms": r"rooms?|bedrooms?|zimmern?|räumen?",
    "persons": (
        r"persons?|people|personen|adults?|erwachsenen?|passengers?|guests?|gästen?|travell?ers|reisenden?|leuten?"
    ),
    "nights": r"nights?|nächten?|übernachtungen",
    "seats": r"seats?|seater|sitzer|sitzern|sitzen?|sitzplätzen?|plätze",
}
_UNIT = "|".join(rf"(?P<{name}>{pattern})" for name, pattern in _UNITS.items())
_MEASURE = re.compile(
    rf"(?<![^\W_])(?<![0-9][.,])(?:(?P<rough>about|around|ca\.?|circa|etwa|ungefähr|approx\.?|~)\s?)?"
    rf"(?P<low>{_NUMBER})(?:\s?(?:-|–|to|bis|or|oder)\s?(?P<high>{_NUMBER}))?(?:\s|-)?(?:{_UNIT})(?![^\W_])",
    re.IGNORECASE,
)
_SIZES = re.compile(
    r"(?<![^\W_])(?P<first>[0-9]{2,3})\s?[x×]\s?(?P<second>[0-9]{2,3})(?:\s?[x×]\s?[0-9]{1,3})?(?:\s?cm)?(?![^\W_])",
    re.IGNORECASE,
)
_SHOE = re.compile(
    r"(?<![^\W_])(?:size|größe|groesse|gr\.?|eu)\s(?P<low>[0-9]{2})(?:[.,]5)?(?![^\W_]|[.,][0-9])", re.IGNORECASE
)
_FRAME = re.compile(
    r"(?<![^\W_])(?:frame(?: size)?|rahmen(?:höhe|größe)?|rh)\s(?P<low>[0-9]{2})(?![^\W_])", re.IGNORECASE
)
_MEMORY = re.compile(r"\s?(?:of\s)?(?:ram|arbeitsspeicher|memory)(?![^\W_])", re.IGNORECASE)
_HYPHEN_SEATS = re.compile(r"(?<![^\W_])(?P<word>zwei|drei|vier)sitzer(?![^\W_])", re.IGNORECASE)

_MAKES: Final[dict[str, tuple[tuple[str, int], ...]]] = {
    "cm": (("frame_cm", 1), ("width_cm", 1), ("length_cm", 1)),
    "m": (("width_cm", 100), ("length_cm", 100)),
    "inch": (("wheel_inch", 1), ("screen_inch", 1)),
    "tb": (("storage_gb", 1024),),
    "gb": (("data_gb", 1), ("storage_gb", 1)),
    "ram": (("memory_gb", 1),),
    "m2": (("area_m2", 1),),
    "mbit": (("speed_mbit", 1),),
    "gbit": (("speed_mbit", 1000),),
    "rooms": (("rooms", 1),),
    "persons": (("persons", 1),),
    "nights": (("nights", 1),),
    "seats": (("seats", 1),),
    "shoe": (("size_eu", 1),),
    "frame": (("frame_cm", 1),),
}
_LONGER_SIDE: Final = frozenset({"furniture.table", "furniture.desk"})
_SHORTER_SIDE: Final = frozenset({"furniture.bed", "furniture.mattress"})
_LARGEST_MEMORY: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Measure:
    """A number or range of a unit in the line; `low` equals `high` for one number. `rough` says "about"."""

    unit: str
    low: Decimal
    high: Decimal
    rough: bool
    start: int
    end: int


def find_measures(line: Line) -> tuple[Measure, ...]:
    """All numbers with a unit over untaken characters. They stay part of the title."""
    found = [measure for match in _MEASURE.finditer(line.text) if (measure := _measure(line, match)) is not None]
    for unit, pattern in (("shoe", _SHOE), ("frame", _FRAME)):
        found += [_plain(unit, match, Decimal(match["low"])) for match in pattern.finditer(line.text)]
    for match in _HYPHEN_SEATS.finditer(line.text):
        found.append(_plain("seats", match, Decimal(read_count(match["word"]) or 0)))
    for match in _SIZES.finditer(line.text):
        low, high = sorted((Decimal(match["first"]), Decimal(match["second"])))
        found.append(Measure(unit="sides", low=low, high=high, rough=False, start=match.start(), end=match.end()))
    boxes = [measure for measure in found if measure.unit == "sides"]
    return tuple(
        measure
        for measure in found
        if line.free(measure.start, measure.end)
        and not any(box is not measure and box.start <= measure.start < box.end for box in boxes)
    )


def say_measures(line: Line, measures: tuple[Measure, ...], category: Category) -> None:
    """Turn measures into attribute chips of the category, or questions; those it has no attribute for say nothing."""
    keys = {attribute.key: attribute for attribute in category.attributes if attribute.steps}
    for measure in measures:
        for key, factor in _makes(measure, category.id):
            if key in keys:
                _say(line, _side(measure, category.id), keys[key], factor)
                break


def _makes(measure: Measure, category_id: str) -> tuple[tuple[str, int], ...]:
    if measure.unit == "sides":
        return (("width_cm", 1), ("length_cm", 1)) if category_id in _LONGER_SIDE | _SHORTER_SIDE else ()
    if measure.unit == "gb" and category_id == "electronics.laptop" and measure.high <= _LARGEST_MEMORY:
        return _MAKES["ram"]
    return _MAKES[measure.unit]


def _side(measure: Measure, category_id: str) -> Measure:
    if measure.unit != "sides":
        return measure
    side = measure.high if category_id in _LONGER_SIDE else measure.low
    return Measure(unit="cm", low=side, high=side, rough=False, start=measure.start, end=measure.end)


def _say(line: Line, measure: Measure, attribute: Attribute, factor: int) -> None:
    low, high = measure.low, measure.high
    values = [_bucket(attribute, int(number * factor)) for number in (low, high)]
    source = line.text[measure.start : measure.end]
    said = [value for value in values if value is not None]
    if len(said) < len(values):
        line.ask(Field.ATTRIBUTE, Why.BARE_NUMBER, source=source, key=attribute.key)
        return
    choices = [AttributeValue(key=attribute.key, value=value) for value in dict.fromkeys(said)]
    if measure.rough or len(choices) > 1:
        why = Why.APPROXIMATE if measure.rough else Why.SEVERAL
        line.ask(Field.ATTRIBUTE, why, source=source, choices=choices, key=attribute.key)
    else:
        line.add(Field.ATTRIBUTE, choices[0], measure.start, measure.end)


def _bucket(attribute: Attribute, number: int) -> str | None:
    try:
        return bucket(attribute, number)
    except NumberOutOfRange:
        return None


def _measure(line: Line, match: re.Match[str]) -> Measure | None:
    low, high = _number(match["low"]), _number(match["high"] or match["low"])
    unit = next(name for name in _UNITS if match[name])
    if low is None or high is None or low > high:
        return None
    end = match.end()
    if unit == "gb" and (memory := _MEMORY.match(line.text, end)) is not None:
        unit, end = "ram", memory.end()
    rough = match["rough"] is not None
    return Measure(unit=unit, low=low, high=high, rough=rough, start=match.start("low"), end=end)


def _number(text: str) -> Decimal | None:
    count = read_count(fold(text))
    if count is not None:
        return Decimal(count)
    return Decimal(text.replace(",", "."))


def _plain(unit: str, match: re.Match[str], number: Decimal) -> Measure:
    return Measure(unit=unit, low=number, high=number, rough=False, start=match.start(), end=match.end())
