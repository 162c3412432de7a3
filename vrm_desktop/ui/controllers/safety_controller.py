"""The ways into the open vault and its backups: read, changed, and what came of it said where it was asked."""

import asyncio
import os
from collections.abc import Coroutine, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from vrm_desktop.services.keep_vault import BackupSchedule, Keeping
from vrm_desktop.services.ways_in import NewRecoveryCode
from vrm_desktop.ui.controllers.at_home import AtHome, Reading, advice_for
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.models.safety_view import SafetyView
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.safety_backups import BackupsCard
from vrm_desktop.ui.pages.safety_code import CodeCard
from vrm_desktop.ui.pages.safety_page import SafetyPage
from vrm_desktop.ui.pages.safety_ways import KeyringCard, PassphraseCard
from vrm_desktop.ui.presenters.moments import day_of
from vrm_desktop.ui.presenters.safety import safety_view, sheet
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _

_Card = CodeCard | KeyringCard | PassphraseCard | BackupsCard


class SafetyController(QObject):
    """Asks `home.keeping`; a code that was drawn is forgotten when it is set, left, or the page is gone."""

    def __init__(self, at_home: AtHome, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at_home, self._look = at_home, look
        self._keeping = at_home.home.keeping
        self._page: SafetyPage | None = None
        self._code: NewRecoveryCode | None = None
        self._reading = Reading(at_home, lambda: _found(self._keeping), self._show)

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How the page of this controller is made."""
        return {PageId.SAFETY: self._make}

    def _make(self) -> SafetyPage:
        page = SafetyPage(self._look)
        page.code_wanted.connect(self._draw)
        page.code_set.connect(self._set_code)
        page.code_removed.connect(self._remove_code)
        page.code.cancel.clicked.connect(self._drop_code)
        page.sheet_wanted.connect(self._save_sheet)
        page.keyring_wanted.connect(self._keyring_on)
        page.keyring_unwanted.connect(self._keyring_off)
        page.passphrase_changed.connect(self._change_passphrase)
        page.scheduled.connect(self._plan)
        page.backed_up.connect(self._back_up)
        self._page = page
        self._reading.again()
        return page

    def _show(self, view: SafetyView) -> None:
        if self._page is not None:
            self._page.show_safety(view)

    def _draw(self) -> None:
        self._code = self._keeping.draw_recovery_code()
        if self._page is not None:
            self._page.show_code(self._code)

    def _drop_code(self) -> None:
        self._code = None

    def _set_code(self, typed: str, passphrase: str) -> None:
        page, code = self._page, self._code
        if page is None or code is None:
            return

        def done(_none: object) -> None:
            self._code = None
            page.show_code(None)
            page.show_done(page.code, _("Your recovery code is set. The one before opens nothing any more."))
            self._reading.again()

        def failed(error: Exception) -> None:
            words = advice_for(error)
            if getattr(error, "code", "") == "recovery-code-not-repeated":
                page.code.show_slip(f"{words.title} {words.advice}".strip())
            else:
                page.show_refusal(page.code, words.title, words.advice)

        self._at_home.read(self._keeping.set_recovery_code(code, typed, passphrase), done, failed, owner=page)

    def _remove_code(self, passphrase: str) -> None:
        if self._page is not None:
            said = _("The recovery code is removed.")
            self._do(self._keeping.remove_recovery_code(passphrase), self._page.code, said)

    def _save_sheet(self, path: str) -> None:
        page, code = self._page, self._code
        if page is None or code is None:
            return
        today = day_of(self._at_home.home.means.clock.now())
        work = asyncio.to_thread(_write_privately, Path(path), sheet(code, today))

        def done(_none: object) -> None:
            page.code.notice.say(_("The sheet is saved. Print it, then delete the file."), "", Tone.GOOD)

        def failed(_error: Exception) -> None:
            page.show_refusal(page.code, _("The sheet could not be saved."), _("Choose another name or folder."))

        self._at_home.read(work, done, failed, owner=page)

    def _keyring_on(self, passphrase: str) -> None:
        if self._page is not None:
            said = _("From now on the keyring opens your vault, and your passphrase does, too.")
            self._do(self._keeping.keyring_on(passphrase), self._page.keyring, said)

    def _keyring_off(self, passphrase: str) -> None:
        page = self._page
        if page is None:
            return

        def done(taken: bool) -> None:  # noqa: FBT001 - what the vault tells
            gone = _("The keyring does not open your vault any more.")
            left = _("The keyring does not open your vault any more. Its entry is still there and opens only backups.")
            page.show_done(page.keyring, gone if taken else left)
            self._reading.again()

        failed = self._refusal(page.keyring)
        self._at_home.read(self._keeping.keyring_off(passphrase), done, failed, owner=page)

    def _change_passphrase(self, old: str, new: str) -> None:
        if self._page is not None:
            said = _("Your new passphrase holds from now on.")
            self._do(self._keeping.change_passphrase(old, new), self._page.passphrase, said)

    def _plan(self, chosen: BackupSchedule) -> None:
        if self._page is not None:
            self._do(self._keeping.set_schedule(chosen), self._page.backups, _("That is how it will be done."))

    def _back_up(self, file: str) -> None:
        if self._page is not None:
            work = self._keeping.back_up_to(Path(file)) if file else self._keeping.back_up_now()
            self._do(work, self._page.backups, _("The backup is made, and opened when it was tried."))

    def _do(self, work: Coroutine[Any, Any, object], card: _Card, said: str) -> None:
        page = self._page
        if page is None:
            work.close()
            return

        def done(_found: object) -> None:
            page.show_done(card, said)
            self._reading.again()

        self._at_home.read(work, done, self._refusal(card), owner=page)

    def _refusal(self, card: _Card) -> "Any":
        def failed(error: Exception) -> None:
            words = advice_for(error)
            if self._page is not None:
                self._page.show_refusal(card, words.title, words.advice)
            self._reading.again()

        return failed


async def _found(keeping: Keeping) -> SafetyView:
    ways, offer, schedule = await keeping.ways(), await keeping.keyring_offer(), await keeping.schedule()
    return safety_view(ways, offer, schedule, await keeping.backups(), keeping.backup_trouble)


def _write_privately(file: Path, text: str) -> None:
    """Write a file that only this person can read. An older one of that name gives way: the dialog has asked."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as made:
        made.write(text)
