"""Leaving as it must be: nothing more leaves, what stays has its day, and the end comes though the vendor is away."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.desks import RunningDesk
from tests.fakes.held_port import held_port
from tests.fakes.people import Person
from tests.fakes.service_jobs import first_offer, run
from vrm_desktop.domain import acts
from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.agenda import AgendaKind
from vrm_desktop.domain.disclosure import LedgerState, PlannedField, Stage
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.leaving import NeededFor
from vrm_desktop.domain.letter import Letter, LetterAbout
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.domain.rights import RequestEvent, RequestState, RightsRequest, RightsWay
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind
from vrm_desktop.services import (
    accept_offer,
    check_after_end,
    cut_off,
    end_relationship,
    follow_leaving,
    letter_folders,
    reply_references,
    write_letters,
)
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.hold_acts import hold
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.services.reachable import claims_stand


async def ordered(person: Person, desks: list[RunningDesk]) -> RelationshipId:
    want, (key,) = await person.casts(desks[0].url)
    await person.settle()
    await accept_offer.accept(person.means, (await first_offer(person, want)).id)
    await person.settle()
    return key


def test_what_is_still_needed_is_named_with_its_day_before_and_in_the_end(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        key = await ordered(person, desks)
        view = await end_relationship.before_end(person.means, key)
        assert view.wire
        assert not view.letter
        assert "profile.name" in view.told
        assert NeededFor.ORDER in {one.why for one in view.needed}
        assert all(one.until > person.clock.today() for one in view.needed)
        await end_relationship.end(person.means, key)
        await person.settle()
        file = await person.file(key)
        assert file.relationship.state is RelationshipState.ENDED
        assert any(one.kind is AgendaKind.AFTER_END and not one.done for one in file.agenda)
        after = await end_relationship.before_end(person.means, key)
        assert (after.left, after.wire, after.letter) == (True, False, False)
        with pytest.raises(NotFound):
            await end_relationship.before_end(person.means, RelationshipId("rel-none"))

    run(tmp_path, job)


def test_values_that_were_sealed_and_never_left_do_not_leave_after_an_end(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        key = await ordered(person, desks)
        file = await person.file(key)
        told = next(row for row in file.disclosures if row.name == "profile.name")
        moved = PlannedField(
            name=told.name,
            value="Ottilie Neu",
            stage=Stage.LATER,
            purpose=told.purpose,
            until=told.until,
            source=told.source,
        )
        with held_port() as closed:
            gone = f"http://127.0.0.1:{closed}/conversations/{file.relationship.conversation.id}"
            await person.means.vault.write(lambda tx: tx.save_relationship(replace(file.relationship, address=gone)))
            await person.means.vault.write(lambda tx: hold(tx, person.means, key, acts.Update(fields=(moved,))))
            await person.exchange.one_pass(key)
        (sealed,) = (await person.file(key)).waiting
        assert (sealed.state, sealed.maybe, sealed.attempts) == (ActState.SEALED, False, 1)
        there = replace((await person.file(key)).relationship, address=file.relationship.address)
        await person.means.vault.write(lambda tx: tx.save_relationship(there))
        view = await end_relationship.before_end(person.means, key)
        assert (view.wire, view.letter) == (False, True)
        await end_relationship.end(person.means, key)
        person.clock.move(days=1)
        await person.settle()
        after = await person.file(key)
        assert {row.state for row in after.disclosures if row.value == "Ottilie Neu"} == {LedgerState.NOT_SENT}
        assert after.relationship.state is RelationshipState.ENDING
        assert not after.waiting
        assert LetterAbout.END in {one.about for one in after.papers_of(Letter)}
        held = desks[0].dossier(str(file.relationship.conversation.id))
        assert len(held.conversation.peer.last or "") == 43
        assert held.conversation.peer.seq < after.relationship.conversation.own.seq
        await follow_leaving.confirmed(person.means, key)
        assert (await person.file(key)).relationship.state is RelationshipState.ENDED
        states = {row.state for row in (await person.file(key)).disclosures}
        assert states == {LedgerState.ERASED, LedgerState.NOT_SENT}

    run(tmp_path, job)


def test_an_end_that_nobody_confirms_is_chased_once_and_over_when_the_time_is(tmp_path: Path) -> None:
    async def job(person: Person, _desks: list[RunningDesk]) -> None:
        works = Counterparty(
            id=VendorId("vendor-works"),
            name="Stadtwerke",
            kind=OrganisationKind.UTILITY,
            added=person.clock.now(),
            email="info@works.example",
            country="DE",
        )
        await person.means.vault.write(lambda tx: tx.save_vendor(works))
        key = (await person.means.vault.write(lambda tx: file_of(tx, person.means, works.id))).id
        await reply_references.set_sources(person.means, ("me+*@mail.example",))
        await person.means.vault.write(lambda tx: reply_references.draw(tx, person.means, works.id))
        done = await cut_off.cut_off(person.means, works.id)
        await write_letters.hand_out(person.means, done.letters[0])
        await write_letters.sent(person.means, done.letters[0])
        view = await end_relationship.before_end(person.means, key)
        assert (view.wire, view.letter) == (False, True)
        await end_relationship.end(person.means, key)
        found = await person.means.vault.read(lambda tx: tx.papers(Letter, vendor=works.id))
        assert LetterAbout.END in {one.about for one in found}
        assert (await person.file(key)).relationship.state is RelationshipState.ENDING
        assert not (await follow_leaving.follow(person.means)).things
        person.clock.move(days=40)
        await follow_leaving.follow(person.means)
        assert "end-chased" in await person.notes(key)
        assert not (await follow_leaving.follow(person.means)).things
        person.clock.move(days=20)
        await follow_leaving.follow(person.means)
        assert (await person.file(key)).relationship.state is RelationshipState.ENDED
        assert "end-unanswered" in await person.notes(key)
        with pytest.raises(NotPossibleNow):
            await follow_leaving.confirmed(person.means, key)
        with pytest.raises(NotFound):
            await follow_leaving.confirmed(person.means, RelationshipId("rel-none"))

    run(tmp_path, job)


def test_after_the_end_it_is_asked_what_is_still_held_and_the_answer_comes(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        key = await ordered(person, desks)
        shelves = await letter_folders.shelves(person.means, "en")
        with pytest.raises(NotPossibleNow):
            await check_after_end.ask_what_is_held(person.means, key, shelves)
        with pytest.raises(NotFound):
            await check_after_end.ask_what_is_held(person.means, RelationshipId("rel-none"), shelves)
        await end_relationship.end(person.means, key)
        await person.settle()
        ended = (await person.file(key)).relationship
        assert ended.state is RelationshipState.ENDED
        assert not await person.means.vault.read(lambda tx: claims_stand(tx, ended))
        person.clock.move(days=31)
        await check_after_end.ask_what_is_held(person.means, key, shelves)
        assert await person.means.vault.read(lambda tx: claims_stand(tx, ended))
        with pytest.raises(NotPossibleNow):
            await check_after_end.ask_what_is_held(person.means, key, shelves)
        await person.settle()
        file = await person.file(key)
        (request,) = file.papers_of(RightsRequest)
        assert (request.way, request.state) == (RightsWay.WIRE, RequestState.FULFILLED)
        assert request.last(RequestEvent.FULFILLED) is not None
        assert not any(one.kind is AgendaKind.AFTER_END and not one.done for one in file.agenda)
        assert not await person.means.vault.read(lambda tx: claims_stand(tx, ended))

    run(tmp_path, job)


def test_a_question_that_could_not_leave_is_not_waited_for(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        key = await ordered(person, desks)
        await end_relationship.end(person.means, key)
        await person.settle()
        shelves = await letter_folders.shelves(person.means, "en")
        await check_after_end.ask_what_is_held(person.means, key, shelves)
        file = await person.file(key)
        (entry,) = file.waiting
        failed = replace(entry, state=ActState.FAILED)
        await person.means.vault.write(lambda tx: tx.update_act(failed))
        assert not await person.means.vault.read(lambda tx: claims_stand(tx, file.relationship))

    run(tmp_path, job)


def test_a_clock_that_runs_backwards_chases_nobody(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        key = await ordered(person, desks)
        await end_relationship.end(person.means, key)
        person.clock.move(days=-400)
        assert not (await follow_leaving.follow(person.means)).things
        assert (await person.file(key)).relationship.state is RelationshipState.ENDING
        person.clock.move(days=400)
        await person.settle()
        assert (await person.file(key)).relationship.state is RelationshipState.ENDED

    run(tmp_path, job)
