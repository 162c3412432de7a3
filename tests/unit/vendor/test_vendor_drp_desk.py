"""The desk's answers to agents: the six checks in their order, each broken in turn, and what becomes of requests."""

import base64
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from tests.fakes.drp_agent import DrpAgent, answering_shop, drp_settings
from tests.fakes.open_desk import NOON, OpenDesk
from vrm_desktop.domain.drp import DrpReason, DrpReport, DrpStatus
from vrm_desktop.vendor.drp.desk import KEPT, DrpDesk, open_drp
from vrm_desktop.vendor.drp.rows import DrpRows
from vrm_desktop.vendor.drp.settings import read_agents, read_drp
from vrm_desktop.vendor.drp.verifying import Check, DrpRefused, verified
from vrm_desktop.vendor.errors import BadHome, BadSettings, HandRefused
from vrm_desktop.vendor.toml_table import TomlTable

AGENT = DrpAgent()
OTHER = DrpAgent(id="OTHER_1")


@pytest.fixture
def drp() -> DrpDesk:
    """The desk, which lists two agents."""
    agents = {one.id: one.entry for one in (AGENT, OTHER)}
    return DrpDesk(drp_settings(), agents, api_base="https://shop.example/drp", random=os.urandom)


@pytest.fixture
def rows(tmp_path: Path) -> Iterator[DrpRows]:
    """One turn of its store."""
    opened = OpenDesk(tmp_path, settings=answering_shop())
    with opened.store.turn() as books:
        yield books.data_rights
    opened.close()


def _token(drp: DrpDesk, rows: DrpRows, agent: DrpAgent = AGENT) -> str:
    return drp.set_up(rows, agent.id, agent.signed(agent.header(NOON)), now=NOON)


def _asked(drp: DrpDesk, rows: DrpRows, **more: object) -> tuple[str, DrpReport]:
    token = _token(drp, rows)
    return token, drp.exercise(rows, token, AGENT.signed(AGENT.asking(NOON, **more)), now=NOON)


def _check(body: str) -> Check | None:
    with pytest.raises(DrpRefused) as refused:
        verified(AGENT.entry, body, business=AGENT.business, now=NOON)
    return refused.value.check


def test_what_is_right_in_all_six_is_taken() -> None:
    members = AGENT.header(NOON)
    assert verified(AGENT.entry, AGENT.signed(members), business=AGENT.business, now=NOON) == members


def _wrong_from(place: int) -> str:
    """A message that is wrong in the check at `place` and in all after it, so that only the order tells."""
    members = AGENT.header(NOON)
    if place <= 5:
        members["expires-at"] = NOON.isoformat()
    if place <= 4:
        members["issued-at"] = NOON.isoformat()
    if place <= 3:
        members["business-id"] = "ANOTHER"
    if place <= 2:
        members["agent-id"] = OTHER.id
    signed = (OTHER if place <= 1 else AGENT).signed(members)
    return "=" + signed if place == 0 else signed


@pytest.mark.parametrize(("place", "check"), list(enumerate(Check)))
def test_of_several_wrong_things_the_first_in_the_order_is_told(place: int, check: Check) -> None:
    assert _check(_wrong_from(place)) is check


@pytest.mark.parametrize(
    ("change", "check"),
    [
        ({"agent-id": None}, Check.AGENT),
        ({"agent-id": 7}, Check.AGENT),
        ({"business-id": ""}, Check.BUSINESS),
        ({"issued-at": ""}, Check.ISSUED),
        ({"issued-at": "today"}, Check.ISSUED),
        ({"issued-at": (NOON + timedelta(seconds=1)).isoformat()}, Check.ISSUED),
        ({"expires-at": None}, Check.EXPIRES),
        ({"expires-at": (NOON - timedelta(seconds=1)).isoformat()}, Check.EXPIRES),
        ({"expires-at": (NOON + timedelta(minutes=30)).isoformat()}, Check.EXPIRES),
    ],
)
def test_each_check_is_made(change: dict[str, object], check: Check) -> None:
    assert _check(AGENT.signed({**AGENT.header(NOON), **change})) is check


def test_what_is_signed_and_no_object_does_not_decode() -> None:
    signed = AGENT.key.sign(b"[]")
    assert _check(base64.b64encode(signed).decode()) is Check.DECODES


def test_a_setup_gives_a_token_that_is_this_agents_alone(drp: DrpDesk, rows: DrpRows) -> None:
    token = _token(drp, rows)
    drp.check(rows, token, AGENT.id)
    with pytest.raises(DrpRefused):
        drp.check(rows, token, OTHER.id)
    with pytest.raises(DrpRefused):
        drp.check(rows, token + "x", AGENT.id)
    newer = _token(drp, rows)
    drp.check(rows, newer, AGENT.id)
    with pytest.raises(DrpRefused):
        drp.check(rows, token, AGENT.id)


