"""Whether a site lets programs come by themselves, as its `robots.txt` says."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.formats.robots_file import may_visit

FILE = b"""# a shop
User-agent: greedybot
Disallow: /

User-Agent: *
Disallow: /cart
Disallow: /*?sort=
Disallow: /private/*.html$
Allow: /cart/help
Allow: /p*$
Crawl-delay: 10
Sitemap: https://shop.example/sitemap.xml
"""


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("/p/7", True),
        ("/cart", False),
        ("/cart/7", False),
        ("/cart/help", True),
        ("/list?sort=price", False),
        ("/private/a.html", False),
        ("/private/a.html?x=1", True),
        ("/", True),
    ],
)
def test_the_longest_rule_that_fits_decides(path: str, may: bool) -> None:  # noqa: FBT001 - a table's column
    assert may_visit(FILE, path) is may


def test_a_group_for_this_program_counts_alone() -> None:
    own = b"User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: INTENTCAST\nDisallow: /x\n"
    assert may_visit(own, "/p")
    assert not may_visit(own, "/x/1")
    assert not may_visit(b"User-agent: *\nDisallow: /\n", "/p")


def test_groups_of_one_name_are_one_and_allowing_wins_among_equals() -> None:
    split = b"User-agent: *\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: *\nDisallow: /b\nAllow: /b\n"
    assert not may_visit(split, "/a")
    assert may_visit(split, "/b")


@pytest.mark.parametrize(
    "data",
    [b"", b"<html>not found</html>", b"Disallow: /\n", b"User-agent: *\nDisallow:\n", b"\xff\xfe\x00", b"::::\n#"],
)
def test_what_says_nothing_allows(data: bytes) -> None:
    assert may_visit(data, "/p")


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_are_an_answer(data: bytes, path: str) -> None:
    assert may_visit(b"User-agent: *\n" + data, "/" + path) in {True, False}


def test_a_hostile_file_is_read_in_no_time() -> None:
    stars = b"User-agent: *\n" + b"Disallow: /" + b"*a" * 240 + b"$\n"
    many = b"User-agent: *\n" + b"Disallow: /x\n" * 100_000
    began = time.process_time()
    assert may_visit(stars, "/" + "a" * 2000 + "b")
    assert may_visit(many, "/p")
    assert time.process_time() - began < 5
