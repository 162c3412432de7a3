"""One run of the window: first the gate, then the open home, and in the end everything awaited and closed.

Every call of the vault runs on the engine. Never here: a page of the open home, the event loop, replacing the process.
"""

import asyncio
import logging
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.house import House, OpenHome
from vrm_desktop.ui.away_watch import AwayWatch
from vrm_desktop.ui.bridge import Bridge
from vrm_desktop.ui.clipboard_care import ClipboardCare
from vrm_desktop.ui.controllers.gate_controller import GateController
from vrm_desktop.ui.idle_lock import IdleLock
from vrm_desktop.ui.main_window import MainWindow
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.single_instance import Word
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.window_memory import WindowMemory
from vrm_desktop.wording.catalogue import _

if TYPE_CHECKING:
    from vrm_desktop.services.keep_settings import Settings
    from vrm_desktop.ui.controllers.home_controller import HomeController

_LOG = logging.getLogger(__name__)
CLOSING_SECONDS = 8.0


class Program(QObject):
    """`over` once nothing is open any more; `locks` then tells whether to come back at the lock screen.

    One that does not `tends` only looks: no vendor is asked anything by itself. `environment` names the computer's
    buses; without it nothing is heard of sleep and locked screens.
    """

    over = Signal()

    def __init__(
        self,
        *,
        house: House,
        place: Path,
        look: Look,
        bridge: Bridge,
        first_page: PageId = PageId.WANTS,
        tends: bool = True,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._house = house
        self._place, self._look, self._bridge, self._first = place, look, bridge, first_page
        self._memory = WindowMemory(place)
        self._home: HomeController | None = None
        self._leaving = False
        self._wipes: bool | None = None
        self.locks = False
        self.window = MainWindow(look, {page_id: partial(self._make, page_id) for page_id in PageId})
        self.gate = GateController(house, place, look=look, window=self.window, bridge=bridge, tends=tends, parent=self)
        self.gate.opened.connect(self._opened)
        self.gate.said.connect(self.window.say)
        self.clipboard = ClipboardCare(QGuiApplication.clipboard(), self)
        self.idle = IdleLock(self)
        self.away = AwayWatch(bridge, environment, self) if environment is not None else None
        if self.away is not None:
            self.away.away.connect(self.lock)
        self.window.lock_requested.connect(self.lock)
        self.window.closing.connect(self.leave)
        self.idle.idle.connect(self.lock)

    @property
    def is_open(self) -> bool:
        """Whether the vault is open and its pages are there."""
        return self._home is not None

    def begin(self, passphrase_file: Path | None = None) -> None:
        """Show the window: the first run, the lock screen, or with a passphrase file the open home."""
        geometry = self._memory.geometry()
        if geometry is not None:
            self.window.restoreGeometry(geometry)
        self.gate.begin(passphrase_file)
        self.window.show()
        handle = self.window.windowHandle()
        if handle is not None:
            self.idle.watch(handle)

    def lock(self) -> None:
        """Close the vault and ask for a new process at its lock screen; while it is locked there is nothing to do."""
        if self.gate.held is not None:
            self.locks = True
            self.leave()

    def leave(self) -> None:
        """Close everything, then tell that it is over. Safe to repeat."""
        if self._leaving:
            return
        self._leaving = self.gate.leaving = True
        if self.gate.held is not None:
            self._memory.keep_geometry(self.window.saveGeometry())
        self.window.hide()
        self.clipboard.clear()
        self.idle.set_after(0)
        self._bridge.run(self._close_home(), lambda _none: self._left(), self._not_closed, owner=self)

    def asked(self, word: Word) -> None:
        """Do what another start of this program, or a script, asks for."""
        match word:
            case Word.RAISE:
                self.window.show()
                self.window.raise_()
                self.window.activateWindow()
            case Word.LOCK:
                self.lock()

    def show_want(self, key: str, page_id: PageId) -> None:
        """Open one of the pages of a want, if the vault is open."""
        if self._home is not None:
            self._home.show_want(key, page_id)

    def _make(self, page_id: PageId) -> Page:
        if self._home is None:
            raise LookupError("there are no pages while the vault is locked")
        return self._home.pages[page_id]()

    def _opened(self, found: "tuple[OpenHome, Settings]") -> None:
        from vrm_desktop.ui.controllers.home_controller import HomeController

        home, settings = found
        made = HomeController(
            home,
            settings,
            window=self.window,
            look=self._look,
            bridge=self._bridge,
            memory=self._memory,
            place=self._place,
        )
        self._settle(settings)
        made.settled.connect(self._settle)
        made.lock_requested.connect(self.lock)
        made.copied.connect(self._copy)
        made.wipe_requested.connect(self._wipe)
        self._home = made
        self.gate.forget()
        self.window.show_page(self._first)

    def _settle(self, settings: "Settings") -> None:
        self.idle.set_after(settings.lock_after * 60_000)
        if self.away is not None:
            self.away.set_watching(watching=settings.lock_away)

    def _copy(self, text: str) -> None:
        self.clipboard.put(text)
        self.window.say(Message(text=_copied_words(), seconds=4.0))

    async def _close_home(self) -> None:
        if self.gate.held is None:
            return
        if self._home is None:
            await self.gate.call_off()
            return
        try:
            await self._home.finish()
        except VaultTrouble as error:
            _LOG.warning("something decided could not be kept: %s", error.code)
        async with asyncio.timeout(CLOSING_SECONDS):
            await self.gate.held.close()

    def _forget_home(self) -> None:
        self.window.forget_pages()
        if self._home is not None:
            self._home.leave()
            self._home = None

    def _left(self) -> None:
        self._forget_home()
        self.gate.held = None
        if self._wipes is None:
            self.over.emit()
            return
        work = asyncio.to_thread(self._house.taking.wipe, self._place, backups=self._wipes)
        self._bridge.run(work, lambda _report: self.over.emit(), self._not_wiped, owner=self)

    def _wipe(self, backups: bool) -> None:  # noqa: FBT001 - what the signal carries
        """Close the vault, remove it, and come back where a first start begins."""
        self._wipes, self.locks = backups, True
        self.leave()

    def _not_wiped(self, error: Exception) -> None:
        _LOG.error("the vault could not be removed: %s", getattr(error, "code", type(error).__name__))
        self.over.emit()

    def _not_closed(self, error: Exception) -> None:
        _LOG.error("the vault did not close in time: %s", type(error).__name__)
        self._left()


def _copied_words() -> str:
    return _("Copied. It leaves the clipboard in fifteen seconds.")
