"""What a document that a vendor handed out is called here: its title as a plain file name that fits its type."""

import re
import unicodedata
from typing import Final

_SUFFIXES: Final = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "text/plain": ".txt",
}
"""What is opened as what it is. Anything else gets an ending that no program takes for its own."""
_UNKNOWN: Final = ".bin"
_LONGEST: Final = 150
_FALLBACK: Final = "document"


def document_name(title: str, media: str) -> str:
    """The name: no folder, no sign that cannot be seen or turns the line around, and the ending of its type."""
    shown = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in title)
    plain = " ".join(re.sub(r'[/\\:*?"<>|]', "-", shown).split()).strip(" .-")[:_LONGEST].rstrip(" .-")
    suffix = _SUFFIXES.get(media, _UNKNOWN)
    stem = plain[: -len(suffix)] if plain.lower().endswith(suffix) else plain
    return (stem or _FALLBACK) + suffix
