"""How every controller reads and acts: services run on the engine, what changed is told, what failed is said.

Never here: a page, a service's own name. Pages and controllers never see a coroutine fail unnoticed.
"""

from collections.abc import Callable, Coroutine
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from vrm_desktop.services import collect_offers
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.bridge import Bridge, Ticket
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.errors import Advice, advice

_T = TypeVar("_T")


def advice_for(error: Exception) -> Advice:
    """What to tell about anything that a service raised."""
    return advice(str(getattr(error, "code", "engine")))


class AtHome(QObject):
    """The open home, as controllers use it. `said` carries a `Message` for the bar.

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
        return self.bridge.run(work, show, failed or self.say_why, owner or self)

    def act(
        self,
        work: Coroutine[Any, Any, Changes],
        done: Callable[[], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        owner: QObject | None = None,
    ) -> Ticket:
        """Run a service that changes something, let its vendors be tended, and tell what changed."""

        def finished(changes: Changes) -> None:
            self.bridge.notice(changes.things)
            if done is not None:
                done()

        return self.bridge.run(self._and_tend(work), finished, failed or self.say_why, owner or self)

    def say(self, text: str, tone: Tone = Tone.NEUTRAL) -> None:
        """A sentence for the bar."""
        self.said.emit(Message(text=text, tone=tone))

    def say_why(self, error: Exception) -> None:
        """Why something could not be done, for the bar."""
        words = advice_for(error)
        self.said.emit(Message(text=f"{words.title} {words.advice}".strip(), tone=Tone.BAD, seconds=None))

    async def _and_tend(self, work: Coroutine[Any, Any, Changes]) -> Changes:
        changes = await work
        self.home.exchange.tend(await collect_offers.active(self.home.means))
        return changes


class Reading(Generic[_T]):
    """One thing a page shows, read again when told. What changes during a read is read once more after it."""

    def __init__(
        self, at_home: AtHome, read: Callable[[], Coroutine[Any, Any, _T]], show: Callable[[_T], None]
    ) -> None:
        self._at_home, self._read, self._show = at_home, read, show
        self._ticket: Ticket | None = None
        self._stale = False

    def again(self) -> None:
        """Read and show."""
        if self._ticket is not None and not self._ticket.over:
            self._stale = True
            return
        self._stale = False
        self._ticket = self._at_home.read(self._read(), self._shown, self._failed)

    def _shown(self, found: _T) -> None:
        self._show(found)
        self._once_more()

    def _failed(self, error: Exception) -> None:
        self._at_home.say_why(error)
        self._once_more()

    def _once_more(self) -> None:
        if self._stale:
            self.again()
