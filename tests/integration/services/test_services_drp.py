"""A right exercised over the Data Rights Protocol: against the program's own desk over HTTP, and hostile servers."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from nacl.encoding import Base64Encoder
from nacl.signing import VerifyKey

from tests.fakes.drp_desk import RunningDrpDesk
from tests.fakes.drp_meeting import (
    ACCESS,
    BROKEN,
    FORBIDDEN,
    OPEN,
    TOKEN,
    Hostile,
    facing,
    meet,
    said_by_hand,
)
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import PROFILE, USUAL, Person, a_person
from vrm_desktop.domain.agenda import AgendaKind
from vrm_desktop.domain.disclosure import BasisKind, LedgerState
from vrm_desktop.domain.drp import (
    DrpAction,
    DrpClaim,
    DrpExercise,
    DrpReason,
    DrpRegime,
    DrpReport,
    DrpStanding,
    DrpStatus,
)
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.protocol.drp_directory import Business
from vrm_desktop.protocol.errors import Malformed
from vrm_desktop.services import collect_offers, drp_agent, exercise_over_drp, import_drp_directory, plan_drp_request
from vrm_desktop.services.errors import NotFound, NothingToTell, NotOverDrp, NotPossibleNow
from vrm_desktop.services.plan_drp_request import DrpAsking


def test_a_request_from_the_first_word_to_the_result(tmp_path: Path) -> None:
    async def work(person: Person, desk: RunningDrpDesk) -> None:
        made = await exercise_over_drp.ask(person.means, ACCESS)
        assert (made.standing, made.trouble) == (DrpStanding.RUNNING, "")
        assert made.report is not None
        (kept,) = desk.kept()
        assert kept.person is not None
        assert kept.person.claims == (DrpClaim.EMAIL,)
        assert kept.person.email == PROFILE[FieldPath.EMAIL]
        rows = await person.means.vault.read(lambda tx: tx.ledger(vendor=made.vendor))
        assert [(row.name, row.value, row.channel, row.basis, row.state) for row in rows] == [
            ("profile.email", PROFILE[FieldPath.EMAIL], "drp", BasisKind.OWN_ACT, LedgerState.SENT)
        ]
        dates = await person.means.vault.read(lambda tx: tx.agenda())
        assert [(one.kind, one.due, one.done) for one in dates] == [
            (AgendaKind.DRP_EXPECTED, (person.clock.now() + timedelta(days=45)).date(), False)
        ]
        word = DrpReport(
            request_id="",
            status=DrpStatus.IN_PROGRESS,
            reason=DrpReason.NEED_USER_VERIFICATION,
            verification_url="https://shop.example/v",
            expires_at=person.clock.now() + timedelta(days=7),
        )
        said_by_hand(person, desk, kept.id, word)
        assert ("drp-exercise", made.id) in (await collect_offers.sync_once(person.means, person.exchange)).things
        asked = await exercise_over_drp.exercise(person.means, made.id)
        assert asked.report is not None
        assert asked.report.verification_url == "https://shop.example/v"
        done = DrpReport(request_id="", status=DrpStatus.FULFILLED, results_url="https://shop.example/r")
        said_by_hand(person, desk, kept.id, done)
        await collect_offers.sync_once(person.means, person.exchange)
        settled = await exercise_over_drp.exercise(person.means, made.id)
        assert settled.report is not None
        assert (settled.standing, settled.report.results_url) == (DrpStanding.SETTLED, "https://shop.example/r")
        assert (await person.means.vault.read(lambda tx: tx.agenda()))[0].done
        assert not (await collect_offers.sync_once(person.means, person.exchange)).things

    meet(tmp_path, work)


def test_a_request_is_taken_back(tmp_path: Path) -> None:
    async def work(person: Person, desk: RunningDrpDesk) -> None:
        made = await exercise_over_drp.ask(person.means, ACCESS)
        await exercise_over_drp.revoke(person.means, made.id, "changed my mind")
        (kept,) = desk.kept()
        assert (kept.report.status, kept.report.details) == (DrpStatus.REVOKED, "changed my mind")
        after = await exercise_over_drp.exercise(person.means, made.id)
        assert (after.standing, after.revoking) == (DrpStanding.SETTLED, True)
        with pytest.raises(NotPossibleNow):
            await exercise_over_drp.revoke(person.means, made.id)

    meet(tmp_path, work)


def test_a_token_that_holds_no_more_is_replaced_without_a_word(tmp_path: Path) -> None:
    async def work(person: Person, _desk: RunningDrpDesk) -> None:
        await person.means.vault.write(lambda tx: drp_agent.keep_token(tx, "SHOP_1", "stale"))
        made = await exercise_over_drp.ask(person.means, ACCESS)
        assert made.standing is DrpStanding.RUNNING
        token = await person.means.vault.read(lambda tx: drp_agent.token_of(tx, "SHOP_1"))
        assert token not in {"", "stale"}
        assert person.means.data_rights is not None
        own = await drp_agent.agent(person.means)
        entry = (await import_drp_directory.entries(person.means))[0]
        await person.means.data_rights().check(entry.api_base, own.id, token, line="check")

    meet(tmp_path, work)


def test_only_what_is_asked_for_is_told_and_what_the_person_adds(tmp_path: Path) -> None:
    async def work(person: Person, desk: RunningDrpDesk) -> None:
        every = DrpAsking(business="SHOP_1", action=DrpAction.DELETION, also=(DrpClaim.PHONE, DrpClaim.ADDRESS))
        plan = await plan_drp_request.plan(person.means, every)
        assert plan.identity.phone == "+492217391846"
        assert plan.identity.claims == (DrpClaim.EMAIL, DrpClaim.PHONE, DrpClaim.ADDRESS)
        await exercise_over_drp.ask(person.means, every)
        (kept,) = desk.kept()
        assert kept.person == plan.identity

    meet(tmp_path, work)


def test_an_agent_has_one_key_that_is_made_once(tmp_path: Path) -> None:
    async def work() -> None:
        async with a_person(tmp_path, MovingClock()) as person:
            assert await drp_agent.agent(person.means) == await drp_agent.agent(person.means)

    asyncio.run(work())


def test_a_phone_number_in_another_form_is_missing_and_not_guessed(tmp_path: Path) -> None:
    async def work() -> None:
        async with a_person(tmp_path, MovingClock()) as person:
            business = Business(id="A", name="A", api_base="https://a.example", asks=(DrpClaim.PHONE, DrpClaim.EMAIL))
            await person.knows({**PROFILE, FieldPath.PHONE: "0221 7391846"})
            await import_drp_directory.import_directory(person.means, json.dumps([business.members]).encode())
            asking = DrpAsking(business="A", action=DrpAction.ACCESS)
            assert (await plan_drp_request.plan(person.means, asking)).missing == (DrpClaim.PHONE,)

    asyncio.run(work())


def test_what_cannot_be_asked_is_said_and_nothing_is_kept(tmp_path: Path) -> None:
    async def work() -> None:
        async with a_person(tmp_path, MovingClock()) as person:
            business = Business(id="A", name="A", api_base="https://a.example", actions=("deletion",))
            await import_drp_directory.import_directory(person.means, json.dumps([business.members]).encode())
            deletion = DrpAsking(business="A", action=DrpAction.DELETION)
            for asking, error in (
                (DrpAsking(business="B", action=DrpAction.DELETION), NotFound),
                (DrpAsking(business="A", action=DrpAction.ACCESS), NotOverDrp),
                (DrpAsking(business="A", action=DrpAction.PORTABILITY), NotOverDrp),
                (DrpAsking(business="A", action=DrpAction.DELETION, regime=DrpRegime.GDPR), NotOverDrp),
                (deletion, NothingToTell),
            ):
                with pytest.raises(error):
                    await exercise_over_drp.ask(person.means, asking)
            await person.knows()
            extended = DrpAsking(business="A", action=DrpAction.OBJECTION, regime=DrpRegime.GDPR, extension=True)
            assert (await plan_drp_request.plan(person.means, extended)).fields
            assert await exercise_over_drp.exercises(person.means) == ()
            with pytest.raises(NotFound):
                await exercise_over_drp.revoke(person.means, "none")

    asyncio.run(work())


def test_a_directory_goes_into_the_files_of_those_who_are_known(tmp_path: Path) -> None:
    async def work() -> None:
        async with a_person(tmp_path, MovingClock()) as person:
            rows = [
                {"id": "A_1", "name": "Alpha", "api_base": "https://a.example", "web_url": "https://www.alpha.example"},
                {
                    "id": "A_2",
                    "name": "Alpha again",
                    "api_base": "https://b.example",
                    "web_url": "https://alpha.example",
                },
                {"id": "B", "api_base": "ftp://b.example"},
                "nothing",
            ]
            read = await import_drp_directory.import_directory(person.means, json.dumps(rows).encode())
            assert ([one.id for one in read.entries], read.new, read.left_out) == (["A_1", "A_2"], 1, 2)
            again = await import_drp_directory.import_directory(person.means, json.dumps(rows).encode())
            assert (again.new, len(await import_drp_directory.entries(person.means))) == (0, 2)
            vendor = read.entries[0].vendor
            found = await person.means.vault.read(lambda tx: import_drp_directory.entry_of(tx, vendor))
            assert found is not None
            with pytest.raises(Malformed):
                await import_drp_directory.import_directory(person.means, b"{")

    asyncio.run(work())


async def _states(person: Person, one: DrpExercise) -> set[LedgerState]:
    rows = await person.means.vault.read(lambda tx: tx.ledger(vendor=one.vendor))
    return {row.state for row in rows}


@pytest.mark.parametrize(
    ("says", "standing", "trouble", "state"),
    [
        ({"setup": FORBIDDEN}, DrpStanding.FAILED, "drp-not-admitted", LedgerState.NOT_SENT),
        ({"setup": BROKEN}, DrpStanding.LEAVING, "answered-badly", LedgerState.LEAVING),
        ({"setup": ("200 OK", b"[]")}, DrpStanding.LEAVING, "answered-badly", LedgerState.LEAVING),
        ({"setup": None}, DrpStanding.LEAVING, "timed-out", LedgerState.LEAVING),
        ({"setup": TOKEN, "post": FORBIDDEN}, DrpStanding.FAILED, "drp-not-admitted", LedgerState.MAYBE),
        ({"setup": TOKEN, "post": BROKEN}, DrpStanding.LEAVING, "answered-badly", LedgerState.MAYBE),
        ({"setup": TOKEN, "post": None}, DrpStanding.LEAVING, "timed-out", LedgerState.MAYBE),
        ({"setup": TOKEN, "post": ("200 OK", b"")}, DrpStanding.LEAVING, "answered-badly", LedgerState.MAYBE),
        (
            {"setup": TOKEN, "post": ("400 Bad Request", b'{"code":"400","message":"no","fatal":true}')},
            DrpStanding.FAILED,
            "drp-denied",
            LedgerState.MAYBE,
        ),
        ({"setup": TOKEN, "post": ("429 Too Many", b"")}, DrpStanding.LEAVING, "answered-badly", LedgerState.MAYBE),
        ({"setup": TOKEN, "post": OPEN}, DrpStanding.RUNNING, "", LedgerState.SENT),
    ],
)
def test_every_server_is_survived(
    tmp_path: Path,
    says: dict[str, tuple[str, bytes] | None],
    standing: DrpStanding,
    trouble: str,
    state: LedgerState,
) -> None:
    async def work() -> None:
        async with facing(tmp_path, Hostile(says=says)) as (person, _server):
            made = await exercise_over_drp.ask(person.means, ACCESS)
            assert (made.standing, made.trouble) == (standing, trouble)
            assert made.by_letter is (standing is DrpStanding.FAILED)
            assert await _states(person, made) == {state}

    asyncio.run(work())


def test_the_other_form_of_the_address_is_tried_once(tmp_path: Path) -> None:
    hostile = Hostile(says={"setup": TOKEN, "post": BROKEN, "post/": OPEN, "get": ("404 Not Found", b"")})
    hostile.says["get/"] = ("200 OK", b'{"status":"in_progress"}')

    async def work() -> None:
        async with facing(tmp_path, hostile) as (person, _server):
            made = await exercise_over_drp.ask(person.means, ACCESS)
            assert hostile.seen == ["setup", "post", "post/"]
            assert hostile.bodies[1] == hostile.bodies[2]
            await exercise_over_drp.look(person.means, made.id)
            after = await exercise_over_drp.exercise(person.means, made.id)
            assert after.report is not None
            assert (after.report.request_id, after.report.status) == ("q-1", DrpStatus.IN_PROGRESS)

    asyncio.run(work())


def test_what_leaves_is_signed_by_the_agents_key_and_is_the_same_request_each_time(tmp_path: Path) -> None:
    hostile = Hostile(says={"setup": TOKEN, "post": BROKEN})

    async def work() -> None:
        async with facing(tmp_path, hostile) as (person, _server):
            await exercise_over_drp.ask(person.means, ACCESS)
            person.clock.move(days=1)
            hostile.says["post"] = OPEN
            await collect_offers.sync_once(person.means, person.exchange)
            own = await drp_agent.agent(person.means)
            said = [json.loads(VerifyKey(own.key).verify(body, encoder=Base64Encoder)) for body in hostile.bodies]
            asked = [one for one in said if "exercise" in one]
            assert len(asked) == 3
            for one in asked:
                one.pop("issued-at"), one.pop("expires-at")
            assert asked[0] == asked[1] == asked[2]
            assert set(asked[0]) == {
                "agent-id", "business-id", "drp.version", "agent-request-id", "exercise", "regime", "relationships",
                "email",
            }  # fmt: skip

    asyncio.run(work())


def test_a_request_that_nobody_takes_for_a_week_goes_on_by_letter(tmp_path: Path) -> None:
    async def work() -> None:
        async with facing(tmp_path, Hostile(says={"setup": BROKEN})) as (person, _server):
            made = await exercise_over_drp.ask(person.means, ACCESS)
            person.clock.move(days=6)
            await collect_offers.sync_once(person.means, person.exchange)
            assert (await exercise_over_drp.exercise(person.means, made.id)).open
            person.clock.move(days=1)
            await collect_offers.sync_once(person.means, person.exchange)
            after = await exercise_over_drp.exercise(person.means, made.id)
            assert (after.by_letter, after.trouble) == (True, "drp-silent")
            assert await _states(person, made) == {LedgerState.NOT_SENT}

    asyncio.run(work())


@pytest.mark.parametrize("lost", [FORBIDDEN, ("404 Not Found", b"")])
def test_a_server_that_loses_a_request_takes_nothing_from_what_is_known(
    tmp_path: Path, lost: tuple[str, bytes]
) -> None:
    hostile = Hostile(says={"setup": TOKEN, "post": OPEN, "get": lost})

    async def work() -> None:
        async with facing(tmp_path, hostile) as (person, _server):
            made = await exercise_over_drp.ask(person.means, ACCESS)
            await exercise_over_drp.look(person.means, made.id)
            after = await exercise_over_drp.exercise(person.means, made.id)
            assert (after.standing, after.by_letter, after.report) == (DrpStanding.LOST, True, made.report)
            assert await _states(person, made) == {LedgerState.SENT}
            hostile.says["get"] = OPEN
            await exercise_over_drp.look(person.means, made.id)
            assert (await exercise_over_drp.exercise(person.means, made.id)).standing is DrpStanding.RUNNING

    asyncio.run(work())


@pytest.mark.parametrize("said", [BROKEN, None, ("200 OK", b'{"request_id":"other","status":"denied"}')])
def test_a_server_that_stumbles_over_a_status_leaves_it_as_it_was(
    tmp_path: Path, said: tuple[str, bytes] | None
) -> None:
    async def work() -> None:
        async with facing(tmp_path, Hostile(says={"setup": TOKEN, "post": OPEN, "get": said})) as (person, _server):
            made = await exercise_over_drp.ask(person.means, ACCESS)
            await exercise_over_drp.look(person.means, made.id)
            after = await exercise_over_drp.exercise(person.means, made.id)
            assert (after.standing, after.report) == (DrpStanding.RUNNING, made.report)
            assert after.trouble in {"answered-badly", "timed-out"}

    asyncio.run(work())


def test_what_was_taken_back_is_taken_back_there_as_soon_as_somebody_listens(tmp_path: Path) -> None:
    hostile = Hostile(says={"setup": TOKEN, "post": OPEN, "delete": BROKEN, "get": OPEN})

    async def work() -> None:
        async with facing(tmp_path, hostile) as (person, _server):
            made = await exercise_over_drp.ask(person.means, ACCESS)
            await exercise_over_drp.revoke(person.means, made.id, "no more")
            assert (await exercise_over_drp.exercise(person.means, made.id)).revoking
            hostile.says["delete"] = ("200 OK", b'{"request_id":"q-1","status":"revoked"}')
            await collect_offers.sync_once(person.means, person.exchange)
            after = await exercise_over_drp.exercise(person.means, made.id)
            assert (after.standing, after.trouble) == (DrpStanding.SETTLED, "")
            own = await drp_agent.agent(person.means)
            assert json.loads(VerifyKey(own.key).verify(hostile.bodies[-1], encoder=Base64Encoder)) == {
                "reason": "no more"
            }

    asyncio.run(work())


def test_what_was_never_answered_is_taken_back_by_not_being_sent_again(tmp_path: Path) -> None:
    hostile = Hostile(says={"setup": TOKEN, "post": BROKEN})

    async def work() -> None:
        async with facing(tmp_path, hostile) as (person, _server):
            made = await exercise_over_drp.ask(person.means, ACCESS)
            await exercise_over_drp.revoke(person.means, made.id)
            before = len(hostile.seen)
            await collect_offers.sync_once(person.means, person.exchange)
            after = await exercise_over_drp.exercise(person.means, made.id)
            assert (len(hostile.seen), after.open, after.by_letter) == (before, False, False)

    asyncio.run(work())


def test_a_program_without_the_channel_says_so(tmp_path: Path) -> None:
    async def work() -> None:
        async with a_person(tmp_path, MovingClock(), limits=USUAL) as person:
            without = replace(person.means, data_rights=None)
            with pytest.raises(NotOverDrp):
                await exercise_over_drp.ask(without, ACCESS)
            assert not (await exercise_over_drp.look_at_all(without)).things

    asyncio.run(work())
