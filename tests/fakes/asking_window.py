"""The real window of asking over a real vault, engine and network: what a person sees, driven by clicks.

Only the key derivation is cheap. Vendors are real desks that the test starts itself.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent

from tests.fakes.ui_probes import Probe, texts
from tests.fakes.vault_parts import CHEAP_KDF
from vrm_desktop.engine import Engine
from vrm_desktop.services.house import OpenHome
from vrm_desktop.ui.bridge import Bridge
from vrm_desktop.ui.controllers.asking import Asking
from vrm_desktop.ui.main_window import MainWindow
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.pages.cast_page import CastPage
from vrm_desktop.ui.pages.compose_page import ComposePage
from vrm_desktop.ui.pages.offers_page import OffersPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.plan_page import PlanPage
from vrm_desktop.ui.pages.wants_page import WantsPage
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.wiring import Home

_T = TypeVar("_T")
PATIENCE_MS = 60_000
PASSWORD = "four calm herons wading"


class AskingWindow:
    """A window whose pages are asking's. `copied` and `said` keep what was told outside of the pages."""

    def __init__(self, home: OpenHome, engine: Engine, look: Look, *, pause: float) -> None:
        self.home, self.engine = home, engine
        self.bridge = Bridge(engine, gathering_ms=20)
        self.asking = Asking(home, self.bridge, look, pause=lambda: pause, spread=0.2)
        self.window = MainWindow(look, self.asking.pages)
        self.copied: list[str] = []
        self.said: list[Message] = []
        self.bridge.changed.connect(self.asking.refresh)
        self.window.message_acted.connect(self.asking.acted)
        self.window.new_want_requested.connect(self.asking.new_want)
        self.asking.going.connect(self.window.show_page)
        self.asking.copied.connect(self.copied.append)
        self._telling = engine.submit(self._tell())

    @property
    def wants(self) -> WantsPage:
        """The list of wants, made if it was not yet."""
        page = self.window.page(PageId.WANTS)
        assert isinstance(page, WantsPage)
        return page

    @property
    def compose(self) -> ComposePage:
        """Where a want is said."""
        page = self.window.page(PageId.COMPOSE)
        assert isinstance(page, ComposePage)
        return page

    @property
    def plan(self) -> PlanPage:
        """Whom to ask."""
        page = self.window.page(PageId.PLAN)
        assert isinstance(page, PlanPage)
        return page

    @property
    def cast(self) -> CastPage:
        """The cast under way."""
        page = self.window.page(PageId.CAST)
        assert isinstance(page, CastPage)
        return page

    @property
    def offers(self) -> OffersPage:
        """The comparison."""
        page = self.window.page(PageId.OFFERS)
        assert isinstance(page, OffersPage)
        return page

    def run(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Run a service and wait for it, as if another part of the program did."""
        return self.engine.submit(work).result(PATIENCE_MS / 1000)

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something shows."""
        patience_ends = time.monotonic() + PATIENCE_MS / 1000
        while not holds():
            if time.monotonic() > patience_ends:
                raise AssertionError(f"never shown; on screen: {texts(self.window)}")
            # Qt's own waiting keeps the other threads of this program from running: the engine would crawl.
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, int(QEvent.Type.DeferredDelete))
            time.sleep(0.005)

    def close(self) -> None:
        """End what runs for the window."""
        self._telling.cancel()
        self.bridge.close()

    async def _tell(self) -> None:
        while True:
            changes = await self.home.exchange.next_changes(1.0)
            self.bridge.notice(changes.things)


@contextmanager
def asking_window(folder: Path, look: Look, probe: Probe, *, pause: float = 0.0) -> Iterator[AskingWindow]:
    """A new vault, opened, and the window over it."""
    house = Home(kdf=CHEAP_KDF)
    house.create(folder, PASSWORD)
    engine = Engine()
    engine.start()
    opening = house.open(folder, PASSWORD)
    home = engine.submit(_entered(opening)).result(PATIENCE_MS / 1000)
    made = AskingWindow(home, engine, look, pause=pause)
    try:
        probe.show(made.window, 1280, 800)
        yield made
    finally:
        made.close()
        probe.close()
        engine.submit(_left(opening)).result(PATIENCE_MS / 1000)
        engine.close(PATIENCE_MS / 1000)


async def _entered(opening: Any) -> OpenHome:
    entered: OpenHome = await opening.__aenter__()
    return entered


async def _left(opening: Any) -> None:
    await asyncio.sleep(0)
    await opening.__aexit__(None, None, None)
