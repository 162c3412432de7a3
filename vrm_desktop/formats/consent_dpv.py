"""Consent records after ISO/IEC TS 27560, in the profile dpv-27560 of the Data Privacy Vocabulary 2.3, as JSON-LD.

A record says everything that happened, event by event; a receipt wraps records. Nothing else than names stands for the
data: no value of the person is in them. The context is a small one of our own, for nobody publishes one.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.domain.consent import Consent, ConsentEvent, ConsentFrom, ConsentItem, ConsentWord
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.profile import PD
from vrm_desktop.formats.consent_parts import LARGEST, LONGEST_TEXT, MOST_ENTRIES, Party, ReadReceipt
from vrm_desktop.formats.errors import NotAReceipt

CONTEXT: Final[Mapping[str, str]] = {
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "loc": "https://w3id.org/dpv/loc#",
    "pd": "https://w3id.org/dpv/pd#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
}
PROFILE: Final = "https://w3id.org/dpv/schema/dpv-27560#"
GDPR: Final = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()  # noqa: SIM905 - thirty codes read better in one line
)
PURPOSES: Final[Mapping[str, str]] = {
    Purpose.QUOTE: "dpv:SellProductsToDataSubject",
    Purpose.DELIVERY: "dpv:DeliveryOfGoods",
    Purpose.PAYMENT: "dpv:PaymentManagement",
    Purpose.CONTACT: "dpv:CommunicationForCustomerCare",
    Purpose.SERVICE: "dpv:RequestedServiceProvision",
    Purpose.MARKETING: "dpv:DirectMarketing",
    Purpose.RESEARCH: "dpv:ResearchAndDevelopment",
    Purpose.PERSONALISATION: "dpv:Personalisation",
    Purpose.RIGHTS: "dpv:RightsFulfilment",
}
STATES: Final[Mapping[ConsentWord, str]] = {
    ConsentWord.GIVEN: "dpv:ConsentGiven",
    ConsentWord.RENEWED: "dpv:RenewedConsentGiven",
    ConsentWord.REFUSED: "dpv:ConsentRefused",
    ConsentWord.WITHDRAWN: "dpv:ConsentWithdrawn",
    ConsentWord.EXPIRED: "dpv:ConsentExpired",
}
RIGHTS: Final = ("eu-gdpr:A7-3", "eu-gdpr:A15", "eu-gdpr:A17", "eu-gdpr:A20", "eu-gdpr:A77")
_OWN_PD = frozenset(PD.values())
"""The terms that are sure to exist; another's receipt, or an older version, may name others."""
_COUNTRY = re.compile(r"[A-Z]{2}")
_WORDS = {state: word for word, state in STATES.items()} | {"dpv:ConsentRevoked": ConsentWord.WITHDRAWN}
_PURPOSES = {term: purpose for purpose, term in PURPOSES.items()}
_PREFIXES = {iri: prefix for prefix, iri in CONTEXT.items()}


def record(consent: Consent, *, person: str, controller: Party) -> bytes:
    """The record as a document; `person` is what the controller knows the person by (the key used with it alone)."""
    return strict_json.encode({"@context": dict(CONTEXT), **_record(consent, person, controller)})


def receipt(consents: Sequence[Consent], *, id: str, person: str, controller: Party, made: datetime) -> bytes:
    """A receipt that wraps the records of one controller."""
    return strict_json.encode(
        {
            "@context": dict(CONTEXT),
            "@type": "dpv:ConsentReceipt",
            "dct:conformsTo": PROFILE + ("receipt-eu-gdpr" if _gdpr(controller) else "receipt"),
            "dct:created": _instant(made),
            "dct:audience": controller.name,
            "dpv:hasIdentifier": id,
            "dpv:hasRecordOfActivity": [_record(one, person, controller) for one in consents],
        }
    )


def read(data: bytes) -> ReadReceipt:
    """What a record, or the first record of a receipt, says.

    Raises:
        NotAReceipt: it is neither, in this profile, or says too little to be kept.
    """
    if len(data) > LARGEST:
        raise NotAReceipt("larger than 256 KiB")
    try:
        whole = _object(strict_json.decode(data))
    except CanonError as error:
        raise NotAReceipt(str(error)) from error
    prefixes = _prefixes(whole.get("@context"))
    found = _expanded(whole, prefixes)
    if found.get("@type") == "dpv:ConsentReceipt":
        found = _object(_first(found.get("dpv:hasRecordOfActivity")))
    if found.get("@type") != "dpv:ConsentRecord":
        raise NotAReceipt("neither a consent record nor a receipt")
    try:
        return _read(found)
    except (DomainError, ValueError) as error:
        raise NotAReceipt(str(error)) from error


