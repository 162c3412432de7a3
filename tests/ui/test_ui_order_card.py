"""The card of an order: what differs blocks, what was handed over is asked about, and each button says one thing."""

import pytest

from tests.fakes.ui_probes import Probe, texts
from vrm_desktop.ui.gallery.asking_samples import ORDER, ORDER_ALARM, ORDER_ASKED, ORDER_PAID
from vrm_desktop.ui.pages.order_card import OrderCard
from vrm_desktop.ui.theme.look import Look


@pytest.fixture
def card(look: Look, probe: Probe) -> OrderCard:
    made = OrderCard(look)
    made.show_order(ORDER)
    probe.show(made, 900, 500)
    return made


def test_what_differs_stands_there_with_both_sides_and_nothing_to_pay_by(card: OrderCard) -> None:
    said: list[tuple[str, bool]] = []
    card.decided.connect(lambda key, as_signed: said.append((key, as_signed)))
    card.show_order(ORDER_ALARM)
    assert any("Another account: DE02 1203 0000 0000 2020 51" in text for text in texts(card))
    hidden = (card.copy, card.pay, card.not_paid)
    assert not any(button.isVisible() for button in hidden)
    card.as_signed.click()
    assert not card.stop.isEnabled()
    card.show_order(ORDER_ALARM)
    card.stop.click()
    assert said == [("rel-1", True), ("rel-1", False)]


def test_a_receipt_can_be_attached_when_and_after_it_was_paid(card: OrderCard) -> None:
    assert not card.attach.isVisible()
    card.show_order(ORDER_ASKED)
    assert card.attach.text().strip() == "Paid, with a receipt…"
    card.show_order(ORDER_PAID)
    assert card.attach.text().strip() == "Attach a receipt…"
    files: list[tuple[str, str]] = []
    card.receipted.connect(lambda key, file: files.append((key, file)))
    card.attach.click()
    assert card._dialog is not None
    card._dialog.fileSelected.emit("/receipt.pdf")
    card._dialog.close()
    assert files == [("rel-1", "/receipt.pdf")]


def test_copying_the_link_hands_the_payment_over_and_the_outcome_is_asked(card: OrderCard) -> None:
    copied: list[str] = []
    handed: list[tuple[str, str, bool]] = []
    answered: list[str] = []
    card.copied.connect(copied.append)
    card.handed.connect(lambda key, way, over: handed.append((key, way, over)))
    card.unpaid.connect(answered.append)
    card.paid.connect(answered.append)
    card.copy.click()
    assert (copied, handed) == ([ORDER.link], [])
    assert "Did you pay?" not in texts(card)
    card.show_order(ORDER_ASKED)
    assert "Did you pay?" in texts(card)
    card.copy.click()
    card.not_paid.click()
    card.pay.click()
    assert (handed, answered) == ([("rel-1", "transfer", False)], ["rel-1", "rel-1"])
    assert not card.stop.isVisible()
