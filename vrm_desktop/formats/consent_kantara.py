"""Consent receipts of Kantara version 1.1, for exchange with older systems. They know giving and nothing after it.

Their purposes without consent (a contract, a law) are left out when one is read: nothing could be withdrawn of them.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Final

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.domain.consent import Consent, ConsentEvent, ConsentFrom, ConsentItem, ConsentWord
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.formats.consent_parts import LARGEST, LONGEST_TEXT, MOST_ENTRIES, Party, ReadReceipt
from vrm_desktop.formats.errors import NotAReceipt

VERSION: Final = "KI-CR-v1.1.0"
_LATEST = 253_402_300_799  # the last second of the year 9999
_CATEGORIES: Final[Mapping[str, str]] = {
    Purpose.SERVICE: "2 - Contracted Service",
    Purpose.DELIVERY: "2 - Contracted Service",
    Purpose.PAYMENT: "2 - Contracted Service",
    Purpose.QUOTE: "2 - Contracted Service",
    Purpose.PERSONALISATION: "5 - Personalize Experience",
    Purpose.MARKETING: "6 - Marketing",
}
_KINDS: Final[Mapping[str, str]] = {
    "Name": "1 - Biographical",
    "BirthDate": "1 - Biographical",
    "EmailAddress": "2 - Contact",
    "TelephoneNumber": "2 - Contact",
    "Street": "2 - Contact",
    "City": "2 - Contact",
    "Region": "2 - Contact",
    "PostalCode": "2 - Contact",
    "Country": "2 - Contact",
}
_STATUTORY = frozenset({"N/A", "NA", "NONE"})


def write(consent: Consent, *, person: str, controller: Party, policy: str = "") -> bytes:
    """The receipt of a consent as it was given; `policy` is the address of the controller's privacy notice.

    Raises:
        NotAReceipt: it was never given, or does not stand any more: this form cannot say so.
    """
    given = [event for event in consent.events if event.word in {ConsentWord.GIVEN, ConsentWord.RENEWED}]
    if not given or not consent.stands:
        raise NotAReceipt("this form knows only what was given and stands")
    return strict_json.encode(
        {
            "version": VERSION,
            "jurisdiction": controller.country or consent.jurisdiction,
            "consentTimestamp": int(given[-1].at.timestamp()),
            "collectionMethod": "signed message",
            "consentReceiptID": consent.id,
            "language": consent.language or "en",
            "piiPrincipalId": person,
            "piiControllers": [
                {
                    "piiController": controller.name,
                    "contact": controller.contact or controller.name,
                    "address": {"streetAddress": controller.address, "addressCountry": controller.country},
                    "email": controller.email,
                    "phone": controller.phone,
                    "piiControllerUrl": controller.url,
                }
            ],
            "policyUrl": policy or controller.url,
            "services": [
                {
                    "service": consent.notice or controller.name,
                    "purposes": [_purpose(item) for item in consent.standing_items],
                }
            ],
            "sensitive": False,
            "spiCat": [],
        }
    )


def read(data: bytes) -> ReadReceipt:
    """What a receipt says.

    Raises:
        NotAReceipt: it is no receipt of this version, lacks a member that it must have or has one of another kind, or
            nothing in it rests on consent.
    """
    if len(data) > LARGEST:
        raise NotAReceipt("larger than 256 KiB")
    try:
        value = strict_json.decode(data)
    except CanonError as error:
        raise NotAReceipt(str(error)) from error
    if not isinstance(value, Mapping) or value.get("version") != VERSION:
        raise NotAReceipt("no Kantara receipt of version 1.1")
    _texts(value, "jurisdiction", "collectionMethod", "consentReceiptID", "piiPrincipalId", "policyUrl")
    if not isinstance(value.get("sensitive"), bool) or not _is_texts(value.get("spiCat")):
        raise NotAReceipt("it does not say whether the data is sensitive")
    at = value.get("consentTimestamp")
    if not isinstance(at, int) or isinstance(at, bool) or not 0 <= at <= _LATEST:
        raise NotAReceipt("it does not say when")
    given = datetime.fromtimestamp(at, UTC)
    items = tuple(item for service in _objects(value, "services") for item in _items(service))
    if not 1 <= len(items) <= MOST_ENTRIES:
        raise NotAReceipt("nothing in it rests on consent, or too much")
    controllers = [_controller(one) for one in _objects(value, "piiControllers")]
    services = [_text(one, "service") for one in _objects(value, "services")]
    return ReadReceipt(
        origin=ConsentFrom.KANTARA,
        id=_text(value, "consentReceiptID"),
        at=given,
        controller=controllers[0],
        notice="; ".join(services)[:LONGEST_TEXT],
        items=items,
        events=(ConsentEvent(word=ConsentWord.GIVEN, at=given),),
        language=_optional(value, "language"),
        jurisdiction=_text(value, "jurisdiction"),
    )


def _purpose(item: ConsentItem) -> dict[str, object]:
    return {
        "purpose": item.purpose,
        "purposeCategory": [_CATEGORIES.get(item.purpose, item.purpose)],
        "consentType": "EXPLICIT",
        "piiCategory": [_KINDS.get(item.pd, item.pd or item.name)],
        "primaryPurpose": item.purpose == Purpose.SERVICE,
        "termination": item.until.isoformat() if item.until is not None else "until withdrawn",
        "thirdPartyDisclosure": False,
    }


def _items(service: Mapping[str, object]) -> list[ConsentItem]:
    _text(service, "service")
    items = []
    for purpose in _objects(service, "purposes"):
        kind, termination = _text(purpose, "consentType"), _text(purpose, "termination")
        told = purpose.get("thirdPartyDisclosure")
        if not isinstance(told, bool) or (told and not _optional(purpose, "thirdPartyName")):
            raise NotAReceipt("it does not say to whom the data goes")
        categories, fields = purpose.get("purposeCategory"), purpose.get("piiCategory")
        if not _is_texts(categories) or not _is_texts(fields):
            raise NotAReceipt("a purpose without categories")
        if kind.upper() in _STATUTORY:
            continue
        said = _optional(purpose, "purpose") or ", ".join(_strings(categories))
        for name in _strings(fields):
            items.append(ConsentItem(name=name, purpose=said[:LONGEST_TEXT], until=_day(termination)))  # noqa: PERF401 - two loops read better
    return items


def _controller(value: Mapping[str, object]) -> Party:
    address = value.get("address")
    if not isinstance(address, Mapping):
        raise NotAReceipt("a controller without an address")
    lines = [one for name, one in address.items() if isinstance(one, str) and name != "addressCountry"]
    return Party(
        name=_text(value, "piiController"),
        address="\n".join(lines)[:LONGEST_TEXT],
        country=_optional(address, "addressCountry"),
        contact=_text(value, "contact"),
        email=_text(value, "email"),
        phone=_text(value, "phone"),
        url=_optional(value, "piiControllerUrl"),
    )


def _objects(value: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    found = value.get(name)
    if not isinstance(found, list) or not 1 <= len(found) <= MOST_ENTRIES:
        raise NotAReceipt(f"{name} is missing")
    objects = [one for one in found if isinstance(one, Mapping)]
    if len(objects) != len(found):
        raise NotAReceipt(f"{name} holds something else")
    return objects


def _texts(value: Mapping[str, object], *names: str) -> None:
    for name in names:
        _text(value, name)


def _text(value: Mapping[str, object], name: str) -> str:
    found = value.get(name)
    if not isinstance(found, str):
        raise NotAReceipt(f"{name} is missing")
    return found.strip()[:LONGEST_TEXT]


def _optional(value: Mapping[str, object], name: str) -> str:
    found = value.get(name, "")
    if not isinstance(found, str):
        raise NotAReceipt(f"{name} is no text")
    return found.strip()[:LONGEST_TEXT]


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _strings(value: object) -> list[str]:
    return [one[:LONGEST_TEXT] for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _day(termination: str) -> date | None:
    try:
        return date.fromisoformat(termination)
    except ValueError:
        return None
