"""An order of something that runs on becomes a contract by itself, and its notice goes over the wire."""

import asyncio
from datetime import date, timedelta
from pathlib import Path

from tests.fakes.lying_vendor import LyingVendor, Talk, a_lying_vendor, honest
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import Person, a_person
from vrm_desktop.domain.calendar_arithmetic import Span, SpanUnit
from vrm_desktop.domain.contract import ContractState, Every, Renewal
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.messages import AnyMessage
from vrm_desktop.services import accept_offer, cancel_contracts, compare_offers, keep_contracts
from vrm_desktop.services.keep_contracts import ContractView

STARTS = date(2028, 2, 29)


async def ordered(person: Person, liar: LyingVendor, heard: list[messages.Notice], contract: messages.Contract) -> None:
    def script(talk: Talk, message: AnyMessage) -> None:
        if isinstance(message, messages.Reveal):
            talk.offer(contract=contract)
        elif isinstance(message, messages.Notice):
            heard.append(message)
        else:
            honest(talk, message)

    liar.script, liar.kinds = script, ("notice",)
    await person.knows()
    want, _ = await person.casts(liar.url)
    await person.settle()
    ranked = (await compare_offers.compare(person.means, want)).ranked
    await accept_offer.accept(person.means, ranked[0].offer.id)
    await person.settle()


async def only(person: Person) -> ContractView:
    [view] = await keep_contracts.contracts(person.means)
    return view


def test_a_confirmed_order_becomes_a_contract_and_is_cancelled_over_the_wire(tmp_path: Path) -> None:
    async def job() -> None:
        clock, heard = MovingClock(), list[messages.Notice]()
        async with a_lying_vendor(clock) as liar, a_person(tmp_path / "home", clock) as person:
            terms = messages.Contract(
                starts=STARTS.isoformat(), months=12, renews_months=12, notice_days=42, price_every="month"
            )
            await ordered(person, liar, heard, terms)
            view = await only(person)
            kept = view.contract
            assert (kept.title, kept.starts, kept.months, kept.renewal) == ("A bike", STARTS, 12, Renewal.RENEWS)
            assert (kept.notice, [one.every for one in kept.prices]) == (
                Span(count=42, unit=SpanUnit.DAYS),
                [Every.MONTH],
            )
            assert view.term_end == date(2029, 2, 28)
            assert view.by_wire
            assert view.yearly is not None
            assert view.yearly.minor == 12 * 41_000
            given = await cancel_contracts.cancel(person.means, kept.id, pause=30)
            assert given.by_wire
            await cancel_contracts.keep_it(person.means, kept.id)
            clock.move(seconds=31)
            await person.settle()
            assert heard == []
            await cancel_contracts.cancel(person.means, kept.id)
            await person.settle()
            [notice] = heard
            assert (notice.about, notice.by) == ("cancel-contract", "2029-02-28")
            assert (await only(person)).contract.state is ContractState.CANCELLING

    asyncio.run(job())


def test_a_contract_without_a_day_begins_with_the_delivery_or_today(tmp_path: Path) -> None:
    async def job() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as liar, a_person(tmp_path / "home", clock) as person:
            await ordered(person, liar, [], messages.Contract(months=0, notice_days=30, price_every="year"))
            view = await only(person)
            assert (view.contract.starts, view.contract.renewal) == (clock.today(), Renewal.RUNS_ON)
            assert (view.terminate_by, view.earliest_end) == (None, clock.today() + timedelta(days=30))
            assert view.cancellable_this_month

    asyncio.run(job())
