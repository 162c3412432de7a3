"""The connection: opened the only safe way, guarded afterwards, and honest about what it finds."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.vault.connection import (
    APPLICATION_ID,
    PLAINTEXT_START,
    VaultConnection,
    create_database,
    open_database,
    require_storable,
)
from vrm_desktop.vault.errors import Conflict, StatementRefused, ValueRefused, VaultDamaged
from vrm_desktop.vault.secret import Subkey

KEY, SALT = Subkey(bytes(range(32))), bytes(range(16))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "vault.db"
    made = create_database(path, KEY, SALT)
    made.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT UNIQUE)")
    made.execute("INSERT INTO thing (name) VALUES ('chair')")
    made.close()
    return path


@pytest.fixture
def connection(path: Path) -> Iterator[VaultConnection]:
    opened = open_database(path, KEY, SALT)
    yield opened
    opened.close()


def test_every_safety_setting_is_on(connection: VaultConnection) -> None:
    settings = {
        "application_id": APPLICATION_ID,
        "cache_size": -4096,
        "cipher_status": "1",
        "foreign_keys": 1,
        "journal_mode": "wal",
        "locking_mode": "exclusive",
        "synchronous": 2,
        "trusted_schema": 0,
    }
    assert {name: connection.value(f"PRAGMA {name}") for name in settings} == settings


def test_the_file_is_private_encrypted_and_begins_with_the_salt(path: Path) -> None:
    data = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert data.startswith(SALT)
    assert PLAINTEXT_START not in data


def test_the_log_is_private_too_and_gone_after_closing(path: Path) -> None:
    opened = open_database(path, KEY, SALT)
    opened.execute("INSERT INTO thing (name) VALUES ('table')")
    assert {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {
        "vault.db": 0o600,
        "vault.db-wal": 0o600,
    }
    opened.close()
    assert [file.name for file in path.parent.iterdir()] == ["vault.db"]


def test_the_file_opens_even_without_its_first_sixteen_bytes(path: Path) -> None:
    path.write_bytes(bytes(16) + path.read_bytes()[16:])
    opened = open_database(path, KEY, SALT)
    assert opened.value("SELECT name FROM thing") == "chair"
    opened.close()


@pytest.mark.parametrize(
    ("key", "salt"), [(Subkey(bytes(32)), SALT), (Subkey(bytes(31)), SALT), (KEY, SALT[:15]), (Subkey(b""), b"")]
)
def test_a_wrong_or_malformed_key_never_opens_and_changes_nothing(path: Path, key: Subkey, salt: bytes) -> None:
    before = path.read_bytes()
    with pytest.raises((VaultDamaged, ValueError)):
        open_database(path, key, salt)
    assert path.read_bytes() == before


@pytest.mark.parametrize("key", [Subkey(bytes(31)), Subkey(bytes(33)), Subkey(b"")])
def test_a_malformed_key_makes_no_database(tmp_path: Path, key: Subkey) -> None:
    with pytest.raises(ValueError, match="raw key"):
        create_database(tmp_path / "new.db", key, SALT)


def test_an_absent_empty_or_stunted_file_is_damage_and_not_an_empty_vault(path: Path) -> None:
    whole = path.read_bytes()
    for data in (None, b"", whole[:1], whole[:4095]):
        path.unlink() if data is None else path.write_bytes(data)
        with pytest.raises(VaultDamaged):
            open_database(path, KEY, SALT)
        assert path.exists() is (data is not None)


def test_a_plaintext_database_is_damage(path: Path) -> None:
    path.unlink()
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE thing (name)")
    plain.commit()
    plain.close()
    with pytest.raises(VaultDamaged, match="not encrypted"):
        open_database(path, KEY, SALT)


def test_an_encrypted_database_of_something_else_is_refused(path: Path) -> None:
    opened = open_database(path, KEY, SALT)
    opened.execute("PRAGMA application_id = 7")
    opened.close()
    with pytest.raises(VaultDamaged, match="not a vault"):
        open_database(path, KEY, SALT)


def test_creating_never_takes_a_name_that_is_taken(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(Exception, match="exists"):
        create_database(path, KEY, SALT)
    assert path.read_bytes() == before


_SECOND_PROCESS = """
import sys
from pathlib import Path
from vrm_desktop.vault.connection import open_database
from vrm_desktop.vault.errors import VaultBusy
from vrm_desktop.vault.secret import Subkey
try:
    open_database(Path(sys.argv[1]), Subkey(bytes(range(32))), bytes(range(16)))
