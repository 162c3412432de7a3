"""The journal and the ledger are append-only: the schema refuses changes, and what is changed anyway is found."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.fakes import specimens
from tests.fakes.vaults import read_now, tried, write_now
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.vault.connection import VaultConnection
from vrm_desktop.vault.contents import Contents
from vrm_desktop.vault.errors import ChainBroken, Conflict, VaultDamaged
from vrm_desktop.vault.repositories import chains
from vrm_desktop.vault.transaction import Transaction
from vrm_desktop.vault.vault import OpenVault

OTHER = RelationshipId("relationship-2")
CHAINED = {
    "journal": ("seq", "relationship", "sender", "number", "message", "jws", "body", "chain"),
    "ledger": ("seq", "relationship", "vendor", "message", "name", "until", "body", "chain"),
    "journal_disclosures": ("seq", "position", "text"),
    "chain_heads": ("name", "length", "head"),
}
ERASABLE = {"ledger": ("state", "value", "salt")}


@pytest.fixture
def chained_vault(filled_vault: OpenVault) -> OpenVault:
    """The specimens, and a second vendor and relationship that rows could be moved to."""

    def change(vault: Contents) -> None:
        vault.save_vendor(replace(specimens.VENDOR, id=VendorId("vendor-2")))
        vault.save_relationship(replace(specimens.RELATIONSHIP, id=OTHER))

    write_now(filled_vault, change)
    return filled_vault


def tamper(vault: OpenVault, *statements: str) -> None:
    """Change rows as somebody with the key could, past the triggers."""

    def change(connection: VaultConnection) -> None:
        for row in connection.query("SELECT name FROM sqlite_schema WHERE type = 'trigger'"):
            connection.execute(f"DROP TRIGGER {row['name']}")
        connection.execute("BEGIN")
        for statement in statements:
            connection.execute(statement)
        connection.execute("COMMIT")

    vault.thread.upkeep_now(change)


@pytest.mark.parametrize("table", CHAINED)
def test_the_lists_of_columns_are_complete(empty_vault: OpenVault, table: str) -> None:
    found = empty_vault.thread.upkeep_now(lambda connection: connection.query(f"PRAGMA table_info({table})"))
    assert {row["name"] for row in found} == set(CHAINED[table]) | set(ERASABLE.get(table, ()))


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, columns in CHAINED.items() for column in columns]
)
def test_no_chained_column_can_be_updated(chained_vault: OpenVault, table: str, column: str) -> None:
    with pytest.raises(Conflict, match=r"append-only|kept or erased|grows by one row"):
        chained_vault.thread.write_now(
            lambda sql: sql.execute(f"UPDATE {table} SET {column} = {column} WHERE TRUE")  # noqa: S608 - our own names
        )


@pytest.mark.parametrize("table", ["journal", "ledger", "chain_heads"])
def test_no_chained_row_can_be_deleted(chained_vault: OpenVault, table: str) -> None:
    with pytest.raises(Conflict, match=r"append-only|never forgotten"):
        chained_vault.thread.write_now(lambda sql: sql.execute(f"DELETE FROM {table}"))  # noqa: S608 - our own names


@pytest.mark.parametrize(
    "replacement",
    [
        "REPLACE INTO journal SELECT * FROM journal WHERE seq = 4",
        "REPLACE INTO journal SELECT * FROM journal WHERE seq = 1",
        "REPLACE INTO journal SELECT 5, relationship, sender, number, message, jws, body, chain FROM journal",
        "REPLACE INTO journal_disclosures VALUES (3, 0, 'other')",
        "REPLACE INTO ledger SELECT * FROM ledger WHERE seq = 3",
        "REPLACE INTO ledger SELECT * FROM ledger WHERE seq = 1",
        "REPLACE INTO chain_heads VALUES ('ledger', 1, 'x')",
    ],
)
def test_no_chained_row_can_be_replaced(chained_vault: OpenVault, replacement: str) -> None:
    with pytest.raises(Conflict):
        chained_vault.thread.write_now(lambda sql: sql.execute(replacement))


@pytest.mark.parametrize(
    "replacement",
    [
        "INTO journal SELECT 5, relationship, sender, 9, message, jws, body, 'x' FROM journal WHERE seq = 1",
        "INTO journal SELECT 5, relationship, sender, number, 'other', jws, body, 'x' FROM journal WHERE seq = 1",
        "INTO ledger SELECT 4, relationship, vendor, message, name, until, state, value, salt, body, 'x' FROM ledger",
    ],
)
def test_a_row_that_would_replace_an_older_one_is_refused_at_the_chains_end_too(
    chained_vault: OpenVault, replacement: str
) -> None:
    def change(sql: Transaction) -> None:
        sql.execute("UPDATE chain_heads SET length = length + 1, head = 'x'")
        sql.execute(f"REPLACE {replacement}")

    with pytest.raises(Conflict, match="append-only"):
        chained_vault.thread.write_now(change)


@pytest.mark.parametrize("assignment", ["value = 'other'", "salt = zeroblob(16)", "value = 'a', salt = zeroblob(16)"])
def test_a_ledger_value_cannot_become_another(chained_vault: OpenVault, assignment: str) -> None:
    with pytest.raises(Conflict, match="kept or erased"):
        chained_vault.thread.write_now(lambda sql: sql.execute(f"UPDATE ledger SET {assignment}"))  # noqa: S608 - our own names


@pytest.mark.parametrize("assignment", ["value = NULL", "salt = NULL"])
def test_a_ledger_value_cannot_be_erased_in_half(chained_vault: OpenVault, assignment: str) -> None:
    with pytest.raises(Conflict):
        chained_vault.thread.write_now(lambda sql: sql.execute(f"UPDATE ledger SET {assignment}"))  # noqa: S608 - our own names


def test_a_chain_can_only_be_started_at_its_first_row(empty_vault: OpenVault) -> None:
    with pytest.raises(Conflict, match="first row"):
        empty_vault.thread.write_now(lambda sql: sql.execute("INSERT INTO chain_heads VALUES ('ledger', 2, 'x')"))


@pytest.mark.parametrize(
    ("chain", "row", "change"),
    [
        ("journal", 4, "UPDATE journal SET seq = 9 WHERE seq = 4"),
        ("journal", 2, "UPDATE journal SET relationship = 'relationship-2' WHERE seq = 2"),
        ("journal", 2, "UPDATE journal SET sender = 'person', number = 9 WHERE seq = 2"),
        ("journal", 2, "UPDATE journal SET number = 7 WHERE seq = 2"),
        ("journal", 2, "UPDATE journal SET message = 'other' WHERE seq = 2"),
        ("journal", 2, "UPDATE journal SET jws = jws || '.' WHERE seq = 2"),
        ("journal", 2, """UPDATE journal SET body = replace(body, '"vendor"', '"person"') WHERE seq = 2"""),
        ("journal", 2, "UPDATE journal SET body = body || ' ' WHERE seq = 2"),
        ("journal", 2, "UPDATE journal SET chain = (SELECT chain FROM journal WHERE seq = 1) WHERE seq = 2"),
        ("journal", 4, "DELETE FROM journal WHERE seq = 4"),
        ("journal", 2, "DELETE FROM journal WHERE seq = 2"),
        ("journal", 2, "UPDATE journal_disclosures SET seq = 2 WHERE position = 0"),
        ("journal", 3, "UPDATE journal_disclosures SET position = 2 WHERE position = 1"),
        ("journal", 3, "UPDATE journal_disclosures SET text = text || '.' WHERE position = 1"),
        ("journal", 1, "INSERT INTO journal_disclosures VALUES (1, 0, 'put in later')"),
        ("journal", 5, "UPDATE chain_heads SET length = 5 WHERE name = 'journal'"),
        ("journal", 5, "UPDATE chain_heads SET head = '' WHERE name = 'journal'"),
        ("journal", 5, "DELETE FROM chain_heads WHERE name = 'journal'"),
        ("ledger", 3, "UPDATE ledger SET seq = 9 WHERE seq = 3"),
        ("ledger", 2, "UPDATE ledger SET relationship = 'relationship-2' WHERE seq = 2"),
        ("ledger", 2, "UPDATE ledger SET vendor = 'vendor-2' WHERE seq = 2"),
        ("ledger", 2, "UPDATE ledger SET message = 'other' WHERE seq = 2"),
        ("ledger", 2, "UPDATE ledger SET name = 'other' WHERE seq = 2"),
        ("ledger", 2, "UPDATE ledger SET until = '2030-01-01' WHERE seq = 2"),
        ("ledger", 2, "UPDATE ledger SET state = 'forgotten' WHERE seq = 2"),
        ("ledger", 2, "UPDATE ledger SET value = 'other' WHERE seq = 2"),
        ("ledger", 2, "UPDATE ledger SET salt = zeroblob(16) WHERE seq = 2"),
        ("ledger", 2, """UPDATE ledger SET body = replace(body, '"quote"', '"service"') WHERE seq = 2"""),
        ("ledger", 2, "UPDATE ledger SET chain = 'x' WHERE seq = 2"),
        ("ledger", 3, "DELETE FROM ledger WHERE seq = 3"),
        ("ledger", 1, "DELETE FROM ledger WHERE seq = 1"),
        ("ledger", 4, "UPDATE chain_heads SET head = 'x' WHERE name = 'ledger'"),
    ],
)
def test_whatever_is_changed_behind_its_back_is_found_with_its_row(
    chained_vault: OpenVault, chain: str, row: int, change: str
) -> None:
    tamper(chained_vault, change)
    with pytest.raises(ChainBroken) as caught:
        read_now(chained_vault, lambda vault: vault.verify_chains())
    assert (caught.value.chain, caught.value.row) == (chain, row)
    assert isinstance(caught.value, VaultDamaged)
    assert specimens.WANT.title not in str(caught.value)


def test_an_erasure_in_half_is_found(chained_vault: OpenVault) -> None:
    tamper(
        chained_vault,
        "CREATE TABLE loose AS SELECT * FROM ledger",
        "DROP TABLE ledger",
        "ALTER TABLE loose RENAME TO ledger",
        "UPDATE ledger SET value = NULL WHERE seq = 2",
    )
    with pytest.raises(ChainBroken, match="erased in half") as caught:
        read_now(chained_vault, lambda vault: vault.verify_chains())
    assert caught.value.row == 2


def test_a_whole_chain_written_anew_ends_elsewhere(chained_vault: OpenVault) -> None:
    head = read_now(chained_vault, lambda vault: vault.ledger_head())
    tamper(chained_vault, "DELETE FROM ledger", "DELETE FROM chain_heads WHERE name = 'ledger'")

    def write_again(vault: Contents) -> None:
        for row in specimens.LEDGER:
            vault.append_ledger(row)

    write_now(chained_vault, write_again)
    assert read_now(chained_vault, lambda vault: vault.verify_chains()) == (4, 3)
    assert read_now(chained_vault, lambda vault: vault.ledger_head()) != head


def test_the_head_moves_with_every_row_and_differs_between_empty_chains(empty_vault: OpenVault) -> None:
    def change(vault: Contents) -> None:
        heads = [vault.ledger_head()]
        for row in specimens.LEDGER:
            vault.append_ledger(row)
            heads.append(vault.ledger_head())
        assert len(set(heads)) == len(heads)
        assert chains.head(vault._sql, chains.ChainName.JOURNAL).link not in heads

    tried(empty_vault, change)


def test_chains_longer_than_one_slice_are_checked_to_the_end(
    chained_vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chains, "_SLICE", 2)
    look: Callable[[Contents], tuple[int, int]] = Contents.verify_chains
    assert read_now(chained_vault, look) == (4, 3)
    tamper(chained_vault, "UPDATE ledger SET value = 'other' WHERE seq = 3")
    with pytest.raises(ChainBroken):
        read_now(chained_vault, look)
