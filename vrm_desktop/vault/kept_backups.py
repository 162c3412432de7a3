"""The backups in a folder: listed, counted, let go by the rule, and the newest that can be trusted.

A file bears a backup's name only after its test opening. Never lives here: making or opening one.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vrm_desktop.vault import backup_container
from vrm_desktop.vault.durable_files import disk_errors, flush_folder
from vrm_desktop.vault.errors import BackupDamaged, VaultTooNew
from vrm_desktop.vault.header_codec import UnreadableHeader, decode_header
from vrm_desktop.vault.keeping import BackupName, Retention, expendable, parse_name

FOLDER = "backups"
UNFINISHED = ".unfinished"
"""How the name of a file ends until it was read back; nobody's own files are called so."""
_CUT_OFF = (UNFINISHED, ".new")
"""The same, and as earlier versions called it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBackup:
    """A backup whose name and outline are right. `made`: when it was made and verified."""

    file: Path
    made: datetime
    label: str
    vault_id: bytes
    bytes: int


def place_of(folder: Path) -> Path:
    """Where a vault keeps its backups unless the person chose another place."""
    return folder / FOLDER


def kept(place: Path) -> tuple[KeptBackup, ...]:
    """Every backup in the folder, newest first; files that are none, or cut short, are left out. Reads no database."""
    found = [(name, _outlined(path, name)) for path, name in _named(place)]
    return tuple(backup for _, backup in sorted(found, key=lambda pair: pair[0], reverse=True) if backup is not None)


def last_verified_backup(folder: Path) -> KeptBackup | None:
    """The newest backup of the vault in this folder that was test-opened, or None."""
    newest_first = kept(place_of(folder))
    return newest_first[0] if newest_first else None


def free_name(place: Path, made: datetime, label: str) -> Path:
    """A name for a backup made now, not taken yet."""
    turns = [name.turn for _, name in _named(place) if (name.made, name.label) == (made, label)]
    return place / str(BackupName(made=made, turn=max(turns, default=-1) + 1, label=label))


def let_go(place: Path, vault_id: bytes, retention: Retention, *, spare: Path | None = None) -> tuple[Path, ...]:
    """Remove what the rule no longer keeps of this vault's backups; damaged and foreign ones are not touched.

    `spare` stays whatever the rule says: the one just made looks old when the clock was set back.
    """
    files = {
        name: path
        for path, name in _named(place)
        if (outlined := _outlined(path, name)) is not None and outlined.vault_id == vault_id
    }
    gone = tuple(files[name] for name in expendable(files, retention) if files[name] != spare)
    with disk_errors("letting old backups go"):
        for path in gone:
            path.unlink(missing_ok=True)
    if gone:
        flush_folder(place)
    return gone


def clear_unfinished(place: Path) -> None:
    """Remove what is left of backups that were cut off; only while nobody makes one there. Raises DiskFailed."""
    with disk_errors("clearing unfinished backups"):
        for path in sorted(place.iterdir()) if place.is_dir() else []:
            if any(path.name.endswith(end) and parse_name(path.name.removesuffix(end)) for end in _CUT_OFF):
                path.unlink(missing_ok=True)


def _named(place: Path) -> list[tuple[Path, BackupName]]:
    with disk_errors("listing backups"):
        paths = sorted(place.iterdir()) if place.is_dir() else []
    return [(path, name) for path in paths if (name := parse_name(path.name)) is not None]


def _outlined(path: Path, name: BackupName) -> KeptBackup | None:
    with suppress(BackupDamaged, VaultTooNew, UnreadableHeader):
        front = backup_container.glance(path)
        with disk_errors("measuring a backup"):
            size = path.stat().st_size
        vault_id = decode_header(front.header).vault_id
        return KeptBackup(file=path, made=front.made, label=name.label, vault_id=vault_id, bytes=size)
    return None
