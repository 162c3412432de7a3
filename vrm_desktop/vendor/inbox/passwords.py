"""Passwords as salted scrypt hashes, and back to yes or no. Nothing here keeps or logs one."""

import hashlib
import hmac
from collections.abc import Callable

from vrm_desktop.canon import base64url
from vrm_desktop.vendor.errors import BadSignIn

SHORTEST, LONGEST = 10, 200
_COST, _BLOCK, _LANES = 15, 8, 1
_MEMORY = 64 * 1024 * 1024
_SALT_BYTES = 16


def hashed(password: str, *, random: Callable[[int], bytes]) -> str:
    """What is kept of a password: `scrypt$cost$block$lanes$salt$hash`. Takes about a tenth of a second.

    Raises:
        BadSignIn: it is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadSignIn(f"a password has {SHORTEST} to {LONGEST} characters")
    salt = random(_SALT_BYTES)
    made = _scrypt(password, salt, _COST, _BLOCK, _LANES)
    return f"scrypt${_COST}${_BLOCK}${_LANES}${base64url.encode(salt)}${base64url.encode(made)}"


def check_password(password: str, secret: str | None) -> None:
    """Accept `password` against what is kept; without a `secret` (an unknown name) it takes as long, and is refused.

    Raises:
        BadSignIn: it is another password.
    """
    kept = secret or f"scrypt${_COST}${_BLOCK}${_LANES}${'A' * 22}${'A' * 43}"
    _kind, cost, block, lanes, salt, made = kept.split("$")
    found = _scrypt(password[: LONGEST + 1], base64url.decode(salt), int(cost), int(block), int(lanes))
    if not hmac.compare_digest(found, base64url.decode(made)) or secret is None:
        raise BadSignIn("another name or another password")


def _scrypt(password: str, salt: bytes, cost: int, block: int, lanes: int) -> bytes:
    given = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(given, salt=salt, n=1 << cost, r=block, p=lanes, maxmem=_MEMORY, dklen=32)
