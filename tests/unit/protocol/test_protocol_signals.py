"""Well-known files of other standards: what they say, and what is too strange to be read."""

import json

import pytest

from vrm_desktop.domain.signals import NamedTerms, SignalPlace
from vrm_desktop.protocol.errors import Malformed
from vrm_desktop.protocol.signals import LARGEST_SIGNAL, MOST_TERMS, Saying, read_signal

MYTERMS, GPC = SignalPlace.MYTERMS_JSON, SignalPlace.GPC


def test_named_terms_are_read_as_they_stand() -> None:
    data = b"""{ "effective_date": "2026-02-01", "tos_url": "https://shop.example/tos", "tos": "Terms of Service",
        "agreements": [{"id": "SD-BASE", "url": "https://myterms.info/agreements/SD-BASE"}, {"id": "X"}, "PDC"] }"""
    for place in (MYTERMS, SignalPlace.MYTERMS):
        assert read_signal(place, data) == Saying(
            since="2026-02-01",
            terms=(
                NamedTerms(name="SD-BASE", link="https://myterms.info/agreements/SD-BASE"),
                NamedTerms(name="X"),
                NamedTerms(name="PDC"),
            ),
        )


def test_a_privacy_control_file_says_yes_or_no_and_since_when() -> None:
    assert read_signal(GPC, b'{"gpc":true,"lastUpdate":"2021-12-10"}') == Saying(honours=True, since="2021-12-10")
    assert read_signal(GPC, b'{"gpc":false}') == Saying(honours=False)


@pytest.mark.parametrize(
    ("place", "data"),
    [
        (MYTERMS, b""),
        (MYTERMS, b"<!doctype html>"),
        (MYTERMS, b"[]"),
        (MYTERMS, b"{}"),
        (MYTERMS, b'{"agreements":{}}'),
        (MYTERMS, b'{"agreements":[{}]}'),
        (MYTERMS, b'{"agreements":[""]}'),
        (MYTERMS, b'{"agreements":[1]}'),
        (MYTERMS, json.dumps({"agreements": ["x"] * (MOST_TERMS + 1)}).encode()),
        (MYTERMS, json.dumps({"agreements": ["x" * 201]}).encode()),
        (MYTERMS, json.dumps({"agreements": [{"id": "x", "url": "y" * 501}]}).encode()),
        (MYTERMS, json.dumps({"agreements": ["a\u202egnp.exe"]}).encode()),
        (MYTERMS, json.dumps({"agreements": ["a\nb"]}).encode()),
        (MYTERMS, b'{"agreements":[],"effective_date":20260201}'),
        (MYTERMS, b"[" * 30_000 + b"]" * 2000),
        (MYTERMS, b'{"agreements":[]}' + b" " * LARGEST_SIGNAL),
        (GPC, b"{}"),
        (GPC, b'{"gpc":1}'),
        (GPC, b'{"gpc":"true"}'),
        (GPC, b'{"gpc":true,"gpc":false}'),
        (GPC, b'{"gpc":true,"lastUpdate":"' + b"9" * 41 + b'"}'),
    ],
)
def test_what_is_no_such_file_is_refused(place: SignalPlace, data: bytes) -> None:
    with pytest.raises(Malformed):
        read_signal(place, data)
