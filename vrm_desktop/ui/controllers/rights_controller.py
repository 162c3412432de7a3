"""My rights: requests, asking, the card in a counterparty's file. Rules and letters are the services'."""

import asyncio
import mimetypes
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from vrm_desktop.domain.attachment import MOST_BYTES
from vrm_desktop.domain.clocks import Regime
from vrm_desktop.domain.drp import DrpRegime
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.letter import Letter, LetterAbout
from vrm_desktop.domain.living import DataRight, ReportState
from vrm_desktop.domain.rights import Demand, RequestEvent
from vrm_desktop.domain.rights_choice import AskWay
from vrm_desktop.formats.organisation_lists import LARGEST
from vrm_desktop.services import (
    choose_vendors,
    exercise_rights,
    import_organisations,
    letter_folders,
    propose_authority,
    rights_ways,
)
from vrm_desktop.services.exercise_rights import RequestView
from vrm_desktop.services.import_organisations import Imported, ListKind
from vrm_desktop.services.keep_counterparty import file_of
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.services.rights_letters import Shelves
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import Reading
from vrm_desktop.ui.controllers.drp_controller import DrpController, bytes_of
from vrm_desktop.ui.controllers.letters_controller import LettersController
from vrm_desktop.ui.controllers.topics import TopicDesk
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.models.rights_view import AskChoices, AskedLine, AuthorityView, TypedAsking
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipCard, RelationshipTab
from vrm_desktop.ui.pages.rights_ask_page import RightsAskPage
from vrm_desktop.ui.pages.rights_card import RightsCard
from vrm_desktop.ui.pages.rights_page import RightsPage
from vrm_desktop.ui.presenters.rights import asked_entry, asked_vendor, rights_view
from vrm_desktop.ui.presenters.rights_choices import ask_choices, asking_of, authority_view
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import CATALOGUE, _, ngettext

_KINDS = frozenset({"rights", "letter", "relationship", "vendor"})
_DEMAND = "demand:"
_DIRECTORY = "drp"
_LISTS = (
    ("authorit", ListKind.AUTHORITIES),
    ("deletion", ListKind.DELETION),
    ("export", ListKind.EXPORT),
)


