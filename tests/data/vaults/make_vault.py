"""Writes a frozen vault of the present schema beside this script: once per released schema, never again for it.

    python -m tests.data.vaults.make_vault

Two folders, both with the test passphrase and the test policy: `schema-N-clean` (closed well) and `schema-N-log` (ended
badly: the last write stands in the write-ahead log alone). `rows.json` says how many rows each table holds.
"""

import json
import shutil
from pathlib import Path

from tests.fakes.filled_vault import fill
from tests.fakes.forked_child import exit_status
from tests.fakes.vault_parts import CHEAP_KDF, PASSPHRASE, SeededBytes, at_noon
from vrm_desktop.vault.migrating import packaged_migrations
from vrm_desktop.vault.vault import OpenVault, create_vault, open_vault

FOLDER = Path(__file__).parent


def _opened(folder: Path) -> OpenVault:
    return open_vault(folder, PASSPHRASE, kdf=CHEAP_KDF, random=SeededBytes(2), clock=at_noon)


def _filled(folder: Path) -> OpenVault:
    create_vault(folder, PASSPHRASE, kdf=CHEAP_KDF, random=SeededBytes(1), clock=at_noon)
    vault = _opened(folder)
    vault.thread.write_now(lambda sql: fill(vault.contents(sql)))
    return vault


def write_clean(folder: Path) -> None:
    """A filled vault, closed well."""
    vault = _filled(folder)
    rows = vault.check().counts
    vault.close()
    (folder / "rows.json").write_text(json.dumps(rows, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def write_with_log(folder: Path, clean: Path) -> None:
    """The same content, as a process leaves it that dies right after its last commit."""
    if exit_status(lambda: _filled(folder)) != 0:
        raise SystemExit("the vault was not written")
    shutil.copy(clean / "rows.json", folder)


if __name__ == "__main__":
    schema = len(packaged_migrations())
    clean, with_log = FOLDER / f"schema-{schema}-clean", FOLDER / f"schema-{schema}-log"
    for folder in (clean, with_log):
        shutil.rmtree(folder, ignore_errors=True)
    write_clean(clean)
    write_with_log(with_log, clean)
    for folder in (clean, with_log):
        (folder / "vault.lock").unlink()
