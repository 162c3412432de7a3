"""Files that the person hands to the window: told apart by name, and read with a bound. Nothing is run or fetched."""

import os
import stat
from enum import Enum
from pathlib import Path

from vrm_desktop.formats.errors import FileUnreadable


class Handed(Enum):
    """What a file can be here."""

    PAGE = "page"
    MAIL = "mail"
    OTHER = "other"


_KINDS = {".html": Handed.PAGE, ".htm": Handed.PAGE, ".xhtml": Handed.PAGE, ".eml": Handed.MAIL}


def kind_of(file: Path) -> Handed:
    """What it is, by the ending of its name."""
    return _KINDS.get(file.suffix.lower(), Handed.OTHER)


def read_file(file: Path, most: int) -> bytes:
    """The bytes of a file, one more than `most` where it is larger: whoever reads them refuses that.

    Raises:
        FileUnreadable: it is not there, or no plain file: pipes and devices may never end.
    """
    try:
        opened = os.open(file.expanduser(), os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(opened, "rb") as plain:
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise FileUnreadable("no plain file")
            return plain.read(most + 1)
    except OSError as error:
        raise FileUnreadable(str(error)) from error
