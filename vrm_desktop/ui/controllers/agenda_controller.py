"""The agenda: reads it for its page, ticks off, keeps dates of one's own, writes the calendar file."""

import asyncio
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from vrm_desktop.domain.agenda import AgendaKind
from vrm_desktop.services import agenda
from vrm_desktop.services.agenda import AgendaEntry
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import Reading
from vrm_desktop.ui.controllers.topics import TopicDesk
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.models.agenda_view import AgendaLine
from vrm_desktop.ui.pages.agenda_page import AgendaPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipCard, RelationshipTab
from vrm_desktop.ui.pages.relationship_next import NextCard
from vrm_desktop.ui.presenters.agenda import AMONG_OFFERS, agenda_line, agenda_view
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.agenda import agenda_kind_label, agenda_words, sentence
from vrm_desktop.wording.catalogue import _, ngettext


@dataclass(frozen=True, slots=True)
class _Next:
    card: NextCard
    tab: RelationshipTab = RelationshipTab.OVERVIEW
    order: int = 110

    @property
    def widget(self) -> QWidget:
        return self.card

    def show_file(self, file: RelationshipFile) -> None:
        coming = (replace(agenda_line(one), file="", whom="") for one in file.dates if one.when in agenda.COMING)
        self.card.show_dates(tuple(coming))


class AgendaController(QObject):
    """One page, and one card of a counterparty's file."""

    def __init__(self, desk: TopicDesk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._page: AgendaPage | None = None
        self._reading = Reading(desk.at_home, lambda: agenda.agenda(self._means), self._show)

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How the page of this controller is made."""
        return {PageId.AGENDA: self._make}

    def cards(self) -> Sequence[RelationshipCard]:
        """What comes next with one counterparty."""
        card = NextCard(self._desk.look)
        card.ticked.connect(self.tick)
        return (_Next(card),)

    def refresh(self, changes: frozenset[Change]) -> None:
        """Read again: any topic may have put a date."""
        if self._page is not None and changes:
            self._reading.again()

    def acted(self, _key: str) -> bool:
        """No message of this controller has a button."""
        return False

    @property
    def _means(self) -> Means:
        return self._desk.at_home.home.means

    def _make(self) -> AgendaPage:
        page = AgendaPage(self._desk.look)
        page.ticked.connect(self.tick)
        page.opened.connect(self._open)
        page.added.connect(self._add)
        page.saved.connect(self._save)
        self._page = page
        self._reading.again()
        return page

    def _show(self, found: tuple[AgendaEntry, ...]) -> None:
        if self._page is not None:
            self._page.show_agenda(agenda_view(found), self._means.clock.today())

    def tick(self, line: AgendaLine) -> None:
        """Tick a date off, or back."""
        self._desk.at_home.act(agenda.tick(self._means, AgendaKind(line.kind), line.key, done=not line.done))

    def _open(self, line: AgendaLine) -> None:
        if line.want and AgendaKind(line.kind) in AMONG_OFFERS:
            self._desk.open_want(line.want, PageId.OFFERS)
        elif line.file:
            self._desk.open_file(line.file, RelationshipTab.OVERVIEW)
        elif line.want:
            self._desk.go(PageId.WANTS)

    def _add(self, day: date, text: str) -> None:
        if self._page is not None:
            self._desk.at_home.act(_kept(self._means, day, text), done=self._page.date_added, owner=self._page)

    def _save(self, file: str, names: bool) -> None:  # noqa: FBT001 - what the signal carries
        def title(entry: AgendaEntry) -> str:
            if not names:
                return sentence(agenda_kind_label(entry.item.kind))
            return agenda_words(entry.item, entry.vendor_name, entry.want)

        async def write() -> int:
            data, count = await agenda.calendar(self._means, title)
            await asyncio.to_thread(_write_privately, Path(file), data)
            return count

        def done(count: int) -> None:
            told = ngettext("{count} date is saved.", "{count} dates are saved.", count).format(count=count)
            self._desk.at_home.say(told, Tone.GOOD)

        def failed(_error: Exception) -> None:
            self._desk.at_home.say(_("The file could not be saved. Choose another name or folder."), Tone.BAD)

        self._desk.at_home.read(write(), done, failed, owner=self._page)


async def _kept(means: Means, day: date, text: str) -> Changes:
    item = await agenda.remind(means, day, text)
    return Changes.of(("agenda", item.key))


def _write_privately(file: Path, data: bytes) -> None:
    """Write a file that only this person can read. An older one of that name gives way: the dialog has asked."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
        made.write(data)