def _record(consent: Consent, person: str, controller: Party) -> dict[str, object]:
    gdpr = _gdpr(controller)
    notice: dict[str, object] = {"@type": "dpv:ConsentNotice", "dct:date": _instant(consent.at)}
    if consent.notice:
        notice["dct:description"] = consent.notice
    if consent.language:
        notice["dct:language"] = consent.language
    entity: dict[str, object] = {
        "@id": "_:controller",
        "@type": "dpv:DataController",
        "dpv:hasName": controller.name,
        "dpv:hasIdentifier": controller.id or controller.name,
    }
    contact = {"email": controller.email, "telephone": controller.phone, "url": controller.url}
    if any(contact.values()):
        entity["schema:contactPoint"] = {f"schema:{name}": value for name, value in contact.items() if value}
    if controller.address:
        entity["dpv:hasAddress"] = controller.address
    return {
        "@type": "dpv:ConsentRecord",
        "dct:conformsTo": PROFILE + ("record-eu-gdpr" if gdpr else "record"),
        "dct:identifier": consent.id,
        "dct:created": _instant(consent.at),
        "dpv:hasIdentifier": consent.id,
        "dpv:hasDataSubject": person,
        "dpv:hasNotice": notice,
        "dpv:hasEntity": [entity],
        "dpv:hasProcess": [_process(item, controller, gdpr=gdpr) for item in consent.items],
        "dpv:hasConsentStatus": [_status(event) for event in consent.events],
    }


def _process(item: ConsentItem, controller: Party, *, gdpr: bool) -> dict[str, object]:
    until: dict[str, object] = {"@type": "dpv:IndeterminateDuration"}
    if item.until is not None:
        until = {"@type": "dpv:UntilTimeDuration", "rdf:value": item.until.isoformat()}
    data: dict[str, object] = {
        "@type": f"pd:{item.pd}" if item.pd in _OWN_PD else "dpv:PersonalData",
        "dct:title": item.name,
    }
    purpose: dict[str, object] = (
        {"@type": PURPOSES[item.purpose]}
        if item.purpose in PURPOSES
        else {
            "@type": "dpv:Purpose",
            "dct:title": item.purpose,
        }
    )
    process: dict[str, object] = {
        "@type": "dpv:Process",
        "dpv:hasPurpose": purpose,
        "dpv:hasPersonalData": [data],
        "dpv:hasProcessing": ["dpv:Collect", "dpv:Store", "dpv:Use"],
        "dpv:hasDataSource": "dpv:DataSubjectDataSource",
        "dpv:hasStorageCondition": [
            {"@type": "dpv:StorageDuration", "dpv:hasDuration": until},
            {"@type": "dpv:StorageDeletion", "dpv:hasDuration": until},
        ],
        "dpv:hasDataController": {"@id": "_:controller"},
        "dpv:hasRecipient": {"@id": "_:controller"},
        "dpv:hasLegalBasis": "eu-gdpr:A6-1-a" if gdpr else "dpv:ExpressedConsent",
        "dpv:hasConsentControl": {
            "@type": "dpv:WithdrawConsent",
            "dpv:isExercisedAt": controller.url or controller.email or controller.address or controller.name,
        },
        "dpv:hasNecessity": "dpv:Optional",
    }
    if _COUNTRY.fullmatch(controller.country):
        process["dpv:hasJurisdiction"] = f"loc:{controller.country}"
    if gdpr:
        process["dpv:hasRight"] = list(RIGHTS)
    return process


def _status(event: ConsentEvent) -> dict[str, object]:
    status: dict[str, object] = {
        "@type": STATES[event.word],
        "dpv:isIndicatedAtTime": _instant(event.at),
        "dpv:isIndicatedBy": "dpv:DataSubject",
    }
    if event.until is not None:
        status["dpv:hasDuration"] = {"@type": "dpv:UntilTimeDuration", "rdf:value": event.until.isoformat()}
    if event.message is not None:
        status["dpv:hasIndicationMethod"] = f"signed message {event.message}"
    if event.names:
        status["dct:coverage"] = ", ".join(event.names)
    return status


