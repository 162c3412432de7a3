"""From a closed home to an open vault and back, for callers on a loop: called off when their task is cancelled.

Never lives here: what is done with the open vault.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from vrm_desktop.home.closed import ClosedVaults
from vrm_desktop.home.keeping import OpenKeeping
from vrm_desktop.home.means import Waiting
from vrm_desktop.services.ways_in import Key, OnProgress
from vrm_desktop.vault.vault import OpenVault


@asynccontextmanager
async def unlocked(closed: ClosedVaults, home: Path, key: Key, progress: OnProgress | None) -> AsyncIterator[OpenVault]:
    """The open vault until the block ends. Cancelled while it unlocks, it leaves nothing open behind."""
    waiting = Waiting(progress=progress or _unheard)
    work = asyncio.ensure_future(asyncio.to_thread(closed.unlock, home, key, waiting))
    try:
        opened = await asyncio.shield(work)
    except asyncio.CancelledError:
        waiting.stop.set()
        await _end(work)
        if work.exception() is None:  # it came through in the same moment
            await _end(asyncio.ensure_future(asyncio.to_thread(work.result().close)))
        raise
    try:
        yield opened
    finally:
        await asyncio.to_thread(opened.close)


@asynccontextmanager
async def tended(keeping: OpenKeeping, pause_seconds: float) -> AsyncIterator[None]:
    """Backups are made by themselves as the schedule says, looked at after every pause, until the block ends."""

    async def go_on() -> None:
        while True:
            await asyncio.sleep(pause_seconds)
            await keeping.back_up_if_due()

    tending = asyncio.create_task(go_on(), name="back up when due")
    try:
        yield
    finally:
        tending.cancel()
        await asyncio.gather(tending, return_exceptions=True)


async def _end(work: "asyncio.Future[OpenVault] | asyncio.Future[None]") -> None:
    """Wait until it is done, however often the waiting task is cancelled."""
    while not work.done():
        try:
            await asyncio.wait({work})
        except asyncio.CancelledError:
            continue


def _unheard(_progress: object) -> None:
    """Nobody is told."""
