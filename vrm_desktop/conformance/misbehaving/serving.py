"""Running one scenario until somebody stops it."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import datetime

from vrm_desktop.conformance.misbehaving.house import House
from vrm_desktop.conformance.misbehaving.scenario import Scenario
from vrm_desktop.conformance.misbehaving.web import listening
from vrm_desktop.protocol.roster import Roster


def scripted_vendor(
    scenario: Scenario,
    *,
    port: int,
    roster: Roster,
    now: Callable[[], datetime],
    random: Callable[[int], bytes],
) -> AbstractAsyncContextManager[str]:
    """The vendor of a scenario at work until the block ends; its address."""
    house = House(roster=roster, now=now, random=random, script=scenario.script, make_card=scenario.card)
    return listening(house, port=port, answering=scenario.answering)


async def misbehave(
    scenario: Scenario,
    *,
    port: int,
    roster: Roster,
    now: Callable[[], datetime],
    random: Callable[[int], bytes],
    ready: Callable[[str], None],
) -> None:
    """Serve until SIGTERM or SIGINT; `ready` gets the address once requests are taken.

    Raises:
        CannotListen: the port is not to be had.
    """
    async with scripted_vendor(scenario, port=port, roster=roster, now=now, random=random) as address, _stop() as stop:
        ready(address)
        await stop.wait()


@asynccontextmanager
async def _stop() -> AsyncIterator[asyncio.Event]:
    """An event that SIGTERM and SIGINT set."""
    event, loop = asyncio.Event(), asyncio.get_running_loop()
    numbers = (signal.SIGTERM, signal.SIGINT)
    for number in numbers:
        with suppress(NotImplementedError):  # Windows has no signal handlers in its loop; Ctrl-C ends it there
            loop.add_signal_handler(number, event.set)
    try:
        yield event
    finally:
        for number in numbers:
            with suppress(NotImplementedError):
                loop.remove_signal_handler(number)
