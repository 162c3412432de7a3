"""A form out of a tool's JSON Schema, and its filled-in texts as the tool's arguments. Pure; a stranger's words.

What cannot be shown as a plain field is named and left out, or refuses the form where the tool demands it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vrm_desktop.canon.loose_json import Loose, Number
from vrm_desktop.canon.loose_writing import is_number
from vrm_desktop.domain.quote_desk import LONGEST_TEXT, MOST_ARGUMENTS, steps
from vrm_desktop.formats.errors import NotAToolForm
from vrm_desktop.formats.mcp_tools import clean

DEEPEST: Final = 4
MOST_CHOICES: Final = 100
MOST_ITEMS: Final = 20
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_\-]{0,63}")
_WHOLE = re.compile(r"-?[0-9]{1,15}", re.ASCII)
_YES: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class FieldKind(StrEnum):
    """What can stand in a field."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    TRUTH = "truth"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class FormField:
    """One field. In its `path` the number 0 stands for any item of a list. `told` are the desk's own words about it."""

    path: str
    kind: FieldKind
    required: bool
    label: str
    told: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ToolForm:
    """A tool's form; `left_out` are members that it does not demand and that cannot be shown."""

    fields: tuple[FormField, ...]
    left_out: tuple[str, ...]

    def field(self, path: str) -> FormField | None:
        """The field that a path belongs to."""
        plain = ".".join("0" if part.isdecimal() else part for part in path.split("."))
        return next((one for one in self.fields if one.path == plain), None)


def read_form(schema: Mapping[str, Loose]) -> ToolForm:
    """The form of a tool's arguments.

    Raises:
        NotAToolForm: it demands something that cannot be shown, or has more than 40 fields.
    """
    reader = _Reader(schema)
    reader.members(schema, "", required=True, depth=1)
    if len(reader.found) > MOST_ARGUMENTS:
        raise NotAToolForm("too many fields")
    return ToolForm(fields=tuple(reader.found), left_out=tuple(reader.left))


def fill(form: ToolForm, typed: Mapping[str, str]) -> dict[str, Loose]:
    """The arguments, of the kinds that the form says; fields that are not typed in are left out.

    Raises:
        NotAToolForm: a path that the form does not have, a text that does not fit, or something demanded is missing.
    """
    values: dict[str, Loose] = {}
    for path, text in typed.items():
        field = form.field(path)
        if field is None:
            raise NotAToolForm(f"{path}: not in the form")
        values[path] = _value(field, text)
    for field in form.fields:
        if field.required and not any(form.field(path) is field for path in typed):
            raise NotAToolForm(f"{field.path}: missing", path=field.path)
    return built(values)


def built(values: Mapping[str, Loose]) -> dict[str, Loose]:
    """Values by their paths as one object; lists have their items in order and without gaps.

    Raises:
        NotAToolForm: paths that contradict each other, or a list with more than 20 items.
    """
    made = _built([(steps(path), value) for path, value in values.items()])
    if not isinstance(made, dict):
        raise NotAToolForm("no arguments")
    return made


def _built(values: list[tuple[tuple[str | int, ...], Loose]]) -> Loose:
    if not values:
        return {}
    if any(not path for path, _value in values):
        if len(values) > 1:
            raise NotAToolForm("two paths contradict each other")
        return values[0][1]
    heads = list(dict.fromkeys(path[0] for path, _value in values))
    below = {head: _built([(path[1:], value) for path, value in values if path[0] == head]) for head in heads}
    numbers = [head for head in heads if isinstance(head, int)]
    if not numbers:
        return {str(head): below[head] for head in heads}
    if len(numbers) < len(heads) or sorted(numbers) != list(range(len(numbers))) or len(numbers) > MOST_ITEMS:
        raise NotAToolForm("a list with gaps")
    return [below[number] for number in sorted(numbers)]


def _value(field: FormField, text: str) -> Loose:
    if len(text) > LONGEST_TEXT:
        raise NotAToolForm(f"{field.path}: too long")
    match field.kind:
        case FieldKind.TEXT:
            return text
        case FieldKind.CHOICE if text in field.choices:
            return text
        case FieldKind.NUMBER if is_number(text.strip()):
            return Number(text.strip())
        case FieldKind.WHOLE if _WHOLE.fullmatch(text.strip()):
            return Number(str(int(text)))
        case FieldKind.TRUTH if text.strip().lower() in _YES:
            return _YES[text.strip().lower()]
        case _:
            raise NotAToolForm(f"{field.path}: not a {field.kind.value}")


