"""Writing an archive: every table row by row, the exact texts of the terms, and copies for other programs.

The same rows give the same bytes but for the manifest's date. Never here: where it is written, or encryption.
"""

import hashlib
import io
import itertools
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import BinaryIO, Final, Protocol

from vrm_desktop.formats.archive import manifest as manifests
from vrm_desktop.formats.archive.explained import README, README_NAME
from vrm_desktop.formats.archive.manifest import MOST_MEMBERS, Manifest, Member
from vrm_desktop.formats.archive.rows import Value, large_values, to_line
from vrm_desktop.formats.archive.twins import twins
from vrm_desktop.formats.errors import ArchiveTooLarge

LARGEST: Final = 2**31 - 1
"""Bytes of one member, and of a whole archive: what every ZIP program can read."""
_DATE: Final = (1980, 1, 1, 0, 0, 0)


class Outgoing(Protocol):
    """Everything that a vault keeps, from one consistent view."""

    @property
    def schema(self) -> int:
        """Which layout the tables have."""
        ...

    @property
    def vault_id(self) -> bytes:
        """16 bytes."""
        ...

    def tables(self) -> tuple[str, ...]:
        """Their names, in order."""
        ...

    def rows(self, table: str) -> Iterator[Mapping[str, Value]]:
        """All rows of a table in the order of its key; may be asked for more than once."""
        ...


def write_archive(out: BinaryIO, source: Outgoing, *, terms: Mapping[str, bytes], made: datetime) -> Manifest:
    """Write everything to `out`, front to back; what the archive says about itself.

    `terms` are the exact bytes of the published texts that agreements name, by file name. Raises ArchiveTooLarge, and
    whatever `out` raises.
    """
    members: dict[str, Member] = {}
    with zipfile.ZipFile(_Forward(out), "w", zipfile.ZIP_DEFLATED, allowZip64=False) as archive:
        members[README_NAME] = _write(archive, README_NAME, (README.encode(),))
        for table in source.tables():
            members |= _write_table(archive, source, table)
        for name, data in sorted(terms.items()):
            members[f"terms/{name}"] = _write(archive, f"terms/{name}", (data,))
        for name, pieces in twins(source):
            members[f"copies/{name}"] = _write(archive, f"copies/{name}", pieces)
        if len(members) > MOST_MEMBERS:
            raise ArchiveTooLarge(f"{len(members)} files")
        manifest = Manifest(schema=source.schema, vault_id=source.vault_id, made=made, members=members)
        _write(archive, manifests.NAME, (manifest.to_bytes(),))
    return manifest


def _write_table(archive: zipfile.ZipFile, source: Outgoing, table: str) -> dict[str, Member]:
    """The table, after its large values, which stand unpacked: how much memory they take is plain from the file."""
    members: dict[str, Member] = {}
    for number, value in enumerate((value for row in source.rows(table) for value in large_values(row)), start=1):
        name = file_name(table, number)
        members[name] = _write(archive, name, (value,), packed=False)
        if number > MOST_MEMBERS:
            raise ArchiveTooLarge(f"{number} files")
    numbers = itertools.count(1)
    lines = (to_line(row, lambda: file_name(table, next(numbers))) for row in source.rows(table))
    name = f"tables/{table}.jsonl"
    members[name] = _write(archive, name, lines, rows=True)
    return members


def file_name(table: str, number: int) -> str:
    """The name of the file that holds a table's so manieth large value."""
    return f"bytes/{table}-{number}.bin"


def _write(
    archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes], *, rows: bool = False, packed: bool = True
) -> Member:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    entry.create_system = 3
    entry.external_attr = 0o600 << 16
    hashed, length, count = hashlib.sha256(), 0, 0
    with archive.open(entry, "w") as out:
        for piece in pieces:
            length, count = length + len(piece), count + 1
            if length > LARGEST:
                raise ArchiveTooLarge(name)
            hashed.update(piece)
            out.write(piece)
    return Member(length=length, sha256=hashed.hexdigest(), rows=count if rows else None)


class _Forward(io.RawIOBase):
    """A stream that only goes forward, so that the bytes are the same wherever they go; and no longer than LARGEST."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__()
        self._out = out
        self._position = 0

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]  # what zipfile hands over
        """Hand the bytes on."""
        self._position += len(data)
        if self._position > LARGEST:
            raise ArchiveTooLarge("the whole archive")
        self._out.write(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back here."""
