"""The backup file's bytes: header, sealed summary and encrypted database in one container, written and read strictly.

    44 bytes  magic "vrm-vault-backup", format, needs (16 bits each), made (seconds since 1970, 64), lengths of header
              and summary (32 each) and database (64); big-endian
    header    the bytes of `vault.hdr`
    summary   sealed (see `backup_summary`)
    database  whole pages as SQLCipher wrote them
    32 bytes  SHA-256 of everything before: damage
    32 bytes  HMAC-SHA256 of those 32 bytes by the vault's backup key: forgery

Stable in every format: the magic, `needs` (the oldest format version that can read it) and the last 64 bytes. Memory
stays within a megabyte whatever the file's size. Never lives here: what a backup is worth, or where backups are kept.
"""

import hashlib
import hmac
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from vrm_desktop.vault import header_codec
from vrm_desktop.vault.connection import PAGE_BYTES
from vrm_desktop.vault.durable_files import disk_errors
from vrm_desktop.vault.errors import BackupDamaged, VaultTooNew
from vrm_desktop.vault.secret import Subkey

MAGIC = b"vrm-vault-backup"
FORMAT = 1
MAX_SUMMARY = 65_536

_PREFIX = struct.Struct(">16sHHQIIQ")
_DIGEST_BYTES = 32
_CHUNK = 1 << 20
_BINARY = getattr(os, "O_BINARY", 0)
_LATEST = 253_402_300_799  # the last second of the year 9999


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What stands before the database. `sealed_to`: the bytes that the summary is bound to."""

    made: datetime
    header: bytes
    summary: bytes
    database_bytes: int

    @property
    def sealed_to(self) -> bytes:
        """Everything before the summary."""
        return prefix(made=self.made, header=self.header, summary=self.summary, database_bytes=self.database_bytes) + (
            self.header
        )


def prefix(*, made: datetime, header: bytes, summary: bytes, database_bytes: int) -> bytes:
    """The first 44 bytes; of `header` and `summary` only the lengths count."""
    seconds = int(made.timestamp())
    return _PREFIX.pack(MAGIC, FORMAT, FORMAT, seconds, len(header), len(summary), database_bytes)


def write_container(path: Path, front: Front, database: Path, key: Subkey) -> None:
    """Make the file (the name must not be taken) with mode 0600, flushed to the disk.

    Raises BackupDamaged when the database is not as long as the front says, DiskFull, DiskFailed.
    """
    with disk_errors(f"writing {path.name}"):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | _BINARY, 0o600)
        with os.fdopen(descriptor, "wb", buffering=0) as file, database.open("rb") as pages:
            hashed = hashlib.sha256()
            for piece in (front.sealed_to, front.summary):
                hashed.update(piece)
                _write_all(file, piece)
            written = 0
            while piece := pages.read(_CHUNK):
                hashed.update(piece)
                _write_all(file, piece)
                written += len(piece)
            if written != front.database_bytes:
                raise BackupDamaged("the database's length changed under the copy")
            _write_all(file, hashed.digest() + hmac.digest(key.reveal(), hashed.digest(), "sha256"))
            os.fsync(file.fileno())


class Container:
    """An open backup file whose front was read and whose length fits; nothing is authenticated yet."""

    def __init__(self, file: BinaryIO, front: Front, database_at: int) -> None:
        self._file = file
        self._database_at = database_at
        self.front = front

    def require_key(self, key: Subkey) -> None:
        """Make sure that the holder of the key wrote this file. Raises BackupDamaged."""
        with disk_errors("reading the backup"):
            self._file.seek(-2 * _DIGEST_BYTES, os.SEEK_END)
            digest, seal = self._file.read(_DIGEST_BYTES), self._file.read(_DIGEST_BYTES)
        if not hmac.compare_digest(seal, hmac.digest(key.reveal(), digest, "sha256")):
            raise BackupDamaged("the backup's seal does not fit its key")

    def extract(self, target: Path) -> None:
        """Write the database to a new file of mode 0600, flushed, hashing once more what is read meanwhile.

        Raises BackupDamaged when the file is not what `open_container` saw, DiskFull, DiskFailed.
        """
        with disk_errors(f"writing {target.name}"):
            self._file.seek(0)
            hashed = hashlib.sha256(self._file.read(self._database_at))
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | _BINARY
            with os.fdopen(os.open(target, flags, 0o600), "wb", buffering=0) as file:
                for piece in _pieces(self._file, self.front.database_bytes):
                    hashed.update(piece)
                    _write_all(file, piece)
                os.fsync(file.fileno())
            if self._file.read(_DIGEST_BYTES) != hashed.digest():
                raise BackupDamaged("the backup changed while it was read")


@contextmanager
def open_container(path: Path) -> Iterator[Container]:
    """The backup in a file, its checksum verified over every byte.

    Raises BackupDamaged (absent, cut, changed, no backup at all), VaultTooNew, DiskFailed.
    """
    with _opened(path) as file:
        _require_whole(file)
        front = _front(file)
        yield Container(file, front, file.tell())


def glance(path: Path) -> Front:
    """The front of a backup whose length fits, without reading the rest. Raises what `open_container` raises."""
    with _opened(path) as file:
        return _front(file)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    with disk_errors(f"opening {path.name}"):
        try:
            file = path.open("rb", buffering=0)
        except (FileNotFoundError, IsADirectoryError) as error:
            raise BackupDamaged(f"{path.name} is absent") from error
    with file:
        yield file


def _require_whole(file: BinaryIO) -> None:
    with disk_errors("reading the backup"):
        size = os.fstat(file.fileno()).st_size
        if file.read(len(MAGIC)) != MAGIC or size < _PREFIX.size + 2 * _DIGEST_BYTES:
            raise BackupDamaged("this is no backup")
        file.seek(0)
        hashed = hashlib.sha256()
        for piece in _pieces(file, size - 2 * _DIGEST_BYTES):
            hashed.update(piece)
        if file.read(_DIGEST_BYTES) != hashed.digest():
            raise BackupDamaged("the checksum does not fit")


def _front(file: BinaryIO) -> Front:
    """Leaves the file at the database's first byte."""
    with disk_errors("reading the backup"):
        size = os.fstat(file.fileno()).st_size
        file.seek(0)
        start = file.read(_PREFIX.size)
        if len(start) != _PREFIX.size or not start.startswith(MAGIC):
            raise BackupDamaged("this is no backup")
        _, version, needs, made, header_bytes, summary_bytes, database_bytes = _PREFIX.unpack(start)
        if needs > FORMAT:
            raise VaultTooNew(f"backup format {needs}")
        if version != FORMAT or needs != FORMAT or made > _LATEST:
            raise BackupDamaged("a format that never existed")
        if header_bytes > header_codec.MAX_BYTES or summary_bytes > MAX_SUMMARY or database_bytes % PAGE_BYTES:
            raise BackupDamaged("a part has an impossible length")
        if size != _PREFIX.size + header_bytes + summary_bytes + database_bytes + 2 * _DIGEST_BYTES:
            raise BackupDamaged("the parts do not add up to the file")
        return Front(
            made=datetime.fromtimestamp(made, UTC),
            header=file.read(header_bytes),
            summary=file.read(summary_bytes),
            database_bytes=database_bytes,
        )


def _pieces(file: BinaryIO, count: int) -> Iterator[bytes]:
    while count:
        piece = file.read(min(_CHUNK, count))
        if not piece:
            raise BackupDamaged("the file ends too early")
        count -= len(piece)
        yield piece


def _write_all(file: BinaryIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]
