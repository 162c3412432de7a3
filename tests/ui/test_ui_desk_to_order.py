"""A real quote desk from the window: added, asked with what was shown, heard, accepted, and paid on its own page."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.fakes.mcp_servers import mcp_servers
from tests.fakes.moving_clock import MORNING, MovingClock
from tests.fakes.people import WANT
from tests.fakes.running_window import RunningWindow, running_window
from tests.fakes.ui_probes import texts
from vrm_desktop.domain.contact_details import ContactDetails
from vrm_desktop.domain.payment import PaymentHandover, PayState
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.quote_desk import QuoteAsked, QuoteState
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.services import keep_counterparty, keep_profile, say_what_i_want
from vrm_desktop.ui.models.limits_view import LimitForm
from vrm_desktop.ui.pages.desk_card import DeskCard
from vrm_desktop.ui.pages.desk_page import DeskPage
from vrm_desktop.ui.pages.limits_page import LimitBlock, LimitsPage
from vrm_desktop.ui.pages.offers_page import OffersPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.quote_block import QuoteBlock
from vrm_desktop.ui.theme.look import Look

_P = TypeVar("_P")
_LINK = "https://pay.paper.example/o/1"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with mcp_servers(("rfq",), tmp_path_factory.mktemp("desk") / "log") as addresses:
        yield addresses["rfq"]


class DeskWindow:
    """The running window of somebody who knows a supplier and has a want. Time passes when a test says so."""

    def __init__(self, running: RunningWindow, clock: MovingClock) -> None:
        self.running, self.clock = running, clock
        running.create()
        running.unlock()
        means = running.home.means
        running.do(say_what_i_want.save_want(means, WANT))
        running.do(keep_profile.set_field(means, FieldPath.EMAIL, "ottilie@zwiebelfisch.example"))
        supplier = ContactDetails(name="Paper Supply", kind=OrganisationKind.SHOP, web="https://paper.example")
        self.vendor, self.file = running.do(keep_counterparty.add(means, supplier))

    def page(self, key: PageId, kind: type[_P]) -> _P:
        """A page of the window."""
        found = self.running.window.page(key)
        assert isinstance(found, kind)
        return found

    def card(self) -> DeskCard:
        """The card of the desk in the supplier's file."""
        opened = self.running.program._home
        assert opened is not None
        self.running.window.page(PageId.RELATIONSHIP)
        opened._relationships.open_file(self.file)
        card = self.running.window.findChild(DeskCard)
        assert card is not None
        self.running.wait(lambda: card.isVisible() and card._vendor == self.vendor.id)
        return card

    @property
    def asked(self) -> QuoteAsked:
        """How the request stands in the vault."""
        [found] = self.running.do(self.running.home.means.vault.read(lambda tx: tx.papers(QuoteAsked)))
        return found

    def block(self) -> QuoteBlock | None:
        """What the page shows of it."""
        blocks = self.page(PageId.QUOTE_DESK, DeskPage).findChildren(QuoteBlock)
        return next((one for one in blocks if one.isVisible()), None)

    def later(self, holds: Callable[[QuoteAsked], bool]) -> None:
        """An hour passes, until something holds of the request."""
        self.clock.move(seconds=3600)
        self.running.wake()
        self.running.wait(lambda: holds(self.asked))


@pytest.fixture
def desk(tmp_path: Path, look: Look, qtbot: QtBot) -> Iterator[DeskWindow]:
    clock = MovingClock()
    with running_window(tmp_path / "home", look, qtbot, tends=False, clock=clock) as running:
        yield DeskWindow(running, clock)


def test_a_desk_is_asked_polled_accepted_and_its_payment_link_handed_over(desk: DeskWindow, address: str) -> None:
    running = desk.running
    running.window.show_page(PageId.LIMITS)
    limits = desk.page(PageId.LIMITS, LimitsPage)
    limits.made.emit(
        LimitForm(
            title="Paper",
            highest="200 USD",
            budget="",
            starts=None,
            ends=MORNING.date().replace(month=12),
            vendors=(),
            frequency="",
            times="",
            accounts=("DE02120300000000202051",),
        )
    )
    running.wait(lambda: limits.findChild(LimitBlock) is not None)

    # the desk, and what it says that it can do
    card = desk.card()
    card.change.click()
    card.address.setText(address)
    card.kind.choose("cintra-supply")
    card.add.click()
    running.wait(card.ask.isVisible)
    card.ask.click()
    page = desk.page(PageId.QUOTE_DESK, DeskPage)
    running.wait(lambda: "Cintra Supply" in texts(page))
    page.look_at.click()
    running.wait(lambda: page.tool.count() > 1)

    # asked with exactly what was shown, and heard at the third look
    page.preview.click()
    running.wait(page.send.isVisible)
    page.send.click()
    running.wait(lambda: desk.block() is not None)
    desk.later(lambda asked: asked.state is QuoteState.PENDING)
    for looks in (1, 2):
        desk.later(lambda asked, looks=looks: asked.polls == looks)  # type: ignore[misc] # a default binds the number
    desk.later(lambda asked: asked.state is QuoteState.QUOTED)
    running.wait(lambda: "See it among the offers" in texts(page))
    block = desk.block()
    assert block is not None
    [to_offers] = block.buttons
    to_offers.click()

    # accepted: nothing but its own number is told
    offers = desk.page(PageId.OFFERS, OffersPage)
    running.wait(lambda: len(offers.table.shown_ids) == 1 and offers.details.isVisible())
    assert "Accepting tells the desk the number of its own quote, and nothing else." in texts(offers.details)
    assert not offers.details.counter.isVisible()
    offers.details.accept.click()
    running.wait(offers.answers.yes.isVisible)
    assert any("told its own number and that you accept" in text for text in texts(offers.answers))
    offers.answers.yes.click()
    running.wait(offers.order.copy.isVisible)
    assert desk.asked.order == "ORD-RFQ-1"
    assert "confirmed" in texts(offers.order)

    # the limit names another payee, so that paying there is the person's word
    assert any("Paper: it names other accounts or pages to pay to." in text for text in texts(offers.order))
    assert offers.order.copy.text().strip() == "Copy it all the same"
    offers.order.copy.click()
    running.wait(lambda: "Did you pay?" in texts(offers.order))
    running.wait(lambda: QGuiApplication.clipboard().text() == _LINK)
    [handed] = running.do(running.home.means.vault.read(lambda tx: tx.papers(PaymentHandover)))
    assert handed.state is PayState.HANDED_OVER
    offers.order.pay.click()
    running.wait(lambda: "paid" in texts(offers.order))
