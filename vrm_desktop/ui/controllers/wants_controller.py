"""The list of wants: goes where the next step of a want is, takes questions back, puts away what is done."""

import asyncio
from pathlib import Path

from PySide6.QtCore import QObject

from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.formats.errors import FileUnreadable
from vrm_desktop.services import say_what_i_want, send_intentcast, share_want, want_again
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.controllers.asked_want import AskedWant
from vrm_desktop.ui.controllers.at_home import AtHome, Reading
from vrm_desktop.ui.controllers.wants_reading import read_wants
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.models.wants_view import Step, WantsView
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.wants_page import WantsPage
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _

_PLACES = {
    Step.CHOOSE: PageId.PLAN,
    Step.WATCH: PageId.CAST,
    Step.ANSWER: PageId.CAST,
    Step.COMPARE: PageId.OFFERS,
    Step.ORDER: PageId.OFFERS,
    Step.AGAIN: PageId.COMPOSE,
}
_LARGEST = 64 * 1024
_SEEN = frozenset({"intentcast", "relationship", "offer"})


class WantsController(QObject):
    """One page; `AskedWant` learns which want the person goes on with."""

    def __init__(self, at_home: AtHome, asked: AskedWant, page: WantsPage) -> None:
        super().__init__(page)
        self._at_home, self._asked, self._page = at_home, asked, page
        self._view = WantsView()
        self._with_away = False
        self._reading = Reading(
            at_home, lambda: read_wants(at_home.home.means, with_away=self._with_away), self._show, page
        )
        page.new_requested.connect(self._new)
        page.step_requested.connect(self._step)
        page.edit_requested.connect(self._edit)
        page.take_back_requested.connect(self._take_back)
        page.put_away_requested.connect(self._put_away)
        page.away_requested.connect(self._show_away)
        page.shared.connect(self._share)
        page.handed_over.connect(self._make_own)
        page.file_wanted.connect(asked.doors.file_wanted)
        asked.chosen.connect(self._choose)

    def refresh(self, changes: frozenset[tuple[str, str]]) -> None:
        """Read again when one of these could show here."""
        if any(kind in _SEEN for kind, _key in changes):
            self._reading.again()

    def _show(self, view: WantsView) -> None:
        self._view = view
        self._page.show_wants(view)
        self._choose()

    def _choose(self) -> None:
        if self._asked.key is not None:
            self._page.choose(self._asked.key)

    def _new(self) -> None:
        self._asked.choose(None)
        self._page.going.emit(PageId.COMPOSE)

    def _step(self, want_id: str) -> None:
        step = next((want.step for want in self._view.wants if want.id == want_id), None)
        if step is None:
            return
        if step is Step.AGAIN:
            self._again(IntentcastId(want_id))
            return
        self._asked.choose(IntentcastId(want_id))
        self._page.going.emit(_PLACES[step])

    def _edit(self, want_id: str) -> None:
        self._asked.choose(IntentcastId(want_id))
        self._page.going.emit(PageId.COMPOSE)

    def _again(self, key: IntentcastId) -> None:
        def done(found: tuple[Changes, IntentcastId]) -> None:
            self._at_home.notice(found[0])
            self._asked.choose(found[1])
            self._page.going.emit(PageId.COMPOSE)

        self._at_home.read(want_again.ask_again(self._at_home.home.means, key), done, owner=self._page)

    def _take_back(self, want_id: str) -> None:
        work = send_intentcast.withdraw(self._at_home.home.means, IntentcastId(want_id))
        self._at_home.act(work, lambda: self._page.noticed.emit(Message(text=taken_back())), owner=self._page)

    def _put_away(self, want_id: str) -> None:
        self._at_home.act(say_what_i_want.close_want(self._at_home.home.means, IntentcastId(want_id)), owner=self._page)

    def _share(self, want_id: str, file: str) -> None:
        async def write() -> None:
            data = await share_want.shared(self._at_home.home.means, IntentcastId(want_id))
            await asyncio.to_thread(Path(file).write_bytes, data)

        def done(_none: None) -> None:
            self._page.noticed.emit(Message(text=_("The file says what you want, and nothing about you.")))

        self._at_home.read(write(), done, self._not_saved, owner=self._page)

    def _make_own(self, file: str) -> None:
        async def take() -> Intentcast:
            return await share_want.make_own(self._at_home.home.means, await asyncio.to_thread(_bytes_of, Path(file)))

        def done(want: Intentcast) -> None:
            self._at_home.notice(Changes.of(("intentcast", want.id)))
            self._asked.choose(want.id)
            self._page.going.emit(PageId.COMPOSE)

        self._at_home.read(take(), done, owner=self._page)

    def _not_saved(self, _error: Exception) -> None:
        words = _("The file could not be saved. Choose another name or folder.")
        self._page.noticed.emit(Message(text=words, tone=Tone.BAD))

    def _show_away(self, shown: bool) -> None:  # noqa: FBT001 -- the page's signal says it so
        self._with_away = shown
        self._reading.again()


def _bytes_of(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_LARGEST)
    except OSError as error:
        raise FileUnreadable(str(error)) from error


def taken_back() -> str:
    """What is said once a question was taken back."""
    return _("Your question is taken back. Those who were asked are told.")
