"""`vrm mail account` and `vrm mail folders`: the person's own mail account. Its password is never an argument."""

import argparse
import asyncio
from dataclasses import replace
from pathlib import Path

from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.mail_account import READING_PORTS, SENDING_PORTS, MailAccount, MailBox, MailSecurity
from vrm_desktop.formats.errors import FileUnreadable
from vrm_desktop.services import mail_account
from vrm_desktop.services.errors import NotPossibleNow, VaultTrouble
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.mail_words import security_label

_PORTS = {"smtp": SENDING_PORTS, "imap": READING_PORTS}
_LONGEST_PASSWORD = 1000


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The verbs about the account."""
    account = verbs.add_parser("account", help=_("your mail account, for sending and for reading answers"))
    acts = account.add_subparsers(dest="act", required=True, metavar="ACT")
    acts.add_parser("show", help=_("the account, without its password")).set_defaults(work=show)
    put = acts.add_parser("set", help=_("set it; what you do not name stays as it is"))
    put.add_argument("--address", metavar="ADDRESS", help=_("your own mail address"))
    put.add_argument("--smtp", metavar="HOST[:PORT]", help=_("where mail is sent from; - for your own mail program"))
    put.add_argument("--imap", metavar="HOST[:PORT]", help=_("where answers are read; - for nowhere"))
    for name in ("smtp", "imap"):
        put.add_argument(f"--{name}-security", choices=list(MailSecurity), type=MailSecurity, default=None)
    put.add_argument("--user", metavar="NAME", help=_("who signs in, if it is not the address"))
    put.add_argument("--password-file", metavar="FILE", help=_("the password; you are asked if you name no file"))
    put.add_argument("--no-password", action="store_true", help=_("nobody signs in"))
    put.add_argument("--folder", metavar="NAME", help=_("the one folder in which answers are looked for"))
    put.add_argument("--from", choices=("alias", "account"), dest="from_", help=_("whose address stands in From"))
    put.add_argument("--sign", choices=("yes", "no"), help=_("sign requests with the name in your profile"))
    put.set_defaults(work=set_account)
    acts.add_parser("try", help=_("sign in, and send nothing")).set_defaults(work=try_account)
    acts.add_parser("forget", help=_("forget the account and its password")).set_defaults(work=forget)
    verbs.add_parser("folders", help=_("the folders of your mailbox")).set_defaults(work=folders)


def shape(one: MailAccount | None) -> dict[str, object] | None:
    """The account as JSON, without any password."""
    if one is None:
        return None

    def box(place: MailBox | None) -> dict[str, object] | None:
        if place is None:
            return None
        return {
            "host": place.host,
            "port": place.port,
            "security": place.security.value,
            "user": place.user or None,
            "password": bool(place.password),
        }

    return {
        "address": one.address,
        "smtp": box(one.sends),
        "imap": box(one.reads),
        "folder": one.folder,
        "from": "alias" if one.as_alias else "account",
        "signs": one.signs,
    }


def _lines(one: MailAccount | None) -> tuple[str, ...]:
    if one is None:
        return (_("No mail account; requests become drafts for your own mail program."),)

    def box(place: MailBox | None, none: str) -> str:
        return f"{place.host}:{place.port}, {security_label(place.security)}" if place is not None else none

    alias = _("written as from an address of their own, where there is one")
    return (
        one.address,
        _("sends by: {where}").format(where=box(one.sends, _("your own mail program"))),
        _("reads answers at: {where}").format(where=box(one.reads, _("nowhere"))),
        _("folder: {name}").format(name=one.folder),
        alias if one.as_alias else _("written from your account; answers come to an address of their own"),
        _("signed with your name") if one.signs else _("not signed with your name"),
    )


def _shown(one: MailAccount | None) -> Result:
    return Result(shape={"account": shape(one)}, lines=_lines(one))


async def show(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """The account."""
    return _shown(await mail_account.account(home.means))


async def set_account(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Set the account, from what there was."""
    before = await mail_account.account(home.means)
    address = arguments.address or (before.address if before is not None else "")
    account = before or MailAccount(address=address)
    account = replace(account, address=address)
    sends, reads = _box(arguments, "smtp", account.sends), _box(arguments, "imap", account.reads)
    known = next((one for one in (account.sends, account.reads) if one is not None), None)
    user, password = (known.user, known.password) if known is not None else (address, "")
    user = arguments.user or user or address
    if arguments.no_password:
        user, password = "", ""
    elif (sends is not None or reads is not None) and (arguments.password_file or arguments.user or not password):
        password = await asyncio.to_thread(_password, session, arguments.password_file)
    chosen = replace(
        account,
        sends=replace(sends, user=user, password=password) if sends is not None else None,
        reads=replace(reads, user=user, password=password) if reads is not None else None,
        folder=arguments.folder or account.folder,
        as_alias=arguments.from_ != "account" if arguments.from_ else account.as_alias,
        signs=arguments.sign == "yes" if arguments.sign else account.signs,
    )
    await mail_account.set_account(home.means, chosen)
    return _shown(chosen)


async def try_account(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """Sign in, and send nothing."""
    tried = await mail_account.try_account(home.means)
    lines = [_("Mail can be sent.")] if tried.sends else []
    lines += [_("Folders: {names}").format(names=", ".join(tried.folders))] if tried.folders else []
    made = {"sends": tried.sends, "folders": list(tried.folders)}
    return Result(shape={"tried": made}, lines=tuple(lines) or (_("There is nowhere to sign in."),))


async def forget(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """Forget it."""
    await mail_account.forget_account(home.means)
    return _shown(None)


async def folders(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """The folders."""
    found = await mail_account.account(home.means)
    if found is None or found.reads is None:
        raise NotPossibleNow("no mail account is read")
    names = await mail_account.post(home.means).folders(found.reads)
    lines = tuple(f"{'* ' if name == found.folder else '  '}{name}" for name in names)
    return Result(shape={"folders": list(names), "chosen": found.folder}, lines=lines)


def _box(arguments: argparse.Namespace, name: str, before: MailBox | None) -> MailBox | None:
    place: str | None = getattr(arguments, name)
    said: str | None = getattr(arguments, f"{name}_security")
    wished = MailSecurity(said) if said is not None else None
    if place == "-":
        return None
    if place is None:
        return replace(before, security=wished) if before is not None and wished is not None else before
    security = wished or MailSecurity.TLS
    host, _colon, port = place.rpartition(":") if place.count(":") == 1 else (place, "", "")
    number = (
        int(port) if port.isascii() and port.isdigit() and len(port) <= 5 else 0 if port else _PORTS[name][security]
    )
    return MailBox(host=host or place, port=number, security=security)


def _password(session: Session, file: str | None) -> str:
    if file is None:
        return session.answer(_("Password of the mail account: "), _nobody_to_ask)
    try:
        with Path(file).expanduser().open("rb") as opened:
            data = opened.read(_LONGEST_PASSWORD + 2)
        return data.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise FileUnreadable(file) from error


def _nobody_to_ask(detail: str) -> VaultTrouble:
    return VaultTrouble("no-mail-password", detail)
