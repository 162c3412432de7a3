"""Migrations: in order, each whole or not at all, a verified copy first, a newer schema refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.vault_parts import CHEAP_KDF, PASSPHRASE, SIMPLE, at_noon, make, unlocked
from vrm_desktop.vault.connection import VaultConnection, create_database
from vrm_desktop.vault.errors import BackupFailed, DiskFull, MigrationFailed, VaultTooNew
from vrm_desktop.vault.kept_backups import last_verified_backup
from vrm_desktop.vault.migrating import (
    Migration,
    load_migrations,
    migrate,
    packaged_migrations,
    schema_of,
    statements,
)
from vrm_desktop.vault.restoring import restore
from vrm_desktop.vault.secret import Subkey


def step(number: int, sql: str) -> Migration:
    return Migration(number=number, name="step", sql=sql)


FIRST = step(1, "CREATE TABLE a (id INTEGER PRIMARY KEY); INSERT INTO a VALUES (1);")
SECOND = step(2, "CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER REFERENCES a (id));")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[VaultConnection]:
    made = create_database(tmp_path / "vault.db", Subkey(bytes(32)), bytes(16))
    yield made
    made.close()


def tables(connection: VaultConnection) -> list[str]:
    return [row[0] for row in connection.query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]


def test_what_is_missing_is_applied_in_order_and_nothing_twice(connection: VaultConnection) -> None:
    assert migrate(connection, [FIRST], back_up=None) == 1
    assert migrate(connection, [FIRST, SECOND], back_up=None) == 1
    assert migrate(connection, [FIRST, SECOND], back_up=None) == 0
    assert (tables(connection), schema_of(connection)) == (["a", "b"], 2)


def test_the_copy_comes_before_the_first_step_and_only_when_one_is_missing(connection: VaultConnection) -> None:
    seen: list[list[str]] = []
    migrate(connection, [FIRST], back_up=lambda: seen.append(tables(connection)))
    migrate(connection, [FIRST], back_up=lambda: seen.append(tables(connection)))
    assert seen == [[]]


def test_without_its_copy_nothing_is_migrated(connection: VaultConnection) -> None:
    def fail() -> None:
        raise BackupFailed("no room")

    with pytest.raises(BackupFailed):
        migrate(connection, [FIRST], back_up=fail)
    assert (tables(connection), schema_of(connection)) == ([], 0)


@pytest.mark.parametrize(
    "broken",
    [
        "CREATE TABLE c (id INTEGER); INSERT INTO c VALUES (1); NONSENSE;",
        "CREATE TABLE c (id INTEGER); INSERT INTO a VALUES (1);",
        "CREATE TABLE c (a INTEGER REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED); INSERT INTO c VALUES (9);",
        "CREATE TABLE c (id INTEGER); CREATE TABLE d (id INTEGER)",
        "CREATE TABLE c (id INTEGER); PRAGMA writable_schema = 1;",
    ],
    ids=["syntax", "conflict", "dangling", "unfinished", "dangerous"],
)
def test_a_step_that_fails_leaves_nothing_and_keeps_the_steps_before_it(
    connection: VaultConnection, broken: str
) -> None:
    with pytest.raises(MigrationFailed):
        migrate(connection, [FIRST, step(2, broken)], back_up=None)
    assert (tables(connection), schema_of(connection), connection.in_transaction) == (["a"], 1, False)
    assert migrate(connection, [FIRST, SECOND], back_up=None) == 1


def test_a_full_disk_in_a_step_is_said_as_such(connection: VaultConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = VaultConnection.execute

    def full(self: VaultConnection, sql: str, parameters: tuple[()] = ()) -> int:
        if sql.startswith("INSERT"):
            raise DiskFull("database or disk is full")
        return whole(self, sql, parameters)

    monkeypatch.setattr(VaultConnection, "execute", full)
    with pytest.raises(DiskFull):
        migrate(connection, [FIRST], back_up=None)
    assert (tables(connection), schema_of(connection)) == ([], 0)


def test_a_newer_schema_is_refused_untouched(connection: VaultConnection) -> None:
    migrate(connection, [FIRST, SECOND], back_up=None)
    with pytest.raises(VaultTooNew) as caught:
        migrate(connection, [FIRST], back_up=None)
    assert caught.value.needs == "schema 2"
    assert schema_of(connection) == 2


@pytest.mark.parametrize("numbers", [[2], [1, 3], [1, 1], [0, 1]])
def test_gaps_and_doubles_are_refused(connection: VaultConnection, numbers: list[int]) -> None:
    with pytest.raises(ValueError, match="without gap or double"):
        migrate(connection, [step(number, "SELECT 1;") for number in numbers], back_up=None)


def test_a_folder_of_files_is_read_in_order(tmp_path: Path) -> None:
    (tmp_path / "0002_more.sql").write_text("SELECT 2;", encoding="utf-8")
    (tmp_path / "0001_first.sql").write_text("SELECT 1;", encoding="utf-8")
    (tmp_path / "__init__.py").write_text("", encoding="utf-8")
    assert [(found.number, found.name) for found in load_migrations(tmp_path)] == [(1, "first"), (2, "more")]
    (tmp_path / "3_odd.sql").write_text("", encoding="utf-8")
    with pytest.raises(ValueError, match="3_odd"):
        load_migrations(tmp_path)


def test_the_packaged_steps_make_the_row_that_names_the_vault(connection: VaultConnection) -> None:
    steps = packaged_migrations()
    assert migrate(connection, steps, back_up=None) == len(steps) >= 1
    connection.execute("INSERT INTO vault_info (only, vault_id, created) VALUES (1, ?, ?)", (bytes(16), "now"))


def test_a_script_is_cut_only_where_a_statement_ends() -> None:
    script = """
    -- a comment; with a semicolon
    CREATE TABLE a (text TEXT DEFAULT 'one; two');
    CREATE TRIGGER t AFTER INSERT ON a BEGIN
        UPDATE a SET text = 'x;'; DELETE FROM a;
    END;
    /* the end; */
    """
    cut = list(statements(script))
    assert [piece.splitlines()[-1].strip()[:6] for piece in cut] == ["CREATE", "END;"]
    assert list(statements(" -- nothing here\n")) == []
    with pytest.raises(MigrationFailed):
        list(statements("SELECT 1; SELECT 2"))


def test_opening_an_older_vault_migrates_it_after_a_copy_that_opens(tmp_path: Path) -> None:
    folder = make(tmp_path / "vault")
    vault = unlocked(folder)
    vault.thread.write_now(lambda transaction: transaction.insert("INSERT INTO shelf (name) VALUES ('poems')"))
    vault.close()

    newer = (*SIMPLE, step(2, "ALTER TABLE shelf ADD COLUMN colour TEXT; UPDATE shelf SET colour = 'red';"))
    vault = unlocked(folder, migrations=newer)
    assert vault.migrated == 1
    assert vault.thread.read_now(lambda transaction: transaction.value("SELECT colour FROM shelf")) == "red"
    vault.close()

    copy = last_verified_backup(folder)
    assert copy is not None
    assert (copy.label, copy.file.stat().st_mode & 0o777) == ("before-schema-2", 0o600)
    restore(copy.file, tmp_path / "old", PASSPHRASE, kdf=CHEAP_KDF, clock=at_noon, migrations=SIMPLE)
    old = unlocked(tmp_path / "old")
    assert old.thread.read_now(
        lambda transaction: [tuple(row) for row in transaction.query("SELECT * FROM shelf")]
    ) == [(1, "poems")]
    old.close()
    with pytest.raises(VaultTooNew):
        unlocked(folder)


def test_a_failed_migration_leaves_a_vault_that_the_old_program_opens(tmp_path: Path) -> None:
    folder = make(tmp_path / "vault")
    for _ in range(2):
        with pytest.raises(MigrationFailed):
            unlocked(folder, migrations=(*SIMPLE, step(2, "NONSENSE;")))
    vault = unlocked(folder)
    assert (vault.migrated, vault.check().sound) == (0, True)
    vault.close()