def test_a_setup_under_another_id_or_by_a_stranger_is_refused(drp: DrpDesk, rows: DrpRows) -> None:
    stranger = DrpAgent(id="STRANGER")
    for path, agent, members in (
        (OTHER.id, AGENT, AGENT.header(NOON)),
        (OTHER.id, OTHER, AGENT.header(NOON)),
        (AGENT.id, OTHER, AGENT.header(NOON)),
        (stranger.id, stranger, stranger.header(NOON)),
    ):
        with pytest.raises(DrpRefused) as refused:
            drp.set_up(rows, path, agent.signed(members), now=NOON)
        assert refused.value.status == 403


def test_an_agent_that_is_listed_no_more_has_no_token(drp: DrpDesk, rows: DrpRows) -> None:
    token = _token(drp, rows)
    without = DrpDesk(drp_settings(), {OTHER.id: OTHER.entry}, api_base="", random=os.urandom)
    with pytest.raises(DrpRefused):
        without.check(rows, token, AGENT.id)


def test_a_request_is_taken_in_once(drp: DrpDesk, rows: DrpRows) -> None:
    token = _token(drp, rows)
    members = AGENT.asking(NOON)
    first = drp.exercise(rows, token, AGENT.signed(members), now=NOON)
    again = drp.exercise(rows, token, AGENT.signed(members), now=NOON + timedelta(seconds=9))
    assert first == again
    assert (first.status, first.received_at) == (DrpStatus.IN_PROGRESS, NOON)
    assert first.expected_by == NOON + timedelta(days=45)
    assert rows.waiting() == len(rows.listed()) == 1
    (kept,) = rows.listed()
    assert kept.person is not None
    assert (kept.person.name, kept.person.phone) == ("Jane Doe", "")
    assert drp.status(rows, token, first.request_id) == first


def test_requests_without_a_number_are_each_their_own(drp: DrpDesk, rows: DrpRows) -> None:
    _asked(drp, rows, **{"agent-request-id": ""})
    _asked(drp, rows, **{"agent-request-id": ""})
    assert rows.waiting() == 2


@pytest.mark.parametrize("more", [{"exercise": "sale:opt-in"}, {"exercise": "forget"}, {"regime": "mars"}, {"name": 7}])
def test_what_the_desk_does_not_take_is_said_for_good(drp: DrpDesk, rows: DrpRows, more: dict[str, object]) -> None:
    with pytest.raises(DrpRefused) as refused:
        _asked(drp, rows, **more)
    assert (refused.value.status, refused.value.fatal) == (400, True)
    assert rows.listed() == ()


def test_both_spellings_of_an_opt_out_are_one(drp: DrpDesk, rows: DrpRows) -> None:
    for spelled in ("sale:opt_out", "sale:opt-out"):
        _asked(drp, rows, exercise=spelled)
    assert {kept.asked.action.value for kept in rows.listed()} == {"sale:opt-out"}


def test_another_agents_request_looks_like_none(drp: DrpDesk, rows: DrpRows) -> None:
    _, report = _asked(drp, rows)
    theirs = _token(drp, rows, OTHER)
    told = []
    for key in (report.request_id, "no-such-request"):
        with pytest.raises(DrpRefused) as refused:
            drp.status(rows, theirs, key)
        told.append((refused.value.status, str(refused.value)))
        with pytest.raises(DrpRefused):
            drp.revoke(rows, theirs, key, OTHER.signed({"reason": "mine"}), now=NOON)
    assert told[0] == told[1]
    assert told[0][0] == 403


def test_a_request_is_taken_back_once_by_a_signed_word(drp: DrpDesk, rows: DrpRows) -> None:
    token, report = _asked(drp, rows)
    for bad in (OTHER.signed({"reason": "x"}), AGENT.signed({"reason": 7})):
        with pytest.raises(DrpRefused):
            drp.revoke(rows, token, report.request_id, bad, now=NOON)
    revoked = drp.revoke(rows, token, report.request_id, AGENT.signed({"reason": "solved"}), now=NOON)
    assert (revoked.status, revoked.details) == (DrpStatus.REVOKED, "solved")
    assert drp.revoke(rows, token, report.request_id, AGENT.signed({}), now=NOON) == revoked
    with pytest.raises(HandRefused):
        drp.say(rows, report.request_id, DrpReport(request_id="", status=DrpStatus.FULFILLED), now=NOON)


def test_the_shops_people_say_how_it_stands(drp: DrpDesk, rows: DrpRows) -> None:
    token, report = _asked(drp, rows)
    verify = DrpReport(
        request_id="",
        status=DrpStatus.IN_PROGRESS,
        reason=DrpReason.NEED_USER_VERIFICATION,
        verification_url="https://shop.example/verify",
        expires_at=NOON + timedelta(days=7),
    )
    drp.say(rows, report.request_id, verify, now=NOON)
    said = drp.status(rows, token, report.request_id)
    assert (said.verification_url, said.expected_by) == (verify.verification_url, report.expected_by)
    done = DrpReport(request_id="", status=DrpStatus.FULFILLED, results_url="https://shop.example/r/1")
    assert drp.say(rows, report.request_id, done, now=NOON).results_url == done.results_url
    assert rows.waiting() == 0


