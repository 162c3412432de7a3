"""Composing a want: reads the typed line as it grows, keeps the draft, and goes on to the plan."""

from PySide6.QtCore import QObject, QTimer

from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import Intentcast, IntentcastState
from vrm_desktop.domain.want_draft import WantDraft
from vrm_desktop.formats.typed_line.meaning import ParsedLine
from vrm_desktop.services import say_what_i_want, unfinished_want, want_again
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.ui.bridge import Ticket
from vrm_desktop.ui.controllers.asked_want import AskedWant
from vrm_desktop.ui.controllers.at_home import AtHome
from vrm_desktop.ui.controllers.draft_desk import DraftDesk
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.pages.compose_page import ComposePage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _

READ_AFTER_MS = 120
KEEP_AFTER_MS = 600
START_AFRESH = "start-afresh"
"""What the message says that brings back something unfinished."""


class ComposeController(QObject):
    """One page and the want it is about."""

    def __init__(self, at_home: AtHome, asked: AskedWant, page: ComposePage) -> None:
        super().__init__(page)
        self._at_home, self._asked, self._page = at_home, asked, page
        self._reading: Ticket | None = None
        self._saving = False
        self._line = ""
        self._about: IntentcastId | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(READ_AFTER_MS)
        self._pause.timeout.connect(self._read)
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEEP_AFTER_MS)
        self._keeping.timeout.connect(self._keep)
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
        """Begin with the want in question, or with nothing. What was written last and not kept yet is kept first."""
        left = self._unfinished() if self._keeping.isActive() else None
        self._keeping.stop()
        self._forget_line()
        self._about = self._asked.key
        self.desk, self._saving, self._line = self._new_desk(), False, ""
        self._page.show_line("")
        self._show()
        desk, work = self.desk, _begun(self._at_home.home.means, self._about, left)
        self._at_home.read(work, lambda found: self._begun(desk, *found), owner=self._page)

    def _forget_line(self) -> None:
        self._pause.stop()
        if self._reading is not None:
            self._reading.cancel()

    def _new_desk(self) -> DraftDesk:
        return DraftDesk(today=self._at_home.home.means.clock.today())

    def _begun(self, desk: DraftDesk, want: Intentcast | None, unfinished: WantDraft | None) -> None:
        if desk is not self.desk:
            return
        if want is not None and want.state is IntentcastState.DRAFT:
            self.desk.base, self.desk.editing = want_again.draft_from(want), True
            self._show()
        self._go_on_with(unfinished)

    async def finish(self) -> None:
        """Keep what is being written, before the vault closes. Runs on the engine."""
        if not self._saving:
            await unfinished_want.keep(self._at_home.home.means, self._unfinished())

    def _go_on_with(self, draft: WantDraft | None) -> None:
        if draft is not None and self.desk.draft in (WantDraft(), self.desk.base):
            self.desk.base = draft
            self._show()
            words = _("This is where you stopped.")
            self._page.noticed.emit(Message(text=words, action=_("Start afresh"), key=START_AFRESH, seconds=20.0))

    def start_afresh(self) -> None:
        """Forget what was written and not saved."""
        self._keeping.stop()
        self._forget_line()
        self.desk = self._new_desk()
        self._at_home.read(
            unfinished_want.keep(self._at_home.home.means, None), lambda _none: self.begin(), owner=self._page
        )

    def _unfinished(self) -> unfinished_want.UnfinishedWant:
        key = self._about if self.desk.editing else None
        return unfinished_want.UnfinishedWant(draft=self.desk.draft, want=key)

    def _keep(self) -> None:
        work = unfinished_want.keep(self._at_home.home.means, self._unfinished())
        self._at_home.read(work, lambda _none: None, owner=self._page)

    def _show(self) -> None:
        self._page.show_view(self.desk.view(saving=self._saving))

    def _changed(self) -> None:
        self._keeping.start()
        self._show()

    def _typed(self, text: str) -> None:
        self._line = text
        self._pause.start()

    def _read(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
        work = say_what_i_want.read_line(self._at_home.home.means, self._line)
        self._reading = self._at_home.read(work, self._parsed, owner=self._page)

    def _parsed(self, parsed: ParsedLine) -> None:
        self._reading = None
        empty = ParsedLine(text="", chips=(), questions=())
        self.desk.read(parsed if self._line.strip() else empty)
        self._changed()

    def _remove(self, key: str) -> None:
        self.desk.remove(key)
        self._changed()
        self._page.line.edit.setFocus()

    def _answer(self, key: str, choice: int) -> None:
        self.desk.answer(key, choice)
        self._changed()
        self._page.line.edit.setFocus()

    def _leave(self, key: str) -> None:
        self.desk.leave(key)
        self._changed()
        self._page.line.edit.setFocus()

    def _edit(self, key: str, value: object) -> None:
        self.desk.edit(key, value)
        self._changed()

    def _price(self, text: str) -> None:
        self.desk.type_price(text)
        self._changed()

    def _save(self, *, go_on: bool) -> None:
        self._saving = True
        self._keeping.stop()
        self._show()
        draft = self.desk.draft
        key = self._asked.key if self.desk.editing else None
        work = say_what_i_want.save_want(self._at_home.home.means, draft, key)
        self._at_home.read(work, lambda want: self._saved(want, go_on=go_on), self._refused, owner=self._page)

    def _saved(self, want: Intentcast, *, go_on: bool) -> None:
        self._saving = False
        self._keeping.stop()
        self._at_home.read(unfinished_want.keep(self._at_home.home.means, None), lambda _none: None, owner=self._page)
        self._at_home.notice(Changes.of(("intentcast", want.id)))
        self._asked.choose(IntentcastId(want.id))
        self._page.going.emit(PageId.PLAN if go_on else PageId.WANTS)
        if not go_on:
            self._page.noticed.emit(Message(text=_("Kept as a draft. Nothing has left."), tone=Tone.GOOD))

    def _refused(self, error: Exception) -> None:
        self._saving = False
        self._show()
        self._at_home.say_why(error, self._page)


async def _begun(
    means: Means, key: IntentcastId | None, left: unfinished_want.UnfinishedWant | None
) -> tuple[Intentcast | None, WantDraft | None]:
    """Keep what was left unfinished elsewhere; then the want under `key`, and what was written of it and not saved."""
    if left is not None:
        await unfinished_want.keep(means, left)
    want = await say_what_i_want.want(means, key) if key is not None else None
    return want, await unfinished_want.unfinished(means, key)
