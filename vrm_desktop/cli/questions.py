"""What a typed line leaves open, asked back in words."""

from datetime import date

from vrm_desktop.domain.money import Money
from vrm_desktop.formats.typed_line.meaning import AttributeValue, Field, Place, Question, Value, Why
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _


def question_text(question: Question) -> str:
    """The question with its ready answers."""
    text = f"{_subject(question)} {_why(question)}".strip()
    choices = ", ".join(_choice(one) for one in question.choices)
    instance = _("For instance: {choices}").format(choices=choices)
    return f"{text} {instance}" if choices else text


def said_field(field: Field) -> str:
    """What a part of a typed line is about."""
    return {
        Field.WHAT: _("what"),
        Field.CATEGORY: _("kind"),
        Field.ATTRIBUTE: _("detail"),
        Field.CONDITION: _("condition"),
        Field.FULFILMENT: _("how it reaches you"),
        Field.AREA: _("where"),
        Field.NEEDED_BY: _("needed by"),
        Field.ANSWERS_BY: _("answers by"),
        Field.PRICE_CAP: _("at most"),
        Field.QUANTITY: _("how many"),
    }[field]


def _subject(question: Question) -> str:
    subjects = {
        Field.WHAT: _("What is it?"),
        Field.CATEGORY: _("What kind of thing is it?"),
        Field.ATTRIBUTE: _("Which {name}?").format(name=question.key.replace("_", " ")),
        Field.CONDITION: _("New or used?"),
        Field.FULFILMENT: _("Delivered, collected, or on site?"),
        Field.AREA: _("Where?"),
        Field.NEEDED_BY: _("When do you need it?"),
        Field.ANSWERS_BY: _("Until when should vendors answer?"),
        Field.PRICE_CAP: _("What is the most you would pay?"),
        Field.QUANTITY: _("How many?"),
    }
    return subjects[question.field]


def _why(question: Question) -> str:
    said = question.source
    reasons = {
        Why.TOO_LONG: _("The line is too long."),
        Why.NOT_SAID: "",
        Why.NOT_A_WANT: _("This does not sound like something to ask vendors for."),
        Why.SEVERAL: _("“{said}” can mean several things.").format(said=said),
        Why.CONFLICT: _("“{said}” says two things.").format(said=said),
        Why.APPROXIMATE: _("“{said}” is only roughly said.").format(said=said),
        Why.EXCLUDES_ONLY: _("“{said}” says only what it should not be.").format(said=said),
        Why.NO_CURRENCY: _("“{said}” in which currency?").format(said=said),
        Why.BARE_NUMBER: _("“{said}” of what?").format(said=said),
        Why.LOWER_BOUND: _("“{said}” is the least, not the most.").format(said=said),
        Why.RATE: _("“{said}” is a rate; what is it in all?").format(said=said),
        Why.BOUNDARY: _("“{said}”: is that day still in time?").format(said=said),
        Why.NOT_A_DAY: _("“{said}” is not one day.").format(said=said),
        Why.PAST: _("“{said}” is past.").format(said=said),
        Why.IMPOSSIBLE: _("“{said}” is no day of the calendar.").format(said=said),
        Why.MISSPELLED: _("“{said}” may be a slip of the pen.").format(said=said),
        Why.UNKNOWN_PLACE: _("“{said}” is not a place known here.").format(said=said),
    }
    return reasons[question.why]


def _choice(value: Value) -> str:
    match value:
        case Money():
            return values.money(value)
        case date():
            return values.day(value)
        case Place():
            return f"{value.name} ({value.area.code})"
        case AttributeValue():
            return value.value
        case _:
            return str(value)
