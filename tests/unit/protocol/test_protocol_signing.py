"""Signing: what holds for us holds for others, and every other form is refused."""

import copy
import pickle

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OKPKey

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.domain.ids import Kid
from vrm_desktop.protocol.errors import BadSignature, Malformed
from vrm_desktop.protocol.messages import CoSigned, Signature
from vrm_desktop.protocol.signing import (
    SeedSigner,
    Typ,
    claimed_kid,
    cosign,
    sign_compact,
    verify_compact,
    verify_cosigned,
)

ALICE, BOB = SeedSigner(b"a" * 32), SeedSigner(b"b" * 32)
PAYLOAD = b'{"a":1}'
GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493
SMALL_ORDER = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
]


def token(header: object, payload: bytes = PAYLOAD, signer: SeedSigner = ALICE) -> str:
    """A JWS signed properly over whatever header."""
    text = header if isinstance(header, bytes) else strict_json.encode(header)
    signing_input = f"{base64url.encode(text)}.{base64url.encode(payload)}"
    return f"{signing_input}.{base64url.encode(signer.sign(signing_input.encode()))}"


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200))
def test_the_same_seed_signs_the_same_bytes_in_three_libraries(seed: bytes, payload: bytes) -> None:
    signer = SeedSigner(seed)
    signed = sign_compact(signer, Typ.MESSAGE, payload)
    signing_input, _, signature = signed.rpartition(".")
    private = Ed25519PrivateKey.from_private_bytes(seed)
    assert base64url.decode(signature) == private.sign(signing_input.encode())
    key = OKPKey.import_key(
        {"kty": "OKP", "crv": "Ed25519", "x": signer.kid, "d": base64url.encode(seed)}, {"use": "sig"}
    )
    header = {"alg": "Ed25519", "kid": str(signer.kid), "typ": "intentcast-message"}
    assert jws.serialize_compact(header, payload, key, algorithms=["Ed25519"]) == signed
    assert verify_compact(signed, typ=Typ.MESSAGE, kid=signer.kid) == payload
    assert claimed_kid(signed) == signer.kid


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "EdDSA", "kid": ALICE.kid, "typ": "intentcast-message"},
        {"alg": "none", "kid": ALICE.kid, "typ": "intentcast-message"},
        {"alg": "Ed25519", "kid": ALICE.kid, "typ": "JWT"},
        {"alg": "Ed25519", "kid": ALICE.kid, "typ": "intentcast-order"},
        {"alg": "Ed25519", "kid": BOB.kid, "typ": "intentcast-message"},
        {"alg": "Ed25519", "kid": ALICE.kid, "typ": "intentcast-message", "jku": "https://x.example"},
        {"alg": "Ed25519", "kid": ALICE.kid, "typ": "intentcast-message", "b64": False, "crit": ["b64"]},
        {"alg": "Ed25519", "typ": "intentcast-message"},
        {"alg": "Ed25519", "kid": ALICE.kid},
        {"alg": "Ed25519", "kid": 5, "typ": "intentcast-message"},
        [],
        b'{"alg": "Ed25519","kid":"' + ALICE.kid.encode() + b'","typ":"intentcast-message"}',
        b'{"kid":"' + ALICE.kid.encode() + b'","alg":"Ed25519","typ":"intentcast-message"}',
        b"not json",
    ],
)
def test_any_other_header_is_refused_although_its_signature_holds(header: object) -> None:
    with pytest.raises(BadSignature):
        verify_compact(token(header), typ=Typ.MESSAGE, kid=ALICE.kid)


@pytest.mark.parametrize("header", [{"alg": "none", "kid": ALICE.kid, "typ": "intentcast-message"}, [], b"x", {"a": 1}])
def test_no_key_is_read_from_another_header(header: object) -> None:
    with pytest.raises(BadSignature):
        claimed_kid(token(header))


@pytest.mark.parametrize("typ", [typ for typ in Typ if typ is not Typ.MESSAGE])
def test_a_signature_of_one_type_never_serves_as_another(typ: Typ) -> None:
    with pytest.raises(BadSignature):
        verify_compact(sign_compact(ALICE, typ, PAYLOAD), typ=Typ.MESSAGE, kid=ALICE.kid)
    with pytest.raises(BadSignature):
        verify_cosigned(cosign(ALICE, Typ.MESSAGE, PAYLOAD), typ=typ, kids=(ALICE.kid,))


