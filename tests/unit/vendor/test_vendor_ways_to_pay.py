"""Ways to pay and to be served other than a transfer and a parcel."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.open_desk import OpenDesk, sample_settings
from vrm_desktop.domain.intentcast import Fulfilment
from vrm_desktop.protocol.messages import Confirmation, Payment
from vrm_desktop.vendor.settings import DeliveryRules, PaymentRules, PayMethod


@pytest.mark.parametrize("method", ["vendor-link", "on-delivery", "cash", "none"])
def test_the_confirmation_says_how_to_pay(tmp_path: Path, method: str) -> None:
    rules = PaymentRules(methods=(PayMethod(method),), link="https://pay.rad.example/1")
    desk = OpenDesk(tmp_path, settings=replace(sample_settings(), payment=rules))
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    assert person.offer()[1].payment == (method,)
    desk.exchange(person, person.accept())
    payment = next(message.payment for message in person.heard if isinstance(message, Confirmation))
    assert payment.method == method
    assert payment.iban == ""
    assert (payment.link != "") == (method == "vendor-link")
    desk.close()


def test_a_thing_that_is_collected_asks_for_the_name_alone(desk: OpenDesk) -> None:
    person = desk.person()
    desk.exchange(person, person.ping(fulfilment="collected"))
    desk.exchange(person, person.reveal())
    offer = person.offer()[1]
    assert (offer.fulfilment, [ask.name for ask in offer.asks]) == ("collected", ["profile.name"])
    assert offer.by == (desk.now.date() + timedelta(days=1)).isoformat()


def test_a_shop_that_comes_to_the_house_needs_the_address(tmp_path: Path) -> None:
    settings = replace(sample_settings(), delivery=DeliveryRules(ways=(Fulfilment.ON_SITE,)))
    desk = OpenDesk(tmp_path, settings=settings)
    person = desk.person()
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    offer = person.offer()[1]
    assert offer.fulfilment == "on-site"
    assert "profile.address.street" in {ask.name for ask in offer.asks}
    desk.close()


def test_a_bid_that_was_revealed_is_met(desk: OpenDesk) -> None:
    person = desk.person(want={"want.title": "Colonia Tourer", "want.bid": "51000 EUR firm 2026-12-01"})
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    assert person.total() == 51000


def test_a_reference_is_the_same_for_the_same_order_and_fits_every_bank(desk: OpenDesk) -> None:
    references = set()
    for _ in range(2):
        person = desk.person()
        desk.exchange(person, person.ping())
        desk.exchange(person, person.reveal())
        desk.exchange(person, person.accept())
        payment: Payment = next(m.payment for m in person.heard if isinstance(m, Confirmation))
        assert payment.reference.replace(" ", "").isalnum()
        references.add(payment.reference)
    assert len(references) == 2
