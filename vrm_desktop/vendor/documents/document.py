"""What a document that lies ready is, and which files may become one: told by their bytes, never by their names."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from vrm_desktop.domain.ids import Digest

MOST_BYTES: Final = 10 * 1024 * 1024
"""How large one document may be: it must reach a person over a slow line within one exchange."""
LEAST_DAYS: Final = 30
"""A document lies ready for so many days at least, and as long as the desk may keep what the person told."""
TITLE_LENGTH: Final = 200
HEAD: Final = 16
"""So many bytes tell what a file is."""
ID_BYTES: Final = 32
"""Nobody guesses an address with so many random bytes in it."""
_ID = re.compile(r"[A-Za-z0-9_-]{43}")


class Media(StrEnum):
    """What people are sent: it can be looked at everywhere, and nothing in it runs in a browser."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"

    @property
    def suffix(self) -> str:
        """How the name of such a file ends."""
        return {Media.PDF: ".pdf", Media.PNG: ".png", Media.JPEG: ".jpg", Media.WEBP: ".webp"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """A document whose bytes are all on the disk; nobody is told of it yet."""

    id: str
    media: Media
    size: int
    digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOut:
    """From now on the person may fetch it through the day `until`; the desk's message `number` names it."""

    document: Uploaded
    number: int
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LyingReady:
    """A document that may be fetched now, in so many `parts`, through the day `until`."""

    id: str
    number: int
    media: Media
    size: int
    digest: Digest
    parts: int
    until: date


def media_of(head: bytes) -> Media | None:
    """What the file is that begins with these bytes (`HEAD` of them, or all); None: nothing that is sent."""
    if re.match(rb"%PDF-[12]\.[0-9]", head):
        return Media.PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Media.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return Media.JPEG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Media.WEBP
    return None


def title_of(typed: str, file_name: str) -> str:
    """What the person reads: the words typed, else the file's own name; no folders, no signs that cannot be seen."""
    name = re.split(r"[/\\]", file_name)[-1]
    stem, dot, _suffix = name.rpartition(".")
    return _visible(typed) or _visible(stem if dot else name)


def is_id(text: str) -> bool:
    """Whether this can be a document's id at all: what cannot is not looked for."""
    return _ID.fullmatch(text) is not None


def _visible(text: str) -> str:
    shown = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    return " ".join(shown.split())[:TITLE_LENGTH].rstrip()
