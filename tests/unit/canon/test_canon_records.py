"""Records: frozen dataclasses through canonical JSON and back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum, StrEnum
from typing import Annotated, NewType

import pytest

from vrm_desktop.canon import records
from vrm_desktop.canon.errors import NotARecord
from vrm_desktop.domain import acts
from vrm_desktop.domain.ids import ActId, MessageId, RelationshipId
from vrm_desktop.domain.money import Money

Name = NewType("Name", str)


class Colour(StrEnum):
    RED = "red"


class Size(Enum):
    SMALL = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Dog:
    name: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Cat:
    name: str
    lives: int = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Everything:
    text: str
    number: Annotated[int, "some number"]
    flag: bool
    raw: bytes
    day: date
    moment: datetime
    colour: Colour
    size: Size
    many: tuple[Dog, ...]
    pair: tuple[str, int]
    unordered: frozenset[str]
    members: Mapping[str, Size]
    maybe: Dog | None
    either: Dog | Cat | None
    optional: int | None = None
    derived: str = field(init=False, default="derived")


WHOLE = Everything(
    text="ä \n",
    number=-5,
    flag=True,
    raw=b"\x00\xff",
    day=date(2026, 2, 28),
    moment=datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=timezone(timedelta(hours=2))),
    colour=Colour.RED,
    size=Size.SMALL,
    many=(Dog(name=Name("Rex")), Dog(name=Name("Fido"))),
    pair=("a", 1),
    unordered=frozenset({"b", "a"}),
    members={"x": Size.SMALL},
    maybe=Dog(name=Name("Rex")),
    either=Cat(name="Mia"),
)


def test_every_annotated_kind_survives() -> None:
    assert records.from_bytes(records.to_bytes(WHOLE), Everything) == WHOLE


def test_absent_values_survive() -> None:
    bare = Everything(**{**{name: getattr(WHOLE, name) for name in NAMES}, "maybe": None, "either": None})
    assert records.from_bytes(records.to_bytes(bare), Everything) == bare


NAMES = [name for name in Everything.__slots__ if name != "derived"]


def test_a_record_has_one_form() -> None:
    assert records.to_bytes(Cat(name="Mia")) == b'{"lives":9,"name":"Mia"}'


def test_a_member_that_an_old_record_lacks_takes_its_default() -> None:
    assert records.from_bytes(b'{"name":"Mia"}', Cat) == Cat(name="Mia", lives=9)


def test_an_act_in_the_outbox_keeps_its_kind() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    entry = acts.OutboxEntry(
        id=ActId("a"),
        relationship=RelationshipId("r"),
        act=acts.Counter(offer=MessageId("m"), price=Money(minor=5, currency="EUR")),
        state=acts.ActState.HELD,
        made=now,
        not_before=now,
    )
    assert records.from_bytes(records.to_bytes(entry), acts.OutboxEntry) == entry


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b'{"name": "Mia"}',
        b"[]",
        b"{}",
        b'{"name":5}',
        b'{"name":null}',
        b'{"lives":true,"name":"Mia"}',
        b'{"lives":9,"name":"Mia","tail":1}',
    ],
)
def test_bytes_of_another_shape_are_refused(data: bytes) -> None:
    with pytest.raises(NotARecord):
        records.from_bytes(data, Cat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    value: object


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOf:
    one: Dog | Cat


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    at: datetime
    pair: tuple[str, int] = ("a", 1)


@pytest.mark.parametrize(
    "data", [b'{"one":{"name":"Rex"}}', b'{"one":{"is":"Cow","name":"Rex"}}', b'{"one":"Rex"}', b'{"one":5}']
)
def test_a_union_needs_the_name_of_one_of_its_members(data: bytes) -> None:
    with pytest.raises(NotARecord):
        records.from_bytes(data, OneOf)


@pytest.mark.parametrize(
    "data",
    [
        b'{"at":"2026-11-22T12:00:00"}',
        b'{"at":"yesterday"}',
        b'{"at":"2026-11-22T12:00:00+00:00","pair":["a"]}',
        b'{"at":"2026-11-22T12:00:00+00:00","pair":"a1"}',
    ],
)
def test_instants_carry_their_zone_and_tuples_their_length(data: bytes) -> None:
    with pytest.raises(NotARecord):
        records.from_bytes(data, Moment)


@pytest.mark.parametrize(
    "value",
    [
        Moment(at=datetime(2026, 1, 1)),  # noqa: DTZ001 - naive on purpose
        Holder(value=1.5),
        Holder(value=object()),
        Holder(value=[1]),
        OneOf(one="Rex"),  # type: ignore[arg-type]
        Cat(name="\ud800"),
        Cat(name="Mia", lives=2**60),
        "no dataclass at all \ud800",
    ],
)
def test_what_has_no_form_is_not_written(value: object) -> None:
    with pytest.raises(NotARecord):
        records.to_bytes(value)


def test_an_annotation_without_a_form_is_not_read() -> None:
    with pytest.raises(NotARecord):
        records.from_bytes(b'{"value":1}', Holder)
