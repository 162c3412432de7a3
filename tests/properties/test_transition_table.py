"""The table of transitions, looked at exhaustively: paths, one counter, and messages that cross."""

from collections import deque
from typing import TypeAlias

import pytest

from vrm_desktop.domain.kinds import (
    BEYOND_CORE,
    TRANSITIONS,
    Kind,
    NotAllowedNow,
    Side,
    State,
    allowed,
    next_state,
)

Step: TypeAlias = tuple[Kind, str]
QUOTING = {State.REVEALED, State.OFFERED, State.HAGGLING, State.PASSED}


def steps(side: Side, state: State) -> list[tuple[Step, State]]:
    """What `side` may say in `state`, and where it leads."""
    return [
        ((row.kind, row.outcome), row.target or state)
        for row in TRANSITIONS
        if row.sender is side and state in row.sources and not row.late
    ]


def edges() -> set[tuple[State, Step, State]]:
    return {(state, step, target) for state in State for side in Side for step, target in steps(side, state)}


def test_every_state_can_be_reached() -> None:
    assert reachable(State.NEW, edges()) == set(State)


def reachable(start: State, graph: set[tuple[State, Step, State]]) -> set[State]:
    found, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for source, _, target in graph:
            if source is here and target not in found:
                found.add(target)
                waiting.append(target)
    return found


def test_no_path_reaches_revealed_without_agreed() -> None:
    around = {edge for edge in edges() if State.AGREED not in {edge[0], edge[2]}}
    assert not reachable(State.NEW, around) & {*QUOTING, State.ORDERED, State.CONFIRMED}


def test_revealed_is_entered_by_a_reveal_from_agreed_alone() -> None:
    entries = {(source, step[0]) for source, step, target in edges() if target in QUOTING and source not in QUOTING}
    assert entries == {(State.AGREED, Kind.REVEAL)}


def test_agreed_is_entered_by_signatures_alone() -> None:
    entries = {(source, step) for source, step, target in edges() if target is State.AGREED and source is not target}
    assert entries == {
        (State.ASKED, (Kind.TERMS_ANSWER, "accept")),
        (State.COUNTERED, (Kind.TERMS_ACCEPT, "")),
    }


def test_no_path_has_two_counters_on_terms() -> None:
    counters = {edge for edge in edges() if edge[1] == (Kind.TERMS_ANSWER, "counter")}
    for _, _, target in counters:
        assert not {source for source, _, _ in counters} & reachable(target, edges())


def test_no_path_has_two_reveals_or_two_orders() -> None:
    for kind in (Kind.PING, Kind.REVEAL, Kind.ACCEPT, Kind.CONFIRMATION, Kind.END, Kind.CLOSURE):
        said = {edge for edge in edges() if edge[1][0] is kind}
        again = {source for source, _, _ in said}
        assert not [target for _, _, target in said if again & reachable(target, edges())], kind


def test_after_the_end_one_may_claim_and_answer_and_nothing_else() -> None:
    assert allowed(Side.PERSON, State.ENDED) == {Kind.CASE, Kind.CASE_ANSWER, Kind.DATA_REQUEST}
    assert allowed(Side.VENDOR, State.ENDED) == {
        Kind.CASE_ANSWER,
        Kind.REFUND,
        Kind.USE_REPORT,
        Kind.ACKNOWLEDGEMENT,
    }
    assert {target for side in Side for _, target in steps(side, State.ENDED)} == {State.ENDED}


def test_no_key_changes_while_a_document_waits_for_its_second_signature() -> None:
    half_signed = {State.NEW, State.ASKED, State.COUNTERED, State.ORDERED, State.ENDED}
    for state in State:
        assert (Kind.KEY_CHANGE in allowed(Side.PERSON, state)) is (state not in half_signed)


def test_personal_values_are_told_after_an_agreement_and_before_an_end_only() -> None:
    agreed = {State.AGREED, *QUOTING, State.ORDERED, State.CONFIRMED}
    for kind in (Kind.UPDATE, Kind.GRANT):
        assert {state for state in State if kind in allowed(Side.PERSON, state)} == agreed


def test_what_may_be_wished_for_can_be_answered() -> None:
    for state in State:
        if Kind.DATA_REQUEST in allowed(Side.VENDOR, state):
            assert {Kind.GRANT, Kind.REFUSE} <= allowed(Side.PERSON, state)
        if Kind.DATA_REQUEST in allowed(Side.PERSON, state):
            assert Kind.USE_REPORT in allowed(Side.VENDOR, state)
        if Kind.CASE in allowed(Side.PERSON, state):
            assert Kind.CASE_ANSWER in allowed(Side.VENDOR, state)
        if Kind.VOICE in allowed(Side.PERSON, state):
            assert Kind.VOICE_ANSWER in allowed(Side.VENDOR, state)


