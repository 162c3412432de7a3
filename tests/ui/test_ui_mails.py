"""Mails in the real window over a real vault: handed in, whose it is, corrected, warned of, confirmed, discarded."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.fakes.people import PROFILE, WANT
from tests.fakes.running_window import RunningWindow, running_window
from tests.fakes.ui_probes import texts
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import IntentcastState
from vrm_desktop.domain.mail_offer import MailProposal, MailWarning, ProposalState
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.relationship import OrderRecord, OrderState
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.services import accept_offer, choose_vendors, keep_profile, read_mail, say_what_i_want
from vrm_desktop.ui.controllers.mails_reading import read_one
from vrm_desktop.ui.models.mails_view import OfferValues, Passage
from vrm_desktop.ui.pages.mail_page import MailPage
from vrm_desktop.ui.pages.mails_card import MailsCard
from vrm_desktop.ui.pages.mails_page import MailsPage
from vrm_desktop.ui.pages.offers_page import OffersPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.relationship_cards import RelationshipTab
from vrm_desktop.ui.presenters.typed_values import NotTyped, confirmed_values
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.quoted_text import QuotedText

_DAY = date(2026, 12, 3)
_MAIL = (
    "From: Radladen <info@radladen.example>\r\nTo: ottilie@zwiebelfisch.example\r\nSubject: Ihr Rad\r\n"
    "Message-ID: <1@radladen.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    "Das Rad \U0001f6b2 kostet zusammen 718,00 € inkl. MwSt..\r\n"
    "Konto: DE02 1203 0000 0000 2020 51\r\n"
)


class MailWindow:
    """The running window's pages of mails, with a want and a vendor whose address is not known."""

    def __init__(self, running: RunningWindow) -> None:
        self.running = running
        running.create()
        running.unlock()
        means = running.home.means
        self.want = running.do(say_what_i_want.save_want(means, WANT)).id
        self.vendor = running.do(choose_vendors.add_organisation(means, "Radladen", OrganisationKind.SHOP)).id

    @property
    def list(self) -> MailsPage:
        """All mails."""
        page = self.running.window.page(PageId.MAILS)
        assert isinstance(page, MailsPage)
        return page

    @property
    def one(self) -> MailPage:
        """The open one."""
        page = self.running.window.page(PageId.MAIL)
        assert isinstance(page, MailPage)
        return page

    def handed_in(self, file: Path, text: str = _MAIL) -> None:
        """Read a saved mail in."""
        file.write_bytes(text.encode())
        self.running.window.show_page(PageId.MAILS)
        self.list.handed_in.emit([str(file)])
        self.running.settle()

    def asked(self) -> None:
        """Say whose it is and what it answers."""
        self.running.wait(self.one.assign.isVisible)
        self.one.whose.choose(self.vendor)
        self.one.assign.click()
        self.running.settle()
        self.running.wait(self.one.read.isVisible)
        self.one.want.choose(self.want)
        self.one.read.click()
        self.running.settle()
        self.running.wait(self.one.is_offer.isVisible)

    def proposal(self) -> MailProposal:
        """What the mail proposes, as the vault keeps it."""
        means = self.running.home.means
        [found] = self.running.do(means.vault.read(lambda tx: tx.papers(MailProposal)))
        return found

    def offers(self, want: IntentcastId) -> tuple[Offer, ...]:
        """The want's offers."""
        means = self.running.home.means
        return self.running.do(means.vault.read(lambda tx: tx.offers(intentcast=want)))

    def ordered(self, file: Path) -> OrderRecord:
        """Hand an answer in, make an offer of it, and accept that by mail."""
        self.handed_in(file)
        self.asked()
        for box in self.one.warnings.boxes.values():
            box.click()
        self.one.values.valid_until._box.click()
        self.one.is_offer.click()
        self.running.settle()
        means, [offer] = self.running.home.means, self.offers(self.want)
        out = replace(self.running.do(say_what_i_want.want(means, self.want)), state=IntentcastState.CAST)
        vendor = replace(self.running.do(choose_vendors.vendor(means, self.vendor)), email="info@radladen.example")
        self.running.do(means.vault.write(lambda tx: tx.save_intentcast(out)))
        self.running.do(means.vault.write(lambda tx: tx.save_vendor(vendor)))
        for path, value in PROFILE.items():
            self.running.do(keep_profile.set_field(means, path, value))
        self.running.do(accept_offer.accept(means, offer.id))
        return self.running.do(accept_offer.order(means, offer.relationship))

    def kept(self, order: OrderRecord) -> None:
        """Keep an order behind the window's back."""
        self.running.do(self.running.home.means.vault.write(lambda tx: tx.save_order(order)))


