"""libsodium's combined mode: two other implementations agree, and every byte counts."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from nacl.encoding import Base64Encoder
from nacl.signing import SigningKey, VerifyKey

from vrm_desktop.protocol.drp_signing import key_text, read_key, sign_combined, split_combined, verify_combined
from vrm_desktop.protocol.errors import BadSignature, Malformed
from vrm_desktop.protocol.signing import SeedSigner

SEED = bytes(range(32))
KEY = bytes(SigningKey(SEED).verify_key)
MEMBERS: dict[str, object] = {"agent-id": "AGENT", "name": "Zoë", "drp.version": "1.0"}


def test_libsodium_opens_what_is_signed_here() -> None:
    opened = VerifyKey(KEY).verify(sign_combined(SeedSigner(SEED), MEMBERS).encode(), encoder=Base64Encoder)
    assert json.loads(opened) == MEMBERS


def test_what_libsodium_signs_is_opened_here_in_any_spacing() -> None:
    text = SigningKey(SEED).sign(json.dumps(MEMBERS, indent=3).encode(), encoder=Base64Encoder).decode()
    assert verify_combined(f" {text}\n", KEY) == MEMBERS


def test_another_implementation_makes_the_same_bytes() -> None:
    signature, payload = split_combined(sign_combined(SeedSigner(SEED), MEMBERS))
    assert Ed25519PrivateKey.from_private_bytes(SEED).sign(payload) == signature


def test_every_changed_byte_is_found() -> None:
    data = base64.b64decode(sign_combined(SeedSigner(SEED), MEMBERS))
    for place in range(len(data)):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        with pytest.raises(BadSignature):
            verify_combined(base64.b64encode(changed).decode(), KEY)


def test_another_key_and_one_that_is_none_are_refused() -> None:
    text = sign_combined(SeedSigner(SEED), MEMBERS)
    for key in (bytes(SigningKey(bytes(32)).verify_key), bytes(32), b"short"):
        with pytest.raises(BadSignature):
            verify_combined(text, key)


@pytest.mark.parametrize("text", ["", "no base64!", "AAAA", "ä", base64.b64encode(bytes(64)).decode()])
def test_what_holds_no_signature_is_malformed(text: str) -> None:
    with pytest.raises(Malformed):
        verify_combined(text, KEY)


@pytest.mark.parametrize("payload", [b"[]", b"not json", b'{"a":1,"a":2}', b"\xff"])
def test_what_is_signed_and_no_object_is_malformed(payload: bytes) -> None:
    with pytest.raises(Malformed):
        verify_combined(SigningKey(SEED).sign(payload, encoder=Base64Encoder).decode(), KEY)


def test_a_key_is_written_as_directories_write_it() -> None:
    assert read_key(key_text(KEY)) == KEY


@pytest.mark.parametrize("text", ["", "AAAA", "not base64"])
def test_a_key_of_another_length_is_none(text: str) -> None:
    with pytest.raises(Malformed):
        read_key(text)
