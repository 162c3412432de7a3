"""Signing as the Data Rights Protocol wants it: libsodium's combined mode, base64 of signature and JSON in one.

Never here: what the JSON says. Nothing signed here is a message of this program's own protocol.
"""

import base64
import binascii
from collections.abc import Mapping

from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.protocol.errors import BadSignature, Malformed
from vrm_desktop.protocol.signing import Signer

SIGNATURE_BYTES = 64
KEY_BYTES = 32


def sign_combined(signer: Signer, members: Mapping[str, object]) -> str:
    """Base64 of the signature (64 bytes) followed by the members as UTF-8 JSON: a body of type `text/plain`."""
    payload = strict_json.encode(members)
    return base64.b64encode(signer.sign(payload) + payload).decode("ascii")


def split_combined(text: str) -> tuple[bytes, bytes]:
    """Signature and JSON bytes of a combined message, nothing verified. Line breaks around it are let pass.

    Raises:
        Malformed: not base64, or too short to hold a signature.
    """
    try:
        data = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed("not base64") from error
    if len(data) <= SIGNATURE_BYTES:
        raise Malformed("too short for a signature")
    return data[:SIGNATURE_BYTES], data[SIGNATURE_BYTES:]


def verify_combined(text: str, key: bytes) -> dict[str, JsonValue]:
    """The members that the holder of `key` (32 bytes) signed.

    Raises:
        Malformed: not base64, or what was signed is no JSON object.
        BadSignature: the signature does not fit the key.
    """
    signature, payload = split_combined(text)
    try:
        VerifyKey(key).verify(payload, signature)
    except (CryptoError, ValueError) as error:
        raise BadSignature("the signature does not hold") from error
    try:
        members = strict_json.decode(payload)
    except CanonError as error:
        raise Malformed(f"{error.code}: {error}") from error
    if not isinstance(members, dict):
        raise Malformed("not an object")
    return members


def key_text(key: bytes) -> str:
    """A public key as directories write it: standard base64."""
    return base64.b64encode(key).decode("ascii")


def read_key(text: str) -> bytes:
    """The 32 bytes of a directory's `verify_key`.

    Raises:
        Malformed: not base64 of 32 bytes.
    """
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Malformed("a key is base64") from error
    if len(key) != KEY_BYTES:
        raise Malformed("a key has 32 bytes")
    return key
