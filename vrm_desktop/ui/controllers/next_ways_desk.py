"""The next best ways on a page of asking: reads them while the page is shown, and does what their buttons say."""

from collections.abc import Coroutine
from typing import Any, assert_never

from PySide6.QtCore import QObject

from vrm_desktop.domain.ids import IntentcastId, VendorId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.reaching import NextKind, VendorWays
from vrm_desktop.domain.ways import Way
from vrm_desktop.services import collect_offers, discover_ways, next_ways, say_what_i_want, want_again
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.controllers.asked_want import AskedWant
from vrm_desktop.ui.controllers.at_home import AtHome, Reading
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.models.next_ways_view import NextStep, NextWaysView
from vrm_desktop.ui.pages.next_ways_card import NextWaysCard
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.presenters.next_ways import next_ways_view
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.reaching import ways_line

_SEEN = frozenset({"vendor", "relationship", "intentcast", "offer", "outside-act", "public-price", "profile"})


class NextWaysDesk(QObject):
    """One card on one page. Whoever tends the page hands on what changed; nothing else needs connecting."""

    def __init__(self, at_home: AtHome, asked: AskedWant, page: Page, card: NextWaysCard) -> None:
        super().__init__(page)
        self._at_home, self._asked, self._page, self._card = at_home, asked, page, card
        self._reading = Reading(at_home, self._look, card.show_ways, page)
        card.chosen.connect(self._do)
        asked.chosen.connect(self._begin)

    def refresh(self, changes: frozenset[tuple[str, str]]) -> None:
        """Read again when one of these could show here."""
        if any(kind in _SEEN for kind, _key in changes):
            self._reading.again()

    def _begin(self) -> None:
        self._card.show_ways(NextWaysView())
        self._reading.forget()
        self._reading.again()

    def _look(self) -> Coroutine[Any, Any, NextWaysView] | None:
        key = self._asked.key
        return None if key is None else self._read(key)

    async def _read(self, key: IntentcastId) -> NextWaysView:
        return next_ways_view(await next_ways.next_ways(self._at_home.home.means, key))

    def _do(self, step: NextStep) -> None:
        match step.kind:
            case NextKind.ASK:
                self._ask(VendorId(step.vendor), step.way or Way.NATIVE)
            case NextKind.USE_PRICE:
                self._page.going.emit(PageId.OFFERS)
            case NextKind.LOOK:
                self._asked.doors.copied.emit(step.address)
                self._say(_("Copied. Look at it in your browser, and keep the page of what fits among the offers."))
            case NextKind.DISCOVER:
                self._discover(step)
            case NextKind.WRITE:
                self._asked.doors.writing_wanted.emit(step.vendor)
            case NextKind.CHOOSE_FROM_LIST | NextKind.ADD:
                self._page.going.emit(PageId.VENDORS)
            case _:
                assert_never(step.kind)

    def _ask(self, vendor: VendorId, way: Way) -> None:
        key = self._asked.key
        if key is None:
            return

        def ready(found: tuple[Changes, IntentcastId]) -> None:
            self._at_home.notice(found[0])
            self._asked.wish(found[1], vendor, way)
            self._page.going.emit(PageId.PLAN)
            if found[1] != key:
                self._say(_("What you want is a draft again; the question that stood is put away."))

        self._at_home.read(self._drafted(key), ready, owner=self._page)

    async def _drafted(self, key: IntentcastId) -> tuple[Changes, IntentcastId]:
        """The want where it is a draft, else a new draft that says the same."""
        home = self._at_home.home
        want = await say_what_i_want.want(home.means, key)
        if want.state is IntentcastState.DRAFT:
            return Changes(), key
        found = await want_again.ask_again(home.means, key)
        home.exchange.tend(await collect_offers.active(home.means))
        return found

    def _discover(self, step: NextStep) -> None:
        self._card.show_working(step.id)

        def done(found: VendorWays) -> None:
            self._card.show_working("")
            self._at_home.notice(Changes.of(("vendor", found.vendor.id)))
            trouble = advice(found.trouble).title if found.trouble else ""
            self._say(f"{found.vendor.name}: {trouble or ways_line(found)}", Tone.CAUTION if trouble else Tone.GOOD)

        def failed(error: Exception) -> None:
            self._card.show_working("")
            self._at_home.say_why(error, self._page)

        self._at_home.read(
            discover_ways.discover(self._at_home.home.means, step.vendor), done, failed, owner=self._page
        )

    def _say(self, text: str, tone: Tone = Tone.NEUTRAL) -> None:
        self._page.noticed.emit(Message(text=text, tone=tone))
