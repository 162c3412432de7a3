"""Personal values can go, and every chain stays verifiable."""

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from tests.fakes import specimens
from tests.fakes.filled_vault import fill
from tests.fakes.vaults import read_now, vault_in, write_now
from vrm_desktop.domain.acts import ActState
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.vault.connection import PAGE_BYTES
from vrm_desktop.vault.contents import Contents
from vrm_desktop.vault.unlocking.subkeys import Purpose
from vrm_desktop.vault.vault import OpenVault

MINE = specimens.RELATIONSHIP.id
OTHER = RelationshipId("relationship-2")
ALL = frozenset(ActState)


def add_another_relationship(vault: Contents) -> None:
    vault.save_relationship(replace(specimens.RELATIONSHIP, id=OTHER))
    vault.append_journal(
        replace(specimens.JOURNAL[2], relationship=OTHER, message=specimens.message_id(7), disclosures=("theirs",))
    )
    vault.pledge(OTHER, {"want.title": "theirs"})


def test_erasing_disclosures_lets_go_of_every_copy_and_breaks_nothing(filled_vault: OpenVault) -> None:
    write_now(filled_vault, add_another_relationship)
    assert write_now(filled_vault, lambda vault: vault.erase_disclosures(MINE)) == 4

    def look(vault: Contents) -> None:
        assert [row.disclosures for row in vault.journal(MINE)] == [(), (), (), ()]
        assert [row.jws for row in vault.journal(MINE)] == [row.jws for row in specimens.JOURNAL]
        assert vault.pledges(MINE) == {}
        assert vault.acts(states=ALL) == (specimens.REVEAL_ACT, specimens.DECLINE_ACT)
        assert vault.ledger() == specimens.LEDGER
        assert vault.journal(OTHER)[0].disclosures == ("theirs",)
        assert vault.pledges(OTHER) == {"want.title": "theirs"}
        assert vault.verify_chains() == (5, 3)

    read_now(filled_vault, look)
    assert write_now(filled_vault, lambda vault: vault.erase_disclosures(MINE)) == 0


def test_erasing_ledger_values_keeps_the_rows_and_the_chain(filled_vault: OpenVault) -> None:
    head = read_now(filled_vault, lambda vault: vault.ledger_head())
    assert write_now(filled_vault, lambda vault: vault.erase_ledger_values(MINE)) == len(specimens.LEDGER)

    def look(vault: Contents) -> None:
        assert vault.ledger() == tuple(replace(row, value="") for row in specimens.LEDGER)
        assert vault.verify_chains() == (4, 3)
        assert vault.ledger_head() == head

    read_now(filled_vault, look)
    assert write_now(filled_vault, lambda vault: vault.erase_ledger_values(MINE)) == 0


def test_a_chain_grows_on_after_an_erasure(filled_vault: OpenVault) -> None:
    def change(vault: Contents) -> tuple[int, int]:
        vault.erase_disclosures(MINE)
        vault.erase_ledger_values(MINE)
        add_another_relationship(vault)
        vault.append_ledger(replace(specimens.LEDGER[0], name="new"))
        return vault.verify_chains()

    assert write_now(filled_vault, change) == (5, 4)


def test_a_value_cannot_be_found_by_trying_once_its_salt_is_gone(tmp_path: Path) -> None:
    bodies = []
    for name in ("one", "two"):
        with vault_in(tmp_path / name) as vault:
            write_now(vault, fill)
            bodies.append(vault.thread.read_now(lambda sql: sql.value("SELECT body FROM ledger WHERE seq = 1")))
    assert bodies[0] != bodies[1]
    assert specimens.LEDGER[0].value not in bodies[0]


@pytest.mark.parametrize("erased", [False, True])
def test_what_is_erased_is_overwritten_in_the_file_too(filled_vault: OpenVault, *, erased: bool) -> None:
    if erased:
        write_now(filled_vault, lambda vault: vault.erase_disclosures(MINE))
    key = filled_vault._keys[Purpose.DATABASE].reveal()
    filled_vault.close()
    pages = decrypted_pages((filled_vault.folder / filled_vault.header.database).read_bytes(), key)
    assert specimens.FIELD.value.encode() in pages
    for text in specimens.PLEDGES.values():
        assert (text.encode() in pages) is not erased


def decrypted_pages(file: bytes, key: bytes) -> bytes:
    """Every page of an SQLCipher 4 file, free ones too: AES-256-CBC, 80 bytes at each end hold nonce and HMAC."""
    plain = []
    for start in range(0, len(file), PAGE_BYTES):
        page = file[start : start + PAGE_BYTES]
        nonce, content = page[-80:-64], page[16 if start == 0 else 0 : -80]
        decryptor = Cipher(algorithms.AES256(key), modes.CBC(nonce)).decryptor()
        plain.append(decryptor.update(content) + decryptor.finalize())
    return b"".join(plain)
