"""Ed25519 over canonical bytes, as compact JWS and as co-signed documents (JWS general form). Nothing else is signed.

A protected header is exactly the canonical form of `alg`, `kid`, `typ`; it is rebuilt from what is expected and
compared, so there is no header to interpret. PyNaCl refuses small-order keys and non-canonical signatures.
"""

from enum import StrEnum
from typing import NoReturn, Protocol

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.domain.ids import Kid
from vrm_desktop.protocol.errors import BadSignature, Malformed
from vrm_desktop.protocol.messages import CoSigned, Signature


class Typ(StrEnum):
    """What a signature is for; one of one type never serves as another."""

    MESSAGE = "intentcast-message"
    AGREEMENT = "intentcast-agreement"
    ORDER = "intentcast-order"
    CARD = "intentcast-card"
    KEY = "intentcast-key"
    KNOWN = "intentcast-known"
    BUNDLE = "intentcast-bundle"
    CUSTOMER = "intentcast-customer"
    LIMIT = "intentcast-limit"


class Signer(Protocol):
    """Whoever holds a private key and signs with it; `kid` is its public key."""

    @property
    def kid(self) -> Kid:
        """The public key, base64url."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The Ed25519 signature (64 bytes) over `data`."""
        ...


class SeedSigner:
    """A signer over a 32-byte seed in memory. Shows nothing of it and cannot be pickled or copied."""

    __slots__ = ("_key", "_kid")

    def __init__(self, seed: bytes) -> None:
        """Derive the key pair from `seed`.

        Raises:
            ValueError: the seed is not 32 bytes.
        """
        self._key = SigningKey(seed)
        self._kid = Kid(base64url.encode(bytes(self._key.verify_key)))

    @property
    def kid(self) -> Kid:
        """The public key, base64url."""
        return self._kid

    def sign(self, data: bytes) -> bytes:
        """The Ed25519 signature (64 bytes) over `data`."""
        return self._key.sign(data).signature

    def __repr__(self) -> str:
        return "SeedSigner(…)"

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("a private key is not pickled")


def sign_compact(signer: Signer, typ: Typ, payload: bytes) -> str:
    """`payload` (canonical JSON) as a compact JWS."""
    signing_input = f"{protected_header(typ, signer.kid)}.{base64url.encode(payload)}"
    return f"{signing_input}.{base64url.encode(signer.sign(signing_input.encode('ascii')))}"


def verify_compact(token: str, *, typ: Typ, kid: Kid) -> bytes:
    """The payload of a compact JWS that `kid` signed for `typ`.

    Raises:
        BadSignature: another header, key or type; a signature that does not hold.
        Malformed: not three parts of base64url.
    """
    header, payload, signature = _parts(token)
    verify_detached(header, signature, payload, typ=typ, kid=kid)
    return _decoded(payload)


def claimed_kid(token: str, typ: Typ = Typ.MESSAGE) -> Kid:
    """The key that a compact JWS says it is signed with: not verified, only for choosing what to verify against.

    Raises:
        BadSignature: the header is not `alg`, `kid`, `typ` as expected.
        Malformed: not three parts of base64url.
    """
    header = _decoded(_parts(token)[0])
    try:
        value = strict_json.decode_canonical(header)
    except CanonError as error:
        raise BadSignature("the header is not canonical") from error
    match value:
        case {"kid": str(kid)} if header == _header(typ, kid):
            return Kid(kid)
        case _:
            raise BadSignature("a header with other members")


def cosign(signer: Signer, typ: Typ, payload: bytes, existing: CoSigned | None = None) -> CoSigned:
    """`payload` under `signer`'s signature, after those that `existing` already bears.

    Raises:
        BadSignature: `existing` is another text.
    """
    text, protected = base64url.encode(payload), protected_header(typ, signer.kid)
    if existing is not None and existing.payload != text:
        raise BadSignature("a signature under another text")
    signature = base64url.encode(signer.sign(f"{protected}.{text}".encode("ascii")))
    before = existing.signatures if existing is not None else ()
    return CoSigned(payload=text, signatures=(*before, Signature(protected=protected, signature=signature)))


def verify_cosigned(document: CoSigned, *, typ: Typ, kids: tuple[Kid, ...]) -> bytes:
    """The payload of a document that exactly `kids` signed, in that order.

    Raises:
        BadSignature: other signers, another order or type; a signature that does not hold.
        Malformed: parts that are not base64url.
    """
    if len(document.signatures) != len(kids):
        raise BadSignature(f"{len(document.signatures)} signatures instead of {len(kids)}")
    for signature, kid in zip(document.signatures, kids, strict=True):
        verify_detached(signature.protected, signature.signature, document.payload, typ=typ, kid=kid)
    return _decoded(document.payload)


def verify_detached(protected: str, signature: str, payload: str, *, typ: Typ, kid: Kid) -> None:
    """Check one signature over `protected.payload`; all three are base64url texts.

    Raises:
        BadSignature: another header, key or type, or it does not hold.
        Malformed: the signature is not base64url.
    """
    if protected != protected_header(typ, kid):
        raise BadSignature("another key, another type or a header with other members")
    raw = _decoded(signature)
    try:
        VerifyKey(base64url.decode(kid)).verify(f"{protected}.{payload}".encode("ascii"), raw)
    except (CryptoError, CanonError, ValueError) as error:
        raise BadSignature("the signature does not hold") from error


def protected_header(typ: Typ, kid: str) -> str:
    """The only protected header for a type and a key, base64url."""
    return base64url.encode(_header(typ, kid))


def _header(typ: Typ, kid: str) -> bytes:
    return strict_json.encode({"alg": "Ed25519", "kid": kid, "typ": typ.value})


def _parts(token: str) -> tuple[str, str, str]:
    match token.split("."):
        case [header, payload, signature]:
            return header, payload, signature
        case _:
            raise Malformed("a compact JWS has three parts")


def _decoded(text: str) -> bytes:
    try:
        return base64url.decode(text)
    except CanonError as error:
        raise Malformed(f"{error.code}: {error}") from error
