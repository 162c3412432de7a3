"""The closed lists that a first question may speak."""

from typing import Final

import pytest

from vrm_desktop.domain.attributes import NotANumberAttribute, NumberOutOfRange
from vrm_desktop.domain.categories import (
    CATEGORIES,
    CONDITION,
    FULFILMENT,
    Attribute,
    Category,
    CategoryKind,
    UnknownAttribute,
    UnknownAttributeValue,
    UnknownCategory,
    bucket,
    category,
    check_attributes,
)
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.intentcast import Condition, Fulfilment

BICYCLE: Final = CATEGORIES["mobility.bicycle"]
FRAME: Final = BICYCLE.attribute("frame_cm")


@pytest.mark.parametrize(
    ("number", "expected"), [(43, "under-44"), (44, "44-46"), (54, "53-55"), (64, "62-64"), (65, "65-or-more")]
)
def test_a_number_falls_into_one_bucket_and_the_ends_are_open(number: int, expected: str) -> None:
    assert bucket(FRAME, number) == expected
    assert expected in FRAME.values


def test_a_bucket_of_one_number_is_that_number() -> None:
    assert bucket(CATEGORIES["home.painting"].attribute("rooms"), 2) == "2"


def test_every_number_of_every_attribute_is_in_its_closed_list() -> None:
    numeric = [attribute for one in CATEGORIES.values() for attribute in one.attributes if attribute.steps]
    assert numeric
    for attribute in numeric:
        assert {bucket(attribute, number) for number in range(1, 1500)} == set(attribute.values)


def test_words_have_no_buckets() -> None:
    with pytest.raises(NotANumberAttribute):
        bucket(CONDITION, 3)


@pytest.mark.parametrize(("attribute", "number"), [(FRAME, 0), (CATEGORIES["home.painting"].attribute("rooms"), 0)])
def test_a_number_below_every_bucket_is_refused(attribute: Attribute, number: int) -> None:
    with pytest.raises(NumberOutOfRange):
        bucket(attribute, number)


@pytest.mark.parametrize(
    "fields",
    [
        {"key": "Frame", "words": ("a",)},
        {"key": "frame"},
        {"key": "frame", "words": ("a",), "steps": (1, 2)},
        {"key": "frame", "steps": (1,)},
        {"key": "frame", "steps": (2, 1)},
        {"key": "frame", "words": ("a", "a")},
        {"key": "frame", "words": ("Not a token",)},
    ],
)
def test_an_attribute_against_its_rules_cannot_be_declared(fields: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(InvalidValue):
        Attribute(label="Frame", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "category_id", ["Bicycle", "mobility", "mobility.", "mobility.bi cycle", "a.b.c", "mobility.fahrräder"]
)
def test_a_category_id_is_dotted_lowercase_ascii(category_id: str) -> None:
    with pytest.raises(InvalidValue):
        Category(id=category_id, label="x", kind=CategoryKind.GOODS)


def test_an_attribute_may_not_shadow_a_general_one() -> None:
    with pytest.raises(InvalidValue):
        Category(id="a.b", label="x", kind=CategoryKind.GOODS, attributes=(CONDITION,))


def test_the_registry_is_keyed_by_id_and_cannot_be_changed() -> None:
    assert all(key == one.id for key, one in CATEGORIES.items())
    with pytest.raises(TypeError):
        CATEGORIES["other.goods"] = BICYCLE  # type: ignore[index]


def test_the_general_lists_are_those_of_the_want() -> None:
    assert set(CONDITION.values) == {one.value for one in Condition}
    assert set(FULFILMENT.values) == {one.value for one in Fulfilment}


def test_a_health_appointment_says_nothing_finer() -> None:
    assert [one for one in CATEGORIES if one.startswith("health.")] == ["health.appointment"]
    assert category("health.appointment").all_attributes == ()


def test_attributes_of_the_closed_lists_pass() -> None:
    check_attributes("mobility.bicycle", {"type": "road", "frame_cm": "53-55", "condition": "used"})
    check_attributes("health.appointment", {})


def test_what_is_not_on_the_lists_is_refused_by_name() -> None:
    with pytest.raises(UnknownCategory) as unknown:
        check_attributes("mobility.unicycle", {})
    assert unknown.value.code == "category-unknown"
    with pytest.raises(UnknownAttribute) as attribute:
        check_attributes("energy.electricity", {"condition": "new"})
    assert attribute.value.code == "attribute-unknown"
    with pytest.raises(UnknownAttributeValue) as value:
        check_attributes("mobility.bicycle", {"frame_cm": "54"})
    assert value.value.code == "attribute-value-unknown"
