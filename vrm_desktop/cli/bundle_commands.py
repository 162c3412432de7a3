"""`vrm bundle list|make|check`: proof of a conversation in one file, and checking such a file offline."""

import argparse
import asyncio
import os
from pathlib import Path

from vrm_desktop.cli import shapes
from vrm_desktop.cli.session import REFUSED, Result, Session
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.formats.bundle.checking import Checked, check_bundle
from vrm_desktop.formats.bundle.errors import BundleFalse
from vrm_desktop.formats.bundle.writing import LARGEST
from vrm_desktop.formats.errors import FileUnreadable
from vrm_desktop.services import make_bundle
from vrm_desktop.services.errors import NotPossibleNow
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.make_bundle import BundleValue, Choice
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import asked_value_label
from vrm_desktop.wording.bundle_words import finding_label, what_a_bundle_holds
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.labels import asked_field_label, terms_label

_PRIVATE = 0o600


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    listed = verbs.add_parser("list", help=_("what a proof would hold, and what you could show in it"))
    make = verbs.add_parser("make", help=_("write the proof of a relationship into FILE"))
    for command, work in ((listed, list_one), (make, make_one)):
        command.add_argument("id", metavar="RELATIONSHIP")
        command.set_defaults(work=work)
    make.add_argument("file", metavar="FILE")
    make.add_argument("--with", dest="names", nargs="+", default=[], metavar="FIELD", help=_("show these values"))
    make.add_argument("--all-values", action="store_true", help=_("show every value that you told"))
    make.add_argument("--letter", action="append", default=[], metavar="ID", help=_("put this letter in"))
    make.add_argument("--attachment", action="append", default=[], metavar="ID", help=_("put this document in"))
    check = verbs.add_parser("check", help=_("check such a file, without a network and without your vault"))
    check.add_argument("file", metavar="FILE")
    check.set_defaults(plain=check_one)


async def list_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """What there is to choose."""
    found = await make_bundle.choosable(home.means, RelationshipId(arguments.id))
    lines = [*what_a_bundle_holds()]
    lines += [f"    {one.name}  {_value(one)}" for one in found.values]
    lines += [f"    {one.id}  {one.subject}" for one in found.letters]
    lines += [f"    {one.id}  {one.name}" for one in found.attachments]
    shape = {
        "id": arguments.id,
        "messages": found.messages,
        "values": [_shape(one) for one in found.values],
        "erased": found.erased,
        "letters": [{"id": one.id, "subject": one.subject} for one in found.letters],
        "attachments": [{"id": one.id, "name": one.name, "bytes": one.size} for one in found.attachments],
    }
    return Result(shape={"bundle": shape}, lines=tuple(lines))


async def make_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Write a bundle into a new file that only this person can read."""
    file = await asyncio.to_thread(Path(arguments.file).expanduser)
    if await asyncio.to_thread(file.exists):
        raise NotPossibleNow("another file has this name")
    for sentence in what_a_bundle_holds():
        session.tell(sentence)
    choice = Choice(
        names=frozenset(arguments.names),
        all_values=arguments.all_values,
        letters=frozenset(arguments.letter),
        attachments=frozenset(arguments.attachment),
    )
    made = await make_bundle.make(home.means, RelationshipId(arguments.id), choice)
    await asyncio.to_thread(_write, file, made.data)
    told = ngettext("{count} message is proved in {file}.", "{count} messages are proved in {file}.", made.messages)
    lines = [told.format(count=made.messages, file=file)]
    lines += [_("It shows: {value}").format(value=_value(one)) for one in made.shown]
    if not made.shown:
        lines.append(_("It shows none of the values that you told."))
    shape = {"id": str(file), "messages": made.messages, "shown": [_shape(one) for one in made.shown]}
    return Result(shape={"bundle": shape}, lines=tuple(lines))


def check_one(_session: Session, arguments: argparse.Namespace) -> Result:
    """Check a file."""
    data = _read(Path(arguments.file).expanduser())
    try:
        found = check_bundle(data)
    except BundleFalse as error:
        what = finding_label(error.finding.value, error.where)
        shape = {"id": arguments.file, "whole": False, "finding": error.finding.value, "where": error.where}
        line = f"{advice(error.code).title} {what[:1].upper()}{what[1:]}."
        return Result(shape={"bundle": shape}, lines=(line,), status=REFUSED)
    return Result(shape={"bundle": _checked(arguments.file, found)}, lines=_told(found))


def _checked(file: str, found: Checked) -> shapes.Shape:
    return {
        "id": file,
        "whole": True,
        "vendor": found.vendor,
        "made": shapes.instant(found.made),
        "messages": {"person": found.person_messages, "vendor": found.vendor_messages},
        "vendor_keys": list(found.vendor_kids),
        "agreements": [{"id": one, "version": version, "signed": day} for one, version, day in found.agreements],
        "order": found.order,
        "record_fits": found.record_fits,
        "values": [{"id": one.name, "message": one.message, "value": one.value} for one in found.values],
        "unshown": found.unshown,
    }


def _told(found: Checked) -> tuple[str, ...]:
    lines = [
        _("Whole: {own} messages of the customer and {theirs} of {vendor}, made into a proof on {moment}.").format(
            own=found.person_messages,
            theirs=found.vendor_messages,
            vendor=found.vendor,
            moment=values.instant(found.made),
        )
    ]
    lines += [
        _("Signed by both sides: {terms}").format(terms=terms_label(roster)) for roster, _v, _d in found.agreements
    ]
    if found.record_fits:
        lines.append(_("An order, signed by both sides, that came about as these messages show."))
    if found.record_fits is False:
        lines.append(_("The vendor confirmed an order with another record than these messages: it contradicts itself."))
    lines += [
        _("It shows: {value}").format(value=f"{asked_field_label(one.name)}: {asked_value_label(one.name, one.value)}")
        for one in found.values
    ]
    hidden = ngettext("{count} value stays hidden.", "{count} values stay hidden.", found.unshown)
    lines += [hidden.format(count=found.unshown)] if found.unshown else []
    lines += [_("Key of the vendor: {key}").format(key=key) for key in found.vendor_kids]
    return tuple(lines)


def _value(one: BundleValue) -> str:
    return f"{asked_field_label(one.name)}: {asked_value_label(one.name, one.value)}"


def _shape(one: BundleValue) -> shapes.Shape:
    return {"id": one.name, "message": one.message, "from": one.sender.value, "value": one.value}


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        raise FileUnreadable(str(error)) from error
    if len(data) > LARGEST:
        raise FileUnreadable("too large")
    return data


def _write(file: Path, data: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE), "wb") as out:
        out.write(data)
