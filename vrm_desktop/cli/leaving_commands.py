"""`vrm relationship leaving|confirmed|still-held|prove-customer|check-customer`: around an end, and loyalty."""

import argparse
import asyncio
import os
from pathlib import Path
from typing import TYPE_CHECKING

from vrm_desktop.cli import rights_shapes
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.rights import RightsRequest
from vrm_desktop.formats.customer_statement import LONGEST, check_statement
from vrm_desktop.formats.errors import FileUnreadable
from vrm_desktop.services import (
    check_after_end,
    end_relationship,
    exercise_rights,
    follow_leaving,
    keep_relationship,
    letter_folders,
    show_customer,
)
from vrm_desktop.services.errors import NotPossibleNow
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import CATALOGUE, _
from vrm_desktop.wording.labels import relationship_state_label
from vrm_desktop.wording.leaving_words import at_once, needed_line, standing_line, way_of_leaving

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 - the library names it nowhere else


def add_to(verbs: "Verbs") -> None:
    """The verbs about leaving."""
    before = verbs.add_parser("leaving", help=_("what would happen if you ended it now; nothing is done"))
    confirmed = verbs.add_parser("confirmed", help=_("they confirmed the end by letter or by word"))
    held = verbs.add_parser("still-held", help=_("after the end: ask what they still hold, and what they did with it"))
    prove = verbs.add_parser("prove-customer", help=_("write a statement that you are their customer into FILE"))
    for command, work in ((before, before_end), (confirmed, confirm), (held, still_held), (prove, prove_customer)):
        command.add_argument("id", metavar="ID")
        command.set_defaults(work=work)
    confirmed.add_argument("--not-erased", action="store_true", help=_("they did not say that they erased your data"))
    prove.add_argument("file", metavar="FILE")
    prove.add_argument("--for", dest="reader", required=True, metavar="WHOM", help=_("who is to read it"))
    check = verbs.add_parser("check-customer", help=_("check such a statement"))
    check.add_argument("file", metavar="FILE")
    check.set_defaults(plain=check_customer)


async def before_end(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """What an end would do; once it is done, how far it has come."""
    key = RelationshipId(arguments.id)
    found = await end_relationship.before_end(home.means, key)
    if found.left:
        file = await keep_relationship.relationship(home.means, key)
        asked = check_after_end.newest_check(file.papers_of(RightsRequest), key)
        lines = [standing_line(found.vendor, found.state, file.agenda, asked)]
    else:
        lines = [way_of_leaving(found.vendor, wire=found.wire, letter=found.letter)]
        lines += at_once(told=found.told, consents=found.consents, waiting=found.waiting)
    lines += ["    " + needed_line(one) for one in found.needed]
    shape = {
        "id": arguments.id,
        "state": found.state.value,
        "told": list(found.told),
        "consents": found.consents,
        "waiting": found.waiting,
        "needed": [{"id": one.why.value, "until": one.until.isoformat(), "what": one.text} for one in found.needed],
        "by": "wire" if found.wire else "letter" if found.letter else None,
    }
    return Result(shape={"leaving": shape}, lines=tuple(lines))


async def confirm(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """The person says that the end was confirmed."""
    key = RelationshipId(arguments.id)
    await follow_leaving.confirmed(home.means, key, erased=not arguments.not_erased)
    file = await keep_relationship.relationship(home.means, key)
    state = file.relationship.state
    line = f"{file.vendor.name}: {relationship_state_label(state)}"
    return Result(shape={"relationship": {"id": key, "state": state.value}}, lines=(line,))


async def still_held(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Ask once more, or again; with the exchange the answer comes into the request."""
    shelves = await letter_folders.shelves(home.means, CATALOGUE.locale)
    asked = await check_after_end.ask_what_is_held(home.means, RelationshipId(arguments.id), shelves)
    view = await exercise_rights.request(home.means, asked.id)
    return Result(shape={"request": rights_shapes.request(view)}, lines=tuple(rights_shapes.request_lines(view)))


async def prove_customer(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Write a statement."""
    file = await asyncio.to_thread(Path(arguments.file).expanduser)
    if await asyncio.to_thread(file.exists):
        raise NotPossibleNow("another file has this name")
    data = await show_customer.statement(home.means, RelationshipId(arguments.id), arguments.reader)
    await asyncio.to_thread(_write, file, data)
    line = _("Saved. It says whose customer you are, since when, and for whom it was made; not who you are.")
    return Result(shape={"statement": {"id": str(file), "for": arguments.reader}}, lines=(line,))


def check_customer(_session: Session, arguments: argparse.Namespace) -> Result:
    """Check a statement."""
    try:
        with Path(arguments.file).expanduser().open("rb") as opened:
            found = check_statement(opened.read(LONGEST + 1))
    except OSError as error:
        raise FileUnreadable(str(error)) from error
    line = _("Holds: a customer of {vendor} since {since}, said to {reader} on {made}.").format(
        vendor=found.vendor, since=values.day(found.since), reader=found.reader, made=values.day(found.made)
    )
    shape = {
        "vendor": found.vendor,
        "vendor_key": found.vendor_kid,
        "since": found.since.isoformat(),
        "for": found.reader,
        "day": found.made.isoformat(),
    }
    return Result(shape={"statement": shape}, lines=(line, _("Key of the vendor: {key}").format(key=found.vendor_kid)))


def _write(file: Path, data: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(data)
