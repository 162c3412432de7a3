"""Wants as JSON files: every member, each wrong in turn, and the same shape that the command line prints."""

import json
from datetime import date
from typing import Any

import pytest

from tests.fakes import specimens
from vrm_desktop.domain.intentcast import Condition, Fulfilment, Weights
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.want_draft import WantDraft
from vrm_desktop.formats.errors import NotAWantFile
from vrm_desktop.formats.want_file import MEMBERS, read_want, write_want

WHOLE: dict[str, Any] = {
    "title": "road bike",
    "category": "mobility.bicycle",
    "area": {"country": "DE", "region": "DE-NW", "postal_prefix": "50"},
    "details": "no carbon",
    "attributes": {"type": "road"},
    "condition": "used",
    "fulfilment": "delivered",
    "place": "Ehrenfeld",
    "quantity": 2,
    "needed_by": "2026-12-02",
    "answers_by": "2026-11-25",
    "price_cap": {"minor": 80000, "currency": "EUR"},
    "payment": ["sepa-transfer", "cash"],
    "weights": {"cost": 1, "date": 2, "care": 3, "privacy": 4},
    "sealed_offers": True,
}


def read(value: object) -> WantDraft:
    return read_want(json.dumps(value).encode())


def test_every_member_is_read() -> None:
    assert set(WHOLE) == MEMBERS
    assert read(WHOLE) == WantDraft(
        title="road bike",
        category="mobility.bicycle",
        area=Area(country="DE", region="DE-NW", postal_prefix="50"),
        details="no carbon",
        attributes={"type": "road"},
        condition=Condition.USED,
        fulfilment=Fulfilment.DELIVERED,
        place="Ehrenfeld",
        quantity=2,
        needed_by=date(2026, 12, 2),
        answers_by=date(2026, 11, 25),
        price_cap=Money(minor=80000, currency="EUR"),
        payment=("sepa-transfer", "cash"),
        weights=Weights(cost=1, date=2, care=3, privacy=4),
        sealed_offers=True,
    )


def test_everything_may_be_left_out_or_null() -> None:
    assert read({}) == WantDraft()
    assert read(dict.fromkeys(MEMBERS)) == WantDraft()


def test_an_area_may_be_a_code() -> None:
    assert read({"area": "DE-NW"}).area == Area(country="DE", region="DE-NW")


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("title", 7),
        ("category", ["x"]),
        ("area", "Cologne"),
        ("area", 5),
        ("area", {"region": "DE-NW"}),
        ("area", {"country": "DE", "region": "FR-75"}),
        ("details", {}),
        ("place", 1),
        ("attributes", "type=road"),
        ("attributes", {"type": 5}),
        ("condition", "broken"),
        ("fulfilment", "thrown"),
        ("quantity", "2"),
        ("quantity", True),
        ("needed_by", "tomorrow"),
        ("needed_by", 20261202),
        ("answers_by", "2026-02-30"),
        ("price_cap", 800),
        ("price_cap", {"minor": 80000}),
        ("price_cap", {"minor": "80000", "currency": "EUR"}),
        ("price_cap", {"minor": 80000, "currency": "euro"}),
        ("payment", "cash"),
        ("payment", [7]),
        ("weights", {"cost": 11}),
        ("weights", {"speed": 1}),
        ("weights", {"cost": 0, "date": 0, "care": 0, "privacy": 0}),
        ("sealed_offers", "yes"),
        ("colour", "red"),
    ],
)
def test_each_member_that_is_wrong_is_refused(member: str, value: object) -> None:
    with pytest.raises(NotAWantFile):
        read({**WHOLE, member: value})


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"7", b"{", b'{"title": "a", "title": "b"}', b"\xff", b'{"quantity": 1.5}', b"[" * 5000]
)
def test_what_is_not_one_strict_object_is_refused(data: bytes) -> None:
    with pytest.raises(NotAWantFile):
        read_want(data)


def test_a_want_to_share_says_what_it_is_and_nothing_of_whose_it_was() -> None:
    want = specimens.WANT
    shared = read_want(write_want(want))
    assert (shared.title, shared.category, shared.attributes, shared.quantity, shared.condition) == (
        want.title,
        want.category,
        want.attributes,
        want.quantity,
        want.condition,
    )
    assert shared.area == Area(country=want.area.country)
    nothing = (shared.place, shared.needed_by, shared.answers_by, shared.price_cap, shared.payment, shared.weights)
    assert nothing == ("", None, None, None, (), None)
    assert want.price_cap is not None
    assert read_want(write_want(want, with_cap=True)).price_cap == want.price_cap
