"""Finding: asks for what the field says, shows what came, and tells where a thing opens. Never how things are found."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from vrm_desktop.domain.found import Found, FoundKind
from vrm_desktop.services import find
from vrm_desktop.services.means import Means
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import AtHome, Reading
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.pages.find_page import FindPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.presenters.find import find_view
from vrm_desktop.ui.theme.look import Look


class FindController(QObject):
    """`want_opened` and `file_opened` carry an id, `going` a PageId."""

    want_opened = Signal(str, object)
    file_opened = Signal(str)
    going = Signal(object)

    def __init__(self, at_home: AtHome, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._page: FindPage | None = None
        self._words = ""
        self._found: tuple[Found, ...] = ()
        means = at_home.home.means
        self._reading = Reading(at_home, lambda: _asked(means, self._words), self._show)

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How the page of this controller is made."""
        return {PageId.FIND: self._make}

    def refresh(self, _changes: frozenset[Change]) -> None:
        """Find again what may have changed."""
        if self._page is not None and self._words:
            self._reading.again()

    def _make(self) -> FindPage:
        self._page = FindPage(self._look)
        self._page.asked.connect(self._ask)
        self._page.opened.connect(self._open)
        return self._page

    def _ask(self, words: str) -> None:
        self._words = words
        self._reading.again()

    def _show(self, answer: tuple[str, tuple[Found, ...]]) -> None:
        words, self._found = answer
        if self._page is not None:
            self._page.show_found(find_view(words, self._found))

    def _open(self, place: int) -> None:
        if not 0 <= place < len(self._found):
            return
        one = self._found[place]
        match one.kind:
            case FoundKind.WANT:
                self.want_opened.emit(one.id, PageId.CAST)
            case FoundKind.OFFER:
                self.want_opened.emit(one.intentcast or "", PageId.OFFERS)
            case FoundKind.FIELD:
                self.going.emit(PageId.PROFILE)
            case FoundKind.VENDOR:
                self.going.emit(PageId.VENDORS)
            case _ if one.relationship is not None:
                self.file_opened.emit(one.relationship)
            case _:
                self.going.emit(PageId.VENDORS)


async def _asked(means: Means, words: str) -> tuple[str, tuple[Found, ...]]:
    return words, await find.find(means, words)
