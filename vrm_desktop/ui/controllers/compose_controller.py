"""Composing a want: reads the typed line as it grows, keeps the draft, and goes on to the plan."""

from PySide6.QtCore import QObject, QTimer

from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import Intentcast, IntentcastState
from vrm_desktop.formats.typed_line.meaning import ParsedLine
from vrm_desktop.services import say_what_i_want, want_again
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.bridge import Ticket
from vrm_desktop.ui.controllers.asked_want import AskedWant
from vrm_desktop.ui.controllers.draft_desk import DraftDesk
from vrm_desktop.ui.controllers.errands import Errands
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.pages.compose_page import ComposePage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _

READ_AFTER_MS = 120


class ComposeController(QObject):
    """One page and the want it is about."""

    def __init__(self, errands: Errands, asked: AskedWant, page: ComposePage) -> None:
        super().__init__(page)
        self._errands, self._asked, self._page = errands, asked, page
        self._reading: Ticket | None = None
        self._saving = False
        self._line = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(READ_AFTER_MS)
        self._pause.timeout.connect(self._read)
        self.desk = self._new_desk()
        page.line.typed.connect(self._typed)
        page.line.chip_chosen.connect(page.focus_field)
        page.line.chip_removed.connect(self._remove)
        page.line.answered.connect(self._answer)
        page.line.left_unsaid.connect(self._leave)
        page.edited.connect(self._edit)
        page.price_typed.connect(self._price)
        page.save_requested.connect(lambda: self._save(go_on=False))
        page.plan_requested.connect(lambda: self._save(go_on=True))
        asked.chosen.connect(self.begin)
        self.begin()

    def refresh(self, changes: frozenset[tuple[str, str]]) -> None:
        """Nothing of what is being written depends on what others change."""

    def begin(self) -> None:
        """Begin with the want in question, or with nothing."""
        self._pause.stop()
        if self._reading is not None:
            self._reading.cancel()
        self.desk, self._saving, self._line = self._new_desk(), False, ""
        self._page.show_line("")
        self._show()
        key = self._asked.key
        if key is not None:
            self._errands.run(say_what_i_want.want(self._errands.home.means, key), self._page, self._loaded)

    def _new_desk(self) -> DraftDesk:
        return DraftDesk(today=self._errands.home.means.clock.today())

    def _loaded(self, want: Intentcast) -> None:
        if want.id == self._asked.key and want.state is IntentcastState.DRAFT:
            self.desk.base, self.desk.editing = want_again.draft_from(want), True
            self._show()

    def _show(self) -> None:
        self._page.show_view(self.desk.view(saving=self._saving))

    def _typed(self, text: str) -> None:
        self._line = text
        self._pause.start()

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        work = say_what_i_want.read_line(self._errands.home.means, self._line)
        self._reading = self._errands.run(work, self._page, self._parsed)

    def _parsed(self, parsed: ParsedLine) -> None:
        self._reading = None
        empty = ParsedLine(text="", chips=(), questions=())
        self.desk.read(parsed if self._line.strip() else empty)
        self._show()

    def _remove(self, key: str) -> None:
        self.desk.remove(key)
        self._show()
        self._page.line.edit.setFocus()

    def _answer(self, key: str, choice: int) -> None:
        self.desk.answer(key, choice)
        self._show()
        self._page.line.edit.setFocus()

    def _leave(self, key: str) -> None:
        self.desk.leave(key)
        self._show()
        self._page.line.edit.setFocus()

    def _edit(self, key: str, value: object) -> None:
        self.desk.edit(key, value)
        self._show()

    def _price(self, text: str) -> None:
        self.desk.type_price(text)
        self._show()

    def _save(self, *, go_on: bool) -> None:
        self._saving = True
        self._show()
        draft = self.desk.draft
        key = self._asked.key if self.desk.editing else None
        work = say_what_i_want.save_want(self._errands.home.means, draft, key)
        self._errands.run(work, self._page, lambda want: self._saved(want, go_on=go_on), self._refused)

    def _saved(self, want: Intentcast, *, go_on: bool) -> None:
        self._saving = False
        self._errands.notice(Changes.of(("intentcast", want.id)))
        self._asked.choose(IntentcastId(want.id))
        self._page.going.emit(PageId.PLAN if go_on else PageId.WANTS)
        if not go_on:
            self._page.noticed.emit(Message(text=_("Kept as a draft. Nothing has left."), tone=Tone.GOOD))

    def _refused(self, error: Exception) -> None:
        self._saving = False
        self._show()
        self._errands.tell(self._page, error)
