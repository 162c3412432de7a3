"""What a catalogue's `product_type` means in this protocol: a category of the closed list, and the attributes it tells.

A row may say it exactly (`mobility.bicycle > type=road > frame_cm=54`), the shop may map its own words in `desk.toml`,
and common words are recognised. What the row does not tell is left open: an unknown attribute is never guessed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from vrm_desktop.domain.attributes import Attribute
from vrm_desktop.domain.categories import CATEGORIES, Category, bucket
from vrm_desktop.domain.errors import DomainError, InvalidValue

_WORD = re.compile(r"[a-z0-9]+")
_SAME: Mapping[str, str] = {"bike": "bicycle", "cycle": "bicycle", "tv": "television", "mobile": "phone"}
_NUMBER = re.compile(r"[0-9]{1,6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductType:
    """A category id and attribute values, as a ping would say them."""

    category: str
    attributes: Mapping[str, str] = field(default_factory=dict)


def read_product_type(text: str, *, title: str, names: Mapping[str, str]) -> ProductType:
    """The meaning of a row's `product_type`; `names` are the shop's own words for it, from `desk.toml`.

    Raises:
        InvalidValue: it names no category, or an attribute that the category does not have.
    """
    said = names.get(text.strip(), text)
    first, *stated = (part.strip() for part in said.split(">"))
    exact = CATEGORIES.get(first)
    if exact is not None:
        told = _from_words(exact, _words(title), title)
        return ProductType(category=exact.id, attributes={**told, **_stated(exact, stated)})
    words = _words(said)
    found = [category for category in CATEGORIES.values() if _words(category.label) <= words]
    if not found:
        raise InvalidValue(
            f"product_type {text!r} names no category; write one (mobility.bicycle) or map it in desk.toml"
        )
    likeliest = max(found, key=lambda category: len(_words(category.label)))
    return ProductType(
        category=likeliest.id, attributes=_from_words(likeliest, words | _words(title), f"{said} {title}")
    )


def _stated(category: Category, parts: list[str]) -> dict[str, str]:
    attributes = {}
    for part in parts:
        key, sign, value = part.partition("=")
        if not sign:
            raise InvalidValue(f"product_type: {part!r} is not written like type=road")
        try:
            attribute = category.attribute(key)
            if attribute.steps and _NUMBER.fullmatch(value):
                value = bucket(attribute, int(value))
        except DomainError as error:
            raise InvalidValue(f"product_type: {category.id} has no {key!r} of {value!r}") from error
        if value not in attribute.values:
            raise InvalidValue(f"product_type: {key} is one of {', '.join(attribute.values)}")
        attributes[key] = value
    return attributes


def _from_words(category: Category, words: frozenset[str], text: str) -> dict[str, str]:
    """What the row's own words tell: a value that stands there alone of its kind, a number before its unit."""
    told = {}
    for attribute in category.attributes:
        if attribute.steps:
            value = _measured(attribute, text)
        else:
            named = [value for value in attribute.values if _words(value) <= words and value not in {"yes", "no"}]
            value = named[0] if len(named) == 1 else None
        if value is not None:
            told[attribute.key] = value
    return told


def _measured(attribute: Attribute, text: str) -> str | None:
    if not attribute.unit:
        return None
    numbers = set(re.findall(rf"(?<![0-9.,])([0-9]{{1,6}}) ?{re.escape(attribute.unit)}\b", text))
    if len(numbers) != 1:
        return None
    try:
        return bucket(attribute, int(numbers.pop()))
    except DomainError:
        return None


def _words(text: str) -> frozenset[str]:
    singular = (word.removesuffix("s") if len(word) > 3 else word for word in _WORD.findall(text.lower()))
    return frozenset(_SAME.get(word, word) for word in singular)
