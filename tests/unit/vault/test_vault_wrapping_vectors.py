"""Known answers for each way in, valid and malformed, made by other code: the program unwraps them to the bit."""

import json
from typing import Any

import pytest

from tests.data.vaults import make_wrappings
from tests.fakes.vault_parts import CHEAP_KDF, NOON
from vrm_desktop.vault.errors import KeyringUnavailable, VaultError, WrongPassphrase, WrongRecoveryCode
from vrm_desktop.vault.header import Header, Slot, SlotKind
from vrm_desktop.vault.header_codec import sealed
from vrm_desktop.vault.secret import DataKey, KeyringKey, Passphrase, RecoveryCode
from vrm_desktop.vault.unlocking.passphrase import KdfParameters, derive, forms
from vrm_desktop.vault.unlocking.recovery import written
from vrm_desktop.vault.unlocking.subkeys import slot_key
from vrm_desktop.vault.ways_in import WayIn, unlock

VECTORS: dict[str, Any] = json.loads(make_wrappings.FILE.read_text("ascii"))
KINDS = tuple(kind.value for kind in SlotKind)
MALFORMED = [(kind, name) for kind in KINDS for name in VECTORS[kind]["malformed"]]
WRONG: dict[str, type[VaultError]] = {
    "passphrase": WrongPassphrase,
    "recovery": WrongRecoveryCode,
    "keyring": KeyringUnavailable,
}
KDF = KdfParameters(memory_kib=make_wrappings.MEMORY_KIB, passes=make_wrappings.PASSES, lanes=1)


def way(kind: str) -> WayIn:
    secret = bytes.fromhex(VECTORS[kind]["secret"])
    match kind:
        case "passphrase":
            return Passphrase(secret.decode())
        case "recovery":
            return RecoveryCode(secret)
        case _:
            return KeyringKey(secret)


def header(kind: str, wrapped: str, salt: bytes = make_wrappings.SALT) -> Header:
    slot = Slot(
        id=make_wrappings.SLOT_ID,
        kind=SlotKind(kind),
        kdf=KDF if kind == "passphrase" else None,
        salt=salt,
        nonce=make_wrappings.NONCE,
        wrapped=bytes.fromhex(wrapped),
        created=NOON,
    )
    bare = Header(
        vault_id=make_wrappings.VAULT_ID,
        generation=1,
        database="vault.db",
        salt=bytes(16),
        slots=(slot,),
        created=NOON,
        changed=NOON,
    )
    return sealed(bare, DataKey(make_wrappings.DATA_KEY))


def test_the_vectors_are_what_the_other_code_makes() -> None:
    assert make_wrappings.vectors() == VECTORS


@pytest.mark.parametrize("kind", KINDS)
def test_each_wrapping_opens(kind: str) -> None:
    found = unlock(header(kind, VECTORS[kind]["wrapped"]), way(kind), CHEAP_KDF)
    assert found.data_key.reveal().hex() == VECTORS["data_key"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_wrapping_key_is_derived_as_written_down(kind: str) -> None:
    given = way(kind)
    if isinstance(given, Passphrase):
        key = derive(forms(given)[0], make_wrappings.SALT, KDF)
    else:
        key = slot_key(given, make_wrappings.SALT)
    assert key.reveal().hex() == VECTORS[kind]["key"]


@pytest.mark.parametrize(("kind", "name"), MALFORMED)
def test_a_malformed_wrapping_opens_nothing_and_is_told_as_a_wrong_secret(kind: str, name: str) -> None:
    with pytest.raises(WRONG[kind]):
        unlock(header(kind, VECTORS[kind]["malformed"][name]), way(kind), CHEAP_KDF)


@pytest.mark.parametrize("kind", KINDS)
def test_under_another_salt_or_for_another_kind_it_opens_nothing(kind: str) -> None:
    with pytest.raises(WRONG[kind]):
        unlock(header(kind, VECTORS[kind]["wrapped"], salt=bytes(16)), way(kind), CHEAP_KDF)
    for other in set(KINDS) - {kind}:
        with pytest.raises(WRONG[kind]):
            unlock(header(kind, VECTORS[other]["wrapped"]), way(kind), CHEAP_KDF)


def test_the_written_code_ends_with_the_checksum_of_the_vectors() -> None:
    alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    number = 0
    for character in written(RecoveryCode(bytes.fromhex(VECTORS["recovery"]["secret"])))[-4:]:
        number = number << 5 | alphabet.index(character)
    assert f"{number:05x}" == VECTORS["code_checksum"]