@pytest.mark.parametrize("key", SMALL_ORDER)
def test_a_small_order_key_is_refused_with_a_signature_that_would_hold_for_it(key: str) -> None:
    kid = Kid(base64url.encode(bytes.fromhex(key)))
    header = strict_json.encode({"alg": "Ed25519", "kid": kid, "typ": "intentcast-message"})
    signature = bytes.fromhex(SMALL_ORDER[0]) + bytes(32)
    forged = f"{base64url.encode(header)}.{base64url.encode(PAYLOAD)}.{base64url.encode(signature)}"
    with pytest.raises(BadSignature):
        verify_compact(forged, typ=Typ.MESSAGE, kid=kid)


def test_a_malleated_signature_is_refused() -> None:
    signing_input, _, text = sign_compact(ALICE, Typ.MESSAGE, PAYLOAD).rpartition(".")
    signature = base64url.decode(text)
    scalar = int.from_bytes(signature[32:], "little") + GROUP_ORDER
    malleated = signature[:32] + scalar.to_bytes(32, "little")
    with pytest.raises(BadSignature):
        verify_compact(f"{signing_input}.{base64url.encode(malleated)}", typ=Typ.MESSAGE, kid=ALICE.kid)


@given(st.data())
def test_no_bit_of_a_token_can_be_changed(data: st.DataObject) -> None:
    signed = sign_compact(ALICE, Typ.MESSAGE, PAYLOAD)
    place = data.draw(st.integers(0, len(signed) - 1))
    sign = data.draw(st.characters(max_codepoint=0x2000).filter(lambda sign: sign != signed[place]))
    with pytest.raises((BadSignature, Malformed)):
        verify_compact(signed[:place] + sign + signed[place + 1 :], typ=Typ.MESSAGE, kid=ALICE.kid)


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c.d", "...", "ä.ä.ä"])
def test_what_is_no_compact_jws_is_refused(text: str) -> None:
    with pytest.raises((BadSignature, Malformed)):
        verify_compact(text, typ=Typ.MESSAGE, kid=ALICE.kid)
    with pytest.raises((BadSignature, Malformed)):
        claimed_kid(text)


@pytest.mark.parametrize("kid", ["", "AAAA", "not a key"])
def test_a_kid_that_is_no_key_is_refused(kid: str) -> None:
    forged = token({"alg": "Ed25519", "kid": kid, "typ": "intentcast-message"})
    with pytest.raises(BadSignature):
        verify_compact(forged, typ=Typ.MESSAGE, kid=Kid(kid))


def test_a_signature_of_another_length_is_refused() -> None:
    signing_input, _, _ = sign_compact(ALICE, Typ.MESSAGE, PAYLOAD).rpartition(".")
    for signature in (b"", bytes(63), bytes(65)):
        with pytest.raises(BadSignature):
            verify_compact(f"{signing_input}.{base64url.encode(signature)}", typ=Typ.MESSAGE, kid=ALICE.kid)


def test_a_cosigned_document_names_its_signers_in_order() -> None:
    both = cosign(BOB, Typ.ORDER, PAYLOAD, cosign(ALICE, Typ.ORDER, PAYLOAD))
    assert verify_cosigned(both, typ=Typ.ORDER, kids=(ALICE.kid, BOB.kid)) == PAYLOAD
    for kids in ((BOB.kid, ALICE.kid), (ALICE.kid,), (BOB.kid,), (ALICE.kid, ALICE.kid), ()):
        with pytest.raises(BadSignature):
            verify_cosigned(both, typ=Typ.ORDER, kids=kids)


def test_one_signature_does_not_count_twice() -> None:
    single = cosign(ALICE, Typ.ORDER, PAYLOAD)
    doubled = CoSigned(payload=single.payload, signatures=single.signatures * 2)
    with pytest.raises(BadSignature):
        verify_cosigned(doubled, typ=Typ.ORDER, kids=(ALICE.kid, BOB.kid))


def test_a_signature_is_not_added_to_another_text() -> None:
    with pytest.raises(BadSignature):
        cosign(BOB, Typ.ORDER, b'{"a":2}', cosign(ALICE, Typ.ORDER, PAYLOAD))


def test_a_document_whose_parts_are_not_base64url_is_refused() -> None:
    single = cosign(ALICE, Typ.ORDER, PAYLOAD)
    (signature,) = single.signatures
    broken = CoSigned(payload=single.payload, signatures=(Signature(protected=signature.protected, signature="A"),))
    with pytest.raises(Malformed):
        verify_cosigned(broken, typ=Typ.ORDER, kids=(ALICE.kid,))


def test_a_signer_shows_nothing_and_is_neither_pickled_nor_copied() -> None:
    assert repr(ALICE) == "SeedSigner(…)"
    for act in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            act(ALICE)


def test_a_seed_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32"):
        SeedSigner(b"short")
