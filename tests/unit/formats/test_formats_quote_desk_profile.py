"""Profiles of quote desks: the shipped ones hold, and a file that says something else is refused."""

import pytest

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.quote_desk import DeskProfile, Fills
from vrm_desktop.formats.errors import NotADeskProfile
from vrm_desktop.formats.quote_desk_profile import LARGEST, read_profile, write_profile
from vrm_desktop.resources_folder import resources_folder

SHIPPED = {file.stem: file for file in (resources_folder() / "quote_desks").glob("*.json")}


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_shipped_profiles_read_back_and_say_that_nobody_checked_them(name: str) -> None:
    profile = read_profile(SHIPPED[name].read_bytes())
    assert (profile.name, profile.checked) == (name, False)
    assert read_profile(write_profile(profile)) == profile


def test_shipped_profiles_demand_what_is_published_about_them() -> None:
    demands = {name: read_profile(file.read_bytes()).demands for name, file in SHIPPED.items()}
    assert demands == {
        "cintra-supply": (Fills.EMAIL,),
        "reqo-supply": (Fills.EMAIL,),
        "vibe-manufacturing": (),
        "gem-alli": (Fills.NAME, Fills.EMAIL),
    }


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "{",
        "{}",
        '{"name": "x", "title": "X", "tool": "t"}',
        '{"name": "x", "title": "X", "tool": "t", "arguments": {}}',
        '{"name": "x", "title": "X", "tool": "t", "arguments": [], "more": 1}',
        '{"name": "X Y", "title": "X", "tool": "t", "arguments": []}',
        '{"name": "x", "title": " ", "tool": "t", "arguments": []}',
        '{"name": "x", "title": "X", "tool": "a b", "arguments": []}',
        '{"name": "x", "title": "X", "tool": 3, "arguments": []}',
        '{"name": "x", "title": "X", "tool": "t", "arguments": [], "checked": "yes"}',
        '{"name": "x", "title": "X", "tool": "t", "arguments": [{"path": "a"}, {"path": "a"}]}',
        '{"name": "x", "title": "X", "tool": "t", "arguments": [{"path": "a..b"}]}',
        '{"name": "x", "title": "X", "tool": "t", "arguments": [{"path": "a", "fills": "want.price_cap"}]}',
        '{"name": "x", "title": "X", "tool": "t", "arguments": [], "looking": {"tool": "l", "id_argument": "i"}}',
        '{"name": "x", "title": "X", "tool": "t", "arguments": [], "id_at": "i", "quoting": {"total": "t"}}',
        '{"name": "x", "title": "X", "tool": "t", "arguments": [], "quoting": {"currency_usual": "EUR"}}',
        '{"name": "x", "title": "X", "tool": "t", "arguments": [], "quoting": {"total": "t", "currency_usual": "eur"}}',
        '{"name": "x", "title": "X", "tool": "t", "arguments": [], "accepting": {"tool": "a", "id_argument": ""}}',
        (
            '{"name": "x", "title": "X", "tool": "t", "arguments": [], "id_at": "i", "quoting": {"total": "t",'
            ' "currency": "c"}, "looking": {"tool": "l", "id_argument": "i", "every": 1}}'
        ),
        (
            '{"name": "x", "title": "X", "tool": "t", "arguments": [], "id_at": "i", "quoting": {"total": "t",'
            ' "currency": "c"}, "looking": {"tool": "l", "id_argument": "i", "every": true}}'
        ),
        (
            '{"name": "x", "title": "X", "tool": "t", "arguments": [], "id_at": "i", "quoting": {"total": "t",'
            ' "currency": "c"}, "looking": {"tool": "l", "id_argument": "i", "ready": "r"}}'
        ),
        " " * (LARGEST + 1),
    ],
)
def test_a_file_that_describes_no_desk_is_refused(text: str) -> None:
    with pytest.raises(NotADeskProfile):
        read_profile(text.encode())


def test_a_profile_has_a_bounded_number_of_arguments() -> None:
    with pytest.raises(InvalidValue):
        DeskProfile(name="x", title="X" * 101, tool="t", arguments=())
