"""`vrm mail`: asking by mail, and the mails that answer. The account's verbs are in mail_account_commands."""

import argparse
import asyncio
from pathlib import Path

from vrm_desktop.cli import mail_account_commands, mail_offer_commands, shapes
from vrm_desktop.cli.new_file import write_new
from vrm_desktop.cli.session import PARTLY, Result, Session
from vrm_desktop.domain.ids import IntentcastId, VendorId
from vrm_desktop.domain.mail import MailIn
from vrm_desktop.domain.ways import Way
from vrm_desktop.formats.errors import FileThere, FileUnreadable, FormatError
from vrm_desktop.formats.mail_parts import LARGEST_MAIL
from vrm_desktop.services import ask_by_mail, choose_vendors, keep_documents, read_mail
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import command_advice
from vrm_desktop.wording.mail_words import doubt_label, match_label


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    mail_account_commands.add_to(verbs)
    preview = verbs.add_parser("preview", help=_("the mail that would ask somebody, and all that it tells"))
    preview.add_argument("want", metavar="INTENTCAST")
    preview.add_argument("vendor", metavar="VENDOR")
    preview.set_defaults(work=preview_one)
    draft = verbs.add_parser("draft", help=_("hand a drafted request out as an .eml file for your mail program"))
    draft.add_argument("id", metavar="LETTER")
    draft.add_argument("file", metavar="FILE")
    draft.set_defaults(work=draft_one)
    read = verbs.add_parser("read", help=_("take in mails that you saved as .eml files"))
    read.add_argument("files", nargs="+", metavar="FILE")
    read.add_argument("--from", dest="vendor", metavar="VENDOR", help=_("whose they are, if it is not clear"))
    read.set_defaults(work=read_files)
    fetch = verbs.add_parser("fetch", help=_("look for answers in the folder of your account, now"))
    fetch.set_defaults(work=fetch_now)
    listed = verbs.add_parser("list", help=_("the mails that were taken in, the newest first"))
    listed.add_argument("--from", dest="vendor", metavar="VENDOR", help=_("only those of this counterparty"))
    listed.set_defaults(work=list_all)
    show = verbs.add_parser("show", help=_("one mail: its text, and what to know before believing it"))
    show.add_argument("id", metavar="ID")
    show.set_defaults(work=show_one)
    save = verbs.add_parser("save", help=_("copy a mail out as it came, with its attachments"))
    save.add_argument("id", metavar="ID")
    save.add_argument("file", metavar="FILE")
    save.set_defaults(work=save_one)
    assign = verbs.add_parser("assign", help=_("say whose mail it is"))
    assign.add_argument("id", metavar="ID")
    assign.add_argument("vendor", metavar="VENDOR")
    assign.set_defaults(work=assign_one)
    discard = verbs.add_parser("discard", help=_("let go of a mail"))
    discard.add_argument("id", metavar="ID")
    discard.set_defaults(work=discard_one)
    mail_offer_commands.add_to(verbs)


def shape(one: MailIn, *, whole: bool = False) -> shapes.Shape:
    """A mail as JSON; its text only if it is `whole`."""
    made: shapes.Shape = {
        "id": one.id,
        "vendor": one.vendor,
        "relationship": one.relationship,
        "intentcast": one.intentcast,
        "taken_in": shapes.instant(one.at),
        "dated": shapes.instant(one.dated) if one.dated is not None else None,
        "from": one.sender or None,
        "from_name": one.sender_name or None,
        "answers_go_to": one.answers_go_to or None,
        "subject": one.subject,
        "match": one.match.value,
        "doubts": [doubt.value for doubt in one.doubts],
        "attachments": [{"name": part.name, "media": part.media, "size": part.size} for part in one.parts],
    }
    if not whole:
        return made
    return {
        **made,
        "to": list(one.to),
        "message_id": one.message_id or None,
        "from_html": one.from_html,
        "hidden": one.hidden,
        "links": list(one.links),
        "authentication": list(one.authentication),
        "text": one.text,
        "document": one.attachment,
    }


def line(one: MailIn) -> str:
    """A mail in one line."""
    return f"{one.id}  {one.sender or one.sender_name or '?'}  {one.subject}  ({match_label(one.match)})"


