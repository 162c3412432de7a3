"""Reading an archive: its outline first, then one member after the other, each checked against the manifest.

Nothing from the file is ever a path, and no more than a line of it is held at a time. Never here: what rows mean.
"""

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, BinaryIO, Final

from vrm_desktop.formats.archive import manifest as manifests
from vrm_desktop.formats.archive.manifest import MOST_MEMBERS, Member, read_manifest
from vrm_desktop.formats.archive.rows import LONGEST, Value, from_line
from vrm_desktop.formats.archive.writing import LARGEST, file_name
from vrm_desktop.formats.errors import ArchiveDamaged

LONGEST_DIRECTORY: Final = 1024 * 1024
ROOM: Final = 64 * 1024 * 1024
"""Unpacked bytes that any archive may have; beyond it at most SQUEEZE times the file."""
SQUEEZE: Final = 256
_END: Final = struct.Struct("<4s4H2LH")
_PIECE: Final = 64 * 1024
_WAYS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class Archive:
    """An archive whose outline is right. What a member holds is checked while it is read."""

    def __init__(self, stream: BinaryIO) -> None:
        """`stream` can seek and stays the caller's.

        Raises:
            ArchiveTooNew: it needs a newer program.
            ArchiveDamaged: it is no archive of ours, or not as it was written.
        """
        _check_outline(stream)
        with _as_damage():
            self._zip = zipfile.ZipFile(stream)
        entries = self._zip.infolist()
        names = [entry.filename for entry in entries]
        if len(set(names)) != len(names) or len(names) > MOST_MEMBERS + 1 or manifests.NAME not in names:
            raise ArchiveDamaged("its members are not those of an archive")
        for entry in entries:
            if entry.flag_bits & 0x1 or entry.compress_type not in _WAYS:
                raise ArchiveDamaged("a member is packed in a way that archives are not")
            if manifests.FILE.fullmatch(entry.filename) and entry.compress_size != entry.file_size:
                raise ArchiveDamaged("a large value is packed")
        self.manifest = read_manifest(self._whole(manifests.NAME, manifests.LONGEST))
        if set(names) != {manifests.NAME, *self.manifest.members}:
            raise ArchiveDamaged("the manifest names other members than there are")
        sizes = {entry.filename: entry.file_size for entry in entries}
        for name, member in self.manifest.members.items():
            if sizes[name] != member.length:
                raise ArchiveDamaged("a member has another length than the manifest says")
        for name in names:
            match = manifests.FILE.fullmatch(name)
            if match is not None and match[1] not in self.counts:
                raise ArchiveDamaged("a large value belongs to no table")
        if sum(sizes.values()) > ROOM + SQUEEZE * _size(stream):
            raise ArchiveDamaged("it would unpack to far more than it is")

    @property
    def schema(self) -> int:
        """Which layout the tables have."""
        return self.manifest.schema

    @property
    def vault_id(self) -> bytes:
        """16 bytes."""
        return self.manifest.vault_id

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows by table, as the manifest says; each table is held to it while it is read."""
        return self.manifest.counts

    def rows(self, table: str) -> Iterator[dict[str, Value]]:
        """Every row of a table. The last step raises ArchiveDamaged unless all of it was as the manifest says."""
        name = f"tables/{table}.jsonl"
        member, count, files = self.manifest.members[name], 0, _Files(self, table)
        for line in self._lines(name, member):
            count += 1
            yield from_line(line, files.next)
        if count != member.rows:
            raise ArchiveDamaged(f"{table} has {count} rows, not {member.rows}")
        if file_name(table, files.taken + 1) in self.manifest.members:
            raise ArchiveDamaged(f"{table} leaves out a large value")

    def whole(self, name: str) -> bytes:
        """What a member holds. Raises ArchiveDamaged."""
        member = self.manifest.members.get(name)
        if member is None:
            raise ArchiveDamaged("a file that is not there")
        return b"".join(self._pieces(name, member))

    def verify(self) -> None:
        """Read every member to its end. Raises ArchiveDamaged."""
        for name, member in self.manifest.members.items():
            if member.rows is None:
                for _piece in self._pieces(name, member):
                    pass
        for table in self.counts:
            for _row in self.rows(table):
                pass

    def _whole(self, name: str, most: int) -> bytes:
        with _as_damage(), self._zip.open(name) as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise ArchiveDamaged(f"{name} is too long")
        return data

    def _lines(self, name: str, member: Member) -> Iterator[bytes]:
        rest = b""
        for piece in self._pieces(name, member):
            *lines, rest = (rest + piece).split(b"\n")
            if max(len(rest), *map(len, lines), 0) >= LONGEST:
                raise ArchiveDamaged("a row is too long")
            yield from lines
        if rest:
            raise ArchiveDamaged(f"{name} has no end")

    def _pieces(self, name: str, member: Member) -> Iterator[bytes]:
        hashed, length = hashlib.sha256(), 0
        with self._opened(name) as file:
            while piece := _read(file):
                length += len(piece)
                if length > min(member.length, LARGEST):
                    raise ArchiveDamaged(f"{name} is longer than it says")
                hashed.update(piece)
                yield piece
        if length != member.length or hashed.hexdigest() != member.sha256:
            raise ArchiveDamaged(f"{name} is not as it was written")

    def _opened(self, name: str) -> IO[bytes]:
        with _as_damage():
            return self._zip.open(name)


class _Files:
    """A table's large values, which its rows name in order."""

    def __init__(self, archive: Archive, table: str) -> None:
        self._archive = archive
        self._table = table
        self.taken = 0

    def next(self, name: str) -> bytes:
        """What the next file holds, if that is the one named."""
        self.taken += 1
        if name != file_name(self._table, self.taken):
            raise ArchiveDamaged("a row names another file than the next")
        return self._archive.whole(name)


def _read(file: IO[bytes]) -> bytes:
    with _as_damage():
        return file.read(_PIECE)


def _size(stream: BinaryIO) -> int:
    return stream.seek(0, 2)


def _check_outline(stream: BinaryIO) -> None:
    """A ZIP as we write it ends with its directory and no comment; so its size is known before any of it is read."""
    size = _size(stream)
    if size < _END.size or size > LARGEST:
        raise ArchiveDamaged("no archive")
    stream.seek(size - _END.size)
    sign, disk, directory_disk, here, entries, length, start, comment = _END.unpack(stream.read(_END.size))
    if sign != b"PK\x05\x06" or comment or disk or directory_disk or here != entries:
        raise ArchiveDamaged("no archive")
    if entries > MOST_MEMBERS + 1 or length > LONGEST_DIRECTORY or start + length + _END.size != size:
        raise ArchiveDamaged("its directory is not that of an archive")


@contextmanager
def _as_damage() -> Iterator[None]:
    """Whatever the library raises for a file that is not as it was written."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        NotImplementedError,
        OverflowError,
        RuntimeError,
        UnicodeError,
        ValueError,
        struct.error,
    ) as error:
        raise ArchiveDamaged(f"{type(error).__name__}: {error}"[:200]) from error
