"""Another implementation of the file format, SQLite3 Multiple Ciphers, reads our vaults: the rescue path works."""

from pathlib import Path

import apsw
import pytest

from tests.fakes.vault_parts import CHEAP_KDF, PASSPHRASE, make, unlocked
from vrm_desktop.vault.header import Header
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
