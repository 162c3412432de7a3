"""base64url without padding (RFC 4648 section 5), strict: one text for each run of bytes, and no other."""

import base64
import binascii
import re

from vrm_desktop.canon.errors import NotBase64url

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*")


def encode(data: bytes) -> str:
    """`data` as unpadded base64url."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """The bytes that `encode` turns into exactly `text`.

    Raises:
        NotBase64url: other characters, padding, an impossible length, or unused bits that are not zero.
    """
    if not _ALPHABET.fullmatch(text):
        raise NotBase64url("a character outside the alphabet")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise NotBase64url("an impossible length") from error
    if encode(data) != text:
        raise NotBase64url("unused bits are not zero")
    return data
