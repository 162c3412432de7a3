"""What a typed line says and leaves open, in words: chips, questions and their ready answers."""

from datetime import date

from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.domain.money import Money
from vrm_desktop.formats.typed_line.meaning import (
    AttributeValue,
    Chip,
    Field,
    ParsedLine,
    Place,
    Question,
    Value,
    Why,
)
from vrm_desktop.ui.models.compose_view import ChipView
from vrm_desktop.ui.pages.thing_words import (
    attribute_label,
    category_label,
    condition_label,
    fulfilment_label,
    value_label,
)
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _

DRAFT_FIELDS = {
    Field.WHAT: "title",
    Field.CATEGORY: "category",
    Field.CONDITION: "condition",
    Field.FULFILMENT: "fulfilment",
    Field.AREA: "area",
    Field.NEEDED_BY: "needed_by",
    Field.ANSWERS_BY: "answers_by",
    Field.PRICE_CAP: "price_cap",
    Field.QUANTITY: "quantity",
}


def key_of(chip: Chip) -> str:
    """The draft's field that a chip fills."""
    if isinstance(chip.value, AttributeValue):
        return f"attribute:{chip.value.key}"
    return DRAFT_FIELDS[chip.field]


def chip_view(chip: Chip, category: str) -> ChipView:
    """A chip in words."""
    return ChipView(key=key_of(chip), text=_chip_words(chip, category), source=chip.source)


def _chip_words(chip: Chip, category: str) -> str:
    value = answer_words(chip.value, category)
    match chip.value:
        case AttributeValue(key=key):
            return f"{attribute_label(category, key)}: {value}"
        case _:
            pass
    words = {
        Field.WHAT: _("Title: {value}"),
        Field.CATEGORY: _("Category: {value}"),
        Field.NEEDED_BY: _("Needed by {value}"),
        Field.ANSWERS_BY: _("Answers by {value}"),
        Field.PRICE_CAP: _("Up to {value}, only you see this"),
        Field.QUANTITY: _("{value} of them"),
        Field.AREA: _("Where: {value}"),
    }
    shown = category_label(value) if chip.field is Field.CATEGORY else value
    return words.get(chip.field, "{value}").format(value=shown)


def answer_words(value: Value, category: str) -> str:
    """A value of any field in words."""
    match value:
        case Money():
            return values.money(value)
        case date():
            return values.day(value)
        case Place():
            return f"{value.name} ({value.area.code})"
        case AttributeValue(key=key, value=one):
            return value_label(category, key, one)
        case Condition():
            return condition_label(value)
        case Fulfilment():
            return fulfilment_label(value)
        case _:
            return str(value)


def ready_answer(question: Question, value: Value, category: str) -> str:
    """A ready answer to a question."""
    return category_label(str(value)) if question.field is Field.CATEGORY else answer_words(value, category)


def question_key(question: Question) -> str:
    """What makes a question the same as one that was answered: its field, its reason and the words that raised it."""
    choices = "|".join(str(choice) for choice in question.choices)
    return f"{question.field}:{question.key}:{question.why}:{question.source}:{choices}"


def question_words(question: Question, parsed: ParsedLine) -> str:
    """A question in words."""
    why = _why(question)
    if question.field is Field.ATTRIBUTE:
        name = attribute_label(parsed.category or "", question.key)
        which = _("Which {name}?").format(name=name)
        return f"{why} {which}".strip()
    return f"{why} {_subject(question.field)}".strip()


def _subject(field: Field) -> str:
    return {
        Field.WHAT: _("What is it?"),
        Field.CATEGORY: _("What kind of thing is it?"),
        Field.CONDITION: _("New or used?"),
        Field.FULFILMENT: _("How do you want to get it?"),
        Field.AREA: _("Where?"),
        Field.NEEDED_BY: _("When do you need it?"),
        Field.ANSWERS_BY: _("Until when should vendors answer?"),
        Field.PRICE_CAP: _("What is the most you would pay?"),
        Field.QUANTITY: _("How many?"),
        Field.ATTRIBUTE: "",
    }[field]


def _why(question: Question) -> str:
    said = question.source
    words = {
        Why.TOO_LONG: _("The line is too long."),
        Why.NOT_SAID: "",
        Why.NOT_A_WANT: _("This does not sound like something to ask vendors for."),
        Why.SEVERAL: _("“{said}” can mean several things."),
        Why.CONFLICT: _("Two things are said here: “{said}”.") if said else _("Two different things are said."),
        Why.APPROXIMATE: _("“{said}” is only roughly said."),
        Why.EXCLUDES_ONLY: _("“{said}” says only what it should not be."),
        Why.NO_CURRENCY: _("“{said}” names no currency."),
        Why.BARE_NUMBER: _("“{said}” could be several things."),
        Why.LOWER_BOUND: _("“{said}” is the least, not the most."),
        Why.RATE: _("“{said}” is a rate, not the whole."),
        Why.BOUNDARY: _("“{said}”: is that day still in time?"),
        Why.NOT_A_DAY: _("“{said}” is not one day."),
        Why.PAST: _("“{said}” is past."),
        Why.IMPOSSIBLE: _("“{said}” is no day of the calendar."),
        Why.MISSPELLED: _("“{said}” may be a slip of the pen."),
        Why.UNKNOWN_PLACE: _("“{said}” is not a place known here."),
    }
    return words[question.why].format(said=said)
