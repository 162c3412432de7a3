"""Whom I can ask: read them with their ways, add one by its address or from a list, look for more ways."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.reaching import VendorWays
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.formats.errors import FileUnreadable
from vrm_desktop.formats.vendor_card_file import CARD_ENDING, LARGEST, is_link, link_qr_svg, read_card, read_link
from vrm_desktop.services import choose_vendors, count_trust, discover_ways, import_organisations, recommend
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import ChannelError
from vrm_desktop.services.recommend import Recommendation
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import AtHome, Reading, advice_for
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.models.vendors_view import AddingView, ListedView
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.vendors_page import VendorsPage
from vrm_desktop.ui.presenters.vendors import listed_view, vendors_view
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.reaching import ways_line

_COUNTED = frozenset({"relationship", "agenda", "rights"})
"""What changes together with promises and the rest that is counted."""
_MOST_LISTED = 6
_LEFT_ALONE = frozenset({"timed-out", "connection-lost", "key-changed"})
"""What a site said that leaves nothing to look for there now."""


class VendorsController(QObject):
    """One page."""

    copied = Signal(str)

    def __init__(self, at_home: AtHome, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._at_home, self._look = at_home, look
        self._page: VendorsPage | None = None
        self._added = ""
        self._reading = Reading(at_home, lambda: discover_ways.directory(at_home.home.means), self._show)
        self._words = ""
        self._listing = Reading(at_home, self._listed, self._show_listed)

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How the page of this controller is made."""
        return {PageId.VENDORS: self._make}

    def refresh(self, changes: frozenset[Change]) -> None:
        """Read again what may have changed."""
        if self._page is not None and any(kind == "vendor" for kind, _id in changes):
            self._reading.again()
            self._listing.again()
        elif self._page is not None and any(kind in _COUNTED for kind, _id in changes):
            self._page.ask_for_counts()

    def _make(self) -> VendorsPage:
        self._page = VendorsPage(self._look)
        self._page.counts_wanted.connect(self._count)
        self._page.add_requested.connect(lambda typed: self._fetch(_address(typed), new=True))
        self._page.code_requested.connect(self._show_code)
        self._page.card_saved.connect(self._save_card)
        self._page.refresh_requested.connect(lambda address: self._fetch(address, new=False))
        self._page.copy_requested.connect(self.copied)
        self._page.look_requested.connect(self._look_for_ways)
        self._page.lists.words_changed.connect(self._find)
        self._page.lists.taken.connect(self._take)
        self._reading.again()
        self._listing.again()
        return self._page

    async def _listed(self) -> ListedView:
        means, words = self._at_home.home.means, self._words
        found = await import_organisations.organisations(means, words, most=_MOST_LISTED) if words else ()
        return listed_view(await import_organisations.counted(means), words, found)

    def _show_listed(self, view: ListedView) -> None:
        if self._page is not None:
            self._page.lists.show_listed(view)

    def _find(self, words: str) -> None:
        self._words = words.strip()
        self._listing.again()

    def _take(self, entry: str) -> None:
        page = self._page
        if page is None:
            return

        def done(vendor: VendorId) -> None:
            self._added = vendor
            page.lists.words.clear()
            self._at_home.bridge.notice({("vendor", vendor)})

        self._at_home.read(import_organisations.turn_to(self._at_home.home.means, entry), done, owner=page)

    def _look_for_ways(self, vendor: str, again: bool) -> None:  # noqa: FBT001 - a signal's argument
        page = self._page
        if page is None:
            return

        def done(found: VendorWays) -> None:
            page.show_adding(AddingView())
            page.details.ways.show_asked(found.asked)
            self._tell(found)

        def failed(error: Exception) -> None:
            page.show_adding(AddingView())
            self._at_home.say_why(error)

        page.show_adding(AddingView(working=True))
        work = discover_ways.discover(self._at_home.home.means, vendor, again=again)
        self._at_home.read(work, done, failed, owner=page)

    def _tell(self, found: VendorWays) -> None:
        words = ways_line(found)
        if found.trouble:
            words = _("{trouble} As far as is known: {ways}.").format(trouble=advice(found.trouble).title, ways=words)
        self._at_home.say(f"{found.vendor.name}: {words}", Tone.CAUTION if found.trouble else Tone.GOOD)
        self._at_home.bridge.notice({("vendor", found.vendor.id)})

    def _show(self, found: tuple[VendorWays, ...]) -> None:
        if self._page is None:
            return
        self._page.show_vendors(vendors_view(found, self._at_home.home.means.roster))
        if self._added:
            self._page.added(self._added)
            self._added = ""

    def _count(self, vendor: str) -> None:
        page = self._page
        if page is not None:
            work = count_trust.trust(self._at_home.home.means, VendorId(vendor))
            self._at_home.read(work, page.show_counts, owner=page)

    def _fetch(self, address: str, *, new: bool) -> None:
        page = self._page
        if page is None:
            return

        def done(found: Counterparty | VendorWays) -> None:
            page.show_adding(AddingView())
            vendor = found.vendor if isinstance(found, VendorWays) else found
            if new:
                self._added = vendor.id
            if isinstance(found, VendorWays):
                self._tell(found)
                return
            told = _("{vendor} can be asked now.") if new else _("{vendor}: the card is up to date.")
            self._at_home.say(told.format(vendor=vendor.name), Tone.GOOD)
            self._at_home.bridge.notice({("vendor", vendor.id)})

        def failed(error: Exception) -> None:
            words = advice_for(error)
            page.show_adding(AddingView(error=f"{words.title} {words.advice}".strip() if new else ""))
            if not new:
                self._at_home.say_why(error)

        page.show_adding(AddingView(working=True))
        self._at_home.read(_add(self._at_home.home.means, address), done, failed, owner=page)

    def _show_code(self, vendor: str, note: str) -> None:
        page = self._page
        if page is None:
            return

        def show(made: Recommendation) -> None:
            page.recommend.show_code(made.link, link_qr_svg(made.link))

        work = recommend.recommend(self._at_home.home.means, VendorId(vendor), note)
        self._at_home.read(work, show, owner=page)

    def _save_card(self, vendor: str, note: str, file: str) -> None:
        async def write() -> None:
            made = await recommend.recommend(self._at_home.home.means, VendorId(vendor), note)
            await asyncio.to_thread(Path(file).write_bytes, made.file)

        def done(_none: None) -> None:
            self._at_home.say(_("The card is saved. Nothing about you is in it."), Tone.GOOD)

        def failed(_error: Exception) -> None:
            self._at_home.say(_("The file could not be saved. Choose another name or folder."), Tone.BAD)

        self._at_home.read(write(), done, failed, owner=self._page)


def _address(typed: str) -> str:
    """What was typed, as an address: a bare name is taken to be on the protected web. A recommendation stays so."""
    if "://" in typed or is_link(typed) or typed.endswith(CARD_ENDING):
        return typed
    return f"https://{typed}"


async def _add(means: Means, given: str) -> Counterparty | VendorWays:
    """Keep the vendor at an address, or the one that a text or a file recommends.

    Where there is no vendor card, the site is asked by which other ways it can be reached.
    """
    if is_link(given):
        return await recommend.take_link(means, read_link(given))
    if "://" not in given and given.endswith(CARD_ENDING):
        return await recommend.take_card(means, read_card(await asyncio.to_thread(_bytes_of, Path(given))))
    try:
        return await choose_vendors.add_vendor(means, given)
    except ChannelError as error:
        if not error.may_have_arrived or error.code in _LEFT_ALONE:
            raise
        try:
            return await discover_ways.discover(means, given, again=True)
        except NotFound:
            raise error from None


def _bytes_of(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        raise FileUnreadable(str(error)) from error
