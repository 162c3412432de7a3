"""Where: place names and postcodes in the line, as the coarse area they mean. English and German names.

One area is a chip; several, a place that is not known, or a postcode of an unknown country is asked back.
"""

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.gazetteer import PLACES, KnownPlace, PlaceKind
from vrm_desktop.domain.regions import Area
from vrm_desktop.formats.typed_line.meaning import Field, Place, Why
from vrm_desktop.formats.typed_line.misspelling import close_to
from vrm_desktop.formats.typed_line.words import Line, Match, PhraseTable, fold, keys_of

_PLAIN_ASCII: Final = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "Ä": "A", "Ö": "O", "Ü": "U"})
_LEAD: Final = re.compile(
    r"(?<![^\W_])(?:in the|in der nähe von|in der naehe von|close to|near to|near|nearby|in or near|in|around"
    r"|based in|nähe von|nähe|naehe|nahe bei|nahe|raum"
    r"|im raum|großraum|umkreis|umgebung|gegend|rund um|region|bei|um|nach|aus|from|at|to|von|within|für|for"
    r"|throughout|all over|anywhere in|ganz|in ganz)"
    r"\s(?:the\s|der\s|die\s)?$",
    re.IGNORECASE,
)
_TRAIL: Final = re.compile(
    r"\s(?:area|region|und umgebung|and surroundings|umgebung|city centre|innenstadt)(?![^\W_])", re.IGNORECASE
)
_POSTCODE_BEFORE: Final = re.compile(
    r"(?<![^\W_])(?:(?P<sign>[A-Z]{1,2})-)?(?P<code>[0-9]{4,5}|[0-9]{4}\s?[A-Z]{2})\s$"
)
_LONE_POSTCODE: Final = re.compile(
    r"(?<![^\W_])(?:(?P<sign>D|DE|A|AT|CH|F|FR|I|IT|E|ES|L|LU|B|BE)-)?(?P<code>[0-9]{4,5})(?![^\W_]|[.,][0-9])"
)
_BRITISH: Final = re.compile(r"(?<![^\W_])(?P<area>[A-Z]{1,2})[0-9][0-9A-Z]?(?:\s[0-9][A-Z]{2})?(?![^\W_])")
_SIGNS: Final = {"D": "DE", "A": "AT", "F": "FR", "I": "IT", "E": "ES", "L": "LU", "B": "BE"}
_FIVE_DIGITS: Final = frozenset({"DE", "FR", "IT", "ES", "US"})
_FOUR_DIGITS: Final = frozenset({"AT", "CH", "BE", "LU", "NL", "DK"})
_UNKNOWN: Final = re.compile(
    r"(?<![^\W_])(?:in|near|nahe|bei|raum|Raum|Nähe"
    r"|around)\s(?P<name>[A-ZÄÖÜ][^\W\d_]{3,}(?:[\s-][A-ZÄÖÜ][^\W\d_]{2,})?)"
)
_STATE: Final = re.compile(r",?\s(?P<code>[A-Z]{2})(?![^\W_])")
_STATES: Final = frozenset(
    re.findall(
        "..",
        "ALAKAZARCACOCTFLGAHIIDILINIAKSKYLAMEMDMAMIMNMSMOMTNENVNHNJNMNYNCNDOHOKORPARISCSDTNTXUTVTVAWAWVWIWYDC",
    )
)
"""Postal codes of the United States' states but Delaware's, which is Germany's."""
_NOT_PLACES: Final = frozenset(
    keys_of(
        "groesse farbe schwarz weiss rot blau gruen grau gutem guter januar februar maerz april mai juni juli "
        "august september oktober november dezember january february march may june july october december size "
        "black white red blue green grey gold silver silber english german englisch deutsch eiche oak holz wood"
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    place: KnownPlace
    homograph: bool


def _spellings() -> list[tuple[str, _Named]]:
    spelled = []
    for place in PLACES:
        for name in place.names:
            named = _Named(place=place, homograph=name in place.homographs)
            spelled += [(variant, named) for variant in {name, name.translate(_PLAIN_ASCII)}]
    return spelled


_NAMES: Final = PhraseTable[_Named](_spellings())
_LONG_NAMES: Final = tuple(sorted({key for key in _NAMES.single_words() if len(key) >= 5}))


def read_place(line: Line, home: str | None) -> Place | None:
    """The one place as a chip, or a question; takes its words. `home` chooses among places of one name."""
    meant = [_in_britain(line, _whole(line, match)) for match in _NAMES.find(line) if _is_meant(line, match)]
    named = _in_named_states(line, meant)
    if named is None:
        return None
    if not named:
        return _without_name(line, home)
    options = [_options(match, home) for match in named]
    merged = _merge(options)
    start, end = named[0].start, named[-1].end
    name = line.text[start:end]
    for match in named:
        _take(line, match.start, match.end)
    if len(merged) != 1:
        choices = [
            Place(name=line.text[match.start : match.end], area=option.area)
            for match, possible in zip(named, options, strict=True)
            for option in possible
        ]
        line.ask(Field.AREA, Why.SEVERAL, source=name, choices=choices)
        return None
    code = _postcode_before(line, named[0].start)
    finest, area = merged[0], merged[0].area
    if code is not None:
        line.take(code.start(), code.end())
        start = code.start()
        refined = _with_prefix(finest, code["code"], code["sign"])
        if refined is None:
            line.ask(Field.AREA, Why.CONFLICT, source=line.text[start:end], choices=[Place(name=name, area=area)])
            return None
        area = refined
    else:
        area = _with_british(line, area)
    if len(named) > 1 and not _side_by_side(line, named):
        chosen = next(match for match, possible in zip(named, options, strict=True) if finest in possible)
        start, end = chosen.start, chosen.end
        name = line.text[start:end]
    place = Place(name=name, area=area)
    line.add(Field.AREA, place, start, end)
    return place


def _whole(line: Line, match: Match[tuple[_Named, ...]]) -> Match[tuple[_Named, ...]]:
    """The match with the bracket that closes its name: "Halle (Saale)"."""
    closes = "(" in line.text[match.start : match.end] and line.text[match.end : match.end + 1] == ")"
    return replace(match, end=match.end + 1) if closes else match


def _in_britain(line: Line, match: Match[tuple[_Named, ...]]) -> Match[tuple[_Named, ...]]:
    """The match, narrowed to the place whose British postcode stands in the line: "Manchester M14"."""
    codes = {code["area"] for code in _BRITISH.finditer(line.text) if line.free(code.start(), code.end())}
    inside = tuple(
        one for one in match.meaning if one.place.area.country == "GB" and one.place.area.postal_prefix in codes
    )
    return replace(match, meaning=inside) if inside else match


def _is_meant(line: Line, match: Match[tuple[_Named, ...]]) -> bool:
    lead = _LEAD.search(line.text, 0, match.start)
    segment = line.text[slice(*line.segment(match.start))].strip(" .!?")
    if not any(named.homograph for named in match.meaning):
        return True
    name = line.text[match.start : match.end]
    return name[0].isupper() and (
        lead is not None or segment == name or _postcode_before(line, match.start) is not None
    )


def _in_named_states(line: Line, named: list[Match[tuple[_Named, ...]]]) -> list[Match[tuple[_Named, ...]]] | None:
    """The matches, narrowed by the letters of a state behind a name: "Portland, OR".

    Asks and returns None when no known place of that name is in that state: "Paris, TX".
    """
    narrowed = []
    for match in named:
        state = _STATE.match(line.text, match.end)
        if state is None or state["code"] not in _STATES:
            narrowed.append(match)
            continue
        inside = tuple(one for one in match.meaning if one.place.area.region == f"US-{state['code']}")
        line.take(match.end, state.end())
        if not inside:
            line.ask(Field.AREA, Why.UNKNOWN_PLACE, source=line.text[match.start : state.end()])
            _take(line, match.start, match.end)
            return None
        narrowed.append(replace(match, meaning=inside))
    return narrowed


def _options(match: Match[tuple[_Named, ...]], home: str | None) -> list[KnownPlace]:
    places = [named.place for named in match.meaning]
    at_home = [place for place in places if place.area.country == home]
    return at_home or places


def _merge(options: list[list[KnownPlace]]) -> list[KnownPlace]:
    """The places that all names agree on: a city stays if the region or country named beside it holds it."""
    left = options[0]
    for others in options[1:]:
        finer = [one for one in left if any(_holds(other, one) for other in others)]
        finer += [other for other in others if any(_holds(one, other) for one in left) and other not in finer]
        if not finer:
            return [*left, *others]
        left = finer
    return left


def _holds(larger: KnownPlace, smaller: KnownPlace) -> bool:
    return larger == smaller or (larger.kind is not PlaceKind.CITY and larger.area.covers(smaller.area))


def _side_by_side(line: Line, named: list[Match[tuple[_Named, ...]]]) -> bool:
    gaps = (line.text[left.end : right.start] for left, right in pairwise(named))
    return all(len(gap) <= 3 for gap in gaps)


def _take(line: Line, start: int, end: int) -> None:
    lead = _LEAD.search(line.text, 0, start)
    code = _postcode_before(line, start)
    if lead is None and code is not None:
        lead = _LEAD.search(line.text, 0, code.start())
        if lead is not None:
            line.take(lead.start(), lead.end())
    elif lead is not None and line.free(lead.start(), start):
        start = lead.start()
    trail = _TRAIL.match(line.text, end)
    line.take(start, trail.end() if trail is not None else end)


def _postcode_before(line: Line, start: int) -> re.Match[str] | None:
    code = _POSTCODE_BEFORE.search(line.text, 0, start)
    return code if code is not None and line.free(code.start(), code.end()) else None


def _with_prefix(place: KnownPlace, code: str, sign: str | None) -> Area | None:
    """The area with the postcode's first two digits; None when the two contradict each other."""
    area = place.area
    digits = code[:4] if not code[4:5].isdigit() else code
    country_fits = area.country in (_FIVE_DIGITS if len(digits) == 5 else _FOUR_DIGITS)
    sign_fits = sign is None or _SIGNS.get(sign, sign) == area.country
    prefix_fits = not place.prefixes or code[:2] in place.prefixes
    if not (country_fits and sign_fits and prefix_fits):
        return None
    return Area(country=area.country, region=area.region, postal_prefix=code[:2])


def _with_british(line: Line, area: Area) -> Area:
    if area.country != "GB":
        return area
    for code in _BRITISH.finditer(line.text):
        if line.free(code.start(), code.end()) and area.postal_prefix in (None, code["area"]):
            line.take(code.start(), code.end())
            return Area(country="GB", region=area.region, postal_prefix=code["area"])
    return area


def _without_name(line: Line, home: str | None) -> Place | None:
    place = _postcode_alone(line, home)
    if place is not None:
        return place
    unknown = _unknown_name(line)
    if unknown is not None:
        return None
    for word in line.words:
        if len(word.key) < 5 or not word.text[0].isupper() or word.key in _LONG_NAMES:
            continue
        guess = close_to(word.key, _LONG_NAMES) if line.free(word.start, word.end) else None
        if guess is not None:
            choices = _choices(guess)
            line.ask(Field.AREA, Why.MISSPELLED, source=word.text, choices=choices)
            return None
    line.ask(Field.AREA, Why.NOT_SAID)
    return None


def _postcode_alone(line: Line, home: str | None) -> Place | None:
    for code in _LONE_POSTCODE.finditer(line.text):
        first, last = line.segment(code.start())
        alone = line.text[first:last].strip() == code.group() or _LEAD.search(line.text, 0, code.start()) is not None
        country = _SIGNS.get(code["sign"], code["sign"]) if code["sign"] else home
        if not line.free(code.start(), code.end()) or not (alone or code["sign"]):
            continue
        if country in (
            _FIVE_DIGITS if len(code["code"]) == 5 else _FOUR_DIGITS & ({country} if code["sign"] else set())
        ):
            area = _area(country, code["code"][:2])
            place = Place(name=code.group(), area=area)
            line.add(Field.AREA, place, code.start(), code.end())
            _take(line, code.start(), code.end())
            return place
    if home != "GB":
        return None
    for british in _BRITISH.finditer(line.text):
        if line.free(british.start(), british.end()) and british["area"] not in ("A", "PS", "TV", "MP", "XL"):
            first, last = line.segment(british.start())
            if line.text[first:last].strip() == british.group():
                place = Place(name=british.group(), area=_area("GB", british["area"]))
                line.add(Field.AREA, place, british.start(), british.end())
                _take(line, british.start(), british.end())
                return place
    return None


def _area(country: str | None, prefix: str) -> Area:
    if country is None:
        raise InvalidValue("a postcode needs its country")
    return Area(country=country, postal_prefix=prefix)


def _unknown_name(line: Line) -> str | None:
    for match in _UNKNOWN.finditer(line.text):
        name = match["name"]
        if fold(name.split()[0]) in _NOT_PLACES or not line.free(match.start("name"), match.end()):
            continue
        guess = close_to(fold(name), _LONG_NAMES)
        why = Why.MISSPELLED if guess else Why.UNKNOWN_PLACE
        line.ask(Field.AREA, why, source=name, choices=_choices(guess) if guess else ())
        line.take(match.start(), match.end())
        return name
    return None


def _choices(key: str) -> list[Place]:
    return [
        Place(name=place.names[0], area=place.area)
        for place in PLACES
        if any(fold(name) == key for name in place.names)
    ]
