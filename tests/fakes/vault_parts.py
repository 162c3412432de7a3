"""A vault for tests: real in everything but the cost of its key derivation, with a settable clock.

The cheap policy exists here alone and reaches the vault only as an argument.
"""

import random
import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from vrm_desktop.vault.migrating import Migration
from vrm_desktop.vault.secret import Passphrase
from vrm_desktop.vault.thread import OnIo
from vrm_desktop.vault.unlocking.passphrase import KdfParameters, KdfPolicy
from vrm_desktop.vault.vault import OpenVault, create_vault, open_vault
from vrm_desktop.vault.ways_in import WayIn

_CHEAP = KdfParameters(memory_kib=64, passes=1, lanes=1)
CHEAP_KDF = KdfPolicy(chosen=_CHEAP, least=_CHEAP, most=KdfParameters(memory_kib=8192, passes=2, lanes=2))

NOON = datetime(2026, 5, 4, 12, 0, 0, tzinfo=UTC)
PASSPHRASE = Passphrase("four calm herons wading")

SIMPLE = (
    Migration(
        number=1,
        name="first",
        sql="""
        CREATE TABLE vault_info (only INTEGER PRIMARY KEY, vault_id BLOB NOT NULL, created TEXT NOT NULL) STRICT;
        CREATE TABLE shelf (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE book (
            id INTEGER PRIMARY KEY, title TEXT NOT NULL,
            shelf INTEGER NOT NULL REFERENCES shelf (id) DEFERRABLE INITIALLY DEFERRED
        ) STRICT;
        """,
    ),
)
"""A schema of the tests' own, so that they do not change with the program's."""


def at_noon() -> datetime:
    """A clock that stands still."""
    return NOON


class SeededBytes:
    """The same bytes in every run: for frozen vectors only."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - frozen vectors need bytes that repeat

    def __call__(self, size: int) -> bytes:
        return self._random.randbytes(size)


def make(folder: Path, *, migrations: Sequence[Migration] = SIMPLE, passphrase: Passphrase = PASSPHRASE) -> Path:
    """Create a vault in the folder; returns the folder."""
    create_vault(folder, passphrase, kdf=CHEAP_KDF, random=secrets.token_bytes, clock=at_noon, migrations=migrations)
    return folder


def unlocked(
    folder: Path,
    way: WayIn = PASSPHRASE,
    *,
    migrations: Sequence[Migration] = SIMPLE,
    on_io: OnIo | None = None,
) -> OpenVault:
    """Open the vault in the folder."""
    return open_vault(
        folder,
        way,
        kdf=CHEAP_KDF,
        random=secrets.token_bytes,
        clock=at_noon,
        migrations=migrations,
        on_io=on_io,
    )
