"""Writing a file that a command was asked for: a new one, for this person's eyes only, never over another."""

import os
from pathlib import Path

from vrm_desktop.services.errors import NotPossibleNow

_PRIVATE = 0o600


def write_new(name: str, data: bytes) -> None:
    """Write `data` into a file that does not exist yet.

    Raises:
        NotPossibleNow: there is one of this name, or it cannot be written there.
    """
    path = Path(name).expanduser()
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    except OSError as error:
        raise NotPossibleNow(str(error)) from error
    with os.fdopen(handle, "wb") as file:
        file.write(data)
