"""A data-rights request: what may happen in each state, what is next, and days that contradict each other."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from vrm_desktop.domain.clocks import ClockKind, Regime
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.living import DataRight, ReportState
from vrm_desktop.domain.rights import (
    DPV_STATUS,
    EVENT_OF_REPORT,
    TABLE,
    Demand,
    Identifier,
    NextStep,
    NotInThisState,
    Pressing,
    RequestEvent,
    RequestState,
    RequestStep,
    RightsRequest,
    RightsWay,
)

E, S = RequestEvent, RequestState
MONDAY = date(2026, 5, 4)
NONE: frozenset[date] = frozenset()
DRAFT = RightsRequest(
    id="rights-1",
    vendor=VendorId("vendor-1"),
    relationship=RelationshipId("rel-1"),
    at=datetime(2026, 5, 4, 12, 0, tzinfo=UTC),
    right=DataRight.ACCESS,
    regime=Regime.GDPR,
    way=RightsWay.LETTER,
    reference="2026-K7F3Q9",
    country="DE",
    identifiers=(Identifier(name="customer number", value="4711"),),
    text="also what the shop in Köln holds",
)


def step(event: RequestEvent, day: date = MONDAY, text: str = "") -> RequestStep:
    """Something that happened."""
    return RequestStep(event=event, on=day, text=text, demand=Demand.ID_COPY if event is E.DEMANDED else None)


def after(*events: tuple[RequestEvent, date]) -> RightsRequest:
    """The request after all of these."""
    moved = DRAFT
    for event, day in events:
        moved = moved.after(step(event, day))
    return moved


SENT = after((E.WENT, MONDAY))


def in_state(state: RequestState) -> RightsRequest:
    """The request in any state."""
    return DRAFT if state is S.DRAFT else replace(SENT, state=state)


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("event", E)
def test_the_table_alone_says_what_may_happen(state: RequestState, event: RequestEvent) -> None:
    there = in_state(state)
    sources, target = TABLE[event]
    assert there.may(event) is (state in sources)
    if state in sources:
        assert there.after(step(event)).state is (target or state)
    else:
        with pytest.raises(NotInThisState):
            there.after(step(event))


def test_every_state_has_a_name_in_the_public_vocabulary_and_every_report_an_event() -> None:
    assert set(DPV_STATUS) == set(S)
    assert set(EVENT_OF_REPORT) == set(ReportState)


def test_the_way_from_silence_to_the_authority() -> None:
    assert DRAFT.next_step(MONDAY, NONE) is NextStep.SEND
    assert replace(DRAFT, way=RightsWay.WIRE).next_step(MONDAY, NONE) is NextStep.WAIT
    assert DRAFT.clocks(NONE) == ()
    assert not DRAFT.overdue(MONDAY, NONE)
    assert DRAFT.answer_due(NONE) is None
    due = SENT.clocks(NONE)[0].due
    assert due == date(2026, 6, 4)
    assert SENT.next_step(due, NONE) is NextStep.WAIT
    late = due + timedelta(days=1)
    assert SENT.next_step(late, NONE) is NextStep.REMIND
    reminded = SENT.after(step(E.REMINDED, late))
    assert (reminded.pressing, reminded.next_step(late, NONE)) == (Pressing.REMINDED, NextStep.ADMONISH)
    admonished = reminded.after(step(E.ADMONISHED, late))
    last = admonished.clocks(NONE)[-1]
    assert (last.kind, last.due) == (ClockKind.ADMONITION, date(2026, 6, 19))
    assert admonished.next_step(last.due, NONE) is NextStep.WAIT
    assert admonished.next_step(last.due + timedelta(days=1), NONE) is NextStep.COMPLAIN
    complained = admonished.after(step(E.COMPLAINED, date(2026, 6, 22)))
    authority = complained.clocks(NONE)[-1]
    assert (authority.kind, authority.due) == (ClockKind.COMPLAINT, date(2026, 9, 22))
    assert complained.next_step(authority.due, NONE) is NextStep.WAIT
    assert complained.next_step(authority.due + timedelta(days=1), NONE) is NextStep.ASK_AUTHORITY


def test_a_demand_is_met_and_the_clock_goes_on() -> None:
    demanded = SENT.after(step(E.DEMANDED, date(2026, 5, 7)))
    assert demanded.next_step(date(2026, 5, 8), NONE) is NextStep.MEET_DEMAND
    met = demanded.after(step(E.DEMAND_MET, date(2026, 5, 8)))
    assert met.next_step(date(2026, 5, 9), NONE) is NextStep.WAIT
    assert [clock.due for clock in met.clocks(NONE)] == [date(2026, 6, 4)]


def test_a_refusal_is_looked_at_and_may_be_admonished() -> None:
    refused = SENT.after(step(E.REFUSED, date(2026, 5, 7), "we need it ourselves"))
    assert refused.next_step(date(2026, 5, 8), NONE) is NextStep.LOOK_AT_ANSWER
    assert refused.clocks(NONE) == ()
    assert not refused.overdue(date(2027, 1, 1), NONE)
    assert "we need it ourselves" in refused.words
    admonished = refused.after(step(E.ADMONISHED, date(2026, 5, 11)))
    assert admonished.next_step(date(2026, 5, 26), NONE) is NextStep.COMPLAIN
    assert refused.open
    fulfilled = refused.after(step(E.FULFILLED, date(2026, 5, 20)))
    assert not fulfilled.open
    assert fulfilled.next_step(date(2027, 1, 1), NONE) is NextStep.NOTHING


def test_an_extension_counts_only_when_it_is_announced_in_time() -> None:
    in_time = SENT.after(step(E.EXTENDED, date(2026, 6, 4)))
    assert [clock.due for clock in in_time.clocks(NONE)] == [date(2026, 8, 4)]
    too_late = SENT.after(step(E.EXTENDED, date(2026, 6, 5)))
    assert [clock.due for clock in too_late.clocks(NONE)] == [date(2026, 6, 4)]
    assert too_late.overdue(date(2026, 6, 5), NONE)


def test_a_second_extension_gives_nothing() -> None:
    again = after((E.WENT, MONDAY), (E.EXTENDED, date(2026, 6, 1)), (E.EXTENDED, date(2026, 7, 30)))
    assert [clock.due for clock in again.clocks(NONE)] == [date(2026, 8, 4)]


def test_california_waits_for_a_confirmation_first() -> None:
    sent = replace(DRAFT, regime=Regime.CCPA).after(step(E.WENT))
    assert [clock.kind for clock in sent.clocks(NONE)] == [ClockKind.CONFIRM, ClockKind.ANSWER]
    confirmed = sent.after(step(E.ACKNOWLEDGED))
    assert [clock.kind for clock in confirmed.clocks(NONE)] == [ClockKind.ANSWER]


def test_whoever_answers_has_received_it() -> None:
    by_post = DRAFT.after(RequestStep(event=E.WENT, on=MONDAY, until=date(2026, 5, 7)))
    assert (by_post.went_on, by_post.received) == (MONDAY, date(2026, 5, 7))
    confirmed = by_post.after(step(E.ACKNOWLEDGED, date(2026, 5, 5)))
    assert confirmed.received == date(2026, 5, 5)
    assert confirmed.newest_day == date(2026, 5, 5)
    assert by_post.after(step(E.REMINDED, date(2026, 5, 5))).received == date(2026, 5, 7)


def test_days_before_it_went_are_refused() -> None:
    with pytest.raises(InvalidValue):
        SENT.after(step(E.FULFILLED, date(2026, 5, 3)))


def test_the_day_of_receipt_can_be_corrected_between_sending_and_answer() -> None:
    confirmed = SENT.after(step(E.ACKNOWLEDGED, date(2026, 5, 8)))
    assert confirmed.receipt_on(date(2026, 5, 6)).received == date(2026, 5, 6)
    for wrong in (date(2026, 5, 3), date(2026, 5, 9)):
        with pytest.raises(InvalidValue):
            confirmed.receipt_on(wrong)
    with pytest.raises(InvalidValue):
        DRAFT.receipt_on(MONDAY)


def test_a_request_keeps_its_invariants() -> None:
    with pytest.raises(InvalidValue):
        replace(DRAFT, reference="")
    with pytest.raises(InvalidValue):
        replace(DRAFT, received=MONDAY)
    with pytest.raises(InvalidValue):
        Identifier(name="", value="x")
    with pytest.raises(InvalidValue):
        RequestStep(event=E.DEMANDED, on=MONDAY)
    with pytest.raises(InvalidValue):
        RequestStep(event=E.WENT, on=MONDAY, text="x" * 4001)


def test_a_request_let_go_runs_no_clock() -> None:
    gone = SENT.after(step(E.WITHDRAWN, date(2026, 5, 6)))
    assert gone.clocks(NONE) == ()
    assert gone.last(E.REMINDED) is None
    assert not gone.open
