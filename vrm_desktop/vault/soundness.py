"""Asking a database whether it is whole, each question by itself.

All rows of every answer are read: the first alone may be a false alarm or hide the rest. Never lives here: the header,
or what to do about a damaged vault.
"""

import hashlib
from collections.abc import Mapping
from typing import NoReturn, assert_never

from vrm_desktop.domain.ids import Digest
from vrm_desktop.vault.connection import VaultConnection
from vrm_desktop.vault.errors import ChainBroken, VaultDamaged
from vrm_desktop.vault.repositories.chains import ChainName, Head
from vrm_desktop.vault.repositories.journal import JournalPart
from vrm_desktop.vault.repositories.ledger import LedgerPart
from vrm_desktop.vault.signer import Signers
from vrm_desktop.vault.transaction import Transaction


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


def chain_problems(connection: VaultConnection, name: ChainName) -> tuple[str, ...]:
    """The first row that breaks a chain; nothing when the schema has no chains."""
    if "chain_heads" not in tables(connection):
        return ()
    sql = Transaction(connection, writing=False)
    try:
        match name:
            case ChainName.JOURNAL:
                JournalPart(sql, signers=Signers(), random=_never).verify_journal()
            case ChainName.LEDGER:
                LedgerPart(sql, signers=Signers(), random=_never).verify_ledger()
            case _:
                assert_never(name)
    except ChainBroken as error:
        return (str(error),)
    finally:
        sql.end()
    return ()


def search_problems(connection: VaultConnection) -> tuple[str, ...]:
    """Text indexes that do not fit the rows they were made from."""
    found = []
    for name in _names(connection, "virtual"):
        try:
            connection.execute(f"INSERT INTO {_quoted(name)} ({_quoted(name)}, rank) VALUES ('integrity-check', 1)")  # noqa: S608 - quoted, and the schema is ours
        except VaultDamaged as error:
            found.append(f"{name}: {error}")
    return tuple(found)


def problems(connection: VaultConnection) -> tuple[str, ...]:
    """Everything that can be wrong with pages, structure and references."""
    return cipher_problems(connection) + structure_problems(connection) + reference_problems(connection)


def tables(connection: VaultConnection) -> tuple[str, ...]:
    """The tables that hold rows of their own, by name: no text index, and nothing that one is made of."""
    return _names(connection, "table")


def counts(connection: VaultConnection) -> Mapping[str, int]:
    """Rows per table, in the order of the tables' names."""
    return {name: count(connection, name) for name in tables(connection)}


def count(connection: VaultConnection, table: str) -> int:
    """Rows in one table."""
    return int(connection.value(f"SELECT count(*) FROM {_quoted(table)}"))  # noqa: S608 - quoted, and the schema is ours


def fingerprints(connection: VaultConnection) -> Mapping[str, str]:
    """For each table the number of its rows and a hash over all of them in order; also for the schema itself.

    Only for comparing two databases in one run of the program: how a row is hashed may change any day.
    """
    wholes = {name: f"SELECT * FROM {_quoted(name)} ORDER BY {_key(connection, name)}" for name in tables(connection)}  # noqa: S608 - quoted, and the schema is ours
    wholes["sqlite_schema"] = "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"
    found = {name: _hashed(connection, whole) for name, whole in wholes.items()}
    for pragma in ("user_version", "application_id"):
        found[pragma] = str(connection.value(f"PRAGMA {pragma}"))
    return found


def _hashed(connection: VaultConnection, whole: str) -> str:
    rows, hashed = 0, hashlib.sha256()
    for batch in connection.batches(whole):
        for row in batch:
            hashed.update(repr(row).encode() + b"\n")
        rows += len(batch)
    return f"{rows}:{hashed.hexdigest()}"


def _key(connection: VaultConnection, table: str) -> str:
    columns = connection.query(f"PRAGMA table_info({_quoted(table)})")
    parts = sorted((int(column["pk"]), str(column["name"])) for column in columns if column["pk"])
    return ", ".join(_quoted(name) for _, name in parts) or "rowid"


def heads(connection: VaultConnection) -> Mapping[str, Head]:
    """Where each chain that has rows ends; empty when the schema has no chains."""
    if "chain_heads" not in tables(connection):
        return {}
    return {
        str(row["name"]): Head(length=row["length"], link=Digest(row["head"]))
        for row in connection.query("SELECT name, length, head FROM chain_heads ORDER BY name")
    }


def _names(connection: VaultConnection, kind: str) -> tuple[str, ...]:
    return tuple(
        sorted(
            str(row["name"])
            for row in connection.query("PRAGMA table_list")
            if row["schema"] == "main" and row["type"] == kind and not str(row["name"]).startswith("sqlite_")
        )
    )


def _never(_size: int) -> NoReturn:
    raise AssertionError("checking asks for no randomness")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
