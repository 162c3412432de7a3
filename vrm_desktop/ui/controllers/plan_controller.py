"""The plan: shows what each choice of vendors and ways would tell whom, and casts exactly that once it is confirmed."""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QObject

from vrm_desktop.domain.ids import IntentcastId, RelationshipId, VendorId
from vrm_desktop.domain.ways import Way
from vrm_desktop.services import choose_vendors, collect_offers, say_what_i_want, send_intentcast, want_again
from vrm_desktop.services.choose_vendors import PlanView
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.controllers.asked_want import AskedWant
from vrm_desktop.ui.controllers.at_home import AtHome, Reading
from vrm_desktop.ui.controllers.next_ways_desk import NextWaysDesk
from vrm_desktop.ui.controllers.plan_reading import PlanRead, read_plan
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.plan_page import PlanPage
from vrm_desktop.wording.catalogue import _

UNDO_SECONDS = 8.0
SPREAD_SECONDS = 3.0
UNDO_CAST = "undo-cast:"
_SEEN = frozenset({"vendor", "profile", "mail-account"})


class PlanController(QObject):
    """One page. `pause` gives the seconds questions wait for an undo, `spread` those over which they leave."""

    def __init__(
        self,
        at_home: AtHome,
        asked: AskedWant,
        page: PlanPage,
        *,
        pause: Callable[[], float] = lambda: UNDO_SECONDS,
        spread: float = SPREAD_SECONDS,
    ) -> None:
        super().__init__(page)
        self._at_home, self._asked, self._page = at_home, asked, page
        self._pause, self._spread = pause, spread
        self._chosen: tuple[VendorId, ...] | None = None
        self._ways: dict[VendorId, Way] = {}
        self._shown: PlanView | None = None
        self._casting = False
        self._reading = Reading(at_home, self._look, self._show, page)
        self._next = NextWaysDesk(at_home, asked, page, page.next_ways)
        self._take_wish()
        page.vendors_chosen.connect(self._choose)
        page.way_chosen.connect(self._choose_way)
        page.known_chosen.connect(self._be_known)
        page.confirmed.connect(self._confirm)
        page.edit_requested.connect(lambda: page.going.emit(PageId.COMPOSE))
        asked.chosen.connect(self.begin)

    def refresh(self, changes: frozenset[tuple[str, str]]) -> None:
        """Read again when one of these could show here."""
        self._next.refresh(changes)
        if any(kind in _SEEN or (kind, key) == ("intentcast", self._asked.key) for kind, key in changes):
            self._reading.again()

    def begin(self) -> None:
        """Begin with the want in question, and the usual vendors or the one that was wished for."""
        self._chosen, self._ways, self._casting = None, {}, False
        self._take_wish()
        self._look_again()

    def _take_wish(self) -> None:
        wish = self._asked.take_wish()
        if wish is not None:
            vendor, way = wish
            self._chosen, self._ways = (vendor,), {vendor: way}

    def _look(self) -> Coroutine[Any, Any, PlanRead] | None:
        key = self._asked.key
        if key is None or self._casting:  # what is confirmed is neither shown to be confirmed again nor a plan for long
            return None
        return read_plan(self._at_home.home.means, key, self._chosen, dict(self._ways))

    def _look_again(self) -> None:
        """What is shown counts no more, and cannot be confirmed until the new plan is there."""
        self._shown = None
        self._page.show_working()
        self._reading.forget()
        self._reading.again()

    def _show(self, found: PlanRead) -> None:
        self._shown = found.plan
        self._page.show_plan(found.view)

    def _choose(self, chosen: tuple[str, ...]) -> None:
        self._chosen = tuple(VendorId(one) for one in chosen)
        self._look_again()

    def _choose_way(self, vendor: str, way: str) -> None:
        self._ways[VendorId(vendor)] = Way(way)
        self._look_again()

    def _be_known(self, file: str) -> None:
        key = self._asked.key
        if key is None:
            return
        known = RelationshipId(file) if file else None
        work = say_what_i_want.as_their_customer(self._at_home.home.means, key, known)
        self._at_home.act(work, self._reading.again, self._refused, owner=self._page)

    def _confirm(self) -> None:
        shown = self._shown
        if shown is None:
            return
        self._casting = True
        self._reading.forget()
        self._page.show_working()
        self._at_home.act(self._cast(shown), lambda: self._sent(shown.want.id), self._refused, owner=self._page)

    async def _cast(self, shown: PlanView) -> Changes:
        """Confirm what the person saw, letter by letter, and nothing that was composed since."""
        means = self._at_home.home.means
        changes = await choose_vendors.confirm_plan(means, shown)
        made, _asked = await send_intentcast.cast(means, shown.want.id, pause=self._pause(), spread=self._spread)
        return changes | made

    def _sent(self, key: IntentcastId) -> None:
        self._page.going.emit(PageId.CAST)
        self._casting = False
        seconds = self._pause()
        if not seconds:
            return
        words = _("Your questions leave in {seconds} seconds.").format(seconds=round(seconds))
        self._page.noticed.emit(Message(text=words, action=_("Undo"), key=f"{UNDO_CAST}{key}", seconds=seconds))

    def _refused(self, error: Exception) -> None:
        self._casting = False
        self._at_home.say_why(error, self._page)
        self._reading.again()

    def undo(self, key: IntentcastId) -> None:
        """Take the cast of a want back; what it asked for is a draft again."""

        def done(found: tuple[Changes, IntentcastId]) -> None:
            self._at_home.notice(found[0])
            self._asked.choose(found[1])
            self._page.going.emit(PageId.PLAN)
            self._page.noticed.emit(Message(text=_("Taken back. What you want is a draft again.")))

        self._at_home.read(self._undone(key), done, owner=self._page)

    async def _undone(self, key: IntentcastId) -> tuple[Changes, IntentcastId]:
        home = self._at_home.home
        found = await want_again.undo_cast(home.means, key)
        home.exchange.tend(await collect_offers.active(home.means))
        return found
