"""Cases, changes of orders, documents and voices in the window: cards of a file, the form of a new case, one case."""

import asyncio
import mimetypes
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject

from vrm_desktop.domain.attachment import MOST_BYTES
from vrm_desktop.domain.case import CaseTurn, TurnWord
from vrm_desktop.domain.claim_periods import PeriodHint
from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.ids import MessageId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.living import CaseAbout, CaseWord, ChangeKind, Remedy, VoiceTopic
from vrm_desktop.formats.amounts import read_amount
from vrm_desktop.formats.errors import FormatError
from vrm_desktop.services import change_order, fetch_documents, keep_cases, show_cases, tell_vendor
from vrm_desktop.services.keep_cases import CaseDraft
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.services.show_cases import CaseView
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import Reading
from vrm_desktop.ui.controllers.topics import TopicDesk
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.models.claims_view import TypedCase
from vrm_desktop.ui.pages.case_form_page import CaseFormPage
from vrm_desktop.ui.pages.case_page import CasePage
from vrm_desktop.ui.pages.claim_cards import CasesCard, ChangesCard, VoicesCard
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.ready_documents_card import ReadyDocumentsCard
from vrm_desktop.ui.pages.relationship_cards import RelationshipCard
from vrm_desktop.ui.presenters.claims import case_form_view, case_page_view
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.claims import period_words

_WORD = {
    "accept": CaseWord.ACCEPT,
    "refuse": CaseWord.REFUSE,
    "resolved": CaseWord.RESOLVED,
    "unresolved": CaseWord.UNRESOLVED,
    "withdraw": CaseWord.WITHDRAWN,
}


class _Shown(CasesCard):
    """The card of cases, which remembers whose file it shows."""

    file: RelationshipFile | None = None

    def show_file(self, file: RelationshipFile) -> None:
        self.file = file
        super().show_file(file)


