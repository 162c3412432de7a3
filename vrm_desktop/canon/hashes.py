"""SHA-256 as text, and chains of it. No keyed hashes, no other algorithm."""

import hashlib

from vrm_desktop.canon import base64url


def digest(data: bytes) -> str:
    """SHA-256 of `data` in base64url: 43 characters."""
    return base64url.encode(hashlib.sha256(data).digest())


def chain(previous: str, data: bytes) -> str:
    """The next link of a hash chain: SHA-256 over the previous link's 32 raw bytes (none before the first) and `data`.

    Raises:
        ValueError: `previous` is neither empty nor a link.
    """
    before = base64url.decode(previous)
    if len(before) not in {0, 32}:
        raise ValueError("a link is a SHA-256 hash")
    return digest(before + data)
