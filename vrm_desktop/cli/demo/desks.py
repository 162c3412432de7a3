"""The four shops of the demo: separate processes of the public `vrm-vendor serve`, each with data files of its own."""

import asyncio
import shutil
from asyncio.subprocess import DEVNULL, PIPE, Process
from pathlib import Path
from types import TracebackType
from typing import Self

from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.services.errors import ServiceError

SHOPS = ("rheinrad", "veedelvelo", "kettenwerk", "suedstadtrad")
STOP_SECONDS = 2.0
READY = "listening on "
LOG = "shop.log"


class ShopDidNotOpen(ServiceError):
    """A desk process ended or stayed silent instead of saying where it listens."""

    code = "shop-did-not-open"


class DeskProcesses:
    """Opens all shops on entering, within `seconds`, and closes those still open on leaving. `addresses` by shop.

    What a shop says on standard error stands in `shop.log` in its folder.
    """

    def __init__(self, command: tuple[str, ...], folder: Path, seconds: float) -> None:
        self._command = command
        self._folder = folder
        self._seconds = seconds
        self._processes: dict[str, Process] = {}
        self.addresses: dict[str, str] = {}

    async def __aenter__(self) -> Self:
        try:
            await asyncio.gather(*(self._open(shop) for shop in SHOPS))
        except BaseException:
            await self._close_all()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._close_all()

    async def close(self, shop: str) -> None:
        """Take one shop down, without a word to anybody."""
        process = self._processes.pop(shop, None)
        if process is not None and process.returncode is None:
            process.kill()
            await process.wait()

    async def _open(self, shop: str) -> None:
        home = self._folder / shop
        await asyncio.to_thread(
            shutil.copytree, resources_folder() / "samples" / "desks" / shop, home, dirs_exist_ok=True
        )
        serve = (*self._command, "serve", "--home", str(home), "--port", "0")
        with (home / LOG).open("ab") as log:
            process = await asyncio.create_subprocess_exec(*serve, stdin=DEVNULL, stdout=PIPE, stderr=log)
        self._processes[shop] = process
        try:
            async with asyncio.timeout(self._seconds):
                line = await process.stdout.readline() if process.stdout else b""
        except TimeoutError as error:
            raise ShopDidNotOpen(shop) from error
        text = line.decode("utf-8", "replace").strip()
        if not text.startswith(READY):
            raise ShopDidNotOpen(shop)
        self.addresses[shop] = text.removeprefix(READY)

    async def _close_all(self) -> None:
        processes = [one for one in self._processes.values() if one.returncode is None]
        self._processes.clear()
        for process in processes:
            process.terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await asyncio.gather(*(process.wait() for process in processes))
        except TimeoutError:
            for process in processes:
                if process.returncode is None:
                    process.kill()
            await asyncio.gather(*(process.wait() for process in processes))
