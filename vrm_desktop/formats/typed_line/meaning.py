"""What a typed line came to: chips (a field, its value, the words it was read from) and questions to ask back.

Never here: grammar. A chip is only made when one careful reading exists; everything else is a question with choices.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.regions import Area


class Field(StrEnum):
    """The parts of a want that a line can say."""

    WHAT = "what"
    CATEGORY = "category"
    ATTRIBUTE = "attribute"
    CONDITION = "condition"
    FULFILMENT = "fulfilment"
    AREA = "area"
    NEEDED_BY = "needed_by"
    ANSWERS_BY = "answers_by"
    PRICE_CAP = "price_cap"
    QUANTITY = "quantity"


class Why(StrEnum):
    """Why something is asked back; each has its wording for people."""

    TOO_LONG = "line-too-long"
    NOT_SAID = "not-said"
    NOT_A_WANT = "not-a-want"
    SEVERAL = "several-readings"
    CONFLICT = "two-things-said"
    APPROXIMATE = "approximate"
    EXCLUDES_ONLY = "says-only-what-not"
    NO_CURRENCY = "currency-not-said"
    BARE_NUMBER = "number-without-unit"
    LOWER_BOUND = "lower-bound"
    RATE = "rate-not-total"
    BOUNDARY = "day-in-or-out"
    NOT_A_DAY = "not-a-day"
    PAST = "day-is-past"
    IMPOSSIBLE = "no-such-day"
    MISSPELLED = "perhaps-misspelled"
    UNKNOWN_PLACE = "place-not-known"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Place:
    """A place as the line names it, and the coarse area it means."""

    name: str
    area: Area


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AttributeValue:
    """One closed attribute of the line's category: both words are from `domain.categories`."""

    key: str
    value: str


Value = str | int | date | Money | Place | AttributeValue | Condition | Fulfilment


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Chip:
    """One thing understood. `source` is exactly `text[start:end]` of the parsed line.

    Values by field: WHAT and CATEGORY str, ATTRIBUTE AttributeValue, CONDITION Condition, FULFILMENT Fulfilment,
    AREA Place, NEEDED_BY and ANSWERS_BY date, PRICE_CAP Money, QUANTITY int.
    """

    field: Field
    value: Value
    start: int
    end: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Question:
    """One thing to ask back: for which field, why, the words that raised it ("" if none), and ready answers if any.

    `key` names the attribute when the field is ATTRIBUTE. `choices` hold values of the field's type.
    """

    field: Field
    why: Why
    source: str = ""
    choices: tuple[Value, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ParsedLine:
    """A line, cleaned (`text`), with one chip at most per field (attributes: per key), none for a field asked."""

    text: str
    chips: tuple[Chip, ...]
    questions: tuple[Question, ...]

    def __post_init__(self) -> None:
        for chip in self.chips:
            if not chip.source.strip() or self.text[chip.start : chip.end] != chip.source:
                raise InvalidValue(f"{chip.field}: the source is not in the line")

    @property
    def clear(self) -> bool:
        """Whether nothing has to be asked back."""
        return not self.questions

    def chip(self, field: Field) -> Chip | None:
        """The chip of a field, if it was understood (the first, for attributes)."""
        return next((chip for chip in self.chips if chip.field is field), None)

    @property
    def title(self) -> str | None:
        """The want in the person's own words, without what other chips took out of it."""
        chip = self.chip(Field.WHAT)
        return str(chip.value) if chip is not None else None

    @property
    def category(self) -> str | None:
        """The category id."""
        chip = self.chip(Field.CATEGORY)
        return str(chip.value) if chip is not None else None

    @property
    def attributes(self) -> Mapping[str, str]:
        """Attribute keys and values, fit for `check_attributes`; without condition and fulfilment."""
        values = (chip.value for chip in self.chips if chip.field is Field.ATTRIBUTE)
        return MappingProxyType({value.key: value.value for value in values if isinstance(value, AttributeValue)})

    @property
    def condition(self) -> Condition | None:
        """New, used, refurbished or any, if said."""
        value = self._value(Field.CONDITION)
        return value if isinstance(value, Condition) else None

    @property
    def fulfilment(self) -> Fulfilment | None:
        """Delivered, collected, on site or any, if said."""
        value = self._value(Field.FULFILMENT)
        return value if isinstance(value, Fulfilment) else None

    @property
    def place(self) -> Place | None:
        """Where, in the line's words and as a coarse area."""
        value = self._value(Field.AREA)
        return value if isinstance(value, Place) else None

    @property
    def needed_by(self) -> date | None:
        """The last day on which the thing is still of use."""
        value = self._value(Field.NEEDED_BY)
        return value if isinstance(value, date) else None

    @property
    def answers_by(self) -> date | None:
        """The last day for offers."""
        value = self._value(Field.ANSWERS_BY)
        return value if isinstance(value, date) else None

    @property
    def price_cap(self) -> Money | None:
        """The most the person would pay in all."""
        value = self._value(Field.PRICE_CAP)
        return value if isinstance(value, Money) else None

    @property
    def quantity(self) -> int | None:
        """How many, if said."""
        value = self._value(Field.QUANTITY)
        return value if isinstance(value, int) else None

    def _value(self, field: Field) -> Value | None:
        chip = self.chip(field)
        return chip.value if chip is not None else None
