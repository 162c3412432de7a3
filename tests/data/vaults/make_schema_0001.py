"""Writes the frozen vaults of schema 1 beside this script: never again once schema 1 is released.

    python -m tests.data.vaults.make_schema_0001

`schema-0001` was closed properly; `schema-0001-unclean` is the same vault as a crash leaves it, its last transaction
only in the write-ahead log. Both hold tests/fakes/specimens.py and open with three ways in, forever.
"""

import shutil
from pathlib import Path

from tests.fakes.filled_vault import fill
from tests.fakes.vault_parts import PASSPHRASE, SeededBytes, at_noon
from tests.fakes.vaults import write_now
from vrm_desktop.vault.migrating import packaged_migrations
from vrm_desktop.vault.secret import KeyringKey, RecoveryCode
from vrm_desktop.vault.unlocking.passphrase import LOW_MEMORY
from vrm_desktop.vault.vault import create_vault, open_vault

CLEAN = Path(__file__).parent / "schema-0001"
UNCLEAN = Path(__file__).parent / "schema-0001-unclean"
RECOVERY = RecoveryCode(bytes(range(20)))
KEYRING = KeyringKey(bytes(range(32)))


def make() -> None:
    """Write both folders anew."""
    random = SeededBytes(seed=1)
    for folder in (CLEAN, UNCLEAN):
        if folder.exists():
            shutil.rmtree(folder)
    first = packaged_migrations()[:1]
    create_vault(CLEAN, PASSPHRASE, kdf=LOW_MEMORY, random=random, clock=at_noon, migrations=first)
    vault = open_vault(CLEAN, PASSPHRASE, kdf=LOW_MEMORY, random=random, clock=at_noon, migrations=first)
    try:
        vault.set_way_in(PASSPHRASE, RECOVERY)
        vault.set_way_in(PASSPHRASE, KEYRING)
        write_now(vault, fill)
        shutil.copytree(CLEAN, UNCLEAN, ignore=shutil.ignore_patterns("*.lock"))
    finally:
        vault.close()
    for leftover in CLEAN.glob("*.lock"):
        leftover.unlink()


if __name__ == "__main__":
    make()
