"""Signing with the key of the person's own page (ES256): lent by an open vault, useless once it closes.

Never lives here: where the key is kept, what is signed, and whether she wants to be known.
"""

from typing import NoReturn

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from vrm_desktop.canon import base64url, hashes
from vrm_desktop.domain.page_key import PageKey
from vrm_desktop.vault.errors import VaultClosed

SECRET_BYTES = 32
RANDOM_BYTES = 40
"""Eight more than a key has, so that none is likelier than another (FIPS 186-5, A.2.1)."""
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class PageSigner:
    """Signs with one P-256 key until the vault closes. Hides from `repr`; is never pickled or copied."""

    __slots__ = ("__weakref__", "_key", "_public")

    def __init__(self, secret: bytes) -> None:
        """`secret` has 32 bytes: the private number, from 1 to the curve's order less 1. Raises ValueError."""
        if len(secret) != SECRET_BYTES:
            raise ValueError("a page's key has 32 bytes")
        key = ec.derive_private_key(int.from_bytes(secret), ec.SECP256R1())
        point = key.public_key().public_numbers()
        x, y = (base64url.encode(one.to_bytes(SECRET_BYTES)) for one in (point.x, point.y))
        self._key: ec.EllipticCurvePrivateKey | None = key
        self._public = PageKey(kid=thumbprint(x, y), x=x, y=y)

    @property
    def public(self) -> PageKey:
        """The public key."""
        return self._public

    def sign(self, data: bytes) -> bytes:
        """The signature of `data`: r and s, 32 bytes each. Raises VaultClosed."""
        key = self._key
        if key is None:
            raise VaultClosed("the vault that lent this key is closed")
        r, s = decode_dss_signature(key.sign(data, ec.ECDSA(SHA256())))
        return r.to_bytes(SECRET_BYTES) + s.to_bytes(SECRET_BYTES)

    def die(self) -> None:
        """Let go of the key; every later `sign` raises VaultClosed."""
        self._key = None

    def __repr__(self) -> str:
        return "<PageSigner, hidden>"

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError("a PageSigner is never pickled or copied")


def secret_from(random: bytes) -> bytes:
    """A private number out of 40 random bytes. Raises ValueError."""
    if len(random) != RANDOM_BYTES:
        raise ValueError("a page's key is made of 40 random bytes")
    return (int.from_bytes(random) % (_ORDER - 1) + 1).to_bytes(SECRET_BYTES)


def thumbprint(x: str, y: str) -> str:
    """The key's name that anybody comes to (RFC 7638)."""
    return hashes.digest(f'{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}'.encode())
