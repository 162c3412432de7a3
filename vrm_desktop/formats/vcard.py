"""A vCard (3.0 or 4.0) read into profile fields, by the mapping of RFC 9555. The home of vobject.

What the profile has no place for is named, never dropped in silence. Photos and sounds are left out.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from vrm_desktop.domain.profile import FIELD_LENGTH, FieldPath
from vrm_desktop.formats.errors import NotAVCard

MOST_LINES = 2000
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


@dataclass(frozen=True, slots=True, kw_only=True)
class CardField:
    """One value of a card; `contexts` are JSContact's, `preferred` where the card says so."""

    path: FieldPath
    value: str
    contexts: tuple[str, ...] = ()
    preferred: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What a card holds for the profile; `left_out` names the properties that have no place in it."""

    fields: tuple[CardField, ...]
    left_out: tuple[str, ...]


def read_vcard(data: bytes) -> Card:
    """The first card in `data` (UTF-8).

    Raises:
        NotAVCard: not UTF-8, not a vCard 3 or 4, or nothing in it.
    """
    card = _parsed(data)
    fields: list[CardField] = []
    left_out: list[str] = []
    for line in card.lines():
        if line.name in NOT_DATA:
            continue
        found = _fields(line)
        if not found:
            left_out.append(line.name)
        fields += [one for one in found if one.value.strip() and len(one.value) <= FIELD_LENGTH]
    unique = tuple(dict.fromkeys(fields))
    if not unique:
        raise NotAVCard("nothing in it")
    return Card(fields=unique, left_out=tuple(dict.fromkeys(left_out)))


def _parsed(data: bytes) -> Any:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotAVCard("not UTF-8") from error
    if text.count("\n") > MOST_LINES or "\x00" in text:
        raise NotAVCard("too long, or not text")
    import vobject  # here, for it takes longer to load than most commands take to run

    try:
        card = next(vobject.readComponents(text), None)
    except Exception as error:  # the library raises many kinds for malformed cards
        raise NotAVCard(str(error)[:200]) from error
    if (
        card is None
        or card.name != "VCARD"
        or str(getattr(card, "version", None) and card.version.value) not in VERSIONS
    ):
        raise NotAVCard("not a vCard of version 3 or 4")
    return card


def _fields(line: Any) -> tuple[CardField, ...]:
    contexts, preferred = _contexts(line.params)
    if line.name in SINGLE:
        return (CardField(path=SINGLE[line.name], value=_text(line.value), contexts=contexts, preferred=preferred),)
    match line.name:
        case "TEL":
            value = _text(line.value).removeprefix("tel:")
            return (CardField(path=FieldPath.PHONE, value=value, contexts=contexts, preferred=preferred),)
        case "N":
            return (
                CardField(path=FieldPath.GIVEN_NAME, value=_text(line.value.given)),
                CardField(path=FieldPath.SURNAME, value=_text(line.value.family)),
            )
        case "ORG":
            return (CardField(path=FieldPath.ORGANIZATION, value=_text(line.value), contexts=contexts),)
        case "ADR":
            return _address(line.value, contexts, preferred=preferred)
        case "BDAY":
            day = _day(_text(line.value))
            return (CardField(path=FieldPath.BIRTHDAY, value=day),) if day else ()
        case _:
            return ()


def _address(value: Any, contexts: tuple[str, ...], *, preferred: bool) -> tuple[CardField, ...]:
    country = _text(value.country)
    code = country.upper() if re.fullmatch(r"[A-Za-z]{2}", country) else COUNTRIES.get(country.casefold(), country)
    street = ", ".join(filter(None, (_text(value.street), _text(value.extended), _text(value.box))))
    parts = (
        (FieldPath.STREET, street),
        (FieldPath.LOCALITY, _text(value.city)),
        (FieldPath.REGION, _text(value.region)),
        (FieldPath.POSTCODE, _text(value.code)),
        (FieldPath.COUNTRY, code),
    )
    return tuple(
        CardField(path=path, value=text, contexts=contexts, preferred=preferred) for path, text in parts if text
    )


def _contexts(params: dict[str, list[str]]) -> tuple[tuple[str, ...], bool]:
    types = [one.strip().lower() for value in params.get("TYPE", []) for one in value.split(",")]
    contexts = tuple(CONTEXTS[one] for one in dict.fromkeys(types) if one in CONTEXTS)
    return contexts, "pref" in types or params.get("PREF") == ["1"]


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, (_text(one) for one in value)))
    return " ".join(str(value).replace("\r", "\n").replace("\n", ", ").split())


def _day(text: str) -> str | None:
    digits = text.replace("-", "")[:8]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).isoformat()
    except ValueError:
        return None
