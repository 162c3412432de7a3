"""A vCard (3.0 or 4.0) read into profile fields, by the mapping of RFC 9555. The home of vobject.

What the profile has no place for is named, never dropped in silence. Photos and sounds are left out.
"""

import re
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

from vrm_desktop.domain.profile import FIELD_LENGTH, FieldPath
from vrm_desktop.formats.errors import NotAVCard

if TYPE_CHECKING:
    from vobject.base import ContentLine

MOST_LINES = 2000
LONGEST_STRUCTURE = 8000
_PART = re.compile(r"(?:^|(?<=;))((?:[^;\\]|\\.?)*)(?:;|$)", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_FOLD = re.compile(rb"\r?\n[ \t]")
VERSIONS = frozenset({"3.0", "4.0"})
SINGLE = {
    "FN": FieldPath.NAME,
    "NICKNAME": FieldPath.NICKNAME,
    "NOTE": FieldPath.NOTE,
    "URL": FieldPath.LINK,
    "EMAIL": FieldPath.EMAIL,
    "LANG": FieldPath.LANGUAGE,
}
NOT_DATA = frozenset({"VERSION", "PRODID", "REV", "UID", "KIND", "CLASS", "SOURCE", "LABEL"})
CONTEXTS = {"home": "private", "work": "work"}
COUNTRIES = {
    "germany": "DE",
    "deutschland": "DE",
    "austria": "AT",
    "österreich": "AT",
    "switzerland": "CH",
    "schweiz": "CH",
    "suisse": "CH",
    "svizzera": "CH",
    "united kingdom": "GB",
    "uk": "GB",
    "great britain": "GB",
    "ireland": "IE",
    "france": "FR",
    "frankreich": "FR",
    "italy": "IT",
    "italia": "IT",
    "italien": "IT",
    "spain": "ES",
    "españa": "ES",
    "spanien": "ES",
    "netherlands": "NL",
    "nederland": "NL",
    "niederlande": "NL",
    "belgium": "BE",
    "belgien": "BE",
    "belgique": "BE",
    "luxembourg": "LU",
    "luxemburg": "LU",
    "poland": "PL",
    "polska": "PL",
    "polen": "PL",
    "denmark": "DK",
    "danmark": "DK",
    "dänemark": "DK",
    "sweden": "SE",
    "sverige": "SE",
    "schweden": "SE",
    "united states": "US",
    "usa": "US",
    "vereinigte staaten": "US",
}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class CardField:
    """One value of a card; `contexts` are JSContact's, `preferred` where the card says so."""

    path: FieldPath
    value: str
    contexts: tuple[str, ...] = ()
    preferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Card:
    """What a card holds for the profile; `left_out` names the properties that have no place in it."""

    fields: tuple[CardField, ...]
    left_out: tuple[str, ...]


def read_vcard(data: bytes) -> Card:
    """The first card in `data` (UTF-8).

    Raises:
        NotAVCard: not UTF-8, not a vCard 3 or 4, or nothing in it.
    """
    fields: list[CardField] = []
    left_out: list[str] = []
    for line in _lines(data):
        if line.name in NOT_DATA:
            continue
        found = _fields(line)
        kept = [one for one in found if one.value and len(one.value) <= FIELD_LENGTH]
        if not found or any(len(one.value) > FIELD_LENGTH for one in found):
            left_out.append(line.name)
        fields += kept
    unique = _with_name(tuple(dict.fromkeys(fields)))
    if not unique:
        raise NotAVCard("nothing in it")
    return Card(fields=unique, left_out=tuple(dict.fromkeys(left_out)))


def _with_name(fields: tuple[CardField, ...]) -> tuple[CardField, ...]:
    """A card that has the parts of a name only gets the whole one: orders are addressed to it."""
    named = {one.path: one.value for one in reversed(fields)}
    whole = " ".join(named[path] for path in (FieldPath.GIVEN_NAME, FieldPath.SURNAME) if path in named)
    if FieldPath.NAME in named or not whole:
        return fields
    return (CardField(path=FieldPath.NAME, value=whole[:FIELD_LENGTH]), *fields)


def _lines(data: bytes) -> tuple["ContentLine", ...]:
    """The lines between BEGIN and END of the first card, unfolded, their values as written."""
    try:
        text = _FOLD.sub(b"", data).decode("utf-8-sig")  # version 3 folds between bytes, even inside one character
    except UnicodeDecodeError as error:
        raise NotAVCard("not UTF-8") from error
    if data.count(b"\n") > MOST_LINES or "\x00" in text:
        raise NotAVCard("too long, or not text")
    from vobject.base import getLogicalLines, textLineToContentLine  # here, for it takes long to load

    try:
        lines = [textLineToContentLine(line, number) for line, number in getLogicalLines(StringIO(text, newline=None))]
    except Exception as error:  # the library raises many kinds for malformed lines
        raise NotAVCard(str(error)[:200]) from error
    return _first_card(lines)


def _first_card(lines: list["ContentLine"]) -> tuple["ContentLine", ...]:
    if not lines or not _is(lines[0], "BEGIN", "VCARD"):
        raise NotAVCard("it does not begin like a vCard")
    inside: list[ContentLine] = []
    depth = 0
    for line in lines[1:]:
        if line.name == "BEGIN":
            depth += 1
        elif line.name == "END" and depth:
            depth -= 1
        elif line.name == "END":
            break
        elif not depth:
            inside.append(line)
    else:
        raise NotAVCard("it does not end")
    if not any(line.name == "VERSION" and line.value.strip() in VERSIONS for line in inside):
        raise NotAVCard("not a vCard of version 3 or 4")
    return tuple(inside)


def _is(line: "ContentLine", name: str, value: str) -> bool:
    return bool(line.name == name and line.value.strip().upper() == value)


def _fields(line: "ContentLine") -> tuple[CardField, ...]:
    contexts, preferred = _contexts(line.params)
    if line.name in SINGLE:
        path = SINGLE[line.name]
        return (CardField(path=path, value=_plain(line.value), contexts=contexts, preferred=preferred),)
    match line.name:
        case "TEL":
            value = _plain(line.value).removeprefix("tel:")
            return (CardField(path=FieldPath.PHONE, value=value, contexts=contexts, preferred=preferred),)
        case "N":
            surname, given, *_more = (*_parts(line.value), "", "")
            return (
                CardField(path=FieldPath.GIVEN_NAME, value=given),
                CardField(path=FieldPath.SURNAME, value=surname),
            )
        case "ORG":
            value = ", ".join(filter(None, _parts(line.value)))
            return (CardField(path=FieldPath.ORGANIZATION, value=value, contexts=contexts),)
        case "ADR":
            return _address(_parts(line.value), contexts, preferred=preferred)
        case "BDAY":
            day = _day(line.value)
            return (CardField(path=FieldPath.BIRTHDAY, value=day),) if day else ()
        case _:
            return ()


def _address(parts: tuple[str, ...], contexts: tuple[str, ...], *, preferred: bool) -> tuple[CardField, ...]:
    box, extended, street, town, region, postcode, country, *_more = (*parts, *[""] * 7)
    code = country.upper() if re.fullmatch(r"[A-Za-z]{2}", country) else COUNTRIES.get(country.casefold(), country)
    values = (
        (FieldPath.STREET, ", ".join(filter(None, (street, extended, box)))),
        (FieldPath.LOCALITY, town),
        (FieldPath.REGION, region),
        (FieldPath.POSTCODE, postcode),
        (FieldPath.COUNTRY, code),
    )
    return tuple(
        CardField(path=path, value=text, contexts=contexts, preferred=preferred) for path, text in values if text
    )


def _parts(value: str) -> tuple[str, ...]:
    """The parts of a structured value, at most as many as any property has."""
    return tuple(_plain(part) for part in _PART.findall(value[:LONGEST_STRUCTURE]))


def _contexts(params: dict[str, list[str]]) -> tuple[tuple[str, ...], bool]:
    types = [one.strip().lower() for value in params.get("TYPE", []) for one in value.split(",")]
    contexts = tuple(CONTEXTS[one] for one in dict.fromkeys(types) if one in CONTEXTS)
    return contexts, "pref" in types or params.get("PREF") == ["1"]


def _plain(value: str) -> str:
    """A value as it was meant: escapes undone, line breaks as commas, nothing that a screen would obey."""
    meant = _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
    lines = "".join(sign if sign.isprintable() else "\n" for sign in meant).split("\n")
    return ", ".join(filter(None, (" ".join(line.split()) for line in lines)))


def _day(text: str) -> str | None:
    digits = text.strip().replace("-", "")[:8]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).isoformat()
    except ValueError:
        return None
