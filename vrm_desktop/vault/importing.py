"""Making a vault out of everything that an archive holds: all or nothing, under a fresh key and a new passphrase.

The database is filled and checked under a name that does not count; one rename of the header makes it the vault.
Killed anywhere, the folder opens as it was or as imported. Never here: the archive's bytes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn, Protocol

from vrm_desktop.domain.attachment import Attachment
from vrm_desktop.vault import header_file, opening, soundness, tidying
from vrm_desktop.vault.connection import VaultConnection, clear_database, create_database
from vrm_desktop.vault.contents import Contents
from vrm_desktop.vault.durable_files import flush_file, flush_folder, private_folder
from vrm_desktop.vault.errors import (
    Conflict,
    ImportRefused,
    StatementRefused,
    ValueRefused,
    VaultDamaged,
    VaultExists,
    VaultTooNew,
)
from vrm_desktop.vault.exporting import columns_of, quoted
from vrm_desktop.vault.header import Header
from vrm_desktop.vault.header_codec import sealed
from vrm_desktop.vault.lock_file import LockFile
from vrm_desktop.vault.migrating import Migration, migrate, packaged_migrations
from vrm_desktop.vault.repositories.chains import ChainName
from vrm_desktop.vault.repositories.papers import paper_of
from vrm_desktop.vault.restoring import switch
from vrm_desktop.vault.rewrapping import Clock, to_the_second
from vrm_desktop.vault.secret import DataKey, Passphrase
from vrm_desktop.vault.signer import Signers
from vrm_desktop.vault.transaction import Transaction
from vrm_desktop.vault.unlocking.passphrase import KdfPolicy
from vrm_desktop.vault.unlocking.subkeys import Purpose
from vrm_desktop.vault.ways_in import Random, new_slot

HEADS = "chain_heads"


class Incoming(Protocol):
    """What comes in. Everything it says is checked against what is then there."""

    @property
    def schema(self) -> int:
        """Which layout the tables have."""
        ...

    @property
    def vault_id(self) -> bytes:
        """16 bytes."""
        ...

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows by table, for every table there is."""
        ...

    def rows(self, table: str) -> Iterator[Mapping[str, Any]]:
        """The rows of a table by column; its last step raises unless they were the right ones."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a folder holds now. `aside`: where what stood there before is, None if nothing did."""

    counts: Mapping[str, int]
    aside: Path | None


def bring_in(
    incoming: Incoming,
    folder: Path,
    passphrase: Passphrase,
    *,
    set_aside: bool,
    kdf: KdfPolicy,
    random: Random,
    clock: Clock,
    migrations: Sequence[Migration] | None = None,
) -> Imported:
    """Make the folder (created if needed) hold a vault with exactly these rows. Takes one key derivation.

    With `set_aside` a vault that stands there is kept whole in a folder of its own beside; without, it is in the way.
    Raises VaultExists, VaultTooNew, ImportRefused, VaultBusy, PassphraseEmpty, DiskFull, DiskFailed, and what
    `incoming` raises; the folder then opens as before.
    """
    folder = folder.absolute()
    steps = packaged_migrations() if migrations is None else migrations
    if incoming.schema > len(steps):
        raise VaultTooNew(f"schema {incoming.schema}")
    if header_file.exists(folder) and not set_aside:
        raise VaultExists("the folder already holds a vault")
    private_folder(folder)
    lock = LockFile(folder)
    try:
        if header_file.exists(folder) and not set_aside:
            raise VaultExists("the folder already holds a vault")
        now = to_the_second(clock)
        data_key = DataKey(random(DataKey.LENGTH))
        header = _header(incoming, folder, passphrase, data_key, kdf=kdf, random=random, now=now)
        key = opening.derive_keys(data_key, header.vault_id)[Purpose.DATABASE]
        made = opening.creating(folder / header.database)
        clear_database(made)
        try:
            connection = create_database(made, key, header.salt)
            try:
                counts = _fill(connection, incoming, steps)
                connection.empty_log()  # closing would not say that it failed, and the file is renamed without its log
            finally:
                connection.close()
            flush_file(made)
            flush_folder(folder)
        except BaseException:
            clear_database(made)
            raise
        return Imported(counts=counts, aside=switch(folder, header, now))
    finally:
        lock.release()


def _header(
    incoming: Incoming,
    folder: Path,
    passphrase: Passphrase,
    data_key: DataKey,
    *,
    kdf: KdfPolicy,
    random: Random,
    now: datetime,
) -> Header:
    slot = new_slot(data_key, passphrase, vault_id=incoming.vault_id, kdf=kdf, random=random, now=now)
    header = Header(
        vault_id=incoming.vault_id,
        generation=1,
        database=tidying.free_database_name(folder, least=1),
        salt=random(16),
        slots=(slot,),
        created=now,
        changed=now,
    )
    return sealed(header, data_key)


