"""Every turn that terms, offers and orders can take, against real desks."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.decoding import layers
from tests.fakes.desks import RunningDesk, a_desk
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import PROFILE, WANT, Person, a_person
from tests.fakes.service_jobs import first_offer, run
from vrm_desktop.domain.acts import DeclineReason
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.kinds import Kind, Side, State
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.offer import OfferState
from vrm_desktop.domain.plan import MissingField, NotOnPlan
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.relationship import AgreementState, RelationshipState
from vrm_desktop.services import (
    accept_offer,
    choose_vendors,
    collect_offers,
    compare_offers,
    end_relationship,
    keep_relationship,
    say_what_i_want,
    send_intentcast,
    settle_terms,
    who_knows_what,
)
from vrm_desktop.services.collect_offers import Answer
from vrm_desktop.services.errors import NobodyToAsk, NotFound, NotPossibleNow, OfferGone


def test_a_counter_on_terms_waits_for_the_person_and_is_closed_with_its_text(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        want, (key,) = await person.casts(desks[0].url)
        await person.settle()
        (view,) = await settle_terms.terms(person.means, want)
        assert view.open_counter
        assert "SD-BASE-A" in {row.roster for row in view.agreements if row.state is AgreementState.COUNTERED}
        assert (await collect_offers.progress(person.means, want)).vendors[0].answer is Answer.COUNTERED
        assert not [row for row in (await person.file(key)).journal if row.kind is Kind.REVEAL]

        await settle_terms.accept_counter(person.means, key)
        with pytest.raises(NotPossibleNow):
            await settle_terms.accept_counter(person.means, key)
        assert (await collect_offers.progress(person.means, want)).vendors[0].answer is Answer.AGREED
        await person.settle()
        assert (await person.file(key)).relationship.conversation.state is State.OFFERED
        signed = {row.roster for row in (await person.file(key)).agreements if row.state is AgreementState.SIGNED}
        assert signed == {"PDC-INTENT", "SD-BASE-A"}

    run(tmp_path, job, "veedelvelo")


def test_a_refused_counter_reveals_nothing(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        want, (key,) = await person.casts(desks[0].url)
        await person.settle()
        await settle_terms.refuse_counter(person.means, key)
        await person.settle()
        file = await person.file(key)
        assert file.relationship.state is RelationshipState.REFUSED
        assert {row.kind for row in file.journal if row.sender is Side.PERSON} == {Kind.PING, Kind.TERMS_REFUSE}
        assert {row.stage.value for row in file.disclosures} == {"ping"}
        progress = await collect_offers.progress(person.means, want)
        assert progress.vendors[0].answer is Answer.DECLINED
        with pytest.raises(NotPossibleNow):
            await settle_terms.refuse_counter(person.means, key)
        with pytest.raises(NotFound):
            await settle_terms.refuse_counter(person.means, RelationshipId("rel-none"))

    run(tmp_path, job, "veedelvelo")


def test_a_vendor_that_declines_the_terms_learns_nothing_more(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        want, (key,) = await person.casts(desks[0].url)
        await person.settle()
        file = await person.file(key)
        assert file.relationship.state is RelationshipState.DECLINED
        assert "terms-declined" in await person.notes(key)
        assert {row.state for row in file.agreements} == {AgreementState.REFUSED}
        assert (await collect_offers.progress(person.means, want)).all_answered
        assert not await collect_offers.expecting(person.means)
        await end_relationship.end(person.means, key)
        await person.settle()
        assert (await person.file(key)).relationship.state is RelationshipState.ENDED

    run(tmp_path, job, "kettenwerk")


def test_one_cast_gets_an_answer_of_its_own_from_each_vendor(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        want, _ = await person.casts(*(desk.url for desk in desks))
        await person.settle()
        progress = await collect_offers.progress(person.means, want)
        assert sorted(row.answer for row in progress.vendors) == ["countered", "declined", "offered", "offered"]
        assert progress.answered == 4
        comparison = await compare_offers.compare(person.means, want)
        assert [row.place for row in comparison.ranked] == [1, 2]
        winner, other = (row.offer for row in comparison.ranked)
        await accept_offer.accept(person.means, winner.id)
        await person.settle()
        states = {one.id: one.state for one in (await compare_offers.compare(person.means, want)).others}
        assert states[winner.id] is OfferState.ACCEPTED
        assert states[other.id] is OfferState.DECLINED
        loser = await person.file(other.relationship)
        assert loser.relationship.conversation.state is State.PASSED
        values = {row.value for row in loser.disclosures}
        assert not values & {PROFILE[FieldPath.NAME], PROFILE[FieldPath.STREET]}

    run(tmp_path, job, "", "veedelvelo", "kettenwerk", "rheinrad")


def test_a_price_counter_brings_a_new_offer_in_place_of_the_old(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        want, (key,) = await person.casts(desks[0].url)
        await person.settle()
        before = await first_offer(person, want)
        assert before.price is not None
        with pytest.raises(NotPossibleNow):
            await accept_offer.counter(person.means, before.id, Money(minor=100, currency="USD"))
        with pytest.raises(NotPossibleNow):
            await accept_offer.counter(person.means, before.id, before.price.all_in, "x" * 4001)
        lower = Money(minor=before.price.total * 97 // 100, currency="EUR")
        await accept_offer.counter(person.means, before.id, lower, "I pay today")
        await person.settle()
        after = await first_offer(person, want)
        assert after.id != before.id
        assert after.price is not None
        assert after.price.total <= before.price.total
        file = await person.file(key)
        assert {one.id: one.state for one in file.offers}[before.id] is OfferState.REPLACED
        with pytest.raises(OfferGone):
            await accept_offer.accept(person.means, before.id)
        with pytest.raises(OfferGone):
            await accept_offer.decline(person.means, before.id, DeclineReason.PRICE)

    run(tmp_path, job, "rheinrad")


def test_a_decline_says_why_and_the_offer_is_gone(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        want, (key,) = await person.casts(desks[0].url)
        await person.settle()
        offer = await first_offer(person, want)
        await accept_offer.decline(person.means, offer.id, DeclineReason.DATE)
        with pytest.raises(NotPossibleNow):
            await accept_offer.accept(person.means, offer.id)
        await person.settle()
        assert (await person.file(key)).relationship.conversation.state is State.PASSED
        assert not (await compare_offers.compare(person.means, want)).ranked
        assert (await compare_offers.offer(person.means, offer.id)).ranked is None

    run(tmp_path, job)


def test_a_second_accept_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        want, _ = await person.casts(*(desk.url for desk in desks))
        await person.settle()
        first, second = (row.offer for row in (await compare_offers.compare(person.means, want)).ranked)
        with pytest.raises(NotPossibleNow):
            await accept_offer.accept(person.means, first.id, "barter")
        await accept_offer.accept(person.means, first.id, decline_others=False)
        for again in (first.id, second.id):
            with pytest.raises(NotPossibleNow):
                await accept_offer.accept(person.means, again)
        await person.settle()
        with pytest.raises(OfferGone):
            await accept_offer.accept(person.means, first.id)
        accepts = [
            row
            for one in await keep_relationship.relationships(person.means)
            for row in one.journal
            if row.kind is Kind.ACCEPT
        ]
        assert len(accepts) == 1
        assert len((await compare_offers.compare(person.means, want)).ranked) == 1

    run(tmp_path, job, "", "rheinrad")


def test_an_offer_that_has_run_out_cannot_be_taken(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        want, _ = await person.casts(desks[0].url)
        await person.settle()
        offer = await first_offer(person, want)
        person.clock.move(days=(offer.valid_until - person.clock.now()).days + 1)
        assert not (await compare_offers.compare(person.means, want)).ranked
        assert (await compare_offers.offer(person.means, offer.id)).expired
        with pytest.raises(OfferGone):
            await accept_offer.accept(person.means, offer.id)

    run(tmp_path, job)


def test_an_offer_that_runs_out_before_the_accept_leaves_reopens_the_want(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        want, (key,) = await person.casts(desks[0].url)
        await person.settle()
        offer = await first_offer(person, want)
        await accept_offer.accept(person.means, offer.id)
        person.clock.move(days=30)
        await person.settle()
        assert (await say_what_i_want.want(person.means, want)).state is IntentcastState.CAST
        assert "not-sent-accept" in await person.notes(key)
        assert not [row for row in (await person.file(key)).disclosures if row.stage.value == "order"]

    run(tmp_path, job)


def test_sealed_offers_are_unseen_until_answers_by_is_over(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        want, (key,) = await person.casts(desks[0].url, want=replace(WANT, sealed_offers=True))
        await person.settle()
        comparison = await compare_offers.compare(person.means, want)
        assert (comparison.sealed, comparison.ranked, comparison.others) == (1, (), ())
        assert (await person.file(key)).offers == ()
        hidden = next(row.message for row in (await person.file(key)).journal if row.kind is Kind.OFFER)
        with pytest.raises(NotFound):
            await compare_offers.offer(person.means, hidden)
        with pytest.raises(NotPossibleNow):
            await accept_offer.accept(person.means, hidden)
        with pytest.raises(NotPossibleNow):
            await accept_offer.decline(person.means, hidden, DeclineReason.OTHER)
        person.clock.move(days=4)
        assert (await first_offer(person, want)).id == hidden
        assert len((await person.file(key)).offers) == 1

    run(tmp_path, job)


def test_accepting_asks_for_what_the_profile_lacks(tmp_path: Path) -> None:
    async def body() -> None:
        clock = MovingClock()
        async with a_desk(tmp_path / "desk", clock) as desk, a_person(tmp_path / "home", clock) as person:
            await person.knows({FieldPath.NAME: PROFILE[FieldPath.NAME]})
            want, (key,) = await person.casts(desk.url)
            await person.settle()
            offer = await first_offer(person, want)
            with pytest.raises(MissingField):
                await accept_offer.what_delivery_needs(person.means, offer.id)
            with pytest.raises(MissingField):
                await accept_offer.accept(person.means, offer.id)
            assert (await person.file(key)).waiting == ()
            assert (await say_what_i_want.want(person.means, want)).state is IntentcastState.CAST

    asyncio.run(body())


def test_a_want_that_no_vendor_serves_is_sent_to_nobody(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        await choose_vendors.add_vendor(person.means, desks[0].url)
        elsewhere = replace(WANT, category="health.appointment", attributes={}, condition=None)
        key = (await say_what_i_want.save_want(person.means, elsewhere)).id
        with pytest.raises(NobodyToAsk):
            await choose_vendors.plan(person.means, key)
        with pytest.raises(NotFound):
            await send_intentcast.cast(person.means, key)
        fits = await choose_vendors.whom_to_ask(person.means, key)
        assert [fit.fits for fit in fits] == [False]

    run(tmp_path, job)


def test_a_vendor_with_nothing_that_fits_closes_the_conversation(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        tiny = replace(WANT, attributes={"type": "cargo", "frame_cm": "44-46"})
        want, (key,) = await person.casts(desks[0].url, want=tiny)
        await person.settle()
        assert "closure-no-match" in await person.notes(key)
        assert (await person.file(key)).relationship.state is RelationshipState.DECLINED
        assert (await collect_offers.progress(person.means, want)).all_answered

    run(tmp_path, job)


def test_a_plan_that_no_longer_says_what_leaves_must_be_confirmed_again(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        await choose_vendors.add_vendor(person.means, desks[0].url)
        key = (await say_what_i_want.save_want(person.means, WANT)).id
        stale = await choose_vendors.plan(person.means, key)
        await choose_vendors.confirm_plan(person.means, stale)
        assert (await choose_vendors.plan(person.means, key)).confirmed
        wider = replace(WANT, area=Area(country="DE"), title="any bike")
        await say_what_i_want.save_want(person.means, wider, key)
        with pytest.raises(NotOnPlan):
            await send_intentcast.cast(person.means, key)
        with pytest.raises(NotOnPlan):
            await choose_vendors.confirm_plan(person.means, stale)
        fresh = await choose_vendors.plan(person.means, key)
        assert not fresh.confirmed
        await choose_vendors.confirm_plan(person.means, fresh)
        await send_intentcast.cast(person.means, key, spread=0.0)
        with pytest.raises(NotPossibleNow):
            await choose_vendors.confirm_plan(person.means, fresh)
        with pytest.raises(NotPossibleNow):
            await send_intentcast.cast(person.means, key)
        with pytest.raises(NotPossibleNow):
            await say_what_i_want.save_want(person.means, wider, key)

    run(tmp_path, job)


def test_the_price_cap_stands_in_no_byte_that_leaves(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        want, _ = await person.casts(*(desk.url for desk in desks))
        await person.settle()
        offer = await first_offer(person, want)
        await accept_offer.accept(person.means, offer.id)
        await person.settle()
        for desk in desks:
            for request in desk.recording.sent():
                for layer in layers(request):
                    for cap in (b"87654", b"876.54", b"876,54"):
                        assert cap not in layer
        assert "87654" not in {entry.row.value for entry in await who_knows_what.ledger(person.means)}

    run(tmp_path, job)
