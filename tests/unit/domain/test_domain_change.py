"""A change of what the person keeps: each field once, each counterparty once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from vrm_desktop.domain.change import Change, Choice, NewValue, Told, Way
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import FieldId, RelationshipId, VendorId
from vrm_desktop.domain.profile import FieldPath

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
STREET = NewValue(field=FieldId("field-1"), path=FieldPath.STREET, before="Querlenkerweg 1183", value="Achsstand 2")
TOLD = Told(
    vendor=VendorId("vendor-1"),
    relationship=RelationshipId("rel-1"),
    choice=Choice.TELL,
    way=Way.WIRE,
    names=("profile.address.street",),
)
CHANGE = Change(id="change-1", at=NOW, since=date(2027, 2, 1), values=(STREET,), told=(TOLD,))


def test_a_change_is_found_by_its_new_values_and_belongs_to_nobody() -> None:
    assert (CHANGE.words, CHANGE.vendor, CHANGE.relationship) == ("Achsstand 2", None, None)


def test_what_is_said_again_to_the_same_counterparty_replaces_what_was_said() -> None:
    erase = replace(TOLD, choice=Choice.ERASE)
    later = replace(TOLD, received=NOW)
    assert CHANGE.with_told((erase, later)).told == (later, erase)


@pytest.mark.parametrize("value", ["", "  ", "x" * 2001])
def test_a_new_value_is_a_value(value: str) -> None:
    with pytest.raises(InvalidValue):
        replace(STREET, value=value)


def test_what_makes_no_sense_is_no_change() -> None:
    for wrong in ({"names": ()}, {"choice": Choice.LEAVE}, {"letter": "letter-1"}):
        with pytest.raises(InvalidValue):
            replace(TOLD, **wrong)
    with pytest.raises(InvalidValue):
        replace(CHANGE, values=(STREET, STREET))
    with pytest.raises(InvalidValue):
        replace(CHANGE, told=(TOLD, TOLD))
