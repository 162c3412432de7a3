"""Files and codes that recommend a vendor: strict in what they take, and silent about who hands them on."""

import json

import pytest

from vrm_desktop.domain.ids import Kid
from vrm_desktop.formats.errors import NotAVendorCard
from vrm_desktop.formats.vendor_card_file import (
    LARGEST,
    is_link,
    link_qr_svg,
    origin,
    read_card,
    read_link,
    write_card,
    write_link,
)

KEY = Kid("k" * 43)
CARD = b'{"name":"Radhaus"}'
FILE = json.loads(write_card("https://radhaus.example/", CARD, "Nice."))


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://user:secret@radhaus.example/shop?customer=4711#me", "https://radhaus.example"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("http://[::1]:80", "http://[::1]:80"),
    ],
)
def test_an_address_tells_nothing_of_its_user(address: str, kept: str) -> None:
    assert origin(address) == read_link(write_link(address, KEY)).address == kept


@pytest.mark.parametrize(
    "wrong", ["", "radhaus.example", "ftp://x.example", "https://", "https://x:99999", "https://ü.x"]
)
def test_what_is_no_address_of_a_site_is_refused(wrong: str) -> None:
    with pytest.raises(NotAVendorCard):
        origin(wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        b"",
        b"[]",
        b"{}",
        b"x" * (LARGEST + 1),
        json.dumps(FILE | {"version": 2}).encode(),
        json.dumps(FILE | {"sender": "me"}).encode(),
        json.dumps(FILE | {"card": "x"}).encode(),
        json.dumps(FILE | {"note": 1}).encode(),
        json.dumps(FILE | {"note": "x" * 501}).encode(),
        json.dumps(FILE | {"address": "x"}).encode(),
    ],
    ids=["empty", "list", "bare", "large", "newer", "more", "card", "note", "long-note", "address"],
)
def test_what_is_no_such_file_is_refused(wrong: bytes) -> None:
    with pytest.raises(NotAVendorCard):
        read_card(wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        "https://radhaus.example",
        "intentcast-vendor:2?address=https%3A%2F%2Fa.example&key=" + KEY,
        "intentcast-vendor:1",
        "intentcast-vendor:1?key=" + KEY,
        "intentcast-vendor:1?address=https%3A%2F%2Fa.example&key=short",
        f"intentcast-vendor:1?address=https%3A%2F%2Fa.example&key={KEY}&key={KEY}",
        "intentcast-vendor:1?" + "&".join(f"a{n}=1" for n in range(9)),
    ],
)
def test_what_is_no_such_code_is_refused(wrong: str) -> None:
    with pytest.raises(NotAVendorCard):
        read_link(wrong)


def test_a_file_without_a_card_is_not_written() -> None:
    with pytest.raises(NotAVendorCard):
        write_card("https://radhaus.example", b"{")


def test_a_code_holds_the_beginning_of_a_note() -> None:
    link = write_link("https://radhaus.example", KEY, "They  listen.\n" + "x" * 400)
    assert is_link(f" {link}\n")
    assert read_link(link).note.startswith("They listen. xxx")
    assert len(read_link(link).note) == 140
    assert link_qr_svg(link).lstrip().startswith(b"<?xml")
    assert read_card(write_card("https://radhaus.example/", CARD, "Nice.")).note == "Nice."
