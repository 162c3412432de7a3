"""Answers judged by whoever signed them: what another library signed holds, and nothing that was changed does."""

import base64
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.domain.shop import ShopKey, Signed
from vrm_desktop.protocol.answer_signatures import judge

VECTORS = json.loads((Path(__file__).parents[2] / "data" / "ucp" / "signed_answers.json").read_text("utf-8"))
KEYS = tuple(ShopKey(kid=one["kid"], curve=one["crv"], x=one["x"], y=one.get("y", "")) for one in VECTORS["keys"])
FIRST: dict[str, Any] = VECTORS["answers"][0]
ED25519: dict[str, Any] = VECTORS["answers"][3]
EMPTY: dict[str, Any] = VECTORS["answers"][4]


def judged(
    told: dict[str, Any] = FIRST,
    *,
    keys: tuple[ShopKey, ...] = KEYS,
    status: int | None = None,
    body: str | None = None,
    **headers: str | None,
) -> Signed:
    """The verdict on one of the vectors, with some of it changed; None leaves a field out."""
    changed = {name.replace("_", "-"): value for name, value in headers.items()}
    kept = {name: value for name, value in {**told["headers"], **changed}.items() if value is not None}
    said = told["body"] if body is None else body
    return judge(told["status"] if status is None else status, kept, said.encode(), keys)


@pytest.mark.parametrize("told", VECTORS["answers"], ids=["P-256", "more", "P-384", "Ed25519", "empty"])
def test_what_another_library_signed_holds(told: dict[str, Any]) -> None:
    assert judged(told) is Signed.RIGHT
    assert judged(told, status=told["status"] + 1) is Signed.WRONG
    assert judged(told, keys=()) is Signed.UNCHECKED


def test_the_example_of_the_standard_holds() -> None:
    """RFC 9421, B.2.4."""
    key = ShopKey(
        kid="test-key-ecc-p256",
        curve="P-256",
        x="qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA",
        y="Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0",
    )
    digest = "mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ=="
    signature = "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw=="
    headers = {
        "content-type": "application/json",
        "content-digest": f"sha-512=:{digest}:",
        "content-length": "23",
        "signature-input": 'sig-b24=("@status" "content-type" "content-digest" "content-length")'
        ';created=1618884473;keyid="test-key-ecc-p256"',
        "signature": f"sig-b24=:{signature}:",
    }
    assert judge(200, headers, b'{"message": "good dog"}', [key]) is Signed.RIGHT
    assert judge(200, headers, b'{"message": "good cat"}', [key]) is Signed.WRONG


def test_without_a_signature_there_is_none_and_one_of_the_first_editions_cannot_be_checked() -> None:
    assert judged(signature=None, signature_input=None) is Signed.NONE
    assert judged(signature=None, signature_input=None, x_detached_jwt="a..b") is Signed.UNCHECKED


TOLD, SIGNATURE = FIRST["headers"]["signature-input"], FIRST["headers"]["signature"]
SHORT = f"sig1=:{base64.b64encode(bytes(63)).decode()}:"


@pytest.mark.parametrize(
    "changed",
    [
        {"body": '{"products": [1]}'},
        {"body": ""},
        {"content_digest": None},
        {"content_digest": "sha-256=:AAAA:"},
        {"content_digest": "md5=:AAAA:"},
        {"content_digest": "sha-256"},
        {"content_digest": "sha-256=:AAA:"},
        {"content_type": "text/html"},
        {"content_type": None},
        {"content_type": "a\tb"},
        {"signature": None},
        {"signature": "other=:AAAA:"},
        {"signature": SHORT},
        {"signature": SIGNATURE.replace("AmfU", "BmfU")},
        {"signature": "sig1"},
        {"signature": f"{SIGNATURE} x"},
        {"signature_input": None},
        {"signature_input": ""},
        {"signature_input": "sig1"},
        {"signature_input": 'sig1=("@status'},
        {"signature_input": TOLD.replace("created=1", "created=2")},
        {"signature_input": TOLD.replace(' "content-digest"', "")},
        {"signature_input": TOLD.replace(' "content-type"', "")},
        {"signature_input": TOLD.replace('"@status" ', "")},
        {"signature_input": TOLD.replace('"@status"', '"@status" "@status"')},
        {"signature_input": TOLD.replace('"@status"', '"@status" "no-such-field"')},
        {"signature_input": TOLD.replace('"@status"', '"@status" "@method"')},
    ],
)
def test_whatever_was_changed_is_wrong(changed: dict[str, Any]) -> None:
    assert judged(**changed) is Signed.WRONG


