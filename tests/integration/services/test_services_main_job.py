"""The main job through the services alone: real vault, real wire, a real desk."""

import asyncio
from pathlib import Path

from tests.fakes.desks import a_desk
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import PROFILE, WANT, a_person
from vrm_desktop.domain.disclosure import BasisKind, LedgerState, Stage
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.kinds import Kind, Side, State
from vrm_desktop.domain.relationship import AgreementState, OrderState, RelationshipState
from vrm_desktop.services import (
    accept_offer,
    collect_offers,
    compare_offers,
    end_relationship,
    keep_relationship,
    say_what_i_want,
    who_knows_what,
)
from vrm_desktop.services.collect_offers import Answer


def test_the_nine_steps_lead_from_a_want_to_a_closed_relationship(tmp_path: Path) -> None:
    async def job() -> None:
        clock = MovingClock()
        async with a_desk(tmp_path / "desk", clock) as desk, a_person(tmp_path / "home", clock) as person:
            await person.knows()
            want, (key,) = await person.casts(desk.url)
            await person.settle()
            progress = await collect_offers.progress(person.means, want)
            assert [row.answer for row in progress.vendors] == [Answer.OFFERED]
            assert progress.all_answered
            assert progress.failed == 0

            comparison = await compare_offers.compare(person.means, want)
            best = comparison.ranked[0].offer
            assert best.vendor_name == desk.name
            view = await compare_offers.offer(person.means, best.id)
            assert view.ranked is not None
            assert view.ranked.place == 1

            await accept_offer.accept(person.means, best.id)
            await person.settle()
            file = await person.file(key)
            assert file.relationship.conversation.state is State.CONFIRMED
            assert file.order is not None
            assert file.order.state is OrderState.CONFIRMED
            assert file.order.payment is not None
            assert file.order.payment.iban.startswith("DE")
            assert {row.state for row in file.agreements} == {AgreementState.SIGNED}
            assert (await say_what_i_want.want(person.means, want)).state is IntentcastState.ORDERED

            await keep_relationship.say(person.means, key, "Does the bell work?")
            await accept_offer.paid(person.means, key)
            await person.settle()
            assert (await accept_offer.order(person.means, key)).paid == clock.now()
            assert "message" in await person.notes(key)

            await end_relationship.end(person.means, key, "moving away")
            await person.settle()
            file = await person.file(key)
            assert file.relationship.state is RelationshipState.ENDED
            assert file.relationship.conversation.state is State.ENDED
            assert "closure-ended" in await person.notes(key)
            proof = await who_knows_what.verify(person.means)
            assert proof.journal == len(file.journal)

    asyncio.run(job())


def test_both_sides_hold_the_same_messages_and_the_same_record(tmp_path: Path) -> None:
    async def job() -> None:
        clock = MovingClock()
        async with a_desk(tmp_path / "desk", clock) as desk, a_person(tmp_path / "home", clock) as person:
            await person.knows()
            want, (key,) = await person.casts(desk.url)
            await person.settle()
            best = (await compare_offers.compare(person.means, want)).ranked[0].offer
            await accept_offer.accept(person.means, best.id)
            await person.settle()
            file = await person.file(key)
            dossier = desk.dossier(str(file.relationship.conversation.id))
            mine = {(row.sender, row.number, row.message) for row in file.journal}
            assert mine == {(entry.side, entry.number, entry.id) for entry in dossier.entries}
            confirmation = next(row for row in file.journal if row.kind is Kind.CONFIRMATION)
            assert confirmation.sender is Side.VENDOR
            # The person computes the record from its own journal; the desk's stands in its confirmation.
            assert file.order is not None
            assert file.order.record
            assert not file.relationship.trouble

    asyncio.run(job())


def test_the_ledger_says_what_each_stage_gave_on_which_basis(tmp_path: Path) -> None:
    async def job() -> None:
        clock = MovingClock()
        async with a_desk(tmp_path / "desk", clock) as desk, a_person(tmp_path / "home", clock) as person:
            await person.knows()
            want, _ = await person.casts(desk.url)
            await person.settle()
            best = (await compare_offers.compare(person.means, want)).ranked[0].offer
            needs = await accept_offer.what_delivery_needs(person.means, best.id)
            await accept_offer.accept(person.means, best.id)
            await person.settle()
            rows = [entry.row for entry in await who_knows_what.ledger(person.means)]
            by_stage = {stage: {row.name: row for row in rows if row.stage is stage} for stage in Stage}
            assert {row.basis for row in by_stage[Stage.PING].values()} == {BasisKind.OWN_ACT}
            later = [*by_stage[Stage.REVEAL].values(), *by_stage[Stage.ORDER].values()]
            assert {row.basis for row in later} == {BasisKind.SIGNED_AGREEMENT}
            assert all(row.agreement for row in later)
            assert {row.state for row in rows} == {LedgerState.SENT}
            assert {name: row.value for name, row in by_stage[Stage.ORDER].items()} == {
                field.name: field.value for field in needs.order
            }
            assert by_stage[Stage.REVEAL]["want.title"].value == WANT.title
            told = {row.value for row in rows}
            assert not told & {PROFILE[path] for path in PROFILE if path.value in {"email", "phone"}}

    asyncio.run(job())
