"""A want in the making, from three sources: the typed line, answers to what it left open, and the form.

Pure: no widget, no service. The newest act wins: a field of the form stands until the line says something new of it.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from vrm_desktop.domain.categories import CATEGORIES
from vrm_desktop.domain.intentcast import Weights
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.want_draft import WantDraft
from vrm_desktop.formats.amounts import read_amount
from vrm_desktop.formats.errors import NotAnAmount
from vrm_desktop.formats.typed_line.meaning import AttributeValue, Field, ParsedLine, Place, Question, Value, Why
from vrm_desktop.services.say_what_i_want import draft_of
from vrm_desktop.ui.controllers.compose_words import (
    DRAFT_FIELDS,
    chip_view,
    key_of,
    question_key,
    question_words,
    ready_answer,
)
from vrm_desktop.ui.models.compose_view import ComposeView, QuestionView
from vrm_desktop.wording.asked import area_label
from vrm_desktop.wording.catalogue import _

_EMPTY = WantDraft()
_ABSENT = frozenset({Why.NOT_SAID, Why.NOT_A_WANT})
_NEEDED = frozenset({Field.WHAT, Field.CATEGORY, Field.AREA})
_NOTHING = ParsedLine(text="", chips=(), questions=())


@dataclass(slots=True)
class DraftDesk:
    """`own` holds what the form said, by the draft's field names; a value of None there says: nothing, on purpose."""

    today: date
    base: WantDraft = _EMPTY
    parsed: ParsedLine = _NOTHING
    own: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Value] = field(default_factory=dict)
    unsaid: set[str] = field(default_factory=set)
    price_text: str | None = None
    editing: bool = False

    def read(self, parsed: ParsedLine) -> None:
        """Take in a line. What it newly says goes before what the form said earlier."""
        before, self.parsed = _by_key(self.parsed), parsed
        for key, value in _by_key(parsed).items():
            if before.get(key) != value:
                self.own.pop(key, None)
                if key == "price_cap":
                    self.price_text = None

    def edit(self, key: str, value: object) -> None:
        """Take in a field of the form."""
        self.own[key] = value
        if key == "category":
            for name in [name for name in self.own if name.startswith("attribute:")]:
                del self.own[name]

    def type_price(self, text: str) -> None:
        """Take in the limit as it is typed."""
        self.price_text = text
        try:
            self.own["price_cap"] = read_amount(text) if text.strip() else None
        except NotAnAmount:
            self.own["price_cap"] = None

    def remove(self, key: str) -> None:
        """Take away what a chip says."""
        self.own[key] = None
        if key == "price_cap":
            self.price_text = ""

    def answer(self, key: str, choice: int) -> None:
        """Answer a question of the line with one of its ready answers."""
        for question in self.parsed.questions:
            if question_key(question) == key and choice < len(question.choices):
                self.answers[key] = question.choices[choice]
                self.own.pop(_field_of(question), None)

    def leave(self, key: str) -> None:
        """Leave what a question of the line asks unsaid."""
        self.unsaid.add(key)

    @property
    def draft(self) -> WantDraft:
        """The want as it stands."""
        said = draft_of(self.parsed)
        for question in self.parsed.questions:
            if question_key(question) in self.answers:
                said = _with(said, _field_of(question), self.answers[question_key(question)])
        said = said.over(self.base)
        for key, value in self.own.items():
            said = _with(said, key, value)
        return _fitting(said)

    def view(self, *, saving: bool = False) -> ComposeView:
        """What the page shows of it."""
        draft = self.draft
        questions = tuple(self._asked(one) for one in self._open_questions())
        missing = draft.missing()
        return ComposeView(
            draft=draft,
            today=self.today,
            chips=tuple(
                chip_view(chip, draft.category)
                for chip in self.parsed.chips
                if key_of(chip) not in self.own and not self._asked_about(key_of(chip))
            ),
            questions=questions,
            area_says=area_label(draft.area) if draft.area else "",
            price_text=self.price_text if self.price_text is not None else _typed(draft.price_cap),
            weights=draft.weights or Weights(),
            errors=self._errors(draft),
            missing=missing,
            editing=self.editing,
            saving=saving,
        )

    def _open_questions(self) -> tuple[Question, ...]:
        return tuple(
            one
            for one in self.parsed.questions
            if question_key(one) not in self.answers and question_key(one) not in self.unsaid
            if self.own.get(_field_of(one)) in (None, "")
            if _field_of(one) not in self.own or one.field in _NEEDED
            if one.why not in _ABSENT or not getattr(self.base, _field_of(one))
        )

    def _asked_about(self, key: str) -> bool:
        return any(_field_of(one) == key for one in self.parsed.questions)

    def _asked(self, question: Question) -> QuestionView:
        category = self.draft.category
        return QuestionView(
            key=question_key(question),
            text=question_words(question, self.parsed),
            answers=tuple(ready_answer(question, value, category) for value in question.choices),
            can_leave=question.field not in _NEEDED,
        )

    def _errors(self, draft: WantDraft) -> dict[str, str]:
        errors = {}
        if self.price_text and self.price_text.strip() and draft.price_cap is None:
            errors["price_cap"] = _("Please name the currency too, such as 800 EUR.")
        return errors


def _by_key(parsed: ParsedLine) -> dict[str, Value]:
    return {key_of(chip): chip.value for chip in parsed.chips}


def _field_of(question: Question) -> str:
    return f"attribute:{question.key}" if question.field is Field.ATTRIBUTE else DRAFT_FIELDS[question.field]


def _with(draft: WantDraft, key: str, value: Any) -> WantDraft:
    name, _colon, attribute = key.partition(":")
    if name == "attribute":
        one = value.value if isinstance(value, AttributeValue) else value
        rest = {known: kept for known, kept in draft.attributes.items() if known != attribute}
        return replace(draft, attributes={**rest, attribute: one} if one else rest)
    if isinstance(value, Place):
        return replace(draft, area=value.area, place=value.name)
    if value is None:
        value = getattr(_EMPTY, key)
    return replace(draft, **{key: value})


def _fitting(draft: WantDraft) -> WantDraft:
    """Only attributes that the category has: another category, other attributes."""
    known = CATEGORIES.get(draft.category)
    values = {one.key: one.values for one in known.attributes} if known else {}
    kept = {key: value for key, value in draft.attributes.items() if value in values.get(key, ())}
    return draft if kept == dict(draft.attributes) else replace(draft, attributes=kept)


def _typed(amount: Money | None) -> str:
    return f"{amount.decimal()} {amount.currency}" if amount else ""
