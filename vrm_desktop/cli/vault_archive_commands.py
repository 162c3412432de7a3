"""`vrm vault export|import|wipe`: everything out in open formats, back again, and off this computer."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from vrm_desktop.cli import shapes
from vrm_desktop.cli.session import Result, Session, at_terminal
from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.take_along import ArchiveReport
from vrm_desktop.wording import archive_words, values
from vrm_desktop.wording.catalogue import _, ngettext

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - the library names it nowhere else


def add_to(verbs: "Verbs") -> None:
    """The verbs about taking everything along."""
    out = verbs.add_parser("export", help=_("write everything into FILE, in open formats"))
    out.add_argument("file", metavar="FILE")
    out.add_argument("--encrypt", action="store_true", help=_("encrypt it with a passphrase of its own (format: age)"))
    out.set_defaults(plain=export)
    back = verbs.add_parser("import", help=_("make a vault of everything in FILE"))
    back.add_argument("file", metavar="FILE")
    back.add_argument("--set-aside", action="store_true", help=_("if a vault stands there, keep it whole beside"))
    back.set_defaults(plain=bring_in)
    for one in (out, back):
        one.add_argument(
            "--archive-passphrase-file", metavar="FILE", help=_("read the archive's own passphrase from FILE")
        )
    gone = verbs.add_parser("wipe", help=_("remove your vault from this computer"))
    gone.add_argument("--with-backups", action="store_true", help=_("remove the backups beside it too"))
    gone.add_argument("--yes-wipe-everything", action="store_true", help=_("do not ask; needed without a terminal"))
    gone.set_defaults(plain=wipe)


def export(session: Session, arguments: argparse.Namespace) -> Result:
    """Write everything into a new file, after saying what that is."""
    session.look_for_vault()
    for sentence in archive_words.what_an_export_holds():
        session.tell(sentence)
    secret: str | None = None
    if arguments.encrypt or arguments.archive_passphrase_file:
        session.tell(archive_words.encrypted_hint())
        session.tell(_("Choose a passphrase for the archive."))
        secret = _archive_passphrase(session, arguments.archive_passphrase_file, new=True)
    else:
        session.tell(archive_words.unencrypted_warning())
    file = Path(arguments.file).expanduser()
    report = session.unlocking(lambda key: session.house.taking.export(session.home, key, file, secret))
    count = sum(report.counts.values())
    told = ngettext(
        "Written and read back: {file} ({count} record)", "Written and read back: {file} ({count} records)", count
    )
    return Result(shape={"archive": _shape(report)}, lines=(told.format(file=report.file, count=count),))


def bring_in(session: Session, arguments: argparse.Namespace) -> Result:
    """Make a vault of an archive, under a new passphrase."""
    if session.house.exists(session.home) and not arguments.set_aside:
        raise VaultTrouble("vault-exists")
    file, taking = Path(arguments.file).expanduser(), session.house.taking
    secret = None
    if taking.is_encrypted(file):
        session.tell(_("The archive is encrypted. Its own passphrase comes first."))
        secret = _archive_passphrase(session, arguments.archive_passphrase_file, new=False)
    session.tell(_("Choose a passphrase for your vault here."))
    passphrase = session.passphrase(new=True)
    report = taking.bring_in(session.home, passphrase, file, secret, set_aside=arguments.set_aside)
    lines = [_("Everything is back as it was on {moment}.").format(moment=values.instant(report.made))]
    if report.aside is not None:
        lines.append(_("What stood there before is kept in {folder}").format(folder=report.aside))
    lines.append(_("Use it here from now on, not where it came from: two vaults in use would contradict each other."))
    return Result(shape={"archive": _shape(report)}, lines=tuple(lines))


def wipe(session: Session, arguments: argparse.Namespace) -> Result:
    """Remove the vault from this computer, once the person has said so in so many words."""
    for sentence in archive_words.what_a_wipe_does():
        session.tell(sentence)
    if not arguments.yes_wipe_everything:
        _ask(session)
    report = session.house.taking.wipe(session.home, backups=arguments.with_backups)
    lines = [_("Your vault is gone from {home}").format(home=session.home)]
    if report.backups_kept:
        kept = ngettext("{count} backup is still there.", "{count} backups are still there.", report.backups_kept)
        lines.append(kept.format(count=report.backups_kept))
    if report.left:
        names = ", ".join(path.name for path in report.left)
        lines.append(_("Left alone, for it is not ours: {names}").format(names=names))
    if report.keyring_left:
        lines.append(_("Your computer's keyring did not answer; an entry that opens nothing any more may be left."))
    shape = {
        "vault": {
            "id": str(session.home),
            "state": "wiped",
            "removed": report.removed,
            "backups_kept": report.backups_kept,
            "left": [str(path) for path in report.left],
            "keyring_left": report.keyring_left,
        }
    }
    return Result(shape=shape, lines=tuple(lines))


def _ask(session: Session) -> None:
    if not at_terminal():
        raise VaultTrouble("not-confirmed")
    session.tell(_("Type the word {word} to go on.").format(word=archive_words.WIPE))
    try:
        typed = input("> ")
    except EOFError as error:
        raise VaultTrouble("not-confirmed") from error
    if typed.strip() != archive_words.WIPE:
        raise VaultTrouble("not-confirmed")


def _archive_passphrase(session: Session, file: str | None, *, new: bool) -> str:
    path = None if file is None else Path(file).expanduser()
    try:
        return replace(session, passphrase_path=path).passphrase(new=new)
    except VaultTrouble as error:
        if error.code == "no-passphrase":
            raise VaultTrouble("no-archive-passphrase", str(error)) from error
        raise


def _shape(report: ArchiveReport) -> shapes.Shape:
    return {
        "id": str(report.file),
        "made": shapes.instant(report.made),
        "counts": dict(report.counts),
        "encrypted": report.encrypted,
        "aside": str(report.aside) if report.aside else None,
    }