except VaultBusy:
    print("busy")
"""


def test_a_second_process_is_refused_as_busy_even_after_the_file_was_looked_at(
    connection: VaultConnection, path: Path
) -> None:
    assert connection.first_bytes(16) == SALT  # closing a descriptor here would have dropped the lock
    second = subprocess.run(
        [sys.executable, "-c", _SECOND_PROCESS, str(path)], capture_output=True, text=True, check=True
    )
    assert (second.stdout, second.stderr) == ("busy\n", "")
    assert connection.value("SELECT count(*) FROM thing") == 1


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH '/tmp/other.db' AS other",
        "ATTACH ':memory:' AS other",
        "PRAGMA rekey = 'x'",
        "PRAGMA hexrekey = '00'",
        "PRAGMA key = 'x'",
        "PRAGMA cipher_hmac_pgno = be",
        "PRAGMA cipher_page_size = 8192",
        "PRAGMA CIPHER_PLAINTEXT_HEADER_SIZE = 32",
        "PRAGMA cipher_memory_security = ON",
        "PRAGMA cipher_log = '/tmp/log'",
        "PRAGMA temp_store = 1",
        "PRAGMA temp_store_directory = '/tmp'",
        "PRAGMA writable_schema = 1",
        "PRAGMA trusted_schema = 1",
        "PRAGMA foreign_keys = 0",
        "PRAGMA synchronous = OFF",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA locking_mode = NORMAL",
        "SELECT load_extension('anything')",
        "VACUUM INTO '/tmp/vrm-copy.db'",
    ],
)
def test_an_open_vault_refuses_dangerous_statements(connection: VaultConnection, statement: str) -> None:
    with pytest.raises(StatementRefused):
        connection.execute(statement)
    assert connection.value("SELECT name FROM thing") == "chair"
    assert not Path("/tmp/vrm-copy.db").exists()  # noqa: S108 - must not be there


def test_two_statements_in_one_are_refused(connection: VaultConnection) -> None:
    with pytest.raises(StatementRefused):
        connection.execute("DELETE FROM thing; DROP TABLE thing")


def test_a_row_is_read_by_name_and_by_place(connection: VaultConnection) -> None:
    (row,) = connection.query("SELECT id, name FROM thing WHERE name = ?", ("chair",))
    identifier, name = row
    assert (row["id"], row["name"], row[0], row[1], len(row), row.keys()) == (1, "chair", 1, "chair", 2, ["id", "name"])
    assert (identifier, name) == (1, "chair")
    assert connection.value("SELECT name FROM thing WHERE id = 99") is None


def test_a_broken_constraint_is_a_conflict_that_names_no_value(connection: VaultConnection) -> None:
    with pytest.raises(Conflict) as caught:
        connection.execute("INSERT INTO thing (name) VALUES (?)", ("chair",))
    assert "thing.name" in str(caught.value)
    assert "chair" not in str(caught.value)


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), 2**63, -(2**63) - 1, "a\0b", "\ud800", ["list"], object()],
    ids=["nan", "inf", "big", "small", "nul", "surrogate", "list", "object"],
)
def test_values_that_would_not_come_back_are_refused(connection: VaultConnection, value: object) -> None:
    for run in (connection.execute, connection.query):
        with pytest.raises(ValueRefused):
            run("SELECT ?", (value,))  # type: ignore[arg-type]  # wrong on purpose


@given(
    value=st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
    | st.binary()
)
def test_every_admitted_value_comes_back_as_it_went_in(*, value: bool | float | str | bytes | None) -> None:
    require_storable(value)
    assert _MEMORY.execute("SELECT ?", (value,)).fetchone()[0] == value


_MEMORY = sqlite3.connect(":memory:")


def test_a_copy_is_whole_private_and_opens_with_the_same_key(connection: VaultConnection, tmp_path: Path) -> None:
    target = tmp_path / "copy's.db"
    connection.copy_to(target)
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.read_bytes()[:16] == SALT
    copy = open_database(target, KEY, SALT)
    assert copy.value("SELECT name FROM thing") == "chair"
    copy.close()
    with pytest.raises(StatementRefused):
        connection.execute(f"ATTACH '{target}' AS again")


def test_a_torn_page_is_damage_when_it_is_read(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096 + 100] ^= 1
    path.write_bytes(data)
    opened = open_database(path, KEY, SALT)
    with pytest.raises(VaultDamaged):
        opened.query("SELECT * FROM thing")
    opened.close()
