"""What businesses answer and directories list, with everything that live ones do otherwise than the text says."""

import json
from datetime import UTC, datetime

import pytest
from nacl.signing import SigningKey

from vrm_desktop.canon import strict_json
from vrm_desktop.domain.drp import DrpClaim, DrpReason, DrpReport, DrpStatus
from vrm_desktop.protocol.drp_directory import Agent, read_directory
from vrm_desktop.protocol.drp_signing import key_text
from vrm_desktop.protocol.drp_statuses import error_members, read_fatal, read_report, read_token, report_members
from vrm_desktop.protocol.errors import Malformed

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
KEY = bytes(SigningKey(bytes(32)).verify_key)


def _said(**members: object) -> bytes:
    return json.dumps({"request_id": "q-1", "status": "in_progress", **members}).encode()


def test_a_status_comes_back_as_it_was() -> None:
    report = DrpReport(
        request_id="q-1",
        status=DrpStatus.IN_PROGRESS,
        reason=DrpReason.NEED_USER_VERIFICATION,
        agent_request_id="n-1",
        received_at=NOW,
        expected_by=NOW,
        details="many records",
        verification_url="https://shop.example/verify",
        results_url="https://shop.example/results",
        expires_at=NOW,
    )
    assert read_report(strict_json.encode(report_members(report))) == report
    bare = DrpReport(request_id="q-1", status=DrpStatus.OPEN)
    assert report_members(bare) == {"request_id": "q-1", "status": "open"}


def test_reasons_count_only_where_they_belong() -> None:
    assert read_report(_said(reason="no_match")).reason is None
    assert read_report(_said(reason="")).reason is None
    assert read_report(_said(status="denied", reason="no_match")).reason is DrpReason.NO_MATCH
    assert read_report(_said(status="denied", reason="new reason")).reason is DrpReason.OTHER
    assert read_report(_said(status="denied", reason=["x"])).reason is DrpReason.OTHER


def test_what_cannot_be_read_is_left_out() -> None:
    report = read_report(
        _said(
            expected_by="soon",
            agent_request_id=7,
            processing_details="x" * 5000,
            user_verification_url="http://shop.example",
        )
    )
    assert (report.expected_by, report.agent_request_id, report.verification_url) == (None, "", "")
    assert len(report.details) == 4000
    assert read_report(_said(processing_details=7)).details == ""


def test_a_status_that_leaves_out_its_id_is_that_of_the_request_asked_for() -> None:
    assert read_report(b'{"status":"open"}', known="q-9").request_id == "q-9"


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"status":"done","request_id":"1"}', b'{"status":"open"}'])
def test_what_is_no_status_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        read_report(data)


def test_a_token_is_opaque_and_fits_a_header() -> None:
    assert read_token(b'{"agent-id":"A","token":"abc=="}', agent_id="A") == "abc=="
    assert read_token(b'{"token":"abc"}', agent_id="A") == "abc"
    for bad in (b"{}", b'{"token":""}', b'{"token":"a b"}', b'{"token":"a\\nb"}', b'{"agent-id":"B","token":"a"}'):
        with pytest.raises(Malformed):
            read_token(bad, agent_id="A")


def test_an_error_says_whether_it_is_for_good() -> None:
    assert read_fatal(strict_json.encode(error_members(400, "no", fatal=True)))
    assert not read_fatal(strict_json.encode(error_members(400, "no", fatal=False)))
    assert not read_fatal(b"<html>")


def test_live_entries_are_read_with_their_misspelling_and_their_ids() -> None:
    live = {
        "id": "OSIRPIP-CBID-Prod_001",
        "name": "",
        "logo": None,
        "api_base": "https://osiraa.example/pip/",
        "supported_actions": ["access", "deletion"],
        "supported_verfications": ["email", "phone", "address", "blood"],
        "web_url": "https://osiraa.example",
        "technical_contact": "fixme",
        "business_contact": "",
    }
    (business,) = read_directory(json.dumps([live]).encode()).businesses
    assert (business.id, business.name) == ("OSIRPIP-CBID-Prod_001", "OSIRPIP-CBID-Prod_001")
    assert business.api_base == "https://osiraa.example/pip"
    assert business.asks == (DrpClaim.EMAIL, DrpClaim.PHONE, DrpClaim.ADDRESS)
    assert business.unknown == ("blood",)
    assert business.contact == "fixme"
    assert read_directory(json.dumps(business.members).encode()).businesses[0].asks == business.asks


def test_both_spellings_and_both_names_make_one_list() -> None:
    entry = {
        "id": "A",
        "api_base": "https://a.example",
        "supported_verifications": ["phone_number"],
        "supported_verfications": ["phone", "email"],
    }
    (business,) = read_directory(json.dumps(entry).encode()).businesses
    assert business.asks == (DrpClaim.PHONE, DrpClaim.EMAIL)


def test_agents_are_read_and_written() -> None:
    agent = Agent(id="CR_AA_PS-DRP_PROD_01", name="Slip", key=KEY, web="https://slip.example")
    found = read_directory(strict_json.encode([agent.members]))
    assert (found.agents, found.businesses, found.left_out) == ((agent,), (), 0)
    with pytest.raises(Malformed):
        Agent(id="A", name="", key=b"short")


def test_entries_that_cannot_be_used_are_counted() -> None:
    rows = [
        "text",
        {"id": "A"},
        {"id": "A", "verify_key": "short"},
        {"id": "B", "api_base": "http://plain.example"},
        {"id": "", "verify_key": key_text(KEY)},
        {"id": "C", "verify_key": key_text(KEY)},
        {"id": "C", "name": "newer", "verify_key": key_text(KEY)},
    ]
    found = read_directory(json.dumps(rows).encode())
    assert [one.name for one in found.agents] == ["newer"]
    assert found.left_out == 5


@pytest.mark.parametrize("data", [b"", b"7", b"{", json.dumps([{}] * 10_001).encode()])
def test_what_is_no_directory_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        read_directory(data)
