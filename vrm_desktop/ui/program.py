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
from vrm_desktop.services.house import House, OpenHome, VaultReport
from vrm_desktop.ui.away_watch import AwayWatch
from vrm_desktop.ui.bridge import Bridge
from vrm_desktop.ui.clipboard_care import ClipboardCare
from vrm_desktop.ui.idle_lock import IdleLock
from vrm_desktop.ui.main_window import MainWindow
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.models.unlock_view import UnlockMode, UnlockProblem, UnlockView
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.pages.unlock_page import UnlockPage
from vrm_desktop.ui.single_instance import Word
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.window_memory import WindowMemory
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice

if TYPE_CHECKING:
    from vrm_desktop.services.keep_settings import Settings
    from vrm_desktop.ui.controllers.held_home import HeldHome
    from vrm_desktop.ui.controllers.home_controller import HomeController

_LOG = logging.getLogger(__name__)
CLOSING_SECONDS = 8.0
_PROBLEMS = {
    "wrong-passphrase": UnlockProblem.WRONG_PASSPHRASE,
    "header-damaged": UnlockProblem.DAMAGED,
    "header-tampered": UnlockProblem.DAMAGED,
    "vault-damaged": UnlockProblem.DAMAGED,
    "chain-broken": UnlockProblem.DAMAGED,
    "kdf-refused": UnlockProblem.DAMAGED,
    "vault-too-new": UnlockProblem.TOO_NEW,
    "vault-busy": UnlockProblem.BUSY,
    "disk-full": UnlockProblem.DISK,
    "disk-failed": UnlockProblem.DISK,
}


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
        self._house, self._place, self._look, self._bridge, self._first = house, place, look, bridge, first_page
        self._tends = tends
        self._memory = WindowMemory(place)
        self._held: HeldHome | None = None
        self._home: HomeController | None = None
        self._gate: UnlockPage | None = None
        self._view = UnlockView(mode=UnlockMode.UNLOCK)
        self._leaving = False
        self.locks = False
        self.window = MainWindow(look, {page_id: partial(self._make, page_id) for page_id in PageId})
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
        self._show_gate(UnlockView(mode=UnlockMode.UNLOCK, place=str(self._place), working=True))
        self.window.show()
        handle = self.window.windowHandle()
        if handle is not None:
            self.idle.watch(handle)
        look = asyncio.to_thread(_first_look, self._house, self._place, passphrase_file)
        self._bridge.run(look, self._looked, self._refused, owner=self)

    def lock(self) -> None:
        """Close the vault and ask for a new process at its lock screen; while it is locked there is nothing to do."""
        if self._held is not None:
            self.locks = True
            self.leave()

    def leave(self) -> None:
        """Close everything, then tell that it is over. Safe to repeat."""
        if self._leaving:
            return
        self._leaving = True
        if self._held is not None:
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

    def _show_gate(self, view: UnlockView) -> None:
        if self._gate is None:
            self._gate = UnlockPage(self._look)
            self._gate.create_requested.connect(self._create)
            self._gate.unlock_requested.connect(self._unlock)
            self.window.show_gate(self._gate)
        self._view = view
        self._gate.show_view(view)

    def _looked(self, found: "tuple[bool, str]") -> None:
        exists, passphrase = found
        mode = UnlockMode.UNLOCK if exists else UnlockMode.FIRST_RUN
        self._show_gate(UnlockView(mode=mode, place=str(self._place)))
        if exists and passphrase:
            self._unlock(passphrase)

    def _create(self, passphrase: str) -> None:
        self._show_gate(UnlockView(mode=UnlockMode.FIRST_RUN, place=str(self._place), working=True))
        work = asyncio.to_thread(self._house.create, self._place, passphrase)
        self._bridge.run(work, lambda _none: self._unlock(passphrase), self._refused, owner=self)

    def _unlock(self, passphrase: str, report: VaultReport | None = None) -> None:
        from vrm_desktop.ui.controllers.held_home import HeldHome, open_home

        self._show_gate(UnlockView(mode=self._view.mode, place=str(self._place), working=True))
        self._held = HeldHome(self._house, self._place, self._bridge.notice, tends=self._tends)
        work = open_home(self._held, passphrase)
        self._bridge.run(work, lambda opened: self._opened(*opened, report), self._refused, owner=self)

    def _opened(self, home: OpenHome, settings: "Settings", report: VaultReport | None) -> None:
        from vrm_desktop.ui.controllers.home_controller import HomeController

        if self._gate is not None:
            self._gate.forget()
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
        made.check_requested.connect(self._check)
        made.lock_requested.connect(self.lock)
        made.copied.connect(self._copy)
        self._home = made
        self._gate = None
        self.window.open_gate()
        self.window.show_page(self._first)
        if report is not None:
            made.show_report(report)

    def _refused(self, error: Exception) -> None:
        self._held = None
        if self._leaving:
            return
        code = str(getattr(error, "code", "vault"))
        mode = UnlockMode.UNLOCK if code == "vault-exists" else self._view.mode
        problem = _PROBLEMS.get(code, UnlockProblem.OTHER)
        if code == "vault-exists" or (mode is UnlockMode.FIRST_RUN and problem is not UnlockProblem.DISK):
            problem = UnlockProblem.OTHER
        words = advice(code)
        told = (words.title, words.advice) if problem is UnlockProblem.OTHER else None
        self._show_gate(UnlockView(mode=mode, place=str(self._place), problem=problem, told=told))

    def _settle(self, settings: "Settings") -> None:
        self.idle.set_after(settings.lock_after * 60_000)
        if self.away is not None:
            self.away.set_watching(watching=settings.lock_away)

    def _copy(self, text: str) -> None:
        self.clipboard.put(text)
        self.window.say(Message(text=_copied_words(), seconds=4.0))

    def _check(self, passphrase: str) -> None:
        self._show_gate(UnlockView(mode=UnlockMode.UNLOCK, place=str(self._place), working=True))
        self._bridge.run(
            self._close_and_check(passphrase),
            lambda report: self._checked(report, passphrase),
            self._refused,
            owner=self,
        )

    def _checked(self, report: VaultReport, passphrase: str) -> None:
        self._forget_home()
        self._unlock(passphrase, report)

    async def _close_and_check(self, passphrase: str) -> VaultReport:
        await self._close_home()
        return await asyncio.to_thread(self._house.check, self._place, passphrase)

    async def _close_home(self) -> None:
        if self._held is None:
            return
        if self._home is not None:
            try:
                await self._home.finish()
            except VaultTrouble as error:
                _LOG.warning("something decided could not be kept: %s", error.code)
        async with asyncio.timeout(CLOSING_SECONDS):
            await self._held.close()

    def _forget_home(self) -> None:
        self.window.forget_pages()
        if self._home is not None:
            self._home.leave()
            self._home = None

    def _left(self) -> None:
        self._forget_home()
        self._held = None
        self.over.emit()

    def _not_closed(self, error: Exception) -> None:
        _LOG.error("the vault did not close in time: %s", type(error).__name__)
        self._left()


def _first_look(house: House, place: Path, passphrase_file: Path | None) -> tuple[bool, str]:
    """Whether there is a vault, and the passphrase of the file (less one line break), "" without one.

    Raises:
        VaultTrouble: the file cannot be read.
    """
    exists = house.exists(place)
    if not exists or passphrase_file is None:
        return exists, ""
    try:
        text = passphrase_file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise VaultTrouble("file-unreadable") from error
    return exists, text[:-2] if text.endswith("\r\n") else text.removesuffix("\n")


def _copied_words() -> str:
    return _("Copied. It leaves the clipboard in fifteen seconds.")
