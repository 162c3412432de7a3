"""What a first question may say about a thing besides its category: attributes with closed values.

A value is always one of a short list, never free text and never an exact number: numbers are put into buckets, so that
a rare size does not single a person out. Here live the shapes and the rules of attributes; which category has which
attributes is said in `categories`. Never here: words for people other than the English label, reading of typed text.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar

from vrm_desktop.domain.errors import DomainError, InvalidValue

_TOKEN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEY = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


class NotANumberAttribute(DomainError):
    """A number was given for an attribute whose values are words."""

    code: ClassVar[str] = "attribute-not-numeric"


class NumberOutOfRange(DomainError):
    """The number is below everything that the attribute can say."""

    code: ClassVar[str] = "attribute-out-of-range"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One attribute: its wire key, its English label (a gettext msgid) and its closed values in order.

    Either `words` (an enumeration) or `steps` (the ascending lower ends of the buckets of an integer) is given.
    `unit` is the unit of the steps, for people: "cm", "m²", "GB".
    """

    key: str
    label: str
    words: tuple[str, ...] = ()
    steps: tuple[int, ...] = ()
    unit: str = ""
    values: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise InvalidValue(f"key {self.key!r}")
        if bool(self.words) == bool(self.steps):
            raise InvalidValue(f"{self.key}: either words or steps")
        if any(low >= high for low, high in pairwise(self.steps)) or (self.steps and len(self.steps) < 2):
            raise InvalidValue(f"{self.key}: steps must rise")
        values = self.words or _bucket_names(self.steps)
        if len(set(values)) != len(values) or not all(_TOKEN.fullmatch(value) for value in values):
            raise InvalidValue(f"{self.key}: values {values!r}")
        object.__setattr__(self, "values", values)


def bucket(attribute: Attribute, number: int) -> str:
    """The bucket of `attribute` that holds `number` (in the attribute's unit), for example 54 -> "53-55".

    Raises:
        NotANumberAttribute: the attribute's values are words.
        NumberOutOfRange: the attribute has no bucket that low.
    """
    steps = attribute.steps
    if not steps:
        raise NotANumberAttribute(attribute.key)
    if number < steps[0]:
        if steps[0] <= 1 or number < 1:
            raise NumberOutOfRange(f"{attribute.key}: {number}")
        return f"under-{steps[0]}"
    for low, high in pairwise(steps):
        if number < high:
            return _bucket_name(low, high)
    return f"{steps[-1]}-or-more"


def _bucket_name(low: int, high: int) -> str:
    return str(low) if high == low + 1 else f"{low}-{high - 1}"


def _bucket_names(steps: tuple[int, ...]) -> tuple[str, ...]:
    below = (f"under-{steps[0]}",) if steps[0] > 1 else ()
    return (*below, *(_bucket_name(low, high) for low, high in pairwise(steps)), f"{steps[-1]}-or-more")
