"""Entries of public lists: found by words and country, silent in the person's own search."""

from datetime import UTC, datetime

import pytest

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.organisation import Difficulty, HintKind, Organisation, SiteHint, hint_id

AT = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
ENTRY = Organisation(
    id="stadtwerke",
    name="Stadtwerke Sülzhafen GmbH",
    at=AT,
    source="companies.jsonl",
    web="https://www.stadtwerke.example/",
    countries=("de",),
    runs=("Hafenbad",),
    templates=(("access", "access-tracking"), ("erasure",)),
)


def test_an_entry_is_found_by_all_words_of_its_names() -> None:
    assert ENTRY.matches("sülzhafen STADT")
    assert ENTRY.matches("hafenbad")
    assert not ENTRY.matches("stadtwerke köln")
    assert ENTRY.words == ""


def test_an_entry_serves_its_countries_or_all() -> None:
    assert ENTRY.serves("DE")
    assert not ENTRY.serves("FR")


def test_a_preferred_template_is_named_by_its_right() -> None:
    assert [ENTRY.template_for(right) for right in ("access", "erasure", "copy")] == ["access-tracking", "", ""]


def test_an_entry_has_a_name() -> None:
    with pytest.raises(InvalidValue):
        Organisation(id="x", name=" ", at=AT, source="companies.jsonl")


def test_a_hint_stays_out_of_the_search() -> None:
    hint = SiteHint(
        id=hint_id(HintKind.DELETE, "shop.example"),
        kind=HintKind.DELETE,
        domain="shop.example",
        name="Shop",
        at=AT,
        source="sites.json",
        link="https://shop.example/delete",
        difficulty=Difficulty.EASY,
    )
    assert (hint.id, hint.words) == ("delete:shop.example", "")
