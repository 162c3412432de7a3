"""The desk's private key on disk: 32 random bytes, mode 0600, made once, never again written. Nothing is signed."""

import os
from collections.abc import Callable
from pathlib import Path

from vrm_desktop.protocol.signing import SeedSigner
from vrm_desktop.vendor.errors import BadHome

_BYTES = 32
_OTHERS = 0o077


def open_signer(path: Path, *, random: Callable[[int], bytes]) -> SeedSigner:
    """The signer whose seed is in the file at `path`; a new seed is made, durably, when there is no file.

    Raises:
        BadHome: the file is damaged, or others than its owner may read it.
    """
    if not path.exists():
        _create(path, random(_BYTES))
    try:
        seed = path.read_bytes()
    except OSError as error:
        raise BadHome(f"{path.name} cannot be read: {error.strerror}") from error
    if os.name == "posix" and path.stat().st_mode & _OTHERS:
        raise BadHome(f"{path.name} may be read by others; make it yours alone (chmod 600)")
    if len(seed) != _BYTES:
        raise BadHome(f"{path.name} does not hold {_BYTES} bytes")
    return SeedSigner(seed)


def _create(path: Path, seed: bytes) -> None:
    """A crash leaves the whole file or none: it gets its name only when its bytes are on the disk."""
    beside = path.with_suffix(".new")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(descriptor, seed)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        beside.replace(path)
        if os.name == "posix":
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
    except OSError as error:
        raise BadHome(f"{path.name} cannot be written: {error.strerror}") from error
