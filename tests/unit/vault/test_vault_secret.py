"""Secrets keep themselves to themselves."""

import copy
import pickle

import pytest

from vrm_desktop.vault.secret import DataKey, KeyringKey, Passphrase, RecoveryCode, SecretBytes, Subkey

SECRETS = [
    DataKey(b"k" * 32),
    Subkey(b"s" * 32),
    KeyringKey(b"r" * 32),
    RecoveryCode(b"c" * 20),
    Passphrase("four calm herons"),
]


@pytest.mark.parametrize("secret", SECRETS, ids=lambda secret: type(secret).__name__)
class TestEverySecret:
    def test_shows_nothing_in_any_text_form(self, secret: SecretBytes) -> None:
        for shown in (repr(secret), str(secret), f"{secret}", f"{[secret]!r}", "%s" % secret):  # noqa: UP031 - a form too
            assert shown in {f"<{type(secret).__name__}, hidden>", f"[<{type(secret).__name__}, hidden>]"}

    def test_refuses_pickling_and_copying(self, secret: SecretBytes) -> None:
        for take in (pickle.dumps, copy.copy, copy.deepcopy):
            with pytest.raises(TypeError, match="never pickled or copied"):
                take(secret)

    def test_has_no_hash(self, secret: SecretBytes) -> None:
        with pytest.raises(TypeError):
            hash(secret)


def test_equal_secrets_of_one_type_are_equal_and_of_two_types_are_not() -> None:
    assert Subkey(b"s" * 32) == Subkey(b"s" * 32)
    assert Subkey(b"s" * 32) != Subkey(b"t" * 32)
    assert Subkey(b"s" * 32) != KeyringKey(b"s" * 32)
    assert Subkey(b"s" * 32) != b"s" * 32


def test_keys_and_codes_have_their_one_length() -> None:
    for build, length in ((DataKey, 32), (RecoveryCode, 20)):
        assert len(build(bytes(length))) == length
        with pytest.raises(ValueError, match=str(length)):
            build(bytes(length - 1))


def test_a_passphrase_gives_back_what_was_typed_even_half_a_character() -> None:
    for typed in ("plain", "Blüte", "\ud83d", "\U0001f511"):
        assert Passphrase(typed).text() == typed
