"""The only place where what the engine found reaches Qt objects: by queued signals, on the main thread.

Never here: a service's rule, a widget. Pages and controllers never touch a future or the engine's thread.
"""

from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from vrm_desktop.engine import Engine, EngineNotRunningError

_T = TypeVar("_T")

GATHERING_MS = 70

Change = tuple[str, str]
"""The kind of a thing and its id."""


@dataclass(slots=True, eq=False)
class Ticket:
    """One piece of work on its way. `cancel` may be called at any time; nothing is delivered afterwards."""

    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    owner: QObject | None
    future: "Future[Any] | None" = None
    over: bool = False

    def cancel(self) -> None:
        """Ask the work to stop and hear nothing more of it."""
        self.over = True
        if self.future is not None:
            self.future.cancel()


class Bridge(QObject):
    """Lives on the main thread. `changed` carries a frozenset of `Change`, gathered over 70 ms."""

    changed = Signal(object)
    _finished = Signal(object)
    _noticed = Signal(object)

    def __init__(self, engine: Engine, parent: QObject | None = None, gathering_ms: int = GATHERING_MS) -> None:
        super().__init__(parent)
        self._engine = engine
        self._open: set[Ticket] = set()
        self._changes: set[Change] = set()
        self._gathering = QTimer(self)
        self._gathering.setSingleShot(True)
        self._gathering.setInterval(gathering_ms)
        self._gathering.timeout.connect(self._tell)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._noticed.connect(self._gather, Qt.ConnectionType.QueuedConnection)

    @property
    def waiting(self) -> int:
        """How many pieces of work have not been delivered yet."""
        return len(self._open)

    def run(
        self,
        work: Coroutine[Any, Any, _T],
        done: Callable[[_T], None],
        failed: Callable[[Exception], None],
        owner: QObject | None = None,
    ) -> Ticket:
        """Run `work` on the engine, then call `done` or `failed` on the main thread, once, and never from here.

        With `owner` nothing is delivered after that object is gone. A closed engine fails like any other work.
        """
        ticket = Ticket(done=done, failed=failed, owner=owner)
        self._open.add(ticket)
        try:
            ticket.future = self._engine.submit(work)
        except EngineNotRunningError as error:
            ticket.future = Future()
            ticket.future.set_exception(error)
        ticket.future.add_done_callback(lambda _future: self._finished.emit(ticket))
        return ticket

    def notice(self, changes: Iterable[Change]) -> None:
        """Tell that things changed. May be called from any thread; `changed` follows once for many."""
        self._noticed.emit(frozenset(changes))

    def close(self) -> None:
        """Cancel everything on its way and deliver nothing more."""
        for ticket in tuple(self._open):
            ticket.cancel()
        self._open.clear()
        self._gathering.stop()
        self._changes.clear()

    def _deliver(self, ticket: Ticket) -> None:
        self._open.discard(ticket)
        gone = ticket.owner is not None and not shiboken6.isValid(ticket.owner)
        if ticket.over or gone or ticket.future is None:
            return
        ticket.over = True
        try:
            result = ticket.future.result(timeout=0)
        except CancelledError:
            return
        except Exception as error:  # noqa: BLE001 -- whatever the work raised is the caller's to word
            ticket.failed(error)
        else:
            ticket.done(result)

    def _gather(self, changes: frozenset[Change]) -> None:
        self._changes |= changes
        if self._changes and not self._gathering.isActive():
            self._gathering.start()

    def _tell(self) -> None:
        changes, self._changes = frozenset(self._changes), set()
        self.changed.emit(changes)
