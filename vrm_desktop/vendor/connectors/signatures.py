"""Signatures after Standard Webhooks: over id, time and exact bytes, with a shared secret or an Ed25519 key. Pure."""

import base64
import binascii
import hmac
from collections.abc import Callable

from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.vendor.errors import BadSettings

_SHORTEST, _LONGEST, _SEED = 24, 64, 32
_WRONG = "the secret of a webhook is whsec_ and 24 to 64 bytes in base64, or whsk_ and 32 bytes"


class WebhookSigner:
    """Signs with one secret: `whsec_…` (24 to 64 bytes, HMAC-SHA256) or `whsk_…` (a 32-byte Ed25519 seed)."""

    def __init__(self, secret: str) -> None:
        """Read the secret.

        Raises:
            BadSettings: it is neither of the two. The text does not repeat it.
        """
        kind, _, text = secret.partition("_")
        try:
            raw = base64.b64decode(text, validate=True)
        except binascii.Error as error:
            raise BadSettings(_WRONG) from error
        self._sign: Callable[[bytes], bytes]
        if kind == "whsec" and _SHORTEST <= len(raw) <= _LONGEST:
            self._version, self._sign = "v1", lambda content: hmac.digest(raw, content, "sha256")
        elif kind == "whsk" and len(raw) == _SEED:
            self._version, self._sign = "v1a", SeedSigner(raw).sign
        else:
            raise BadSettings(_WRONG)

    def headers(self, identity: str, body: bytes, *, seconds: int) -> dict[str, str]:
        """The three headers of one delivery at `seconds` since 1970."""
        signature = self._sign(f"{identity}.{seconds}.".encode() + body)
        return {
            "webhook-id": identity,
            "webhook-timestamp": str(seconds),
            "webhook-signature": f"{self._version},{base64.b64encode(signature).decode('ascii')}",
        }
