"""`vrm vault create|check`."""

import argparse

from vrm_desktop.cli.session import DONE, REFUSED, Result, Session
from vrm_desktop.wording.catalogue import _


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands of this noun."""
    noun = commands.add_parser("vault", help="make or check your encrypted vault")
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("create", help="make a new vault").set_defaults(plain=create)
    verbs.add_parser("check", help="check every page and every chain of your vault").set_defaults(plain=check)


def create(session: Session, _arguments: argparse.Namespace) -> Result:
    """Make a vault in the home folder."""
    session.house.create(session.home, session.passphrase(new=True))
    shape = {"vault": {"id": str(session.home), "state": "created"}}
    return Result(shape=shape, lines=(_("Your vault is ready: {home}").format(home=session.home),))


def check(session: Session, _arguments: argparse.Namespace) -> Result:
    """Check the vault in the home folder."""
    report = session.house.check(session.home, session.passphrase())
    findings = [{"id": one.question, "sound": one.sound, "detail": one.detail} for one in report.findings]
    shape = {
        "vault": {"id": str(session.home), "sound": report.sound, "counts": report.counts},
        "checks": findings,
    }
    lines = [f"{'ok     ' if one.sound else 'DAMAGED'} {one.question} {one.detail}".rstrip() for one in report.findings]
    lines.append(_("Your vault is sound.") if report.sound else _("Your vault is damaged; nothing was changed."))
    return Result(shape=shape, lines=tuple(lines), status=DONE if report.sound else REFUSED)
