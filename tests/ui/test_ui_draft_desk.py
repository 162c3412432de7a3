"""A want in the making: the newest act wins, and what is unclear is asked, never guessed."""

from datetime import date

import pytest

from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.want_draft import WantDraft
from vrm_desktop.formats.typed_line.line import parse
from vrm_desktop.ui.controllers.draft_desk import DraftDesk

TODAY = date(2026, 6, 1)
COLOGNE = "used 54 cm road bike, under 800 EUR, Cologne, by 2026-06-12"


def desk(line: str = "") -> DraftDesk:
    made = DraftDesk(today=TODAY)
    if line:
        made.read(parse(line, today=TODAY))
    return made


def test_a_clear_line_fills_the_draft_and_says_what_it_understood() -> None:
    view = desk(COLOGNE).view()
    assert (view.draft.category, view.draft.condition, view.draft.needed_by) == (
        "mobility.bicycle",
        Condition.USED,
        date(2026, 6, 12),
    )
    texts = {chip.text: chip.source for chip in view.chips}
    assert texts["Frame: 53–55\u00a0cm"] == "54 cm"
    assert texts["Up to €800.00, only you see this"] == "under 800 EUR"
    assert texts["Category: Bicycle"] == "road bike"
    assert (view.questions, view.missing, view.can_save) == ((), (), True)
    assert view.area_says == "North Rhine-Westphalia, Germany"
    assert view.price_text == "800.00 EUR"


def test_an_empty_desk_says_what_is_needed() -> None:
    view = desk().view()
    assert view.missing == ("title", "category", "area")
    assert not view.can_save


def test_what_is_unclear_is_asked_and_a_ready_answer_settles_it() -> None:
    made = desk("bike, Halle")
    question = next(one for one in made.view().questions if "Halle" in one.text)
    assert len(question.answers) > 1
    assert made.view().draft.area is None
    made.answer(question.key, 1)
    assert made.view().draft.area is not None
    assert made.view().draft.place == "Halle"
    assert not [one for one in made.view().questions if "Halle" in one.text]


def test_an_answer_to_a_question_that_is_gone_counts_no_more() -> None:
    made = desk("bike, Halle")
    made.answer(next(one for one in made.view().questions if "Halle" in one.text).key, 0)
    made.read(parse("bike, Berlin", today=TODAY))
    assert made.view().draft.place == "Berlin"
    made.answer("nothing was asked like this", 0)
    made.read(parse("bike", today=TODAY))
    assert made.view().draft.area is None


def test_the_form_answers_a_question_as_well() -> None:
    made = desk("bike around 800 EUR, Cologne")
    assert any("roughly" in one.text for one in made.view().questions)
    made.type_price("700 EUR")
    assert not any("roughly" in one.text for one in made.view().questions)
    assert made.view().draft.price_cap == Money(minor=70000, currency="EUR")


def test_the_form_goes_before_the_line_until_the_line_says_something_new() -> None:
    made = desk(COLOGNE)
    made.edit("condition", Condition.NEW)
    assert made.view().draft.condition is Condition.NEW
    assert "condition" not in [chip.key for chip in made.view().chips]
    made.read(parse(COLOGNE + ", delivered", today=TODAY))
    assert made.view().draft.condition is Condition.NEW
    assert made.view().draft.fulfilment is Fulfilment.DELIVERED
    made.read(parse(COLOGNE.replace("used", "refurbished"), today=TODAY))
    assert made.view().draft.condition is Condition.REFURBISHED


def test_a_chip_can_be_taken_away() -> None:
    made = desk(COLOGNE)
    for key in ("price_cap", "needed_by", "attribute:frame_cm", "title"):
        made.remove(key)
    draft = made.view().draft
    assert (draft.price_cap, draft.needed_by, draft.title) == (None, None, "")
    assert "frame_cm" not in draft.attributes
    assert made.view().price_text == ""
    assert made.view().missing == ("title",)


def test_another_category_has_other_attributes() -> None:
    made = desk(COLOGNE)
    made.edit("attribute:electric", "no")
    assert made.view().draft.attributes == {"type": "road", "frame_cm": "53-55", "electric": "no"}
    made.edit("category", "furniture.sofa")
    assert made.view().draft.attributes == {}
    made.edit("attribute:seats", "3")
    assert made.view().draft.attributes == {"seats": "3"}


@pytest.mark.parametrize("text", ["800", "cheap", "1.000.000"])
def test_an_amount_without_a_currency_is_not_guessed(text: str) -> None:
    made = desk(COLOGNE)
    made.type_price(text)
    view = made.view()
    assert view.draft.price_cap is None
    assert "currency" in view.errors["price_cap"]
    assert not view.can_save
    made.type_price("")
    assert made.view().errors == {}
    assert made.view().draft.price_cap is None


def test_a_draft_that_is_changed_begins_with_what_it_said() -> None:
    made = DraftDesk(today=TODAY, editing=True)
    made.base = WantDraft(title="sofa", category="furniture.sofa", area=Area.from_code("DE"), details="soft")
    made.read(parse("by 2026-06-20", today=TODAY))
    view = made.view()
    assert (view.draft.title, view.draft.details, view.draft.needed_by) == ("sofa", "soft", date(2026, 6, 20))
    assert view.editing
    assert view.can_save


def test_two_things_said_at_once_are_asked_about() -> None:
    made = desk("bike 54 cm 60 cm frame, Cologne")
    asked = made.view().questions[0]
    assert (asked.text, asked.answers) == (
        "Two different things are said. Which Frame?",
        ("53–55\u00a0cm", "59–61\u00a0cm"),
    )
    assert not made.view().can_save
    made.answer(asked.key, 1)
    assert made.view().draft.attributes["frame_cm"] == "59-61"
    assert made.view().can_save


def test_what_a_want_can_do_without_may_be_left_unsaid() -> None:
    made = desk("bike by friday or monday, Cologne")
    asked = made.view().questions[0]
    assert asked.can_leave
    made.leave(asked.key)
    assert made.view().draft.needed_by is None
    assert made.view().can_save


def test_what_a_want_needs_cannot_be_left_unsaid() -> None:
    made = desk("bike")
    assert [(one.text, one.can_leave) for one in made.view().questions] == [("Where?", False)]
    made.edit("area", Area.from_code("DE"))
    assert made.view().can_save
