"""Passphrases and keys: published vectors, our own frozen ones, and the bounds."""

import unicodedata

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from tests.fakes.vault_parts import CHEAP_KDF
from vrm_desktop.vault.errors import KdfRefused, NotEnoughMemory, PassphraseEmpty
from vrm_desktop.vault.secret import DataKey, KeyringKey, Passphrase, RecoveryCode
from vrm_desktop.vault.unlocking import subkeys
from vrm_desktop.vault.unlocking.passphrase import (
    LOW_MEMORY,
    STANDARD,
    KdfParameters,
    KdfPolicy,
    derive,
    forms,
    require_usable,
)
from vrm_desktop.vault.unlocking.subkeys import Purpose, slot_key, subkey

MIB = 1024


def test_argon2id_gives_the_tag_of_rfc_9106_section_5_3() -> None:
    argon2 = Argon2id(
        salt=b"\x02" * 16, length=32, iterations=3, lanes=4, memory_cost=32, secret=b"\x03" * 8, ad=b"\x04" * 12
    )
    expected = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
    assert argon2.derive(b"\x01" * 32).hex() == expected


def test_a_passphrase_derives_the_same_key_forever() -> None:
    parameters = KdfParameters(memory_kib=64 * MIB, passes=3, lanes=4)
    key = derive(b"correct horse battery staple", bytes(range(16)), parameters)
    assert key.reveal().hex() == "853b272a44db1421c02962669a55eb0994f3cab385ed1c4c79253eee19bab49e"


def test_every_parameter_and_the_salt_change_the_key() -> None:
    base = KdfParameters(memory_kib=64, passes=1, lanes=1)
    variants = [
        derive(b"x", bytes(16), base),
        derive(b"x", b"\x01" + bytes(15), base),
        derive(b"x", bytes(16), KdfParameters(memory_kib=65, passes=1, lanes=1)),
        derive(b"x", bytes(16), KdfParameters(memory_kib=64, passes=2, lanes=1)),
        derive(b"x", bytes(16), KdfParameters(memory_kib=64, passes=1, lanes=2)),
        derive(b"y", bytes(16), base),
    ]
    assert len({key.reveal() for key in variants}) == len(variants)


@pytest.mark.parametrize("length", [15, 33])
def test_a_salt_outside_16_to_32_bytes_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="16 to 32"):
        derive(b"x", bytes(length), CHEAP_KDF.chosen)


def test_memory_that_cannot_be_had_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def starve(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("vrm_desktop.vault.unlocking.passphrase.Argon2id", starve)
    with pytest.raises(NotEnoughMemory, match="64 KiB"):
        derive(b"x", bytes(16), CHEAP_KDF.chosen)


def test_the_standard_and_the_floor_are_what_the_threat_model_says() -> None:
    assert STANDARD.chosen == KdfParameters(memory_kib=256 * MIB, passes=3, lanes=4)
    assert LOW_MEMORY.chosen == KdfParameters(memory_kib=64 * MIB, passes=3, lanes=4)
    assert STANDARD.least == LOW_MEMORY.least


@pytest.mark.parametrize(
    ("memory_mib", "passes", "lanes"),
    [(63, 3, 4), (1025, 3, 4), (256, 1, 4), (256, 11, 4), (256, 3, 17), (65536, 3, 4)],
)
def test_a_header_may_ask_neither_for_less_nor_for_more(memory_mib: int, passes: int, lanes: int) -> None:
    with pytest.raises(KdfRefused):
        STANDARD.admit(KdfParameters(memory_kib=memory_mib * MIB, passes=passes, lanes=lanes))


@pytest.mark.parametrize(("memory_mib", "passes", "lanes"), [(64, 2, 1), (1024, 10, 16), (256, 3, 4)])
def test_everything_between_the_bounds_is_admitted(memory_mib: int, passes: int, lanes: int) -> None:
    parameters = KdfParameters(memory_kib=memory_mib * MIB, passes=passes, lanes=lanes)
    assert STANDARD.admit(parameters) is parameters


def test_a_policy_cannot_choose_what_it_would_refuse() -> None:
    with pytest.raises(ValueError, match="outside"):
        KdfPolicy(chosen=CHEAP_KDF.chosen, least=STANDARD.least, most=STANDARD.most)


@pytest.mark.parametrize(("memory_kib", "passes", "lanes"), [(7, 1, 1), (31, 1, 4), (64, 0, 1), (64, 1, 0)])
def test_impossible_parameters_are_not_built(memory_kib: int, passes: int, lanes: int) -> None:
    with pytest.raises(ValueError, match="8 KiB for each lane"):
        KdfParameters(memory_kib=memory_kib, passes=passes, lanes=lanes)


def test_composed_and_decomposed_typing_open_the_same_vault() -> None:
    composed, decomposed = (unicodedata.normalize(form, "Blüte naïve") for form in ("NFC", "NFD"))
    assert composed != decomposed
    assert forms(Passphrase(composed))[0] == forms(Passphrase(decomposed))[0]
    assert forms(Passphrase(composed)) == (composed.encode(),)
    assert forms(Passphrase(decomposed)) == (composed.encode(), decomposed.encode())


def test_an_empty_passphrase_makes_no_slot() -> None:
    with pytest.raises(PassphraseEmpty):
        require_usable(Passphrase(""))
    assert require_usable(Passphrase(" ")) == Passphrase(" ")


def test_hkdf_gives_the_first_bytes_of_rfc_5869_test_case_1() -> None:
    derived = subkeys._hkdf(b"\x0b" * 22, salt=bytes(range(13)), info=bytes(range(0xF0, 0xFA)))
    assert derived.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"


def test_every_purpose_has_its_own_key_and_keeps_it_forever() -> None:
    data_key, vault_id = DataKey(bytes(range(32))), bytes(range(16))
    derived = {purpose.name: subkey(data_key, vault_id, purpose).reveal().hex() for purpose in Purpose}
    assert derived == {
        "DATABASE": "e94ca7c06d687900ccb1bf5f6cdafc431d2f9b025cace27ead16a1b813ff5ad3",
        "HEADER_SEAL": "d85ff1f307f905986b29984558bb7a971d068212e6d7b3ad276e0bdbec1cceb9",
        "BACKUP": "5c284fb2985c5527707d8b0f78e6ddb5b21019789f37d72e3654781b36736643",
        "BACKUP_SUMMARY": "f8c5b2e7fad46463318a271a5ad374440955986db09409ff0a8b65f853b788cc",
        "IDENTITIES": "7c329533a4afa2563b76c622134a64d3972e243b16f03de710a50a852bc01a45",
        "LOG": "37ac29a1d70700330875eba27db035405c7a3d96a65de81e34753566c97947bd",
    }
    assert len(set(derived.values())) == len(Purpose)
    other = subkey(data_key, bytes(16), Purpose.DATABASE)
    assert other.reveal().hex() != derived["DATABASE"]


def test_slot_keys_differ_by_kind_and_by_salt() -> None:
    secret, salt = bytes(range(20)), bytes(16)
    keys = [
        slot_key(RecoveryCode(secret), salt),
        slot_key(KeyringKey(bytes(range(32))), salt),
        slot_key(RecoveryCode(secret), b"\x01" * 16),
    ]
    assert keys[0].reveal().hex() == "16afa02872da57716088ab7e96f4fe66f2f0a8bca0d3e2b7a8a82ed353cfbd38"
    assert keys[1].reveal().hex() == "b5331f09162c542ac11c9e0c091d7b396c368bc390e11b38bbd1ec2d67cecdd5"
    assert len({key.reveal() for key in keys}) == 3
