"""What is told before the vault is open: steps of unlocking, backups, and what a backup would lack. Pure."""

from datetime import timedelta
from typing import assert_never

from vrm_desktop.services.keep_vault import KeptBackup, RestorePoint
from vrm_desktop.services.ways_in import Progress, Stage
from vrm_desktop.ui.models.restore_view import BackupLine
from vrm_desktop.ui.presenters.moments import moment_of
from vrm_desktop.wording.catalogue import _, ngettext

_MEGABYTE = 1_000_000


def step_words(progress: Progress) -> str:
    """What unlocking is doing."""
    match progress.stage:
        case Stage.WAITING:
            left = progress.of - progress.done
            words = ngettext(
                "After several wrong passphrases the next try waits {count} second.",
                "After several wrong passphrases the next try waits {count} seconds.",
                left,
            )
            return words.format(count=left)
        case Stage.DERIVING:
            return _("Making the key from your passphrase…")
        case Stage.CHECKING:
            return _("Checking your vault…")
        case Stage.MIGRATING:
            return _("Bringing your vault up to date, after a backup…")
        case Stage.OPENING:
            return _("Opening…")
        case _:
            assert_never(progress.stage)


def backup_line(backup: KeptBackup) -> BackupLine:
    """One backup to choose."""
    size = max(1, round(backup.bytes / _MEGABYTE * 10)) / 10
    detail = _("{why}, {size} MB").format(why=why_words(backup.why), size=size)
    return BackupLine(key=str(backup.file), title=moment_of(backup.made), detail=detail)


def why_words(why: str) -> str:
    """What a backup was made for."""
    if why.startswith("before-schema"):
        return _("Made before an update of your vault")
    if why == "before-rotation":
        return _("Made before your vault got a new key")
    if why == "by-hand":
        return _("Made when you asked for it")
    return _("Made by itself")


def last_backup_words(backups: tuple[KeptBackup, ...]) -> str:
    """Which backup would help a damaged vault."""
    good = next((one for one in backups if not one.trouble), None)
    if good is None:
        return _(
            "It has been left as it is. No backup was found beside it; if you have one elsewhere, choose its file."
        )
    words = _("It has been left as it is. The last good backup is from {moment}.")
    return words.format(moment=moment_of(good.made))


def missing_words(point: RestorePoint) -> str:
    """What would be missing after this backup was brought back."""
    parts = []
    if point.older_by is not None and point.older_by > timedelta(0):
        parts.append(_("It was made {time} before the last change.").format(time=_long(point.older_by)))
    told = [_count(table, count) for table, count in _grouped(point).items() if count]
    if told:
        parts.append(_("Missing would be: {what}.").format(what=", ".join(told)))
    if point.unknown:
        parts.append(_("Not all of the damaged vault can be counted, so more may be missing."))
    elif not told:
        parts.append(_("Nothing would be missing."))
    return " ".join(parts)


def _grouped(point: RestorePoint) -> dict[str, int]:
    known = ("intentcasts", "offers", "relationships", "journal", "ledger")
    counts = {table: point.missing.get(table, 0) for table in known}
    counts["other"] = sum(count for table, count in point.missing.items() if table not in known)
    return counts


def _count(table: str, count: int) -> str:
    match table:
        case "intentcasts":
            words = ngettext("{count} want", "{count} wants", count)
        case "offers":
            words = ngettext("{count} offer", "{count} offers", count)
        case "relationships":
            words = ngettext("{count} relationship", "{count} relationships", count)
        case "journal":
            words = ngettext("{count} message", "{count} messages", count)
        case "ledger":
            words = ngettext("{count} line of who knows what", "{count} lines of who knows what", count)
        case _:
            words = ngettext("{count} other entry", "{count} other entries", count)
    return words.format(count=count)


def _long(time: timedelta) -> str:
    if time.days:
        return ngettext("{count} day", "{count} days", time.days).format(count=time.days)
    hours = time.seconds // 3600
    if hours:
        return ngettext("{count} hour", "{count} hours", hours).format(count=hours)
    minutes = max(1, time.seconds // 60)
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)