class _Reader:
    def __init__(self, schema: Mapping[str, Loose]) -> None:
        self._root = schema
        self.found: list[FormField] = []
        self.left: list[str] = []

    def members(self, schema: Mapping[str, Loose], before: str, *, required: bool, depth: int) -> None:
        properties, demanded = schema.get("properties"), schema.get("required")
        names = {one for one in demanded if isinstance(one, str)} if isinstance(demanded, list) else set()
        for name, member in (properties if isinstance(properties, dict) else {}).items():
            path = f"{before}.{name}" if before else name
            self._member(member, path, required=required and name in names, depth=depth)
        if names - (set(properties) if isinstance(properties, dict) else set()):
            raise NotAToolForm("it demands what it does not describe")

    def _member(self, member: Loose, path: str, *, required: bool, depth: int) -> None:
        schema = self._plain(member)
        kind, choices = _kind(schema) if schema is not None else (None, ())
        last = path.rpartition(".")[2]
        if schema is None or depth > DEEPEST or not (_NAME.fullmatch(last) or last == "0") or len(self.found) > 200:
            self._leave(path, required=required)
        elif kind is not None:
            self.found.append(
                FormField(
                    path=path,
                    kind=kind,
                    required=required,
                    label=_line(schema.get("title")) or path,
                    told=clean(_text(schema.get("description")), 500),
                    choices=choices,
                )
            )
        elif schema.get("type") == "array":
            self._member(schema.get("items"), f"{path}.0", required=required, depth=depth + 1)
        elif schema.get("type") == "object" and isinstance(schema.get("properties"), dict):
            self.members(schema, path, required=required, depth=depth + 1)
        else:
            self._leave(path, required=required)

    def _leave(self, path: str, *, required: bool) -> None:
        if required:
            raise NotAToolForm(f"{path}: demanded, and cannot be shown")
        self.left.append(clean(path, 200))

    def _plain(self, member: Loose) -> dict[str, Loose] | None:
        """A schema without references and without "or nothing"; None where it has several kinds."""
        for _ in range(DEEPEST):
            if not isinstance(member, dict):
                return None
            reference, several = member.get("$ref"), member.get("anyOf") or member.get("oneOf")
            if isinstance(reference, str):
                member = self._defined(reference)
            elif isinstance(several, list):
                others = [one for one in several if not (isinstance(one, dict) and one.get("type") == "null")]
                if len(others) != 1 or not isinstance(others[0], dict):
                    return None
                rest = {name: value for name, value in member.items() if name not in {"anyOf", "oneOf"}}
                member = {**rest, **others[0]}
            elif "allOf" in member or "not" in member:
                return None
            else:
                return member
        return None

    def _defined(self, reference: str) -> Loose:
        value: Loose = dict(self._root)
        if not reference.startswith("#/") or len(reference) > 200:
            return None
        for part in reference[2:].split("/"):
            value = value.get(part) if isinstance(value, dict) else None
        return value


def _kind(schema: Mapping[str, Loose]) -> tuple[FieldKind | None, tuple[str, ...]]:
    several = schema.get("enum")
    if isinstance(several, list):
        choices = tuple(one for one in several if isinstance(one, str) and clean(one, 200) == one)
        fits = 0 < len(choices) == len(several) <= MOST_CHOICES
        return (FieldKind.CHOICE if fits else None), choices
    kind = schema.get("type")
    if isinstance(kind, list):
        others = [one for one in kind if one != "null"]
        kind = others[0] if len(others) == 1 else None
    return {
        "string": FieldKind.TEXT,
        "number": FieldKind.NUMBER,
        "integer": FieldKind.WHOLE,
        "boolean": FieldKind.TRUTH,
    }.get(kind if isinstance(kind, str) else ""), ()


def _line(value: Loose) -> str:
    return " ".join(clean(_text(value), 100).split())


def _text(value: Loose) -> str:
    return value if isinstance(value, str) else ""
