"""No record shows what a person wrote or was told when it is printed: in a log, in a traceback, in a test's output.

Every record of the rooms below is looked at, so that a new one, or a new field, is judged as soon as it exists: texts
and bytes are shown by none, unless it is listed here as holding nothing of a person.
"""

import dataclasses
import enum
import importlib
import pkgutil
import typing
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from types import NoneType

import msgspec
import pytest

from tests.fakes import specimens
from vrm_desktop.domain import ids
from vrm_desktop.domain.money import Money

ROOMS = ("domain", "formats", "protocol", "services", "channels", "canon", "cli", "ui.models")
_OPAQUE = {kind for kind in vars(ids).values() if isinstance(kind, typing.NewType)}
_INNOCENT = (bool, int, float, date, datetime, timedelta, NoneType, Money, Path)

HOLDS_NOTHING_OF_A_PERSON = {
    "cli.nouns.Noun": "words of the command line",
    "domain.attributes.Attribute": "a row of a shipped table",
    "domain.categories.Category": "a row of a shipped table",
    "domain.gazetteer.KnownPlace": "a row of a shipped table",
    "domain.kinds.Transition": "a row of a shipped table",
    "domain.money.Money": "an amount, and nothing of what or whose",
    "domain.terms.RosterEntry": "public conditions, shipped",
    "domain.vendor.AcceptedTerms": "names of public conditions",
    "formats.typed_line.places._Named": "a row of a shipped table",
    "formats.typed_line.wants.Want": "a row of a shipped table",
    "protocol.roster._Entry": "public conditions, shipped",
    "ui.models.rows.Column": "a title of a table",
}
"""Records whose texts are the program's own, and why."""


def modules() -> Iterator[str]:
    """Every module of the rooms."""
    for room in ROOMS:
        package = importlib.import_module(f"vrm_desktop.{room}")
        yield package.__name__
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield found.name


def records() -> dict[str, type]:
    """Every dataclass and every wire struct of the rooms, by its place."""
    found: dict[str, type] = {}
    for name in modules():
        for kind in vars(importlib.import_module(name)).values():
            if not isinstance(kind, type) or kind.__module__ != name:
                continue
            if dataclasses.is_dataclass(kind) or issubclass(kind, msgspec.Struct):
                found[f"{name}.{kind.__qualname__}".removeprefix("vrm_desktop.")] = kind
    return found


def shows(kind: typing.Any) -> bool:
    """Whether a value of this kind may show a text when it is printed."""
    if kind in _OPAQUE or kind in _INNOCENT:
        return False
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return False
    if typing.get_origin(kind) is typing.Literal or kind is Ellipsis:
        return False
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return record_shows(kind)
    if isinstance(kind, type) and kind.__module__.startswith("vrm_desktop."):
        return "__repr__" not in vars(kind) and any("__repr__" in vars(base) for base in kind.__mro__[:-1])
    arguments = typing.get_args(kind)
    return not arguments or any(shows(one) for one in arguments)


def record_shows(kind: type[typing.Any]) -> bool:
    """Whether the record's own `repr` shows a text of one of its fields."""
    if issubclass(kind, msgspec.Struct):
        return kind.__repr__ is msgspec.Struct.__repr__
    if not kind.__dataclass_params__.repr:
        return False
    hints = typing.get_type_hints(kind)
    return any(shows(hints[field.name]) for field in dataclasses.fields(kind) if field.repr)


RECORDS = records()


def test_there_are_records_to_judge() -> None:
    assert len(RECORDS) > 100


@pytest.mark.parametrize("place", sorted(RECORDS))
def test_a_record_shows_no_text_when_it_is_printed(place: str) -> None:
    if place not in HOLDS_NOTHING_OF_A_PERSON:
        assert not record_shows(RECORDS[place]), "dataclass(repr=False), or a line in HOLDS_NOTHING_OF_A_PERSON"


def test_the_list_of_exceptions_is_no_longer_than_it_must_be() -> None:
    for place in HOLDS_NOTHING_OF_A_PERSON:
        assert record_shows(RECORDS[place]), place


def test_the_judgement_bites() -> None:
    @dataclasses.dataclass(frozen=True)
    class Shown:
        count: int
        texts: tuple[str, ...]

    @dataclasses.dataclass(frozen=True)
    class Around:
        inner: Shown | None

    @dataclasses.dataclass(frozen=True, repr=False)
    class Hidden:
        text: str

    assert [record_shows(one) for one in (Shown, Hidden)] == [True, False]
    assert shows(tuple[Shown, ...])
    assert not shows(Hidden)


def test_no_specimen_shows_any_of_its_texts() -> None:
    shown = 0
    for value in vars(specimens).values():
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            shown += 1
            for text in _texts(value):
                assert len(text) < 6 or text not in repr(value), type(value)
    assert shown > 10


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str) and not isinstance(value, enum.Enum):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if typing.get_type_hints(type(value))[field.name] not in _OPAQUE:
                yield from _texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