@pytest.fixture
def window(tmp_path: Path, look: Look, qtbot: QtBot) -> Iterator[MailWindow]:
    with running_window(tmp_path / "home", look, qtbot, tends=False) as running:
        yield MailWindow(running)


def test_a_mail_becomes_an_offer_only_after_each_warning_and_the_person_s_word(
    window: MailWindow, tmp_path: Path
) -> None:
    window.handed_in(tmp_path / "answer.eml")
    window.asked()
    page = window.one
    assert page.values.total.text() == "718.00 EUR"
    assert "718,00 €" in page.text.marked
    assert set(page.warnings.boxes) == {MailWarning.SENDER_ELSEWHERE, MailWarning.BANK_DETAILS}
    assert not page.is_offer.isEnabled()
    for box in page.warnings.boxes.values():
        assert not page.is_offer.isEnabled()
        box.click()
    page.values.total.setFocus()
    QTest.keyClicks(page.values.total, "x")
    page.is_offer.click()
    window.running.settle()
    assert "An amount looks like 718.00 EUR." in texts(page)
    assert window.offers(window.want) == ()
    page.values.total.setText("720,50")
    page.is_offer.click()
    window.running.settle()
    assert any(text.startswith("An offer needs a last day.") for text in texts(page))
    page.values.valid_until._box.click()
    page.is_offer.click()
    window.running.settle()
    [offer] = window.offers(window.want)
    assert offer.price is not None
    assert (offer.price.all_in.minor, offer.vendor_name) == (72050, "Radladen")
    assert window.running.window.page_id is PageId.OFFERS
    window.running.window.show_page(PageId.MAIL)
    window.running.wait(page.to_offers.isVisible)
    assert page.is_offer.isHidden()
    assert window.proposal().state is ProposalState.CONFIRMED


def test_no_offer_in_it_my_conditions_and_discarding(window: MailWindow, tmp_path: Path) -> None:
    window.handed_in(tmp_path / "answer.eml")
    window.asked()
    page = window.one
    page.no_offer.click()
    window.running.settle()
    window.running.wait(lambda: "Put aside" in texts(page))
    page.terms.click()
    window.running.settle()
    window.running.wait(lambda: "accepted in it, as you read it" in texts(page))
    assert (window.proposal().state, window.proposal().terms_accepted) == (ProposalState.DROPPED, True)
    copy = tmp_path / "copy.eml"
    page.saved.emit(window.running.do(read_mail.mails(window.running.home.means))[0].id, str(copy))
    window.running.wait(copy.exists)
    window.running.settle()
    assert copy.read_bytes() == _MAIL.encode()
    opened = window.running.program._home
    assert opened is not None
    opened._relationships.open_file(window.proposal().relationship, RelationshipTab.MESSAGES)
    window.running.settle()
    card = window.running.window.findChild(MailsCard)
    assert card is not None
    window.running.wait(lambda: "Ihr Rad" in texts(card))
    page.drop.click()
    assert window.running.do(read_mail.mails(window.running.home.means))
    page.drop.click()
    window.running.settle()
    assert window.running.window.page_id is PageId.MAILS
    assert window.running.do(read_mail.mails(window.running.home.means)) == ()


