"""Another price, another offer: down to the floor, at most five times, and what counts when messages cross."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.asking_person import AskingPerson
from tests.fakes.open_desk import OpenDesk, sample_settings
from vrm_desktop.domain.kinds import State
from vrm_desktop.domain.money import Money
from vrm_desktop.protocol.errors import BadOrder, Malformed
from vrm_desktop.protocol.messages import Acknowledgement, Closure, Confirmation, Offer, PriceClaim
from vrm_desktop.vendor.bargaining import answer_to_price
from vrm_desktop.vendor.settings import OfferRules

LIST = 64000
SHIPPING = 3900


def offered(desk: OpenDesk) -> AskingPerson:
    person = desk.person(want={"want.title": "Turmfalke Sprint 54"})
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    assert person.total() == LIST + SHIPPING
    return person


def test_a_price_above_the_floor_is_met(desk: OpenDesk) -> None:
    person = offered(desk)
    desk.exchange(person, person.counter(62500 + SHIPPING))
    assert person.total() == 62500 + SHIPPING
    assert person.offer()[1].lines[0].unit == 62500


def test_a_price_below_the_floor_brings_the_best_price_and_then_the_same_again(desk: OpenDesk) -> None:
    person = offered(desk)
    floor = LIST * 95 // 100 + SHIPPING
    for _ in range(2):
        desk.exchange(person, person.counter(20000))
        assert person.total() == floor


def test_the_offer_that_was_bargained_for_is_ordered_at_its_price(desk: OpenDesk) -> None:
    person = offered(desk)
    desk.exchange(person, person.counter(63000 + SHIPPING))
    desk.exchange(person, person.accept())
    price = person.confirmed().text.price
    assert price is not None
    assert price.total == 63000 + SHIPPING


def test_after_five_offers_a_counter_is_only_acknowledged(desk: OpenDesk) -> None:
    person = offered(desk)
    for _ in range(4):
        desk.exchange(person, person.counter(20000))
    desk.exchange(person, person.counter(20000))
    assert isinstance(person.last(), Acknowledgement)
    assert sum(isinstance(message, Offer) for message in person.heard) == 5


def test_an_offer_replaced_before_the_person_saw_the_new_one_is_honoured(desk: OpenDesk) -> None:
    person = offered(desk)
    first = person.offer()
    desk.take(person, person.counter(62500 + SHIPPING))
    desk.exchange(person, person.accept(first))
    assert desk.dossier(person).conversation.state is State.CONFIRMED
    assert any(isinstance(message, Confirmation) for message in person.heard)


def test_an_offer_that_the_person_saw_replaced_no_longer_stands(desk: OpenDesk) -> None:
    person = offered(desk)
    first = person.offer()
    desk.exchange(person, person.counter(62500 + SHIPPING))
    desk.exchange(person, person.accept(first))
    closure = person.last()
    assert isinstance(closure, Closure)
    assert (closure.reason, closure.erased) == ("other", True)
    assert desk.dossier(person).held == ()


def test_an_offer_past_its_day_no_longer_stands(desk: OpenDesk) -> None:
    person = offered(desk)
    desk.later(person, days=8)
    desk.exchange(person, person.accept())
    assert isinstance(person.last(), Closure)


def test_a_counter_to_an_offer_past_its_day_brings_a_fresh_one(desk: OpenDesk) -> None:
    person = offered(desk)
    desk.later(person, days=8)
    desk.exchange(person, person.counter(20000))
    assert person.total() == LIST + SHIPPING
    desk.exchange(person, person.accept())
    assert any(isinstance(message, Confirmation) for message in person.heard)


def test_a_counter_to_an_offer_that_was_never_made_is_refused(desk: OpenDesk) -> None:
    person = offered(desk)
    for envelope in (person.counter(60000, offer="A" * 43),):
        with pytest.raises(Malformed):
            desk.take(person, envelope)


def test_an_order_that_repeats_the_offer_otherwise_is_refused(desk: OpenDesk) -> None:
    person = offered(desk)
    offer_id, message = person.offer()
    cheaper = Offer(
        **{
            **{name: getattr(message, name) for name in message.__struct_fields__},
            "price": PriceClaim(currency="EUR", items=100, shipping=0, total=100),
        }
    )
    with pytest.raises(BadOrder):
        desk.take(person, person.accept((offer_id, cheaper)))
    assert desk.dossier(person).conversation.state is State.OFFERED


def test_a_shop_without_a_margin_repeats_its_price(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path, settings=replace(sample_settings(), offers=OfferRules(lowest_percent=100)))
    person = offered(desk)
    desk.exchange(person, person.counter(20000))
    assert person.total() == LIST + SHIPPING
    desk.close()


def test_an_article_that_left_the_catalogue_keeps_its_price(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path)
    person = offered(desk)
    desk.close()
    rest = replace(desk.shop.catalogue, articles=desk.shop.catalogue.articles[:2])
    reopened = OpenDesk(tmp_path, catalogue=rest)
    reopened.exchange(person, person.counter(20000))
    assert person.total() == LIST + SHIPPING
    reopened.close()


@pytest.mark.parametrize(
    ("asked", "items"),
    [
        (Money(minor=70000, currency="EUR"), 60000),
        (Money(minor=50000, currency="USD"), 60000),
        (Money(minor=59000, currency="EUR"), 57000),
        (Money(minor=1, currency="EUR"), 54000),
    ],
)
def test_the_answer_to_a_price_is_never_above_what_stands_nor_below_the_floor(asked: Money, items: int) -> None:
    price = PriceClaim(currency="EUR", items=60000, shipping=2000, total=62000)
    answer = answer_to_price(asked, price, lowest_items=54000)
    assert (answer.items, answer.total) == (items, items + 2000)
