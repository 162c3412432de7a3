"""Taking back, undoing and leaving, against real desks: at once here, and told there if anything may have left."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.desks import RunningDesk
from tests.fakes.people import WANT, Person
from tests.fakes.service_jobs import first_offer, held_act, run
from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.ids import ActId, IntentcastId, RelationshipId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.kinds import Kind, Side, State
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.offer import OfferState
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.services import (
    accept_offer,
    choose_vendors,
    collect_offers,
    compare_offers,
    end_relationship,
    hold_acts,
    keep_relationship,
    say_what_i_want,
    send_intentcast,
    settle_terms,
)
from vrm_desktop.services.collect_offers import Answer
from vrm_desktop.services.errors import NotFound, NotPossibleNow


def test_withdrawing_tells_every_vendor_and_stops_everything(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        want, (key, _) = await person.casts(*(desk.url for desk in desks))
        await person.settle()
        await send_intentcast.withdraw(person.means, want)
        await person.settle()
        for one in await keep_relationship.relationships(person.means):
            assert one.relationship.state is RelationshipState.WITHDRAWN
            assert one.relationship.conversation.state is State.ENDED
        assert (await say_what_i_want.want(person.means, want)).state is IntentcastState.WITHDRAWN
        assert await collect_offers.active(person.means) == ()
        with pytest.raises(NotPossibleNow):
            await send_intentcast.withdraw(person.means, want)
        with pytest.raises(NotFound):
            await send_intentcast.withdraw(person.means, IntentcastId("want-none"))
        with pytest.raises(NotPossibleNow):
            await keep_relationship.say(person.means, key, "hello?")

    run(tmp_path, job, "", "rheinrad")


def test_a_want_taken_back_while_a_vendor_is_down_never_reaches_it(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        want, (key,) = await person.casts(desks[0].url)
        desks[0].recording.down = True
        await person.settle()
        assert (await person.file(key)).relationship.state is RelationshipState.UNREACHABLE
        # A proxy that hangs up without an answer may have passed the bytes on; a refused connection may not.
        await person.means.vault.write(lambda tx: _surely_not_sent(tx, key))
        await send_intentcast.withdraw(person.means, want)
        desks[0].recording.down = False
        before = len(desks[0].recording.posts())
        person.clock.move(days=1)
        await person.settle()
        assert len(desks[0].recording.posts()) == before
        assert (await person.file(key)).relationship.state is RelationshipState.WITHDRAWN

    run(tmp_path, job)


def _surely_not_sent(tx, key: RelationshipId) -> None:  # type: ignore[no-untyped-def]
    for entry in tx.acts(states=frozenset({ActState.SEALED}), relationship=key):
        tx.update_act(replace(entry, maybe=False))


def test_a_want_taken_back_after_the_question_may_have_arrived_is_withdrawn_there_too(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        want, (key,) = await person.casts(desks[0].url)
        desks[0].recording.down = True
        await person.settle()
        assert (await person.file(key)).disclosures[0].state is LedgerState.MAYBE
        await send_intentcast.withdraw(person.means, want)
        desks[0].recording.down = False
        person.clock.move(seconds=60)
        await person.settle()
        file = await person.file(key)
        assert [row.kind for row in file.journal if row.sender is Side.PERSON] == [Kind.PING, Kind.WITHDRAW_CAST]
        assert file.relationship.state is RelationshipState.WITHDRAWN

    run(tmp_path, job)


def test_ending_takes_effect_at_once_and_is_over_with_the_closure(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        want, (key,) = await person.casts(desks[0].url)
        await person.settle()
        offer = await first_offer(person, want)
        await accept_offer.counter(person.means, offer.id, Money(minor=40_000, currency="EUR"))
        with pytest.raises(NotPossibleNow):
            await end_relationship.end(person.means, key, "r" * 201)
        await end_relationship.end(person.means, key)
        file = await person.file(key)
        assert file.relationship.state is RelationshipState.ENDING
        assert {row.state for row in file.disclosures} == {LedgerState.ERASURE_ASKED}
        with pytest.raises(NotPossibleNow):
            await end_relationship.end(person.means, key)
        with pytest.raises(NotPossibleNow):
            await hold_acts.undo(person.means, await held_act(person, key))
        await person.settle()
        file = await person.file(key)
        assert file.relationship.state is RelationshipState.ENDED
        assert Kind.COUNTER not in {row.kind for row in file.journal}, "what was held never leaves"
        assert {row.state for row in file.disclosures} == {LedgerState.ERASED}
        assert file.offers[0].state is OfferState.WITHDRAWN
        with pytest.raises(NotFound):
            await end_relationship.end(person.means, RelationshipId("rel-none"))

    run(tmp_path, job)


def test_an_end_to_a_vendor_that_never_got_the_question_is_over_at_once(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        _, (key,) = await person.casts(desks[0].url)
        await end_relationship.end(person.means, key)
        await person.settle()
        assert (await person.file(key)).relationship.state is RelationshipState.ENDED
        assert desks[0].recording.posts() == []

    run(tmp_path, job)


def test_what_is_held_can_be_undone_and_never_leaves(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        want, (key, other) = await person.casts(desks[0].url, desks[1].url, spread=0.0)
        ping = await held_act(person, key)
        await hold_acts.undo(person.means, ping)
        with pytest.raises(NotPossibleNow):
            await hold_acts.undo(person.means, ping)
        with pytest.raises(NotFound):
            await hold_acts.undo(person.means, ActId("act-none"))
        await person.settle()
        assert (await person.file(key)).relationship.state is RelationshipState.WITHDRAWN
        assert [len(desk.recording.posts()) for desk in desks].count(0) == 1

        offer = await first_offer(person, want)
        await accept_offer.accept(person.means, offer.id)
        await hold_acts.undo(person.means, await held_act(person, other))
        assert (await say_what_i_want.want(person.means, want)).state is IntentcastState.CAST
        await person.settle()
        assert Kind.ACCEPT not in {row.kind for row in (await person.file(other)).journal}

    run(tmp_path, job, "", "rheinrad")


def test_an_undone_accept_tells_nobody_that_another_was_chosen(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        want, _ = await person.casts(*(desk.url for desk in desks))
        await person.settle()
        winner, loser = (row.offer for row in (await compare_offers.compare(person.means, want)).ranked)
        await accept_offer.accept(person.means, winner.id)
        await hold_acts.undo(person.means, await held_act(person, winner.relationship))
        await person.settle()
        kinds = {row.kind for row in (await person.file(loser.relationship)).journal}
        assert Kind.DECLINE not in kinds
        assert len((await compare_offers.compare(person.means, want)).ranked) == 2

    run(tmp_path, job, "", "rheinrad")


def test_an_undone_acceptance_of_a_counter_takes_the_reveal_with_it(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        _, (key,) = await person.casts(desks[0].url)
        await person.settle()
        await settle_terms.accept_counter(person.means, key)
        await hold_acts.undo(person.means, await held_act(person, key))
        await person.settle()
        file = await person.file(key)
        assert file.waiting == ()
        assert Kind.REVEAL not in {row.kind for row in file.journal}
        assert (await settle_terms.terms(person.means))[0].open_counter

    run(tmp_path, job, "veedelvelo")


def test_pings_leave_spread_out_and_not_before_the_pause_to_undo_is_over(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        vendor = await choose_vendors.add_vendor(person.means, desks[0].url)
        key = (await say_what_i_want.save_want(person.means, WANT)).id
        await choose_vendors.confirm_plan(person.means, await choose_vendors.plan(person.means, key, (vendor.id,)))
        start = person.clock.now()
        _, (made,) = await send_intentcast.cast(person.means, key, pause=10, spread=3)
        (entry,) = (await person.file(made)).waiting
        assert timedelta(seconds=10) <= entry.not_before - start <= timedelta(seconds=13)
        await person.settle()
        assert desks[0].recording.posts() == []
        assert (await collect_offers.progress(person.means, key)).vendors[0].answer is Answer.HELD
        person.clock.move(seconds=14)
        await person.settle()
        assert len(desks[0].recording.posts()) == 2

    run(tmp_path, job)
