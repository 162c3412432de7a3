"""Pictures of the real pages from a real vault, which is only looked at: nobody is asked anything meanwhile.

Never part of a running window, and nothing is made up here (the gallery does that).
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, QSize
from PySide6.QtWidgets import QApplication

from vrm_desktop.ui.bridge import Bridge
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationships_page import RelationshipsPage
from vrm_desktop.ui.pages.wants_page import WantsPage
from vrm_desktop.ui.pictures import SIZES, THEMES
from vrm_desktop.ui.program import Program
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import ThemeChoice

PATIENCE_MS = 20_000
_SECTIONS = (
    PageId.WANTS,
    PageId.CAST,
    PageId.OFFERS,
    PageId.RELATIONSHIPS,
    PageId.RELATIONSHIP,
    PageId.LEDGER,
    PageId.VENDORS,
    PageId.PROFILE,
    PageId.SETTINGS,
)


class RealPictures:
    """Takes the pictures of one program's window."""

    def __init__(self, program: Program, *, application: QApplication, look: Look, bridge: Bridge) -> None:
        self._program, self._application, self._look, self._bridge = program, application, look, bridge

    def take(
        self, folder: Path, *, sizes: Sequence[QSize] = SIZES, themes: Sequence[ThemeChoice] = THEMES
    ) -> tuple[Path, ...]:
        """Write `NAME-THEME-WIDTHxHEIGHT.png` for every page once the program is open, and return the files.

        Raises:
            TimeoutError: the vault did not open, or a page did not get what it shows.
            OSError: a file cannot be written.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._until(lambda: self._program.is_open)
        written: list[Path] = []
        for page_id in _SECTIONS:
            self._open(page_id)
            for theme in themes:
                self._look.choose(theme)
                for size in sizes:
                    file = folder / f"{page_id.value}-{theme.value}-{size.width()}x{size.height()}.png"
                    written.append(self._grab(file, size))
        return tuple(written)

    def _open(self, page_id: PageId) -> None:
        window = self._program.window
        if page_id in (PageId.CAST, PageId.OFFERS):
            wants = window.page(PageId.WANTS)
            if isinstance(wants, WantsPage) and wants.table.shown_ids:
                self._program.show_want(wants.table.shown_ids[0], page_id)
                self._until(lambda: self._bridge.waiting == 0)
                return
        if page_id is PageId.RELATIONSHIP:
            listed = window.page(PageId.RELATIONSHIPS)
            if isinstance(listed, RelationshipsPage) and (best := listed.best_id()) is not None:
                listed.opened.emit(best)
        window.show_page(page_id)
        self._until(lambda: self._bridge.waiting == 0)

    def _grab(self, file: Path, size: QSize) -> Path:
        window = self._program.window
        window.resize(size)
        for _turn in range(3):
            self._application.processEvents()
        if not window.grab().save(str(file)):
            raise OSError(f"could not write {file}")
        return file

    def _until(self, done: Callable[[], bool]) -> None:
        since = QElapsedTimer()
        since.start()
        while not done():
            if since.elapsed() > PATIENCE_MS:
                raise TimeoutError("the window did not get what it shows")
            self._application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def print_files(files: Sequence[Path]) -> None:
    """Name each file on standard output."""
    for file in files:
        sys.stdout.write(f"{file}\n")
