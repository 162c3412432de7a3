"""`vrm vault backup|backups|restore`, on a vault which nobody has open."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from vrm_desktop.cli import shapes
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.keep_vault import BackupReport, KeptBackup, RestorePoint
from vrm_desktop.services.ways_in import Key
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.ways import backup_reason

if TYPE_CHECKING:
    from vrm_desktop.cli.vault_way_commands import Verbs


def add_to(verbs: "Verbs") -> None:
    """These verbs of the vault."""
    one = verbs.add_parser("backup", help=_("write a tested, encrypted backup into FILE"))
    one.add_argument("file", metavar="FILE")
    one.set_defaults(plain=backup)
    many = verbs.add_parser("backups", help=_("the backups that are kept with your vault"))
    many.add_argument("--compare", action="store_true", help=_("read each in full, and tell what it would lack"))
    many.set_defaults(plain=backups)
    back = verbs.add_parser("restore", help=_("bring a backup back; what stands there is set aside"))
    which = back.add_mutually_exclusive_group(required=True)
    which.add_argument("file", nargs="?", metavar="FILE", help=_("a backup file, or the name of a kept one"))
    which.add_argument("--newest", action="store_true", help=_("the newest kept backup that can be read in full"))
    back.set_defaults(plain=restore)


def backup(session: Session, arguments: argparse.Namespace) -> Result:
    """Write a backup that was opened and compared."""
    session.look_for_vault()
    file = Path(arguments.file).expanduser()
    report = session.unlocking(lambda key: session.house.back_up(session.home, key, file))
    line = _("Backed up, opened and compared: {file}").format(file=report.file)
    return Result(shape={"backup": _report_shape(report)}, lines=(line,))


def backups(session: Session, arguments: argparse.Namespace) -> Result:
    """The kept backups; with --compare each as it would come back. Works on a damaged vault too."""
    if not arguments.compare:
        found = session.house.backups(session.home)
        return _list([_backup_shape(one) for one in found], [_line(one) for one in found])
    if not session.house.backups(session.home):
        return _list([], [])
    points = session.unlocking(lambda key: session.house.survey(session.home, key))
    return _list([_point_shape(one) for one in points], [_point_line(one) for one in points])


def restore(session: Session, arguments: argparse.Namespace) -> Result:
    """Bring a backup back, with a way in of its day."""
    chosen = None if arguments.newest else _named(session, arguments.file)

    def bring_back(key: Key) -> BackupReport:
        file = chosen or _newest(session, session.house.survey(session.home, key))
        return session.house.restore(session.home, key, file)

    report = session.unlocking(bring_back)
    lines = [_("Your vault is as it was on {moment}.").format(moment=values.instant(report.made))]
    if report.aside is not None:
        lines.append(_("What stood there before is kept in {folder}").format(folder=report.aside))
    return Result(shape={"backup": _report_shape(report)}, lines=tuple(lines))


def _named(session: Session, file: str) -> Path:
    """The file itself, or a kept backup of that name. Raises VaultTrouble: there is neither."""
    path = Path(file).expanduser()
    if not path.exists() and path.name == file:
        path = next((one.file for one in session.house.backups(session.home) if one.file.name == file), path)
    if not path.is_file():
        raise VaultTrouble("file-unreadable", str(path))
    return path


def _newest(session: Session, points: tuple[RestorePoint, ...]) -> Path:
    good = [one.backup.file for one in points if not one.backup.trouble]
    if not good:
        raise VaultTrouble("no-backup")
    session.tell(_("Restoring {file}").format(file=good[0].name))
    return good[0]


def _list(found: list[shapes.Shape], lines: list[str]) -> Result:
    return Result(shape={"backups": found}, lines=tuple(lines) or (_("No backups are kept yet."),))


def _report_shape(report: BackupReport) -> shapes.Shape:
    return {
        "id": str(report.file),
        "made": shapes.instant(report.made),
        "counts": report.counts,
        "aside": str(report.aside) if report.aside else None,
    }


def _backup_shape(one: KeptBackup) -> shapes.Shape:
    return {
        "id": str(one.file),
        "made": shapes.instant(one.made),
        "why": one.why,
        "bytes": one.bytes,
        "verified": not one.trouble,
        "trouble": one.trouble or None,
        "counts": one.counts,
    }


def _point_shape(point: RestorePoint) -> shapes.Shape:
    older = None if point.older_by is None else int(point.older_by.total_seconds())
    return {
        **_backup_shape(point.backup),
        "missing": point.missing,
        "unknown": list(point.unknown),
        "older-by-seconds": older,
    }


def _line(one: KeptBackup) -> str:
    line = f"{values.instant(one.made)}  {backup_reason(one.why)}  {one.file.name}"
    return f"{line}  {advice(one.trouble).title}" if one.trouble else line


def _point_line(point: RestorePoint) -> str:
    line = _line(point.backup)
    lacking = sum(point.missing.values())
    if lacking:
        told = ngettext(
            "lacks {count} entry that is still there", "lacks {count} entries that are still there", lacking
        )
        line = f"{line}  {told.format(count=lacking)}"
    if point.unknown and not point.backup.trouble:
        told = _("what it would lack cannot be told")
        line = f"{line}  {told}"
    return line
