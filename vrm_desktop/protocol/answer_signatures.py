"""Whether an answer over HTTP is signed by a key that its sender publishes (RFC 9421): ES256, ES384 and Ed25519.

Judged is what stands in the answer alone: its status, its body, and the fields that the signature names. When it was
said, and in answer to what, no such signature tells. Never here: whose keys these are, and what follows.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256, SHA384
from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

from vrm_desktop.canon import base64url
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.shop import ShopKey, Signed
from vrm_desktop.protocol.http_signatures import Covered, signature_base

_LABEL: Final = re.compile(r"([a-z*][a-z0-9_.*-]*)=", re.ASCII)
_OPEN: Final = re.compile(r"\( *")
_CLOSE: Final = re.compile(r"\)")
_SPACES: Final = re.compile(r" *")
_COMMA: Final = re.compile(r"[ \t]*,[ \t]*")
_NAME: Final = re.compile(r"; *([a-z*][a-z0-9_.*-]*)", re.ASCII)
_STRING: Final = re.compile(r'"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"')
_BYTES: Final = re.compile(r":([A-Za-z0-9+/]*={0,2}):")
_VALUE: Final = re.compile(
    r'=("(?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"|-?[0-9]{1,15}(?:\.[0-9]{1,3})?|\?[01]|:[A-Za-z0-9+/]*={0,2}:'
    r"|[A-Za-z*][!#$%&'*+\-.^_`|~0-9A-Za-z:/]*)"
)
_DIGESTS: Final = {"sha-256": hashlib.sha256, "sha-512": hashlib.sha512}
_CURVES: Final = {"P-256": (ec.SECP256R1, SHA256, 32), "P-384": (ec.SECP384R1, SHA384, 48)}
_ED25519: Final = "Ed25519"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class _Input:
    """What one signature covers: the parts by name, whether all are plain names, its key, and its own last line."""

    parts: tuple[str, ...]
    plain: bool
    keyid: str
    told: str


class _Text:
    """A field that is read from left to right."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0

    def maybe(self, pattern: re.Pattern[str]) -> str | None:
        """What comes next, if it is of this form: its first group, or all of it."""
        found = pattern.match(self._text, self._at)
        if found is None:
            return None
        self._at = found.end()
        return found[1] if pattern.groups else found[0]

    def take(self, pattern: re.Pattern[str]) -> str:
        """The same of what has to come. Raises InvalidValue."""
        found = self.maybe(pattern)
        if found is None:
            raise InvalidValue(f"no {pattern.pattern} at {self._at}")
        return found

    def goes_on(self) -> bool:
        """Whether another member follows. Raises InvalidValue where something else does."""
        if self._at == len(self._text):
            return False
        self.take(_COMMA)
        return True


def judge(status: int, headers: Mapping[str, str], body: bytes, keys: Iterable[ShopKey]) -> Signed:
    """What the signatures of an answer are worth: one that holds is enough. `headers` have names in lower case."""
    if "signature" not in headers and "signature-input" not in headers:
        # The protocol's first editions name a header for a signature, and not what it is made over.
        return Signed.UNCHECKED if "x-detached-jwt" in headers else Signed.NONE
    by_name = {one.kid: one for one in keys}
    try:
        inputs, signatures = _inputs(headers.get("signature-input", "")), _bytes(headers.get("signature", ""))
    except InvalidValue:
        return Signed.WRONG
    found = {
        _one(told, signatures.get(label), by_name.get(told.keyid), status, headers, body)
        for label, told in inputs.items()
    }
    return next(one for one in (Signed.RIGHT, Signed.WRONG, Signed.UNCHECKED) if one in found)


