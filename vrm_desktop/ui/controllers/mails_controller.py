"""Mails: the list, one mail, and the card in a counterparty's file. Never what a mail says or means."""

import asyncio
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from vrm_desktop.domain.ids import IntentcastId, VendorId
from vrm_desktop.domain.mail import MailIn
from vrm_desktop.domain.mail_offer import MailWarning
from vrm_desktop.domain.relationship import OrderRecord
from vrm_desktop.formats.errors import FileUnreadable, FormatError
from vrm_desktop.formats.mail_parts import LARGEST_MAIL
from vrm_desktop.services import confirm_mail_offer, keep_documents, order_by_mail, read_mail
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes
from vrm_desktop.services.read_mail import Looked
from vrm_desktop.ui.bridge import Change
from vrm_desktop.ui.controllers.at_home import Reading, advice_for
from vrm_desktop.ui.controllers.mails_reading import belonging, corrected, read_mails, read_one
from vrm_desktop.ui.controllers.topics import TopicDesk
from vrm_desktop.ui.main_window import PageFactory
from vrm_desktop.ui.models.mails_view import MailsView, MailView, OfferValues
from vrm_desktop.ui.pages.mail_page import MailPage
from vrm_desktop.ui.pages.mails_card import MailsCard
from vrm_desktop.ui.pages.mails_page import MailsPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipCard
from vrm_desktop.ui.presenters.typed_values import NotTyped, confirmed_values
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording.catalogue import _, ngettext

_KINDS = frozenset({"mail", "mail-proposal", "relationship", "intentcast", "settings", "offer"})


