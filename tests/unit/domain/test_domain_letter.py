"""A letter is a draft, is handed out, and went on a day or not at all."""

from dataclasses import replace
from datetime import date

import pytest

from tests.fakes.letters import DRAFT, OUT
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.letter import LetterState

DAY = date(2026, 5, 5)


def test_it_goes_from_draft_to_sent() -> None:
    assert OUT.state is LetterState.HANDED_OUT
    sent = OUT.went(DAY)
    assert (sent.state, sent.sent) == (LetterState.SENT, DAY)
    assert sent.handed_out() == sent


def test_it_may_be_dropped() -> None:
    assert OUT.dropped().state is LetterState.DROPPED
    assert OUT.went(DAY).dropped().sent is None


def test_its_paragraphs_are_apart_by_empty_lines() -> None:
    assert replace(DRAFT, body="a\nb\n\n\n\nc\n").paragraphs == ("a\nb", "c")
    assert DRAFT.words.startswith(DRAFT.subject)


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": " "},
        {"subject": "x" * 301},
        {"subject": "a\nBcc: b"},
        {"body": "\n"},
        {"body": "x" * 20_001},
        {"to": ("x",) * 13},
        {"sender": ("x",) * 13},
        {"sent": DAY},
        {"state": LetterState.SENT},
    ],
    ids=str,
)
def test_it_keeps_its_rules(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        replace(DRAFT, **wrong)  # type: ignore[arg-type]
