"""Where a person's files are. No file is opened here."""

from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path


def home_folder(given: str | None, environment: Mapping[str, str]) -> Path:
    """The folder that holds the vault: as given, else `VRM_HOME`, else the platform's place for a program's data."""
    chosen = given or environment.get("VRM_HOME")
    return Path(chosen).expanduser() if chosen else user_data_path("vrm-desktop", appauthor=False)


def passphrase_file(given: str | None, environment: Mapping[str, str]) -> Path | None:
    """The file that holds the passphrase: as given, else `VRM_PASSPHRASE_FILE`, else none."""
    chosen = given or environment.get("VRM_PASSPHRASE_FILE")
    return Path(chosen).expanduser() if chosen else None