def test_a_mail_confirms_an_order_only_where_one_waits_and_by_the_person_s_word(
    window: MailWindow, tmp_path: Path
) -> None:
    order = window.ordered(tmp_path / "answer.eml")
    running, page = window.running, window.one
    assert order.state is OrderState.PLACED
    shown = running.do(read_one(running.home.means, window.proposal().mail))
    assert (shown.confirmed, shown.can_confirm) == (True, False), "the offer itself confirms nothing"
    thanks = (
        _MAIL.partition("\r\n\r\n")[0].replace("info@", "orders@mailer.").replace("<1@", "<2@")
        + "\r\n\r\nVielen Dank!\r\n"
    )
    window.handed_in(tmp_path / "thanks.eml", thanks)
    running.wait(page.assign.isVisible)
    assert page.confirms_order.isHidden(), "whose it is comes first"
    page.whose.choose(window.vendor)
    page.assign.click()
    running.wait(page.confirms_order.isVisible)
    assert any(text.endswith(", €718.00") for text in texts(page)), "which order is said"
    window.kept(replace(order, state=OrderState.CANCELLED))
    running.window.messages.dismiss()
    page.confirms_order.click()
    running.wait(lambda: any("not possible now" in text for text in texts(running.window.messages)))
    running.wait(page.confirms_order.isHidden)
    window.kept(order)
    running.window.messages.dismiss()
    running.bridge.notice({("relationship", order.relationship)})
    running.wait(page.confirms_order.isVisible)
    page.confirms_order.click()
    told = "Your order is confirmed. You are asked later whether you paid."
    running.wait(lambda: any(told in text for text in texts(running.window.messages)))
    offers = running.window.page(PageId.OFFERS)
    assert isinstance(offers, OffersPage)
    running.wait(lambda: any(text.startswith("Confirmed by e-mail, as you say") for text in texts(offers)))
    assert running.do(accept_offer.order(running.home.means, order.relationship)).state is OrderState.CONFIRMED


def test_what_is_no_mail_and_a_folder_that_nobody_set_are_said(window: MailWindow, tmp_path: Path) -> None:
    window.handed_in(tmp_path / "photo.eml", "\0\1\2")
    assert any("This is no mail" in text for text in texts(window.running.window.messages))
    window.list.handed_in.emit([str(tmp_path / "nowhere.eml")])
    window.running.settle()
    window.list.fetched.emit()
    window.running.settle()
    assert window.list._none.button.isEnabled()
    window.list._none.button.click()
    assert window.running.window.page_id is PageId.MAIL_ACCOUNT


def test_passages_are_marked_where_they_stand_whatever_else_the_text_holds(look: Look, qtbot: QtBot) -> None:
    box = QuotedText(look, "Text")
    qtbot.addWidget(box)
    text = "a\u202e\U0001f6b2 costs <b>9 EUR</b>\nuntil Friday"
    at = text.index("9 EUR")
    passage = Passage(key="total", start=at, end=at + 5, told="")
    box.show_text(text, (passage, Passage(key="by", start=0, end=10_000, told="")))
    assert box.marked == ("9 EUR",)
    assert "\u202e" not in box.toPlainText()
    assert "<b>" in box.toPlainText()
    box.point_at("total")
    box.point_at("nothing")
    assert box.marked == ("9 EUR",)
    box.show_text("x" * 70_000)
    assert len(box.toPlainText()) == 65_536
    assert not box.marked


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (OfferValues(), "total"),
        (OfferValues(total="718 dollars"), "total"),
        (OfferValues(total="718.00"), "valid_until"),
        (OfferValues(total="718.00", valid_until=_DAY, items="600"), ""),
        (OfferValues(total="718.00", valid_until=_DAY, shipping="9 USD"), ""),
        (OfferValues(total="718.00", valid_until=_DAY, returns="two weeks"), "returns"),
        (OfferValues(total="718.00", valid_until=_DAY, warranty="²"), "warranty"),
    ],
)
def test_the_field_that_does_not_fit_is_named(typed: OfferValues, field: str) -> None:
    with pytest.raises(NotTyped) as told:
        confirmed_values(typed, "EUR")
    assert told.value.field == field
    assert told.value.words