class MailsController(QObject):
    """Two pages and a card; `open_mail` shows one."""

    def __init__(self, desk: TopicDesk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._list: MailsPage | None = None
        self._one: MailPage | None = None
        self._key = ""
        self._all = Reading(desk.at_home, lambda: read_mails(self._means), self._show_all)
        self._reading = Reading(desk.at_home, self._read_open, self._show_one)

    @property
    def pages(self) -> Mapping[PageId, PageFactory]:
        """How its pages are made."""
        return {PageId.MAILS: self._make_list, PageId.MAIL: self._make_one}

    def cards(self) -> Sequence[RelationshipCard]:
        """The mails of a counterparty, in its file."""
        card = MailsCard(self._desk.look)
        card.opened.connect(self.open_mail)
        return (card,)

    def refresh(self, changes: frozenset[Change]) -> None:
        """Read again what may have changed."""
        if any(kind in _KINDS for kind, _id in changes):
            if self._list is not None:
                self._all.again()
            if self._one is not None and self._key:
                self._reading.again()

    def acted(self, _key: str) -> bool:
        """No message of this controller has a button."""
        return False

    def open_mail(self, key: str) -> None:
        """Show this mail."""
        self._key = key
        self._desk.go(PageId.MAIL)
        if self._one is not None:
            self._one.to_top()
        self._reading.again()

    @property
    def _means(self) -> Means:
        return self._desk.at_home.home.means

    def _make_list(self) -> MailsPage:
        page = MailsPage(self._desk.look)
        page.opened.connect(self.open_mail)
        page.fetched.connect(self._fetch)
        page.handed_in.connect(self._hand_in)
        self._list = page
        self._all.again()
        return page

    def _make_one(self) -> MailPage:
        page, act = MailPage(self._desk.look), self._desk.at_home.act
        page.confirmed.connect(self._confirm)
        page.dismissed.connect(lambda key: act(confirm_mail_offer.drop(self._means, key), owner=page))
        page.accepted.connect(
            lambda key, does: act(confirm_mail_offer.accepted_terms(self._means, key, accepted=does), owner=page)
        )
        page.assigned.connect(self._assign)
        page.answers.connect(self._answers)
        page.offers_opened.connect(lambda want: self._desk.open_want(want, PageId.OFFERS))
        page.saved.connect(self._save)
        page.dropped.connect(self._drop)
        page.confirms.connect(self._confirm_order)
        self._one = page
        return page

    def _show_all(self, view: MailsView) -> None:
        if self._list is not None:
            self._list.show_mails(view)

    def _show_one(self, view: MailView | None) -> None:
        if self._one is not None and view is not None and view.id == self._key:
            self._one.show_mail(view)

    async def _read_open(self) -> MailView | None:
        key = self._key
        return await read_one(self._means, key) if key else None

    def _fetch(self) -> None:
        page = self._list

        def done(found: Looked) -> None:
            new = len(found.mails)
            told = ngettext("{count} new answer came.", "{count} new answers came.", new).format(count=new)
            words = [told if new else _("No new answers.")]
            if found.too_large:
                words.append(_("Too large, so left there: {count}").format(count=found.too_large))
            if found.more:
                words.append(_("There is more to look at; fetch once more."))
            self._desk.at_home.say(" ".join(words), Tone.GOOD if new else Tone.NEUTRAL)
            self._tell(found.mails)

        def failed(error: Exception) -> None:
            self._desk.at_home.say_why(error)
            if page is not None:
                page.fetched_all()

        self._desk.at_home.read(read_mail.fetch(self._means), done, failed, owner=page)
        self._all.again()

    def _hand_in(self, files: list[str]) -> None:
        async def take() -> tuple[list[MailIn], int, Exception | None]:
            taken, known, wrong = [], 0, None
            for name in files:
                try:
                    found = await read_mail.take_in(self._means, await asyncio.to_thread(_bytes_of, Path(name)))
                except FormatError as error:
                    wrong = error
                    continue
                known += not found.is_new
                taken.append(found.mail)
            return taken, known, wrong

        def done(found: tuple[list[MailIn], int, Exception | None]) -> None:
            taken, known, wrong = found
            if wrong is not None:
                words = advice_for(wrong)
                self._desk.at_home.say(f"{words.title} {words.advice}", Tone.CAUTION)
            elif known == len(taken):
                self._desk.at_home.say(_("That mail was here already."))
            self._tell(taken)
            if len(taken) == 1:
                self.open_mail(taken[0].id)

        self._desk.at_home.read(take(), done, owner=self._list)

    def _confirm(self, key: str, typed: OfferValues, seen: list[str]) -> None:
        page = self._one

        async def confirm() -> IntentcastId:
            currency, want = await corrected(self._means, key)
            values = confirmed_values(typed, currency)
            await confirm_mail_offer.confirm(self._means, key, values, frozenset(MailWarning(one) for one in seen))
            return want

        def done(want: IntentcastId) -> None:
            changed = {("mail-proposal", key), ("intentcast", want), ("offer", key), ("relationship", "")}
            self._desk.at_home.bridge.notice(frozenset(changed))
            self._desk.at_home.say(_("It stands beside the other offers now, marked as confirmed by you."), Tone.GOOD)
            self._desk.open_want(want, PageId.OFFERS)

        def failed(error: Exception) -> None:
            if page is None:
                return
            if isinstance(error, NotTyped):
                page.show_error(error.field, error.words)
            else:
                words = advice_for(error)
                page.show_error("", f"{words.title} {words.advice}".strip())

        self._desk.at_home.read(confirm(), done, failed, owner=page)

    def _confirm_order(self, key: str) -> None:
        def done(order: OrderRecord) -> None:
            changed = {("mail", key), ("relationship", order.relationship), ("offer", order.offer)}
            changed |= {("intentcast", order.intentcast), ("agenda", order.relationship)}
            self._desk.at_home.bridge.notice(frozenset(changed))
            told = _("Your order is confirmed. You are asked later whether you paid.")
            self._desk.at_home.say(told, Tone.GOOD)
            self._desk.open_want(order.intentcast, PageId.OFFERS)

        def failed(error: Exception) -> None:
            words = advice_for(error)
            self._desk.at_home.say(f"{words.title} {words.advice}", Tone.CAUTION)
            self._reading.again()

        self._desk.at_home.read(order_by_mail.confirmed_by(self._means, key), done, failed, owner=self._one)

    def _assign(self, key: str, vendor: str) -> None:
        async def assign() -> MailIn:
            return await read_mail.belongs_to(self._means, key, VendorId(vendor))

        self._desk.at_home.read(assign(), lambda mail: self._tell([mail]), owner=self._one)

    def _answers(self, key: str, want: str) -> None:
        async def propose() -> Changes:
            made = await confirm_mail_offer.propose(self._means, key, IntentcastId(want))
            return Changes.of(("mail-proposal", made.id), ("mail", key), ("relationship", made.relationship))

        self._desk.at_home.act(propose(), owner=self._one)

    def _drop(self, key: str) -> None:
        def gone() -> None:
            self._desk.at_home.say(_("The mail is discarded."))
            self._desk.go(PageId.MAILS)

        self._key = ""
        self._desk.at_home.act(read_mail.drop(self._means, key), done=gone, owner=self._one)

    def _save(self, key: str, file: str) -> None:
        async def write() -> None:
            found = await read_mail.mail(self._means, key)
            _document, data = await keep_documents.document(self._means, found.attachment)
            await asyncio.to_thread(_write_privately, Path(file), data)

        def failed(error: Exception) -> None:
            if isinstance(error, OSError):
                self._desk.at_home.say(_("The file could not be saved. Choose another name or folder."), Tone.BAD)
            else:
                self._desk.at_home.say_why(error)

        told = _("The mail is saved as it came, with its attachments.")
        self._desk.at_home.read(write(), lambda _none: self._desk.at_home.say(told, Tone.GOOD), failed)

    def _tell(self, mails: Sequence[MailIn]) -> None:
        self._desk.at_home.bridge.notice(frozenset({("mail", "")}).union(*(belonging(one) for one in mails)))


def _bytes_of(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_MAIL + 1)
    except OSError as error:
        raise FileUnreadable(str(error)) from error


def _write_privately(file: Path, data: bytes) -> None:
    """Write a file that only this person can read. An older one of that name gives way: the dialog has asked."""
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as made:
        made.write(data)
