"""A form with a file (RFC 7578) read while it comes: bytes in, fields and pieces of the file out. No I/O, no judgement.

As strict as what our own page makes a browser send: one file at most, no nested parts, no encodings; no more is held in
memory than a field or a boundary is long.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, TypeAlias

from vrm_desktop.vendor.errors import HandRefused

_BOUNDARY: Final = re.compile(r"multipart/form-data\s*;\s*boundary=(\"?)([A-Za-z0-9'()+_,./:=?-]{1,70})\1\s*", re.ASCII)
_NAMED: Final = re.compile(
    r'content-disposition:\s*form-data;\s*name="([^"]*)"(?:;\s*filename="([^"]*)")?\s*', re.IGNORECASE
)
_MOST_HEAD: Final = 4 * 1024
_MOST_FIELD: Final = 8 * 1024
_MOST_FIELDS: Final = 20
_END: Final = b"\r\n\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field, whole."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileBegins:
    """A file begins; what its name says is the sender's."""

    name: str
    file_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileBytes:
    """The next bytes of the file that began."""

    data: bytes


Event: TypeAlias = Field | FileBegins | FileBytes


class _At(Enum):
    BOUNDARY = auto()
    HEAD = auto()
    FIELD = auto()
    FILE = auto()
    OVER = auto()


class Multipart:
    """One body. `feed()` it whatever comes, then `close()` it.

    Raises `HandRefused` where it is no such form, or breaks its bounds.
    """

    def __init__(self, content_type: str) -> None:
        found = _BOUNDARY.fullmatch(content_type)
        if found is None:
            raise HandRefused("not a form with a file")
        self._line = b"\r\n--" + found[2].encode("ascii")
        self._held = bytearray(b"\r\n")  # so that the first boundary looks like all others
        self._at = _At.BOUNDARY
        self._name = ""
        self._fields = 0
        self._had_file = False

    def feed(self, data: bytes) -> Iterator[Event]:
        """What these bytes tell."""
        self._held += data
        going_on = True
        while going_on:
            match self._at:
                case _At.BOUNDARY:
                    going_on = self._boundary()
                case _At.HEAD:
                    event = self._head()
                    going_on = event is not None
                    if isinstance(event, FileBegins):
                        yield event
                case _At.FIELD:
                    going_on = False
                    if (text := self._field()) is not None:
                        going_on = True
                        yield Field(name=self._name, text=text)
                case _At.FILE:
                    piece, going_on = self._piece()
                    if piece:
                        yield FileBytes(data=piece)
                case _At.OVER:
                    self._held.clear()
                    going_on = False

    def close(self) -> None:
        """Nothing more comes."""
        if self._at is not _At.OVER:
            raise HandRefused("the form broke off")

    def _boundary(self) -> bool:
        """Past a boundary, if it is here whole; a body begins with one."""
        needed = len(self._line) + 2
        if len(self._held) < needed:
            return False
        mark = bytes(self._held[len(self._line) : needed])
        if not self._held.startswith(self._line) or mark not in {b"\r\n", b"--"}:
            raise HandRefused("the form cannot be read")
        del self._held[:needed]
        self._at = _At.OVER if mark == b"--" else _At.HEAD
        return True

    def _head(self) -> FileBegins | Field | None:
        """What part begins; a `Field` without its text yet."""
        end = self._held.find(_END)
        if max(end, 0) > _MOST_HEAD or (end < 0 and len(self._held) > _MOST_HEAD):
            raise HandRefused("the form cannot be read")
        if end < 0:
            return None
        try:
            lines = self._held[:end].decode("utf-8").split("\r\n")
        except UnicodeDecodeError as error:
            raise HandRefused("the form cannot be read") from error
        del self._held[: end + len(_END)]
        named = [found for line in lines if (found := _NAMED.fullmatch(line)) is not None]
        self._fields += 1
        if len(named) != 1 or self._fields > _MOST_FIELDS:
            raise HandRefused("the form cannot be read")
        self._name, file_name = named[0][1], named[0][2]
        if file_name is None:
            self._at = _At.FIELD
            return Field(name=self._name, text="")
        if self._had_file:
            raise HandRefused("one file at a time")
        self._had_file = True
        self._at = _At.FILE
        return FileBegins(name=self._name, file_name=file_name)

    def _field(self) -> str | None:
        end = self._held.find(self._line)
        if max(end, 0) > _MOST_FIELD or (end < 0 and len(self._held) > _MOST_FIELD + len(self._line)):
            raise HandRefused("the form is too large")
        if end < 0:
            return None
        try:
            text = self._held[:end].decode("utf-8")
        except UnicodeDecodeError as error:
            raise HandRefused("the form cannot be read") from error
        del self._held[:end]
        self._at = _At.BOUNDARY
        return text

    def _piece(self) -> tuple[bytes, bool]:
        """What of the file is here for sure, and whether its end is."""
        end = self._held.find(self._line)
        sure = end if end >= 0 else max(0, len(self._held) - len(self._line) + 1)
        piece = bytes(self._held[:sure])
        del self._held[:sure]
        if end >= 0:
            self._at = _At.BOUNDARY
        return piece, end >= 0