def test_every_kind_has_a_transition_and_the_new_ones_are_the_persons() -> None:
    assert {row.kind for row in TRANSITIONS} == set(Kind)
    assert {row.kind for row in TRANSITIONS if row.sender is Side.PERSON} >= BEYOND_CORE


def test_a_person_can_always_leave() -> None:
    for state in set(State) - {State.NEW, State.ENDED, State.ENDING}:
        assert Kind.END in allowed(Side.PERSON, state)


def test_one_kind_leads_to_one_state() -> None:
    for state in State:
        for side in Side:
            said = [step for step, _ in steps(side, state)]
            assert len(said) == len(set(said))


def test_a_late_row_is_for_receiving_only() -> None:
    assert next_state(Kind.OFFER, Side.VENDOR, State.ORDERED, receiving=True) is State.ORDERED
    with pytest.raises(NotAllowedNow):
        next_state(Kind.OFFER, Side.VENDOR, State.ORDERED)


def test_a_side_has_an_other() -> None:
    assert (Side.PERSON.other, Side.VENDOR.other) == (Side.VENDOR, Side.PERSON)


Pipe: TypeAlias = tuple[Step, ...]
World: TypeAlias = tuple[State, State, Pipe, Pipe]


def alike() -> dict[Side, frozenset[Kind]]:
    """One kind for all that have the very same rows: what holds for it holds for them."""
    chosen: dict[tuple[object, ...], Kind] = {}
    for side in Side:
        for kind in Kind:
            mine = [row for row in TRANSITIONS if row.kind is kind and row.sender is side]
            rows = frozenset((row.sources, row.target, row.outcome, row.late) for row in mine)
            if mine:
                chosen.setdefault((side, rows), kind)
    return {side: frozenset(kind for (one, _), kind in chosen.items() if one is side) for side in Side}


SHOWN = alike()


def test_kinds_with_the_same_rows_are_looked_at_once() -> None:
    assert SHOWN[Side.PERSON] >= {Kind.PING, Kind.KEY_CHANGE, Kind.UPDATE, Kind.CASE, Kind.ORDER_CHANGE}
    assert Kind.GRANT not in SHOWN[Side.PERSON]
    assert SHOWN[Side.VENDOR] >= {Kind.CLOSURE, Kind.REFUND, Kind.DATA_REQUEST, Kind.CASE_ANSWER}


MOVING = {side: frozenset(row.kind for row in TRANSITIONS if row.sender is side and row.target) for side in Side}


@pytest.mark.parametrize(("kinds", "in_flight", "least"), [(MOVING, 3, 2_000), (SHOWN, 2, 10_000)])
def test_messages_may_cross_in_every_way_and_none_is_ever_refused(
    kinds: dict[Side, frozenset[Kind]], in_flight: int, least: int
) -> None:
    """All worlds of two sides with so many messages under way to each: whatever was sent can be received."""
    start: World = (State.NEW, State.NEW, (), ())
    seen, waiting = {start}, deque([start])
    while waiting:
        for world in following(waiting.popleft(), kinds, in_flight):
            if world not in seen:
                seen.add(world)
                waiting.append(world)
    assert len(seen) > least
    for person, desk, to_desk, to_person in seen:
        if not to_desk and not to_person and State.ENDED in {person, desk}:
            assert person is desk
        if not to_desk and not to_person and person is not desk:
            assert {person, desk} <= QUOTING | {State.WITHDRAWN, State.DECLINED}


def following(world: World, kinds: dict[Side, frozenset[Kind]], in_flight: int) -> list[World]:
    person, desk, to_desk, to_person = world
    result: list[World] = []
    if len(to_desk) < in_flight:
        said = [(step, state) for step, state in steps(Side.PERSON, person) if step[0] in kinds[Side.PERSON]]
        result += [(state, desk, (*to_desk, step), to_person) for step, state in said]
    if len(to_person) < in_flight and desk is not State.NEW:
        said = [(step, state) for step, state in steps(Side.VENDOR, desk) if step[0] in kinds[Side.VENDOR]]
        result += [(person, state, to_desk, (*to_person, step)) for step, state in said]
    if to_desk:
        (kind, outcome), *rest = to_desk
        result.append((person, next_state(kind, Side.PERSON, desk, outcome, receiving=True), tuple(rest), to_person))
    if to_person:
        (kind, outcome), *rest = to_person
        result.append((next_state(kind, Side.VENDOR, person, outcome, receiving=True), desk, to_desk, tuple(rest)))
    return result
