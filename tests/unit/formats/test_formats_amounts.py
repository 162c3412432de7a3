"""Amounts as a flag or a field says them: exact, with a currency, never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.domain.errors import DomainError
from vrm_desktop.domain.money import Money
from vrm_desktop.formats.amounts import read_amount
from vrm_desktop.formats.errors import NotAnAmount


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("799.00 EUR", 79900, "EUR"),
        ("799,00 €", 79900, "EUR"),
        ("799 eur", 79900, "EUR"),
        ("799.5EUR", 79950, "EUR"),
        ("  1 £ ", 100, "GBP"),
        ("12 zł", 1200, "PLN"),
        ("800 JPY", 800, "JPY"),
        ("1.234 KWD", 1234, "KWD"),
        ("0 EUR", 0, "EUR"),
        ("999999999999 EUR", 99999999999900, "EUR"),
    ],
)
def test_amounts_are_read_exactly(text: str, minor: int, currency: str) -> None:
    assert read_amount(text) == Money(minor=minor, currency=currency)


@pytest.mark.parametrize(
    "text",
    ["", "EUR", "799", "799 $", "1.234,00 EUR", "1,234.00 EUR", "-5 EUR", "1e3 EUR", "799.00 EURO", "٧ EUR", "7 eur x"],
)
def test_what_is_not_one_exact_amount_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        read_amount(text)


@pytest.mark.parametrize("text", ["1.5 JPY", "1.005 EUR", "1.234 EUR"])
def test_more_decimals_than_the_currency_has_are_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        read_amount(text)


@given(st.integers(0, 10**11), st.sampled_from(["EUR", "JPY", "KWD"]))
def test_what_an_amount_writes_is_read_back(minor: int, currency: str) -> None:
    money = Money(minor=minor, currency=currency)
    assert read_amount(f"{money.decimal()} {currency}") == money


@given(st.text(max_size=20))
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        assert read_amount(text).minor >= 0
    except (NotAnAmount, DomainError):
        return
