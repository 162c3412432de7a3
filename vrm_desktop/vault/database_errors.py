"""SQLCipher's errors, converted once into the vault's own.

Never lives here: what to do about them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlcipher3

from vrm_desktop.vault.errors import (
    Conflict,
    DiskFailed,
    DiskFull,
    NotEnoughMemory,
    StatementRefused,
    VaultBusy,
    VaultDamaged,
    VaultError,
)

# Primary result codes: https://sqlite.org/rescode.html
_KINDS: dict[int, type[VaultError]] = {
    5: VaultBusy,  # BUSY
    6: VaultBusy,  # LOCKED
    7: NotEnoughMemory,  # NOMEM
    8: DiskFailed,  # READONLY
    10: DiskFailed,  # IOERR
    11: VaultDamaged,  # CORRUPT
    13: DiskFull,  # FULL
    14: DiskFailed,  # CANTOPEN
    19: Conflict,  # CONSTRAINT
    26: VaultDamaged,  # NOTADB: the key is known to be right once the header opened
}


@contextmanager
def database_errors() -> Iterator[None]:
    """Turn what SQLCipher raises inside the block into a VaultError."""
    try:
        yield
    except (sqlcipher3.Error, sqlcipher3.Warning) as error:
        code = getattr(error, "sqlite_errorcode", None)
        kind = StatementRefused if code is None else _KINDS.get(code & 0xFF, StatementRefused)
        raise kind(str(error)) from error