def _lines(one: MailIn) -> tuple[str, ...]:
    parts = [_("Attached: {name} ({size} bytes)").format(name=part.name or "?", size=part.size) for part in one.parts]
    links = [_("Links to: {address}").format(address=address) for address in one.links]
    doubts = [f"! {doubt_label(doubt)}" for doubt in one.doubts]
    said = _("Its headers say: {results}").format(results=", ".join(one.authentication))
    return (line(one), *doubts, *([said] if one.authentication else []), "", one.text, "", *parts, *links)


async def preview_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """What would leave, exactly."""
    vendor = VendorId(arguments.vendor)
    view = await choose_vendors.plan(home.means, IntentcastId(arguments.want), (vendor,), {vendor: Way.MAIL})
    plan = view.plan.of(vendor)
    tells = [{"name": field.name, "value": field.value, "until": field.until.isoformat()} for field in plan.reveal]
    return Result(shape={"mail": {"text": plan.body, "tells": tells}}, lines=(plan.body,))


async def draft_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Hand a draft out, as a file and as a link."""
    file = await asyncio.to_thread(_free, arguments.file)
    out = await ask_by_mail.hand_out(home.means, arguments.id)
    await asyncio.to_thread(write_new, str(file), out.eml)
    sent = _("Send it with your mail program, then say so: vrm letter sent {id}").format(id=out.letter.id)
    made = {"letter": out.letter.id, "file": str(file), "link": out.link}
    return Result(shape={"draft": made}, lines=(str(file), *((out.link,) if out.link else ()), sent))


async def read_files(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Take mails in, each by itself; those that are none do not hold up the others."""
    vendor = VendorId(arguments.vendor) if arguments.vendor else None
    taken: list[shapes.Shape] = []
    refused: list[shapes.Shape] = []
    lines: list[str] = []
    for name in arguments.files:
        try:
            data = await asyncio.to_thread(_read, Path(name))
            found = await read_mail.take_in(home.means, data, vendor=vendor)
        except FormatError as error:
            refused.append({"file": name, "code": error.code})
            lines.append(f"{name}: {command_advice(error.code).sentence}")
            continue
        taken.append({**shape(found.mail), "new": found.is_new})
        lines.append(line(found.mail) if found.is_new else _("{mail}: was here already").format(mail=found.mail.id))
        lines += [f"! {doubt_label(doubt)}" for doubt in found.mail.doubts]
    status = 0 if not refused else PARTLY if taken else 1
    return Result(shape={"mails": taken, "refused": refused}, lines=tuple(lines), status=status)


async def fetch_now(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """Look into the folder."""
    looked = await read_mail.fetch(home.means)
    lines = [line(one) for one in looked.mails] or [_("No new answers.")]
    if looked.too_large:
        lines.append(_("Too large, so left there: {count}").format(count=looked.too_large))
    if looked.more:
        lines.append(_("There is more to look at; run it again."))
    made = {
        "mails": [shape(one) for one in looked.mails],
        "looked_at": looked.heads,
        "too_large": looked.too_large,
        "more": looked.more,
    }
    return Result(shape=made, lines=tuple(lines))


async def list_all(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """All mails."""
    found = await read_mail.mails(home.means, VendorId(arguments.vendor) if arguments.vendor else None)
    lines = tuple(line(one) for one in found) or (_("No mails were taken in."),)
    return Result(shape={"mails": [shape(one) for one in found]}, lines=lines)


async def show_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """One mail."""
    found = await read_mail.mail(home.means, arguments.id)
    return Result(shape={"mail": shape(found, whole=True)}, lines=_lines(found))


async def save_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """A mail's bytes as a new file."""
    file = await asyncio.to_thread(_free, arguments.file)
    found = await read_mail.mail(home.means, arguments.id)
    _attachment, data = await keep_documents.document(home.means, found.attachment)
    await asyncio.to_thread(write_new, str(file), data)
    return Result(shape={"mail": found.id, "file": str(file)}, lines=(str(file),))


async def assign_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Say whose it is."""
    found = await read_mail.belongs_to(home.means, arguments.id, VendorId(arguments.vendor))
    return Result(shape={"mail": shape(found)}, lines=(line(found),))


async def discard_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Let go of it."""
    await read_mail.drop(home.means, arguments.id)
    return Result(shape={"discarded": arguments.id}, lines=(_("Let go of."),))


def _read(file: Path) -> bytes:
    try:
        with file.expanduser().open("rb") as opened:
            return opened.read(LARGEST_MAIL + 1)
    except OSError as error:
        raise FileUnreadable(str(error)) from error


def _free(name: str) -> Path:
    file = Path(name).expanduser()
    if file.exists():
        raise FileThere(str(file))
    return file
