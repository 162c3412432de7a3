"""A form out of a tool's schema shows what is demanded, and what was put in becomes arguments of the right kinds."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.canon.loose_json import Loose, Number, read_loose
from vrm_desktop.canon.loose_writing import write_loose
from vrm_desktop.formats.errors import NotAToolForm
from vrm_desktop.formats.tool_form import FieldKind, built, fill, read_form

SCHEMA = """{
 "type": "object",
 "$defs": {"Line": {"type": "object", "properties": {
    "description": {"type": "string", "title": "What", "description": "what you\\u202e need"},
    "quantity": {"type": "integer", "default": 1}}, "required": ["description"]}},
 "properties": {
    "lines": {"type": "array", "items": {"$ref": "#/$defs/Line"}},
    "buyer_email": {"type": "string"},
    "budget": {"anyOf": [{"type": "number"}, {"type": "null"}]},
    "express": {"type": ["boolean", "null"]},
    "unit": {"enum": ["piece", "box"]},
    "tags": {"type": "array", "items": {"type": "string"}},
    "anything": {"type": "object"},
    "either": {"oneOf": [{"type": "string"}, {"type": "integer"}]}},
 "required": ["lines", "buyer_email"]
}"""


def schema(text: str) -> dict[str, Loose]:
    value = read_loose(text)
    assert isinstance(value, dict)
    return value


def test_a_schema_becomes_plain_fields_and_what_cannot_be_shown_is_named() -> None:
    form = read_form(schema(SCHEMA))
    shown = [(one.path, one.kind, one.required) for one in form.fields]
    assert shown == [
        ("lines.0.description", FieldKind.TEXT, True),
        ("lines.0.quantity", FieldKind.WHOLE, False),
        ("buyer_email", FieldKind.TEXT, True),
        ("budget", FieldKind.NUMBER, False),
        ("express", FieldKind.TRUTH, False),
        ("unit", FieldKind.CHOICE, False),
        ("tags.0", FieldKind.TEXT, False),
    ]
    assert form.left_out == ("anything", "either")
    assert (form.fields[0].label, form.fields[0].told) == ("What", "what you  need")
    assert form.fields[5].choices == ("piece", "box")


def test_what_is_put_in_becomes_arguments_of_the_kinds_that_the_form_says() -> None:
    form = read_form(schema(SCHEMA))
    typed = {
        "lines.0.description": "a",
        "lines.1.description": "b",
        "lines.1.quantity": " 07 ",
        "buyer_email": "a@b.example",
        "budget": "12.50",
        "express": "Yes",
        "unit": "box",
        "tags.0": "x",
    }
    assert write_loose(fill(form, typed)) == (
        '{"lines":[{"description":"a"},{"description":"b","quantity":7}],"buyer_email":"a@b.example",'
        '"budget":12.50,"express":true,"unit":"box","tags":["x"]}'
    )


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("nothing", "x"),
        ("lines.0.quantity", "1.5"),
        ("lines.0.quantity", "many"),
        ("budget", "NaN"),
        ("budget", "1,5"),
        ("express", "perhaps"),
        ("unit", "crate"),
        ("buyer_email", "x" * 4001),
        ("lines.2.description", "a list with a gap"),
    ],
)
def test_what_does_not_fit_is_refused(path: str, text: str) -> None:
    form = read_form(schema(SCHEMA))
    with pytest.raises(NotAToolForm):
        fill(form, {"lines.0.description": "a", "buyer_email": "a@b.example"} | {path: text})


def test_what_is_demanded_and_missing_is_named() -> None:
    with pytest.raises(NotAToolForm, match="buyer_email: missing"):
        fill(read_form(schema(SCHEMA)), {"lines.0.description": "a"})


@pytest.mark.parametrize(
    "member",
    [
        '{"type": "object"}',
        '{"oneOf": [{"type": "string"}, {"type": "integer"}]}',
        '{"allOf": []}',
        '{"$ref": "#/$defs/none"}',
        '{"$ref": "https://elsewhere.example/schema"}',
        '{"$ref": "#"}',
        '{"enum": [1, 2]}',
        '{"enum": []}',
        '{"type": ["string", "integer"]}',
        '{"type": "array"}',
        "true",
    ],
)
def test_a_form_that_demands_what_cannot_be_shown_is_refused(member: str) -> None:
    with pytest.raises(NotAToolForm, match="cannot be shown"):
        read_form(schema('{"properties": {"a": ' + member + '}, "required": ["a"]}'))


def test_forms_without_measure_are_refused() -> None:
    many = ",".join(f'"f{number}": {{"type": "string"}}' for number in range(41))
    with pytest.raises(NotAToolForm, match="too many"):
        read_form(schema('{"properties": {' + many + "}}"))
    with pytest.raises(NotAToolForm, match="does not describe"):
        read_form(schema('{"properties": {}, "required": ["ghost"]}'))
    endless = '{"$defs": {"L": {"type": "object", "properties": {"next": {"$ref": "#/$defs/L"}}}}, "$ref": "#/$defs/L",'
    assert len(read_form(schema(endless + '"properties": {"next": {"$ref": "#/$defs/L"}}}')).left_out) == 1


def test_paths_that_contradict_each_other_are_refused() -> None:
    for paths in (("a", "a.b"), ("a.0", "a.b"), ("0",)):
        with pytest.raises(NotAToolForm):
            built(dict.fromkeys(paths, Number("1")))
    assert built({}) == {}


_SCHEMAS = st.recursive(
    st.sampled_from([{"type": "string"}, {"type": "integer"}, {"enum": ["a"]}, {"$ref": "#/properties/a"}, {}, True]),
    lambda inner: st.one_of(
        st.builds(lambda items: {"type": "array", "items": items}, inner),
        st.builds(
            lambda properties: {"type": "object", "properties": properties, "required": sorted(properties)[:1]},
            st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
        ),
        st.builds(lambda one: {"anyOf": [one, {"type": "null"}]}, inner),
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from("abc"), _SCHEMAS, max_size=3))
def test_any_schema_is_shown_or_refused_and_a_full_form_can_be_filled(properties: dict[str, Any]) -> None:
    try:
        form = read_form({"properties": properties, "required": []})
    except NotAToolForm:
        return
    texts = {FieldKind.TEXT: "x", FieldKind.WHOLE: "3", FieldKind.CHOICE: "a"}
    fill(form, {one.path: texts[one.kind] for one in form.fields})
