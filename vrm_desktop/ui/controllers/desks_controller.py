"""Quote desks: the card in a counterparty's file, and the page on which one is asked. Sends only what was shown."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from vrm_desktop.domain.ids import IntentcastId, VendorId
from vrm_desktop.domain.quote_desk import DeskProfile
from vrm_desktop.formats.amounts import read_amount
from vrm_desktop.formats.errors import FileUnreadable, FormatError
from vrm_desktop.formats.quote_desk_profile import LARGEST, read_profile
from vrm_desktop.services import keep_desks, outside_acts
from vrm_desktop.services.desk_profiles import shipped
from vrm_desktop.services.errors import NotPossibleNow
from vrm_desktop.services.keep_desks import AskView
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import Reading, advice_for
from vrm_desktop.ui.controllers.desks_reading import read_desk
from vrm_desktop.ui.controllers.topics import TopicDesk
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.models.desk_view import DeskView
from vrm_desktop.ui.pages.desk_card import OWN_FORM, DeskCard
from vrm_desktop.ui.pages.desk_page import DeskPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipCard
from vrm_desktop.ui.presenters.desks import leaving
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _


class DesksController(QObject):
    """A page and a card. `_shown` is what the person was shown last; nothing else is sent."""

    def __init__(self, desk: TopicDesk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._page: DeskPage | None = None
        self._vendor, self._want, self._tool = "", "", ""
        self._shown: tuple[str, AskView] | None = None
        self._reading = Reading(
            desk.at_home, lambda: read_desk(self._means, self._vendor, self._want, self._tool), self._show
        )

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How its page is made."""
        return {PageId.QUOTE_DESK: self._make}

    def cards(self) -> Sequence[RelationshipCard]:
        """The desk of a counterparty, in its file."""
        card = DeskCard(self._desk.look, {name: one.title for name, one in shipped().items()})
        card.opened.connect(self.open_desk)
        card.added.connect(lambda *said: self._add(card, *said))
        return (card,)

    def refresh(self, _changes: frozenset[Change]) -> None:
        """Any answer may show."""
        if self._page is not None and self._vendor:
            self._reading.again()

    def acted(self, _key: str) -> bool:
        """No message of this controller has a button."""
        return False

    def open_desk(self, vendor: str) -> None:
        """Show the page of this counterparty's desk."""
        if vendor != self._vendor:
            self._vendor, self._want, self._tool = vendor, "", ""
        self._desk.go(PageId.QUOTE_DESK)
        if self._page is not None:
            self._page.to_top()
        self._reading.again()

    @property
    def _means(self) -> Means:
        return self._desk.at_home.home.means

    def _make(self) -> DeskPage:
        page, act = DeskPage(self._desk.look), self._desk.at_home.act
        page.looked.connect(self._look)
        page.chosen.connect(self._choose)
        page.previewed.connect(self._preview)
        page.asked.connect(self._ask)
        page.decided.connect(lambda key, again: act(outside_acts.decide(self._means, key, again=again), owner=page))
        page.undone.connect(lambda key: act(outside_acts.undo(self._means, key), owner=page))
        page.total_chosen.connect(
            lambda key, text: act(keep_desks.choose_total(self._means, key, read_amount(text)), owner=page)
        )
        page.offers_opened.connect(lambda want: self._desk.open_want(want, PageId.OFFERS))
        self._page = page
        return page

    def _show(self, view: DeskView) -> None:
        if self._page is not None and view.vendor == self._vendor:
            self._want, self._tool = view.want, view.tool
            self._page.show_desk(view)

    def _add(self, card: DeskCard, vendor: str, address: str, kind: str, file: str) -> None:
        async def add() -> Changes:
            profile = None if kind == OWN_FORM else await asyncio.to_thread(_profile, kind, file)
            await keep_desks.add(self._means, VendorId(vendor), address, profile)
            return Changes.of(("vendor", vendor), ("relationship", ""))

        def failed(error: Exception) -> None:
            if isinstance(error, NotPossibleNow):
                card.show_error(_("The address of a desk begins with https://."))
            elif isinstance(error, FormatError):
                words = advice_for(error)
                card.show_error(f"{words.title} {words.advice}".strip(), kind=True)
            else:
                self._desk.at_home.say_why(error)

        self._desk.at_home.act(add(), card.begin, failed, owner=card)

    def _look(self, vendor: str) -> None:
        async def look() -> Changes:
            await keep_desks.tools(self._means, VendorId(vendor))
            return Changes.of(("vendor", vendor))

        self._desk.at_home.act(look(), failed=self._refused, owner=self._page)

    def _choose(self, want: str, tool: str) -> None:
        self._want, self._tool, self._shown = want, tool, None
        self._reading.again()

    def _preview(self, want: str, tool: str, typed: dict[str, str]) -> None:
        page = self._page
        work = keep_desks.put_in(self._means, IntentcastId(want), VendorId(self._vendor), typed, tool=tool)

        def show(found: AskView) -> None:
            self._shown = (want, found)
            if page is not None:
                page.show_leaving(leaving(found))

        self._desk.at_home.read(work, show, self._refused, owner=page)

    def _ask(self) -> None:
        if self._shown is None or self._page is None:
            return
        want, shown = self._shown
        self._shown, page = None, self._page

        async def ask() -> Changes:
            key = await keep_desks.ask(self._means, IntentcastId(want), shown, pause=float(self._desk.pause()))
            return Changes.of(("relationship", key), ("intentcast", want), ("ledger", key))

        def done() -> None:
            page.show_leaving(None)
            self._desk.at_home.say(
                _("It leaves exactly as shown. The answer comes here and among the offers."), Tone.GOOD
            )

        self._desk.at_home.act(ask(), done, self._refused, owner=page)

    def _refused(self, error: Exception) -> None:
        words = advice_for(error)
        if self._page is not None:
            self._page.show_refusal(f"{words.title} {words.advice}".strip())


def _profile(kind: str, file: str) -> DeskProfile:
    if not file:
        return shipped()[kind]
    try:
        with Path(file).open("rb") as opened:
            return read_profile(opened.read(LARGEST + 1))
    except OSError as error:
        raise FileUnreadable(str(error)) from error
