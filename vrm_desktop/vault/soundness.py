"""Asking a database whether it is whole, each question by itself.

All rows of every answer are read: the first alone may be a false alarm or hide the rest. Never lives here: the header,
or what to do about a damaged vault.
"""

from collections.abc import Mapping

from vrm_desktop.vault.connection import VaultConnection


def cipher_problems(connection: VaultConnection) -> tuple[str, ...]:
    """Pages whose authentication fails. The write-ahead log is emptied first, or healthy pages would be named."""
    connection.empty_log()
    return tuple(str(row[0]) for row in connection.query("PRAGMA cipher_integrity_check"))


def structure_problems(connection: VaultConnection) -> tuple[str, ...]:
    """What SQLite's full check finds; half a file passes the cipher check but not this one."""
    answers = [str(row[0]) for row in connection.query("PRAGMA integrity_check")]
    return () if answers == ["ok"] else tuple(answers)


def quick_problems(connection: VaultConnection) -> tuple[str, ...]:
    """What SQLite's quick check finds: everything but index contents."""
    answers = [str(row[0]) for row in connection.query("PRAGMA quick_check")]
    return () if answers == ["ok"] else tuple(answers)


def reference_problems(connection: VaultConnection) -> tuple[str, ...]:
    """Rows that point to rows which are not there."""
    return tuple(
        f"{row[0]} row {row[1]} points to a missing row of {row[2]}"
        for row in connection.query("PRAGMA foreign_key_check")
    )


def problems(connection: VaultConnection) -> tuple[str, ...]:
    """Everything all the checks find."""
    return cipher_problems(connection) + structure_problems(connection) + reference_problems(connection)


def counts(connection: VaultConnection) -> Mapping[str, int]:
    """Rows per table, in the order of the tables' names."""
    tables = connection.query(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
    )
    return {
        str(row["name"]): int(connection.value(f"SELECT count(*) FROM {_quoted(str(row['name']))}"))  # noqa: S608 - quoted, and the schema is ours
        for row in tables
    }


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
