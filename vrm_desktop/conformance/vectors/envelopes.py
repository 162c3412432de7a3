"""Vectors of form: the envelope, canonical JSON, base64url, header and signature of what would open a conversation."""

from collections.abc import Callable

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.conformance.asker import Asker
from vrm_desktop.conformance.forging import envelope, header, members_of, signed, signed_payload
from vrm_desktop.conformance.rules import Level
from vrm_desktop.conformance.vectors.vector import Place, Vector, vector
from vrm_desktop.domain.ids import Kid
from vrm_desktop.protocol.envelope import LARGEST
from vrm_desktop.protocol.signing import SeedSigner, Typ, protected_header

_ORDER = 2**252 + 27742317777372353535851937790883648493
_DEEP = 10_000
_OPENING, _CORE = Place.OPENING, Level.CORE


class SmallOrderSigner:
    """The neutral element as a key: a "signature" that lax verifiers take under any text."""

    @property
    def kid(self) -> Kid:
        """The neutral element, base64url."""
        return Kid(base64url.encode(b"\x01" + bytes(31)))

    def sign(self, data: bytes) -> bytes:  # noqa: ARG002 - it fits any text, that is the point
        """R the neutral element and S zero."""
        return b"\x01" + bytes(63)


def _body(build: Callable[[bytes], bytes]) -> Callable[[Asker], bytes]:
    """The honest envelope's bytes, rewritten."""
    return lambda asker: build(asker.ping().envelope.to_bytes())


def _jws(build: Callable[[str], str]) -> Callable[[Asker], bytes]:
    """The honest compact JWS, rewritten."""
    return lambda asker: envelope(build(asker.ping().envelope.jws))


def _payload(build: Callable[[bytes], bytes]) -> Callable[[Asker], bytes]:
    """The honest payload's bytes, rewritten and signed again."""
    return lambda asker: signed_payload(build(strict_json.encode(members_of(asker.ping()))), asker.signer)


def _header(build: Callable[[Asker], str]) -> Callable[[Asker], bytes]:
    """The honest payload under another protected header, signed again."""
    return lambda asker: signed(members_of(asker.ping()), asker.signer, protected=build(asker))


def _flipped(jws: str) -> str:
    head, _, signature = jws.rpartition(".")
    raw = bytearray(base64url.decode(signature))
    raw[0] ^= 1
    return f"{head}.{base64url.encode(bytes(raw))}"


def _other_payload(jws: str) -> str:
    head, payload, signature = jws.split(".")
    value = strict_json.decode(base64url.decode(payload))
    other = {**value, "asked": "more"} if isinstance(value, dict) else {}
    return f"{head}.{base64url.encode(strict_json.encode(other))}.{signature}"


def _beyond_the_order(jws: str) -> str:
    """S + L in place of S: the same signature, in a spelling that must not count."""
    head, _, signature = jws.rpartition(".")
    raw = base64url.decode(signature)
    scalar = int.from_bytes(raw[32:], "little") + _ORDER
    return f"{head}.{base64url.encode(raw[:32] + scalar.to_bytes(32, 'little'))}"


