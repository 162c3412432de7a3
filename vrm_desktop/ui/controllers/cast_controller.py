"""A cast under way: shows it as it moves, and carries the person's answer to a counter on terms."""

from collections.abc import Coroutine
from typing import Any, assert_never

from PySide6.QtCore import QObject

from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.services import outside_acts, send_intentcast, settle_terms
from vrm_desktop.ui.controllers.asked_want import AskedWant
from vrm_desktop.ui.controllers.at_home import AtHome, Reading
from vrm_desktop.ui.controllers.cast_reading import read_cast
from vrm_desktop.ui.controllers.next_ways_desk import NextWaysDesk
from vrm_desktop.ui.controllers.wants_controller import taken_back
from vrm_desktop.ui.models.cast_view import CastView, RowDeed
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.pages.cast_page import CastPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _

_SEEN = frozenset({"relationship", "intentcast", "offer", "act", "outside-act", "letter", "public-price"})


class CastController(QObject):
    """One page and the cast of the want in question."""

    def __init__(self, at_home: AtHome, asked: AskedWant, page: CastPage) -> None:
        super().__init__(page)
        self._at_home, self._asked, self._page = at_home, asked, page
        self._reading = Reading(at_home, self._look, page.show_cast, page)
        self._next = NextWaysDesk(at_home, asked, page, page.next_ways)
        page.decided.connect(self._decide)
        page.terms_accepted.connect(self._accept)
        page.terms_refused.connect(self._refuse)
        page.take_back_requested.connect(self._take_back)
        asked.chosen.connect(self.begin)

    def refresh(self, changes: frozenset[tuple[str, str]]) -> None:
        """Read again when one of these could show here."""
        self._next.refresh(changes)
        if any(kind in _SEEN for kind, _key in changes):
            self._reading.again()

    def begin(self) -> None:
        """Begin with the want in question."""
        self._reading.forget()
        self._reading.again()

    def _look(self) -> Coroutine[Any, Any, CastView] | None:
        key = self._asked.key
        return None if key is None else read_cast(self._at_home.home.means, key)

    def _accept(self, relationship: str) -> None:
        work = settle_terms.accept_counter(self._at_home.home.means, RelationshipId(relationship))
        self._at_home.act(work, self._agreed, self._failed, owner=self._page)

    def _refuse(self, relationship: str) -> None:
        work = settle_terms.refuse_counter(self._at_home.home.means, RelationshipId(relationship))
        self._at_home.act(work, failed=self._failed, owner=self._page)

    def _agreed(self) -> None:
        words = _("Agreed, this once. Your signature and what your plan says are on their way.")
        self._page.noticed.emit(Message(text=words, tone=Tone.GOOD))

    def _decide(self, deed: RowDeed, key: str) -> None:
        match deed:
            case RowDeed.OPEN_LETTER:
                self._asked.doors.letter_opened.emit(key)
            case RowDeed.SEE_PRICES:
                self._page.going.emit(PageId.OFFERS)
            case RowDeed.ASK_AGAIN | RowDeed.LEAVE_IT:
                work = outside_acts.decide(self._at_home.home.means, key, again=deed is RowDeed.ASK_AGAIN)
                self._at_home.act(work, failed=self._failed, owner=self._page)
            case _:
                assert_never(deed)

    def _take_back(self) -> None:
        key = self._asked.key
        if key is None:
            return
        self._page.take_back.setEnabled(False)
        work = send_intentcast.withdraw(self._at_home.home.means, key)
        self._at_home.act(work, self._taken_back, self._failed, owner=self._page)

    def _taken_back(self) -> None:
        self._page.take_back.setEnabled(True)
        self._page.going.emit(PageId.WANTS)
        self._page.noticed.emit(Message(text=taken_back()))

    def _failed(self, error: Exception) -> None:
        self._page.take_back.setEnabled(True)
        self._at_home.say_why(error, self._page)
        self._reading.again()
