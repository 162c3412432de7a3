"""What is signed of an HTTP message, byte for byte as RFC 9421 and RFC 9530 show it."""

import base64

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from nacl.signing import VerifyKey

from vrm_desktop.canon import base64url
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.protocol.http_signatures import Covered, content_digest, fields, parameters, signature_base

CREATED = 1618884473
B24: tuple[Covered, ...] = (
    ("@status", "200"),
    ("content-type", "application/json"),
    (
        "content-digest",
        "sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:",
    ),
    ("content-length", "23"),
)
B24_INPUT = (
    'sig-b24=("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256"'
)
B24_SIGNATURE = "wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw=="
B13_KEY = ("qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA", "Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0")
B26: tuple[Covered, ...] = (
    ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
    ("@method", "POST"),
    ("@path", "/foo"),
    ("@authority", "example.com"),
    ("content-type", "application/json"),
    ("content-length", "18"),
)
B26_SIGNATURE = "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
B14_KEY = "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs"


def p256_verify(signature: bytes, base: bytes) -> None:
    x, y = (int.from_bytes(base64url.decode(one)) for one in B13_KEY)
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    key = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    key.verify(encode_dss_signature(r, s), base, ec.ECDSA(SHA256()))


def test_the_ecdsa_example_of_the_standard_holds_over_what_is_built_here() -> None:
    told = parameters(B24, created=CREATED, keyid="test-key-ecc-p256")
    signature = base64.b64decode(B24_SIGNATURE)
    assert fields(told, signature, label="sig-b24") == {
        "signature-input": B24_INPUT,
        "signature": f"sig-b24=:{B24_SIGNATURE}:",
    }
    base = signature_base(B24, told)
    p256_verify(signature, base)
    with pytest.raises(InvalidSignature):
        p256_verify(signature, base.replace(b"200", b"201"))


def test_the_ed25519_example_of_the_standard_holds_too() -> None:
    told = parameters(B26, created=CREATED, keyid="test-key-ed25519")
    VerifyKey(base64url.decode(B14_KEY)).verify(signature_base(B26, told), base64.b64decode(B26_SIGNATURE))


def test_a_digest_is_the_one_that_the_standard_shows() -> None:
    assert content_digest(b'{"hello": "world"}') == "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:"


@pytest.mark.parametrize("value", ["", " x", "x ", "x\ny", "x\r\ny", "ü", "x\0"])
def test_a_value_that_could_be_read_as_two_is_not_signed(value: str) -> None:
    with pytest.raises(InvalidValue):
        signature_base([("ucp-agent", value)], "()")


@pytest.mark.parametrize("names", [("@path", "@path"), ("Content-Type",), ('a"b',), ("",)])
def test_names_are_plain_and_stand_once(names: tuple[str, ...]) -> None:
    with pytest.raises(InvalidValue):
        parameters([(name, "x") for name in names], created=CREATED, keyid="k")


@pytest.mark.parametrize(("keyid", "created"), [('a"', 1), ("", 1), ("a b", 1), ("k", -1)])
def test_a_key_and_an_instant_are_plain(keyid: str, created: int) -> None:
    with pytest.raises(InvalidValue):
        parameters([("@path", "/")], created=created, keyid=keyid)
