"""`vrm relationship list|show|message|paid|end`."""

import argparse

from vrm_desktop.cli import shapes
from vrm_desktop.cli.following import follow, has_left
from vrm_desktop.cli.session import DONE, PARTLY, Result, Session
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.services import accept_offer, end_relationship, keep_relationship
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import (
    agreement_state_label,
    asked_field_label,
    note_label,
    order_state_label,
    relationship_state_label,
    terms_label,
)

OVER = frozenset({RelationshipState.ENDED})


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands of this noun."""
    noun = commands.add_parser("relationship", help="living with a vendor, and leaving it")
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("list", help="all relationships").set_defaults(work=list_all)
    show = verbs.add_parser("show", help="the whole file of one")
    message = verbs.add_parser("message", help="say something in words")
    paid = verbs.add_parser("paid", help="tell that you have paid the order")
    end = verbs.add_parser("end", help="end it, here at once")
    for command, work in ((show, show_one), (message, message_one), (paid, paid_one), (end, end_one)):
        command.add_argument("id", metavar="ID")
        command.set_defaults(work=work)
    message.add_argument("text", metavar="TEXT")
    end.add_argument("--reason", default="")
    end.add_argument("--wait", type=float, default=8.0, metavar="SECONDS")


def _line(file: RelationshipFile) -> str:
    one = file.relationship
    return f"{one.id}  {file.vendor.name}: {relationship_state_label(one.state)}"


async def list_all(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """All relationships, the newest first."""
    files = await keep_relationship.relationships(home.means)
    lines = tuple(_line(one) for one in files) or (_("No relationships yet."),)
    return Result(shape={"relationships": [shapes.relationship(one) for one in files]}, lines=lines)


async def show_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """The file of one relationship."""
    file = await keep_relationship.relationship(home.means, RelationshipId(arguments.id))
    lines = [_line(file)]
    lines += ["    " + f"{terms_label(one.roster)}: {agreement_state_label(one.state)}" for one in file.agreements]
    if file.order is not None:
        lines.append("    " + _("order: {state}").format(state=order_state_label(file.order.state)))
    lines += [
        "    " + _("knows {what} until {day}").format(what=asked_field_label(row.name), day=values.day(row.until))
        for row in file.disclosures
    ]
    lines += [f"    {values.instant(one.at)}  {note_label(one)}" for one in file.notes]
    return Result(shape={"relationship": shapes.relationship(file, whole=True)}, lines=tuple(lines))


def _after(file: RelationshipFile, *, done: bool) -> Result:
    shape = {"relationship": shapes.relationship(file, whole=True)}
    return Result(shape=shape, lines=(_line(file),), status=DONE if done else PARTLY)


async def message_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Say something to the vendor."""
    key = RelationshipId(arguments.id)
    await keep_relationship.say(home.means, key, arguments.text)
    file = await follow(home, key, has_left)
    return _after(file, done=has_left(file))


async def paid_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Tell the vendor that the order was paid."""
    key = RelationshipId(arguments.id)
    await accept_offer.paid(home.means, key)
    file = await follow(home, key, has_left)
    return _after(file, done=has_left(file))


async def end_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """End a relationship and wait a little for the vendor's closure."""
    key = RelationshipId(arguments.id)
    await end_relationship.end(home.means, key, arguments.reason)
    file = await follow(home, key, lambda one: one.relationship.state in OVER, arguments.wait)
    return _after(file, done=has_left(file))
