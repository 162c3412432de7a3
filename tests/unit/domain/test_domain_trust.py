"""Trust is counted from promises, cases, what was asked and what leaked: denominators, dates and rows; no score."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from vrm_desktop.domain.case import Case, CaseStanding
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.leak import Leak, ReplyReference
from vrm_desktop.domain.living import CaseAbout, Remedy
from vrm_desktop.domain.promise import Promise, PromiseOf
from vrm_desktop.domain.trust import AskedField, Measure, Outcome, Tally, tallies

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
VENDOR = VendorId("vendor-1")


def promise(key: str, of: PromiseOf = PromiseOf.DELIVERY, due: date | None = None) -> Promise:
    return Promise(id=key, vendor=VENDOR, of=of, what=f"promise {key}", at=NOW, due=due, source="order")


def case(key: str, standing: CaseStanding) -> Case:
    return Case(
        id=key,
        vendor=VENDOR,
        relationship=RelationshipId("rel-1"),
        at=NOW,
        about=CaseAbout.PRODUCT,
        what="It squeaks.",
        want=Remedy.REPAIR,
        standing=standing,
    )


def leak(address: str = "me+a@mail.example", what: str = "") -> Leak:
    return Leak(id="leak-1", vendor=VENDOR, relationship=None, at=NOW, on=TODAY, address=address, what=what)


def reference(key: str, address: str) -> ReplyReference:
    return ReplyReference(id=key, vendor=VENDOR, at=NOW, address=address)


def counted(**given: object) -> dict[Measure, Tally]:
    usual: dict[str, object] = {"promises": (), "asked": (), "cases": (), "references": (), "leaks": ()}
    found = tallies(**(usual | given), today=TODAY)  # type: ignore[arg-type]
    return {one.measure: one for one in found}


def test_promises_are_counted_kept_of_made_and_what_is_open_counts_for_nobody() -> None:
    due = TODAY - timedelta(days=5)
    made = (
        promise("1", due=due).kept(due),
        promise("2", due=due).kept(due + timedelta(days=1)),
        promise("3", due=due).broken(TODAY),
        promise("4", due=due),
        promise("5", due=TODAY),
        promise("6", due=due).waived(TODAY),
        promise("7", PromiseOf.DELETION).kept(TODAY),
    )
    found = counted(promises=made)
    delivery = found[Measure.DELIVERY]
    assert (delivery.good, delivery.late, delivery.of, delivery.open) == (2, 1, 4, 1)
    assert (delivery.first, delivery.last) == (due, TODAY)
    assert {row.source: row.outcome for row in delivery.rows} == {
        "1": Outcome.GOOD,
        "2": Outcome.LATE,
        "3": Outcome.BAD,
        "4": Outcome.OVERDUE,
        "5": Outcome.OPEN,
    }
    assert [row.on for row in delivery.rows] == sorted((row.on for row in delivery.rows), reverse=True)
    assert (found[Measure.DELETION].good, found[Measure.DELETION].of) == (1, 1)
    assert set(found) == {Measure.DELIVERY, Measure.DELETION}


def test_a_promise_without_a_day_stays_open_and_every_kind_has_its_measure() -> None:
    found = counted(promises=[promise(of.value, of) for of in PromiseOf])
    assert {measure.value for measure in found} == {of.value for of in PromiseOf}
    assert {one.open for one in found.values()} == {1}
    assert {one.of for one in found.values()} == {0}


def test_what_was_asked_for_is_counted_against_what_was_needed() -> None:
    asked = [
        AskedField(name=f"profile.{n}", on=TODAY, needed=n != "birthday", source="offer") for n in ("name", "birthday")
    ]
    tally = counted(asked=asked)[Measure.ASKED]
    assert (tally.good, tally.of) == (1, 2)


def test_a_case_counts_once_the_person_has_said_how_it_ended() -> None:
    cases = [case(one.value, one) for one in CaseStanding]
    tally = counted(cases=cases)[Measure.CASES]
    assert (tally.good, tally.of, tally.open) == (1, 2, len(CaseStanding) - 3)


def test_leaks_are_counted_of_the_addresses_that_it_alone_was_given() -> None:
    references = (reference("r1", "ME+a@mail.example"), reference("r2", "me+b@mail.example"))
    tally = counted(references=references, leaks=(leak(), leak()))[Measure.LEAKS]
    assert (tally.good, tally.of) == (1, 2)


def test_a_reference_is_retired_once_and_stays_known() -> None:
    one = reference("r1", "me+a@mail.example").given_up(TODAY)
    assert one.given_up(TODAY + timedelta(days=3)).retired == TODAY
    assert one.words == "me+a@mail.example"
    assert leak().words == "me+a@mail.example"
    assert replace(leak(), what="Casino mail").words == "me+a@mail.example\nCasino mail"


@pytest.mark.parametrize(
    "address", ["", "me", "@mail.example", "me@", "a b@mail.example", "a\n@b.example", f"{'a' * 260}@b.example"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(InvalidValue):
        reference("r1", address)
    with pytest.raises(InvalidValue):
        leak(address)


def test_what_happened_is_told_in_bounded_words() -> None:
    with pytest.raises(InvalidValue):
        leak(what="a" * 2001)
