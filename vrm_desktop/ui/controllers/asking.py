"""All of asking, from saying what one wants to paying for it: its pages, made when first shown, and who tends them."""

from collections.abc import Callable
from typing import Protocol

import shiboken6
from PySide6.QtCore import QObject, Signal

from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.services.house import OpenHome
from vrm_desktop.ui.bridge import Bridge
from vrm_desktop.ui.controllers.asked_want import AskedWant
from vrm_desktop.ui.controllers.at_home import AtHome
from vrm_desktop.ui.controllers.cast_controller import CastController
from vrm_desktop.ui.controllers.compose_controller import START_AFRESH, ComposeController
from vrm_desktop.ui.controllers.offers_controller import OffersController
from vrm_desktop.ui.controllers.plan_controller import (
    SPREAD_SECONDS,
    UNDO_CAST,
    UNDO_SECONDS,
    PlanController,
)
from vrm_desktop.ui.controllers.prices_controller import PricesController
from vrm_desktop.ui.controllers.shops_controller import ShopsController
from vrm_desktop.ui.controllers.wants_controller import WantsController
from vrm_desktop.ui.pages.cast_page import CastPage
from vrm_desktop.ui.pages.compose_page import ComposePage
from vrm_desktop.ui.pages.offers_page import OffersPage
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.pages.plan_page import PlanPage
from vrm_desktop.ui.pages.wants_page import WantsPage
from vrm_desktop.ui.theme.look import Look


class Refreshed(Protocol):
    """What every controller offers."""

    def refresh(self, changes: frozenset[tuple[str, str]]) -> None:
        """Read again when one of these could show."""
        ...


class Asking(QObject):
    """`pages` are the factories for the window. `going` carries a PageId that no page asked for, `copied` a text.

    `pause` gives the seconds in which a cast can be undone, `spread` those over which its questions leave.

    The window's `message_acted` belongs on `acted`, its `new_want_requested` on `new_want`, and what changed on
    `refresh`.
    """

    going = Signal(object)
    copied = Signal(str)

    def __init__(
        self,
        home: OpenHome,
        bridge: Bridge,
        look: Look,
        parent: QObject | None = None,
        *,
        pause: Callable[[], float] = lambda: UNDO_SECONDS,
        spread: float = SPREAD_SECONDS,
    ) -> None:
        super().__init__(parent)
        self._look, self._at_home = look, AtHome(home, bridge, self)
        self._pause, self._spread = pause, spread
        self.asked = AskedWant(self)
        self.asked.doors.copied.connect(self.copied)
        self._tended: list[Refreshed] = []
        self._plan: PlanController | None = None
        self._offers: OffersController | None = None
        self._compose: ComposeController | None = None
        self.pages: dict[PageId, Callable[[], Page]] = {
            PageId.WANTS: self._make_wants,
            PageId.COMPOSE: self._make_compose,
            PageId.PLAN: self._make_plan,
            PageId.CAST: self._make_cast,
            PageId.OFFERS: self._make_offers,
        }

    def refresh(self, changes: frozenset[tuple[str, str]]) -> None:
        """Let every page that is still there read again what these could have changed."""
        self._tended = [one for one in self._tended if shiboken6.isValid(one)]
        for controller in self._tended:
            controller.refresh(changes)

    async def finish(self) -> None:
        """Keep what is being written, before the vault closes. Runs on the engine."""
        if self._compose is not None and shiboken6.isValid(self._compose):
            await self._compose.finish()

    def new_want(self) -> None:
        """Begin a new want."""
        self.asked.choose(None)
        self.going.emit(PageId.COMPOSE)

    def show_want(self, key: str, page: PageId = PageId.CAST) -> None:
        """Go to a want, from outside of asking; whoever comes for its offers sees all of them."""
        self.asked.choose(IntentcastId(key))
        if page is PageId.OFFERS and self._offers is not None and shiboken6.isValid(self._offers):
            self._offers.show_newest()
        self.going.emit(page)

    def acted(self, key: str) -> bool:
        """Do what the button of a message stands for. False when the message is not one of asking's."""
        if key == START_AFRESH and self._compose is not None and shiboken6.isValid(self._compose):
            self._compose.start_afresh()
            return True
        if not key.startswith(UNDO_CAST) or self._plan is None or not shiboken6.isValid(self._plan):
            return False
        self._plan.undo(IntentcastId(key.removeprefix(UNDO_CAST)))
        return True

    def _make_wants(self) -> Page:
        page = WantsPage(self._look)
        self._tended.append(WantsController(self._at_home, self.asked, page))
        return page

    def _make_compose(self) -> Page:
        page = ComposePage(self._look)
        self._compose = ComposeController(self._at_home, self.asked, page)
        self._tended.append(self._compose)
        return page

    def _make_plan(self) -> Page:
        page = PlanPage(self._look)
        self._plan = PlanController(
            self._at_home,
            self.asked,
            page,
            pause=self._pause,
            spread=self._spread,
        )
        self._tended.append(self._plan)
        return page

    def _make_cast(self) -> Page:
        page = CastPage(self._look)
        self._tended.append(CastController(self._at_home, self.asked, page))
        return page

    def _make_offers(self) -> Page:
        page = OffersPage(self._look)
        self._offers = controller = OffersController(self._at_home, self.asked, page)
        prices = PricesController(self._at_home, self.asked, page)
        shops = ShopsController(self._at_home, self.asked, page)
        for one in (controller, prices):
            one.copied.connect(self.copied)
        self._tended += (controller, prices, shops)
        return page
