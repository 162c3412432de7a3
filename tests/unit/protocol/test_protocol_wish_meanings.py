"""A vendor's wish and its receipts in the domain's words."""

from datetime import date
from typing import Any

from msgspec import UNSET

from tests.fakes.two_sides import TwoSides
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.wish import InReturn
from vrm_desktop.protocol import messages
from vrm_desktop.protocol.wish_meanings import answer_by, erased_digests, in_return_from, wished_fields

CLAIMS: dict[str, Any] = dict(TwoSides().desk.stamp())
FIELD = messages.Wish(name="profile.phone", purpose="service", days=30)


def wish(**members: Any) -> messages.DataWish:
    return messages.DataWish(**CLAIMS, fields=(FIELD,), why="", **members)


def test_fields_and_the_day_for_an_answer() -> None:
    (field,) = wished_fields(wish())
    assert (field.name, field.purpose, field.days) == ("profile.phone", "service", 30)
    assert answer_by(wish()) is None
    assert answer_by(wish(by="2027-01-02")) == date(2027, 1, 2)


def test_a_return_with_and_without_an_amount() -> None:
    day = date(2027, 1, 2)
    assert in_return_from(wish()) is None
    plain = messages.InReturn(what="A bell", due="2027-01-02")
    assert in_return_from(wish(in_return=plain)) == InReturn(what="A bell", due=day)
    paid = messages.InReturn(what="Money", due="2027-01-02", amount=500, currency="EUR")
    assert in_return_from(wish(in_return=paid)) == InReturn(
        what="Money", due=day, amount=Money(minor=500, currency="EUR")
    )
    half = messages.InReturn(what="Money", due="2027-01-02", amount=500)
    assert in_return_from(wish(in_return=half)) == InReturn(what="Money", due=day)


def test_an_acknowledgement_names_what_was_erased_or_nothing() -> None:
    assert erased_digests(messages.Acknowledgement(**CLAIMS, of="x" * 43, erased=UNSET)) == frozenset()
    erased = messages.Acknowledgement(**CLAIMS, of="x" * 43, erased=("d" * 43,))
    assert erased_digests(erased) == frozenset({"d" * 43})
