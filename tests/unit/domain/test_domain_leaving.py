"""What a vendor may still need after an end: open orders, running warranties, open cases; each until a day."""

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.fakes import specimens
from vrm_desktop.domain.case import Case, CaseStanding
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.leaving import NeededFor, still_needed
from vrm_desktop.domain.living import CaseAbout, Remedy
from vrm_desktop.domain.relationship import OrderState

TODAY = date(2026, 5, 20)
ORDER = replace(specimens.ORDER, state=OrderState.CONFIRMED)
OFFER = replace(specimens.OFFER, by=date(2026, 6, 1), warranty_months=24)
CASE = Case(
    id="case-1",
    vendor=VendorId("vendor-1"),
    relationship=RelationshipId("rel-1"),
    at=datetime(2026, 5, 19, tzinfo=UTC),
    about=CaseAbout.PRODUCT,
    what="It squeaks.",
    want=Remedy.REPAIR,
)


def test_an_open_order_and_its_warranty_stay_for_a_while() -> None:
    found = still_needed(order=ORDER, offer=OFFER, cases=(), today=TODAY)
    assert [(one.why, one.until) for one in found] == [
        (NeededFor.ORDER, date(2026, 7, 2)),
        (NeededFor.WARRANTY, date(2028, 6, 1)),
    ]


def test_what_has_come_needs_its_warranty_alone_and_only_while_it_runs() -> None:
    came = replace(ORDER, state=OrderState.FULFILLED)
    (left,) = still_needed(order=came, offer=OFFER, cases=(), today=TODAY)
    assert left.why is NeededFor.WARRANTY
    assert still_needed(order=came, offer=OFFER, cases=(), today=date(2029, 1, 1)) == ()
    assert still_needed(order=came, offer=replace(OFFER, warranty_months=None), cases=(), today=TODAY) == ()
    assert still_needed(order=came, offer=None, cases=(), today=TODAY) == ()


def test_an_order_without_a_day_counts_from_its_placing_or_today() -> None:
    (left,) = still_needed(order=ORDER, offer=None, cases=(), today=date(2026, 12, 1))
    assert left.until == date(2027, 1, 1)


def test_nothing_is_needed_where_nothing_is_open() -> None:
    assert still_needed(order=None, offer=None, cases=(), today=TODAY) == ()
    cancelled = replace(ORDER, state=OrderState.CANCELLED)
    assert still_needed(order=cancelled, offer=OFFER, cases=(), today=TODAY) == ()


def test_a_case_that_is_not_over_stays() -> None:
    over = replace(CASE, id="case-2", standing=CaseStanding.RESOLVED)
    dated = replace(CASE, id="case-3", by=date(2026, 6, 20))
    found = still_needed(order=None, offer=None, cases=(CASE, over, dated), today=TODAY)
    assert [(one.why, one.until) for one in found] == [
        (NeededFor.CLAIM, date(2027, 5, 20)),
        (NeededFor.CLAIM, date(2027, 6, 20)),
    ]
