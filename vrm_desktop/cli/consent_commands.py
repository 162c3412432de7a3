"""`vrm consent list|show|renew|withdraw|export|import`: what rests on consent alone."""

import argparse
import asyncio
from pathlib import Path

from vrm_desktop.cli import data_shapes
from vrm_desktop.cli.following import has_left, say
from vrm_desktop.cli.profile_commands import read_file
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.formats.consent_parts import LARGEST
from vrm_desktop.formats.errors import FileThere, FileUnreadable
from vrm_desktop.services import carry_consents, keep_consents, renew_consents
from vrm_desktop.services.carry_consents import ConsentForm
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.wish_words import consent_word_label


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    listed = verbs.add_parser("list", help=_("all records, the newest first"))
    listed.add_argument("--vendor", metavar="ID")
    listed.set_defaults(work=list_all)
    shown = verbs.add_parser("show", help=_("one record with everything that happened to it"))
    withdrawn = verbs.add_parser("withdraw", help=_("take it back, here at once"))
    renewed = verbs.add_parser("renew", help=_("give the same once more, for as long as before"))
    exported = verbs.add_parser("export", help=_("write it as a document"))
    for command, work in ((shown, show_one), (renewed, renew_one), (withdrawn, withdraw_one), (exported, export_one)):
        command.add_argument("id", metavar="CONSENT")
        command.set_defaults(work=work)
    withdrawn.add_argument(
        "--field", action="append", default=[], metavar="NAME", help=_("only this field; may be repeated")
    )
    exported.add_argument("file", metavar="FILE", help=_("a file that is not there yet"))
    exported.add_argument("--form", default="record", choices=[one.value for one in ConsentForm])
    imported = verbs.add_parser("import", help=_("keep a receipt that somebody gave you"))
    imported.add_argument("file", metavar="FILE")
    imported.add_argument("--vendor", metavar="ID", help=_("whose it is, where its name does not say so"))
    imported.set_defaults(work=import_one)


async def list_all(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """All records."""
    vendor = VendorId(arguments.vendor) if arguments.vendor else None
    found = await keep_consents.consents(home.means, vendor)
    lines = tuple(data_shapes.consent_line(one) for one in found) or (_("Nothing rests on your consent."),)
    return Result(shape={"consents": [data_shapes.consent(one) for one in found]}, lines=lines)


async def show_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """One record."""
    view = await keep_consents.consent(home.means, arguments.id)
    again = (await renew_consents.renewals(home.means)).get(arguments.id)
    until = again.until if again is not None else None
    events = (f"    {values.instant(one.at)}  {consent_word_label(one.word)}" for one in view.consent.events)
    shape = {**data_shapes.consent(view), "renewable_until": until.isoformat() if until is not None else None}
    hint = (_("It can be renewed until {day}.").format(day=values.day(until)),) if until is not None else ()
    return Result(shape={"consent": shape}, lines=(data_shapes.consent_line(view), *events, *hint))


async def renew_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Give it once more."""
    owner = (await keep_consents.consent(home.means, arguments.id)).consent.relationship

    async def saying() -> None:
        await renew_consents.renew(home.means, arguments.id)

    followed = await say(home, owner, saying, has_left)
    followed.tell(session)
    view = await keep_consents.consent(home.means, arguments.id)
    shape = {"consent": data_shapes.consent(view)}
    return Result(shape=shape, lines=(data_shapes.consent_line(view),), status=followed.status)


async def withdraw_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Take it back."""
    owner = (await keep_consents.consent(home.means, arguments.id)).consent.relationship

    async def saying() -> None:
        await keep_consents.withdraw(home.means, arguments.id, arguments.field)

    followed = await say(home, owner, saying, has_left)
    followed.tell(session)
    view = await keep_consents.consent(home.means, arguments.id)
    shape = {"consent": data_shapes.consent(view)}
    return Result(shape=shape, lines=(data_shapes.consent_line(view),), status=followed.status)


async def export_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Write a record as a document."""
    data = await carry_consents.carry_out(home.means, arguments.id, ConsentForm(arguments.form))
    await asyncio.to_thread(_write, Path(arguments.file), data)
    shape = {"consent": {"id": arguments.id, "form": arguments.form, "file": arguments.file, "bytes": len(data)}}
    return Result(shape=shape, lines=(_("Written: {file}").format(file=arguments.file),))


async def import_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Keep a receipt."""
    vendor = VendorId(arguments.vendor) if arguments.vendor else None
    kept, _changes = await carry_consents.bring_in(home.means, read_file(arguments.file, LARGEST), vendor)
    view = await keep_consents.consent(home.means, kept.id)
    return Result(shape={"consent": data_shapes.consent(view)}, lines=(data_shapes.consent_line(view),))


def _write(path: Path, data: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError as error:
        raise FileThere(str(path)) from error
    except OSError as error:
        raise FileUnreadable(f"{path}: {error.strerror or error}") from error
