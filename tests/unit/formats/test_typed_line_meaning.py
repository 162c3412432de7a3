"""The contract of a parsed line, whatever grammar made it."""

from datetime import date

import pytest

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.intentcast import TITLE_LENGTH
from vrm_desktop.formats.typed_line.line import parse
from vrm_desktop.formats.typed_line.meaning import Chip, Field, ParsedLine, Why
from vrm_desktop.formats.typed_line.words import LONGEST_LINE

TODAY = date(2026, 11, 18)


def test_a_chip_keeps_the_words_it_was_read_from() -> None:
    parsed = parse("used bike, under 800 EUR, Cologne", today=TODAY)
    chip = parsed.chip(Field.PRICE_CAP)
    assert chip is not None
    assert parsed.text[chip.start : chip.end] == chip.source == "under 800 EUR"


def test_a_chip_whose_words_are_not_in_the_line_cannot_be_made() -> None:
    chip = Chip(field=Field.WHAT, value="bike", start=0, end=4, source="bike")
    assert ParsedLine(text="bike", chips=(chip,), questions=()).title == "bike"
    for text in ("", "boat", "a bike"):
        with pytest.raises(InvalidValue):
            ParsedLine(text=text, chips=(chip,), questions=())


def test_control_signs_become_spaces_and_composed_letters_are_read() -> None:
    parsed = parse("Rennrad\x00\nKo\u0308ln\u202e", today=TODAY)
    assert parsed.text == "Rennrad  Köln "
    assert parsed.place is not None
    assert parsed.title == "Rennrad"


def test_the_longest_line_is_read_and_a_longer_one_is_asked_to_be_shortened() -> None:
    assert parse("bike ".ljust(LONGEST_LINE, "."), today=TODAY).title == "bike"
    (question,) = parse("bike ".ljust(LONGEST_LINE + 1, "."), today=TODAY).questions
    assert question.why is Why.TOO_LONG


def test_a_title_longer_than_a_want_may_have_is_asked_to_be_shortened() -> None:
    parsed = parse("bike with " + "a very red saddle " * 10 + ", Bonn", today=TODAY)
    (question,) = parsed.questions
    assert (question.field, question.why, parsed.title) == (Field.WHAT, Why.TOO_LONG, None)
    (shorter,) = question.choices
    assert isinstance(shorter, str)
    assert shorter.startswith("bike with a very red saddle")
    assert len(shorter) <= TITLE_LENGTH
    assert parse("x" * 200 + ", bike", today=TODAY).questions[0].choices != ("",)


def test_an_empty_reading_has_no_values() -> None:
    parsed = parse("", today=TODAY)
    assert parsed.chips == ()
    assert not parsed.clear
    assert {question.field for question in parsed.questions} == {Field.WHAT, Field.CATEGORY, Field.AREA}
    values = (parsed.title, parsed.category, parsed.condition, parsed.fulfilment, parsed.place, parsed.price_cap)
    assert values == (None,) * 6
    assert (parsed.needed_by, parsed.answers_by, parsed.quantity, dict(parsed.attributes)) == (None, None, None, {})
