"""One row of a table as one line of JSON, and back. Never here: which tables there are."""

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from vrm_desktop.canon import base64url, strict_json
from vrm_desktop.canon.errors import CanonError
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.formats.errors import ArchiveDamaged, ArchiveTooLarge

Value: TypeAlias = int | str | bytes | None
"""What a column holds."""

LONGEST: Final = 512 * 1024
"""Bytes of one line, its end included."""
BYTES: Final = "base64url"
FILE: Final = "file"
LARGE: Final = 96 * 1024
"""Longer values of bytes stand in files of their own beside the table."""
RECORDS: Final = frozenset({"act", "body"})
"""Columns that hold records in canonical JSON: they stand in the line as what they are, not as text."""


def to_line(row: Mapping[str, Value], file_of: Callable[[], str]) -> bytes:
    """The row as canonical JSON and a line feed. `file_of` names the next large value's file.

    Raises:
        ArchiveTooLarge: longer than a line may be.
        NotStrictJson: a value that JSON cannot carry exactly.
    """
    line = strict_json.encode({name: _shown(name, row[name], file_of) for name in sorted(row)}) + b"\n"
    if len(line) > LONGEST:
        raise ArchiveTooLarge(f"a row of {len(line)} bytes")
    return line


def large_values(row: Mapping[str, Value]) -> tuple[bytes, ...]:
    """The values of a row that stand in files of their own, in the order in which `to_line` asks for their names."""
    return tuple(value for name in sorted(row) if isinstance(value := row[name], bytes) and len(value) > LARGE)


def from_line(line: bytes, bytes_of: Callable[[str], bytes]) -> dict[str, Value]:
    """The row that `to_line` wrote, without its line feed. `bytes_of` gives what a file holds.

    Raises:
        ArchiveDamaged: it is none.
    """
    try:
        value = strict_json.decode_canonical(line)
    except CanonError as error:
        raise ArchiveDamaged(f"a row is not as it was written: {error.code}") from error
    if not isinstance(value, dict):
        raise ArchiveDamaged("a row is no object")
    return {name: _kept(name, one, bytes_of) for name, one in value.items()}


def _shown(name: str, value: Value, file_of: Callable[[], str]) -> object:
    match value:
        case bytes() if len(value) > LARGE:
            return {FILE: file_of()}
        case bytes():
            return {BYTES: base64url.encode(value)}
        case str() if name in RECORDS:
            return _record(value)
        case _:
            return value


def _record(text: str) -> object:
    try:
        value = strict_json.decode_canonical(text.encode(), depth=strict_json.DEPTH - 1)
    except (CanonError, UnicodeEncodeError):
        return text
    return value if isinstance(value, dict) and set(value) not in ({BYTES}, {FILE}) else text


def _kept(name: str, value: JsonValue, bytes_of: Callable[[str], bytes]) -> Value:
    match value:
        case {"base64url": str(text), **others} if not others:
            try:
                return base64url.decode(text)
            except CanonError as error:
                raise ArchiveDamaged(f"{name} is not base64url") from error
        case {"file": str(file), **others} if not others:
            return bytes_of(file)
        case dict() if name in RECORDS:
            return strict_json.encode(value).decode()
        case bool() | list() | dict():
            raise ArchiveDamaged(f"{name} is of a kind that no column has")
        case _:
            return value
