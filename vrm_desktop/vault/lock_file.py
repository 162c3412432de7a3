"""One process holds a vault at a time: an operating-system lock on `vault.lock`, gone with its holder.

The database's own exclusive lock would also refuse a second process; this one says so at once and in good words.
Never lives here: raising the other window.
"""

import errno
import os
import sys
from pathlib import Path

from vrm_desktop.vault.durable_files import disk_errors
from vrm_desktop.vault.errors import DiskFailed, VaultBusy

NAME = "vault.lock"
_HELD = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK})


class LockFile:
    """Holds the lock from construction to `release()`. Raises VaultBusy when somebody else has it."""

    def __init__(self, folder: Path) -> None:
        with disk_errors("opening the lock file"):
            descriptor = os.open(folder / NAME, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            if error.errno in _HELD:
                raise VaultBusy("another process holds the vault") from error
            raise DiskFailed(f"locking {NAME}: {error.strerror}") from error
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let go; a second call does nothing. The file stays: removing it would race with the next holder."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
