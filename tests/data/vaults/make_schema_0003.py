"""Writes the frozen vaults of schema 3 beside this script: never again once schema 3 is released.

    python -m tests.data.vaults.make_schema_0003

`schema-0003` was closed properly, `schema-0003-unclean` is the same vault as a crash leaves it, and
`schema-0002-killed` is the frozen vault of schema 2 as a crash in the middle of the third migration leaves it. All hold
tests/fakes/specimens.py, those of schema 3 its papers too, and open with three ways in, forever.
"""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from tests.data.vaults import make_schema_0002
from tests.data.vaults.make_schema_0001 import KEYRING, RECOVERY
from tests.fakes.filled_vault import fill, fill_papers
from tests.fakes.forked_child import exit_status
from tests.fakes.vault_parts import PASSPHRASE, SeededBytes, at_noon
from tests.fakes.vaults import write_now
from vrm_desktop.vault.connection import Value, VaultConnection
from vrm_desktop.vault.contents import Contents
from vrm_desktop.vault.migrating import packaged_migrations
from vrm_desktop.vault.unlocking.passphrase import LOW_MEMORY
from vrm_desktop.vault.vault import create_vault, open_vault

CLEAN = Path(__file__).parent / "schema-0003"
UNCLEAN = Path(__file__).parent / "schema-0003-unclean"
KILLED = Path(__file__).parent / "schema-0002-killed"


def make() -> None:
    """Write the three folders anew."""
    random = SeededBytes(seed=5)
    steps = packaged_migrations()[:3]
    for folder in (CLEAN, UNCLEAN, KILLED):
        if folder.exists():
            shutil.rmtree(folder)
    create_vault(CLEAN, PASSPHRASE, kdf=LOW_MEMORY, random=random, clock=at_noon, migrations=steps)
    vault = open_vault(CLEAN, PASSPHRASE, kdf=LOW_MEMORY, random=random, clock=at_noon, migrations=steps)
    try:
        vault.set_way_in(PASSPHRASE, RECOVERY)
        vault.set_way_in(PASSPHRASE, KEYRING)
        write_now(vault, _fill)
        shutil.copytree(CLEAN, UNCLEAN, ignore=shutil.ignore_patterns("*.lock"))
    finally:
        vault.close()
    (CLEAN / "vault.lock").unlink()
    shutil.copytree(make_schema_0002.CLEAN, KILLED)
    if exit_status(_die_in_the_third_migration) != 9:
        raise RuntimeError("the third migration went through")
    (KILLED / "vault.lock").unlink()
    shutil.rmtree(KILLED / "backups")


def _fill(vault: Contents) -> None:
    fill(vault)
    fill_papers(vault)


def _die_in_the_third_migration() -> None:
    execute = VaultConnection.execute

    def until_the_number_changes(self: VaultConnection, sql: str, parameters: Sequence[Value] = ()) -> int:
        if sql == "BEGIN IMMEDIATE":
            execute(self, "PRAGMA cache_size = 2")  # so that pages reach the log before the commit does
        if sql == "PRAGMA user_version = 3":
            os._exit(9)
        return execute(self, sql, parameters)

    VaultConnection.execute = until_the_number_changes  # type: ignore[method-assign]
    random = SeededBytes(seed=6)
    open_vault(KILLED, PASSPHRASE, kdf=LOW_MEMORY, random=random, clock=at_noon, migrations=packaged_migrations()[:3])


if __name__ == "__main__":
    make()
