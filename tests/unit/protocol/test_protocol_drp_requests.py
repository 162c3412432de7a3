"""What an agent asks: every trap in reading names, addresses, moments and links."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.domain.drp import DrpAction, DrpIdentity, DrpRegime
from vrm_desktop.protocol.drp_members import identity_members, link, moment, read_identity, text, texts, written
from vrm_desktop.protocol.drp_requests import (
    LONGEST_WINDOW,
    Exercise,
    Header,
    exercise_members,
    header_for,
    read_exercise,
    read_header,
    read_revocation,
    revoke_members,
)
from vrm_desktop.protocol.errors import Malformed, Unsupported

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
WHOLE = DrpIdentity(
    name="Jane Doe",
    email="jane@example.org",
    phone="+4930123456",
    street="Weg 1",
    locality="Köln",
    region="NW",
    postal_code="50667",
    country="DE",
)


def _members(**more: JsonValue) -> dict[str, JsonValue]:
    header = header_for("AGENT", "SHOP", NOW)
    exercise = Exercise(action=DrpAction.ACCESS, regime=DrpRegime.CCPA, identity=WHOLE, agent_request_id="n-1")
    return {**exercise_members(header, exercise), **more}


def test_a_header_holds_for_at_most_ten_minutes_and_is_past_for_a_clock_that_is_behind() -> None:
    header = header_for("AGENT", "SHOP", NOW)
    assert header.issued_at < NOW < header.expires_at
    assert header.expires_at - header.issued_at <= timedelta(minutes=10) < LONGEST_WINDOW
    assert read_header(header.members) == header


def test_a_request_comes_back_as_it_was() -> None:
    assert read_exercise(_members()) == Exercise(
        action=DrpAction.ACCESS, regime=DrpRegime.CCPA, identity=WHOLE, agent_request_id="n-1"
    )


def test_a_voluntary_request_names_no_regime_and_what_is_not_told_is_not_there() -> None:
    header = header_for("AGENT", "SHOP", NOW)
    request = Exercise(
        action=DrpAction.SALE_OPT_OUT,
        regime=DrpRegime.VOLUNTARY,
        identity=DrpIdentity(email="jane@example.org"),
        spelled="sale:opt_out",
    )
    members = exercise_members(header, request)
    assert set(members) - set(header.members) == {"exercise", "relationships", "email"}
    assert members["exercise"] == "sale:opt_out"
    assert read_exercise(members).action is DrpAction.SALE_OPT_OUT


def test_an_empty_text_is_an_absent_one() -> None:
    read = read_exercise(_members(regime="", name="", phone_number=None, address=None, relationships=""))
    assert read.regime is DrpRegime.VOLUNTARY
    assert read.identity == DrpIdentity(email="jane@example.org")


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ({"name": "Doe, Jane"}, "Jane Doe"),
        ({"name": "Jane Doe"}, "Jane Doe"),
        ({"name": "Doe, Jane, PhD"}, "Doe, Jane, PhD"),
        ({"name": "Doe,"}, "Doe,"),
        ({"given_name": "Jane", "family_name": "Doe"}, "Jane Doe"),
        ({"name": "", "family_name": "Doe"}, "Doe"),
    ],
)
def test_names_are_read_in_either_order(said: dict[str, JsonValue], name: str) -> None:
    assert read_identity(said).name == name


def test_an_address_may_be_one_text() -> None:
    assert read_identity({"address": {"formatted": "Weg 1\nKöln"}}).street == "Weg 1\nKöln"
    assert read_identity({"address": "Weg 1"}).street == "Weg 1"
    assert read_identity({"address": {"locality": "Köln", "formatted": "Weg 1"}}).street == ""
    with pytest.raises(Malformed):
        read_identity({"address": ["Weg 1"]})


def test_nothing_told_is_nothing_said() -> None:
    assert identity_members(DrpIdentity()) == {}


@pytest.mark.parametrize("said", [{"exercise": "forget"}, {"regime": "mars"}])
def test_what_nobody_knows_is_not_supported(said: dict[str, JsonValue]) -> None:
    with pytest.raises(Unsupported):
        read_exercise(_members(**said))


@pytest.mark.parametrize("key", ["agent-id", "business-id", "issued-at", "expires-at"])
def test_a_header_lacks_nothing(key: str) -> None:
    members = _members()
    del members[key]
    with pytest.raises(Malformed):
        read_header(members)


def test_moments_are_read_in_every_zone() -> None:
    at_two = datetime(2026, 11, 22, 10, tzinfo=timezone(timedelta(hours=2)))
    assert written(at_two) == "2026-11-22T08:00:00Z"
    assert moment({"m": "2026-11-22T10:00:00.250+02:00"}, "m") == NOW + timedelta(milliseconds=250)
    assert moment({"m": "2026-11-22T08:00:00"}, "m") == NOW
    assert moment({"m": "2026-11-22"}, "m") == datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC)
    assert moment({}, "m") is None
    for bad in ("yesterday", "2026-13-40", "2026-02-30T00:00:00Z", "0001-01-01T00:00:00+14:00"):
        with pytest.raises(Malformed):
            moment({"m": bad}, "m")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("https://shop.example/v/1?x=2#y", "https://shop.example/v/1?x=2#y"),
        ("http://127.0.0.1:8080/v", "http://127.0.0.1:8080/v"),
        ("http://shop.example/v", ""),
        ("javascript:alert(1)", ""),
        ("https://jane@shop.example/", ""),
        ("https://shop.example/a b", ""),
        ("https://shop.example/\u202etxt", ""),
        ("https://[half/", ""),
        ("", ""),
        (7, ""),
        ("https://shop.example/" + "a" * 2000, ""),
    ],
)
def test_only_a_safe_link_is_one(said: JsonValue, shown: str) -> None:
    assert link({"l": said}, "l") == shown


def test_texts_have_their_bounds() -> None:
    with pytest.raises(Malformed):
        text({"t": 7}, "t")
    with pytest.raises(Malformed):
        text({"t": "x" * 201}, "t")
    assert texts({"l": ["a", 7, "", "b"]}, "l") == ("a", "b")
    for bad in ("a", ["a"] * 21):
        with pytest.raises(Malformed):
            texts({"l": bad}, "l")  # type: ignore[dict-item] # a list of texts is JSON


def test_a_revocation_says_why_or_not() -> None:
    assert read_revocation(revoke_members("changed my mind")) == "changed my mind"
    assert read_revocation({}) == ""


def test_a_header_is_no_claim_of_more_than_five_keys() -> None:
    header = Header(agent_id="A", business_id="B", issued_at=NOW, expires_at=NOW)
    assert set(header.members) == {"agent-id", "business-id", "issued-at", "expires-at", "drp.version"}
