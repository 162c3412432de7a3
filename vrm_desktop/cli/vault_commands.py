"""`vrm vault create|check`: the two commands that work on a vault which is not open."""

import argparse

from vrm_desktop.cli.session import REFUSED, Result, Session
from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.house import VaultFinding
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.labels import check_label


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("create", help=_("make a new vault")).set_defaults(plain=create)
    verbs.add_parser("check", help=_("check every page and every chain of your vault")).set_defaults(plain=check)


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
        "vault": {"id": str(session.home), "sound": report.sound, "counts": report.counts},
        "checks": findings,
    }
    lines = [_finding_line(one) for one in report.findings]
    if report.sound:
        return Result(shape=shape, lines=(*lines, _("Your vault is sound.")))
    session.tell(advice("vault-damaged").sentence)
    return Result(shape=shape, lines=tuple(lines), status=REFUSED)


def _finding_line(finding: VaultFinding) -> str:
    state = _("fine") if finding.sound else _("DAMAGED")
    return f"{check_label(finding.question)}: {state} {finding.detail}".rstrip()
