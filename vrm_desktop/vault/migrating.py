"""Bringing a database to the newest schema: numbered files, one transaction each, a verified backup first.

Independent of what the files contain, with one promise asked of number 1: it makes `vault_info(only, vault_id,
created)`. Never lives here: SQL of any table.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from vrm_desktop.vault.connection import VaultConnection
from vrm_desktop.vault.errors import Conflict, MigrationFailed, StatementRefused, VaultTooNew
from vrm_desktop.vault.progress import OnStep, Step, unheard

_NAME = re.compile(r"(?P<number>[0-9]{4})_(?P<name>[a-z0-9_]+)\.sql")


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One step: from schema `number - 1` to schema `number`."""

    number: int
    name: str
    sql: str


def packaged_migrations() -> tuple[Migration, ...]:
    """The steps this program ships, in order."""
    return load_migrations(files("vrm_desktop.vault.migrations"))


def load_migrations(folder: Traversable) -> tuple[Migration, ...]:
    """The steps in a folder, in order. Raises ValueError unless they are numbered 1, 2, 3 without gap or double."""
    found = []
    for file in folder.iterdir():
        if file.name.endswith(".sql"):
            match = _NAME.fullmatch(file.name)
            if match is None:
                raise ValueError(f"{file.name} is not named NNNN_name.sql")
            found.append(
                Migration(number=int(match["number"]), name=match["name"], sql=file.read_text(encoding="utf-8"))
            )
    found.sort(key=lambda migration: migration.number)
    return require_numbered(found)


def require_numbered(migrations: Sequence[Migration]) -> tuple[Migration, ...]:
    """The same steps, if they are numbered 1, 2, 3 ...; raises ValueError."""
    if [migration.number for migration in migrations] != list(range(1, len(migrations) + 1)):
        raise ValueError("migrations are not numbered 1, 2, 3 without gap or double")
    return tuple(migrations)


def schema_of(connection: VaultConnection) -> int:
    """The schema's number; 0 for an empty database."""
    return int(connection.value("PRAGMA user_version"))


def require_known_schema(connection: VaultConnection, migrations: Sequence[Migration]) -> int:
    """The schema's number, if these steps lead there or further; raises VaultTooNew."""
    present = schema_of(connection)
    if present > len(migrations):
        raise VaultTooNew(f"schema {present}")
    return present


def migrate(
    connection: VaultConnection,
    migrations: Sequence[Migration],
    *,
    back_up: Callable[[], object] | None,
    on_step: OnStep = unheard,
) -> int:
    """Apply what is missing; the number of steps applied.

    `back_up` is called once, before the first step, unless nothing is missing; None only for a vault being created.
    `on_step` is told before the backup and after each step; what it raises leaves the steps done so far.
    Raises VaultTooNew for a schema this program does not know, MigrationFailed (that step was undone, earlier ones
    stay), and whatever `back_up` raises (nothing was changed).
    """
    require_numbered(migrations)
    missing = migrations[require_known_schema(connection, migrations) :]
    if missing and back_up is not None:
        on_step(Step.MIGRATING, 0, len(missing))
        back_up()
    for done, migration in enumerate(missing, start=1):
        _apply(connection, migration)
        on_step(Step.MIGRATING, done, len(missing))
    return len(missing)


def statements(sql: str) -> Iterator[str]:
    """The statements of a script one by one; triggers, comments and quoted semicolons are respected.

    Raises MigrationFailed when the last statement is not finished.
    """
    pending = ""
    for piece in re.split(r"(?<=;)", sql):
        pending += piece
        if pending.strip() and sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
    rest = re.sub(r"--[^\n]*|/\*.*?\*/", "", pending, flags=re.DOTALL)
    if rest.strip():
        raise MigrationFailed("the last statement has no end")


def _apply(connection: VaultConnection, migration: Migration) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        for statement in statements(migration.sql):
            connection.execute(statement)
        if connection.query("PRAGMA foreign_key_check"):
            raise MigrationFailed(f"migration {migration.number} leaves dangling references")
        connection.execute(f"PRAGMA user_version = {migration.number}")
        connection.execute("COMMIT")
    except BaseException as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, Conflict | StatementRefused):
            raise MigrationFailed(f"migration {migration.number} ({migration.name}): {error}") from error
        raise
