"""What was told for a time that is over: an event, a request, a receipt; and what a vendor does not do is on record."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.desks import a_desk
from tests.fakes.letters import DRAFT
from tests.fakes.lying_vendor import LyingVendor, Talk, a_lying_vendor
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import Person, a_person
from tests.fakes.wishing_vendor import erase, erasing, heard, kinds_without, ordered, wish
from vrm_desktop.domain.agenda import AgendaKind
from vrm_desktop.domain.consent import ConsentWord
from vrm_desktop.domain.disclosure import LedgerState, Purpose
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.domain.letter import Letter, LetterAbout
from vrm_desktop.domain.promise import Promise, PromiseOf, PromiseState
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind
from vrm_desktop.domain.wish import RuleWord
from vrm_desktop.protocol import messages
from vrm_desktop.services import (
    accept_offer,
    answer_wishes,
    compare_offers,
    end_relationship,
    keep_consents,
    keep_rules,
    who_knows_what,
    write_letters,
)
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.services.lapse_disclosures import GRACE, lapse

TOLD = "want.title"


async def fates(person: Person, name: str = TOLD) -> list[LedgerState]:
    return [row.state for row in await person.means.vault.read(lambda tx: tx.ledger()) if row.name == name]


async def deletions(person: Person) -> list[PromiseState]:
    promises = await person.means.vault.read(lambda tx: tx.papers(Promise))
    return [one.state for one in promises if one.of is PromiseOf.DELETION]


def move_past(person: Person) -> None:
    """Until the time of everything that was told is over."""
    person.clock.move(days=400)


def test_when_its_time_is_over_a_vendor_is_asked_to_erase_and_its_receipt_ends_it(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        move_past(person)
        await lapse(person.means)
        assert await fates(person) == [LedgerState.EXPIRED]
        assert set(await deletions(person)) == {PromiseState.OPEN}
        assert "lapsed" in await person.notes(key)
        await person.settle()
        assert heard(vendor.talk, messages.DataRequest) == []  # its own receipt may be on its way

        person.clock.move(seconds=GRACE.total_seconds() + 1)
        await person.settle()
        (request,) = heard(vendor.talk, messages.DataRequest)
        assert request.right == "erasure"
        assert TOLD in request.fields
        assert await fates(person) == [LedgerState.ERASED]
        assert await fates(person, "profile.name") == [LedgerState.ERASED]
        assert set(await deletions(person)) == {PromiseState.KEPT}
        file = await person.file(key)
        assert [item.done for item in file.agenda if item.kind is AgendaKind.ERASURE_DUE] == [True]
        assert not (await lapse(person.means)).things

    ordered(tmp_path, job, script=erasing)


def test_a_receipt_that_comes_by_itself_takes_the_request_back(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        move_past(person)
        await lapse(person.means)
        names = sorted({one.name for one in vendor.talk.values})
        erase(vendor.talk, vendor.talk.peer[0], *names)
        await person.settle()
        assert await fates(person) == [LedgerState.ERASED]
        person.clock.move(days=5)
        await person.settle()
        assert heard(vendor.talk, messages.DataRequest) == []
        assert not (await person.file(key)).waiting

    ordered(tmp_path, job)


def test_what_is_never_erased_is_on_record_as_a_broken_promise_and_can_still_come_late(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        move_past(person)
        await lapse(person.means)
        person.clock.move(days=3)
        await person.settle()
        assert await fates(person) == [LedgerState.ERASURE_ASKED]
        file = await person.file(key)
        assert [item.done for item in file.agenda if item.kind is AgendaKind.ERASURE_DUE] == [False]
        person.clock.move(days=40)
        await lapse(person.means)
        assert set(await deletions(person)) == {PromiseState.BROKEN}
        assert "not-erased" in await person.notes(key)
        assert not (await lapse(person.means)).things
        names = sorted({one.name for one in vendor.talk.values})
        erase(vendor.talk, vendor.talk.peer[-1], *names)
        await person.settle()
        assert set(await deletions(person)) == {PromiseState.LATE}

    ordered(tmp_path, job)


def test_what_was_told_anew_is_not_asked_away_by_an_older_time(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        person.clock.move(days=300)
        wish(vendor.talk, ("profile.name", "service", 300))
        await person.settle()
        person.clock.move(seconds=600)
        await person.settle()
        person.clock.move(days=120)
        await lapse(person.means)
        person.clock.move(days=3)
        await person.settle()
        requests = heard(vendor.talk, messages.DataRequest)
        assert all("profile.name" not in request.fields for request in requests)
        assert LedgerState.SENT in await fates(person, "profile.name")

    ordered(tmp_path, job, script=erasing)


def test_a_desk_that_takes_no_request_is_asked_in_words(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        move_past(person)
        await lapse(person.means)
        assert await fates(person) == [LedgerState.ERASURE_ASKED]
        person.clock.move(days=3)
        await person.settle()
        (asked,) = heard(vendor.talk, messages.Message)
        assert "löschen" in asked.text
        assert "was ich gesucht habe" in asked.text
        assert "road bike" not in asked.text

    ordered(tmp_path, job, kinds=kinds_without(Kind.DATA_REQUEST))


def test_a_desk_whose_conversation_broke_gets_a_letter(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        owner = (await person.file(key)).relationship
        broken = replace(owner, state=RelationshipState.BROKEN)
        await person.means.vault.write(lambda tx: tx.save_relationship(broken))
        move_past(person)
        await lapse(person.means)
        (letter,) = await person.means.vault.read(lambda tx: tx.papers(Letter))
        assert "löschen" in letter.body
        assert {field.purpose for field in letter.tells} <= set(Purpose)

    ordered(tmp_path, job)


def test_a_consent_runs_out_by_itself_and_can_be_taken_back_in_part(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        owner = (await person.file(key)).relationship.vendor
        await keep_rules.set_rule(person.means, RuleWord.ASK, vendor=owner, purpose=Purpose.MARKETING)
        wish(vendor.talk, ("profile.phone", "marketing", 20), ("profile.email", "marketing", 20))
        await person.settle()
        (one,) = await answer_wishes.wishes(person.means)
        await answer_wishes.grant(person.means, one.wish.id)
        await person.settle()
        (view,) = await keep_consents.consents(person.means, owner)
        with pytest.raises(InvalidValue):
            await keep_consents.withdraw(person.means, view.consent.id, ["profile.name"])
        await keep_consents.withdraw(person.means, view.consent.id, ["profile.phone"])
        await person.settle()
        view = await keep_consents.consent(person.means, view.consent.id)
        assert view.consent.stands
        assert view.held == 1
        assert view.consent.confirmed == person.clock.today()
        assert await fates(person, "profile.phone") == [LedgerState.ERASED]

        person.clock.move(days=30)
        await lapse(person.means)
        view = await keep_consents.consent(person.means, view.consent.id)
        assert view.consent.word is ConsentWord.EXPIRED
        assert "consent-expired" in await person.notes(key)
        person.clock.move(days=3)
        await person.settle()
        assert await fates(person, "profile.email") == [LedgerState.ERASED]

    ordered(tmp_path, job, script=erasing)


@pytest.mark.parametrize("takes_requests", [True, False])
def test_a_withdrawal_reaches_desks_that_take_no_withdrawals_otherwise(tmp_path: Path, takes_requests: bool) -> None:  # noqa: FBT001 - a parameter
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        owner = (await person.file(key)).relationship.vendor
        await keep_rules.set_rule(person.means, RuleWord.ASK, vendor=owner, purpose=Purpose.MARKETING)
        wish(vendor.talk, ("profile.phone", "marketing", 20), why="News")
        await person.settle()
        (one,) = await answer_wishes.wishes(person.means)
        await answer_wishes.grant(person.means, one.wish.id)
        await person.settle()
        count = await person.means.vault.write(lambda tx: keep_consents.withdraw_all(tx, person.means, key))
        assert count == 1
        await person.settle()
        assert await fates(person, "profile.phone") == [LedgerState.ERASURE_ASKED]
        if takes_requests:
            assert heard(vendor.talk, messages.DataRequest)[0].fields == ("profile.phone",)
        else:
            assert "News" in heard(vendor.talk, messages.Message)[0].text

    missing = (Kind.WITHDRAW_CONSENT,) if takes_requests else (Kind.WITHDRAW_CONSENT, Kind.DATA_REQUEST)
    ordered(tmp_path, job, kinds=kinds_without(*missing))


def test_pledged_salts_go_once_they_were_told(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        assert heard(vendor.talk, messages.Reveal)
        assert await person.means.vault.read(lambda tx: tx.pledges(key)) == {}

    ordered(tmp_path, job)


def test_pledged_salts_go_when_the_vendor_declines(tmp_path: Path) -> None:
    def declining(talk: Talk, message: messages.AnyMessage) -> None:
        if isinstance(message, messages.Ping):
            talk.say(messages.TermsAnswer(**talk.claims(), answer="decline", reason="terms"))

    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as vendor, a_person(tmp_path / "home", clock) as person:
            vendor.script = declining
            await person.knows()
            _want, (key,) = await person.casts(vendor.url)
            await person.settle()
            assert (await person.file(key)).relationship.state is RelationshipState.DECLINED
            assert await person.means.vault.read(lambda tx: tx.pledges(key)) == {}

    asyncio.run(body())


def test_when_nothing_came_of_it_and_all_is_erased_the_salts_go_here_too(tmp_path: Path) -> None:
    async def body() -> None:
        clock = MovingClock()
        async with a_desk(tmp_path / "desk", clock) as desk, a_person(tmp_path / "home", clock) as person:
            await person.knows()
            _want, (key,) = await person.casts(desk.url)
            await person.settle()
            await end_relationship.end(person.means, key)
            await person.settle()
            file = await person.file(key)
            assert file.relationship.state is RelationshipState.ENDED
            assert {row.state for row in file.disclosures} == {LedgerState.ERASED}
            assert all(row.value for row in file.disclosures)
            assert not any(row.disclosures for row in file.journal)
            proof = await who_knows_what.verify(person.means)
            assert proof.journal == len(file.journal)

    asyncio.run(body())


@pytest.mark.parametrize("ordered_something", [False, True])
def test_a_real_desk_erases_on_the_day_and_its_receipt_counts(tmp_path: Path, ordered_something: bool) -> None:  # noqa: FBT001 - a parameter
    async def body() -> None:
        clock = MovingClock()
        async with a_desk(tmp_path / "desk", clock) as desk, a_person(tmp_path / "home", clock) as person:
            await person.knows()
            want, (key,) = await person.casts(desk.url)
            await person.settle()
            if ordered_something:
                best = (await compare_offers.compare(person.means, want)).ranked[0].offer
                await accept_offer.accept(person.means, best.id)
                await person.settle()
            clock.move(days=400)
            await desk.reception.lapse()
            await person.settle()
            await lapse(person.means)
            assert await fates(person) == [LedgerState.ERASED]
            assert set(await deletions(person)) == {PromiseState.KEPT}
            notes = await person.notes(key)
            assert ("erased" if ordered_something else "closure-lapsed") in notes
            clock.move(days=5)
            await person.settle()
            assert not (await person.file(key)).waiting
            await who_knows_what.verify(person.means)

    asyncio.run(body())


def test_what_a_letter_told_is_asked_to_be_erased_by_a_letter_and_that_one_asks_for_nothing(tmp_path: Path) -> None:
    async def body() -> None:
        clock = MovingClock()
        async with a_person(tmp_path / "home", clock) as person:
            await person.knows()
            works = VendorId("works")
            known = Counterparty(
                id=works,
                name="Stadtwerke",
                kind=OrganisationKind.UTILITY,
                added=clock.now(),
                email="post@works.example",
            )
            await person.means.vault.write(lambda tx: tx.save_vendor(known))
            owner = await person.means.vault.write(lambda tx: file_of(tx, person.means, works))
            draft = replace(DRAFT, vendor=works, relationship=owner.id, about=LetterAbout.REQUEST)
            await write_letters.save(person.means, draft)
            await write_letters.hand_out(person.means, draft.id)
            await write_letters.sent(person.means, draft.id)
            move_past(person)
            await lapse(person.means)
            _first, asking = await person.means.vault.read(lambda tx: tx.papers(Letter))
            assert asking.email == "post@works.example"
            assert DRAFT.tells[1].value not in asking.body
            assert await fates(person, "profile.name") == [LedgerState.ERASURE_ASKED]

            await write_letters.hand_out(person.means, asking.id)
            await write_letters.sent(person.means, asking.id)
            clock.move(days=4 * 365)
            await lapse(person.means)
            assert len(await person.means.vault.read(lambda tx: tx.papers(Letter))) == 2
            assert await fates(person, "profile.name") == [LedgerState.ERASURE_ASKED, LedgerState.EXPIRED]

    asyncio.run(body())
