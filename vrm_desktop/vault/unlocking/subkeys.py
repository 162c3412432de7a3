"""Keys derived with HKDF-SHA256: one per purpose from the data key, one per slot from random secrets.

Never lives here: where a key is used. The purposes are part of the format: changing one locks existing vaults.
"""

from enum import Enum
from typing import assert_never

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vrm_desktop.vault.secret import DataKey, KeyringKey, RecoveryCode, Subkey, WrappingKey

_LENGTH = 32


class Purpose(Enum):
    """What a derived key is for; the value is the HKDF info."""

    DATABASE = b"vrm-desktop vault 1 database"
    HEADER_SEAL = b"vrm-desktop vault 1 header seal"
    BACKUP = b"vrm-desktop vault 1 backup"
    BACKUP_SUMMARY = b"vrm-desktop vault 1 backup summary"
    IDENTITIES = b"vrm-desktop vault 1 identities"
    LOG = b"vrm-desktop vault 1 log"


def _hkdf(secret: bytes, *, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=_LENGTH, salt=salt, info=info).derive(secret)


def subkey(data_key: DataKey, vault_id: bytes, purpose: Purpose) -> Subkey:
    """The 32-byte key of one vault (its 16-byte id is the salt) for one purpose."""
    return Subkey(_hkdf(data_key.reveal(), salt=vault_id, info=purpose.value))


def slot_key(secret: RecoveryCode | KeyringKey, salt: bytes) -> WrappingKey:
    """The wrapping key behind a recovery code or a keyring entry, with the slot's own salt."""
    match secret:
        case RecoveryCode():
            info = b"vrm-desktop vault 1 recovery slot"
        case KeyringKey():
            info = b"vrm-desktop vault 1 keyring slot"
        case _:
            assert_never(secret)
    return WrappingKey(_hkdf(secret.reveal(), salt=salt, info=info))