def test_a_changed_ed25519_signature_is_wrong() -> None:
    assert judged(ED25519, signature=SHORT) is Signed.WRONG
    assert judged(ED25519, signature=SIGNATURE) is Signed.WRONG


@pytest.mark.parametrize(
    "told",
    [
        TOLD.replace("shop-p256", "another"),
        TOLD.replace(';keyid="shop-p256"', ""),
        TOLD.replace('keyid="shop-p256"', "keyid=shop-p256"),
        TOLD.replace('"@status"', '"@status" "@method";req'),
        TOLD.replace('"content-digest"', '"content-digest";key="sha-256"'),
    ],
)
def test_what_cannot_be_checked_is_not_called_wrong(told: str) -> None:
    assert judged(signature_input=told) is Signed.UNCHECKED


@pytest.mark.parametrize(
    ("told", "key"),
    [
        (FIRST, {"curve": "P-521"}),
        (FIRST, {"curve": ""}),
        (FIRST, {"x": KEYS[0].y}),
        (FIRST, {"y": ""}),
        (FIRST, {"x": "not base64url!"}),
        (ED25519, {"x": "AAAA"}),
    ],
)
def test_a_key_that_is_none_checks_nothing(told: dict[str, Any], key: dict[str, str]) -> None:
    named = 'shop "ed" \\ 1' if told is ED25519 else "shop-p256"
    keys = tuple(replace(one, **key) for one in KEYS if one.kid == named)
    assert judged(told, keys=keys) is Signed.UNCHECKED


def test_a_key_of_small_order_makes_nothing_right() -> None:
    assert judged(ED25519, keys=(replace(KEYS[2], x="A" * 43),)) is Signed.WRONG


def test_one_signature_that_holds_is_enough_and_one_that_is_wrong_is_worse_than_one_unchecked() -> None:
    unknown = 'two=("@status" "content-digest" "content-type");keyid="unknown"'
    wrong = 'two=("@status" "content-digest" "content-type");keyid="shop-p256"'
    both = f"{SIGNATURE}, two=:AAAA:;why"
    assert judged(signature=both, signature_input=f"{TOLD}, {unknown}") is Signed.RIGHT
    assert judged(signature=both, signature_input=f"{wrong}, {TOLD}") is Signed.RIGHT
    assert judged(signature=both, signature_input=f"{wrong},{TOLD.replace('p256', 'none')}") is Signed.WRONG


def test_spaces_between_parts_and_flags_mean_nothing() -> None:
    spaced = TOLD.replace('("@status" "content-digest"', '( "@status"  "content-digest"')
    assert judged(signature_input=spaced) is Signed.RIGHT
    assert judged(signature_input=f"{TOLD};flag") is Signed.WRONG


@given(told=st.text(max_size=60), signed=st.text(max_size=60), digest=st.text(max_size=40))
def test_whatever_stands_in_the_fields_is_judged(told: str, signed: str, digest: str) -> None:
    assert judged(signature_input=told, signature=signed, content_digest=digest) in {Signed.WRONG, Signed.UNCHECKED}


@given(at=st.integers(min_value=0), sign=st.characters(min_codepoint=32, max_codepoint=126))
def test_no_single_sign_can_be_changed_unseen(at: int, sign: str) -> None:
    place = at % len(TOLD)
    changed = TOLD[:place] + sign + TOLD[place + 1 :]
    if changed != TOLD:
        assert judged(signature_input=changed) in {Signed.WRONG, Signed.UNCHECKED}
