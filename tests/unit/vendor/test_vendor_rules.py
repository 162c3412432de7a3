"""The shop's rules: whom they answer, at what price, from which pieces; and that the desk says why."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.asking_person import AskingPerson
from tests.fakes.open_desk import OpenDesk, sample_catalogue, sample_settings
from vrm_desktop.domain.intentcast import Condition
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.regions import Area
from vrm_desktop.protocol.messages import Closure
from vrm_desktop.vendor.article import Catalogue
from vrm_desktop.vendor.errors import BadSettings
from vrm_desktop.vendor.inbox.rows import Folder
from vrm_desktop.vendor.reasons import Why
from vrm_desktop.vendor.rules import AnswerBy, AnswerRules, NothingFits, Rule, rule_for
from vrm_desktop.vendor.settings import DeskSettings, OfferRules
from vrm_desktop.vendor.settings_file import read_settings
from vrm_desktop.vendor.shop import Shop

ROSTER = frozenset({"PDC-INTENT", "SD-BASE", "SD-BASE-DP"})


def eur(minor: int) -> Money:
    return Money(minor=minor, currency="EUR")


def rules(*some: Rule, **answers: Any) -> DeskSettings:
    return replace(sample_settings(), rules=some, answers=replace(AnswerRules(), **answers))


def dealt(desk: OpenDesk, **words: str) -> AskingPerson:
    """Somebody who asked and told the details."""
    person = desk.person(want={"want.title": "road bike", **words})
    desk.exchange(person, person.ping())
    desk.exchange(person, person.reveal())
    return person


def told(desk: OpenDesk, person: AskingPerson) -> list[Why]:
    with desk.store.turn() as books:
        return [each.because.why for each in books.inbox.reasons(str(person.conversation.id))]


def stocked(quantity: int, **more: Any) -> Catalogue:
    """One article, new, of which there are so many."""
    article = replace(sample_catalogue().articles[4], condition=Condition.NEW, quantity=quantity)
    return replace(sample_catalogue(), articles=(replace(article, **more),))


def wants_new(desk: OpenDesk, quantity: str = "1") -> AskingPerson:
    person = desk.person(want={"want.title": "road bike", "want.quantity": quantity})
    desk.exchange(person, person.ping(condition="new"))
    desk.exchange(person, person.reveal())
    return person


def test_the_first_rule_that_covers_a_want_counts() -> None:
    bikes, north, rest = Rule(categories=("mobility.bicycle",)), Rule(regions=("DE-NI",)), Rule(keep=1)
    some = (bikes, north, rest)
    assert rule_for(some, "mobility.bicycle", Area(country="FR")) is bikes
    assert rule_for(some, "electronics.laptop", Area(country="DE", region="DE-NI")) is north
    assert rule_for(some, "electronics.laptop", Area(country="DE", region="DE-NW")) is rest
    assert rule_for(some, "electronics.laptop", Area(country="DE")) is north
    assert rule_for((Rule(categories=("mobility",)),), "mobility.car", None) != Rule()
    assert rule_for((), "mobility.car", None) == Rule()


def test_a_rule_leaves_a_want_to_the_shop_s_people(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path, settings=rules(Rule(regions=("DE-NW",), by=AnswerBy.HAND)))
    person = desk.person()
    desk.exchange(person, person.ping())
    assert person.heard == []
    assert told(desk, person) == [Why.LEFT_TO_HAND]
    with desk.store.turn() as books:
        assert books.inbox.count(Folder.WAITING) == 1
        assert books.next_due() is None
        assert books.take_due(desk.now + timedelta(days=3650)) is None
    desk.close()


def test_a_rule_turns_a_want_down(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path, settings=rules(Rule(categories=("mobility",), by=AnswerBy.NO)))
    person = desk.person()
    desk.exchange(person, person.ping())
    assert (person.answer().answer, person.answer().reason) == ("decline", "category")
    assert told(desk, person) == [Why.NOT_SERVED]
    desk.close()


def test_a_rule_signs_other_terms_where_it_holds(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path, settings=rules(Rule(terms=("SD-BASE",))))
    person = desk.person()
    desk.exchange(person, person.ping())
    assert person.answer().answer == "decline"
    assert told(desk, person) == [Why.TERMS_UNLISTED]
    desk.close()


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        (Rule(), Why.BEST_FIT),
        (Rule(price_to=eur(10000)), Why.OUT_OF_BOUNDS),
        (Rule(price_from=eur(900000)), Why.OUT_OF_BOUNDS),
        (Rule(keep=1), Why.NO_STOCK),
    ],
)
def test_the_desk_remembers_why_it_offered_or_not(tmp_path: Path, rule: Rule, why: Why) -> None:
    desk = OpenDesk(tmp_path, settings=rules(rule))
    person = dealt(desk)
    assert told(desk, person) == [Why.TERMS_LISTED, why]
    assert isinstance(person.last(), Closure) == (why is not Why.BEST_FIT)
    with desk.store.turn() as books:
        found = books.inbox.one(str(person.conversation.id))
    assert found is not None
    assert found.outcome == ("" if why is Why.BEST_FIT else why.value)
    desk.close()


@pytest.mark.parametrize(
    ("changes", "words", "why"),
    [
        ({"category": "electronics.laptop", "attributes": {}}, {}, Why.NO_ARTICLE),
        ({"condition": "new"}, {}, Why.NO_CONDITION),
        ({"attributes": {"type": "mountain"}}, {}, Why.NO_MATCH),
        ({"attributes": {"frame_cm": "59-61"}}, {}, Why.NO_STOCK),
        ({"fulfilment": "on-site"}, {}, Why.NO_WAY),
        ({}, {"want.bid": "1000 EUR firm 2026-11-25"}, Why.BID_TOO_LOW),
        ({}, {"want.bid": "900000 USD firm 2026-11-25"}, Why.BID_UNREADABLE),
        ({}, {"want.bid": "50500 EUR firm 2026-11-25"}, Why.BID_MET),
    ],
)
def test_each_thing_in_the_way_has_its_own_reason(
    tmp_path: Path, changes: dict[str, object], words: dict[str, str], why: Why
) -> None:
    settings = replace(sample_settings(), categories=("mobility.bicycle", "electronics.laptop"))
    desk = OpenDesk(tmp_path, settings=settings)
    person = desk.person(want={"want.title": "bike", **words})
    desk.exchange(person, person.ping(**changes))
    desk.exchange(person, person.reveal())
    assert told(desk, person)[-1] is why
    desk.close()


def test_what_fits_nothing_may_be_left_to_the_shop_s_people(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path, settings=rules(Rule(price_to=eur(100)), nothing_fits=NothingFits.HAND))
    person = dealt(desk)
    assert len(person.heard) == 1
    assert told(desk, person) == [Why.TERMS_LISTED, Why.OUT_OF_BOUNDS, Why.LEFT_TO_HAND]
    desk.close()


def test_a_price_goes_down_to_cost_and_margin_and_no_further(tmp_path: Path) -> None:
    catalogue = stocked(5, price=eur(50000), cost=eur(40000), shipping=eur(0))
    desk = OpenDesk(tmp_path, settings=rules(Rule(lowest_percent=50, margin_percent=10)), catalogue=catalogue)
    person = wants_new(desk)
    desk.exchange(person, person.counter(30000))
    assert person.total() == 44000
    desk.exchange(person, person.counter(45000))
    assert person.total() == 44000
    assert told(desk, person)[-2:] == [Why.PRICE_FLOOR, Why.PRICE_STANDS]
    desk.close()


def test_a_margin_never_asks_for_more_than_the_list_price(tmp_path: Path) -> None:
    catalogue = stocked(5, price=eur(50000), cost=eur(49000), shipping=eur(0))
    desk = OpenDesk(tmp_path, settings=rules(Rule(margin_percent=50)), catalogue=catalogue)
    person = wants_new(desk)
    desk.exchange(person, person.counter(40000))
    assert person.total() == 50000
    desk.close()


def test_a_rule_s_delivery_price_stands_where_the_row_has_none(tmp_path: Path) -> None:
    catalogue = stocked(5, price=eur(50000), shipping=None)
    desk = OpenDesk(tmp_path, settings=rules(Rule(delivery_price=eur(700))), catalogue=catalogue)
    assert wants_new(desk).total() == 50700
    desk.close()


def test_a_binding_offer_keeps_its_pieces_until_it_is_over(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path, catalogue=stocked(3))
    assert wants_new(desk, "2").total()
    late = wants_new(desk, "2")
    assert isinstance(late.last(), Closure)
    assert told(desk, late)[-1] is Why.NO_STOCK
    assert wants_new(desk).total()
    assert isinstance(wants_new(desk).last(), Closure)
    desk.now += timedelta(days=20)
    assert wants_new(desk, "3").total()
    desk.close()


def test_an_offer_that_does_not_bind_keeps_nothing(tmp_path: Path) -> None:
    settings = replace(sample_settings(), offers=replace(OfferRules(), binding=False))
    desk = OpenDesk(tmp_path, settings=settings, catalogue=stocked(1))
    assert wants_new(desk).total()
    assert wants_new(desk).total()
    desk.close()


@pytest.mark.parametrize("leaves", ["withdraw", "end"])
def test_who_leaves_without_an_order_lets_the_pieces_go(tmp_path: Path, leaves: str) -> None:
    desk = OpenDesk(tmp_path, catalogue=stocked(1))
    person = wants_new(desk)
    desk.exchange(person, getattr(person, leaves)())
    assert wants_new(desk).total()
    desk.close()


def test_an_order_keeps_its_pieces_beyond_the_offer_s_day_and_the_end(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path, catalogue=stocked(1))
    person = wants_new(desk)
    desk.exchange(person, person.accept())
    desk.exchange(person, person.end())
    desk.now += timedelta(days=60)
    assert isinstance(wants_new(desk).last(), Closure)
    assert told(desk, person)[-1] is Why.ORDER_FITS
    desk.close()


def test_another_offer_to_the_same_person_does_not_keep_twice(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path, catalogue=stocked(1, price=eur(50000)))
    person = wants_new(desk)
    desk.exchange(person, person.counter(person.total() - 100))
    with desk.store.turn() as books:
        assert books.kept_pieces(desk.now) == {"RR-1005": 1}
        assert books.kept_pieces(desk.now, but=str(person.conversation.id)) == {}
    desk.close()


def test_goods_that_are_read_again_count_at_once(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path, catalogue=stocked(0))
    assert isinstance(wants_new(desk).last(), Closure)
    with desk.store.turn() as books:
        card = desk.desk._card
        assert books.card() is not None
    desk.desk.restock(replace(desk.shop, catalogue=stocked(1)), card)
    assert wants_new(desk).total()
    desk.close()


TEXT = """
name = "x"
[answers]
by = "hand"
nothing_fits = "hand"
[[rules]]
categories = ["mobility", "electronics.laptop"]
regions = ["DE-NW"]
by = "rules"
price_from = "10.00 EUR"
price_to = "20.00 EUR"
lowest_percent = 80
margin_percent = 0
delivery_price = "5 EUR"
keep = 2
terms = ["SD-BASE"]
[[templates]]
name = "Usual"
note = "Hello"
valid_days = 3
discount_percent = 5
"""


def test_every_member_of_a_rule_is_read() -> None:
    settings = read_settings(TEXT.encode(), roster_ids=ROSTER)
    assert settings.answers == AnswerRules(by=AnswerBy.HAND, nothing_fits=NothingFits.HAND)
    assert settings.rules == (
        Rule(
            categories=("mobility", "electronics.laptop"),
            regions=("DE-NW",),
            by=AnswerBy.RULES,
            price_from=eur(1000),
            price_to=eur(2000),
            lowest_percent=80,
            margin_percent=0,
            delivery_price=eur(500),
            keep=2,
            terms=("SD-BASE",),
        ),
    )
    assert (settings.templates[0].name, settings.templates[0].valid_days) == ("Usual", 3)


@pytest.mark.parametrize(
    ("before", "after", "complaint"),
    [
        ('by = "hand"', 'by = "no"', "answers.by"),
        ('by = "hand"', 'by = "cat"', "answers.by"),
        ('nothing_fits = "hand"', 'nothing_fits = "shout"', "answers.nothing_fits"),
        ('by = "rules"', 'by = "cat"', "rules.by"),
        ('"mobility", ', '"moving", ', "rules.categories"),
        ('"DE-NW"', '"de"', "rules.regions"),
        ('"10.00 EUR"', '"ten"', "rules.price_from"),
        ("lowest_percent = 80", "lowest_percent = 0", "lowest_percent"),
        ("lowest_percent = 80", "lowest_percent = 101", "lowest_percent"),
        ("keep = 2", "keeps = 2", "keeps"),
        ('terms = ["SD-BASE"]', 'terms = ["MINE"]', "terms"),
        ('name = "Usual"', 'name = ""', "templates.name"),
        ("discount_percent = 5", "discount_percent = 95", "discount_percent"),
    ],
)
def test_a_slip_in_a_rule_is_named(before: str, after: str, complaint: str) -> None:
    with pytest.raises(BadSettings, match=complaint):
        read_settings(TEXT.replace(before, after, 1).encode(), roster_ids=ROSTER)


def test_amounts_in_rules_are_in_the_catalogue_s_currency(tmp_path: Path) -> None:
    desk = OpenDesk(tmp_path)
    settings = replace(sample_settings(), rules=(Rule(price_to=Money(minor=1, currency="USD")),))
    with pytest.raises(BadSettings, match="EUR"):
        Shop(settings=settings, catalogue=desk.shop.catalogue, roster=desk.shop.roster)
    desk.close()
