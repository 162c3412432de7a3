"""Links without followers: what goes is named, what the shop needs stays, what is no web link is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.formats.clean_link import clean_link


@pytest.mark.parametrize(
    ("link", "clean", "stripped"),
    [
        (
            "https://s.example/p?id=7&utm_source=x&UTM_Medium=y",
            "https://s.example/p?id=7",
            ("utm_source", "UTM_Medium"),
        ),
        ("https://s.example/p?tag=me-21&ref=sr_1", "https://s.example/p", ("tag", "ref")),
        ("https://s.example/p?awc=1&irclickid=2&msclkid=3&gclid=4&fbclid=5", "https://s.example/p", None),
        ("https://s.example/p?aff_id=1&affiliate=2&afftrack=3", "https://s.example/p", None),
        ("https://s.example/p?gcl%69d=1&colour=red#size=54&utm_term=x", "https://s.example/p?colour=red#size=54", None),
        ("https://s.example/p?a=1&&b#tag", "https://s.example/p?a=1&&b#tag", ()),
        ("https://s.example/p?affair=1&reference=2&stage=3", "https://s.example/p?affair=1&reference=2&stage=3", ()),
    ],
)
def test_followers_are_taken_out_and_named(link: str, clean: str, stripped: tuple[str, ...] | None) -> None:
    found = clean_link(link)
    assert found is not None
    assert found.link == clean
    assert stripped is None or found.stripped == stripped


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/p/7",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://me:secret@s.example/",
        "https://[::1",
        "https://s.example:99999/",
        "https://s.example/a b",
        "https://s.example/\u202egpj",
        "https://s.example/?" + "a" * 8000,
    ],
)
def test_what_is_no_plain_web_link_is_none(text: str) -> None:
    assert clean_link(text) is None


@given(st.text(max_size=60))
def test_a_clean_link_is_clean_and_any_text_is_taken(text: str) -> None:
    found = clean_link("https://s.example/?" + text)
    again = clean_link(found.link) if found is not None else None
    assert found is None or (again is not None and again.stripped == () and again.link == found.link)
