"""Writes `wrappings.json` beside this script: the data key wrapped for each way in, by other code than the program's.

    python -m tests.data.vaults.make_wrappings

Keys come from `argon2` as libsodium has it and from RFC 5869 spelled out; AES-GCM is libsodium's too where the computer
has the instructions for it. Each wrapping stands with changes to it that must open nothing. Written once for a format.
"""

import hashlib
import hmac
import json
import unicodedata
from pathlib import Path
from typing import Any

from nacl import bindings

FILE = Path(__file__).parent / "wrappings.json"
DATA_KEY, VAULT_ID, SLOT_ID = bytes(range(32)), bytes(range(100, 116)), bytes(range(8))
SALT, NONCE = bytes(range(50, 66)), bytes(range(12))
PASSPHRASE = "Zu\u0308rich im Regen"
"""With a combining mark: it is composed before its key is derived."""
MEMORY_KIB, PASSES = 64, 1


def hkdf(secret: bytes, info: str) -> bytes:
    """RFC 5869 for one block of SHA-256."""
    return hmac.digest(hmac.digest(SALT, secret, "sha256"), info.encode() + b"\x01", "sha256")


def argon2id(passphrase: str) -> bytes:
    """One lane, as libsodium has it."""
    form = unicodedata.normalize("NFC", passphrase).encode()
    return bindings.crypto_pwhash_alg(32, form, SALT, PASSES, MEMORY_KIB * 1024, bindings.crypto_pwhash_ALG_ARGON2ID13)


def context(kind: str, kdf: dict[str, Any] | None) -> bytes:
    """The slot's associated data."""
    return json.dumps(
        {
            "format": 1,
            "kdf": kdf,
            "kind": kind,
            "magic": "vrm-vault-header",
            "salt": SALT.hex(),
            "slot": SLOT_ID.hex(),
            "vault_id": VAULT_ID.hex(),
        },
        separators=(",", ":"),
    ).encode("ascii")


def vectors() -> dict[str, Any]:
    """For each kind: the secret, the wrapping that opens, and changed ones that must not."""
    kdf = {"name": "argon2id", "memory_kib": MEMORY_KIB, "passes": PASSES, "lanes": 1}
    kdf = dict(sorted(kdf.items()))
    code, entry = bytes(range(20)), bytes(range(200, 232))
    checksum = hashlib.sha256(b"vrm-desktop recovery code 1" + code).hexdigest()[:5]
    made = {
        "passphrase": (PASSPHRASE.encode().hex(), argon2id(PASSPHRASE), context("passphrase", kdf)),
        "recovery": (code.hex(), hkdf(code, "vrm-desktop vault 1 recovery slot"), context("recovery", None)),
        "keyring": (entry.hex(), hkdf(entry, "vrm-desktop vault 1 keyring slot"), context("keyring", None)),
    }
    found: dict[str, Any] = {"data_key": DATA_KEY.hex(), "code_checksum": checksum}
    for kind, (secret, key, bound) in made.items():
        wrapped = bindings.crypto_aead_aes256gcm_encrypt(DATA_KEY, bound, NONCE, key)
        other = bindings.crypto_aead_aes256gcm_encrypt(
            DATA_KEY, bound.replace(b'"format":1', b'"format":2'), NONCE, key
        )
        unbound = bindings.crypto_aead_aes256gcm_encrypt(DATA_KEY, b"", NONCE, key)
        found[kind] = {
            "secret": secret,
            "key": key.hex(),
            "wrapped": wrapped.hex(),
            "malformed": {
                "first bit flipped": (bytes([wrapped[0] ^ 1]) + wrapped[1:]).hex(),
                "last bit flipped": (wrapped[:-1] + bytes([wrapped[-1] ^ 1])).hex(),
                "tag cut off": (wrapped[:32] + bytes(16)).hex(),
                "bound to another format": other.hex(),
                "bound to nothing": unbound.hex(),
                "zeros": bytes(48).hex(),
            },
        }
    return found


if __name__ == "__main__":
    FILE.write_text(json.dumps(vectors(), indent=1) + "\n", encoding="ascii")