def _gdpr(controller: Party) -> bool:
    return controller.country in GDPR


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(found: Mapping[str, object]) -> ReadReceipt:
    statuses = [_object(one) for one in _list(found.get("dpv:hasConsentStatus"))]
    events = tuple(_event(one) for one in statuses if one.get("@type") in _WORDS)
    items = tuple(item for one in _list(found.get("dpv:hasProcess")) for item in _items(_object(one)))
    if not events or not 1 <= len(items) <= MOST_ENTRIES:
        raise NotAReceipt("no state of consent, or no data that it is about")
    notice = _object(_first(found.get("dpv:hasNotice"), {}))
    entity = _object(_first(found.get("dpv:hasEntity"), {}))
    contact = _object(_first(entity.get("schema:contactPoint"), {}))
    name = _text(entity.get("dpv:hasName"))
    if not name:
        raise NotAReceipt("it does not say whose it is")
    process = _object(_first(found.get("dpv:hasProcess")))
    country = _text(process.get("dpv:hasJurisdiction")).removeprefix("loc:")
    return ReadReceipt(
        origin=ConsentFrom.DPV,
        id=_text(found.get("dpv:hasIdentifier")) or _text(found.get("dct:identifier")),
        at=events[0].at,
        controller=Party(
            name=name,
            id=_text(entity.get("dpv:hasIdentifier")),
            address=_text(entity.get("dpv:hasAddress")),
            country=country if _COUNTRY.fullmatch(country) else "",
            email=_text(contact.get("schema:email")),
            phone=_text(contact.get("schema:telephone")),
            url=_text(contact.get("schema:url")),
        ),
        notice=_text(notice.get("dct:description")),
        items=items,
        events=events,
        language=_text(notice.get("dct:language")),
        jurisdiction=country,
    )


def _event(status: Mapping[str, object]) -> ConsentEvent:
    duration = _object(_first(status.get("dpv:hasDuration"), {}))
    coverage = _text(status.get("dct:coverage"))
    return ConsentEvent(
        word=_WORDS[_text(status.get("@type"))],
        at=read_instant(_text(status.get("dpv:isIndicatedAtTime"))),
        until=_day(duration),
        names=tuple(part.strip() for part in coverage.split(",") if part.strip()),
    )


def _items(process: Mapping[str, object]) -> list[ConsentItem]:
    purpose = _first(process.get("dpv:hasPurpose"), {})
    term = _text(purpose) or _text(_object(purpose).get("@type"))
    said = _text(_object(purpose).get("dct:title")) if isinstance(purpose, Mapping) else ""
    until = None
    for one in _list(process.get("dpv:hasStorageCondition")):
        until = until or _day(_object(_first(_object(one).get("dpv:hasDuration"), {})))
    items = []
    for data in _list(process.get("dpv:hasPersonalData")):
        kind = _text(data) or _text(_object(data).get("@type"))
        title = _text(data.get("dct:title")) if isinstance(data, Mapping) else ""
        pd = kind.removeprefix("pd:") if kind.startswith("pd:") else ""
        name = title or pd or kind
        items.append(
            ConsentItem(name=name, purpose=said or _PURPOSES.get(term, term.removeprefix("dpv:")), pd=pd, until=until)
        )
    return items


def read_instant(text: str) -> datetime:
    """An instant of a receipt, in UTC.

    Raises:
        ValueError: it is none, or says no time zone.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("an instant without a time zone")
    return moment.astimezone(UTC).replace(microsecond=0)


def _day(duration: Mapping[str, object]) -> date | None:
    value = duration.get("rdf:value")
    return date.fromisoformat(_text(value)[:10]) if duration.get("@type") == "dpv:UntilTimeDuration" else None


def _prefixes(context: object) -> dict[str, str]:
    """Which of our prefixes each prefix of a document stands for."""
    found = {prefix: prefix for prefix in CONTEXT}
    for one in _list(context):
        if isinstance(one, Mapping):
            found |= {
                str(name): _PREFIXES[iri] for name, iri in one.items() if isinstance(iri, str) and iri in _PREFIXES
            }
    return found


def _expanded(value: Mapping[str, object], prefixes: Mapping[str, str]) -> dict[str, object]:
    """The document with our prefixes in all its names and terms, whichever it uses itself."""
    return {_term(name, prefixes): _inside(one, prefixes) for name, one in value.items()}


def _inside(value: object, prefixes: Mapping[str, str]) -> object:
    match value:
        case str():
            return _term(value, prefixes)
        case Mapping():
            return _expanded({str(name): one for name, one in value.items()}, prefixes)
        case list() | tuple():
            return [_inside(one, prefixes) for one in value]
        case _:
            return value


def _term(text: str, prefixes: Mapping[str, str]) -> str:
    for iri, prefix in _PREFIXES.items():
        if text.startswith(iri):
            return f"{prefix}:{text.removeprefix(iri)}"
    prefix, colon, rest = text.partition(":")
    return f"{prefixes[prefix]}:{rest}" if colon and prefix in prefixes else text


def _object(value: object) -> dict[str, object]:
    if not isinstance(value, Mapping):
        return {}
    return {str(name): one for name, one in value.items()}


def _list(value: object) -> list[object]:
    if value is None:
        return []
    return list(value)[:MOST_ENTRIES] if isinstance(value, list | tuple) else [value]


def _first(value: object, otherwise: object = None) -> object:
    found = _list(value)
    return found[0] if found else otherwise


def _text(value: object) -> str:
    return value.strip()[:LONGEST_TEXT] if isinstance(value, str) else ""
