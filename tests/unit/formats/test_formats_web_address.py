"""Pasted addresses as they are asked for, and whose they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.courier.errors import AddressRefusedError
from vrm_desktop.courier.targets import parse_target
from vrm_desktop.formats.web_address import asked_address, path_of, same_owner, site_of


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (" https://Shop.example/p/7?utm_source=x&c=red#reviews ", "https://shop.example/p/7?c=red"),
        ("shop.example", "https://shop.example/"),
        ("https://shop.example?gclid=1", "https://shop.example/"),
        (
            "https://fahrrad-köln.example/räder/größe?a=ü",
            "https://xn--fahrrad-kln-zfb.example/r%C3%A4der/gr%C3%B6%C3%9Fe?a=%C3%BC",
        ),
        ("https://shop.example/100%/a%20b|c", "https://shop.example/100%25/a%20b%7Cc"),
        ("http://127.0.0.1:8080/p", "http://127.0.0.1:8080/p"),
        ("https://[2001:db8::1]:8443/p", "https://[2001:db8::1]:8443/p"),
    ],
)
def test_it_is_cleaned_and_spelt_as_addresses_are(text: str, asked: str) -> None:
    found = asked_address(text)
    assert found is not None
    assert found.address == asked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://me:pw@s.example/",
        f"https://{'a' * 64}.example/",
    ],
)
def test_what_is_no_web_address_is_none(text: str) -> None:
    assert asked_address(text) is None


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=40), st.text(max_size=20))
def test_whatever_follows_the_host_the_courier_can_read_it(path: str, query: str) -> None:
    found = asked_address(f"https://shop.example/{path}?{query}")
    if found is None:
        return
    try:
        target = parse_target(found.address)
    except AddressRefusedError:
        assert ":" in found.address.removeprefix("https://").partition("/")[0]
    else:
        assert target.url == found.address


def test_one_owner_is_one_registrable_domain_or_the_very_same_place() -> None:
    assert same_owner("https://www.shop.co.uk/a", "https://m.shop.co.uk/b")
    assert not same_owner("https://shop.co.uk/", "https://other.co.uk/")
    assert same_owner("http://127.0.0.1:80/", "http://127.0.0.1/")
    assert not same_owner("http://127.0.0.1:81/", "http://127.0.0.1:82/")
    assert not same_owner("https://shop.example/", "http://127.0.0.1/")
    assert not same_owner("", "")


def test_site_and_path_are_its_two_halves() -> None:
    assert site_of("https://shop.example/p/7?c=red") == "https://shop.example"
    assert path_of("https://shop.example/p/7?c=red") == "/p/7?c=red"
    assert path_of("https://shop.example") == "/"
