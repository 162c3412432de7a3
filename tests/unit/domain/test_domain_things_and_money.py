"""Things with their dates, and money that never crosses currencies."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.strategies import records
from vrm_desktop.domain.booking import Booking, BookingKind, balances
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.thing import Thing

NOW = datetime(2028, 2, 29, 12, 0, tzinfo=UTC)
BIKE = Thing(id="thing-1", title="Road bike", at=NOW, serial="WX 1183")


def test_what_an_offer_promised_counts_from_the_day_of_delivery() -> None:
    here = BIKE.delivered(date(2028, 2, 29), returns_days=14, warranty_months=24)
    assert (here.bought, here.return_by, here.warranty_until) == (
        date(2028, 2, 29),
        date(2028, 3, 14),
        date(2030, 2, 28),
    )
    assert replace(BIKE, bought=date(2028, 2, 1)).delivered(
        date(2028, 2, 29), returns_days=None, warranty_months=None
    ) == replace(BIKE, bought=date(2028, 2, 1))


def test_a_promise_without_end_still_has_a_day() -> None:
    here = BIKE.delivered(date(2028, 1, 1), returns_days=10**12, warranty_months=10**12)
    assert here.warranty_until == date(2128, 1, 1)
    assert here.return_by is not None


def test_a_thing_can_go_and_come_back() -> None:
    gone = BIKE.given_away(date(2028, 3, 1))
    assert gone.gone == date(2028, 3, 1)
    assert gone.given_away(None) == BIKE
    assert BIKE.words == "Road bike WX 1183"


@pytest.mark.parametrize("members", [{"title": " "}, {"serial": "x" * 201}, {"note": "x" * 4001}, {"quantity": 0}])
def test_a_thing_has_a_name_and_is_there(members: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        replace(BIKE, **members)


def _booking(kind: BookingKind, minor: int, currency: str = "EUR") -> Booking:
    return Booking(
        id=f"{kind}{minor}",
        vendor=VendorId("vendor-1"),
        at=NOW,
        on=NOW.date(),
        kind=kind,
        amount=Money(minor=minor, currency=currency),
        what="Bike",
        number="R 7",
    )


def test_a_receipt_moves_nothing_and_nobody_owes_less_than_nothing() -> None:
    [euro] = balances(
        _booking(kind, minor)
        for kind, minor in (
            (BookingKind.OWED, 800),
            (BookingKind.PAID, 900),
            (BookingKind.RECEIPT, 900),
            (BookingKind.BACK, 100),
        )
    )
    assert (euro.open.minor, euro.spent.minor) == (0, 800)
    assert balances([_booking(BookingKind.OWED, 5)])[0].open == Money(minor=5, currency="EUR")
    assert balances(()) == ()
    assert _booking(BookingKind.PAID, 1).words == "Bike R 7"


@given(st.lists(records(Booking), max_size=12))
def test_sums_never_cross_currencies(bookings: list[Booking]) -> None:
    found = balances(bookings)
    assert [one.currency for one in found] == sorted({one.amount.currency for one in bookings})
    for one in found:
        own = [booking.amount.minor for booking in bookings if booking.amount.currency == one.currency]
        receipts = [
            booking.amount.minor
            for booking in bookings
            if booking.amount.currency == one.currency and booking.kind is BookingKind.RECEIPT
        ]
        assert one.owed + one.paid + one.back == sum(own) - sum(receipts)


@pytest.mark.parametrize("members", [{"amount": Money(minor=-1, currency="EUR")}, {"what": " "}, {"number": "x" * 201}])
def test_a_booking_says_which_way_and_what_for(members: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue):
        replace(_booking(BookingKind.PAID, 1), **members)
