"""The data key wrapped: published vector, frozen vector, and nothing opens with anything changed."""

import pytest

from vrm_desktop.vault.secret import DataKey, WrappingKey
from vrm_desktop.vault.unlocking.wrapping import WRAPPED_LENGTH, WrongKey, unwrap, wrap

KEY, NONCE, CONTEXT = WrappingKey(bytes(range(32))), bytes(range(12)), b"slot one of vault one"
DATA_KEY = DataKey(bytes(range(100, 132)))


def test_the_cipher_is_aes_256_gcm_as_published() -> None:
    # McGrew and Viega, "The Galois/Counter Mode of Operation", test case 14: the first block under the zero key.
    wrapped = wrap(DataKey(bytes(32)), WrappingKey(bytes(32)), nonce=bytes(12), context=b"")
    assert wrapped[:16].hex() == "cea7403d4d606b6e074ec5d3baf39d18"


def test_a_wrapped_key_looks_the_same_forever() -> None:
    wrapped = wrap(DATA_KEY, KEY, nonce=NONCE, context=CONTEXT)
    assert (
        wrapped.hex()
        == "2367b07cad8ca870e12cf9e4c1980a1ef7a3f14388022507441a9bfa9de8823118d9ad2ddc141c01257b6e2459efdb0c"
    )
    assert len(wrapped) == WRAPPED_LENGTH
    assert unwrap(wrapped, KEY, nonce=NONCE, context=CONTEXT) == DATA_KEY


def test_every_flipped_bit_of_the_wrapped_key_is_noticed() -> None:
    wrapped = wrap(DATA_KEY, KEY, nonce=NONCE, context=CONTEXT)
    for bit in range(len(wrapped) * 8):
        flipped = bytearray(wrapped)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(WrongKey):
            unwrap(bytes(flipped), KEY, nonce=NONCE, context=CONTEXT)


def test_another_key_nonce_or_slot_opens_nothing() -> None:
    wrapped = wrap(DATA_KEY, KEY, nonce=NONCE, context=CONTEXT)
    for key, nonce, context in (
        (WrappingKey(bytes(32)), NONCE, CONTEXT),
        (KEY, bytes(12), CONTEXT),
        (KEY, NONCE, b"slot two of vault one"),
    ):
        with pytest.raises(WrongKey):
            unwrap(wrapped, key, nonce=nonce, context=context)


def test_a_short_nonce_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="12 bytes"):
        wrap(DATA_KEY, KEY, nonce=bytes(11), context=CONTEXT)
