"""Where a person's files are. No file is opened here."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path

_LONGEST_ADDRESS = 100  # a local socket's address has 108 bytes on Linux, 104 on macOS


def home_folder(given: str | None, environment: Mapping[str, str]) -> Path:
    """The folder that holds the vault: as given, else `VRM_HOME`, else the platform's place for a program's data."""
    chosen = given or environment.get("VRM_HOME")
    return Path(chosen).expanduser() if chosen else user_data_path("vrm-desktop", appauthor=False)


def passphrase_file(given: str | None, environment: Mapping[str, str]) -> Path | None:
    """The file that holds the passphrase: as given, else `VRM_PASSPHRASE_FILE`, else none."""
    chosen = given or environment.get("VRM_PASSPHRASE_FILE")
    return Path(chosen).expanduser() if chosen else None


def window_address(home: Path, runtime: str | None) -> str:
    """Where the window of `home` listens: in the session's `runtime` folder if there is one, else in the home.

    A bare name where a path would be too long; it is then below the folder for temporary files.
    """
    name = f"vrm-desktop-{hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:16]}"
    place = str((Path(runtime) if runtime else home) / f"{name}.sock")
    return place if len(place.encode()) <= _LONGEST_ADDRESS else name
