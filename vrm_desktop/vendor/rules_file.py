"""The `[answers]`, `[[rules]]` and `[[templates]]` of `desk.toml`, and the words they share with the rest of it."""

import re
from enum import StrEnum
from typing import TypeVar

from vrm_desktop.domain.categories import CATEGORIES
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.errors import DomainError, InvalidValue
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.regions import Area
from vrm_desktop.vendor.amounts import read_money
from vrm_desktop.vendor.errors import BadSettings
from vrm_desktop.vendor.rules import AnswerBy, AnswerRules, NothingFits, Rule
from vrm_desktop.vendor.settings import Template, WishTemplate
from vrm_desktop.vendor.toml_table import TomlTable

_Choice = TypeVar("_Choice", bound=StrEnum)
_FAMILY = re.compile(r"[a-z]+")
_UNSAID = -1
MOST_WISHED = 32
WISHED_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,63}")


def one_of(kind: type[_Choice], text: str, name: str) -> _Choice:
    """The choice that `text` names; `name` is the member's, for the complaint."""
    try:
        return kind(text)
    except ValueError:
        raise BadSettings(f"{name} is one of {', '.join(kind)}") from None


def categories(words: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Ids of categories, or of families of them."""
    families = {category.split(".")[0] for category in CATEGORIES}
    for word in words:
        if word not in CATEGORIES and not (_FAMILY.fullmatch(word) and word in families):
            raise BadSettings(f"{name}: {word!r} is not on the list of categories")
    return words


def regions(words: tuple[str, ...], name: str) -> tuple[str, ...]:
    """Codes of countries or of their regions."""
    for word in words:
        try:
            Area.from_code(word)
        except DomainError as error:
            raise BadSettings(f"{name}: {error}") from error
    return words


def read_answers(table: TomlTable) -> AnswerRules:
    """The `[answers]` table."""
    default = AnswerRules()
    rules = AnswerRules(
        by=one_of(AnswerBy, table.text("by", default.by), "answers.by"),
        nothing_fits=one_of(NothingFits, table.text("nothing_fits", default.nothing_fits), "answers.nothing_fits"),
    )
    table.done()
    return rules


def read_rule(table: TomlTable, *, roster_ids: frozenset[str]) -> Rule:
    """One of the `[[rules]]`."""
    by = table.text("by")
    rule = Rule(
        categories=categories(table.words("categories"), "rules.categories"),
        regions=regions(table.words("regions"), "rules.regions"),
        by=one_of(AnswerBy, by, "rules.by") if by else None,
        price_from=_money(table, "price_from"),
        price_to=_money(table, "price_to"),
        lowest_percent=_number(table, "lowest_percent", least=1, most=100),
        margin_percent=_number(table, "margin_percent", least=0, most=1000),
        delivery_price=_money(table, "delivery_price"),
        keep=table.number("keep", 0, most=1_000_000),
        terms=table.words("terms", among=roster_ids),
    )
    table.done()
    return rule


def read_template(table: TomlTable) -> Template:
    """One of the `[[templates]]`."""
    template = Template(
        name=table.text("name", most=60),
        note=table.text("note", most=4000),
        valid_days=_number(table, "valid_days", least=1, most=365),
        discount_percent=table.number("discount_percent", 0, most=90),
    )
    if not template.name:
        raise BadSettings("templates.name is needed")
    table.done()
    return template


def read_wish(table: TomlTable) -> WishTemplate:
    """One of the `[[wishes]]`."""
    template = WishTemplate(
        name=table.text("name", most=60),
        fields=table.words("fields"),
        purpose=one_of(Purpose, table.text("purpose", "service"), "wishes.purpose"),
        days=table.number("days", 365, least=1, most=3650),
        why=table.text("why", most=200),
        in_return=table.text("in_return", most=200),
        in_return_days=table.number("in_return_days", 14, least=1, most=365),
        amount=_money(table, "amount", of="wishes"),
        answer_days=table.number("answer_days", 14, least=1, most=365),
    )
    if not (template.name and template.why):
        raise BadSettings("wishes.name and wishes.why are needed")
    if template.purpose is Purpose.RIGHTS:
        raise BadSettings("wishes.purpose: nobody wishes for data to meet a right")
    if not 1 <= len(template.fields) <= MOST_WISHED or not all(WISHED_NAME.fullmatch(name) for name in template.fields):
        raise BadSettings(f"wishes.fields names 1 to {MOST_WISHED} fields, like profile.phone")
    table.done()
    return template


def _money(table: TomlTable, key: str, *, of: str = "rules") -> Money | None:
    text = table.text(key)
    try:
        return read_money(text) if text else None
    except InvalidValue as error:
        raise BadSettings(f"{of}.{key}: {error}") from error


def _number(table: TomlTable, key: str, *, least: int, most: int) -> int | None:
    found = table.number(key, _UNSAID, least=_UNSAID, most=most)
    if found == _UNSAID:
        return None
    if found < least:
        raise BadSettings(f"{key} is a whole number from {least} to {most}")
    return found
