"""How well typed lines are read, measured on 300 labelled ones; half of them were written before the parser."""

import pytest

from tests.fakes.typed_line_corpus import UNKNOWN_WEIGHT, WRONG_WEIGHT, Grade, grade, labels, read
from vrm_desktop.domain.categories import check_attributes

FILES = ("before_parser.jsonl", "after_parser.jsonl")


@pytest.mark.parametrize("name", FILES)
def test_few_chips_are_wrong_few_are_missed_and_nothing_unclear_is_guessed(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    grades = [grade(label, read(label)) for label in labels(name)]
    right, wrong, unknown, not_asked, needless = (_count(grades, part) for part in Grade.__slots__)
    with capsys.disabled():
        print(
            f"\n{name}: {right} right, {wrong} wrong, {unknown} unknown, "
            f"cost {WRONG_WEIGHT * wrong + UNKNOWN_WEIGHT * unknown}; "
            f"{not_asked} questions missed, {needless} needless"
        )
    assert len(grades) == 150
    assert wrong <= 0.005 * (right + wrong)
    assert unknown <= 0.02 * (right + unknown)
    assert not_asked <= 1
    assert needless <= 6


@pytest.mark.parametrize("name", FILES)
def test_labels_use_the_closed_lists(name: str) -> None:
    for label in labels(name):
        if "category" in label.expect:
            check_attributes(label.expect["category"], label.expect.get("attributes", {}))
        assert not label.ask & label.expect.keys(), label.text


def test_a_wrong_chip_a_missed_one_and_a_missed_question_are_noticed() -> None:
    label, other = labels(FILES[0])[:2]
    swapped = grade(label, read(other))
    assert swapped.wrong
    assert swapped.unknown
    asking = next(one for one in labels(FILES[0]) if "needed_by" in one.ask)
    assert "needed_by" in grade(asking, read(label)).not_asked


def _count(grades: list[Grade], part: str) -> int:
    return sum(len(getattr(one, part)) for one in grades)
