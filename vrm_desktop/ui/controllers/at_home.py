"""How every controller reads and acts: services run on the engine, what changed is told, what failed is said.

Never here: a page's own parts, a service's own name. Pages and controllers never see a coroutine fail unnoticed.
"""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Signal
from shiboken6 import isValid

from vrm_desktop.services import collect_offers
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.bridge import Bridge, Ticket
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.pages.page import Page
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.errors import Advice, advice

_T = TypeVar("_T")


def advice_for(error: Exception) -> Advice:
    """What to tell about anything that a service raised."""
    return advice(str(getattr(error, "code", "engine")))


def words_of(error: Exception) -> str:
    """What an error means for the person: what happened, and what to do."""
    words = advice_for(error)
    return f"{words.title} {words.advice}".strip()


class AtHome(QObject):
    """The open home, as controllers use it. `said` carries a `Message` for the bar.

    An `owner` that is gone hears nothing more of its work; a page says itself what failed.
    `wipe_requested`: the vault shall go from this computer, and whether its backups shall.
    """

    said = Signal(object)
    wipe_requested = Signal(bool)

    def __init__(self, home: OpenHome, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.home = home
        self.bridge = bridge

    def read(
        self,
        work: Coroutine[Any, Any, _T],
        show: Callable[[_T], None],
        failed: Callable[[Exception], None] | None = None,
        owner: QObject | None = None,
    ) -> Ticket:
        """Run `work` and show what it returns; a failure is said in the bar unless `failed` takes it."""
        return self.bridge.run(work, show, failed or (lambda error: self.say_why(error, owner)), owner or self)

    def act(
        self,
        work: Coroutine[Any, Any, Changes],
        done: Callable[[], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        owner: QObject | None = None,
    ) -> Ticket:
        """Run a service that changes something, let its vendors be tended, and tell what changed."""

        def finished(changes: Changes) -> None:
            self.notice(changes)
            if done is not None:
                done()

        return self.read(self._and_tend(work), finished, failed, owner)

    def notice(self, changes: Changes) -> None:
        """Tell everybody what changed."""
        self.bridge.notice(changes.things)

    def say(self, text: str, tone: Tone = Tone.NEUTRAL) -> None:
        """A sentence for the bar."""
        self.said.emit(Message(text=text, tone=tone))

    def say_why(self, error: Exception, owner: QObject | None = None) -> None:
        """Why something could not be done, for the bar."""
        bar = owner.noticed if isinstance(owner, Page) else self.said
        bar.emit(Message(text=words_of(error), tone=Tone.BAD, seconds=None))

    async def _and_tend(self, work: Coroutine[Any, Any, Changes]) -> Changes:
        changes = await work
        self.home.exchange.tend(await collect_offers.active(self.home.means))
        return changes


class Reading(QObject):
    """One thing a page shows, read again when told: one read at a time, and once more for what changed during it.

    With a `page`, nothing is read while nobody looks at it, and what is due when it comes on screen.
    """

    def __init__(
        self,
        at_home: AtHome,
        look: Callable[[], Coroutine[Any, Any, _T] | None],
        show: Callable[[_T], None],
        page: Page | None = None,
    ) -> None:
        super().__init__(page)
        self._at_home, self._look, self._show, self._page = at_home, look, show, page
        self._ticket: Ticket | None = None
        self._stale = True
        if page is not None:
            page.installEventFilter(self)

    def again(self) -> None:
        """Read and show: now, after the read that is under way, or when the page is shown."""
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
        page = self._page
        if page is not None and not (isValid(page) and page.isVisible()):
            return  # nobody looks, or the window is on its way out when a change is told
        if not self._stale or (self._ticket is not None and not self._ticket.over):
            return
        work = self._look()
        if work is not None:
            self._stale = False
            self._ticket = self._at_home.read(work, self._done, self._failed, page)

    def _done(self, found: object) -> None:
        self._ticket = None
        self._show(found)  # type: ignore[arg-type]  # what `look` gave is what `show` takes
        self._begin()

    def _failed(self, error: Exception) -> None:
        self._ticket = None
        self._at_home.say_why(error, self._page)
        self._begin()
