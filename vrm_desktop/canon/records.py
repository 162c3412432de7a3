"""Frozen dataclasses as canonical JSON and back, for rows that are stored whole.

Driven by the dataclasses' own annotations: text, integers, booleans, bytes, enums, dates, zoned instants, tuples,
frozen sets, text-keyed mappings, optional values, nested dataclasses and unions of them (these carry their class name
under `is`). Members that an old record lacks take the class's default; unknown members are refused.
"""

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import Field, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, NamedTuple, TypeVar

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.canon.errors import CanonError, NotARecord

T = TypeVar("T")
_MEMBER = "is"
_Reader = Callable[[Any], Any]


def to_bytes(value: object) -> bytes:
    """`value`, an instance of a dataclass, as canonical JSON.

    Raises:
        NotARecord: something in it has no form here (a float, a naive datetime, an unannotated kind).
    """
    try:
        return strict_json.encode(_pack(value, type(value)))
    except NotARecord:
        raise
    except CanonError as error:
        raise NotARecord(str(error)) from error


def from_bytes(data: bytes, kind: type[T]) -> T:
    """The `kind` that `to_bytes` stored.

    Raises:
        NotARecord: not the canonical form of such a record, or its constructor refuses the values.
    """
    try:
        reader: _Reader = _reader(kind)  # type: ignore[arg-type] # classes hash
        value: T = reader(strict_json.decode_canonical(data))
    except NotARecord:
        raise
    except (CanonError, ValueError, TypeError) as error:
        raise NotARecord(f"{kind.__name__}: {error}") from error
    return value


@cache
def _members(kind: type[Any]) -> tuple[tuple[Field[Any], Any], ...]:
    hints = typing.get_type_hints(kind)
    return tuple((field, hints[field.name]) for field in fields(kind) if field.init)


@cache
def _plain(annotation: Any) -> Any:
    """The annotation without NewType around it."""
    while isinstance(annotation, typing.NewType):
        annotation = annotation.__supertype__
    return annotation


@cache
def _union(annotation: Any) -> tuple[Any, ...] | None:
    """The members of a union, None left out; None when it is no union."""
    if typing.get_origin(annotation) not in {typing.Union, types.UnionType}:
        return None
    return tuple(member for member in typing.get_args(annotation) if member is not types.NoneType)


def _pack(value: Any, annotation: Any) -> object:
    if value is None:
        return None
    annotation = _plain(annotation)
    union = _union(annotation)
    if union is not None:
        if len(union) == 1:
            return _pack(value, union[0])
        if type(value) not in union:
            raise NotARecord(f"a {type(value).__name__} is none of {annotation}")
        return {_MEMBER: type(value).__name__, **_pack_members(value)}
    if isinstance(value, Enum):
        return value.value
    if type(value) in _SIMPLE:
        return _SIMPLE[type(value)].write(value)
    match value:
        case tuple():
            return [_pack(item, kind) for item, kind in zip(value, _kinds(annotation, len(value)), strict=True)]
        case frozenset():
            return sorted((_pack(item, typing.get_args(annotation)[0]) for item in value), key=strict_json.encode)
        case Mapping():
            return {key: _pack(item, typing.get_args(annotation)[1]) for key, item in value.items()}
        case _:
            return _pack_members(value)


def _pack_members(value: Any) -> dict[str, object]:
    if not is_dataclass(value):
        raise NotARecord(f"no form for a {type(value).__name__}")
    return {field.name: _pack(getattr(value, field.name), hint) for field, hint in _members(value.__class__)}


def _kinds(annotation: Any, length: int) -> tuple[Any, ...]:
    """The kinds of a tuple's items: one kind repeated (`tuple[X, ...]`), or as listed."""
    arguments = typing.get_args(annotation)
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return (arguments[0],) * length
    return arguments


@cache
def _reader(annotation: Any) -> _Reader:
    """What reads a value of this kind. Made once for each kind: a check reads records by the million."""
    annotation = _plain(annotation)
    union = _union(annotation)
    if union is not None:
        return _optional(_reader(union[0]) if len(union) == 1 else _union_reader(union))
    origin = typing.get_origin(annotation) or annotation
    if origin in _SIMPLE:
        form = _SIMPLE[origin]
        return lambda value: form.read(_expect(value, form.kind))
    if isinstance(origin, type) and issubclass(origin, Enum):
        return origin
    if origin is tuple:
        return _tuple_reader(annotation)
    if origin is frozenset:
        item = typing.get_args(annotation)[0]
        return lambda value: frozenset(_reader(item)(inner) for inner in _expect(value, list))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        kind = typing.get_args(annotation)[1]
        return lambda value: {key: _reader(kind)(inner) for key, inner in _expect(value, dict).items()}
    if is_dataclass(origin):
        return _members_reader(origin)  # type: ignore[arg-type] # classes hash
    raise NotARecord(f"no form for {annotation}")


def _optional(read: _Reader) -> _Reader:
    return lambda value: None if value is None else read(value)


def _union_reader(union: tuple[Any, ...]) -> _Reader:
    named = {member.__name__: member for member in union}

    def read(value: Any) -> Any:
        found = dict(_expect(value, dict))
        member = named.get(found.pop(_MEMBER, None))
        if member is None:
            raise NotARecord("none of the union's members")
        return _members_reader(member)(found)

    return read


def _tuple_reader(annotation: Any) -> _Reader:
    def read(value: Any) -> Any:
        items = _expect(value, list)
        return tuple(_reader(kind)(item) for item, kind in zip(items, _kinds(annotation, len(items)), strict=True))

    return read


@cache
def _members_reader(kind: Any) -> _Reader:
    hints = {field.name: hint for field, hint in _members(kind)}
    readers: dict[str, _Reader] = {}  # filled while reading, for a record may hold its own kind

    def read(value: Any) -> Any:
        found = {}
        for name, inner in _expect(value, dict).items():
            member = readers.get(name)
            if member is None:
                if name not in hints:
                    raise NotARecord(f"{kind.__name__} has no {sorted(value.keys() - hints.keys())}")
                member = readers[name] = _reader(hints[name])
            found[name] = member(inner)
        return kind(**found)

    return read


def _expect(value: Any, kind: type[Any]) -> Any:
    if type(value) is not kind:
        raise NotARecord(f"a {type(value).__name__} where a {kind.__name__} belongs")
    return value


def _zoned(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise NotARecord("an instant without its zone")
    return instant


class _Form(NamedTuple):
    """How one simple kind is written as JSON of `kind`, and read again."""

    kind: type[Any]
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


_SIMPLE: dict[Any, _Form] = {
    str: _Form(str, str, str),
    int: _Form(int, int, int),
    bool: _Form(bool, bool, bool),
    bytes: _Form(str, base64url.encode, base64url.decode),
    date: _Form(str, date.isoformat, date.fromisoformat),
    datetime: _Form(
        str,
        lambda instant: _zoned(instant).isoformat(),
        lambda text: _zoned(datetime.fromisoformat(text)),
    ),
}
