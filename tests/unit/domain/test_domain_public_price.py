"""Public prices: what they are made of, and which of them are of one product on one page."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import Condition
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.public_price import PublicPrice

PRICE = PublicPrice(
    id="price-1",
    intentcast=IntentcastId("want-1"),
    title="Road bike",
    at=datetime(2026, 11, 22, tzinfo=UTC),
    low=Money(minor=79_900, currency="EUR"),
    host="shop.example",
)


def test_it_is_found_by_what_it_names_and_hides_itself_when_printed() -> None:
    assert PRICE.words == "Road bike shop.example"
    assert "Road" not in repr(PRICE)


def test_a_price_seen_later_is_of_the_same_place_and_another_condition_is_not() -> None:
    later = replace(PRICE, id="price-2", low=Money(minor=1, currency="EUR"))
    assert later.same_place == PRICE.same_place
    assert replace(PRICE, condition=Condition.USED).same_place != PRICE.same_place


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"title": "x" * 201},
        {"link": "x" * 2001},
        {"low": Money(minor=0, currency="EUR")},
        {"high": Money(minor=79_900, currency="EUR")},
        {"high": Money(minor=99_900, currency="USD")},
    ],
)
def test_what_is_no_price_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        replace(PRICE, **wrong)  # type: ignore[arg-type]  # one member at a time
