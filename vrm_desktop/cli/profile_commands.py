"""`vrm profile import|show|set`: what the person keeps about themselves. No plan is made here."""

import argparse
from pathlib import Path

from vrm_desktop.cli import shapes
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.profile import FieldPath, ProfileField, ShareDefault
from vrm_desktop.formats.errors import FileUnreadable
from vrm_desktop.formats.vcard import read_vcard
from vrm_desktop.services import keep_profile
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.labels import field_label

LARGEST_CARD = 1024 * 1024


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    take = verbs.add_parser("import", help=_("take over a vCard"))
    take.add_argument("file", metavar="FILE")
    take.set_defaults(work=import_card)
    verbs.add_parser("show", help=_("show your profile")).set_defaults(work=show)
    put = verbs.add_parser("set", help=_("set one field"))
    put.add_argument("field", choices=[path.value for path in FieldPath], metavar="FIELD")
    put.add_argument("value", metavar="VALUE")
    put.add_argument("--share", choices=[share.value for share in ShareDefault], help=_("may plans use it?"))
    put.set_defaults(work=set_field)


def read_file(path: str, most: int) -> bytes:
    """The bytes of a file named on the command line, at most `most` of them.

    Raises:
        FileUnreadable: it is not there, too large, or cannot be read.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise FileUnreadable(f"{path}: {error.strerror or error}") from error
    if len(data) > most:
        raise FileUnreadable(f"{path} is larger than {most} bytes")
    return data


async def import_card(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Keep the fields of a vCard."""
    card = read_vcard(read_file(arguments.file, LARGEST_CARD))
    entries = tuple((one.path, one.value, one.contexts, one.preferred) for one in card.fields)
    new = await keep_profile.take_over(home.means, entries, source="import:vcard")
    fields = await keep_profile.profile(home.means)
    told = ngettext("{new} new field in your profile.", "{new} new fields in your profile.", new).format(new=new)
    left = tuple(_("Left out: {what}").format(what=what) for what in card.left_out)
    shape = {"imported": new, "fields": [shapes.field(one) for one in fields], "left_out": list(card.left_out)}
    return Result(shape=shape, lines=(told, *left))


def _line(field: ProfileField) -> str:
    return f"{field_label(field.path):<16} {field.value}"


async def show(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """Show the profile."""
    fields = await keep_profile.profile(home.means)
    lines = tuple(_line(one) for one in fields) or (_("Your profile is empty. Import a vCard or set a field."),)
    return Result(shape={"fields": [shapes.field(one) for one in fields]}, lines=lines)


async def set_field(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Set one field."""
    share = ShareDefault(arguments.share) if arguments.share else None
    field = await keep_profile.set_field(home.means, FieldPath(arguments.field), arguments.value, share)
    return Result(shape={"field": shapes.field(field)}, lines=(_line(field),))
