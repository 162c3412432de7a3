"""Wrapping the data key with AES-256-GCM, bound to the slot it stands in.

Never lives here: how a wrapping key comes about. Whatever identifies the slot is authenticated data, so a slot moved
to another vault, or one whose parameters were changed, opens with no key.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vrm_desktop.vault.secret import DataKey, WrappingKey

NONCE_LENGTH = 12
WRAPPED_LENGTH = DataKey.LENGTH + 16


class WrongKey(Exception):
    """The wrapping key does not open this slot. Never leaves the vault: the ways in say which secret was wrong."""


def wrap(data_key: DataKey, wrapping_key: WrappingKey, *, nonce: bytes, context: bytes) -> bytes:
    """48 bytes: the data key, encrypted and sealed together with `context`. `nonce`: 12 fresh random bytes."""
    if len(nonce) != NONCE_LENGTH:
        raise ValueError("a nonce has 12 bytes")
    return AESGCM(wrapping_key.reveal()).encrypt(nonce, data_key.reveal(), context)


def unwrap(wrapped: bytes, wrapping_key: WrappingKey, *, nonce: bytes, context: bytes) -> DataKey:
    """The data key; raises WrongKey when the key, the nonce, the context or the bytes do not fit."""
    try:
        return DataKey(AESGCM(wrapping_key.reveal()).decrypt(nonce, wrapped, context))
    except InvalidTag as error:
        raise WrongKey from error
