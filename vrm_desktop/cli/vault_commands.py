"""`vrm vault create|check|change-passphrase|rotate-key`, and where the other verbs of the vault are.

All work on a vault which nobody has open.
"""

import argparse

from vrm_desktop.cli import vault_archive_commands, vault_backup_commands, vault_way_commands
from vrm_desktop.cli.session import REFUSED, Result, Session
from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.house import VaultFinding
from vrm_desktop.services.ways_in import Key, TypedCode, WayKind
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import command_advice
from vrm_desktop.wording.labels import check_label

_KEY_FILES = frozenset({"header", "previous-header"})


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("create", help=_("make a new vault")).set_defaults(plain=create)
    verbs.add_parser("check", help=_("check every page and every chain of your vault")).set_defaults(plain=check)
    change = verbs.add_parser("change-passphrase", help=_("choose another passphrase"))
    change.add_argument("--new-passphrase-file", metavar="FILE", help=_("read the new passphrase from FILE"))
    change.set_defaults(plain=change_passphrase)
    rotate = verbs.add_parser("rotate-key", help=_("encrypt everything anew"))
    rotate.add_argument("--drop-recovery-code", action="store_true", help=_("let the recovery code open it no more"))
    rotate.set_defaults(plain=rotate_key)
    vault_way_commands.add_to(verbs)
    vault_backup_commands.add_to(verbs)
    vault_archive_commands.add_to(verbs)


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
    report = session.unlocking(lambda key: session.house.check(session.home, key))
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
    if all(one.sound or one.question in _KEY_FILES for one in report.findings):
        session.tell(
            _("A version of your vault's key file was damaged; the other one opened it, and all your things are sound.")
        )
    else:
        session.tell(command_advice("vault-damaged").sentence)
    return Result(shape=shape, lines=tuple(lines), status=REFUSED)


def change_passphrase(session: Session, arguments: argparse.Namespace) -> Result:
    """Make another passphrase the only one; the recovery code is as good a proof as the old passphrase."""
    session.look_for_vault()
    by_code = session.code_path is not None or session.asks_code
    proof: Key = session.typed_code() if by_code else session.passphrase()
    session.house.change_passphrase(session.home, proof, session.new_passphrase(arguments.new_passphrase_file))
    shape = {"vault": {"id": str(session.home), "state": "passphrase-changed"}}
    words = _("Only the new passphrase opens your vault now. Older backups still open with the one of their day.")
    return Result(shape=shape, lines=(words,))


def rotate_key(session: Session, arguments: argparse.Namespace) -> Result:
    """Encrypt everything anew; a backup is made first. A recovery code is needed once more, or dropped."""
    session.look_for_vault()
    passphrase = session.passphrase()
    dropped = arguments.drop_recovery_code and _has_code(session)
    done = session.house.rotate_key(
        session.home,
        passphrase,
        recovery=None if arguments.drop_recovery_code else _recovery(session),
        drop_recovery=arguments.drop_recovery_code,
    )
    if not done.keyring:
        session.tell(_("The keyring does not open your vault any more; `vrm vault keyring on` sets it up again."))
    shape = {"vault": {"id": str(session.home), "state": "key-rotated", "keyring-kept": done.keyring}}
    lines = [_("Everything is encrypted anew. Your passphrase stays the same.")]
    if dropped:
        lines.append(_("The recovery code does not open your vault any more."))
    return Result(shape=shape, lines=tuple(lines))


def _has_code(session: Session) -> bool:
    return any(way.kind is WayKind.RECOVERY for way in session.house.ways(session.home))


def _recovery(session: Session) -> TypedCode | None:
    """The vault's recovery code once more, if it has one."""
    if not _has_code(session):
        return None
    try:
        return session.typed_code()
    except VaultTrouble as error:
        if error.code == "no-recovery-code" and session.code_path is None:
            raise VaultTrouble("way-in-missing", "the recovery code was not given") from error
        raise


def _finding_line(finding: VaultFinding) -> str:
    state = _("fine") if finding.sound else _("DAMAGED")
    return f"{check_label(finding.question)}: {state} {finding.detail}".rstrip()
