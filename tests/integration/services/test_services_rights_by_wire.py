"""Data rights over the wire against the real desk: sent, acknowledged, reported, copied."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.fakes.desks import a_desk
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import Person, a_person
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.rights import NextStep, RequestEvent, RequestState, RightsWay
from vrm_desktop.services import exercise_rights, hold_acts, letter_folders
from vrm_desktop.services.exercise_rights import Asking, RequestView

Job = Callable[[Person, VendorId, RelationshipId], Awaitable[None]]


def run(folder: Path, job: Job) -> None:
    """Run `job` with a person whose details a shop has."""

    async def body() -> None:
        clock = MovingClock()
        async with a_desk(folder / "desk", clock=clock) as desk, a_person(folder / "home", clock) as person:
            await person.knows()
            _want, [key] = await person.casts(desk.url)
            await person.settle()
            file = await person.file(key)
            await job(person, file.vendor.id, key)

    asyncio.run(body())


async def asked(person: Person, vendor: VendorId, right: DataRight) -> RequestView:
    """What became of a request after everything was sent and answered."""
    shelves = await letter_folders.shelves(person.means, "en")
    [key] = await exercise_rights.ask(person.means, (vendor,), Asking(right=right), shelves)
    before = await exercise_rights.request(person.means, key)
    assert (before.request.state, before.request.way, before.letters) == (RequestState.DRAFT, RightsWay.WIRE, ())
    await person.settle()
    await exercise_rights.watch(person.means)
    return await exercise_rights.request(person.means, key)


@pytest.mark.parametrize("right", [DataRight.ACCESS, DataRight.USE_REPORT, DataRight.COPY])
def test_a_report_ends_up_in_its_request(tmp_path: Path, right: DataRight) -> None:
    async def job(person: Person, vendor: VendorId, _key: RelationshipId) -> None:
        view = await asked(person, vendor, right)
        assert (view.request.state, view.next) == (RequestState.FULFILLED, NextStep.NOTHING)
        told = view.request.last(RequestEvent.FULFILLED)
        assert told is not None
        assert told.message is not None
        assert "want.title" in {one.name for one in told.held}
        if right is DataRight.COPY:
            [file] = view.attachments
            data = await person.means.vault.read(lambda tx: tx.attached(file.id))
            assert data is not None
            values = {one["name"]: one["value"] for one in json.loads(data)["values"]}
            assert values["want.title"] == "used 54 cm road bike for gravel tours"

    run(tmp_path, job)


def test_an_erasure_is_asked_for_and_reported(tmp_path: Path) -> None:
    async def job(person: Person, vendor: VendorId, key: RelationshipId) -> None:
        view = await asked(person, vendor, DataRight.ERASURE)
        assert view.request.state is RequestState.FULFILLED
        assert view.request.relationship == key

    run(tmp_path, job)


def test_a_correction_waits_for_people_with_its_clock(tmp_path: Path) -> None:
    async def job(person: Person, vendor: VendorId, _key: RelationshipId) -> None:
        view = await asked(person, vendor, DataRight.CORRECTION)
        assert view.request.state in {RequestState.WAITING, RequestState.ACKNOWLEDGED}
        assert view.due is not None
        assert view.request.received == person.clock.today()

    run(tmp_path, job)


def test_a_request_that_was_taken_back_before_it_went_is_let_go(tmp_path: Path) -> None:
    async def job(person: Person, vendor: VendorId, _key: RelationshipId) -> None:
        shelves = await letter_folders.shelves(person.means, "en")
        [key] = await exercise_rights.ask(person.means, (vendor,), Asking(right=DataRight.USE_REPORT), shelves)
        view = await exercise_rights.request(person.means, key)
        assert view.request.act is not None
        assert view.next is NextStep.WAIT
        await hold_acts.undo(person.means, view.request.act)
        await exercise_rights.watch(person.means)
        assert (await exercise_rights.request(person.means, key)).request.state is RequestState.WITHDRAWN

    run(tmp_path, job)
