"""The page's key signs as the standard says, stays in the vault, dies with it, and is followed by another."""

import copy
import json
import pickle

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc.jwk import ECKey

from tests.fakes.vaults import read_now, tried, write_now
from vrm_desktop.canon import base64url
from vrm_desktop.domain.page_key import PageKey
from vrm_desktop.vault.contents import Contents
from vrm_desktop.vault.errors import NoSuchRecord, ValueRefused, VaultClosed, VaultDamaged
from vrm_desktop.vault.page_signer import PageSigner, secret_from
from vrm_desktop.vault.repositories.page_keys import MOST_KEPT
from vrm_desktop.vault.signer import Signers
from vrm_desktop.vault.transaction import Transaction
from vrm_desktop.vault.vault import OpenVault

# RFC 9421, appendix B.1.3
SECRET = base64url.decode("UpuF81l-kOxbjf7T4mNSv0r5tN67Gim7rnf6EFpcYDs")
X, Y = "qIVYZVLCrPZHGHjP17CTW0_-D9Lfw0EkjqF7xB4FivA", "Mc4nN9LTDOBhfoUeg8Ye9WedFRhnZXZJA12Qp0zZ6F0"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def verify(key: PageKey, signature: bytes, data: bytes) -> None:
    assert len(signature) == 64
    x, y = (int.from_bytes(base64url.decode(one)) for one in (key.x, key.y))
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    public = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    public.verify(encode_dss_signature(r, s), data, ec.ECDSA(SHA256()))


def seeded(number: int) -> bytes:
    return number.to_bytes(40)


def test_its_public_half_is_the_standards_and_its_name_the_one_another_library_finds() -> None:
    public = PageSigner(SECRET).public
    assert (public.x, public.y) == (X, Y)
    other = ECKey.import_key({"kty": "EC", "crv": "P-256", "x": X, "y": Y})
    assert public.kid == other.thumbprint()


def test_what_it_signs_verifies_with_fixed_width() -> None:
    signer = PageSigner(SECRET)
    for number in range(40):
        verify(signer.public, signer.sign(b"%d" % number), b"%d" % number)


def test_any_randomness_makes_a_key_within_the_curve() -> None:
    assert int.from_bytes(secret_from(bytes(40))) == 1
    assert int.from_bytes(secret_from(seeded(ORDER - 2))) == ORDER - 1
    assert int.from_bytes(secret_from(seeded(ORDER - 1))) == 1
    assert len(secret_from(b"\xff" * 40)) == 32
    for wrong in (b"", bytes(32), bytes(41)):
        with pytest.raises(ValueError, match="40 random bytes"):
            secret_from(wrong)
    with pytest.raises(ValueError, match="32 bytes"):
        PageSigner(bytes(31))


def test_it_hides_its_key() -> None:
    signer = PageSigner(SECRET)
    for shown in (repr(signer), str(signer), f"{signer}", repr([signer]), repr(signer.public)):
        assert base64url.encode(SECRET) not in shown
        assert SECRET.hex() not in shown
    for taken in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="never pickled or copied"):
            taken(signer)
    assert not hasattr(signer, "__dict__")


def test_it_dies_when_the_vault_closes(empty_vault: OpenVault) -> None:
    made = write_now(empty_vault, lambda vault: vault.new_page_key(seeded(7)))
    signer = read_now(empty_vault, Contents.page_signer)
    verify(made, signer.sign(b"said"), b"said")
    empty_vault.close()
    with pytest.raises(VaultClosed):
        signer.sign(b"after")
    assert signer._key is None
    ended = Signers()
    ended.end()
    with pytest.raises(VaultClosed):
        ended.lend_page(SECRET)


def test_a_new_key_signs_and_the_old_one_stays_until_it_is_dropped(empty_vault: OpenVault) -> None:
    def change(vault: Contents) -> None:
        with pytest.raises(NoSuchRecord):
            vault.page_signer()
        assert (vault.page_keys(), vault.drop_old_page_keys()) == ((), 0)
        first = vault.new_page_key(seeded(1))
        second = vault.new_page_key(seeded(2))
        assert vault.page_keys() == (second, first)
        assert vault.page_signer().public == second
        with pytest.raises(ValueRefused):
            vault.new_page_key(seeded(1))
        assert vault.drop_old_page_keys() == 1
        assert vault.page_keys() == (second,)
        assert vault.page_signer().public == second

    tried(empty_vault, change)


def test_only_the_newest_secret_is_kept_and_not_too_many_keys(empty_vault: OpenVault) -> None:
    def change(vault: Contents) -> None:
        for number in range(MOST_KEPT):
            vault.new_page_key(seeded(number))
        with pytest.raises(ValueRefused):
            vault.new_page_key(seeded(99))

    def row(sql: Transaction) -> str:
        return str(sql.value("SELECT value FROM settings WHERE key = 'page-keys'"))

    write_now(empty_vault, change)
    kept = empty_vault.thread.read_now(row)
    assert base64url.encode(secret_from(seeded(MOST_KEPT - 1))) in kept
    assert not any(base64url.encode(secret_from(seeded(number))) in kept for number in range(MOST_KEPT - 1))


def test_settings_neither_show_nor_replace_it(empty_vault: OpenVault) -> None:
    write_now(empty_vault, lambda vault: vault.new_page_key(seeded(3)))
    with pytest.raises(ValueRefused):
        read_now(empty_vault, lambda vault: vault.setting("page-keys"))
    with pytest.raises(ValueRefused):
        write_now(empty_vault, lambda vault: vault.set_setting("page-keys", ""))


@pytest.mark.parametrize("secret", ["", base64url.encode(bytes(32)), base64url.encode(SECRET)])
def test_a_secret_that_is_none_or_another_keys_signs_nothing(empty_vault: OpenVault, secret: str) -> None:
    def spoil(vault: Contents) -> None:
        made = vault.new_page_key(seeded(3))
        listed = json.dumps({"public": [{"kid": made.kid, "x": made.x, "y": made.y}], "secret": secret})
        vault._sql.execute("UPDATE settings SET value = ? WHERE key = 'page-keys'", (listed,))
        assert vault.page_keys() == (made,)
        with pytest.raises(VaultDamaged):
            vault.page_signer()

    tried(empty_vault, spoil)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"public":[{"kid":"x"}],"secret":""}', '{"public":[],"secret":"*"}'])
def test_what_cannot_be_read_back_is_damage(empty_vault: OpenVault, text: str) -> None:
    def spoil(vault: Contents) -> None:
        vault._sql.execute("INSERT INTO settings (key, value) VALUES ('page-keys', ?)", (text,))
        with pytest.raises(VaultDamaged):
            vault.page_keys()

    tried(empty_vault, spoil)
