"""base64url and hashes."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.canon import base64url
from vrm_desktop.canon.errors import NotBase64url
from vrm_desktop.canon.hashes import chain, digest


@given(st.binary(max_size=100))
def test_bytes_survive_base64url_and_it_is_the_standard_one(data: bytes) -> None:
    text = base64url.encode(data)
    assert base64url.decode(text) == data
    assert text == base64.urlsafe_b64encode(data).decode().rstrip("=")


@given(st.text("ABab01-_", max_size=12))
def test_each_run_of_bytes_has_one_text_only(text: str) -> None:
    try:
        data = base64url.decode(text)
    except NotBase64url:
        return
    assert base64url.encode(data) == text


@pytest.mark.parametrize("text", ["A", "AAAAA", "AB", "AAB", "AA==", "A+AA", "A/AA", "AA\n", " AA", "ÄA", "AA AA"])
def test_padding_other_signs_and_unused_bits_are_refused(text: str) -> None:
    with pytest.raises(NotBase64url):
        base64url.decode(text)


def test_a_digest_is_sha_256_in_base64url() -> None:
    assert digest(b"abc") == "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"


def test_a_chain_starts_from_nothing_and_binds_all_that_went_before() -> None:
    first = chain("", b"one")
    assert first == digest(b"one")
    assert base64url.decode(chain(first, b"two")) == hashlib.sha256(base64url.decode(first) + b"two").digest()
    assert chain(chain("", b"eno"), b"two") != chain(first, b"two")


def test_a_chain_continues_links_only() -> None:
    with pytest.raises(ValueError, match="link"):
        chain("AAAA", b"two")
