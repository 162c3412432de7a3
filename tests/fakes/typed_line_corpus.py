"""The labelled typed lines and how a reading of one is graded. Wrong costs three, unknown one."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from vrm_desktop.formats.typed_line.line import parse
from vrm_desktop.formats.typed_line.meaning import Field, ParsedLine
from vrm_desktop.formats.typed_line.words import fold

FOLDER = Path(__file__).resolve().parents[1] / "data" / "typed_lines"
REQUIRED = ("what", "category", "area")
TAKING = {Field.AREA, Field.CONDITION, Field.FULFILMENT, Field.NEEDED_BY, Field.ANSWERS_BY, Field.PRICE_CAP}
WRONG_WEIGHT, UNKNOWN_WEIGHT = 3, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One corpus line: the text, when and where it was typed, the chips expected and the fields to be asked back."""

    text: str
    today: date
    home: str | None
    expect: Mapping[str, Any]
    ask: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What became of one line's fields, each as "field: expected -> given"."""

    right: tuple[str, ...]
    wrong: tuple[str, ...]
    unknown: tuple[str, ...]
    not_asked: tuple[str, ...]
    needlessly_asked: tuple[str, ...]


def labels(name: str) -> list[Label]:
    """The lines of one corpus file."""
    rows = (json.loads(row) for row in (FOLDER / name).read_text("utf-8").splitlines())
    return [
        Label(
            text=row["text"],
            today=date.fromisoformat(row["today"]),
            home=row.get("home"),
            expect=row["expect"],
            ask=frozenset(row["ask"]),
        )
        for row in rows
    ]


def read(label: Label) -> ParsedLine:
    """The parser's reading of the line."""
    return parse(label.text, today=label.today, home_country=label.home)


def grade(label: Label, parsed: ParsedLine) -> Grade:
    """Compare field by field: a chip where the label has none (also where it wants a question) is wrong."""
    expected = dict(_expected(label.expect))
    given = dict(_given(parsed))
    right, wrong, unknown = [], [], []
    for field in sorted(expected.keys() | given.keys()):
        line = f"{field}: {expected.get(field)} -> {given.get(field)}"
        if field not in given:
            unknown.append(line)
        elif field in expected and _agrees(field, expected[field], given[field]):
            right.append(line)
        else:
            wrong.append(line)
    asked = {question.key or question.field.value for question in parsed.questions}
    return Grade(
        right=tuple(right),
        wrong=tuple(wrong),
        unknown=tuple(unknown),
        not_asked=tuple(sorted(label.ask - asked)),
        needlessly_asked=tuple(sorted(asked - label.ask)),
    )


def _expected(expect: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for field, value in expect.items():
        match field:
            case "attributes":
                yield from value.items()
            case "what":
                yield field, {fold(word) for word in value}
            case "price_cap":
                yield field, (value["minor"], value["currency"])
            case _:
                yield field, value


def _given(parsed: ParsedLine) -> Iterator[tuple[str, object]]:
    if parsed.title is not None:
        words = [fold(word) for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", parsed.title)]
        yield "what", words if _keeps_to_itself(parsed) else []
    if parsed.place is not None:
        area = parsed.place.area
        yield "area", (area.code, area.postal_prefix)
        yield "place", parsed.place.name
    if parsed.price_cap is not None:
        yield "price_cap", (parsed.price_cap.minor, parsed.price_cap.currency)
    plain = {
        "category": parsed.category,
        "condition": parsed.condition,
        "fulfilment": parsed.fulfilment,
        "needed_by": parsed.needed_by and parsed.needed_by.isoformat(),
        "answers_by": parsed.answers_by and parsed.answers_by.isoformat(),
        "quantity": parsed.quantity,
    }
    yield from ((field, value) for field, value in plain.items() if value is not None)
    yield from parsed.attributes.items()


def _keeps_to_itself(parsed: ParsedLine) -> bool:
    """Whether the title leaves out what the chips that take their words took."""
    title = parsed.chip(Field.WHAT)
    taken = [chip for chip in parsed.chips if chip.field in TAKING]
    return title is not None and all(
        str(title.value).count(chip.source) < parsed.text.count(chip.source) for chip in taken
    )


def _agrees(field: str, expected: Any, given: Any) -> bool:
    match field:
        case "what":
            return bool(expected <= set(given))
        case "area":
            code, _, prefix = expected.partition("/")
            return bool(given[0] == code and prefix in ("", given[1]))
        case "place":
            return fold(expected) in fold(given)
        case _:
            return bool(expected == given)
