"""How controllers run services: on the engine, with what changed told to everybody and refusals put into words."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject
from shiboken6 import isValid

from vrm_desktop.services import collect_offers
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.bridge import Bridge, Ticket
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.pages.page import Page
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.errors import advice

_T = TypeVar("_T")


def words_of(error: Exception) -> str:
    """What an error means for the person: what happened, and what to do."""
    words = advice(str(getattr(error, "code", "engine")))
    return f"{words.title} {words.advice}".strip()


class Errands:
    """Runs work for pages. Refusals become a message on the page unless the caller wants them."""

    def __init__(self, home: OpenHome, bridge: Bridge) -> None:
        self.home, self._bridge = home, bridge

    def run(
        self,
        work: Coroutine[Any, Any, _T],
        page: Page,
        done: Callable[[_T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> Ticket:
        """Run `work`; nothing is delivered to a page that is gone."""
        return self._bridge.run(work, done, failed or (lambda error: self.tell(page, error)), owner=page)

    def act(
        self,
        work: Coroutine[Any, Any, Changes],
        page: Page,
        done: Callable[[], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Ticket:
        """Run `work`, let what it put into the outbox go its way, and tell everybody what changed."""

        async def acted() -> Changes:
            changes = await work
            self.home.exchange.tend(await collect_offers.active(self.home.means))
            return changes

        def finished(changes: Changes) -> None:
            self.notice(changes)
            if done is not None:
                done()

        return self.run(acted(), page, finished, failed)

    def notice(self, changes: Changes) -> None:
        """Tell everybody what changed."""
        self._bridge.notice(changes.things)

    @staticmethod
    def tell(page: Page, error: Exception) -> None:
        """Put a refusal into words on top of the page."""
        page.noticed.emit(Message(text=words_of(error), tone=Tone.BAD, seconds=None))


class Reading(QObject):
    """Reads what a page shows, again whenever it may have changed: one read at a time, none while nobody looks."""

    def __init__(
        self,
        errands: Errands,
        page: Page,
        look: Callable[[], Coroutine[Any, Any, _T] | None],
        show: Callable[[_T], None],
    ) -> None:
        super().__init__(page)
        self._errands, self._page, self._look, self._show = errands, page, look, show
        self._ticket: Ticket | None = None
        self._stale = True
        page.installEventFilter(self)

    def refresh(self) -> None:
        """Read again: now, after the read that is under way, or when the page is shown."""
        self._stale = True
        self._begin()

    def forget(self) -> None:
        """Show nothing of a read that is under way: the page has become about something else."""
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Read when the page comes on screen."""
        if watched is self._page and event.type() is QEvent.Type.Show:
            self._begin()
        return super().eventFilter(watched, event)

    def _begin(self) -> None:
        if not isValid(self._page):  # the window may be on its way out when a change is told
            return
        if self._ticket is not None or not self._stale or not self._page.isVisible():
            return
        work = self._look()
        if work is None:
            return
        self._stale = False
        self._ticket = self._errands.run(work, self._page, self._done, self._failed)

    def _done(self, found: object) -> None:
        self._ticket = None
        self._show(found)  # type: ignore[arg-type]  # what `look` gave is what `show` takes
        self._begin()

    def _failed(self, error: Exception) -> None:
        self._ticket = None
        self._errands.tell(self._page, error)
        self._begin()