@pytest.mark.parametrize(
    "word",
    [
        DrpReport(request_id="", status=DrpStatus.OPEN),
        DrpReport(request_id="", status=DrpStatus.REVOKED),
        DrpReport(request_id="", status=DrpStatus.EXPIRED),
        DrpReport(request_id="", status=DrpStatus.DENIED),
        DrpReport(request_id="", status=DrpStatus.FULFILLED, reason=DrpReason.OTHER),
        DrpReport(request_id="", status=DrpStatus.DENIED, reason=DrpReason.NEED_USER_VERIFICATION),
        DrpReport(request_id="", status=DrpStatus.IN_PROGRESS, reason=DrpReason.NEED_USER_VERIFICATION),
    ],
)
def test_a_word_that_lacks_something_is_not_said(drp: DrpDesk, rows: DrpRows, word: DrpReport) -> None:
    _, report = _asked(drp, rows)
    with pytest.raises(HandRefused):
        drp.say(rows, report.request_id, word, now=NOON)


def test_who_it_was_is_forgotten_sixty_days_after_the_end_and_not_before(drp: DrpDesk, rows: DrpRows) -> None:
    _, report = _asked(drp, rows)
    denied = DrpReport(request_id="", status=DrpStatus.DENIED, reason=DrpReason.NO_MATCH)
    drp.say(rows, report.request_id, denied, now=NOON)
    assert not rows.tidy(NOON + KEPT - timedelta(seconds=1))
    assert rows.tidy(NOON + KEPT)
    (kept,) = rows.listed()
    assert (kept.person, kept.report.status) == (None, DrpStatus.DENIED)
    assert not rows.tidy(NOON + KEPT)


def test_whoever_does_not_show_who_they_are_in_time_lapses(drp: DrpDesk, rows: DrpRows) -> None:
    token, report = _asked(drp, rows)
    word = DrpReport(
        request_id="",
        status=DrpStatus.IN_PROGRESS,
        reason=DrpReason.NEED_USER_VERIFICATION,
        verification_url="https://shop.example/verify",
        expires_at=NOON + timedelta(days=7),
    )
    drp.say(rows, report.request_id, word, now=NOON)
    assert rows.tidy(NOON + timedelta(days=7))
    assert drp.status(rows, token, report.request_id).status is DrpStatus.EXPIRED


def test_the_settings_name_a_business_and_a_file_of_agents(tmp_path: Path) -> None:
    assert read_drp(TomlTable({})) is None
    settings = read_drp(TomlTable({"business": "SHOP_1", "agents": "agents.json", "asks": ["phone_number"]}))
    assert settings is not None
    assert settings.days == 45
    for bad in ({"business": "SHOP_1"}, {"agents": "a"}, {"business": "S", "agents": "a", "actions": ["forget"]}):
        with pytest.raises(BadSettings):
            read_drp(TomlTable(bad))
    with pytest.raises(BadHome):
        read_agents(settings, tmp_path)
    file = tmp_path / "agents.json"
    for text in ("{", '[{"id":"A","verify_key":"AAAA"}]'):
        file.write_text(text)
        with pytest.raises(BadSettings):
            read_agents(settings, tmp_path)
    AGENT.list_in(file)
    opened = open_drp(settings, tmp_path, api_base="https://shop.example/drp", random=os.urandom)
    assert opened is not None
    assert open_drp(None, tmp_path, api_base="", random=os.urandom) is None


def test_two_agents_with_one_key_are_still_two(drp: DrpDesk, rows: DrpRows) -> None:
    twin = DrpAgent(id="TWIN", key=AGENT.key)
    desk = DrpDesk(drp.settings, {AGENT.id: AGENT.entry, twin.id: twin.entry}, api_base="", random=os.urandom)
    token = desk.set_up(rows, twin.id, twin.signed(twin.header(NOON)), now=NOON)
    with pytest.raises(DrpRefused) as refused:
        desk.exercise(rows, token, AGENT.signed(AGENT.asking(NOON)), now=NOON)
    assert refused.value.check is Check.AGENT


def test_a_key_of_small_order_never_lets_anybody_in() -> None:
    weak = replace(AGENT.entry, key=bytes(32))
    with pytest.raises(DrpRefused):
        verified(weak, SigningKey.generate().sign(b"{}").hex(), business=AGENT.business, now=NOON)
    with pytest.raises(DrpRefused):
        verified(weak, AGENT.signed(AGENT.header(NOON)), business=AGENT.business, now=NOON)
