"""Every bit of a backup file counts: flip one, or cut the file anywhere, and nothing is taken from it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.shelved_vault import make_shelved, shelves_in
from tests.fakes.vault_parts import CHEAP_KDF, NOON, PASSPHRASE, SIMPLE, at_noon, unlocked
from tests.faults.conftest import Count
from vrm_desktop.vault.backup_container import Front, glance, open_container, write_container
from vrm_desktop.vault.connection import PAGE_BYTES
from vrm_desktop.vault.errors import BackupDamaged, VaultTooNew
from vrm_desktop.vault.secret import Subkey
from vrm_desktop.vault.vault import restore

KEY = Subkey(bytes(range(32)))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A container with one page, so that each of its bits can be tried."""
    database = tmp_path / "page"
    database.write_bytes(bytes(range(256)) * (PAGE_BYTES // 256))
    front = Front(made=NOON, header=b"a header", summary=b"a summary", database_bytes=PAGE_BYTES)
    write_container(tmp_path / "small", front, database, KEY)
    return tmp_path / "small"


def taken(path: Path) -> str:
    """What a reader gets out of the file: its parts, or the refusal."""
    try:
        with open_container(path) as container:
            container.require_key(KEY)
            return repr(container.front)
    except BackupDamaged:
        return "damaged"


def test_every_single_bit_counts(small: Path, count: Count) -> None:
    data = bytearray(small.read_bytes())
    whole = taken(small)
    assert whole != "damaged"
    with small.open("r+b", buffering=0) as file:
        for position in range(len(data)):
            for bit in range(8):
                file.seek(position)
                file.write(bytes([data[position] ^ 1 << bit]))
                assert taken(small) == "damaged", (position, bit)
            file.seek(position)
            file.write(data[position : position + 1])
    assert taken(small) == whole
    count(f"backup file: {8 * len(data)} flipped bits, all refused")


@pytest.mark.parametrize("more", [b"\0", b"x" * 64])
def test_every_length_but_the_right_one_is_refused(small: Path, more: bytes) -> None:
    data = small.read_bytes()
    for length in range(len(data)):
        small.write_bytes(data[:length])
        assert taken(small) == "damaged", length
        with pytest.raises((BackupDamaged, VaultTooNew)):
            glance(small)
    small.write_bytes(data + more)
    assert taken(small) == "damaged"


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    vault = unlocked(make_shelved(tmp_path / "vault", "poems"))
    vault.back_up_to(tmp_path / "real.vrm-backup")
    vault.close()
    return tmp_path / "real.vrm-backup"


def flipped(data: bytes, position: int) -> bytes:
    return data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :]


def cut(data: bytes, position: int) -> bytes:
    return data[:position]


@pytest.mark.parametrize("harm", [flipped, cut])
def test_a_real_backup_with_any_harm_changes_nothing(
    backup: Path, tmp_path: Path, harm: Callable[[bytes, int], bytes]
) -> None:
    data, folder = backup.read_bytes(), tmp_path / "vault"
    positions = {*range(0, len(data), 97), *range(64), *range(len(data) - 64, len(data))}
    for position in sorted(positions):
        backup.write_bytes(harm(data, position))
        with pytest.raises(BackupDamaged):
            restore(backup, folder, PASSPHRASE, kdf=CHEAP_KDF, clock=at_noon, migrations=SIMPLE)
    assert shelves_in(folder) == ["poems"]
    backup.write_bytes(data)
    restore(backup, folder, PASSPHRASE, kdf=CHEAP_KDF, clock=at_noon, migrations=SIMPLE)


def test_a_checksum_made_anew_does_not_help_without_the_key(small: Path, tmp_path: Path) -> None:
    with open_container(small) as container:
        front = container.front
    write_container(tmp_path / "forged", front, tmp_path / "page", Subkey(bytes(32)))
    with open_container(tmp_path / "forged") as container, pytest.raises(BackupDamaged, match="seal"):
        container.require_key(KEY)


@pytest.mark.parametrize(
    "front",
    [
        Front(made=NOON, header=b"h", summary=b"s", database_bytes=PAGE_BYTES - 1),
        Front(made=NOON, header=b"h", summary=b"s", database_bytes=2 * PAGE_BYTES),
    ],
)
def test_lengths_that_do_not_fit_are_never_written_or_read(small: Path, tmp_path: Path, front: Front) -> None:
    with pytest.raises(BackupDamaged):
        write_container(tmp_path / "odd", front, tmp_path / "page", KEY)
    with pytest.raises(BackupDamaged):
        glance(tmp_path / "odd")


def test_a_file_that_changes_while_it_is_read_gives_no_database(small: Path, tmp_path: Path) -> None:
    with open_container(small) as container:
        with small.open("r+b") as file:
            file.seek(100)
            file.write(b"changed")
        with pytest.raises(BackupDamaged, match="changed"):
            container.extract(tmp_path / "taken")
