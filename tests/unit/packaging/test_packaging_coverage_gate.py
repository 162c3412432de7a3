"""The coverage gate: rooms add up, two must be whole, the others nine tenths."""

from typing import Any

from coverage_gate import Room, rooms


def _file(covered: int, missing: list[int], branches: int = 0) -> dict[str, Any]:
    summary = {
        "covered_lines": covered,
        "num_statements": covered + len(missing),
        "covered_branches": branches,
        "num_branches": branches,
    }
    return {"summary": summary, "missing_lines": missing, "missing_branches": []}


def test_files_add_up_to_rooms() -> None:
    report = {
        "files": {
            "vrm_desktop/domain/offer.py": _file(9, [4]),
            "vrm_desktop/domain/money.py": _file(10, [], branches=2),
            "vrm_desktop/engine.py": _file(5, []),
        }
    }
    top, domain = rooms(report)
    assert (top.name, top.percent) == ("(top)", 100.0)
    assert (domain.name, domain.covered, domain.total) == ("domain", 21, 22)
    assert domain.gaps == ("vrm_desktop/domain/offer.py: 4",)


def test_one_line_missing_fails_a_room_that_must_be_whole() -> None:
    assert Room(name="protocol", covered=99_999, total=100_000, gaps=()).falls_short
    assert not Room(name="protocol", covered=100_000, total=100_000, gaps=()).falls_short


def test_other_rooms_may_miss_a_tenth() -> None:
    assert not Room(name="vault", covered=90, total=100, gaps=()).falls_short
    assert Room(name="vault", covered=89, total=100, gaps=()).falls_short


def test_an_empty_room_is_covered() -> None:
    assert not Room(name="conformance", covered=0, total=0, gaps=()).falls_short


def test_gaps_are_told_in_runs_and_a_branch_from_a_missing_line_is_not_told_again() -> None:
    file = _file(1, [3, 4, 5, 9]) | {"missing_branches": [[1, 9], [3, 4]]}
    (room,) = rooms({"files": {"vrm_desktop/domain/offer.py": file}})
    assert room.gaps == ("vrm_desktop/domain/offer.py: 3-5, 9, 1->9",)
