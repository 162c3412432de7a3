"""Running a job of services with a person and some real desks, each in its own folder. Never here: what is expected."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

from tests.fakes.desks import RunningDesk, a_desk
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import Person, a_person
from vrm_desktop.domain.ids import ActId, IntentcastId, RelationshipId
from vrm_desktop.domain.offer import Offer
from vrm_desktop.services import compare_offers
from vrm_desktop.vendor.settings import DeskSettings

Job = Callable[[Person, list[RunningDesk]], Awaitable[None]]


def run(folder: Path, job: Job, *desks: str, settings: DeskSettings | None = None) -> None:
    """Run `job` with a person and the sample desks named, each really serving."""

    async def body() -> None:
        clock = MovingClock()
        async with AsyncExitStack() as stack:
            running = [
                await stack.enter_async_context(a_desk(folder / f"desk-{index}", clock, desk=desk, settings=settings))
                for index, desk in enumerate(desks or ("",))
            ]
            person = await stack.enter_async_context(a_person(folder / "home", clock))
            await person.knows()
            await job(person, running)

    asyncio.run(body())


async def first_offer(person: Person, want: IntentcastId) -> Offer:
    return (await compare_offers.compare(person.means, want)).ranked[0].offer


async def held_act(person: Person, key: RelationshipId) -> ActId:
    return (await person.file(key)).waiting[0].id
