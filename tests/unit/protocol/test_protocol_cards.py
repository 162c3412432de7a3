"""Vendor cards: signed, bounded, pinned."""

import json
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.two_sides import CAST, NOW
from vrm_desktop.canon import strict_json
from vrm_desktop.domain.ids import Kid
from vrm_desktop.domain.vendor import OrganisationKind, VendorCard
from vrm_desktop.protocol.cards import LARGEST, check_endpoint, parse_card, sign_card
from vrm_desktop.protocol.errors import (
    BadCard,
    BadSignature,
    Expired,
    KeyChanged,
    Malformed,
    NotServed,
    ProtocolError,
    TooLarge,
)
from vrm_desktop.protocol.messages import Card, CardTerms
from vrm_desktop.protocol.signing import SeedSigner, Typ, cosign

DESK, NEW, STRANGER = SeedSigner(b"d" * 32), SeedSigner(b"n" * 32), SeedSigner(b"s" * 32)


def card(**changes: object) -> Card:
    usual = Card(
        serial=3,
        expires="2027-05-01T00:00:00Z",
        key=DESK.kid,
        name="Radhaus Beispiel",
        endpoint="https://radhaus.example/intentcast/",
        categories=("mobility",),
        terms=(CardTerms(roster=CAST.id, version=CAST.version, entry=CAST.entry),),
    )
    return msgspec.structs.replace(usual, **changes)


def parse(data: bytes, pinned: Kid | None = None, last_serial: int | None = None, now: datetime = NOW) -> VendorCard:
    return parse_card(data, now=now, pinned=pinned, last_serial=last_serial)


def resigned(**members: object) -> bytes:
    """A card with other members, signed properly over them."""
    value = strict_json.decode(sign_card(card(), DESK))
    assert isinstance(value, dict)
    del value["signature"]
    rest: dict[str, object] = {name: item for name, item in {**value, **members}.items() if item is not None}
    (signature,) = cosign(DESK, Typ.CARD, strict_json.encode(rest)).signatures
    return strict_json.encode({**rest, "signature": msgspec.to_builtins(signature)})


def test_a_card_is_read_as_it_was_signed() -> None:
    read = parse(sign_card(card(), DESK), pinned=DESK.kid, last_serial=3)
    assert read.endpoint == "https://radhaus.example/intentcast"
    assert read.expires == datetime(2027, 5, 1, tzinfo=UTC)
    assert read.kind is OrganisationKind.SHOP
    assert read.terms[0].entry == CAST.entry
    assert read.versions == (1,)


def test_a_card_may_be_spaced_for_people_and_say_more_than_is_known() -> None:
    value = strict_json.decode(resigned(motto="We love bikes"))
    assert parse(json.dumps(value, indent=2, ensure_ascii=False).encode()).name == "Radhaus Beispiel"


def test_an_organisation_of_an_unknown_kind_is_another_one() -> None:
    assert parse(sign_card(card(kind="lighthouse"), DESK)).kind is OrganisationKind.OTHER
    assert parse(sign_card(card(kind="bank"), DESK)).kind is OrganisationKind.BANK


@pytest.mark.parametrize("member", ["name", "endpoint", "serial", "categories", "key", "terms"])
def test_no_member_can_be_changed_after_signing(member: str) -> None:
    value = strict_json.decode(sign_card(card(), DESK))
    other = strict_json.decode(
        sign_card(card(name="Other", endpoint="https://o.example", serial=4, categories=(), key=NEW.kid, terms=()), NEW)
    )
    assert isinstance(value, dict)
    assert isinstance(other, dict)
    with pytest.raises(BadSignature):
        parse(strict_json.encode({**value, member: other[member]}))
    with pytest.raises(BadSignature):
        parse(strict_json.encode({**value, "added": 1}))


