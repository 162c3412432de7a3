"""Public lists of organisations and sites, read strictly: companies, authorities (JSON Lines), sites (a JSON list).

An entry that is not what it should be is counted and named, never guessed at. What is missing or wrong inside an entry
(no address, an address that is none) stands in the entry. Never here: what the person does with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.organisation import Difficulty, EntryTrouble, HintKind, Organisation, SiteHint, hint_id
from vrm_desktop.formats.errors import NotAList
from vrm_desktop.formats.web_domains import registrable

LARGEST = 16 * 1024 * 1024
_MOST_LINES = 20_000
_LONGEST_LINE = 64 * 1024
_LONGEST_TEXT = 2000
_TEMPLATES = {
    "custom-access-template": DataRight.ACCESS,
    "custom-erasure-template": DataRight.ERASURE,
    "custom-rectification-template": DataRight.CORRECTION,
    "custom-objection-template": DataRight.OBJECTION,
}
_NEVER_IN_A_MAIL_ADDRESS = frozenset(" \t\r\n,;<>\"'()[]\\:")
_SHORTEST_ADDRESS = 2  # lines: where, and in which country


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReadOrganisations:
    """What a list holds; `refused` are the numbers of the lines that are no entries."""

    entries: tuple[Organisation, ...]
    refused: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ReadSites:
    """What a list of sites holds; `refused` are the places of entries that are none (from 1)."""

    hints: tuple[SiteHint, ...]
    refused: tuple[int, ...]


def read_organisations(data: bytes, *, source: str, at: datetime, authorities: bool = False) -> ReadOrganisations:
    """The organisations in a JSON Lines file; `authorities`: it is a list of data protection authorities.

    Raises:
        NotAList: larger than 16 MiB, more than 20,000 lines, or not one entry in it.
    """
    if len(data) > LARGEST:
        raise NotAList("larger than 16 MiB")
    lines = data.splitlines()
    if len(lines) > _MOST_LINES:
        raise NotAList("more than 20,000 lines")
    entries: dict[str, Organisation] = {}
    refused = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = _organisation(_object(line), source=source, at=at, authority=authorities)
        except (CanonError, DomainError, KeyError, TypeError, ValueError):
            refused.append(number)
        else:
            entries[entry.id] = entry
    if not entries:
        raise NotAList("no entry can be read")
    return ReadOrganisations(entries=tuple(entries.values()), refused=tuple(refused))


def read_sites(data: bytes, kind: HintKind, *, source: str, at: datetime) -> ReadSites:
    """The sites in a JSON list, one hint for each domain of theirs; the first entry about a domain stands.

    Raises:
        NotAList: larger than 16 MiB, not a JSON list, or not one entry in it.
    """
    if len(data) > LARGEST:
        raise NotAList("larger than 16 MiB")
    try:
        whole = strict_json.decode(data)
    except CanonError as error:
        raise NotAList(f"{error.code}: {error}") from error
    if not isinstance(whole, list):
        raise NotAList("not a list")
    hints: dict[str, SiteHint] = {}
    refused = []
    for place, one in enumerate(whole, start=1):
        try:
            for hint in _hints(_checked(one), kind, source, at):
                hints.setdefault(hint.id, hint)
        except (DomainError, KeyError, TypeError, ValueError):
            refused.append(place)
    if not hints:
        raise NotAList("no entry can be read")
    return ReadSites(hints=tuple(hints.values()), refused=tuple(refused))


def plain_mail_address(text: str) -> bool:
    """Whether a text is one plain mail address."""
    local, at, domain = text.rpartition("@")
    return bool(at and local and "." in domain.strip(".")) and not _NEVER_IN_A_MAIL_ADDRESS & set(text)


def _object(line: bytes) -> dict[str, JsonValue]:
    if len(line) > _LONGEST_LINE:
        raise ValueError("a line of more than 64 KiB")
    return _checked(strict_json.decode(line))


def _checked(value: JsonValue) -> dict[str, JsonValue]:
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value


def _organisation(value: dict[str, JsonValue], *, source: str, at: datetime, authority: bool) -> Organisation:
    quality = "verified" if authority else _text(value, "quality")
    email, web, form = _text(value, "email"), _text(value, "web"), _text(value, "webform")
    postal, fax = _text(value, "address"), _text(value, "fax")
    good_mail = plain_mail_address(email)
    troubles = {
        EntryTrouble.NO_ADDRESS: len(postal.splitlines()) < _SHORTEST_ADDRESS,
        EntryTrouble.NO_EMAIL: not email,
        EntryTrouble.WRONG_EMAIL: bool(email) and not good_mail,
        EntryTrouble.WRONG_WEB: bool(web) and not _link(web),
        EntryTrouble.UNCHECKED: quality not in {"verified", "tested"},
        EntryTrouble.OBSOLETE: bool(_text(value, "redirect-to")),
        EntryTrouble.NO_WAY: not (postal or good_mail or _link(form) or fax),
    }
    return Organisation(
        id=_needed(value, "slug"),
        name=_needed(value, "name"),
        at=at,
        source=source,
        postal=postal,
        email=email if good_mail else "",
        web=_link(web),
        form=_link(form),
        phone=_text(value, "phone"),
        fax=fax,
        countries=_texts(value, "relevant-countries"),
        language=_text(value, "complaint-language") if authority else _text(value, "request-language"),
        medium=_text(value, "suggested-transport-medium"),
        required=tuple(_required(value)),
        runs=_texts(value, "runs"),
        templates=tuple((right.value, _text(value, name)) for name, right in _TEMPLATES.items() if value.get(name)),
        identity=value.get("needs-id-document") is True,
        authority=authority,
        troubles=tuple(trouble for trouble, there in troubles.items() if there),
    )


def _hints(value: dict[str, JsonValue], kind: HintKind, source: str, at: datetime) -> Iterator[SiteHint]:
    link, named = _link(_needed(value, "url")), _texts(value, "domains")
    domains = {registrable(one) for one in named or (link,)} - {""}
    if not link or not domains:
        raise ValueError("an entry without a link, or without a domain of its own")
    for domain in sorted(domains):
        yield SiteHint(
            id=hint_id(kind, domain),
            kind=kind,
            domain=domain,
            name=_needed(value, "name"),
            at=at,
            source=source,
            link=link,
            difficulty=Difficulty(_needed(value, "difficulty")),
            notes=_text(value, "notes")[:_LONGEST_TEXT],
        )


def _required(value: dict[str, JsonValue]) -> Iterator[str]:
    listed = value.get("required-elements", [])
    if not isinstance(listed, list):
        raise TypeError("a list is expected")
    for one in listed:
        element = _checked(one)
        if element.get("optional") is not True:
            yield _needed(element, "desc")


def _needed(value: dict[str, JsonValue], name: str) -> str:
    text = _text(value, name)
    if not text:
        raise ValueError(f"{name} is missing")
    return text


def _text(value: dict[str, JsonValue], name: str) -> str:
    text = value.get(name, "")
    if not isinstance(text, str):
        raise TypeError(f"{name} is not a text")
    if len(text) > _LONGEST_TEXT * 4:
        raise ValueError(f"{name} is too long")
    return text.strip()


def _texts(value: dict[str, JsonValue], name: str) -> tuple[str, ...]:
    listed = value.get(name, [])
    if not isinstance(listed, list):
        raise TypeError(f"{name} is not a list")
    return tuple(one.strip() for one in listed if isinstance(one, str) and one.strip())


def _link(text: str) -> str:
    """A web address that can be opened, or ""."""
    web = text.startswith(("https://", "http://")) and not set(text) & set(' \t\r\n<>"\\')
    return text if web and registrable(text) else ""
