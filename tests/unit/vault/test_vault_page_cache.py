"""The page cache is small while nothing happens, and large for bulk work alone."""

from pathlib import Path

import pytest

from tests.fakes.vault_parts import make, unlocked
from vrm_desktop.vault.connection import VaultConnection
from vrm_desktop.vault.errors import ValueRefused
from vrm_desktop.vault.transaction import Transaction
from vrm_desktop.vault.vault import OpenVault

IDLE, BULK = -4096, -65_536


def cache(at: Transaction | VaultConnection) -> int:
    return int(at.value("PRAGMA cache_size"))


@pytest.fixture
def vault(tmp_path: Path) -> OpenVault:
    return unlocked(make(tmp_path / "vault"))


def test_reading_and_writing_do_with_a_small_one(vault: OpenVault) -> None:
    assert vault.thread.read_now(cache) == IDLE
    assert vault.thread.write_now(cache) == IDLE
    vault.close()


def test_bulk_work_and_upkeep_have_a_large_one_for_as_long_as_they_take(vault: OpenVault) -> None:
    assert vault.thread.write_bulk_now(cache) == BULK
    assert vault.thread.read_now(cache) == IDLE
    assert vault.thread.upkeep_now(cache) == BULK
    assert vault.thread.read_now(cache) == IDLE
    vault.close()


def test_bulk_work_that_fails_gives_the_memory_back(vault: OpenVault) -> None:
    def refused(sql: Transaction) -> None:
        sql.insert("INSERT INTO shelf (name) VALUES (?)", ("a\0b",))

    with pytest.raises(ValueRefused):
        vault.thread.write_bulk_now(refused)
    assert vault.thread.read_now(cache) == IDLE
    vault.close()
