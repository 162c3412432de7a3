"""Contracts: their dates in the agenda, what they cost, and how they end when a letter has to go."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import Person, a_person
from vrm_desktop.domain.agenda import AgendaKind
from vrm_desktop.domain.calendar_arithmetic import Span, SpanUnit
from vrm_desktop.domain.contract import Contract, ContractState, Every, PricePoint, Renewal
from vrm_desktop.domain.letter import Letter, LetterAbout, LetterState, LetterWay
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.services import cancel_contracts, choose_vendors, keep_contracts, watch_dates, write_letters
from vrm_desktop.services.errors import NotFound, NotPossibleNow


def run(folder: Path, job: Callable[[Person, Contract], Awaitable[None]]) -> None:
    """Run `job` with a person who has a yearly contract with a utility without an endpoint, begun on 29 February."""

    async def body() -> None:
        async with a_person(folder / "home", MovingClock()) as person:
            await person.knows()
            works = await choose_vendors.add_organisation(person.means, "Stadtwerke", OrganisationKind.UTILITY)
            now = person.clock.now()
            begun = Contract(
                id="contract-1",
                vendor=works.id,
                at=now,
                title="Strom Komfort",
                number="K-7391846",
                starts=date(2024, 2, 29),
                months=12,
                renewal=Renewal.RENEWS,
                renews=12,
                notice=Span(count=6, unit=SpanUnit.WEEKS),
                prices=(
                    PricePoint(since=date(2024, 2, 29), price=Money(minor=5_000, currency="EUR"), every=Every.MONTH),
                ),
            )
            await keep_contracts.keep(person.means, begun)
            await job(person, begun)

    asyncio.run(body())


async def dates(person: Person, *, done: bool = False) -> dict[AgendaKind, date]:
    items = await person.means.vault.read(lambda tx: tx.agenda())
    return {item.kind: item.due for item in items if item.key == "contract-1" and item.done is done}


async def letters(person: Person) -> tuple[Letter, ...]:
    return await write_letters.letters(person.means)


def on(person: Person, day: date) -> None:
    """Let that day come."""
    person.clock.move(days=(day - person.clock.today()).days)


def test_the_last_day_for_notice_stands_in_the_agenda_with_a_reminder_before_it(tmp_path: Path) -> None:
    async def job(person: Person, kept: Contract) -> None:
        view = await keep_contracts.contract(person.means, kept.id)
        by = view.terminate_by
        assert by is not None
        assert view.term_end is not None
        assert (view.term_end.month, view.term_end.day) == (2, 28)
        assert by == view.term_end - timedelta(weeks=6)
        assert await dates(person) == {AgendaKind.NOTICE_SOON: by - timedelta(days=14), AgendaKind.NOTICE_BY: by}
        on(person, by + timedelta(days=1))
        await watch_dates.watch(person.means)
        later = await dates(person)
        assert later[AgendaKind.NOTICE_BY] == keep_days(kept, by + timedelta(days=1))
        assert not (await watch_dates.watch(person.means)).things

    run(tmp_path, job)


def keep_days(kept: Contract, day: date) -> date:
    by = kept.next_terminate_by(day)
    assert by is not None
    return by


def test_a_contract_that_is_kept_for_this_term_is_quiet_until_the_next(tmp_path: Path) -> None:
    async def job(person: Person, kept: Contract) -> None:
        await cancel_contracts.keep_it(person.means, kept.id)
        await watch_dates.watch(person.means)
        assert await dates(person) == {}
        on(person, keep_days(kept, person.clock.today()) + timedelta(days=1))
        await watch_dates.watch(person.means)
        assert set(await dates(person)) == {AgendaKind.NOTICE_SOON, AgendaKind.NOTICE_BY}

    run(tmp_path, job)


def test_notice_is_a_letter_that_tells_name_and_address_where_there_is_no_wire(tmp_path: Path) -> None:
    async def job(person: Person, kept: Contract) -> None:
        given = await cancel_contracts.cancel(person.means, kept.id)
        assert not given.by_wire
        [letter] = await letters(person)
        assert given.letter == letter
        assert (letter.about, letter.way, letter.language, letter.source) == (
            LetterAbout.CANCEL,
            LetterWay.FORM,
            "de",
            kept.id,
        )
        assert "K-7391846" in letter.body
        assert {one.name for one in letter.tells} >= {"profile.name", "profile.address.street"}
        ends = given.contract.ends
        assert ends is not None
        view = await keep_contracts.contract(person.means, kept.id)
        assert view.unsent
        assert view.terminate_by is not None
        assert await dates(person) == {AgendaKind.NOTICE_BY: view.terminate_by}
        await write_letters.hand_out(person.means, letter.id)
        assert (await keep_contracts.contract(person.means, kept.id)).unsent
        await write_letters.sent(person.means, letter.id)
        assert not (await keep_contracts.contract(person.means, kept.id)).unsent
        assert await dates(person) == {AgendaKind.CONTRACT_ENDS: ends}
        with pytest.raises(NotPossibleNow):
            await cancel_contracts.cancel(person.means, kept.id)
        await cancel_contracts.confirmed(person.means, kept.id, ends + timedelta(days=3))
        assert (await keep_contracts.contract(person.means, kept.id)).contract.state is ContractState.CANCELLED
        with pytest.raises(NotPossibleNow):
            await cancel_contracts.keep_it(person.means, kept.id)
        on(person, ends + timedelta(days=4))
        await watch_dates.watch(person.means)
        assert (await keep_contracts.contract(person.means, kept.id)).contract.state is ContractState.OVER
        assert await dates(person) == {}

    run(tmp_path, job)


def test_a_contract_that_was_kept_quiet_speaks_up_until_its_notice_went(tmp_path: Path) -> None:
    async def job(person: Person, kept: Contract) -> None:
        await cancel_contracts.keep_it(person.means, kept.id)
        assert await dates(person) == {}
        await cancel_contracts.cancel(person.means, kept.id)
        assert set(await dates(person)) == {AgendaKind.NOTICE_BY}

    run(tmp_path, job)


def test_a_notice_is_taken_back_with_its_draft(tmp_path: Path) -> None:
    async def job(person: Person, kept: Contract) -> None:
        before = await dates(person)
        await cancel_contracts.cancel(person.means, kept.id)
        await cancel_contracts.keep_it(person.means, kept.id)
        assert [one.state for one in await letters(person)] == [LetterState.DROPPED]
        assert await dates(person) == before
        with pytest.raises(NotPossibleNow):
            await cancel_contracts.confirmed(person.means, kept.id)
        too_early = person.clock.today()
        with pytest.raises(NotPossibleNow):
            await cancel_contracts.cancel(person.means, kept.id, too_early)

    run(tmp_path, job)


def test_prices_tell_their_rise_and_what_a_year_costs(tmp_path: Path) -> None:
    async def job(person: Person, kept: Contract) -> None:
        dearer = PricePoint(since=person.clock.today(), price=Money(minor=6_250, currency="EUR"), every=Every.MONTH)
        await keep_contracts.set_price(person.means, kept.id, dearer)
        await keep_contracts.set_price(person.means, kept.id, dearer)
        [view] = await keep_contracts.contracts(person.means)
        assert (view.rise, view.yearly) == (2_500, Money(minor=75_000, currency="EUR"))
        assert keep_contracts.yearly_totals((view,)) == (Money(minor=75_000, currency="EUR"),)
        owner = view.contract.relationship
        assert owner is not None
        to_come = replace(dearer, since=person.clock.today() + timedelta(days=40))
        await keep_contracts.set_price(person.means, kept.id, to_come)
        [later] = await keep_contracts.contracts(person.means)
        assert (view.rises, later.rises) == (None, to_come.since)
        notes = await person.notes(owner)
        assert notes == ["file-begun", "contract-kept", "contract-dearer"]

    run(tmp_path, job)


def test_a_contract_that_ends_by_itself_ends_and_needs_no_notice(tmp_path: Path) -> None:
    async def job(person: Person, kept: Contract) -> None:
        once = replace(kept, id="contract-2", renewal=Renewal.ENDS, renews=0, starts=person.clock.today(), months=1)
        await keep_contracts.keep(person.means, once)
        with pytest.raises(NotPossibleNow):
            await cancel_contracts.cancel(person.means, once.id)
        end = once.term_end(person.clock.today())
        assert end is not None
        on(person, end + timedelta(days=1))
        await watch_dates.watch(person.means)
        over = (await keep_contracts.contract(person.means, once.id)).contract
        assert (over.state, over.ends) == (ContractState.OVER, end)

    run(tmp_path, job)


def test_a_contract_that_is_dropped_leaves_no_dates(tmp_path: Path) -> None:
    async def job(person: Person, kept: Contract) -> None:
        await keep_contracts.drop(person.means, kept.id)
        assert await dates(person) == {}
        assert await keep_contracts.contracts(person.means) == ()
        for act in (keep_contracts.drop, keep_contracts.contract, cancel_contracts.cancel, cancel_contracts.keep_it):
            with pytest.raises(NotFound):
                await act(person.means, kept.id)

    run(tmp_path, job)