class ClaimsController(QObject):
    """Two pages and four cards."""

    def __init__(self, desk: TopicDesk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._form: CaseFormPage | None = None
        self._page: CasePage | None = None
        self._cards: tuple[_Shown, ChangesCard, VoicesCard] | None = None
        self._case = ""
        self._reading = Reading(desk.at_home, self._read, self._show)

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How the pages of this controller are made."""
        return {PageId.CASE: self._make_page, PageId.CASE_FORM: self._make_form}

    def cards(self) -> Sequence[RelationshipCard]:
        """Cases, changes of the order, documents, voices."""
        look = self._desk.look
        cases, changes, voices = self._cards = (_Shown(look), ChangesCard(look), VoicesCard(look))
        documents = ReadyDocumentsCard(look)
        documents.wanted.connect(self._fetch)
        cases.begun.connect(self._begin)
        cases.opened.connect(self.open_case)
        changes.asked.connect(self._ask_change)
        voices.told.connect(self._tell)
        return (*self._cards, documents)

    def refresh(self, changes: frozenset[Change]) -> None:
        """Read the case again that is shown."""
        if self._page is not None and self._case and changes:
            self._reading.again()

    def acted(self, _key: str) -> bool:
        """No message of this controller has a button."""
        return False

    def open_case(self, key: str) -> None:
        """Show a case."""
        self._case = key
        self._desk.go(PageId.CASE)
        self._reading.again()

    @property
    def _means(self) -> Means:
        return self._desk.at_home.home.means

    @property
    def _file(self) -> RelationshipFile | None:
        return self._cards[0].file if self._cards is not None else None

    def _make_page(self) -> CasePage:
        self._page = CasePage(self._desk.look)
        self._page.moved.connect(self._move)
        self._page.attached.connect(self._attach)
        return self._page

    def _make_form(self) -> CaseFormPage:
        self._form = CaseFormPage(self._desk.look)
        self._form.opened.connect(self._open)
        self._form.wanted.connect(self._hint)
        return self._form

    async def _read(self) -> CaseView:
        return await show_cases.case(self._means, self._case)

    def _show(self, view: CaseView) -> None:
        if self._page is not None and view.case.id == self._case:
            self._page.show_case(case_page_view(view))

    def _begin(self) -> None:
        self._desk.go(PageId.CASE_FORM)
        if self._form is not None and self._file is not None:
            self._form.begin(case_form_view(self._file, self._means.clock.today()))

    def _hint(self, want: str, received: date | None) -> None:
        file, form = self._file, self._form
        if file is None or form is None:
            return
        ordered = file.order.placed.date() if file.order is not None else None
        work = show_cases.hints_for(self._means, file.vendor.id, Remedy(want), ordered=ordered, received=received)

        def show(hints: tuple[PeriodHint, ...]) -> None:
            form.show_hints(tuple(f"{period_words(hint)} ({hint.source})" for hint in hints))

        self._desk.at_home.read(work, show, owner=form)

    def _open(self, typed: TypedCase) -> None:
        file, form = self._file, self._form
        if file is None or form is None:
            return
        try:
            amount = read_amount(typed.amount) if typed.amount else None
        except (DomainError, FormatError):
            form.show_problem(_("An amount looks like 799.00 EUR."))
            return
        draft = CaseDraft(
            about=CaseAbout(typed.about),
            what=typed.what,
            want=Remedy(typed.want),
            about_order=typed.about_order,
            amount=amount,
            by=typed.by,
            received=typed.received,
            evidence=tuple(MessageId(one) for one in typed.evidence),
        )

        async def work() -> Changes:
            said = await keep_cases.open_case(self._means, file.relationship.id, draft)
            self._case = said.case.id
            return said.changes

        self._desk.at_home.act(work(), done=lambda: self.open_case(self._case), owner=form)

    def _move(self, move: str, words: str) -> None:
        page = self._page
        if page is None:
            return
        key = self._case

        async def work() -> Changes:
            if move == "go-on":
                return (await keep_cases.go_on(self._means, key, words, None)).changes
            if move == "note":
                turn = CaseTurn(by=Side.VENDOR, at=self._means.clock.now(), word=TurnWord.PROPOSAL, text=words)
                return await keep_cases.note_answer(self._means, key, turn)
            return (await keep_cases.answer(self._means, key, _WORD[move], words)).changes

        self._desk.at_home.act(work(), done=page.sent, owner=page)

    def _attach(self, path: str) -> None:
        key = self._case

        async def work() -> Changes:
            data = await asyncio.to_thread(_bytes_of, Path(path))
            media = mimetypes.guess_type(path)[0] or "application/octet-stream"
            return await keep_cases.attach(self._means, key, Path(path).name, media, data)

        def failed(_error: Exception) -> None:
            self._desk.at_home.say(_("This document cannot be added. It may have up to 20 MiB."), Tone.BAD)

        self._desk.at_home.act(work(), failed=failed, owner=self._page)

    def _ask_change(self, what: str, words: str, address: bool) -> None:  # noqa: FBT001 - what the signal carries
        file, cards = self._file, self._cards
        if file is None or cards is None:
            return

        async def work() -> Changes:
            asked = await change_order.ask(
                self._means, file.relationship.id, ChangeKind(what), text=words, new_address=address
            )
            return asked.changes

        self._desk.at_home.act(work(), done=cards[1].sent, owner=cards[1])

    def _fetch(self, digest: str) -> None:
        file, cards = self._file, self._cards
        if file is None or cards is None:
            return
        key = file.relationship.id

        async def work() -> Changes:
            return (await fetch_documents.fetch(self._means, key, digest)).changes

        told = _("The document is here, under “Requests and contracts”.")
        self._desk.at_home.act(work(), done=lambda: self._desk.at_home.say(told, Tone.GOOD), owner=cards[1])

    def _tell(self, topic: str, words: str) -> None:
        file, cards = self._file, self._cards
        if file is None or cards is None:
            return

        async def work() -> Changes:
            return (await tell_vendor.tell(self._means, file.relationship.id, VoiceTopic(topic), words)).changes

        self._desk.at_home.act(work(), done=cards[2].sent, owner=cards[2])


def _bytes_of(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(MOST_BYTES + 1)
