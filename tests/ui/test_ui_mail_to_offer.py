"""The whole way by mail in the window, over real servers: account, request, answers, offers beside each other."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from pathlib import Path
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.mail_servers import PASSWORD, USER, Dovecot, Postbox, smtp_server
from tests.fakes.moving_clock import MovingClock
from tests.fakes.people import WANT
from tests.fakes.running_window import RunningWindow, running_window
from tests.fakes.ui_probes import texts
from vrm_desktop.domain.contact_details import ContactDetails
from vrm_desktop.domain.mail_account import MailSecurity
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.outside import OutsideAct, OutsideState
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.domain.ways import Way
from vrm_desktop.services import collect_offers, keep_counterparty, mail_account, reply_references, say_what_i_want
from vrm_desktop.ui.pages.mail_account_page import MailAccountPage
from vrm_desktop.ui.pages.mail_page import MailPage
from vrm_desktop.ui.pages.mails_page import MailsPage
from vrm_desktop.ui.pages.offers_page import OffersPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.plan_page import PlanPage
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.code_box import CodeBox

_P = TypeVar("_P")
_TOTALS = {"laden@rad.example": "799,00", "post@velo.example": "685,50"}


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    server = Dovecot()
    try:
        server.put(b"From: mum@home.example\r\nTo: me@mail.example\r\nSubject: Sunday\r\n\r\nSecret cake\r\n")
        server.start()
        yield server
    finally:
        server.remove()


class PostWindow:
    """The running window of somebody who has a want and knows two shops by their mail addresses."""

    def __init__(self, running: RunningWindow, clock: MovingClock) -> None:
        self.running, self.clock = running, clock
        running.create()
        running.unlock()
        means = running.home.means
        self.want = running.do(say_what_i_want.save_want(means, WANT)).id
        running.do(reply_references.set_sources(means, ("me+*@mail.example",)))
        self.shops = []
        for name, address in zip(("Rad & Tat", "Velo"), _TOTALS, strict=True):
            details = ContactDetails(name=name, kind=OrganisationKind.SHOP, email=address, country="DE")
            self.shops.append(running.do(keep_counterparty.add(means, details))[0].id)

    def page(self, key: PageId, kind: type[_P]) -> _P:
        """A page of the window, shown."""
        self.running.window.show_page(key)
        found = self.running.window.page(key)
        assert isinstance(found, kind)
        return found

    def account(self, smtp: int, imap: int) -> MailAccountPage:
        """Type the account in, keep it, and try it."""
        page = self.page(PageId.MAIL_ACCOUNT, MailAccountPage)
        self.running.settle()
        page.address.setText("me@mail.example")
        page.user.setText(USER)
        page.password.setText(PASSWORD)
        for part, port in ((page.sending, smtp), (page.reading, imap)):
            part.used.click()
            part.host.setText("127.0.0.1")
            part.security.choose(MailSecurity.NONE)
            part.port.setText(str(port))
        page.keep.click()
        self.running.wait(lambda: page.attempt.isVisible() and page.attempt.isEnabled())
        page.attempt.click()
        self.running.wait(lambda: "Signing in…" not in texts(page.report))
        return page

    def cast(self) -> str:
        """Ask both shops as the plan shows it, which is returned."""
        opened = self.running.program._home
        assert opened is not None
        plan = self.page(PageId.PLAN, PlanPage)
        opened._asking.show_want(self.want, PageId.PLAN)
        for count, shop in enumerate(self.shops, start=1):
            self.running.wait(lambda shop=shop: shop in plan.vendors._rows)  # type: ignore[misc] # bound at once
            plan.vendors.box(shop).click()
            self.running.wait(
                lambda count=count: plan.confirm.isEnabled() and str(count) in plan.confirm.text()  # type: ignore[misc] # bound at once
            )
        shown = "\n".join(box.toPlainText() for box in plan.stages.findChildren(CodeBox))
        plan.confirm.click()
        self.running.wait(lambda: self.running.window.page_id is PageId.CAST)
        return shown

    def has_left(self) -> bool:
        """Whether both requests have left, and the folder was looked into at this hour."""
        read = self.running.home.means.vault.read
        acts = self.running.do(read(lambda tx: tx.papers(OutsideAct)))
        looked = self.running.do(read(mail_account.looked))
        return [one.state for one in acts] == [OutsideState.DONE] * 2 and looked == self.clock.now()

    def rest(self) -> None:
        """Let each look into the folder that is under way end; within this hour there is no other."""

        async def rest() -> None:
            home = self.running.home
            for key in await collect_offers.active(home.means):
                await home.exchange.one_pass(key)

        self.running.do(rest())

    def confirm(self, mail: MailPage) -> None:
        """Look at each warning, and say that this is the offer."""
        self.running.wait(mail.is_offer.isVisible)
        for box in mail.warnings.boxes.values():
            box.click()
        mail.is_offer.click()
        self.running.wait(lambda: self.running.window.page_id is PageId.OFFERS)

    @property
    def offers(self) -> dict[int, Offer]:
        """The offers by their totals."""
        found = self.running.do(self.running.home.means.vault.read(lambda tx: tx.offers(self.want)))
        return {one.price.total: one for one in found if one.price is not None}


def _read(data: bytes) -> Message:
    return message_from_bytes(data, policy=policy.default)


def _answers(box: Postbox) -> Iterator[bytes]:
    """What each shop writes back to the address that it alone has."""
    for data in box.mails:
        asked = _read(data)
        mail = EmailMessage(policy=policy.SMTP)
        mail["From"], mail["To"], mail["Subject"] = str(asked["To"]), str(asked["From"]), "Ihr Angebot"
        mail["In-Reply-To"] = str(asked["Message-ID"])
        mail.set_content(f"{_TOTALS[str(asked['To'])]} € inkl. MwSt. und Versand, gültig bis 05.12.2026.\n")
        yield mail.as_bytes()


@pytest.mark.services("dovecot")
def test_an_account_is_set_up_requests_leave_and_confirmed_answers_stand_beside_each_other(
    tmp_path: Path, look: Look, qtbot: QtBot, dovecot: Dovecot
) -> None:
    clock = MovingClock()
    with (
        smtp_server(auth_require_tls=False) as (box, port),
        running_window(tmp_path / "home", look, qtbot, tends=False, clock=clock) as running,
    ):
        window = PostWindow(running, clock)
        account = window.account(port, dovecot.port)
        assert "It works. Nothing was sent." in texts(account)
        assert box.mails == []

        # what the plan shows leaves, to each under an address of its own
        shown = window.cast()
        clock.move(seconds=3600)
        running.wake()
        running.wait(window.has_left)
        window.rest()
        left = {str(mail["To"]): str(mail["From"]) for mail in map(_read, box.mails)}
        assert len({*left.values()}) == 2
        assert shown.startswith(f"From: {left['laden@rad.example']}\nTo: laden@rad.example\n")

        # the answers are fetched, and nothing else of the folder
        for answer in _answers(box):
            dovecot.put(answer)
        mails = window.page(PageId.MAILS, MailsPage)
        fetch = mails._none.button
        running.wait(lambda: fetch.isVisible() and fetch.isEnabled() and fetch.text().strip() == "Fetch mails now")
        fetch.click()
        running.wait(lambda: len(mails.table.shown_ids) == 2)
        assert not any("cake" in text for text in texts(mails))

        # confirmed one by one, they stand beside each other
        for key in mails.table.shown_ids:
            mails.opened.emit(key)
            page = window.page(PageId.MAIL, MailPage)
            running.wait(lambda page=page, key=key: page._view is not None and page._view.id == key)  # type: ignore[misc] # bound at once
            window.confirm(page)
        comparison = window.page(PageId.OFFERS, OffersPage)
        running.wait(lambda: len(comparison.table.shown_ids) == 2)
        assert {one.way for one in window.offers.values()} == {Way.MAIL}
        assert sorted(window.offers) == [68_550, 79_900]
        assert comparison.table.shown_ids[0] == window.offers[68_550].id
        running.wait(lambda: "offer by e-mail, confirmed by you" in texts(comparison.details))
