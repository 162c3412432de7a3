"""My limits: what they are made of, and what is within them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.limits import (
    AnyOf,
    Article,
    Bought,
    Breach,
    Frequency,
    Limit,
    LimitTerms,
    LimitUse,
    Party,
    Purchase,
    all_fit,
    breaches,
    spent,
)
from vrm_desktop.domain.money import Money

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SHOP = Party(id="radhaus.example", name="Radhaus", website="https://radhaus.example")
BIKE = AnyOf(id="choice-1", acceptable=(Article(id="4012345678901", title="Road bike"),), quantity=1)
TERMS = LimitTerms(
    currency="EUR",
    highest=80_000,
    lowest=100,
    budget=100_000,
    starts=NOW,
    ends=NOW + timedelta(days=30),
    merchants=(SHOP,),
    choices=(BIKE,),
    payees=(Party(id="payto://iban/DE75512108001245126199"),),
    frequency=Frequency.WEEKLY,
    times=2,
)
LIMIT = Limit(id="limit-1", at=NOW, title="A bike", terms=TERMS)
PURCHASE = Purchase(
    merchant="radhaus.example",
    amount=Money(minor=70_000, currency="EUR"),
    at=NOW,
    lines=(Bought(numbers=frozenset({"4012345678901", "sku-1"}), quantity=1),),
    payee="payto://iban/DE75512108001245126199",
)


def use(minor: int, at: datetime, *, limit: str = "limit-1") -> LimitUse:
    return LimitUse(
        id=f"use-{minor}-{at:%d}",
        at=at,
        limit=limit,
        amount=Money(minor=minor, currency="EUR"),
        vendor=VendorId("vendor-1"),
        relationship=RelationshipId("rel-1"),
        what="Road bike",
    )


def test_a_purchase_that_fits_breaks_nothing() -> None:
    assert breaches(LIMIT, PURCHASE, ()) == ()
    assert breaches(LIMIT, replace(PURCHASE, payee=None), (use(99_999, NOW, limit="limit-2"),)) == ()


@pytest.mark.parametrize(
    ("changed", "breach"),
    [
        ({"at": NOW - timedelta(seconds=1)}, Breach.NOT_YET),
        ({"at": NOW + timedelta(days=30)}, Breach.OVER),
        ({"merchant": "radhau5.example"}, Breach.MERCHANT),
        ({"payee": "payto://iban/DE02120300000000202051"}, Breach.PAYEE),
        ({"lines": (Bought(numbers=frozenset({"other"}), quantity=1),)}, Breach.ITEMS),
        ({"lines": (Bought(numbers=frozenset(), quantity=1),)}, Breach.ITEMS),
        ({"lines": (Bought(numbers=frozenset({"4012345678901"}), quantity=2),)}, Breach.ITEMS),
        ({"amount": Money(minor=70_000, currency="CHF")}, Breach.CURRENCY),
        ({"amount": Money(minor=99, currency="EUR")}, Breach.TOO_LITTLE),
        ({"amount": Money(minor=80_001, currency="EUR")}, Breach.TOO_MUCH),
    ],
)
def test_each_way_out_of_a_limit_is_named_alone(changed: dict[str, Any], breach: Breach) -> None:
    assert breaches(LIMIT, replace(PURCHASE, **changed), ()) == (breach,)


def test_what_was_bought_before_counts() -> None:
    week = timedelta(days=7)
    assert breaches(LIMIT, replace(PURCHASE, at=NOW + week), (use(30_000, NOW),)) == ()
    assert breaches(LIMIT, replace(PURCHASE, at=NOW + week), (use(30_001, NOW),)) == (Breach.BUDGET,)
    assert breaches(LIMIT, PURCHASE, (use(1, NOW),)) == (Breach.TOO_SOON,)
    two = (use(1, NOW), use(2, NOW + week))
    assert breaches(LIMIT, replace(PURCHASE, at=NOW + 2 * week), two) == (Breach.TOO_OFTEN,)
    assert spent(LIMIT, (*two, use(5, NOW, limit="limit-2"))) == Money(minor=3, currency="EUR")


def test_what_was_revoked_allows_nothing_and_breaches_come_in_one_order() -> None:
    revoked = replace(LIMIT, revoked=NOW)
    assert breaches(revoked, PURCHASE, ()) == (Breach.REVOKED,)
    wrong = replace(PURCHASE, merchant="x", amount=Money(minor=80_001, currency="EUR"))
    assert breaches(revoked, wrong, ()) == (Breach.REVOKED, Breach.MERCHANT, Breach.TOO_MUCH)
    assert LIMIT.in_force(NOW)
    assert not revoked.in_force(NOW)
    assert not LIMIT.in_force(TERMS.ends)


def test_what_is_left_open_is_open() -> None:
    bare = LimitTerms(currency="EUR", highest=80_000, starts=NOW, ends=NOW + timedelta(days=1))
    assert breaches(replace(LIMIT, terms=bare), replace(PURCHASE, merchant="x", payee="y", lines=()), ()) == ()
    assert breaches(replace(LIMIT, terms=bare), PURCHASE, (use(1, NOW),)) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"highest": 0, "lowest": 0, "budget": None},
        {"lowest": 80_001},
        {"lowest": -1},
        {"budget": 79_999},
        {"budget": 2**53},
        {"ends": NOW},
        {"starts": NOW.replace(tzinfo=None)},
        {"ends": (NOW + timedelta(days=1)).replace(tzinfo=None)},
        {"frequency": None},
        {"times": 0},
        {"currency": "eur"},
        {"merchants": (SHOP,) * 51},
    ],
)
def test_terms_that_say_nothing_sensible_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        replace(TERMS, **wrong)


def test_parts_without_a_name_or_number_are_refused() -> None:
    for make in (
        lambda: Party(id=" "),
        lambda: Party(id="x", name="y" * 501),
        lambda: Article(id=""),
        lambda: Article(id="x", title="y" * 501),
        lambda: AnyOf(id="", acceptable=BIKE.acceptable),
        lambda: AnyOf(id="x", acceptable=()),
        lambda: AnyOf(id="x", acceptable=BIKE.acceptable, quantity=0),
        lambda: replace(LIMIT, title=" "),
        lambda: replace(LIMIT, title="x" * 201),
    ):
        with pytest.raises(InvalidValue):
            make()


def test_a_limit_is_found_by_what_it_names_and_hides_itself() -> None:
    assert LIMIT.words == "A bike Radhaus https://radhaus.example Road bike"
    assert use(1, NOW).words == "Road bike"
    assert "Radhaus" not in repr(LIMIT)


def choice(number: int, names: str, quantity: int) -> AnyOf:
    return AnyOf(id=f"c{number}", acceptable=tuple(Article(id=one) for one in names), quantity=quantity)


def test_one_thing_makes_room_for_another() -> None:
    choices = (choice(1, "ab", 1), choice(2, "a", 1))
    assert all_fit(choices, (Bought(numbers=frozenset("a"), quantity=1), Bought(numbers=frozenset("b"), quantity=1)))
    assert not all_fit(choices, (Bought(numbers=frozenset("b"), quantity=2),))
    chain = (choice(1, "ab", 1), choice(2, "bc", 1), choice(3, "cd", 1))
    lines = tuple(Bought(numbers=frozenset(one), quantity=1) for one in "bca")
    assert all_fit(chain, lines)


LINES = st.lists(st.frozensets(st.sampled_from("abc"), min_size=1, max_size=2), max_size=4)
CHOICES = st.lists(st.tuples(st.sets(st.sampled_from("abc"), min_size=1), st.integers(1, 2)), min_size=1, max_size=3)


@given(lines=LINES, named=CHOICES)
def test_it_agrees_with_trying_every_order(lines: list[frozenset[str]], named: list[tuple[set[str], int]]) -> None:
    choices = tuple(choice(at, "".join(sorted(names)), quantity) for at, (names, quantity) in enumerate(named))
    places = [names for names, quantity in named for _ in range(quantity)]
    tried = len(lines) <= len(places) and any(
        all(line & place for line, place in zip(lines, order, strict=True))
        for order in permutations(places, len(lines))
    )
    assert all_fit(choices, tuple(Bought(numbers=line, quantity=1) for line in lines)) == tried
    doubled = tuple(AnyOf(id=one.id, acceptable=one.acceptable, quantity=one.quantity * 2) for one in choices)
    if tried:
        assert all_fit(doubled, tuple(Bought(numbers=line, quantity=2) for line in lines))