class RightsController(QObject):
    """Three pages and two cards."""

    def __init__(self, desk: TopicDesk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._page: RightsPage | None = None
        self._ask_page: RightsAskPage | None = None
        self._wanted, self._words = "", ""
        self._asking: tuple[tuple[str, ...], str] = ((), DataRight.ACCESS.value)
        self._about = ""
        self.letters = LettersController(desk, self)
        desk.on_letter(self.letters.open_letter)
        self._drp = DrpController(desk, self, self._ask_about)
        self._reading = Reading(desk.at_home, lambda: _watched(self._means), self._show)
        self._search = Reading(desk.at_home, lambda: _found(self._means, self._words), self._show_found)
        self._choices = Reading(desk.at_home, lambda: _choices(self._means, *self._asking), self._show_choices)
        self._whom = Reading(desk.at_home, lambda: _whom(self._means, self._about), self._show_whom)

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How the pages of this controller are made."""
        return {PageId.RIGHTS: self._make, PageId.RIGHTS_ASK: self._make_ask, PageId.LETTERS: self.letters.make}

    def cards(self) -> Sequence[RelationshipCard]:
        """Its cards in a counterparty's file."""
        card = RightsCard(self._desk.look)
        card.asked.connect(self._ask_about)
        card.opened.connect(self.open_request)
        card.shown.connect(lambda vendor: self._hint(card, vendor))
        return (card, self._drp.card())

    def _hint(self, card: RightsCard, vendor: str) -> None:
        work = import_organisations.hints(self._means, VendorId(vendor))
        self._desk.at_home.read(work, lambda found: card.show_hints(vendor, found), owner=card)

    def refresh(self, changes: frozenset[Change]) -> None:
        """Read again what may have changed."""
        self.letters.refresh(changes)
        if not any(kind in _KINDS for kind, _id in changes):
            return
        if self._page is not None:
            self._reading.again()
        if self._ask_page is not None:
            self._search.again()

    def acted(self, _key: str) -> bool:
        """No message of this controller has a button."""
        return False

    def open_request(self, key: str) -> None:
        """Show this request."""
        self._wanted = key
        self._desk.go(PageId.RIGHTS)
        self._reading.again()

    @property
    def _means(self) -> Means:
        return self._desk.at_home.home.means

    def _make(self) -> RightsPage:
        page = RightsPage(self._desk.look)
        page.stepped.connect(self._step)
        page.answered.connect(self._answer)
        page.attached.connect(self._attach)
        page.letter_opened.connect(self.letters.open_letter)
        page.complained.connect(self._complain)
        page.authorities_wanted.connect(self._look_for_authorities)
        page.file_opened.connect(lambda key: self._desk.open_file(key, RelationshipTab.PAPERS))
        page.withdrawn.connect(lambda key: self._desk.at_home.act(exercise_rights.withdraw(self._means, key)))
        self._page = page
        self._reading.again()
        return page

    def _make_ask(self) -> RightsAskPage:
        page = RightsAskPage(self._desk.look)
        page.searched.connect(self._look_for)
        page.listed.connect(self._import)
        page.asked.connect(self._ask)
        page.wondered.connect(self._wonder)
        self._ask_page = page
        self._choices.again()
        self._search.again()
        return page

    def _show(self, views: tuple[RequestView, ...]) -> None:
        if self._page is None:
            return
        self._page.show_rights(rights_view(views))
        if self._wanted:
            self._page.choose(self._wanted)
            self._wanted = ""

    def _show_found(self, found: tuple[AskedLine, ...]) -> None:
        if self._ask_page is not None:
            self._ask_page.show_found(found)

    def _wonder(self, keys: tuple[str, ...], right: str) -> None:
        self._asking = keys, right
        self._choices.again()

    def _show_choices(self, choices: AskChoices) -> None:
        if self._ask_page is not None:
            self._ask_page.show_choices(choices)

    def _look_for_authorities(self, key: str) -> None:
        self._about = key
        self._whom.again()

    def _show_whom(self, view: AuthorityView) -> None:
        if self._page is not None and view.request == self._about:
            self._page.show_authorities(view)

    def _look_for(self, words: str) -> None:
        self._words = words
        self._search.again()

    def _ask_about(self, vendor: str) -> None:
        self._desk.go(PageId.RIGHTS_ASK)
        if self._ask_page is not None:
            self._desk.at_home.read(
                choose_vendors.vendor(self._means, VendorId(vendor)),
                lambda found: self._ask_page.take(asked_vendor(found)) if self._ask_page is not None else None,
                owner=self._ask_page,
            )

    def _ask(self, typed: TypedAsking) -> None:
        if typed.way == AskWay.DRP:
            self._go_on_over_drp(typed)
            return
        asking = asking_of(typed)

        async def ask() -> Changes:
            vendors = [await _vendor_of(self._means, key) for key in typed.ids]
            made = await exercise_rights.ask(self._means, tuple(vendors), asking, await _shelves(self._means))
            self._wanted = made[0] if made else ""
            return Changes.of(*(("rights", key) for key in made), ("relationship", ""), ("letter", ""))

        def done() -> None:
            if self._ask_page is not None:
                self._ask_page.begin()
            self._desk.go(PageId.RIGHTS)
            self._reading.again()

        self._desk.at_home.act(ask(), done=done, owner=self._ask_page)

    def _go_on_over_drp(self, typed: TypedAsking) -> None:
        """The protocol shows what it would tell before it asks: in the organisation's file, with this chosen."""
        right = DataRight(typed.right)

        async def find() -> tuple[VendorId, RelationshipId, DrpRegime]:
            vendor = await _vendor_of(self._means, typed.ids[0])
            owner = await self._means.vault.write(lambda tx: file_of(tx, self._means, vendor).id)
            (one,) = await rights_ways.askable(self._means, right, (vendor,))
            law = Regime(typed.regime) if typed.regime else one.regime
            return vendor, owner, DrpRegime.CCPA if law is Regime.CCPA else DrpRegime.VOLUNTARY

        def found(where: tuple[VendorId, RelationshipId, DrpRegime]) -> None:
            vendor, owner, law = where
            self._desk.open_file(owner, RelationshipTab.PAPERS)
            self._drp.prefer(vendor, rights_ways.DRP_ACTIONS[right], law)

        self._desk.at_home.read(find(), found, owner=self._ask_page)

    def _step(self, key: str, act: str) -> None:
        async def write() -> Letter:
            about = LetterAbout.ADMONITION if act == "admonish" else None
            return await exercise_rights.press(self._means, key, await _shelves(self._means), about=about)

        self._desk.at_home.read(write(), self._written, owner=self._page)

    def _complain(self, key: str, authority: str) -> None:
        if not authority:
            self._desk.at_home.say(_("Take in the list of data protection authorities first."), Tone.CAUTION)
            self._desk.go(PageId.RIGHTS_ASK)
            return

        async def write() -> Letter:
            to = await import_organisations.turn_to(self._means, authority)
            shelves = await _shelves(self._means)
            return await exercise_rights.press(self._means, key, shelves, about=LetterAbout.COMPLAINT, authority=to)

        self._desk.at_home.read(write(), self._written, owner=self._page)

    def _written(self, letter: Letter) -> None:
        self._desk.at_home.bridge.notice(Changes.of(("letter", letter.id), ("vendor", letter.vendor)).things)
        self.letters.open_letter(letter.id)

    def _answer(self, key: str, word: str, text: str) -> None:
        means, page = self._means, self._page
        if word.startswith(_DEMAND):
            work = exercise_rights.demanded(means, key, Demand(word.removeprefix(_DEMAND)), text=text)
        elif word == RequestEvent.ACKNOWLEDGED:
            work = exercise_rights.acknowledged(means, key)
        else:
            work = exercise_rights.answered(means, key, ReportState(word), text=text)
        self._desk.at_home.act(work, done=page.noted if page is not None else None, owner=page)

    def _attach(self, key: str, file: str) -> None:
        async def attach() -> Changes:
            data = await asyncio.to_thread(bytes_of, Path(file), MOST_BYTES)
            media = mimetypes.guess_type(file)[0] or "application/octet-stream"
            await exercise_rights.attach(self._means, key, Path(file).name, media, data)
            return Changes.of(("rights", key))

        told = _("The file lies in your vault now.")
        self._desk.at_home.act(attach(), done=lambda: self._desk.at_home.say(told, Tone.GOOD), owner=self._page)

    def _import(self, file: str) -> None:
        name = Path(file).name
        if _DIRECTORY in name.lower():
            self._drp.take_in(Path(file))
            return
        kind = next((kind for part, kind in _LISTS if part in name.lower()), ListKind.COMPANIES)

        async def take() -> Imported:
            data = await asyncio.to_thread(bytes_of, Path(file), LARGEST)
            return await import_organisations.import_list(self._means, kind, data, name)

        def done(found: Imported) -> None:
            told = ngettext("{count} entry taken in.", "{count} entries taken in.", found.taken)
            flaws = _("{count} of them lack something, or nobody has checked them.").format(count=found.flawed)
            words = told.format(count=found.taken)
            self._desk.at_home.say(f"{words} {flaws}" if found.flawed else words, Tone.GOOD)
            self._search.again()

        self._desk.at_home.read(take(), done, owner=self._ask_page)


async def _watched(means: Means) -> tuple[RequestView, ...]:
    await exercise_rights.watch(means)
    return await exercise_rights.requests(means)


async def _shelves(means: Means) -> Shelves:
    return await letter_folders.shelves(means, CATALOGUE.locale)


async def _found(means: Means, words: str) -> tuple[AskedLine, ...]:
    wished = words.casefold().split()
    known = [
        asked_vendor(one)
        for one in await choose_vendors.vendors(means)
        if all(word in f"{one.name} {one.web}".casefold() for word in wished)
    ]
    listed = await import_organisations.organisations(means, words, most=100) if wished else ()
    return (*known, *(asked_entry(one) for one in listed))


async def _vendor_of(means: Means, key: str) -> VendorId:
    kind, _colon, name = key.partition(":")
    return await import_organisations.turn_to(means, name) if kind == "entry" else VendorId(name)


async def _choices(means: Means, keys: tuple[str, ...], right: str) -> AskChoices:
    vendors = [VendorId(key.partition(":")[2]) for key in keys if not key.startswith("entry:")]
    entries = [key.partition(":")[2] for key in keys if key.startswith("entry:")]
    asked = await rights_ways.askable(means, DataRight(right), vendors, entries)
    return ask_choices(DataRight(right), asked)


async def _whom(means: Means, key: str) -> AuthorityView:
    return authority_view(key, await propose_authority.authorities(means, key))
