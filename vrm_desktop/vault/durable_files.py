"""Small files that survive a power cut: written beside, flushed, renamed, and the folder flushed too.

Never lives here: what the files mean. Every failure of the operating system becomes DiskFull or DiskFailed here.
"""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vrm_desktop.vault.errors import DiskFailed, DiskFull

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


@contextmanager
def disk_errors(doing: str) -> Iterator[None]:
    """Turn an OSError inside the block into DiskFull or DiskFailed. `doing`: what was tried, without secrets."""
    try:
        yield
    except OSError as error:
        kind = DiskFull if error.errno in _FULL else DiskFailed
        raise kind(f"{doing}: {error.strerror or error}") from error


def private_folder(folder: Path) -> None:
    """Make the folder if needed, durably, and let nobody but its owner in.

    A folder that already holds something keeps its mode: it may be shared on purpose, and our files are private anyway.
    """
    with disk_errors("making the vault's folder"):
        new = [place for place in (folder, *folder.parents) if not place.exists()]
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            folder.chmod(0o700)
    for made in reversed(new):
        flush_folder(made.parent)  # or the power may take the folder with everything that is flushed inside it


def new_private_file(path: Path, data: bytes = b"") -> None:
    """Create a file of mode 0600 with these bytes, flushed to the disk. The name must not be taken."""
    with disk_errors(f"writing {path.name}"):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def flush_file(path: Path) -> None:
    """Wait until the file's bytes are on the disk."""
    with disk_errors(f"flushing {path.name}"):
        descriptor = os.open(path, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Wait until the folder's names are on the disk. Windows has no such call and needs none on NTFS."""
    if sys.platform == "win32":
        return
    with disk_errors("flushing the vault's folder"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def replace_file(path: Path, data: bytes) -> None:
    """Put these bytes under the name: at every moment the name holds the old bytes or all of the new ones.

    The folder is not flushed: the caller does that once, after the last of its names.
    """
    beside = path.with_name(path.name + ".new")
    with disk_errors(f"replacing {path.name}"):
        beside.unlink(missing_ok=True)
    try:
        new_private_file(beside, data)
        with disk_errors(f"replacing {path.name}"):
            beside.replace(path)
    except BaseException:
        with disk_errors(f"clearing {beside.name}"):
            beside.unlink(missing_ok=True)
        raise