def test_a_message_signature_is_no_card_signature() -> None:
    value = strict_json.decode(sign_card(card(), DESK))
    assert isinstance(value, dict)
    del value["signature"]
    (signature,) = cosign(DESK, Typ.MESSAGE, strict_json.encode(value)).signatures
    with pytest.raises(BadSignature):
        parse(strict_json.encode({**value, "signature": msgspec.to_builtins(signature)}))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", Malformed),
        (b"[]", Malformed),
        (b"{}", Malformed),
        (b'{"a":1,"a":1}', Malformed),
        (b" " * (LARGEST + 1), TooLarge),
        (resigned(v=2), NotServed),
        (b'{"serial":1.5}', Malformed),
        (resigned(name=""), Malformed),
        (resigned(name=None), Malformed),
        (resigned(endpoint="http://radhaus.example"), BadCard),
        (resigned(endpoint="ftp://radhaus.example"), BadCard),
        (resigned(expires="2028-01-01T00:00:00Z"), BadCard),
        (resigned(expires="2026-11-22T11:54:00Z"), Expired),
        (resigned(expires="2026-02-30T00:00:00Z"), Malformed),
        (resigned(versions=[]), Malformed),
    ],
)
def test_a_card_of_another_form_is_refused(data: bytes, error: type[ProtocolError]) -> None:
    with pytest.raises(error):
        parse(data)


def test_the_serial_never_falls() -> None:
    data = sign_card(card(), DESK)
    parse(data, last_serial=3)
    with pytest.raises(BadCard):
        parse(data, last_serial=4)


def test_another_key_needs_the_pinned_keys_consent() -> None:
    changed = card(key=NEW.kid)
    with pytest.raises(KeyChanged):
        parse(sign_card(changed, NEW), pinned=DESK.kid)
    with pytest.raises(BadSignature):
        parse(sign_card(changed, NEW, previous=STRANGER), pinned=DESK.kid)
    assert parse(sign_card(changed, NEW, previous=DESK), pinned=DESK.kid).key == NEW.kid
    assert parse(sign_card(changed, NEW, previous=DESK)).key == NEW.kid


def test_consent_to_one_card_is_no_consent_to_another() -> None:
    first = strict_json.decode(sign_card(card(key=NEW.kid), NEW, previous=DESK))
    second = strict_json.decode(sign_card(card(key=NEW.kid, serial=9), NEW))
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    with pytest.raises(BadSignature):
        parse(strict_json.encode({**second, "previous": first["previous"]}), pinned=DESK.kid)
    with pytest.raises(Malformed):
        parse(strict_json.encode({**second, "previous": "yes"}), pinned=DESK.kid)


def test_a_card_is_signed_with_its_own_key_and_within_its_bounds() -> None:
    with pytest.raises(BadCard):
        sign_card(card(), NEW)
    with pytest.raises(Malformed):
        sign_card(card(name=""), DESK)
    with pytest.raises(TooLarge):
        sign_card(card(regions=("r" * 64,) * 400, categories=("c" * 64,) * 200), DESK)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example",
        "https://a.example:8443/x/y",
        "http://127.0.0.1:8000",
        "http://localhost/x",
        "http://[::1]:8",
    ],
)
def test_an_endpoint_is_https_or_loopback(url: str) -> None:
    assert check_endpoint(url + "/") == url


@pytest.mark.parametrize(
    "url",
    [
        "",
        "a.example",
        "https://",
        "http://a.example",
        "http://10.0.0.1",
        "http://localhost.example",
        "https://user@a.example",
        "https://a.example/?q=1",
        "https://a.example/#f",
        "https://a.example:99999",
        "https://a.example\\@b.example",
        "https://a.example/\n",
        "https://ä.example",
        "https://[::1",
        "javascript:alert(1)",
        "file:///etc/passwd",
    ],
)
def test_any_other_endpoint_is_refused(url: str) -> None:
    with pytest.raises(BadCard):
        check_endpoint(url)


@given(st.text(max_size=40))
def test_an_arbitrary_endpoint_is_https_or_refused(url: str) -> None:
    try:
        endpoint = check_endpoint(url)
    except BadCard:
        return
    assert endpoint.lower().startswith(("https://", "http://"))


def test_a_card_is_good_for_five_minutes_longer() -> None:
    data = sign_card(card(expires="2026-11-22T12:00:00Z"), DESK)
    parse(data, now=NOW + timedelta(minutes=5))
    with pytest.raises(Expired):
        parse(data, now=NOW + timedelta(minutes=5, seconds=1))
