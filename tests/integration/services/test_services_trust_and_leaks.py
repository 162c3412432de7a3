"""Promises of a real order are made and settled; a leaked address is tied to its bearer, who is let go of."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.desks import RunningDesk
from tests.fakes.people import PROFILE, Person
from tests.fakes.service_jobs import first_offer, run
from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.domain.disclosure import LedgerState
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.kinds import Kind
from vrm_desktop.domain.leak import ReplyReference
from vrm_desktop.domain.letter import Letter, LetterAbout
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.promise import Promise
from vrm_desktop.domain.relationship import OrderState
from vrm_desktop.domain.trust import Measure
from vrm_desktop.domain.vendor import Counterparty, OrganisationKind
from vrm_desktop.formats.bundle.checking import check_bundle
from vrm_desktop.services import accept_offer, count_trust, cut_off, order_promises, reply_references
from vrm_desktop.services.errors import AddressNotGiven, DayNotPossible, NotFound, NotPossibleNow
from vrm_desktop.services.let_go import let_go
from vrm_desktop.services.ports import Transaction


async def ordered(person: Person, desks: list[RunningDesk]) -> RelationshipId:
    want, (key,) = await person.casts(desks[0].url)
    await person.settle()
    await accept_offer.accept(person.means, (await first_offer(person, want)).id)
    await person.settle()
    return key


def test_an_order_makes_promises_and_the_person_says_whether_they_were_kept(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        key = await ordered(person, desks)
        vendor = (await person.file(key)).vendor.id
        found = {one.measure: one for one in (await count_trust.trust(person.means, vendor)).tallies}
        assert found[Measure.DELIVERY].open == found[Measure.PRICE].open == 1
        waited = await person.means.vault.read(lambda tx: order_promises.waited_for(tx, key))
        assert waited is not None
        assert waited.due is not None
        with pytest.raises(NotPossibleNow):
            await order_promises.not_arrived(person.means, key)
        with pytest.raises(NotPossibleNow):
            await order_promises.arrived(person.means, key, person.clock.today() + timedelta(days=1))
        person.clock.move(days=(waited.due - person.clock.today()).days + 2)
        await order_promises.arrived(person.means, key)
        found = {one.measure: one for one in (await count_trust.trust(person.means, vendor)).tallies}
        assert (found[Measure.DELIVERY].good, found[Measure.DELIVERY].late, found[Measure.DELIVERY].of) == (1, 1, 1)
        order = (await person.file(key)).order
        assert order is not None
        assert order.state is OrderState.FULFILLED
        with pytest.raises(NotPossibleNow):
            await order_promises.arrived(person.means, key)
        with pytest.raises(NotFound):
            await order_promises.arrived(person.means, RelationshipId("rel-none"))
        with pytest.raises(NotFound):
            await count_trust.trust(person.means, VendorId("vendor-none"))
        assert [one.vendor for one in await count_trust.trust_in_all(person.means)] == [vendor]

    run(tmp_path, job)


def test_what_never_came_is_a_broken_promise(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        key = await ordered(person, desks)
        person.clock.move(days=60)
        await order_promises.not_arrived(person.means, key)
        vendor = (await person.file(key)).vendor.id
        found = {one.measure: one for one in (await count_trust.trust(person.means, vendor)).tallies}
        assert (found[Measure.DELIVERY].good, found[Measure.DELIVERY].of) == (0, 1)

    run(tmp_path, job)


def test_a_leak_is_tied_to_the_agreement_and_cutting_off_says_so_with_the_proof(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        key = await ordered(person, desks)
        file = await person.file(key)
        told = next(row for row in file.disclosures if row.value == PROFILE[FieldPath.NAME])
        leaked = f"{'x'}@zwiebelfisch.example"
        reference = ReplyReference(id="reply-1", vendor=file.vendor.id, at=person.clock.now(), address=leaked)
        await person.means.vault.write(lambda tx: tx.keep_paper(reference))
        with pytest.raises(AddressNotGiven):
            await cut_off.report_leak(person.means, "nobody@else.example")
        with pytest.raises(DayNotPossible):
            await cut_off.report_leak(person.means, leaked, on=person.clock.today() + timedelta(days=1))
        leak = await cut_off.report_leak(person.means, leaked.upper(), what="Casino mail")
        assert (leak.vendor, leak.relationship, leak.roster) == (file.vendor.id, key, "SD-BASE")
        assert leak.agreement == told.agreement
        done = await cut_off.cut_off(person.means, file.vendor.id, leak.id)
        assert done.retired == (leaked,)
        assert Kind.DATA_REQUEST in done.said
        assert done.letters == ()
        await person.settle()
        waiting = await person.means.vault.read(
            lambda tx: tx.acts(states=frozenset({ActState.FAILED}), relationship=key)
        )
        assert waiting == ()
        states = {row.state for row in (await person.file(key)).disclosures if row.stage != "ping"}
        assert states <= {LedgerState.ERASURE_ASKED, LedgerState.ERASED}
        proof = await person.means.vault.read(lambda tx: tx.attached(done.evidence[0]))
        assert proof is not None
        assert check_bundle(proof).record_fits
        (evidence,) = await person.means.vault.read(lambda tx: tx.papers(Attachment, vendor=file.vendor.id))
        assert evidence.paper == leak.id
        assert await person.means.vault.read(lambda tx: let_go(tx, file.vendor.id))
        await cut_off.take_back(person.means, file.vendor.id)
        assert not await person.means.vault.read(lambda tx: let_go(tx, file.vendor.id))
        (kept,) = await cut_off.leaks(person.means)
        assert kept.cut_off == person.clock.today()
        found = {one.measure: one for one in (await count_trust.trust(person.means, file.vendor.id)).tallies}
        assert (found[Measure.LEAKS].good, found[Measure.LEAKS].of) == (0, 1)

    run(tmp_path, job)


def test_a_counterparty_without_an_endpoint_gets_a_letter_that_tells_what_it_tells(
    tmp_path: Path,
) -> None:
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
        await reply_references.set_sources(person.means, ("me+*@mail.example",))
        address = await person.means.vault.write(lambda tx: reply_references.draw(tx, person.means, works.id))
        leak = await cut_off.report_leak(person.means, address)
        assert (leak.agreement, leak.relationship) == (None, None)
        done = await cut_off.cut_off(person.means, works.id, leak.id)
        assert (done.said, done.evidence, done.retired) == ((), (), (address,))
        (letter,) = await person.means.vault.read(lambda tx: tx.papers(Letter, vendor=works.id))
        assert (letter.id, letter.about) == (done.letters[0], LetterAbout.CUT_OFF)
        assert address in letter.body
        assert address in {one.value for one in letter.tells}
        assert (await person.means.vault.read(lambda tx: tx.vendor(works.id))) == works
        with pytest.raises(NotFound):
            await cut_off.cut_off(person.means, works.id, "leak-none")
        with pytest.raises(NotFound):
            await cut_off.cut_off(person.means, VendorId("vendor-none"))
        with pytest.raises(NotFound):
            await cut_off.take_back(person.means, VendorId("vendor-none"))

    run(tmp_path, job)


def draws(person: Person, vendor: VendorId) -> Callable[[Transaction], str]:
    return lambda tx: reply_references.draw(tx, person.means, vendor)


def test_each_vendor_gets_an_address_of_its_own_and_none_is_drawn_twice(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        await reply_references.set_sources(person.means, ("a@own.example", "b@own.example"))
        want, keys = await person.casts(*(desk.url for desk in desks))
        plan = await person.means.vault.read(lambda tx: tx.plan(want))
        assert plan is not None
        told = {field.value for one in plan.vendors for field in one.order if field.name == "profile.email"}
        drawn = {(await person.file(key)).vendor.reply_to for key in keys}
        assert told <= drawn <= {"a@own.example", "b@own.example", ""}
        vendors = [(await person.file(key)).vendor.id for key in keys]
        both = [await person.means.vault.write(draws(person, one)) for one in vendors]
        assert sorted(both) == ["a@own.example", "b@own.example"]
        await person.means.vault.write(lambda tx: reply_references.retire(tx, person.means, vendors[0]))
        assert await person.means.vault.write(draws(person, vendors[0])) == ""
        for wrong in (("no address",), ("*@*.example",), ("a*b*@own.example",), ("me@own.*",)):
            with pytest.raises(InvalidValue):
                await reply_references.set_sources(person.means, wrong)
        assert await reply_references.sources(person.means) == ("a@own.example", "b@own.example")

    run(tmp_path, job, "", "kettenwerk")


def test_every_promise_is_kept_whole(tmp_path: Path) -> None:
    async def job(person: Person, desks: list[RunningDesk]) -> None:
        key = await ordered(person, desks)
        promises = await person.means.vault.read(lambda tx: tx.papers(Promise, relationship=key))
        assert {one.of.value for one in promises} == {"delivery", "price"}

    run(tmp_path, job)
