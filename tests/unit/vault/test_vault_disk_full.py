"""A really full disk: said as such, nothing lost, and everything works again once there is room."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.vault_parts import PASSPHRASE, SIMPLE, make, unlocked
from vrm_desktop.vault.errors import DiskFull
from vrm_desktop.vault.migrating import Migration
from vrm_desktop.vault.secret import Passphrase
from vrm_desktop.vault.transaction import Transaction
from vrm_desktop.vault.vault import OpenVault


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    if sys.platform != "linux":
        pytest.skip("needs a tmpfs")
    place = tmp_path / "small disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)], capture_output=True, text=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def fill(disk: Path) -> Path:
    """Take all the room there is."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (65536, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return ballast


def shelve(vault: OpenVault, name: str) -> None:
    vault.thread.write_now(lambda transaction: transaction.insert("INSERT INTO shelf (name) VALUES (?)", (name,)))


def shelves(transaction: Transaction) -> list[str]:
    return [row["name"][:5] for row in transaction.query("SELECT name FROM shelf ORDER BY id")]


def test_a_write_that_finds_no_room_is_undone_and_works_once_there_is(disk: Path) -> None:
    folder = make(disk / "vault")
    vault = unlocked(folder)
    shelve(vault, "poems")
    ballast = fill(disk)
    with pytest.raises(DiskFull):
        shelve(vault, "novel" * 20_000)
    assert vault.thread.read_now(shelves) == ["poems"]
    ballast.unlink()
    shelve(vault, "novel" * 20_000)
    assert vault.thread.read_now(shelves) == ["poems", "novel"]
    assert vault.check().sound
    vault.close()


def test_neither_header_nor_copy_nor_migration_is_begun_without_room(disk: Path) -> None:
    folder = make(disk / "vault")
    vault = unlocked(folder)
    shelve(vault, "poems")
    ballast = fill(disk)
    with pytest.raises(DiskFull):
        vault.change_passphrase(PASSPHRASE, Passphrase("five loud geese grazing"))
    with pytest.raises(DiskFull):
        vault.back_up("daily")
    assert vault.check().sound
    assert vault.header.generation == 1
    vault.close()
    newer = (*SIMPLE, Migration(number=2, name="colour", sql="ALTER TABLE shelf ADD COLUMN colour TEXT;"))
    with pytest.raises(DiskFull):
        unlocked(folder, migrations=newer)
    vault = unlocked(folder)
    assert vault.thread.read_now(shelves) == ["poems"]
    vault.close()
    ballast.unlink()
    vault = unlocked(folder, migrations=newer)
    assert vault.thread.read_now(shelves) == ["poems"]
    vault.close()


def test_no_vault_is_left_by_a_creation_without_room(disk: Path) -> None:
    ballast = fill(disk)
    with pytest.raises(DiskFull):
        make(disk / "vault")
    ballast.unlink()
    make(disk / "vault")
    unlocked(disk / "vault").close()
