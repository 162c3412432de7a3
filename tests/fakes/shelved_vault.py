"""A vault of shelves in the tests' own schema: small enough to be copied, damaged and restored hundreds of times.

Never here: the program's own schema (see `vaults` and `filled_vault`).
"""

from pathlib import Path

from tests.fakes.vault_parts import PASSPHRASE, make, unlocked
from vrm_desktop.vault.secret import Passphrase
from vrm_desktop.vault.vault import OpenVault


def make_shelved(folder: Path, *names: str) -> Path:
    """A new closed vault with these shelves; returns its folder."""
    vault = unlocked(make(folder))
    shelve(vault, *names)
    vault.close()
    return folder


def shelve(vault: OpenVault, *names: str) -> None:
    """Add shelves, one transaction each."""
    for name in names:
        vault.thread.write_now(lambda sql: sql.insert("INSERT INTO shelf (name) VALUES (?)", (name,)))  # noqa: B023 - called at once


def shelves(vault: OpenVault) -> list[str]:
    """The shelves' names in the order of adding."""
    return vault.thread.read_now(lambda sql: [row["name"] for row in sql.query("SELECT name FROM shelf ORDER BY id")])


def shelves_in(folder: Path, passphrase: Passphrase = PASSPHRASE) -> list[str]:
    """The same of a closed vault, which must also be sound."""
    vault = unlocked(folder, passphrase)
    try:
        found = vault.check()
        assert found.sound, found
        return shelves(vault)
    finally:
        vault.close()
