"""The real window on a real vault, driven from a test: only the key derivation is cheap. Closes all it started."""

from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.fakes.vault_parts import CHEAP_KDF
from vrm_desktop.engine import Engine
from vrm_desktop.services import collect_offers
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.ports import Clock
from vrm_desktop.ui.bridge import Bridge
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.program import Program
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.wiring import Home

WORDS = "four calm herons wading"
_T = TypeVar("_T")
PATIENCE_MS = 60_000


class RunningWindow:
    """One program with its engine. `wait` lets the event loop turn until something holds."""

    def __init__(
        self,
        place: Path,
        look: Look,
        qtbot: QtBot,
        *,
        tends: bool = True,
        environment: Mapping[str, str] | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.house = Home(kdf=CHEAP_KDF, clock=clock)
        self.place, self._qtbot = place, qtbot
        self.engine = Engine()
        self.engine.start()
        self.bridge = Bridge(self.engine, gathering_ms=20)
        self.program = Program(
            house=self.house,
            place=place,
            look=look,
            bridge=self.bridge,
            first_page=PageId.RELATIONSHIPS,
            tends=tends,
            environment=environment,
        )
        self.window = self.program.window
        self.ended = False
        self.program.over.connect(self._end)

    def wait(self, holds: Callable[[], bool]) -> None:
        """Until `holds`, or the test fails."""
        self._qtbot.waitUntil(holds, timeout=PATIENCE_MS)

    def settle(self) -> None:
        """Until all that is under way has been delivered, what it changed has been told, and that was read again."""
        self.wait(self._is_settled)

    def create(self) -> None:
        """Make the vault, beside the window."""
        self.house.create(self.place, WORDS)

    def unlock(self, words: str = WORDS) -> None:
        """Begin with a vault that is there, and type the passphrase."""
        self.program.begin()
        self.settle()
        self.type_in(self.fields()[0], words)

    def type_in(self, field: QLineEdit, words: str) -> None:
        """Type into a field and press Enter."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest

        field.setFocus()
        field.clear()
        QTest.keyClicks(field, words)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.settle()

    def fields(self) -> list[QLineEdit]:
        """The visible fields, from the top."""
        return [field for field in self.window.findChildren(QLineEdit) if field.isVisible()]

    @property
    def home(self) -> OpenHome:
        """The open home, once it is open."""
        self.wait(lambda: self.program._home is not None)
        opened = self.program._home
        assert opened is not None
        return opened._at_home.home

    def do(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Run a service on the engine and wait for it."""
        return self.engine.submit(work).result(PATIENCE_MS / 1000)

    def wake(self) -> None:
        """Let everything under way look at the clock again, as after a while."""

        async def wake() -> None:
            self.home.exchange.tend(await collect_offers.active(self.home.means))

        self.do(wake())

    def close(self) -> None:
        """Close the window as a person would, and wait until all of it is over."""
        if not self.ended:
            self.window.close()
            self.program.leave()
            self.wait(lambda: self.ended)
        self.bridge.close()
        self.engine.close(PATIENCE_MS / 1000)
        for part in (self.window, self.program, self.bridge):
            part.deleteLater()

    def _is_settled(self) -> bool:
        QCoreApplication.sendPostedEvents(self.bridge)  # results and news that the bridge has not heard of yet
        return self.bridge.waiting == 0 and not self.bridge._gathering.isActive()

    def _end(self) -> None:
        self.ended = True


@contextmanager
def running_window(
    place: Path,
    look: Look,
    qtbot: QtBot,
    *,
    tends: bool = True,
    environment: Mapping[str, str] | None = None,
    clock: Clock | None = None,
) -> Iterator[RunningWindow]:
    """A window that is not begun yet, and closed at the end of the block."""
    made = RunningWindow(place, look, qtbot, tends=tends, environment=environment, clock=clock)
    try:
        yield made
    finally:
        made.close()
