"""A move is told once: two real desks over the wire, a utility by letter, and what goes wrong on the way."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.fakes.desks import RunningDesk, a_desk
from tests.fakes.letters import DRAFT
from tests.fakes.lying_vendor import LyingVendor, Talk, a_lying_vendor, honest
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import Person, a_person
from vrm_desktop.domain.agenda import AgendaKind
from vrm_desktop.domain.change import Change, Choice, Way, WhyErase
from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.letter import LetterAbout
from vrm_desktop.domain.profile import FieldPath, ShareDefault
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.domain.wish import RuleWord
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.disclosures import Disclosure
from vrm_desktop.protocol.messages import AnyMessage
from vrm_desktop.services import (
    accept_offer,
    change_once,
    choose_vendors,
    compare_offers,
    end_relationship,
    follow_changes,
    keep_profile,
    keep_rules,
    plan_change,
    watch_dates,
    write_letters,
)
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.follow_changes import ChangeView, Standing
from vrm_desktop.services.keep_counterparty import file_of

STREET, OLD = "Achsstand 2 b", "Querlenkerweg 1183"
MOVE = {FieldPath.STREET: STREET}
NAME = "profile.address.street"
KINDS = ("data-request", "update")


async def ordered(person: Person, url: str) -> RelationshipId:
    """An order is confirmed: the vendor knows the address."""
    want, (key,) = await person.casts(url)
    await person.settle()
    ranked = (await compare_offers.compare(person.means, want)).ranked
    await accept_offer.accept(person.means, ranked[0].offer.id)
    await person.settle()
    return key


async def known_to_works(person: Person) -> RelationshipId:
    """A utility without an endpoint got the address by letter."""
    works = await choose_vendors.add_organisation(person.means, "Stadtwerke", OrganisationKind.UTILITY)
    owner = await person.means.vault.write(lambda tx: file_of(tx, person.means, works.id))
    until = person.clock.today() + timedelta(days=300)
    tells = tuple(replace(one, until=until) for one in DRAFT.tells)
    letter = replace(DRAFT, vendor=works.id, relationship=owner.id, dated=person.clock.today(), tells=tells)
    await write_letters.save(person.means, letter)
    await write_letters.hand_out(person.means, letter.id)
    await write_letters.sent(person.means, letter.id)
    return owner.id


async def street_rows(person: Person, key: RelationshipId) -> list[tuple[str, LedgerState]]:
    rows = await person.means.vault.read(lambda tx: tx.ledger(relationship=key))
    return [(row.value, row.state) for row in rows if row.name == NAME]


async def standings(person: Person, change: Change) -> dict[RelationshipId, Standing]:
    view = await follow_changes.change(person.means, change.id)
    return {row.told.relationship: row.standing for row in view.rows}


async def open_dates(person: Person) -> set[AgendaKind]:
    items = await person.means.vault.read(lambda tx: tx.agenda())
    return {one.kind for one in items if not one.done and one.kind.value.startswith("change-")}


def test_a_move_is_told_once_to_two_desks_and_a_utility(tmp_path: Path) -> None:
    async def job() -> None:
        clock = MovingClock()
        async with (
            a_desk(tmp_path / "one", clock) as one,
            a_desk(tmp_path / "two", clock) as two,
            a_person(tmp_path / "home", clock) as person,
        ):
            await person.knows()
            first, second = await ordered(person, one.url), await ordered(person, two.url)
            works = await known_to_works(person)
            await keep_profile.set_field(person.means, FieldPath.STREET, STREET)
            plan = await plan_change.plan(person.means)
            assert [(one.path, one.before, one.value) for one in plan.values] == [(FieldPath.STREET, OLD, STREET)]
            ways = {one.relationship: (one.advice, one.tell_way) for one in plan.holders}
            assert ways == {
                first: (Choice.TELL, Way.WIRE),
                second: (Choice.TELL, Way.WIRE),
                works: (Choice.TELL, Way.LETTER),
            }
            assert not plan.of(works).addressed
            change = await change_once.tell(person.means, dict.fromkeys(ways, Choice.TELL), pause=20)
            assert set((await standings(person, change)).values()) == {Standing.HELD, Standing.LETTER}
            assert (await plan_change.plan(person.means)).holders == ()  # all of them are being told
            clock.move(seconds=21)
            await person.settle()
            assert await standings(person, change) == {
                first: Standing.RECEIVED,
                second: Standing.RECEIVED,
                works: Standing.LETTER,
            }
            for key, desk in ((first, one), (second, two)):
                assert await street_rows(person, key) == [
                    (OLD, LedgerState.ERASED),
                    (STREET, LedgerState.SENT),
                ]
                known = await knows(person, key, desk)
                assert (STREET in known, OLD in known) == (True, False)
            [letter, _] = await write_letters.letters(person.means)
            assert (letter.about, letter.source) == (LetterAbout.CHANGE, change.id)
            assert f"{STREET} (bisher: {OLD})" in letter.body
            await write_letters.hand_out(person.means, letter.id)
            assert (await standings(person, change))[works] is Standing.LETTER_OUT
            await write_letters.sent(person.means, letter.id)
            await watch_dates.watch(person.means)
            assert (await standings(person, change))[works] is Standing.SENT
            assert await street_rows(person, works) == [(OLD, LedgerState.ERASURE_ASKED), (STREET, LedgerState.SENT)]
            assert await open_dates(person) == {AgendaKind.CHANGE_UNANSWERED}
            await change_once.confirmed(person.means, change.id, works)
            assert await open_dates(person) == set()
            [view] = await follow_changes.changes(person.means)
            assert view.finished
            assert (await plan_change.plan(person.means)).holders == ()
            with pytest.raises(NotFound):
                await change_once.confirmed(person.means, change.id, RelationshipId("rel-none"))

    asyncio.run(job())


async def knows(person: Person, key: RelationshipId, desk: RunningDesk) -> set[str]:
    conversation = (await person.file(key)).relationship.conversation.id
    assert conversation is not None
    return {Disclosure.from_text(held.text).value for held in desk.dossier(conversation).held}


def run(
    folder: Path,
    job: Callable[[Person, LyingVendor, RelationshipId], Awaitable[None]],
    *,
    kinds: tuple[str, ...] = KINDS,
    acknowledges: bool = True,
) -> None:
    """Order from a vendor that may never acknowledge anything, then do the job."""

    def script(talk: Talk, message: AnyMessage) -> None:
        honest(talk, message)
        if acknowledges and isinstance(message, messages.Update | messages.DataRequest):
            talk.say(messages.Acknowledgement(**talk.claims(), of=talk.peer[-1]))

    async def body() -> None:
        clock = MovingClock()
        async with a_lying_vendor(clock) as liar, a_person(folder / "home", clock) as person:
            liar.script, liar.kinds = script, kinds
            await person.knows()
            await job(person, liar, await ordered(person, liar.url))

    asyncio.run(body())


def test_a_day_to_come_is_waited_for(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        day = person.clock.today() + timedelta(days=9)
        change = await change_once.tell(person.means, {key: Choice.TELL}, MOVE, day)
        assert await standings(person, change) == {key: Standing.WAITS_FOR_DAY}
        assert await open_dates(person) == {AgendaKind.CHANGE_DUE, AgendaKind.CHANGE_UNANSWERED}
        await person.settle()
        await watch_dates.watch(person.means)
        assert STREET not in liar.talk.told.values()
        assert await street(person) == OLD
        person.clock.move(days=9)
        await watch_dates.watch(person.means)
        assert await street(person) == STREET
        await person.settle()
        assert liar.talk.told[NAME] == STREET
        assert await standings(person, change) == {key: Standing.RECEIVED}
        await watch_dates.watch(person.means)
        assert await open_dates(person) == set()
        assert not (await watch_dates.watch(person.means)).things

    run(tmp_path, job)


def test_a_vendor_that_never_acknowledges_stands_in_the_agenda(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        change = await change_once.tell(person.means, {key: Choice.TELL}, MOVE)
        await person.settle()
        await watch_dates.watch(person.means)
        assert liar.talk.told[NAME] == STREET
        assert await standings(person, change) == {key: Standing.TOLD}
        assert await street_rows(person, key) == [(OLD, LedgerState.ERASURE_ASKED), (STREET, LedgerState.SENT)]
        assert await open_dates(person) == {AgendaKind.CHANGE_UNANSWERED}
        with pytest.raises(NotPossibleNow):
            await change_once.take_back(person.means, change.id)

    run(tmp_path, job, acknowledges=False)


def test_an_end_that_crosses_the_update_takes_it_back(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        change = await change_once.tell(person.means, {key: Choice.TELL}, MOVE, pause=60)
        await end_relationship.end(person.means, key)
        person.clock.move(seconds=61)
        await person.settle()
        await watch_dates.watch(person.means)
        assert STREET not in liar.talk.told.values()
        assert await standings(person, change) == {key: Standing.TAKEN_BACK}
        assert await open_dates(person) == set()

    run(tmp_path, job)


def test_an_end_before_the_day_leaves_nobody_to_tell(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        day = person.clock.today() + timedelta(days=2)
        change = await change_once.tell(person.means, {key: Choice.TELL}, MOVE, day)
        await end_relationship.end(person.means, key)
        await person.settle()
        person.clock.move(days=2)
        await watch_dates.watch(person.means)
        await person.settle()
        assert STREET not in liar.talk.told.values()
        assert await standings(person, change) == {}
        assert await street(person) == STREET
        assert await open_dates(person) == set()

    run(tmp_path, job)


def test_what_has_not_left_is_taken_back(tmp_path: Path) -> None:
    async def job(person: Person, liar: LyingVendor, key: RelationshipId) -> None:
        later = await change_once.tell(person.means, {key: Choice.TELL}, MOVE, person.clock.today() + timedelta(days=3))
        await change_once.take_back(person.means, later.id)
        now = await change_once.tell(person.means, {key: Choice.TELL}, MOVE, pause=60)
        with pytest.raises(NotFound):
            await change_once.tell(person.means, {key: Choice.TELL}, {FieldPath.PHONE: "+49 30 901820"})
        with pytest.raises(NotPossibleNow):  # it is being told already
            await change_once.tell(person.means, {key: Choice.TELL})
        gone = await change_once.take_back(person.means, now.id)
        assert (gone.told, gone.undone) == ((), True)
        person.clock.move(days=4)
        await watch_dates.watch(person.means)
        await person.settle()
        assert STREET not in liar.talk.told.values()
        assert await open_dates(person) == set()
        assert [view.finished for view in await views(person)] == [True, True]

    run(tmp_path, job)


def test_who_does_not_understand_gets_a_letter(tmp_path: Path) -> None:
    async def job(person: Person, _liar: LyingVendor, key: RelationshipId) -> None:
        plan = await plan_change.plan(person.means, MOVE)
        assert plan.of(key).tell_way is Way.LETTER
        change = await change_once.tell(person.means, {key: Choice.TELL}, MOVE)
        assert await standings(person, change) == {key: Standing.LETTER}
        gone = await change_once.take_back(person.means, change.id)
        assert gone.undone

    run(tmp_path, job, kinds=())


def test_what_is_never_shared_or_has_lapsed_is_asked_to_be_erased(tmp_path: Path) -> None:
    async def job(person: Person, _liar: LyingVendor, key: RelationshipId) -> None:
        await keep_profile.set_field(person.means, FieldPath.STREET, STREET, ShareDefault.NEVER)
        [holder] = (await plan_change.plan(person.means)).holders
        assert (holder.advice, [one.why for one in holder.to_erase]) == (Choice.ERASE, [WhyErase.NEVER_SHARED])
        with pytest.raises(NotPossibleNow):
            await change_once.tell(person.means, {key: Choice.TELL})
        far = person.clock.today() + timedelta(days=200)
        await keep_profile.set_field(person.means, FieldPath.STREET, STREET, ShareDefault.OK)
        [late] = (await plan_change.plan(person.means, MOVE, far)).holders
        assert [one.why for one in late.to_erase] == [WhyErase.LAPSED]
        change = await change_once.tell(person.means, {key: Choice.ERASE})
        await person.settle()
        assert await standings(person, change) == {key: Standing.RECEIVED}
        assert await street_rows(person, key) == [(OLD, LedgerState.ERASURE_ASKED)]
        for wrong in (person.clock.today() - timedelta(days=1), None):
            with pytest.raises(NotPossibleNow):
                await change_once.tell(person.means, {}, None, wrong)

    run(tmp_path, job)


def test_what_a_rule_says_never_to_is_asked_to_be_erased(tmp_path: Path) -> None:
    async def job(person: Person, _liar: LyingVendor, key: RelationshipId) -> None:
        [holder] = (await plan_change.plan(person.means, MOVE)).holders
        assert not holder.to_erase
        [told] = [one.row for one in holder.may_tell if one.path is FieldPath.STREET]
        ruled_for = partial(
            keep_rules.set_rule, person.means, vendor=holder.vendor, purpose=told.purpose, field=told.name
        )
        await ruled_for(RuleWord.NEVER)
        [ruled] = (await plan_change.plan(person.means, MOVE)).holders
        assert [(one.path, one.why) for one in ruled.to_erase] == [(FieldPath.STREET, WhyErase.RULED_OUT)]
        await ruled_for(RuleWord.YES)
        assert (await plan_change.plan(person.means, MOVE)).of(key).to_erase == ()

    run(tmp_path, job)


async def street(person: Person) -> str:
    fields = await keep_profile.profile(person.means)
    return next(one.value for one in fields if one.path is FieldPath.STREET)


async def views(person: Person) -> tuple[ChangeView, ...]:
    return await follow_changes.changes(person.means)
