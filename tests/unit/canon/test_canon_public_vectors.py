"""The public vectors of RFC 8785 and eddsa-jcs-2022, where they are at hand."""

import hashlib
import json
from pathlib import Path

import pytest
from nacl.signing import VerifyKey

from tests.fakes.public_data import shared_data
from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import NotStrictJson

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


@pytest.mark.parametrize("name", ["arrays", "french", "structures", "unicode", "values", "weird"])
def test_a_public_vector_is_encoded_byte_for_byte_or_is_beyond_the_limits(name: str) -> None:
    folder = shared_data("jcs")
    data = (folder / "input" / f"{name}.json").read_bytes()
    expected = (folder / "output" / f"{name}.json").read_bytes()
    assert bytes.fromhex((folder / "outhex" / f"{name}.txt").read_text()) == expected
    try:
        value = strict_json.decode(data)
    except NotStrictJson:
        assert name in {"french", "structures", "values", "weird", "arrays"}, "only floats and keys may refuse a vector"
        assert beyond_the_limits(json.loads(data))
        return
    assert strict_json.encode(value) == expected
    assert strict_json.decode_canonical(expected) == value


def beyond_the_limits(value: object) -> bool:
    """Whether a float or a non-ASCII key stands somewhere in it."""
    match value:
        case float():
            return True
        case dict():
            return any(not key.isascii() or beyond_the_limits(item) for key, item in value.items())
        case list():
            return any(beyond_the_limits(item) for item in value)
        case _:
            return False


def test_the_published_eddsa_jcs_proof_has_our_canonical_form_and_verifies() -> None:
    folder = shared_data("eddsa-jcs-2022") / "eddsa-jcs-2022"
    signed = strict_json.decode((folder / "signedJCS.json").read_bytes())
    assert isinstance(signed, dict)
    proof = signed.pop("proof")
    assert isinstance(proof, dict)
    multibase = proof.pop("proofValue")
    document = strict_json.encode(signed)
    assert document == (folder / "canonDocJCS.txt").read_bytes().rstrip(b"\n")
    assert hashlib.sha256(document).hexdigest() == (folder / "docHashJCS.txt").read_text().strip()
    config = strict_json.encode(proof)
    assert config == (folder / "proofCanonJCS.txt").read_bytes().rstrip(b"\n")
    hashed = hashlib.sha256(config).digest() + hashlib.sha256(document).digest()
    assert hashed.hex() == (folder / "combinedHashJCS.txt").read_text().strip()
    assert isinstance(multibase, str)
    signature = from_base58(multibase[1:], 64)
    assert signature.hex() == (folder / "sigHexJCS.txt").read_text().strip()
    VerifyKey(public_key(folder.parent / "keyPair.json")).verify(hashed, signature)


def public_key(file: Path) -> bytes:
    pair = json.loads(file.read_text())
    return from_base58(pair["publicKeyMultibase"][1:], 34)[2:]


def from_base58(text: str, length: int) -> bytes:
    number = 0
    for sign in text:
        number = number * 58 + BASE58.index(sign)
    return number.to_bytes(length, "big")
