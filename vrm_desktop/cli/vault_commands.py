"""`vrm vault create|check|change-passphrase|rotate-key|backup|restore`: all on a vault which nobody has open."""

import argparse
from pathlib import Path

from vrm_desktop.cli import shapes
from vrm_desktop.cli.session import REFUSED, Result, Session
from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.house import BackupReport, VaultFinding
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.labels import check_label


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("create", help=_("make a new vault")).set_defaults(plain=create)
    verbs.add_parser("check", help=_("check every page and every chain of your vault")).set_defaults(plain=check)
    change = verbs.add_parser("change-passphrase", help=_("choose another passphrase"))
    change.add_argument("--new-passphrase-file", metavar="FILE", help=_("read the new passphrase from FILE"))
    change.set_defaults(plain=change_passphrase)
    verbs.add_parser("rotate-key", help=_("encrypt everything anew")).set_defaults(plain=rotate_key)
    for verb, work, told in (
        ("backup", backup, _("write a tested, encrypted backup into FILE")),
        ("restore", restore, _("bring a backup back; what stands there is set aside")),
    ):
        one = verbs.add_parser(verb, help=told)
        one.add_argument("file", metavar="FILE")
        one.set_defaults(plain=work)


def create(session: Session, _arguments: argparse.Namespace) -> Result:
    """Make a vault in the home folder."""
    if session.house.exists(session.home):
        raise VaultTrouble("vault-exists")
    session.house.create(session.home, session.passphrase(new=True))
    shape = {"vault": {"id": str(session.home), "state": "created"}}
    return Result(shape=shape, lines=(_("Your vault is ready: {home}").format(home=session.home),))


def check(session: Session, _arguments: argparse.Namespace) -> Result:
    """Check the vault in the home folder."""
    session.look_for_vault()
    report = session.house.check(session.home, session.passphrase())
    findings = [{"id": one.question, "sound": one.sound, "detail": one.detail} for one in report.findings]
    shape = {
        "vault": {
            "id": str(session.home),
            "file": str(report.file),
            "sound": report.sound,
            "counts": report.counts,
        },
        "checks": findings,
    }
    lines = [_finding_line(one) for one in report.findings]
    if report.sound:
        return Result(shape=shape, lines=(*lines, _("Your vault is sound.")))
    session.tell(advice("vault-damaged").sentence)
    return Result(shape=shape, lines=tuple(lines), status=REFUSED)


def change_passphrase(session: Session, arguments: argparse.Namespace) -> Result:
    """Make another passphrase the only one."""
    session.look_for_vault()
    old = session.passphrase()
    session.house.change_passphrase(session.home, old, session.new_passphrase(arguments.new_passphrase_file))
    shape = {"vault": {"id": str(session.home), "state": "passphrase-changed"}}
    words = _("Only the new passphrase opens your vault now. Older backups still open with the one of their day.")
    return Result(shape=shape, lines=(words,))


def rotate_key(session: Session, _arguments: argparse.Namespace) -> Result:
    """Encrypt everything anew; a backup is made first."""
    session.look_for_vault()
    session.house.rotate_key(session.home, session.passphrase())
    shape = {"vault": {"id": str(session.home), "state": "key-rotated"}}
    return Result(shape=shape, lines=(_("Everything is encrypted anew. Your passphrase stays the same."),))


def backup(session: Session, arguments: argparse.Namespace) -> Result:
    """Write a backup that was opened and compared."""
    session.look_for_vault()
    report = session.house.back_up(session.home, session.passphrase(), Path(arguments.file).expanduser())
    line = _("Backed up, opened and compared: {file}").format(file=report.file)
    return Result(shape={"backup": _backup_shape(report)}, lines=(line,))


def restore(session: Session, arguments: argparse.Namespace) -> Result:
    """Bring a backup back, with the passphrase of its day."""
    report = session.house.restore(session.home, session.passphrase(), Path(arguments.file).expanduser())
    lines = [_("Your vault is as it was on {moment}.").format(moment=values.instant(report.made))]
    if report.aside is not None:
        lines.append(_("What stood there before is kept in {folder}").format(folder=report.aside))
    return Result(shape={"backup": _backup_shape(report)}, lines=tuple(lines))


def _backup_shape(report: BackupReport) -> shapes.Shape:
    return {
        "id": str(report.file),
        "made": shapes.instant(report.made),
        "counts": report.counts,
        "aside": str(report.aside) if report.aside else None,
    }


def _finding_line(finding: VaultFinding) -> str:
    state = _("fine") if finding.sound else _("DAMAGED")
    return f"{check_label(finding.question)}: {state} {finding.detail}".rstrip()
