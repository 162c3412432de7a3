"""What a desk answers becomes a quote only where every amount can be meant in one way, and every sum is right."""

from datetime import UTC, date, datetime

import pytest

from vrm_desktop.canon.loose_json import read_loose
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.quote_desk import Quoting
from vrm_desktop.formats.desk_answers import ReadQuote, at, read_quotes, word_at
from vrm_desktop.formats.errors import NotAQuote

LINED = Quoting(
    lines="lines",
    title="description",
    quantity="quantity",
    unit="unit_price",
    line_total="total",
    total="total",
    shipping="shipping",
    tax="tax",
    currency="currency",
    currency_usual="USD",
    valid_until="valid_until",
    by="by",
    note="notes",
)
PLAIN = Quoting(each="quotes", unit="unit_price", quantity="quantity", currency_usual="EUR")


def quotes(text: str, quoting: Quoting = LINED) -> tuple[ReadQuote, ...]:
    return read_quotes(read_loose(text), quoting, title="Dishwasher", quantity=2)


def test_a_quote_in_lines_is_read_in_minor_units_with_its_days() -> None:
    (one,) = quotes(
        '{"currency":"EUR","total":"270.40","shipping":9.5,"tax":20.9,"valid_until":"2026-12-24","by":"2026-12-20",'
        '"notes":"a\\u0000b","lines":[{"description":"A","quantity":2.0,"unit_price":120,"total":240.00}]}'
    )
    assert one.price is not None
    assert (one.price.items, one.price.shipping, one.price.tax, one.price.total) == (24000, 950, 2090, 27040)
    assert [(line.title, line.quantity, line.unit) for line in one.lines] == [("A", 2, 12000)]
    assert (one.valid_until, one.by) == (datetime(2026, 12, 24, 23, 59, 59, tzinfo=UTC), date(2026, 12, 20))
    assert one.note == "a b"


def test_a_currency_without_decimals_has_none() -> None:
    (one,) = quotes('{"currency":"JPY","total":129000}')
    assert one.price is not None
    assert one.price.total == 129000
    with pytest.raises(NotAQuote, match="more decimals"):
        quotes('{"currency":"JPY","total":129000.5}')


def test_a_total_alone_is_a_price_and_what_was_asked_stands_in() -> None:
    (one,) = quotes('{"total":"99.00","shipping":"9.00"}')
    assert one.price is not None
    assert (one.price.currency, one.price.items, one.price.total) == ("USD", 9000, 9900)
    assert [(line.title, line.quantity, line.unit) for line in one.lines] == [("Dishwasher", 2, None)]
    assert (one.valid_until, one.by, one.note) == (None, None, "")


def test_quotes_that_exclude_each_other_are_each_their_own() -> None:
    found = quotes('{"quotes":[{"unit_price":10,"quantity":2},{"unit_price":"12.5"}]}', PLAIN)
    assert [one.price.total for one in found if one.price is not None] == [2000, 2500]


@pytest.mark.parametrize(
    ("text", "totals"),
    [
        ('{"currency":"EUR","total":100,"shipping":5,"lines":[{"quantity":1,"unit_price":100}]}', (10500, 10000)),
        ('{"currency":"EUR","total":20,"lines":[{"quantity":2,"unit_price":10,"total":15}]}', (2000, 2000)),
    ],
)
def test_sums_that_are_not_right_are_no_price(text: str, totals: tuple[int, int]) -> None:
    (one,) = quotes(text)
    assert one.price is None
    assert one.two_totals == tuple(Money(minor=total, currency="EUR") for total in totals)


@pytest.mark.parametrize(
    "text",
    [
        "null",
        "{}",
        '{"total":0}',
        '{"total":-5}',
        '{"total":"1,299.00"}',
        '{"total":"1.299,00"}',
        '{"total":1e3}',
        '{"total":true}',
        '{"total":"free"}',
        '{"total":NaN}',
        '{"total":"9999999999999999"}',
        '{"total":10,"currency":"euro"}',
        '{"total":10,"currency":""}',
        '{"total":10,"currency":"€"}',
        '{"total":10,"shipping":20}',
        '{"lines":[{"unit_price":10},{"description":"no price"}]}',
        '{"lines":[{"unit_price":10,"quantity":0}]}',
        '{"lines":[{"unit_price":10,"quantity":1.5}]}',
        '{"lines":[{"unit_price":10,"quantity":"two"}]}',
        '{"lines":[' + ",".join(['{"unit_price":1}'] * 51) + "]}",
    ],
)
def test_what_can_be_meant_in_two_ways_or_in_none_is_no_quote(text: str) -> None:
    with pytest.raises(NotAQuote):
        quotes(text)


@pytest.mark.parametrize("text", ['{"quotes":[]}', '{"quotes":{}}', '{"quotes":[' + ",".join(["{}"] * 11) + "]}"])
def test_a_list_of_quotes_has_one_to_ten(text: str) -> None:
    with pytest.raises(NotAQuote):
        quotes(text, PLAIN)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-12-24T10:00:00+02:00", datetime(2026, 12, 24, 8, tzinfo=UTC)),
        ("2026-12-24T10:00:00", datetime(2026, 12, 24, 10, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("soon", None),
        ("2026-13-45", None),
    ],
)
def test_a_moment_is_read_or_not_there(text: str, instant: datetime | None) -> None:
    (one,) = quotes('{"total":5,"valid_until":"' + text + '"}')
    assert one.valid_until == instant


def test_places_in_an_answer_are_found_or_empty() -> None:
    told = read_loose('{"a":[{"b":"x"}],"n":7,"long":"' + "y" * 600 + '"}')
    assert at(told, "a.0.b") == "x"
    assert (at(told, "a.1.b"), at(told, "a.b"), at(told, "")) == (None, None, None)
    assert (word_at(told, "n"), word_at(told, "long"), word_at(told, "a")) == ("7", "", "")
