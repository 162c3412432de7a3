"""Canaries: one word planted in every text and every run of bytes that a vault keeps, and looked for in many forms.

What is planted is found by walking the records themselves, so that a field that is added tomorrow is planted too, or
turns up among those that refused. Never here: where it is looked for.
"""

import base64
import dataclasses
import enum
import json
import typing
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from vrm_desktop.domain import ids

STEM = "Zaunkönig7f3ab9"
"""Stands in every canary; found in no program's text."""

_OPAQUE = {kind for kind in vars(ids).values() if isinstance(kind, typing.NewType)}


def forms(text: str = STEM) -> tuple[bytes, ...]:
    """The text as it may stand in a file or in memory: plain, wide, as JSON escapes it, as digits, in base 64."""
    plain = text.encode()
    found = [plain, text.encode("utf-16-le"), text.encode("utf-16-be"), json.dumps(text)[1:-1].encode()]
    found += [plain.hex().encode(), plain.hex().upper().encode()]
    # Base 64 has three alignments; the characters that depend on neighbours are cut off.
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        for shift in range(3):
            whole = encode(bytes(shift) + plain)
            found.append(whole[4 if shift else 0 : -4])
    return tuple(dict.fromkeys(found))


FORMS = forms()


def seen_in(data: bytes) -> str:
    """What stands around the first canary in the bytes; "" where there is none."""
    for form in FORMS:
        at = data.find(form)
        if at >= 0:
            return repr(data[max(0, at - 60) : at + len(form) + 60])
    return ""


def seen_under(folder: Path) -> dict[str, str]:
    """The files under a folder whose content or name shows a canary, and what stands around it."""
    shown: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        around = seen_in(name.encode())
        if not around and path.is_file() and not path.is_symlink():
            around = seen_in(path.read_bytes())
        if around:
            shown[name] = around
    return shown


@dataclasses.dataclass(slots=True)
class Planting:
    """Plants canaries in records. `planted` and `refused` are the places, as `Record.field`."""

    planted: set[str] = dataclasses.field(default_factory=set)
    refused: set[str] = dataclasses.field(default_factory=set)

    def in_module(self, module: ModuleType) -> Mapping[str, Any]:
        """What each record, table of texts and run of bytes of a module of specimens is to be replaced with."""
        made: dict[str, Any] = {}
        for name, value in vars(module).items():
            if name.isupper() and not name.endswith("KID"):
                made[name] = self._bytes(name, value) if isinstance(value, bytes) else self.in_value(value, name)
        return made

    def in_value(self, value: Any, place: str) -> Any:
        """The value with a canary in every text of it that may say anything."""
        match value:
            case enum.Enum() | bool() | int() | None:
                return value
            case str():
                return self._text(place)
            case bytes():
                return self._bytes(place, value)
            case tuple():
                return tuple(self.in_value(one, place) for one in value)
            case Mapping():
                return {key: self.in_value(one, f"{place}.{key}") for key, one in value.items()}
            case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
                return self._record(value)
            case _:
                return value

    def _record(self, record: Any) -> Any:
        hints = typing.get_type_hints(type(record))
        for field in dataclasses.fields(record):
            before = getattr(record, field.name)
            if hints[field.name] in _OPAQUE or _optional(hints[field.name]) in _OPAQUE:
                continue
            place = f"{type(record).__name__}.{field.name}"
            after = self.in_value(before, place)
            if after == before:
                continue
            # What takes no free text may take an address.
            for attempt in (after, f"{STEM}@{type(record).__name__}.example" if isinstance(before, str) else after):
                try:
                    record = dataclasses.replace(record, **{field.name: attempt})
                    break
                except ValueError:
                    continue
            else:
                self.refused.add(place)
                self.planted.discard(place)
        return record

    def _text(self, place: str) -> str:
        self.planted.add(place)
        return f"{STEM} {place}"

    def _bytes(self, place: str, value: bytes) -> bytes:
        """As many bytes as before where that says how long they must be, beginning with the stem."""
        self.planted.add(place)
        planted = f"{STEM} {place}".encode()
        return planted[: len(value)].ljust(len(value), b".") if len(value) == 32 else planted


def _optional(hint: Any) -> Any:
    arguments = [one for one in typing.get_args(hint) if one is not type(None)]
    return arguments[0] if len(arguments) == 1 else None


def a_specimen(kind: Any, known: Mapping[Any, Any]) -> Any:
    """Some value of the kind, as its annotations say, with every text that is optional; `known` has ids to refer to,
    and values of kinds that take no text at all.

    Raises:
        ValueError: its constructor refuses that; such a kind needs a specimen of its own.
    """
    if isinstance(kind, type) and kind in known:
        return known[kind]
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        wanted = [one for one in dataclasses.fields(kind) if _must_be_given(one) or _holds_text(hints[one.name])]
        return kind(**{field.name: a_specimen(hints[field.name], known) for field in wanted})
    if _optional(kind) is not None:
        return a_specimen(_optional(kind), known)
    origin, arguments = typing.get_origin(kind) or kind, typing.get_args(kind)
    if isinstance(origin, type) and issubclass(origin, enum.Enum):
        return next(iter(origin))
    if origin is tuple:
        return (a_specimen(arguments[0], known),)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"some": a_specimen(arguments[1], known)}
    if isinstance(origin, typing.NewType):
        return known.get(origin, "opaque")
    return _SIMPLE[origin]


def _must_be_given(field: "dataclasses.Field[Any]") -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _holds_text(hint: Any) -> bool:
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return False
    if dataclasses.is_dataclass(hint):
        return any(_holds_text(one) for one in typing.get_type_hints(hint).values())
    return hint in (str, bytes) or any(_holds_text(one) for one in typing.get_args(hint))


_SIMPLE: dict[Any, Any] = {
    str: "some",
    int: 1,
    bool: False,
    bytes: b"some",
    date: date(2026, 5, 4),
    datetime: datetime(2026, 5, 4, 12, tzinfo=UTC),
}
