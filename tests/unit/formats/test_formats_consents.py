"""Consent records and receipts: every term exists, what is written is read back, and faults are caught."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.public_data import shared_data
from vrm_desktop.domain.consent import Consent, ConsentEvent, ConsentFrom, ConsentItem, ConsentWord
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.ids import MessageId, RelationshipId, VendorId
from vrm_desktop.domain.profile import PD
from vrm_desktop.formats import consent_dpv, consent_kantara
from vrm_desktop.formats.consent_parts import Party
from vrm_desktop.formats.errors import NotAReceipt

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
SHOP = Party(
    name="Radhaus Süd",
    id="k" * 43,
    address="Speichengasse 4\n50937 Köln",
    country="DE",
    email="hallo@radhaus.example",
    phone="+49 221 555",
    url="https://radhaus.example",
)
TERM = re.compile(r"(dpv|pd|eu-gdpr|loc):([A-Za-z0-9-]+)")


def event(word: ConsentWord, **members: Any) -> ConsentEvent:
    return ConsentEvent(word=word, at=NOW, **members)


CONSENT = Consent(
    id="consent-1",
    vendor=VendorId("v1"),
    relationship=RelationshipId("r1"),
    at=NOW,
    items=tuple(
        ConsentItem(name=f"profile.{path.value}", purpose=purpose, pd=pd, until=date(2027, 1, 31))
        for (path, pd), purpose in zip(PD.items(), [*Purpose, *Purpose], strict=False)
    ),
    events=(
        event(ConsentWord.GIVEN, until=date(2027, 1, 31), message=MessageId("m" * 43)),
        event(ConsentWord.RENEWED),
        event(ConsentWord.WITHDRAWN, names=("profile.phone",)),
        event(ConsentWord.EXPIRED),
        event(ConsentWord.REFUSED),
    ),
    notice="News about bikes",
    language="en",
)
GIVEN = replace(CONSENT, events=CONSENT.events[:1])


def emitted(value: object) -> Iterator[str]:
    """Every text in a document, names of members too, but not the words of people."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield name
            if not name.startswith(("dct:", "@context", "rdf:value", "dpv:hasName")):
                yield from emitted(one)
    elif isinstance(value, list):
        for one in value:
            yield from emitted(one)
    elif isinstance(value, str):
        yield value


def terms() -> set[str]:
    known = set()
    for name in ("dpv", "pd", "eu-gdpr", "loc"):
        with (shared_data("dpv-2.3") / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            known |= {f"{name}:{row['term']}" for row in csv.DictReader(file)}
    return known


def documents() -> list[bytes]:
    nowhere = Party(name="Someone")
    made_up = (ConsentItem(name="shoe size", purpose="walking"), ConsentItem(name="x", purpose="y", pd="FamilyName"))
    odd = replace(CONSENT, notice="", language="", items=made_up)
    return [
        consent_dpv.record(CONSENT, person="p" * 43, controller=SHOP),
        consent_dpv.record(odd, person="p" * 43, controller=nowhere),
        consent_dpv.record(CONSENT, person="p" * 43, controller=replace(SHOP, country="US")),
        consent_dpv.receipt([CONSENT, odd], id="receipt-1", person="p" * 43, controller=SHOP, made=NOW),
    ]


def test_every_term_that_is_emitted_exists() -> None:
    known = terms()
    found = {text for data in documents() for text in emitted(json.loads(data)) if TERM.fullmatch(text)}
    assert len(found) > 40
    assert found <= known


@pytest.mark.parametrize(
    "word", ["dpv:hasExpiry", "dpv:ConsentStatusGiven", "dpv:ConsentTerminated", "dpv:hasLegalName"]
)
def test_the_terms_that_others_made_up_would_be_noticed(word: str) -> None:
    assert TERM.fullmatch(word)
    assert word not in terms()


def test_every_country_of_the_gdpr_is_a_place() -> None:
    assert {f"loc:{code}" for code in consent_dpv.GDPR} <= terms()


def test_a_record_says_what_it_conforms_to_by_where_the_controller_is() -> None:
    european, nowhere, american, receipt = (json.loads(data) for data in documents())
    assert european["dct:conformsTo"].endswith("#record-eu-gdpr")
    assert nowhere["dct:conformsTo"].endswith("#record")
    assert american["dpv:hasProcess"][0]["dpv:hasLegalBasis"] == "dpv:ExpressedConsent"
    assert receipt["dct:conformsTo"].endswith("#receipt-eu-gdpr")


def test_what_is_written_is_read_back() -> None:
    read = consent_dpv.read(consent_dpv.record(CONSENT, person="p", controller=SHOP))
    assert read.origin is ConsentFrom.DPV
    assert read.items == CONSENT.items
    assert [(one.word, one.at, one.until, one.names) for one in read.events] == [
        (one.word, one.at, one.until, one.names) for one in CONSENT.events
    ]
    assert read.controller == SHOP
    assert (read.notice, read.language, read.id) == ("News about bikes", "en", "consent-1")


def test_a_receipt_reads_as_its_first_record() -> None:
    data = consent_dpv.receipt([CONSENT], id="receipt-1", person="p", controller=SHOP, made=NOW)
    assert consent_dpv.read(data).items == CONSENT.items


def test_whole_iris_and_other_prefixes_are_understood() -> None:
    text = consent_dpv.record(GIVEN, person="p", controller=SHOP).decode()
    text = text.replace('"dpv":"https://w3id.org/dpv#"', '"d":"https://w3id.org/dpv#"').replace('"dpv:', '"d:')
    assert consent_dpv.read(text.replace('"d:ConsentGiven', '"https://w3id.org/dpv#ConsentGiven').encode()).items


@pytest.mark.parametrize(
    "fault",
    [
        lambda _: b"{}",
        lambda _: b"[1]",
        lambda _: b"not json",
        lambda _: b" " * 300_000,
        lambda data: data.replace(b"dpv:ConsentGiven", b"dpv:ConsentUnknown"),
        lambda data: data.replace(b"dpv:hasPersonalData", b"dpv:hasPersonalDatum"),
        lambda data: data.replace(b"2026-11-22T10:30:00Z", b"yesterday"),
        lambda data: data.replace(b"2026-11-22T10:30:00Z", b"2026-11-22T10:30:00"),
        lambda data: data.replace(b'"dpv:hasName"', b'"dpv:hasNamed"'),
    ],
)
def test_what_is_no_record_is_refused(fault: Callable[[bytes], bytes]) -> None:
    with pytest.raises(NotAReceipt):
        consent_dpv.read(fault(consent_dpv.record(GIVEN, person="p", controller=SHOP)))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 9) | st.sampled_from(["dpv:ConsentRecord", "x", "2026-01-01"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(consent_dpv.CONTEXT)), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["@type", "dpv:hasProcess", "dpv:hasConsentStatus", "@context"]), JSON))
