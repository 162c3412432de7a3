"""How a shop signs what it answers, as the published protocol describes it (RFC 9421, ES256), with another library.

Nothing of the program's own judging is used. `tamper` changes an answer after it was signed.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

_KEY = ec.derive_private_key(0x5EED << 200 | 7, ec.SECP256R1())


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


@dataclass(slots=True, kw_only=True)
class ShopSigner:
    """Signs answers by this name; `listed` is the name that stands on the shop's page ("": none does)."""

    kid: str = "shop-2026"
    listed: str = "shop-2026"
    tamper: Callable[[bytes], bytes] = lambda body: body

    def jwk(self) -> dict[str, Any]:
        """The public key as it stands on the shop's page."""
        point = _KEY.public_key().public_numbers()
        x, y = (base64.urlsafe_b64encode(one.to_bytes(32)).rstrip(b"=").decode() for one in (point.x, point.y))
        return {"kid": self.listed, "kty": "EC", "crv": "P-256", "x": x, "y": y, "use": "sig", "alg": "ES256"}

    def signed(self, body: bytes, status: str) -> tuple[bytes, bytes]:
        """The body as it leaves, and the headers that go with it."""
        digest = f"sha-256=:{_text(hashlib.sha256(body).digest())}:"
        told = f'("@status" "content-digest" "content-type");created=1795341600;keyid="{self.kid}"'
        base = (
            f'"@status": {status[:3]}\n"content-digest": {digest}\n"content-type": application/json\n'
            f'"@signature-params": {told}'
        )
        r, s = decode_dss_signature(_KEY.sign(base.encode(), ec.ECDSA(SHA256())))
        signature = _text(r.to_bytes(32) + s.to_bytes(32))
        headers = f"Content-Digest: {digest}\r\nSignature-Input: sig1={told}\r\nSignature: sig1=:{signature}:\r\n"
        return self.tamper(body), headers.encode()
