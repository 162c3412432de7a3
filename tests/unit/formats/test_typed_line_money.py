"""The most the person would pay, in a typed line."""

from datetime import date

import pytest

from vrm_desktop.domain.money import Money
from vrm_desktop.formats.typed_line.line import parse
from vrm_desktop.formats.typed_line.meaning import Field, ParsedLine, Question, Why

TODAY = date(2026, 11, 18)


def _read(text: str, *, place: str = "Bonn", home: str | None = None) -> ParsedLine:
    return parse(f"bike, {place}, {text}", today=TODAY, home_country=home)


def _asked(parsed: ParsedLine) -> Question:
    return next(question for question in parsed.questions if question.field is Field.PRICE_CAP)


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("800 EUR", 80000, "EUR"),
        ("under 800 euros", 80000, "EUR"),
        ("€800", 80000, "EUR"),
        ("1.200 €", 120000, "EUR"),
        ("1,200 EUR", 120000, "EUR"),
        ("1.234,56 €", 123456, "EUR"),
        ("£1,234.56", 123456, "GBP"),
        ("1'200 CHF", 120000, "CHF"),
        ("1\u00a0200 €", 120000, "EUR"),
        ("12,5 €", 1250, "EUR"),
        ("1200,- €", 120000, "EUR"),
        ("1200.– CHF", 120000, "CHF"),
        ("1,5k €", 150000, "EUR"),
        ("tausend Euro", 100000, "EUR"),
        ("US$300", 30000, "USD"),
        ("5000 JPY", 5000, "JPY"),
        ("bis zu 800 €", 80000, "EUR"),
        ("höchstens 800 Euro", 80000, "EUR"),
        ("nicht mehr als 800 Euro", 80000, "EUR"),
        ("800 € or less", 80000, "EUR"),
        ("150 € VB", 15000, "EUR"),
        ("500-800 €", 80000, "EUR"),
        ("von 500 bis 800 Euro", 80000, "EUR"),
        ("between 500 and 800 euros", 80000, "EUR"),
        ("from 500 to 800 EUR", 80000, "EUR"),
    ],
)
def test_a_plain_amount_an_upper_bound_or_the_end_of_a_range_is_the_cap(text: str, minor: int, currency: str) -> None:
    parsed = _read(text)
    assert parsed.price_cap == Money(minor=minor, currency=currency)
    assert parsed.title == "bike"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("under 800", Why.NO_CURRENCY),
        ("1200,-", Why.NO_CURRENCY),
        ("$300", Why.NO_CURRENCY),
        ("300 kr", Why.NO_CURRENCY),
        ("800", Why.BARE_NUMBER),
        ("800-900", Why.BARE_NUMBER),
        ("about 800 €", Why.APPROXIMATE),
        ("max. ca. 800 €", Why.APPROXIMATE),
        ("ab 500 €", Why.LOWER_BOUND),
        ("at least 500 €", Why.LOWER_BOUND),
        ("500 € or more", Why.LOWER_BOUND),
        ("20 € an hour", Why.RATE),
        ("je 90 €", Why.RATE),
        ("30 € im Monat", Why.RATE),
        ("£60 each", Why.RATE),
        ("500 or 600 €", Why.SEVERAL),
        ("500 und 600 €", Why.SEVERAL),
        ("800-500 €", Why.SEVERAL),
        ("500 €, no, 600 €", Why.SEVERAL),
        ("1 200 €", Why.SEVERAL),
        ("-5 EUR", Why.SEVERAL),
    ],
)
def test_an_unclear_price_is_asked_back(text: str, why: Why) -> None:
    parsed = _read(text)
    assert parsed.price_cap is None
    assert _asked(parsed).why is why


def test_an_amount_without_a_currency_offers_the_usual_ones_the_places_first() -> None:
    choices = _asked(_read("1200,-", place="Zurich")).choices
    assert choices[0] == Money(minor=120000, currency="CHF")
    assert Money(minor=120000, currency="EUR") in choices


def test_a_sign_shared_by_several_currencies_is_settled_by_the_place_and_then_by_home() -> None:
    assert _read("$300", place="Toronto").price_cap == Money(minor=30000, currency="CAD")
    assert _read("300 dollars", place="nowhere", home="US").price_cap == Money(minor=30000, currency="USD")
    assert _read("300 kr", place="Malmö").price_cap == Money(minor=30000, currency="SEK")


def test_two_amounts_are_both_offered() -> None:
    choices = _asked(_read("under 800 EUR or 900 EUR")).choices
    assert choices == (Money(minor=80000, currency="EUR"), Money(minor=90000, currency="EUR"))


@pytest.mark.parametrize("text", ["under 5 years old", "max 20 kg", "up to 3 rooms", "iPhone 15", "unter 2"])
def test_other_numbers_are_not_prices(text: str) -> None:
    parsed = _read(text)
    assert parsed.price_cap is None
    assert not [question for question in parsed.questions if question.field is Field.PRICE_CAP]
