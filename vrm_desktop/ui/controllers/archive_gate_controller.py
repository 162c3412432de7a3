"""Bringing everything back before there is an open vault. Every call of the vault runs on the engine."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from vrm_desktop.services.house import House
from vrm_desktop.services.take_along import ArchiveReport
from vrm_desktop.ui.bridge import Bridge
from vrm_desktop.ui.controllers.at_home import advice_for
from vrm_desktop.ui.pages.archive_gate_page import ArchiveGatePage
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone


class ArchiveGateController(QObject):
    """Shows its page when asked, by `put`; `back` shows the gate again, `unlock` goes on with the new passphrase."""

    def __init__(
        self,
        house: House,
        place: Path,
        *,
        look: Look,
        bridge: Bridge,
        put: Callable[[ArchiveGatePage], None],
        back: Callable[[], None],
        unlock: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._house, self._place, self._look, self._bridge = house, place, look, bridge
        self._put, self._back, self._unlock = put, back, unlock

    def show(self) -> None:
        """Show the page, empty. What stands in the home is set aside whole when it comes to that."""
        page = ArchiveGatePage(self._look, sets_aside=self._house.exists(self._place))
        page.chosen.connect(lambda path: self._look_at(page, path))
        page.bring_requested.connect(lambda *typed: self._bring(page, *typed))
        page.back_requested.connect(self._back)
        self._put(page)

    def _look_at(self, page: ArchiveGatePage, path: str) -> None:
        work = asyncio.to_thread(self._house.taking.is_encrypted, Path(path))
        self._bridge.run(
            work, lambda encrypted: page.show_file(path, encrypted=encrypted), self._refusal(page), owner=page
        )

    def _bring(self, page: ArchiveGatePage, path: str, secret: str, passphrase: str) -> None:
        page.show_working(working=True)
        work = asyncio.to_thread(
            self._house.taking.bring_in, self._place, passphrase, Path(path), secret or None, set_aside=True
        )

        def done(_report: ArchiveReport) -> None:
            page.forget()
            self._unlock(passphrase)

        self._bridge.run(work, done, self._refusal(page), owner=page)

    def _refusal(self, page: ArchiveGatePage) -> Callable[[Exception], None]:
        def failed(error: Exception) -> None:
            words = advice_for(error)
            page.show_working(working=False)
            if getattr(error, "code", "") == "wrong-archive-passphrase":
                page.show_slip(f"{words.title} {words.advice}".strip())
            else:
                page.say(words.title, words.advice, Tone.BAD)

        return failed
