"""A signer signs with its relationship's key, shows it to nobody, and dies with the vault."""

import copy
import gc
import pickle

import pytest
from nacl.signing import VerifyKey

from tests.fakes import specimens
from tests.fakes.vaults import read_now
from vrm_desktop.canon import base64url
from vrm_desktop.vault.errors import VaultClosed
from vrm_desktop.vault.signer import Signer, Signers
from vrm_desktop.vault.vault import OpenVault

# RFC 8032, section 7.1, test 2
RFC_SEED = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
RFC_KEY = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
RFC_SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)


def test_it_signs_as_the_standard_says() -> None:
    signer = Signer(RFC_SEED)
    assert signer.kid == base64url.encode(RFC_KEY)
    assert signer.sign(b"\x72") == RFC_SIGNATURE


def test_what_it_signs_verifies_with_its_public_key(filled_vault: OpenVault) -> None:
    signer = read_now(filled_vault, lambda vault: vault.signer(specimens.RELATIONSHIP.id))
    assert signer.kid == specimens.KID
    VerifyKey(base64url.decode(signer.kid)).verify(b"said", signer.sign(b"said"))


def test_it_dies_when_the_vault_closes(filled_vault: OpenVault) -> None:
    signer = read_now(filled_vault, lambda vault: vault.signer(specimens.RELATIONSHIP.id))
    signer.sign(b"before")
    filled_vault.close()
    with pytest.raises(VaultClosed):
        signer.sign(b"after")
    assert signer._key is None
    assert signer.kid == specimens.KID


def test_a_closed_vault_lends_no_more_keys() -> None:
    signers = Signers()
    signers.end()
    signers.end()
    with pytest.raises(VaultClosed):
        signers.lend(RFC_SEED)


def test_signers_nobody_holds_are_forgotten() -> None:
    signers = Signers()
    kept = signers.lend(RFC_SEED)
    signers.lend(bytes(32))
    gc.collect()
    assert list(signers._lent) == [kept]


def test_it_hides_its_key() -> None:
    signer = Signer(RFC_SEED)
    for shown in (repr(signer), str(signer), f"{signer}", repr([signer])):
        assert "hidden" in shown
        assert RFC_SEED.hex() not in shown
    for taken in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="never pickled or copied"):
            taken(signer)
    assert not hasattr(signer, "__dict__")


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_seed_has_32_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Signers().lend(bytes(length))