def _unused_bits(jws: str) -> str:
    """The last character of a 64-byte signature has two unused bits; one of them set."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return jws[:-1] + alphabet[alphabet.index(jws[-1]) + 1]


def _other_key(asker: Asker) -> bytes:
    stranger = SeedSigner(asker.random(32))
    return signed(members_of(asker.ping()), stranger, protected=protected_header(Typ.MESSAGE, asker.signer.kid))


def _small_order(asker: Asker) -> bytes:
    return signed(members_of(asker.ping()), SmallOrderSigner())


def _kid_first(asker: Asker) -> str:
    text = f'{{"kid":"{asker.signer.kid}","alg":"Ed25519","typ":"intentcast-message"}}'
    return base64url.encode(text.encode())


VECTORS: tuple[Vector, ...] = (
    vector("body-not-json", "1", _OPENING, "A body that is not JSON", "malformed", lambda _: b"hello", level=_CORE),
    vector("body-spaced", "1", _OPENING, "An envelope with a space in it", "malformed",
           _body(lambda data: data.replace(b",", b", ", 1)), level=_CORE),
    vector("body-byte-order-mark", "1", _OPENING, "An envelope after a byte order mark", "malformed",
           _body(lambda data: b"\xef\xbb\xbf" + data)),
    vector("body-member-twice", "1", _OPENING, "An envelope with a member twice", "malformed",
           _body(lambda data: data.replace(b"{", b'{"disclosures":[],', 1))),
    vector("body-other-member", "1", _OPENING, "An envelope with a third member", "malformed",
           _body(lambda data: data[:-1] + b',"more":1}')),
    vector("body-deep", "1", _OPENING, "An envelope that is nested ten thousand deep", "malformed",
           lambda _: b'{"disclosures":' + b"[" * _DEEP + b"]" * _DEEP + b',"jws":""}'),
    vector("body-too-large", "1", _OPENING, "An envelope of one byte over 64 KiB", "too-large",
           lambda _: b'{"disclosures":[],"jws":"' + b"A" * (LARGEST + 1 - 27) + b'"}', level=_CORE),
    vector("payload-spaced", "1", _OPENING, "A signed payload with a space in it", "malformed",
           _payload(lambda data: data.replace(b",", b", ", 1)), level=_CORE),
    vector("payload-float", "1", _OPENING, "A payload with a float", "malformed",
           _payload(lambda data: data.replace(b'"seq":1', b'"seq":1.0'))),
    vector("payload-large-integer", "1", _OPENING, "A payload with an integer of 2^53", "malformed",
           _payload(lambda data: data[:-1] + b',"zz":9007199254740992}')),
    vector("payload-member-twice", "1", _OPENING, "A payload with a member twice", "malformed",
           _payload(lambda data: data.replace(b'"seq":1', b'"seq":1,"seq":1'))),
    vector("payload-key-not-ascii", "1", _OPENING, "A payload with a key that is not ASCII", "malformed",
           _payload(lambda data: data[:-1] + ',"ü":1}'.encode())),
    vector("payload-not-utf-8", "1", _OPENING, "A payload that is not UTF-8", "malformed",
           _payload(lambda data: data.replace(b'"seq":1', b'"seq":1,"t":"\xff"'))),
    vector("jws-two-parts", "1", _OPENING, "A JWS of two parts", "malformed bad-signature",
           _jws(lambda jws: jws.rpartition(".")[0])),
    vector("jws-padded", "1", _OPENING, "Padded base64url", "malformed bad-signature", _jws(lambda jws: jws + "==")),
    vector("jws-unused-bits", "1", _OPENING, "base64url whose unused bits are not zero", "malformed bad-signature",
           _jws(_unused_bits)),
    vector("signature-changed", "1", _OPENING, "A changed signature", "bad-signature", _jws(_flipped), level=_CORE),
    vector("signature-empty", "1", _OPENING, "An empty signature", "bad-signature malformed",
           _jws(lambda jws: jws.rpartition(".")[0] + ".")),
    vector("payload-changed", "1", _OPENING, "A payload changed under its signature", "bad-signature",
           _jws(_other_payload), level=_CORE),
    vector("signature-of-another", "1", _OPENING, "A signature by another key than the header's `kid`",
           "bad-signature", _other_key, level=_CORE),
    vector("signature-not-canonical", "1", _OPENING, "A signature whose S is not below the group's order",
           "bad-signature", _jws(_beyond_the_order)),
    vector("key-small-order", "1", _OPENING, "A key of small order", "bad-signature", _small_order),
    vector("header-none", "1", _OPENING, "The algorithm `none`", "bad-signature",
           _header(lambda asker: header(alg="none", kid=asker.signer.kid, typ=Typ.MESSAGE)), level=_CORE),
    vector("header-eddsa", "1", _OPENING, "The algorithm's other name", "bad-signature",
           _header(lambda asker: header(alg="EdDSA", kid=asker.signer.kid, typ=Typ.MESSAGE))),
    vector("header-other-type", "1", _OPENING, "A signature of another type", "bad-signature",
           _header(lambda asker: protected_header(Typ.AGREEMENT, asker.signer.kid)), level=_CORE),
    vector("header-another-member", "1", _OPENING, "A header with a fourth member", "bad-signature",
           _header(lambda a: header(alg="Ed25519", jku="https://x.example", kid=a.signer.kid, typ=Typ.MESSAGE)),
           level=_CORE),
    vector("header-not-canonical", "1", _OPENING, "A header in another order", "bad-signature", _header(_kid_first)),
)  # fmt: skip
"""In the order in which a desk would meet them."""
