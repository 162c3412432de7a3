"""`vrm vault recovery-code|keyring|ways`: the ways into a vault which nobody has open, beside its passphrase."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from vrm_desktop.cli import shapes
from vrm_desktop.cli.session import Result, Session, at_terminal
from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.ways_in import Key, NewRecoveryCode, WayKind
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.ways import way_label

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - argparse has no public name for it


def add_to(verbs: "Verbs") -> None:
    """These verbs of the vault."""
    code = verbs.add_parser("recovery-code", help=_("make a recovery code, or replace it"))
    how = code.add_mutually_exclusive_group()
    how.add_argument("--into", metavar="FILE", help=_("write it into a new file instead of showing it"))
    how.add_argument("--yes", action="store_true", help=_("print it, and do not ask for a part of it"))
    how.add_argument("--remove", action="store_true", help=_("let the recovery code open your vault no more"))
    code.set_defaults(plain=recovery_code)
    keyring = verbs.add_parser("keyring", help=_("let this computer's keyring open your vault, or no more"))
    keyring.add_argument("state", choices=("on", "off"), metavar="on|off")
    keyring.set_defaults(plain=switch_keyring)
    verbs.add_parser("ways", help=_("the ways into your vault")).set_defaults(plain=ways)


def recovery_code(session: Session, arguments: argparse.Namespace) -> Result:
    """Draw a code, show it once, have a part of it typed back, and only then set it."""
    session.look_for_vault()
    if not (arguments.into or arguments.yes or arguments.remove or at_terminal()):
        raise VaultTrouble("no-terminal-for-code")
    if arguments.remove and all(one.kind is not WayKind.RECOVERY for one in session.house.ways(session.home)):
        return _result(session, "recovery-code-removed", _("No recovery code opens your vault."))
    passphrase = session.passphrase()
    if arguments.remove:
        session.house.remove_recovery_code(session.home, passphrase)
        return _result(session, "recovery-code-removed", _("The recovery code does not open your vault any more."))
    code = session.house.draw_recovery_code()
    if arguments.into:
        file = Path(arguments.into).expanduser().absolute()
        typed_back = _kept(code, file)
        try:
            session.house.set_recovery_code(session.home, code, typed_back, passphrase)
        except VaultTrouble:
            file.unlink(missing_ok=True)  # a sheet with a code that opens nothing would mislead one day
            raise
        told = _("The recovery code in {file} opens your vault now; keep it apart from this computer.")
        return _result(session, "recovery-code-set", told.format(file=file))
    if arguments.yes:
        session.house.set_recovery_code(session.home, code, code.text, passphrase)
        told = _("This recovery code opens your vault now; write it down: {code}")
        return _result(session, "recovery-code-set", told.format(code=code.text), code=code.text)
    session.house.set_recovery_code(session.home, code, _asked(session, code), passphrase)
    return _result(session, "recovery-code-set", _("The recovery code opens your vault now."))


def switch_keyring(session: Session, arguments: argparse.Namespace) -> Result:
    """Let the keyring open the vault, or no more."""
    session.look_for_vault()
    if arguments.state == "on":
        session.house.keyring_on(session.home, session.passphrase())
        told = _("This computer's keyring opens your vault now, for whatever runs under your name while you are in.")
        return _result(session, "keyring-on", told)
    if all(one.kind is not WayKind.KEYRING for one in session.house.ways(session.home)):
        return _result(session, "keyring-off", _("The keyring does not open your vault."))
    proof: Key = session.typed_code() if session.code_path or session.asks_code else session.passphrase()
    if not session.house.keyring_off(session.home, proof):
        session.tell(_("The keyring does not answer, so its entry is still there; it opens older backups only."))
    return _result(session, "keyring-off", _("The keyring does not open your vault any more."))


def ways(session: Session, _arguments: argparse.Namespace) -> Result:
    """The ways in, and when each was made; needs none of them."""
    session.look_for_vault()
    found = session.house.ways(session.home)
    shape = {"ways": [{"id": one.kind.value, "made": shapes.instant(one.made)} for one in found]}
    return Result(shape=shape, lines=tuple(f"{way_label(one.kind)}: {values.instant(one.made)}" for one in found))


def _result(session: Session, state: str, line: str, *, code: str | None = None) -> Result:
    found = [one.kind.value for one in session.house.ways(session.home)]
    vault: dict[str, object] = {"id": str(session.home), "state": state, "ways": found}
    if state == "recovery-code-set":
        vault["recovery-code"] = code
    keyring = WayKind.KEYRING.value in found
    return Result(shape={"vault": {**vault, "keyring": keyring}}, lines=(line,))


def _asked(session: Session, code: NewRecoveryCode) -> str:
    """Show the code on standard error, once, and ask for the groups that confirm it was written down."""
    session.tell(_("Write this down and keep it apart from this computer; it is shown this once:"))
    session.tell("")
    for number, group in enumerate(code.groups, start=1):
        session.tell(f"  {number}  {group}")
    session.tell("")
    numbers = ", ".join(str(number) for number in code.asked)
    return session.answer(
        _("Type back the groups {numbers}: ").format(numbers=numbers),
        lambda detail: VaultTrouble("recovery-code-not-repeated", detail),
    )


def _kept(code: NewRecoveryCode, file: Path) -> str:
    """Write the code into a new file that only its owner reads, and read it back: that confirms it."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as sheet:
            sheet.write(code.text.encode("ascii") + b"\n")
            sheet.flush()
            os.fsync(sheet.fileno())
        return file.read_text(encoding="ascii")
    except FileExistsError as error:
        raise VaultTrouble("file-exists", str(file)) from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise VaultTrouble("folder-missing", str(file)) from error
