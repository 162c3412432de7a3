"""Another implementation of the file format, SQLite3 Multiple Ciphers, reads our vaults: the rescue path works."""

import shutil
from pathlib import Path

import apsw
import pytest

from tests.fakes import specimens
from tests.fakes.vault_parts import CHEAP_KDF, PASSPHRASE, make, unlocked
from vrm_desktop.vault import header_file
from vrm_desktop.vault.header import Header
from vrm_desktop.vault.unlocking.passphrase import LOW_MEMORY
from vrm_desktop.vault.unlocking.subkeys import Purpose, subkey
from vrm_desktop.vault.ways_in import unlock


def raw_key(header: Header) -> str:
    """What the threat model tells a rescuer to type: key and salt in hexadecimal."""
    data_key = unlock(header, PASSPHRASE, CHEAP_KDF).data_key
    return subkey(data_key, header.vault_id, Purpose.DATABASE).reveal().hex() + header.salt.hex()


def read(database: Path, key: str) -> list[tuple[object, ...]]:
    connection = apsw.Connection(str(database), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        connection.execute("PRAGMA cipher = 'sqlcipher'")
        connection.execute("PRAGMA legacy = 4")
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        return list(connection.execute("SELECT id, name FROM shelf"))
    finally:
        connection.close()


def test_it_reads_a_vault_with_the_right_key_and_not_with_another(tmp_path: Path) -> None:
    folder = make(tmp_path / "vault")
    vault = unlocked(folder)
    vault.thread.write_now(lambda transaction: transaction.insert("INSERT INTO shelf (name) VALUES ('poems')"))
    header = vault.header
    vault.close()
    assert read(folder / "vault.db", raw_key(header)) == [(1, "poems")]
    with pytest.raises(apsw.NotADBError):
        read(folder / "vault.db", "00" * 48)


FIXTURES = sorted(path for path in (Path(__file__).parents[2] / "data" / "vaults").glob("schema-*") if path.is_dir())


@pytest.mark.parametrize("frozen", FIXTURES, ids=lambda path: path.name)
def test_it_reads_every_frozen_vault_there_is(frozen: Path, tmp_path: Path) -> None:
    shutil.copytree(frozen, tmp_path / "vault")  # what a crash left in its log is taken over while reading
    header = header_file.read_header(tmp_path / "vault").header
    data_key = unlock(header, PASSPHRASE, LOW_MEMORY).data_key
    key = subkey(data_key, header.vault_id, Purpose.DATABASE).reveal().hex() + header.salt.hex()
    connection = apsw.Connection(str(tmp_path / "vault" / header.database))
    try:
        for pragma in ("cipher = 'sqlcipher'", "legacy = 4", f"key = \"x'{key}'\""):
            connection.execute(f"PRAGMA {pragma}")
        assert list(connection.execute("PRAGMA integrity_check")) == [("ok",)]
        found = [row[0] for row in connection.execute("SELECT jws FROM journal ORDER BY seq")]
        assert list(connection.execute("SELECT vault_id FROM vault_info")) == [(header.vault_id,)]
    finally:
        connection.close()
    assert found == [row.jws for row in specimens.JOURNAL]


def test_there_are_frozen_vaults() -> None:
    assert len(FIXTURES) >= 5
