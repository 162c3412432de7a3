"""Asking by ways beyond our own wire: the plan, the ledger first, once and no more, and what the person decides."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import cast

import pytest

from tests.fakes.moving_clock import MORNING, MovingClock
from tests.fakes.people import WANT, Person, a_person
from tests.fakes.quiet_channel import unreached
from tests.fakes.scripted_way import ScriptedWay
from vrm_desktop.domain.contact_details import ContactDetails
from vrm_desktop.domain.disclosure import BasisKind, LedgerState
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import IntentcastId, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.intentcast import Fulfilment, IntentcastState
from vrm_desktop.domain.offer import Offer, OfferState, Price
from vrm_desktop.domain.outside import OutsideAct, OutsideKind, OutsideState
from vrm_desktop.domain.plan import NotOnPlan
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.domain.ways import CARRIES, FoundBy, KnownWay, Way
from vrm_desktop.services import (
    accept_offer,
    choose_vendors,
    collect_offers,
    end_relationship,
    keep_counterparty,
    outside_acts,
    outside_table,
    say_what_i_want,
    send_intentcast,
)
from vrm_desktop.services.choose_vendors import PlanView
from vrm_desktop.services.collect_offers import Answer
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.exchange import Exchange
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_ways import way_of, ways_of
from vrm_desktop.services.ports import Transaction

Job = Callable[[Person, "Asked"], Awaitable[None]]


class Asked:
    """A want, a counterparty without an endpoint, and the way it is asked by."""

    def __init__(self, person: Person, way: ScriptedWay, want: IntentcastId, vendor: VendorId) -> None:
        self.person, self.way, self.want, self.vendor = person, way, want, vendor

    async def plan(self) -> PlanView:
        return await choose_vendors.plan(self.person.means, self.want, (self.vendor,))

    async def cast(self, *, pause: float = 0.0) -> RelationshipId:
        await choose_vendors.confirm_plan(self.person.means, await self.plan())
        _changes, (key,) = await send_intentcast.cast(self.person.means, self.want, pause=pause, spread=0.0)
        return key

    async def act(self) -> OutsideAct:
        (act,) = await self.person.means.vault.read(lambda tx: tx.papers(OutsideAct))
        return act

    async def told(self) -> list[tuple[str, str, LedgerState]]:
        rows = await self.person.means.vault.read(lambda tx: tx.ledger(vendor=self.vendor))
        assert {row.basis for row in rows} <= {BasisKind.OWN_ACT}
        return [(row.channel, row.value, row.state) for row in rows]

    async def answer(self) -> Answer:
        return (await collect_offers.progress(self.person.means, self.want)).vendors[0].answer


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def runs(job: Job, kind: OutsideKind = OutsideKind.QUOTE) -> None:
        async def body() -> None:
            way = ScriptedWay(way=Way.MCP, kind=kind)
            monkeypatch.setitem(cast("dict[Way, ScriptedWay]", outside_table.OUTSIDE), Way.MCP, way)
            async with a_person(tmp_path / "home", MovingClock()) as person:
                await person.knows()
                want = (await say_what_i_want.save_want(person.means, WANT)).id
                details = ContactDetails(name="Kramladen", kind=OrganisationKind.SHOP)
                vendor, _file = await keep_counterparty.add(person.means, details)
                known = KnownWay(
                    id="way-1",
                    vendor=vendor.id,
                    at=MORNING,
                    way=Way.MCP,
                    address="https://kram.example/mcp",
                    found=FoundBy.PERSON,
                )
                await person.means.vault.write(lambda tx: tx.keep_paper(known))
                await job(person, Asked(person, way, want, vendor.id))

        asyncio.run(body())

    return runs


def test_only_our_own_wire_is_terms_first() -> None:
    assert [way for way in Way if CARRIES[way].terms_first] == [Way.NATIVE]
    assert set(CARRIES) == set(Way)


def test_a_way_needs_an_address() -> None:
    with pytest.raises(InvalidValue):
        KnownWay(id="w", vendor=VendorId("v"), at=MORNING, way=Way.MAIL, address="", found=FoundBy.RECORD)


def test_what_is_written_down_about_somebody_is_a_way_too(run: Callable[..., None]) -> None:
    async def job(person: Person, asked: Asked) -> None:
        vendor = replace(
            await choose_vendors.vendor(person.means, asked.vendor),
            email="post@kram.example",
            postal="Kram\nGasse 2",
            web="https://kram.example/",
        )
        await person.means.vault.write(lambda tx: tx.save_vendor(vendor))
        found = await person.means.vault.read(lambda tx: ways_of(tx, vendor))
        assert [(one.way, one.found) for one in found] == [
            (Way.MCP, FoundBy.PERSON),
            (Way.MAIL, FoundBy.RECORD),
            (Way.PAGE, FoundBy.RECORD),
            (Way.LETTER, FoundBy.RECORD),
        ]
        with pytest.raises(NotFound):
            await person.means.vault.read(lambda tx: way_of(tx, vendor, Way.UCP))

    run(job)


def test_the_plan_shows_what_leaves_and_the_ledger_has_it_before_it_does(run: Callable[..., None]) -> None:
    async def job(person: Person, asked: Asked) -> None:
        view = await asked.plan()
        (one,) = view.plan.vendors
        assert (one.way, one.ping, one.body) == (Way.MCP, (), f"Kramladen: {WANT.title}")
        assert view.vendors[0].ways == (Way.MCP,)
        key = await asked.cast()
        assert await asked.answer() is Answer.HELD
        await person.settle()
        (act,) = asked.way.carried
        assert (act.body, act.address) == (one.body, "https://kram.example/mcp")
        assert asked.way.ledger_then == [1]
        assert await asked.told() == [("mcp", WANT.title, LedgerState.SENT)]
        assert (await asked.act()).state is OutsideState.DONE
        assert await asked.answer() is Answer.ASKED
        record = await person.means.vault.read(lambda tx: outside_acts.record_of(tx, act))
        assert record is not None
        assert (record.sent, record.answered, record.status) == (one.body, "taken", 200)
        assert await collect_offers.active(person.means) == ()
        assert not await collect_offers.expecting(person.means)
        assert (await person.file(key)).relationship.way is Way.MCP

    run(job)


def test_a_way_that_cannot_be_asked_says_why(run: Callable[..., None]) -> None:
    async def job(person: Person, asked: Asked) -> None:
        asked.way.refusal = NotPossibleNow("no page set")
        with pytest.raises(NotPossibleNow, match="no page set"):
            await asked.plan()
        with pytest.raises(NotFound):
            await choose_vendors.plan(person.means, asked.want, (asked.vendor,), {asked.vendor: Way.NATIVE})
        with pytest.raises(NotFound):
            await choose_vendors.plan(person.means, asked.want, (VendorId("nobody"),))

    run(job)


def test_a_want_that_was_changed_after_the_plan_is_not_cast(run: Callable[..., None]) -> None:
    async def job(person: Person, asked: Asked) -> None:
        await choose_vendors.confirm_plan(person.means, await asked.plan())
        await say_what_i_want.save_want(person.means, replace(WANT, title="two tents"), key=asked.want)
        with pytest.raises(NotOnPlan):
            await send_intentcast.cast(person.means, asked.want, spread=0.0)

    run(job)


def test_what_waits_can_be_taken_back_and_never_leaves(run: Callable[..., None]) -> None:
    async def job(person: Person, asked: Asked) -> None:
        key = await asked.cast(pause=30)
        await person.settle()
        await outside_acts.undo(person.means, (await asked.act()).id)
        person.clock.move(seconds=60)
        await person.settle()
        assert asked.way.carried == []
        assert await asked.told() == []
        with pytest.raises(NotPossibleNow):
            await outside_acts.undo(person.means, (await asked.act()).id)
        with pytest.raises(NotFound):
            await outside_acts.undo(person.means, "none")
        await send_intentcast.withdraw(person.means, asked.want)
        assert (await person.file(key)).relationship.state is RelationshipState.WITHDRAWN

    run(job)


def test_withdrawing_the_want_takes_back_what_waits(run: Callable[..., None]) -> None:
    async def job(person: Person, asked: Asked) -> None:
        await asked.cast(pause=30)
        await send_intentcast.withdraw(person.means, asked.want)
        assert (await asked.act()).state is OutsideState.UNDONE

    run(job)


def test_nothing_that_waits_leaves_after_the_end(run: Callable[..., None]) -> None:
    async def job(person: Person, asked: Asked) -> None:
        key = await asked.cast(pause=60)
        assert (await end_relationship.before_end(person.means, key)).waiting == 1
        await end_relationship.end(person.means, key)
        assert (await asked.act()).state is OutsideState.UNDONE
        person.clock.move(seconds=120)
        await person.settle()
        assert not asked.way.carried
        assert await asked.told() == []
        assert (await person.file(key)).relationship.state is RelationshipState.ENDED

    run(job)


def test_what_was_put_into_an_ended_relationship_does_not_leave_either(run: Callable[..., None]) -> None:
    async def job(person: Person, asked: Asked) -> None:
        key = await asked.cast()
        await person.settle()
        await end_relationship.end(person.means, key)
        late = replace(await asked.act(), id="outside-late", state=OutsideState.WAITING)
        with pytest.raises(NotPossibleNow):
            await person.means.vault.write(lambda tx: outside_acts.hold(tx, late))
        await person.means.vault.write(lambda tx: tx.keep_paper(late))
        await person.settle()
        assert len(asked.way.carried) == 1
        found = await person.means.vault.read(lambda tx: tx.paper(OutsideAct, "outside-late"))
        assert found is not None
        assert found.state is OutsideState.UNDONE

    run(job)


def test_nobody_there_is_tried_again_and_given_up_in_the_end(run: Callable[..., None]) -> None:
    async def job(person: Person, asked: Asked) -> None:
        asked.way.trouble = unreached
        key = await asked.cast()
        for _ in range(8):
            await person.settle()
            person.clock.move(seconds=5000)
        assert len(asked.way.carried) == 6
        assert (await asked.act()).state is OutsideState.FAILED
        assert await asked.told() == [("mcp", WANT.title, LedgerState.NOT_SENT)]
        assert await asked.answer() is Answer.UNREACHABLE
        assert (await person.notes(key)).count("trouble connect-failed") == 1

    run(job)


def test_what_may_have_left_is_not_said_twice_unless_the_person_says_so(run: Callable[..., None]) -> None:
    async def job(person: Person, asked: Asked) -> None:
        asked.way.trouble = lambda: unreached("connection-lost", maybe=True)
        await asked.cast()
        await person.settle()
        person.clock.move(days=1)
        await person.settle()
        assert len(asked.way.carried) == 1
        assert await asked.told() == [("mcp", WANT.title, LedgerState.MAYBE)]
        assert await asked.answer() is Answer.UNSURE
        asked.way.trouble = None
        await outside_acts.decide(person.means, (await asked.act()).id, again=True)
        await person.settle()
        assert len(asked.way.carried) == 2
        assert await asked.told() == [("mcp", WANT.title, LedgerState.SENT)]
        with pytest.raises(NotPossibleNow):
            await outside_acts.decide(person.means, (await asked.act()).id, again=False)
        with pytest.raises(NotFound):
            await outside_acts.decide(person.means, "none", again=False)

    run(job)


@pytest.mark.parametrize("kind", [OutsideKind.QUOTE, OutsideKind.SEARCH])
def test_what_was_interrupted_is_repeated_only_where_that_does_no_more(
    run: Callable[..., None], kind: OutsideKind
) -> None:
    async def job(person: Person, asked: Asked) -> None:
        await asked.cast()
        act = await asked.act()
        await person.means.vault.write(lambda tx: tx.keep_paper(act.now(OutsideState.LEAVING)))
        person.exchange = Exchange(person.means)
        await person.settle()
        now = await asked.act()
        assert now.state is (OutsideState.DONE if kind.repeats else OutsideState.UNSURE)
        assert len(asked.way.carried) == int(kind.repeats)

    run(job, kind)


def test_an_answer_is_looked_for_when_its_time_has_come(run: Callable[..., None]) -> None:
    async def job(person: Person, asked: Asked) -> None:
        await asked.cast()
        await person.settle()
        asked.way.looks_at = person.clock.now() + timedelta(hours=1)
        await person.settle()
        assert asked.way.looked == 0
        person.clock.move(seconds=3601)
        asked.way.trouble = unreached
        await person.settle()
        assert asked.way.looked == 1
        person.clock.move(seconds=60)
        asked.way.trouble = None
        await person.settle()
        assert asked.way.looked == 2

    run(job)


def test_an_offer_by_another_way_is_accepted_by_that_way_or_put_aside(run: Callable[..., None]) -> None:
    async def job(person: Person, asked: Asked) -> None:
        key = await asked.cast()
        await person.settle()
        offers = [an_offer(key, asked, number) for number in (1, 2)]
        for offer in offers:
            await person.means.vault.write(partial(_save, offer=offer))
        assert await asked.answer() is Answer.OFFERED
        with pytest.raises(NotPossibleNow):
            await accept_offer.counter(person.means, offers[0].id, offers[0].price.all_in)  # type: ignore[union-attr]
        await accept_offer.accept(person.means, offers[0].id)
        ((taken, plan, payment),) = asked.way.taken
        assert (taken.id, payment) == (offers[0].id, "none")
        assert plan.order == (), "a desk has learnt with the question all that it demands"
        want = await say_what_i_want.want(person.means, asked.want)
        other = await person.means.vault.read(lambda tx: tx.offer(offers[1].id))
        assert (want.state, other and other.state) == (IntentcastState.ORDERED, OfferState.DECLINED)

    run(job)


def an_offer(key: RelationshipId, asked: Asked, number: int) -> Offer:
    return Offer(
        id=MessageId(f"offer-{number}"),
        relationship=key,
        intentcast=asked.want,
        vendor=asked.vendor,
        vendor_name="Kramladen",
        lines=(),
        price=Price(currency="EUR", items=1000 * number, shipping=0, fees=0, tax=0, total=1000 * number),
        binding=True,
        valid_until=MORNING + timedelta(days=9),
        fulfilment=Fulfilment.DELIVERED,
        by=None,
        returns_days=None,
        warranty_months=None,
        asks=(),
        payment=(),
        payment_link="",
        note="",
        received=MORNING,
        way=Way.MCP,
    )


def _save(tx: Transaction, *, offer: Offer) -> None:
    tx.save_offer(offer)


def test_an_acceptance_that_was_surely_not_taken_opens_offer_and_want_again(run: Callable[..., None]) -> None:
    async def job(person: Person, asked: Asked) -> None:
        key = await asked.cast()
        await person.settle()
        offer = an_offer(key, asked, 1)
        await person.means.vault.write(partial(_save, offer=offer))
        for trouble, back in ((unreached("mcp-refused", maybe=True, final=True), True), (None, False)):
            asked.way.trouble = None if trouble is None else lambda: unreached("mcp-refused", maybe=True, final=True)
            await accept_offer.accept(person.means, offer.id)
            await person.means.vault.write(partial(_accepting, means=person.means, asked=asked, key=key, offer=offer))
            await person.settle()
            now = await person.means.vault.read(lambda tx: tx.offer(offer.id))
            want = await say_what_i_want.want(person.means, asked.want)
            assert (now and now.state is OfferState.LIVE) is back
            assert (want.state is IntentcastState.CAST) is back

    run(job)


def _accepting(tx: Transaction, *, means: Means, asked: Asked, key: RelationshipId, offer: Offer) -> None:
    tx.set_offer_state(offer.id, OfferState.ACCEPTED)
    now = means.clock.now()
    act = OutsideAct(
        id=means.new_id("outside"),
        vendor=asked.vendor,
        relationship=key,
        at=now,
        way=Way.MCP,
        kind=OutsideKind.QUOTE_ACCEPT,
        address="https://kram.example/mcp",
        body="yes",
        tells=(),
        not_before=now,
        intentcast=asked.want,
        accepts=offer.id,
    )
    outside_acts.hold(tx, act)


def test_nothing_asks_by_a_page() -> None:
    with pytest.raises(NotPossibleNow):
        outside_table.outside(Way.PAGE)
