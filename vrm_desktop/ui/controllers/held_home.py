"""The open vault's life on the engine: one task enters it, listens for changes, and leaves it when told.

Runs on the engine's loop only. Never here: a Qt object; what changed is handed to `notice`, which takes any thread.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from vrm_desktop.domain.errors import DomainError
from vrm_desktop.services import collect_offers, keep_settings, watch_dates
from vrm_desktop.services.errors import ServiceError, VaultTrouble
from vrm_desktop.services.house import House, OpenHome
from vrm_desktop.services.keep_settings import Settings
from vrm_desktop.services.ways_in import Key, OnProgress

_LOG = logging.getLogger(__name__)
_LISTEN_SECONDS = 60.0

Notice = Callable[[Iterable[tuple[str, str]]], None]


class HeldHome:
    """Opened once and closed once; if it `tends`, every vendor that is not done with is tended in between."""

    def __init__(self, house: House, folder: Path, notice: Notice, *, tends: bool = True) -> None:
        self._house, self._folder, self._notice, self._tends = house, folder, notice, tends
        self._leave = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def open(self, key: Key, progress: OnProgress | None = None) -> OpenHome:
        """Unlock, begin to tend and to listen. `progress` is told of every step, on any thread.

        Raises:
            VaultTrouble: the vault refused; nothing stays open.
        """
        opened: asyncio.Future[OpenHome] = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._hold(key, progress, opened), name="hold the vault open")
        either: set[asyncio.Future[Any]] = {opened, self._task}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not opened.done():
            await self._task  # raises why it could not be opened
        return opened.result()

    async def call_off(self) -> None:
        """End unlocking at its next step, and return when nothing is open any more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def close(self) -> None:
        """Stop listening and tending, close the vault, and return when all of it has ended. Safe to repeat."""
        self._leave.set()
        if self._task is not None:
            (ended,) = await asyncio.gather(self._task, return_exceptions=True)
            if ended is not None and not isinstance(ended, VaultTrouble | asyncio.CancelledError):
                _LOG.error("the vault did not close well: %s", type(ended).__name__)

    async def _hold(self, key: Key, progress: OnProgress | None, opened: "asyncio.Future[OpenHome]") -> None:
        async with self._house.open(self._folder, key, progress=progress, backs_up=self._tends) as home:
            del key
            if self._tends:
                home.exchange.tend(await collect_offers.active(home.means))
            opened.set_result(home)
            listening = asyncio.create_task(self._listen(home), name="listen for changes")
            turns = watch_dates.TURNS if self._tends else ()
            watching = [asyncio.create_task(self._by_the_hour(home, turn), name="watch dates") for turn in turns]
            leaving = asyncio.create_task(self._leave.wait(), name="wait to leave")
            try:
                await asyncio.wait({listening, leaving}, return_when=asyncio.FIRST_COMPLETED)
                await leaving
            finally:
                for task in (listening, *watching, leaving):
                    task.cancel()
                await asyncio.gather(listening, *watching, leaving, return_exceptions=True)

    async def _by_the_hour(self, home: OpenHome, turn: tuple[watch_dates.Watcher, ...]) -> None:
        """Let what falls due take effect, one after the other, now and by the hour."""
        while True:
            for watcher in turn:
                await self._let_watch(home, watcher)
            await asyncio.sleep(watch_dates.EVERY)

    async def _let_watch(self, home: OpenHome, watcher: watch_dates.Watcher) -> None:
        try:
            changes = await watcher(home.means)
        except (ServiceError, DomainError) as error:
            _LOG.warning("what falls due was not looked after: %s", error.code)
            return
        if changes.things:
            home.exchange.tend(await collect_offers.active(home.means))
            self._notice(changes.things)

    async def _listen(self, home: OpenHome) -> None:
        while True:
            try:
                changes = await home.exchange.next_changes(_LISTEN_SECONDS)
            except VaultTrouble as error:
                _LOG.warning("the vault refused while listening: %s", error.code)
                return
            if changes.things:
                self._notice(changes.things)


async def open_home(held: HeldHome, key: Key, progress: OnProgress | None = None) -> tuple[OpenHome, Settings]:
    """Open it, and read the settings it starts with.

    Raises:
        VaultTrouble: the vault refused; nothing stays open.
    """
    home = await held.open(key, progress)
    try:
        return home, await keep_settings.settings(home.means)
    except BaseException:
        await held.close()
        raise