def test_any_object_is_read_or_refused(value: dict[str, Any]) -> None:
    for read in (consent_dpv.read, consent_kantara.read):
        with pytest.raises(NotAReceipt):
            read(json.dumps(value).encode())


def kantara_schema() -> dict[str, Any]:
    text = (shared_data("kantara") / "consent-receipt-v1_1-schema.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(re.sub(r"(?m)^\s*//.*$", "", text))
    return schema


def kantara_sample() -> dict[str, Any]:
    text = (shared_data("kantara") / "consent-receipt-v1_1-example.json").read_text(encoding="utf-8")
    sample: dict[str, Any] = json.loads(text)
    return sample


def test_the_public_example_is_read() -> None:
    read = consent_kantara.read(json.dumps(kantara_sample()).encode())
    assert read.controller.name == "Ankh-Morpork Times"
    assert read.controller.email == "william@times.ankh-morpork.xyz"
    assert {item.purpose for item in read.items} == {
        "To provide contracted services",
        "To personalize service experience",
        "To market services",
    }
    assert len(read.items) == 8
    assert read.at == datetime(2017, 11, 13, 17, 0, tzinfo=UTC)


def test_what_is_exported_validates_and_is_read_back() -> None:
    data = consent_kantara.write(GIVEN, person="p" * 43, controller=SHOP, policy="https://radhaus.example/privacy")
    jsonschema.Draft4Validator(kantara_schema()).validate(json.loads(data))
    read = consent_kantara.read(data)
    assert read.id == GIVEN.id
    assert [item.purpose for item in read.items] == [item.purpose for item in GIVEN.items]
    assert {item.until for item in read.items} == {date(2027, 1, 31)}


def test_what_does_not_stand_has_no_such_receipt() -> None:
    for consent in (replace(CONSENT, events=(event(ConsentWord.REFUSED),)), CONSENT):
        with pytest.raises(NotAReceipt):
            consent_kantara.write(consent, person="p", controller=SHOP)


FAULTS: list[Callable[[dict[str, Any]], object]] = [
    lambda one: one.update(consentTimestamp="1510592400"),
    lambda one: one.update(consentTimestamp=-1),
    lambda one: one.update(sensitive="true"),
    lambda one: one.update(spiCat="1 - Biographical"),
    lambda one: one.update(jurisdiction=7),
    lambda one: one.update(piiControllers=[7]),
    lambda one: one["piiControllers"][0].pop("phone"),
    lambda one: one["piiControllers"][0].update(address="Gleam Street"),
    lambda one: one["services"][0].pop("purposes"),
    lambda one: one["services"][0]["purposes"][0].pop("consentType"),
    lambda one: one["services"][0]["purposes"][0].pop("thirdPartyName"),
    lambda one: one["services"][0]["purposes"][0].pop("thirdPartyDisclosure"),
    lambda one: one["services"][0]["purposes"][0].update(piiCategory="2 - Contact"),
    lambda one: one["services"][0]["purposes"][0].update(purpose=7),
]
REQUIRED = (
    "jurisdiction",
    "consentTimestamp",
    "collectionMethod",
    "consentReceiptID",
    "piiPrincipalId",
    "piiControllers",
    "services",
    "policyUrl",
    "sensitive",
    "spiCat",
)


@pytest.mark.parametrize("fault", range(len(FAULTS) + len(REQUIRED)))
def test_a_planted_fault_is_caught_by_the_schema_and_by_us(fault: int) -> None:
    sample = kantara_sample()
    assert jsonschema.Draft4Validator(kantara_schema()).is_valid(sample)
    if fault < len(FAULTS):
        FAULTS[fault](sample)
    else:
        sample.pop(REQUIRED[fault - len(FAULTS)])
    assert not jsonschema.Draft4Validator(kantara_schema()).is_valid(sample)
    with pytest.raises(NotAReceipt):
        consent_kantara.read(json.dumps(sample).encode())


def test_another_version_or_nothing_but_duties_is_refused() -> None:
    sample = kantara_sample()
    with pytest.raises(NotAReceipt):
        consent_kantara.read(json.dumps(sample | {"version": "KI-CR-v1.0.0"}).encode())
    sample["services"][0]["purposes"] = sample["services"][0]["purposes"][3:]
    with pytest.raises(NotAReceipt):
        consent_kantara.read(json.dumps(sample).encode())
    with pytest.raises(NotAReceipt):
        consent_kantara.read(b" " * 300_000)
