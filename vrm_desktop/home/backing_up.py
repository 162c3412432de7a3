"""Backups of an open vault: made by hand and by themselves, listed, and counted as good only when read in full.

Never lives here: the schedule's meaning (`services.schedule_backups`), or a backup's bytes (`vault.backup`).
"""

from pathlib import Path

from vrm_desktop.home import spoken
from vrm_desktop.services.keep_vault import BackupReport, BackupSchedule, KeptBackup
from vrm_desktop.vault import kept_backups
from vrm_desktop.vault.backup import summary_of
from vrm_desktop.vault.backup_container import open_container
from vrm_desktop.vault.errors import BackupDamaged, BackupFailed, BackupFolderMissing, VaultError
from vrm_desktop.vault.keeping import Retention
from vrm_desktop.vault.unlocking.subkeys import Purpose
from vrm_desktop.vault.vault import OpenVault

BY_HAND = "by-hand"
SCHEDULED = "scheduled"


def back_up_to(opened: OpenVault, file: Path) -> BackupReport:
    """One file under a name of the person's choice. Raises what `OpenVault.back_up_to` raises."""
    summary = opened.back_up_to(file)
    return BackupReport(file=file.absolute(), made=summary.made, counts=dict(summary.counts))


def back_up(opened: OpenVault, schedule: BackupSchedule, why: str, place: Path | None = None) -> KeptBackup:
    """One among the vault's own, or in `place`. Raises BackupFailed, DiskFull, DiskFailed."""
    file = opened.back_up(why, place=place, retention=Retention(daily=schedule.kept))
    for one in kept_backups.kept(file.parent):
        if one.file == file:
            return _read(opened, one)
    raise BackupFailed("the backup that was just made is not there")


def backups(opened: OpenVault, schedule: BackupSchedule) -> tuple[KeptBackup, ...]:
    """All of this vault's, newest first, each read in full."""
    places = [kept_backups.place_of(opened.folder)]
    second = second_folder(opened, schedule)
    if second is not None:
        places.append(second)
    found = [one for place in places for one in kept_backups.kept(place) if one.vault_id == opened.vault_id]
    return tuple(_read(opened, one) for one in sorted(found, key=lambda one: one.made, reverse=True))


def last_backup(opened: OpenVault) -> KeptBackup | None:
    """The newest of the vault's own, by its outline."""
    found = kept_backups.last_verified_backup(opened.folder)
    return None if found is None else spoken.kept(found)


def second_folder(opened: OpenVault, schedule: BackupSchedule) -> Path | None:
    """Where second backups go; None where that is nowhere else."""
    if not schedule.folder:
        return None
    folder = Path(schedule.folder)
    return None if folder.resolve() == kept_backups.place_of(opened.folder).resolve() else folder


def require_folder(folder: Path) -> Path:
    """The same folder, if it is there: an unplugged disk must not be replaced by a new folder in its place."""
    if not folder.is_dir():
        raise BackupFolderMissing("the second folder for backups is not there")
    return folder


def _read(opened: OpenVault, backup: kept_backups.KeptBackup) -> KeptBackup:
    """The outline with its row counts, or with what stands against it now. Under an older data key it has none."""
    found = spoken.kept(backup)
    keys = {purpose: opened.subkey(purpose) for purpose in (Purpose.BACKUP, Purpose.BACKUP_SUMMARY)}
    try:
        with open_container(backup.file) as container:
            try:
                counts = dict(summary_of(container, keys).counts)
            except BackupDamaged:
                return found  # whole by its checksum, but sealed with a key from before a rotation
    except VaultError as error:
        return KeptBackup(file=found.file, made=found.made, why=found.why, bytes=found.bytes, trouble=error.code)
    return KeptBackup(file=found.file, made=found.made, why=found.why, bytes=found.bytes, counts=counts)
