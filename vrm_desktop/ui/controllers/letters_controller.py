"""The page of letters: reads them, keeps changed drafts, hands them out. Never what a letter says."""

import asyncio
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from vrm_desktop.domain.letter import Letter
from vrm_desktop.formats.letter_files import LetterForm, letter_file
from vrm_desktop.formats.letter_text import mail_link
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.services import choose_vendors, letter_folders, letters_of_rights, write_letters
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.services.rights_letters import Written
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import Reading
from vrm_desktop.ui.controllers.topics import TopicDesk
from vrm_desktop.ui.models.rights_view import LetterLine
from vrm_desktop.ui.pages.letters_page import LettersPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.presenters.rights import letter_line
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import CATALOGUE, _

_KINDS = frozenset({"letter", "rights", "relationship"})


class LettersController(QObject):
    """One page; `open_letter` shows one on it. `follow` opens a link, in the person's mail program."""

    def __init__(
        self, desk: TopicDesk, parent: QObject, follow: Callable[[QUrl], object] = QDesktopServices.openUrl
    ) -> None:
        super().__init__(parent)
        self._desk, self._follow = desk, follow
        self._page: LettersPage | None = None
        self._wanted = ""
        self._reading = Reading(desk.at_home, lambda: _look(self._means), self._show)

    def make(self) -> LettersPage:
        """The page."""
        page = LettersPage(self._desk.look)
        page.changed.connect(self._change)
        page.saved.connect(self._save)
        page.mailed.connect(self._mail)
        page.sent.connect(lambda key: self._desk.at_home.act(write_letters.sent(self._means, key), owner=page))
        page.dropped.connect(lambda key: self._desk.at_home.act(write_letters.drop(self._means, key), owner=page))
        page.translated.connect(self._translate)
        self._page = page
        self._reading.again()
        return page

    def open_letter(self, key: str) -> None:
        """Show this letter."""
        self._wanted = key
        self._desk.go(PageId.LETTERS)
        self._reading.again()

    def refresh(self, changes: frozenset[Change]) -> None:
        """Read again what may have changed."""
        if self._page is not None and any(kind in _KINDS for kind, _id in changes):
            self._reading.again()

    @property
    def _means(self) -> Means:
        return self._desk.at_home.home.means

    def _show(self, lines: tuple[LetterLine, ...]) -> None:
        if self._page is None:
            return
        self._page.show_letters(lines)
        if self._wanted:
            self._page.choose(self._wanted)
            self._wanted = ""

    def _change(self, key: str, subject: str, body: str) -> None:
        async def change() -> Changes:
            there = await write_letters.letter(self._means, key)
            await write_letters.save(self._means, replace(there, subject=subject, body=body))
            return Changes.of(("letter", key))

        self._desk.at_home.act(change(), owner=self._page)

    def _save(self, key: str, form: str, file: str) -> None:
        async def save() -> Changes:
            await _written(self._means, key, LetterForm(form), Path(file))
            return Changes.of(("letter", key), ("ledger", key))

        told = _("The letter is saved. What it tells stands in “Who knows what” now; say here when you have sent it.")
        self._desk.at_home.act(save(), done=lambda: self._desk.at_home.say(told, Tone.GOOD), owner=self._page)

    def _mail(self, key: str) -> None:
        async def link() -> str | None:
            draft = await write_letters.letter(self._means, key)
            if mail_link(draft.handed_out()) is None:
                return None
            return mail_link(await write_letters.hand_out(self._means, key))

        def follow(found: str | None) -> None:
            if found is None:
                self._desk.at_home.say(_("This letter is too long for that; save it as an e-mail draft."), Tone.CAUTION)
                return
            self._desk.at_home.bridge.notice(Changes.of(("letter", key), ("ledger", key)).things)
            self._follow(QUrl(found))

        self._desk.at_home.read(link(), follow, owner=self._page)

    def _translate(self, key: str) -> None:
        page = self._page

        async def look() -> Written:
            shelves = await letter_folders.shelves(self._means, CATALOGUE.locale)
            language = CATALOGUE.locale.partition("_")[0]
            return await letters_of_rights.in_language(self._means, key, language, shelves)

        def show(written: Written) -> None:
            if page is not None:
                page.show_other(f"{written.subject}\n\n{written.body}")

        self._desk.at_home.read(look(), show, owner=page)


async def _look(means: Means) -> tuple[LetterLine, ...]:
    names = {one.id: one.name for one in await choose_vendors.vendors(means)}
    found = await write_letters.letters(means)
    newest = sorted(found, key=lambda one: (one.at, one.id), reverse=True)
    return tuple(letter_line(one, names.get(one.vendor, one.vendor)) for one in newest)


async def _written(means: Means, key: str, form: LetterForm, file: Path) -> Letter:
    fonts = resources_folder() / "fonts"
    draft = await write_letters.letter(means, key)
    await asyncio.to_thread(letter_file, draft.handed_out(), form, fonts=fonts)  # what cannot be made leaves no trace
    out = await write_letters.hand_out(means, key)
    data = await asyncio.to_thread(letter_file, out, form, fonts=fonts)
    await asyncio.to_thread(_write_privately, file, data)
    return out


def _write_privately(file: Path, data: bytes) -> None:
    """Write a file that only this person can read. An older one of that name gives way: the dialog has asked."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
        made.write(data)
