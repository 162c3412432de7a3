"""Coarse areas, and the tables of places that mean one."""

import pytest

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.gazetteer import PLACES, PlaceKind, coarse_label
from vrm_desktop.domain.regions import Area

GERMANY = Area(country="DE")
WESTPHALIA = Area(country="DE", region="DE-NW")
DEUTZ = Area(country="DE", region="DE-NW", postal_prefix="50")


@pytest.mark.parametrize(
    "fields",
    [
        {"country": "Germany"},
        {"country": "de"},
        {"country": "DE", "region": "NW"},
        {"country": "DE", "region": "AT-9"},
        {"country": "DE", "region": "DE-"},
        {"country": "DE", "postal_prefix": ""},
        {"country": "DE", "postal_prefix": "5066"},
        {"country": "GB", "postal_prefix": "sw"},
    ],
)
def test_an_area_finer_or_other_than_iso_codes_cannot_be_made(fields: dict[str, str]) -> None:
    with pytest.raises(InvalidValue):
        Area(**fields)


def test_a_vendors_region_code_reads_as_an_area_and_back() -> None:
    assert Area.from_code("DE") == GERMANY
    assert Area.from_code("DE-NW") == WESTPHALIA
    assert [area.code for area in (GERMANY, WESTPHALIA, DEUTZ)] == ["DE", "DE-NW", "DE-NW"]
    with pytest.raises(InvalidValue):
        Area.from_code("")


def test_the_larger_area_covers_the_smaller_and_not_the_other_way_round() -> None:
    for larger, smaller in [(GERMANY, WESTPHALIA), (WESTPHALIA, DEUTZ), (GERMANY, DEUTZ)]:
        assert larger.covers(smaller)
        assert not smaller.covers(larger)
        assert larger.covers(larger)


def test_what_is_not_known_is_not_assumed_to_be_covered() -> None:
    somewhere = Area(country="DE", postal_prefix="50")
    assert not WESTPHALIA.covers(somewhere)
    assert WESTPHALIA.may_overlap(somewhere)
    assert not Area(country="AT").covers(GERMANY)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Area(country="AT"), False),
        (Area(country="DE", region="DE-BY"), False),
        (Area(country="DE", region="DE-NW", postal_prefix="5"), True),
        (Area(country="DE", region="DE-NW", postal_prefix="51"), False),
        (GERMANY, True),
    ],
)
def test_areas_overlap_unless_they_are_known_to_be_apart(*, other: Area, expected: bool) -> None:
    assert DEUTZ.may_overlap(other) is expected
    assert other.may_overlap(DEUTZ) is expected


def test_an_area_gets_coarser_step_by_step_and_stays_a_country() -> None:
    assert DEUTZ.coarser() == WESTPHALIA
    assert WESTPHALIA.coarser() == GERMANY
    assert GERMANY.coarser() == GERMANY


def test_an_area_reads_in_words_of_both_languages() -> None:
    assert coarse_label(DEUTZ) == "50…, North Rhine-Westphalia, Germany"
    assert coarse_label(DEUTZ, german=True) == "50…, Nordrhein-Westfalen, Deutschland"
    assert coarse_label(Area(country="PT"), german=True) == "Portugal"
    assert coarse_label(Area(country="ZZ", region="ZZ-1")) == "ZZ-1, ZZ"


def test_every_place_has_one_row_a_known_region_and_a_known_country() -> None:
    named = {place.area.code for place in PLACES if place.kind is not PlaceKind.CITY}
    assert all({place.area.code, place.area.country} <= named for place in PLACES)
    rows = [(place.kind, place.names, place.area) for place in PLACES]
    assert len(set(rows)) == len(rows)
    assert sum(place.kind is PlaceKind.CITY for place in PLACES) >= 200
    assert all(name.strip() == name and name for place in PLACES for name in place.names)


def test_names_that_mean_other_things_are_marked() -> None:
    marked = {name for place in PLACES for name in place.homographs}
    assert {"Essen", "Bath", "Nice", "Reading"} <= marked
    assert not any("~" in name for place in PLACES for name in place.names)
