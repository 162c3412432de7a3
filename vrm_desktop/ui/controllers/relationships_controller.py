"""Relationships and their files: read, write to a vendor, leave one with a pause to undo."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.services import end_relationship, go_on_anew, keep_relationship
from vrm_desktop.services.go_on_anew import Said
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import AtHome, Reading
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipCard, RelationshipTab
from vrm_desktop.ui.pages.relationship_page import RelationshipPage
from vrm_desktop.ui.pages.relationships_page import RelationshipsPage
from vrm_desktop.ui.presenters.relationship import relationship_view
from vrm_desktop.ui.presenters.relationships import relationships_view
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import CATALOGUE, _

_STAY = "stay:"
_LEAST_AGAIN = 8  # seconds: whoever comes back has to see it before it happens


class RelationshipsController(QObject):
    """`going` carries a PageId. `pause` is asked for the seconds in which leaving can be undone."""

    going = Signal(object)
    copied = Signal(str)
    add_requested = Signal()

    def __init__(self, at_home: AtHome, look: Look, pause: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at_home, self._look, self._pause = at_home, look, pause
        self._list: RelationshipsPage | None = None
        self._file: RelationshipPage | None = None
        self._current: RelationshipId | None = None
        self._leaving: dict[RelationshipId, QTimer] = {}
        self._cards: tuple[RelationshipCard, ...] = ()
        self._make_cards: Callable[[], Sequence[RelationshipCard]] = tuple
        means = at_home.home.means
        self._all = Reading(at_home, lambda: keep_relationship.relationships(means), self._show_all)
        self._one = Reading(at_home, lambda: _file_of(at_home.home, self._current), self._show_one)
        at_home.read(end_relationship.leaving(means), self._take_up, owner=self)

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How the pages of this controller are made."""
        return {PageId.RELATIONSHIPS: self._make_list, PageId.RELATIONSHIP: self._make_file}

    @property
    def leaving(self) -> tuple[RelationshipId, ...]:
        """The relationships the person is leaving, while it can still be undone."""
        return tuple(self._leaving)

    def refresh(self, changes: frozenset[Change]) -> None:
        """Read again what may have changed: a file holds something of every topic."""
        if not changes:
            return
        if self._list is not None:
            self._all.again()
        if self._file is not None and self._current is not None:
            self._one.again()

    def take_cards(self, make: Callable[[], Sequence[RelationshipCard]]) -> None:
        """How the topics' cards are made, once the page of a file is."""
        self._make_cards = make

    def open_file(self, key: str, tab: RelationshipTab = RelationshipTab.OVERVIEW) -> None:
        """Open the file of a relationship."""
        self._current = RelationshipId(key)
        self.going.emit(PageId.RELATIONSHIP)
        if self._file is not None:
            self._file.open_tab(tab)
        self._one.again()

    def acted(self, key: str) -> bool:
        """Do what the button of a message stands for. False when the message is not one of this controller's."""
        if not key.startswith(_STAY):
            return False
        self._stay(RelationshipId(key.removeprefix(_STAY)))
        return True

    async def finish(self) -> None:
        """Carry out what the person decided and did not undo, before the vault closes. Runs on the engine."""
        await asyncio.gather(*(end_relationship.end(self._at_home.home.means, key) for key in tuple(self._leaving)))

    def _make_list(self) -> RelationshipsPage:
        page = RelationshipsPage(self._look)
        page.opened.connect(self.open_file)
        page.add_requested.connect(self.add_requested)
        self._list = page
        self._all.again()
        return page

    def _make_file(self) -> RelationshipPage:
        page = RelationshipPage(self._look)
        page.said.connect(self._say)
        page.end_requested.connect(self._leave)
        page.copy_requested.connect(self.copied)
        self._cards = tuple(self._make_cards())
        for card in self._cards:
            page.add_card(card)
        self._file = page
        return page

    def _show_all(self, files: tuple[RelationshipFile, ...]) -> None:
        if self._list is not None:
            self._list.show_relationships(relationships_view(files))

    def _show_one(self, file: RelationshipFile | None) -> None:
        if self._file is None or file is None or file.relationship.id != self._current:
            return
        leaving = file.relationship.id in self._leaving
        self._file.show_relationship(relationship_view(file, self._at_home.home.means.roster, leaving=leaving))
        for card in self._cards:
            card.show_file(file)

    def _say(self, text: str) -> None:
        if self._current is None or self._file is None:
            return
        key, page = self._current, self._file

        async def say() -> Changes:
            said = await go_on_anew.say(self._at_home.home.means, key, text, language=CATALOGUE.locale)
            went.append(said)
            return said.changes

        def done() -> None:
            page.sent()
            if went[0].letter:
                told = _("This conversation is full. A letter with your words lies ready under Letters.")
                self._at_home.say(told, Tone.CAUTION)
            elif went[0].relationship != key:
                self._at_home.say(_("That conversation was full; your words go on in a new one."), Tone.NEUTRAL)
                if self._current == key:
                    self.open_file(went[0].relationship, RelationshipTab.MESSAGES)

        went: list[Said] = []
        self._at_home.act(say(), done=done, owner=page)

    def _leave(self) -> None:
        key, page = self._current, self._file
        if key is None or page is None or key in self._leaving:
            return
        seconds = self._pause()
        if seconds:
            text = _("You are leaving {vendor}. It is told in {seconds} seconds, and asked to forget you.")
            self._wait_to_leave(key, seconds, text.format(vendor=page.title, seconds=seconds))
            self._at_home.read(end_relationship.mean_to_leave(self._at_home.home.means, key), lambda _none: None)
        else:
            self._wait_to_leave(key, 0, "")
        self._one.again()

    def _take_up(self, found: tuple[tuple[RelationshipId, str], ...]) -> None:
        """The program ended in the middle of a pause: the pause begins again, so that it can still be undone."""
        seconds = max(self._pause(), _LEAST_AGAIN)
        for key, vendor in found:
            if key not in self._leaving:
                text = _("You were leaving {vendor} when the program ended. It is told in {seconds} seconds.")
                self._wait_to_leave(key, seconds, text.format(vendor=vendor, seconds=seconds))

    def _wait_to_leave(self, key: RelationshipId, seconds: int, words: str) -> None:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: self._left(key))
        self._leaving[key] = timer
        timer.start(seconds * 1000)
        if words:
            undo = Message(text=words, action=_("Stay"), key=f"{_STAY}{key}", tone=Tone.CAUTION, seconds=float(seconds))
            self._at_home.said.emit(undo)

    def _stay(self, key: RelationshipId) -> None:
        timer = self._leaving.pop(key, None)
        if timer is None:
            self._at_home.say(_("It was told already; leaving cannot be undone any more."), Tone.CAUTION)
            return
        timer.stop()
        timer.deleteLater()
        self._at_home.read(end_relationship.stay(self._at_home.home.means, key), lambda _none: None)
        self._at_home.say(_("Nothing was sent; you stay."), Tone.GOOD)
        self._one.again()

    def _left(self, key: RelationshipId) -> None:
        timer = self._leaving.pop(key, None)
        if timer is not None:
            timer.deleteLater()
        self._at_home.act(end_relationship.end(self._at_home.home.means, key))


async def _file_of(home: OpenHome, key: RelationshipId | None) -> RelationshipFile | None:
    return await keep_relationship.relationship(home.means, key) if key is not None else None
