"""Where a person wants a backup or an archive: looked at before anything is written, so that a refusal says why.

Never lives here: writing the file, or the names of the backups that the vault keeps by itself (`kept_backups`).
"""

import re
from pathlib import Path

from vrm_desktop.vault import brought_back, header_file, tidying
from vrm_desktop.vault.backup import COPY, TRIAL
from vrm_desktop.vault.durable_files import disk_errors
from vrm_desktop.vault.errors import FolderMissing, NameReserved, NameTaken
from vrm_desktop.vault.tries import NAME as TRIES

_OURS = re.compile(
    rf"(vault(-[0-9]{{1,9}})?\.db(\.new)?|{re.escape(COPY)}|{re.escape(TRIAL)})(-wal|-shm|-journal)?"
    rf"|({re.escape(header_file.NAME)}|{re.escape(TRIES)}|{re.escape(brought_back.NAME)})(\..*)?"
)


def is_the_vaults_own(name: str) -> bool:
    """Whether a file of this name in a vault's folder is the vault's; the next opening clears such a leftover."""
    return _OURS.fullmatch(name) is not None


def require_place(file: Path, vault: Path) -> None:
    """Make sure that a new file can stand there and stays.

    Raises FolderMissing, NameTaken, NameReserved (in the folder `vault`, under a name of its own), DiskFailed.
    """
    with disk_errors(f"looking where {file.name} goes"):
        if not file.parent.is_dir():
            raise FolderMissing(f"there is no folder for {file.name}")
        if file.exists():
            raise NameTaken(f"{file.name} is there already")
        within = file.parent.samefile(vault)
    if within and (is_the_vaults_own(file.name) or file.name.startswith(tidying.ASIDE)):
        raise NameReserved(f"{file.name} is a name of the vault's own")
