"""The vaults of every released schema open for ever, with each way in, and hold what was put into them.

They were written by tests/data/vaults/make_schema_*.py. Another implementation of the file format reads them too.
"""

import shutil
from pathlib import Path

import apsw
import pytest

from tests.data.vaults import make_schema_0001, make_schema_0002, make_schema_0003
from tests.data.vaults.make_schema_0001 import KEYRING, RECOVERY, UNCLEAN
from tests.fakes import specimens
from tests.fakes.filled_vault import all_of, expected
from tests.fakes.vault_parts import PASSPHRASE, SeededBytes, at_noon
from tests.fakes.vaults import read_now
from vrm_desktop.domain.promise import Promise
from vrm_desktop.vault import soundness
from vrm_desktop.vault.connection import VaultConnection
from vrm_desktop.vault.migrating import packaged_migrations
from vrm_desktop.vault.unlocking.passphrase import STANDARD
from vrm_desktop.vault.unlocking.subkeys import Purpose
from vrm_desktop.vault.vault import OpenVault, open_vault
from vrm_desktop.vault.ways_in import WayIn

CLEAN = (make_schema_0001.CLEAN, make_schema_0002.CLEAN, make_schema_0003.CLEAN)
CRASHED = (
    make_schema_0001.UNCLEAN,
    make_schema_0002.UNCLEAN,
    make_schema_0003.UNCLEAN,
    make_schema_0002.KILLED,
    make_schema_0003.KILLED,
)
WITH_PAPERS = (make_schema_0003.CLEAN, make_schema_0003.UNCLEAN)
NEWEST = len(packaged_migrations())
FROZEN = [pytest.param(frozen, id=frozen.name) for frozen in (*CLEAN, *CRASHED)]


def opened(frozen: Path, folder: Path, way: WayIn) -> OpenVault:
    """A copy of a frozen vault, opened as the program opens it: with the standard policy and the newest schema."""
    shutil.copytree(frozen, folder)
    return open_vault(folder, way, kdf=STANDARD, random=SeededBytes(seed=2), clock=at_noon)


@pytest.mark.parametrize("frozen", FROZEN)
@pytest.mark.parametrize("way", [PASSPHRASE, RECOVERY, KEYRING], ids=["passphrase", "recovery", "keyring"])
def test_a_frozen_vault_opens_and_holds_its_story(tmp_path: Path, frozen: Path, way: WayIn) -> None:
    vault = opened(frozen, tmp_path / "vault", way)
    try:
        assert read_now(vault, all_of) == expected()
        assert vault.ended_badly is (frozen in CRASHED)
        assert vault.migrated == NEWEST - int(frozen.name.split("-")[1])
        assert vault.check().sound
    finally:
        vault.close()


@pytest.mark.parametrize("frozen", WITH_PAPERS, ids=lambda frozen: frozen.name)
def test_a_frozen_vault_holds_its_papers(tmp_path: Path, frozen: Path) -> None:
    vault = opened(frozen, tmp_path / "vault", RECOVERY)
    try:
        assert read_now(vault, lambda contents: contents.papers(Promise)) == (specimens.PROMISE,)
        assert read_now(vault, lambda contents: contents.attached(specimens.ATTACHMENT.id)) == specimens.ATTACHED
        assert read_now(vault, lambda contents: contents.find("Beleg")) == (specimens.ATTACHMENT,)
    finally:
        vault.close()


def test_the_unclean_one_holds_its_story_in_the_log_alone(tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    shutil.copytree(UNCLEAN, folder)
    (folder / "vault.db-wal").unlink()
    vault = open_vault(folder, RECOVERY, kdf=STANDARD, random=SeededBytes(seed=2), clock=at_noon)
    try:
        assert read_now(vault, lambda contents: contents.intentcasts()) == ()
    finally:
        vault.close()


@pytest.mark.parametrize("frozen", FROZEN)
def test_what_a_frozen_vault_holds_is_found_by_text(tmp_path: Path, frozen: Path) -> None:
    vault = opened(frozen, tmp_path / "vault", RECOVERY)
    try:
        assert set(read_now(vault, lambda contents: contents.find(specimens.LEDGER[0].value))) >= {specimens.LEDGER[0]}
        assert specimens.OFFER in read_now(vault, lambda contents: contents.find(specimens.OFFER.vendor_name))
    finally:
        vault.close()


@pytest.mark.parametrize("frozen", FROZEN)
def test_another_implementation_reads_the_same_rows(tmp_path: Path, frozen: Path) -> None:
    vault = opened(frozen, tmp_path / "vault", RECOVERY)
    key = vault._keys[Purpose.DATABASE].reveal().hex() + vault.header.salt.hex()
    ours = vault.thread.upkeep_now(rows_by_table)
    vault.close()
    connection = apsw.Connection(str(tmp_path / "vault" / "vault.db"), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        connection.execute("PRAGMA cipher = 'sqlcipher'")
        connection.execute("PRAGMA legacy = 4")
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        theirs = {table: sorted(map(repr, connection.execute(f"SELECT * FROM {table}"))) for table in ours}  # noqa: S608 - our own names
        assert list(connection.execute("PRAGMA integrity_check")) == [("ok",)]
    finally:
        connection.close()
    assert theirs == ours
    without_papers = {"papers", "attached_bytes"} if frozen not in WITH_PAPERS else set()
    assert {table for table, rows in ours.items() if not rows} == without_papers


def rows_by_table(connection: VaultConnection) -> dict[str, list[str]]:
    """Every row of every table, as text that shows each value's type."""
    return {
        table: sorted(repr(tuple(row)) for row in connection.query(f"SELECT * FROM {table}"))  # noqa: S608 - our own names
        for table in soundness.tables(connection)
    }


@pytest.mark.parametrize("frozen", FROZEN)
def test_an_old_vault_has_the_schema_of_a_new_one(tmp_path: Path, empty_vault: OpenVault, frozen: Path) -> None:
    vault = opened(frozen, tmp_path / "old", RECOVERY)
    try:
        assert schema(vault) == schema(empty_vault)
    finally:
        vault.close()


def schema(vault: OpenVault) -> list[str]:
    rows = vault.thread.upkeep_now(
        lambda connection: connection.query("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
    )
    return [row["sql"] for row in rows]
