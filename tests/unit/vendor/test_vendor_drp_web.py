"""The desk's addresses of the Data Rights Protocol and the page for the shop's people, through the real application."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from tests.fakes.drp_agent import DrpAgent, answering_shop, drp_settings
from tests.fakes.inbox_visitor import InboxVisitor
from tests.fakes.open_desk import NOON
from vrm_desktop.vendor.drp.desk import DrpDesk

AGENT = DrpAgent()
TEXT = {"Content-Type": "text/plain"}
EXERCISE = "/drp/v1/data-rights-request"


@dataclass(kw_only=True)
class Desk:
    """The visitor, who is the agent here and the shop's people there."""

    visitor: InboxVisitor

    def post(self, path: str, body: str, **headers: str) -> httpx.Response:
        return self.visitor.post_bytes(path, body.encode(), **{**TEXT, **headers})

    def delete(self, path: str, body: str, **headers: str) -> httpx.Response:
        asked = self.visitor.http.request("DELETE", path, content=body.encode(), headers={**TEXT, **headers})
        return self.visitor._runner.run(asked)

    def bearer(self) -> dict[str, str]:
        answer = self.post(f"/drp/v1/agent/{AGENT.id}", AGENT.signed(AGENT.header(NOON)))
        assert (answer.status_code, answer.json()["agent-id"]) == (200, AGENT.id)
        return {"Authorization": f"Bearer {answer.json()['token']}"}

    def asked(self, **more: object) -> tuple[dict[str, str], dict[str, str]]:
        bearer = self.bearer()
        answer = self.post(EXERCISE, AGENT.signed(AGENT.asking(NOON, **more)), **bearer)
        assert answer.status_code == 200, answer.text
        return bearer, answer.json()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A shop that answers the protocol."""
    drp = DrpDesk(drp_settings(), {AGENT.id: AGENT.entry}, api_base="https://shop.example/drp", random=os.urandom)
    visitor = InboxVisitor(tmp_path, settings=answering_shop(), drp=drp)
    yield Desk(visitor=visitor)
    visitor.close()


def test_setting_up_asking_looking_and_taking_back(desk: Desk) -> None:
    bearer = desk.bearer()
    checked = desk.visitor.get(f"/drp/v1/agent/{AGENT.id}", **bearer)
    assert (checked.status_code, checked.json()) == (200, {})
    assert desk.visitor.get("/drp/v1/agent/ANOTHER", **bearer).status_code == 403
    members = AGENT.asking(NOON)
    said = desk.post(EXERCISE, AGENT.signed(members), **bearer).json()
    assert (said["status"], said["received_at"]) == ("in_progress", "2026-11-23T12:00:00Z")
    assert said["agent_request_id"] == members["agent-request-id"]
    one = f"{EXERCISE}/{said['request_id']}"
    assert desk.visitor.get(one, **bearer).json() == said
    assert desk.visitor.get(f"{one}/", **bearer).json() == said
    assert desk.post(f"{EXERCISE}/", AGENT.signed(members), **bearer).json() == said
    revoked = desk.delete(one, AGENT.signed({"reason": "solved"}), **bearer)
    assert (revoked.status_code, revoked.json()["status"]) == (200, "revoked")


def test_a_refused_setup_is_a_403_without_a_body(desk: Desk) -> None:
    for body in (AGENT.signed(AGENT.header(NOON + timedelta(hours=1))), "no base64!", DrpAgent().signed({})):
        answer = desk.post(f"/drp/v1/agent/{AGENT.id}", body)
        assert (answer.status_code, answer.content) == (403, b"")


def test_what_is_refused_has_the_protocols_error(desk: Desk) -> None:
    bearer = desk.bearer()
    for answer, status, fatal in (
        (desk.visitor.get(f"{EXERCISE}/none", **bearer), 403, False),
        (desk.visitor.get(f"{EXERCISE}/none"), 403, False),
        (desk.post(EXERCISE, AGENT.signed(AGENT.asking(NOON)), Authorization="Bearer x"), 403, False),
        (desk.post(EXERCISE, AGENT.signed(AGENT.asking(NOON, exercise="forget")), **bearer), 400, True),
        (desk.post(EXERCISE, "x" * 70_000, **bearer), 400, True),
    ):
        assert answer.status_code == status
        assert answer.json()["code"] == str(status)
        assert answer.json()["fatal"] is fatal
        assert answer.json()["message"]


def test_a_body_is_plain_text(desk: Desk) -> None:
    body = AGENT.signed(AGENT.asking(NOON))
    answer = desk.visitor.post_bytes(EXERCISE, body.encode(), **{"Content-Type": "application/json", **desk.bearer()})
    assert answer.status_code == 400


def test_the_shops_people_see_requests_and_say_how_they_stand(desk: Desk) -> None:
    _, said = desk.asked()
    bearer, _ = desk.asked(email="JANE@example.org", name="")
    desk.visitor.add("ann")
    desk.visitor.sign_in("ann")
    page = desk.visitor.shown("/desk/data-rights")
    for words in ("Doe", "jane@example.org", "1 other request may be by the same person", AGENT.id, '"api_base"'):
        assert words in page.text
    place, fields = f"/desk/data-rights/{said['request_id']}", {"csrf": page.hidden["csrf"]}
    verify = {"word": "verify", "link": "https://shop.example/v", "day": "2026-12-01", "reason": "other"}
    assert desk.visitor.post(place, {**fields, **verify}).status_code == 303
    one = f"{EXERCISE}/{said['request_id']}"
    told = desk.visitor.get(one, **bearer).json()
    assert (told["reason"], told["user_verification_url"]) == ("need_user_verification", "https://shop.example/v")
    working = {"word": "working", "day": "2027-02-01", "details": "There is much of it."}
    assert desk.visitor.post(place, {**fields, **working}).status_code == 303
    assert desk.visitor.get(one, **bearer).json()["expected_by"] == "2027-02-01T23:59:59Z"
    done = {"word": "fulfilled", "link": "https://shop.example/r"}
    assert desk.visitor.post(place, {**fields, **done}).status_code == 303
    assert desk.visitor.get(one, **bearer).json()["results_url"] == "https://shop.example/r"
    assert desk.visitor.post(place, {**fields, "word": "denied", "reason": "no_match"}).status_code == 409


def test_a_link_that_is_not_safe_is_not_said(desk: Desk) -> None:
    _, said = desk.asked()
    desk.visitor.add("ann")
    desk.visitor.sign_in("ann")
    fields = {"csrf": desk.visitor.shown("/desk/data-rights").hidden["csrf"], "word": "fulfilled"}
    place = f"/desk/data-rights/{said['request_id']}"
    assert desk.visitor.post(place, {**fields, "link": "javascript:alert(1)"}).status_code == 409
    assert desk.visitor.post(place, {**fields, "word": "denied", "reason": "no_match"}).status_code == 303


def test_what_an_agent_claims_is_text_on_the_page(desk: Desk) -> None:
    evil = "<script>alert(1)</script>\u202e"
    desk.asked(name=evil, relationships=[evil], address={"formatted": evil})
    desk.visitor.add("ann")
    desk.visitor.sign_in("ann")
    page = desk.visitor.shown("/desk/data-rights")
    assert "script" not in page.tags
    assert "\u202e" not in page.text


def test_nobody_sees_the_page_without_signing_in(desk: Desk) -> None:
    assert desk.visitor.get("/desk/data-rights").status_code == 303


def test_a_shop_that_does_not_answer_has_no_such_address(tmp_path: Path) -> None:
    visitor = InboxVisitor(tmp_path)
    visitor.add("ann")
    visitor.sign_in("ann")
    assert visitor.get("/desk/data-rights").status_code == 404
    assert "/desk/data-rights" not in visitor.get("/desk/people").text
    assert visitor.post_bytes(EXERCISE, b"", **TEXT).status_code == 404
    visitor.close()


def test_the_entry_for_a_directory_can_be_read_again(desk: Desk) -> None:
    desk.visitor.add("ann")
    desk.visitor.sign_in("ann")
    text = desk.visitor.shown("/desk/data-rights").text
    entry = json.loads(text[text.index("{") : text.rindex("}") + 1])
    assert (entry["id"], entry["api_base"]) == ("SHOP_1", "https://shop.example/drp")
