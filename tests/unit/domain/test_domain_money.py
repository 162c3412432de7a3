"""Money: integers of one currency, told exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.money import LARGEST, Money, exponent

CURRENCIES = st.sampled_from(["EUR", "JPY", "KWD", "CLF", "USD"])


@pytest.mark.parametrize(("currency", "digits"), [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("XYZ", 2)])
def test_a_currency_has_its_own_number_of_digits(currency: str, digits: int) -> None:
    assert exponent(currency) == digits


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (79_900, "EUR", "799.00"),
        (5, "EUR", "0.05"),
        (-5, "EUR", "-0.05"),
        (-500, "JPY", "-500"),
        (0, "JPY", "0"),
        (1, "KWD", "0.001"),
        (123_456, "CLF", "12.3456"),
    ],
)
def test_an_amount_is_told_with_a_point(minor: int, currency: str, text: str) -> None:
    assert Money(minor=minor, currency=currency).decimal() == text


@given(st.integers(-LARGEST, LARGEST), CURRENCIES)
def test_the_told_amount_is_exact(minor: int, currency: str) -> None:
    told = Decimal(Money(minor=minor, currency=currency).decimal())
    assert told.scaleb(exponent(currency)) == minor


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9), CURRENCIES)
def test_amounts_of_one_currency_add_and_compare(one: int, other: int, currency: str) -> None:
    first, second = Money(minor=one, currency=currency), Money(minor=other, currency=currency)
    assert (first + second).minor == one + other
    assert (first < second) == (one < other)
    assert (first <= second) == (one <= other)
    assert first.times(3) == first + first + first


def test_two_currencies_are_never_mixed() -> None:
    euro, dollar = Money(minor=1, currency="EUR"), Money(minor=1, currency="USD")
    for act in (lambda: euro + dollar, lambda: euro < dollar, lambda: euro <= dollar):
        with pytest.raises(InvalidValue):
            act()


@pytest.mark.parametrize(
    ("minor", "currency"),
    [(1, "eur"), (1, "EURO"), (1, ""), (1, "EUR\n"), (LARGEST + 1, "EUR"), (-LARGEST - 1, "EUR"), (True, "EUR")],
)
def test_what_is_no_amount_is_refused(minor: int, currency: str) -> None:
    with pytest.raises(InvalidValue):
        Money(minor=minor, currency=currency)
