"""`vrm letter`: letters of any kind: looked at, changed, handed out, told to have gone."""

import argparse
import asyncio
import os
from dataclasses import replace
from pathlib import Path

from vrm_desktop.cli import rights_shapes as shapes
from vrm_desktop.cli.argument_types import day
from vrm_desktop.cli.profile_commands import read_file
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.letter import Letter
from vrm_desktop.formats.errors import FileThere, FileUnreadable
from vrm_desktop.formats.letter_files import LetterForm, letter_file
from vrm_desktop.formats.letter_text import mail_link
from vrm_desktop.resources_folder import resources_folder
from vrm_desktop.services import letter_folders, letters_of_rights, write_letters
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording.catalogue import CATALOGUE, _

_PRIVATE = 0o600
_LARGEST_BODY = 80_000


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    listed = verbs.add_parser("list", help=_("all letters, the newest first"))
    listed.add_argument("--to", metavar="ID", help=_("only to this counterparty"))
    listed.set_defaults(work=list_all)
    show = verbs.add_parser("show", help=_("one letter"))
    show.add_argument("id", metavar="ID")
    show.add_argument("--in", metavar="LANG", dest="language", help=_("what it says, in another language"))
    show.set_defaults(work=show_one)
    edit = verbs.add_parser("edit", help=_("change a draft"))
    edit.add_argument("id", metavar="ID")
    edit.add_argument("--subject")
    edit.add_argument("--body-file", metavar="FILE", help=_("the text in this file"))
    edit.set_defaults(work=edit_one)
    export = verbs.add_parser("export", help=_("hand a letter out; what it tells is in the ledger then"))
    export.add_argument("id", metavar="ID")
    export.add_argument("--as", choices=list(LetterForm), type=LetterForm, default=LetterForm.PDF, dest="form")
    export.add_argument("file", metavar="FILE")
    export.set_defaults(work=export_one)
    link = verbs.add_parser("link", help=_("hand a letter out as a link for your mail program"))
    link.add_argument("id", metavar="ID")
    link.set_defaults(work=link_one)
    sent = verbs.add_parser("sent", help=_("say that you sent it"))
    sent.add_argument("id", metavar="ID")
    sent.add_argument("--on", type=day, metavar="DAY")
    sent.set_defaults(work=sent_one)
    drop = verbs.add_parser("drop", help=_("say that you will not send it"))
    drop.add_argument("id", metavar="ID")
    drop.set_defaults(work=drop_one)
    folder = verbs.add_parser("templates", help=_("which templates there are; use a folder of your own"))
    folder.add_argument("--folder", metavar="DIR", help=_("use the templates in this folder before ours"))
    folder.add_argument("--ours", action="store_true", help=_("use ours alone"))
    folder.set_defaults(work=templates)


async def list_all(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """All letters."""
    found = await write_letters.letters(home.means, VendorId(arguments.to) if arguments.to else None)
    lines = tuple(shapes.letter_line(one) for one in found)
    return Result(shape={"letters": [shapes.letter(one) for one in found]}, lines=lines or (_("No letters yet."),))


async def show_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """One letter, perhaps in another language beside it."""
    found = await write_letters.letter(home.means, arguments.id)
    shape = shapes.letter(found)
    body = found.body
    if arguments.language:
        shelves = await letter_folders.shelves(home.means, CATALOGUE.locale)
        other = await letters_of_rights.in_language(home.means, arguments.id, arguments.language, shelves)
        shape["other"] = {"language": other.language, "subject": other.subject, "body": other.body}
        body = other.body
    lines = (shapes.letter_line(found), "", *found.to, "", body)
    return Result(shape={"letter": shape}, lines=lines)


async def edit_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Change a draft."""
    found = await write_letters.letter(home.means, arguments.id)
    body = found.body
    if arguments.body_file:
        data = await asyncio.to_thread(read_file, arguments.body_file, _LARGEST_BODY)
        try:
            body = data.decode("utf-8").strip()
        except UnicodeDecodeError as error:
            raise FileUnreadable(arguments.body_file) from error
    changed = replace(found, subject=arguments.subject or found.subject, body=body)
    return _shown(await write_letters.save(home.means, changed))


def _shown(one: Letter) -> Result:
    return Result(shape={"letter": shapes.letter(one)}, lines=(shapes.letter_line(one),))


async def export_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Hand a letter out as a new file that only this person reads."""
    form: LetterForm = arguments.form
    file = await asyncio.to_thread(Path(arguments.file).expanduser)
    if await asyncio.to_thread(file.exists):
        raise FileThere(str(file))
    fonts = resources_folder() / "fonts"
    draft = await write_letters.letter(home.means, arguments.id)
    await asyncio.to_thread(letter_file, draft.handed_out(), form, fonts=fonts)  # what cannot be made leaves no trace
    out = await write_letters.hand_out(home.means, arguments.id)
    await asyncio.to_thread(_write, file, await asyncio.to_thread(letter_file, out, form, fonts=fonts))
    return Result(shape={"letter": shapes.letter(out), "file": str(file)}, lines=(shapes.letter_line(out), str(file)))


def _write(file: Path, data: bytes) -> None:
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "wb") as out:
            out.write(data)
    except OSError as error:
        raise FileUnreadable(str(error)) from error


async def link_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Hand a letter out as a link that opens the mail program; null where it is too long for one."""
    draft = await write_letters.letter(home.means, arguments.id)
    if mail_link(draft.handed_out()) is None:
        too_long = _("This letter is too long for a link; export it as eml.")
        return Result(shape={"letter": shapes.letter(draft), "link": None}, lines=(too_long,), status=1)
    out = await write_letters.hand_out(home.means, arguments.id)
    link = mail_link(out)
    return Result(shape={"letter": shapes.letter(out), "link": link}, lines=(link or "",))


async def sent_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """The person says that it went."""
    await write_letters.sent(home.means, arguments.id, arguments.on)
    return _shown(await write_letters.letter(home.means, arguments.id))


async def drop_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """The person says that it will not be sent."""
    await write_letters.drop(home.means, arguments.id)
    return _shown(await write_letters.letter(home.means, arguments.id))


async def templates(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Which templates there are, after naming a folder if one is named."""
    unreadable: tuple[str, ...] = ()
    if arguments.folder or arguments.ours:
        path = None if arguments.ours else await asyncio.to_thread(Path(arguments.folder).expanduser)
        unreadable = (await letter_folders.name_folder(home.means, path)).unreadable
    folder = await letter_folders.folder(home.means)
    found = await letter_folders.shelves(home.means, CATALOGUE.locale)
    names = {one: sorted({*found.own.names(one), *found.named.names(one)}) for one in found.languages}
    shape = {"folder": str(folder) if folder else None, "languages": names, "unreadable": list(unreadable)}
    lines = [f"{language}: {', '.join(there)}" for language, there in names.items()]
    lines += [_("No template, so left out: {file}").format(file=one) for one in unreadable]
    return Result(shape={"templates": shape}, lines=tuple(lines))