def _fill(connection: VaultConnection, incoming: Incoming, steps: Sequence[Migration]) -> Mapping[str, int]:
    """The rows, in the layout they were written in; then what has changed since; then every check there is."""
    migrate(connection, steps[: incoming.schema], back_up=None)
    with _as_refusal():
        connection.execute("BEGIN IMMEDIATE")
        ends: dict[str, tuple[Any, Any]] = {}
        for table in _expected(connection, incoming):
            if table == HEADS:
                ends = _ends(incoming.rows(table))
            else:
                _put_in(connection, table, incoming.rows(table))
        connection.execute("COMMIT")
        _check(connection, incoming, ends)
    migrate(connection, steps, back_up=None)
    with _as_refusal():
        _require_readable(connection)
    return soundness.counts(connection)


def _expected(connection: VaultConnection, incoming: Incoming) -> tuple[str, ...]:
    tables = soundness.tables(connection)
    if set(tables) != set(incoming.counts):
        raise ImportRefused(f"it has other tables than schema {incoming.schema}")
    return tables


def _put_in(connection: VaultConnection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    columns = columns_of(connection, table)
    names, marks = ", ".join(quoted(name) for name in columns), ", ".join("?" for _ in columns)
    insert = f"INSERT INTO {quoted(table)} ({names}) VALUES ({marks})"  # noqa: S608 - quoted, and the schema is ours
    for row in rows:
        if set(row) != set(columns):
            raise ImportRefused(f"a row of {table} has other columns")
        if table in set(ChainName):
            _move_head(connection, table, row)
        connection.execute(insert, tuple(row[name] for name in columns))


def _move_head(connection: VaultConnection, table: str, row: Mapping[str, Any]) -> None:
    """A chain's row is let in only where its chain ends."""
    if row["seq"] == 1:
        connection.execute("INSERT INTO chain_heads (name, length, head) VALUES (?, 1, ?)", (table, row["chain"]))
    else:
        connection.execute("UPDATE chain_heads SET length = length + 1, head = ? WHERE name = ?", (row["chain"], table))


def _ends(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Any, Any]]:
    """Where the archive says that each chain ends. The ends grow with their chains, and are compared afterwards."""
    ends: dict[str, tuple[Any, Any]] = {}
    for row in rows:
        if set(row) != {"name", "length", "head"} or row["name"] not in set(ChainName):
            raise ImportRefused("the end of a chain that there is not")
        ends[row["name"]] = (row["length"], row["head"])
    return ends


def _check(connection: VaultConnection, incoming: Incoming, ends: Mapping[str, tuple[Any, Any]]) -> None:
    if connection.value("SELECT vault_id FROM vault_info") != incoming.vault_id:
        raise ImportRefused("it says of itself that it is another vault")
    if dict(soundness.counts(connection)) != dict(incoming.counts):
        raise ImportRefused("not every row is there")
    if {name: (head.length, head.link) for name, head in soundness.heads(connection).items()} != ends:
        raise ImportRefused("a chain ends elsewhere")
    found = [*soundness.problems(connection), *soundness.search_problems(connection)]
    for name in ChainName:
        found += soundness.chain_problems(connection, name)
    if found:
        raise ImportRefused(f"it is not sound: {found[0]}")


def _require_readable(connection: VaultConnection) -> None:
    """Every record can be read, so that no screen stumbles over one later."""
    if "papers" not in soundness.tables(connection):
        return
    sql = Transaction(connection, writing=False)
    contents = Contents(sql, signers=Signers(), random=_never)
    try:
        contents.intentcasts()
        contents.profile()
        contents.vendors()
        contents.offers()
        contents.orders()
        contents.agenda()
        if contents.page_keys():
            contents.page_signer()
        for want in contents.intentcasts():
            contents.plan(want.id)
        for one in contents.relationships():
            contents.agreements(one.id)
            contents.notes(one.id)
            contents.pledges(one.id)
            contents.signer(one.id)
        for row in sql.query("SELECT id FROM outbox"):
            contents.act(row["id"])
        for paper in sql.query("SELECT kind, body FROM papers"):
            paper_of(paper)
        for attachment in contents.papers(Attachment):
            contents.attached(attachment.id)
    finally:
        sql.end()


@contextmanager
def _as_refusal() -> Iterator[None]:
    try:
        yield
    except (Conflict, StatementRefused, ValueRefused, VaultDamaged) as error:
        raise ImportRefused(f"{error.code}: {error}") from error


def _never(_size: int) -> NoReturn:
    raise AssertionError("reading asks for no randomness")