def _one(
    told: _Input, signature: bytes | None, key: ShopKey | None, status: int, headers: Mapping[str, str], body: bytes
) -> Signed:
    if signature is None:
        return Signed.WRONG
    if key is None or not told.plain:
        return Signed.UNCHECKED
    needed = {"@status", "content-digest", "content-type"} if body else {"@status"}
    if not needed <= set(told.parts):
        return Signed.WRONG
    if "content-digest" in told.parts and not _digest_fits(headers.get("content-digest", ""), body):
        return Signed.WRONG
    covered = [_value(name, status, headers) for name in told.parts]
    if len(set(told.parts)) != len(told.parts) or any(one is None for one in covered):
        return Signed.WRONG
    try:
        base = signature_base([one for one in covered if one is not None], told.told)
        return Signed.RIGHT if _holds(key, signature, base) else Signed.WRONG
    except InvalidValue:
        return Signed.WRONG
    except _Unusable:
        return Signed.UNCHECKED


class _Unusable(Exception):
    """A key of a kind that is not known here, or that is none."""


def _value(name: str, status: int, headers: Mapping[str, str]) -> Covered | None:
    value = str(status) if name == "@status" else headers.get(name)
    return None if value is None else (name, value)


def _digest_fits(field: str, body: bytes) -> bool:
    """Whether there is a digest of a kind that is known, and every one of them is the body's."""
    try:
        told = {name: value for name, value in _bytes(field).items() if name in _DIGESTS}
    except InvalidValue:
        return False
    return bool(told) and all(_DIGESTS[name](body).digest() == value for name, value in told.items())


def _holds(key: ShopKey, signature: bytes, base: bytes) -> bool:
    try:
        x, y = base64url.decode(key.x), base64url.decode(key.y)
    except CanonError as error:
        raise _Unusable from error
    if key.curve == _ED25519:
        return _ed25519_holds(x, signature, base)
    if key.curve not in _CURVES:
        raise _Unusable
    curve, digest, size = _CURVES[key.curve]
    try:
        public = ec.EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), curve()).public_key()
    except ValueError as error:
        raise _Unusable from error
    if len(signature) != 2 * size:
        return False
    r, s = int.from_bytes(signature[:size]), int.from_bytes(signature[size:])
    try:
        public.verify(encode_dss_signature(r, s), base, ec.ECDSA(digest()))
    except InvalidSignature:
        return False
    return True


def _ed25519_holds(public: bytes, signature: bytes, base: bytes) -> bool:
    try:
        key = VerifyKey(public)
    except (CryptoError, ValueError) as error:
        raise _Unusable from error
    try:
        key.verify(base, signature)
    except (CryptoError, ValueError):
        return False
    return True


def _inputs(field: str) -> dict[str, _Input]:
    """What `Signature-Input` says of each signature, by its label. Raises InvalidValue."""
    text, found = _Text(field), {}
    while True:
        label = text.take(_LABEL)
        text.take(_OPEN)
        parts, written, plain = [], [], True
        while text.maybe(_CLOSE) is None:
            name = text.take(_STRING)
            also = _parameters(text)
            text.take(_SPACES)
            parts.append(name)
            written.append(f'"{name}"{_shown(also)}')
            plain = plain and not also
        told = _parameters(text)
        keyid = told.get("keyid", "")
        found[label] = _Input(
            parts=tuple(parts),
            plain=plain,
            keyid=_unquoted(keyid),
            told=f"({' '.join(written)}){_shown(told)}",
        )
        if not text.goes_on():
            return found


def _parameters(text: _Text) -> dict[str, str]:
    """Parameters by name, their values as they are written ("" for one that only is there)."""
    found: dict[str, str] = {}
    while (name := text.maybe(_NAME)) is not None:
        found[name] = text.maybe(_VALUE) or ""
    return found


def _shown(parameters: Mapping[str, str]) -> str:
    return "".join(f";{name}={value}" if value else f";{name}" for name, value in parameters.items())


def _unquoted(value: str) -> str:
    return re.sub(r'\\(["\\])', r"\1", value[1:-1]) if value.startswith('"') else ""


def _bytes(field: str) -> dict[str, bytes]:
    """A field of bytes by name, such as `Signature` and `Content-Digest`. Raises InvalidValue."""
    text, found = _Text(field), {}
    while True:
        label = text.take(_LABEL)
        try:
            found[label] = base64.b64decode(text.take(_BYTES), validate=True)
        except binascii.Error as error:
            raise InvalidValue("no base64") from error
        _parameters(text)
        if not text.goes_on():
            return found
