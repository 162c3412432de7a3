"""Whatever is typed, the parser answers, quickly and within its contract."""

import json
import time
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.typed_line_corpus import FOLDER
from vrm_desktop.domain.categories import check_attributes
from vrm_desktop.domain.intentcast import TITLE_LENGTH
from vrm_desktop.formats.typed_line.line import parse
from vrm_desktop.formats.typed_line.meaning import Field, ParsedLine
from vrm_desktop.formats.typed_line.words import LONGEST_LINE

PIECES = sorted(
    {
        word
        for row in (FOLDER / "before_parser.jsonl").read_text("utf-8").splitlines()
        for word in json.loads(row)["text"].split(" ")
    }
)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2100, 12, 31))
COUNTRIES = st.sampled_from([None, "DE", "GB", "US", "CA", "SE", "ZZ"])
TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=25).map("".join),
    st.text(alphabet="0123456789.,-/' €$xkbyorto", max_size=200),
)


def _keeps_the_contract(parsed: ParsedLine, today: date) -> None:
    for chip in parsed.chips:
        assert parsed.text[chip.start : chip.end] == chip.source
        assert chip.source.strip()
        if isinstance(chip.value, date):
            assert chip.value >= today
    single = [chip.field for chip in parsed.chips if chip.field is not Field.ATTRIBUTE]
    assert len(set(single)) == len(single)
    asked = {question.field for question in parsed.questions if not question.key}
    assert not asked & set(single)
    if parsed.category is not None:
        check_attributes(parsed.category, parsed.attributes)
    assert parsed.title is None or 1 <= len(parsed.title) <= TITLE_LENGTH
    said = asked | set(single)
    assert Field.WHAT in said
    assert Field.AREA in said or not parsed.text


@given(text=TEXTS, today=DAYS, home=COUNTRIES)
def test_any_text_is_read_without_error_and_every_chip_comes_from_the_text(
    text: str, today: date, home: str | None
) -> None:
    _keeps_the_contract(parse(text, today=today, home_country=home), today)


@given(piece=st.one_of(st.sampled_from(PIECES), st.text(min_size=1, max_size=6)), today=DAYS)
def test_the_longest_repetition_is_read_within_two_seconds(piece: str, today: date) -> None:
    text = (piece + " ") * LONGEST_LINE
    started = time.process_time()
    parse(text[:LONGEST_LINE], today=today)
    assert time.process_time() - started < 2.0


@given(text=st.text(min_size=LONGEST_LINE + 1, max_size=LONGEST_LINE + 50), today=DAYS)
def test_a_longer_text_is_not_read_at_all(text: str, today: date) -> None:
    parsed = parse(text, today=today)
    assert (parsed.text, parsed.chips) == ("", ())
    assert [question.why.value for question in parsed.questions] == ["line-too-long"]
