"""`vrm order change|cancel|pause|resume|documents|list`: what shall happen to an order, and what became of it."""

import argparse

from vrm_desktop.cli import claim_shapes
from vrm_desktop.cli.argument_types import day
from vrm_desktop.cli.following import has_left, say
from vrm_desktop.cli.session import DONE, Result, Session
from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.living import ChangeKind
from vrm_desktop.domain.order_change import ChangeAsked
from vrm_desktop.services import change_order, keep_relationship
from vrm_desktop.services.change_order import AskedForChange
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import asked_field_label


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    kinds = (
        ("change", ChangeKind.CHANGE, _("ask to change it, at the same price")),
        ("cancel", ChangeKind.CANCEL, _("ask to cancel it")),
        ("pause", ChangeKind.PAUSE, _("ask to pause it")),
        ("resume", ChangeKind.RESUME, _("ask to go on with it")),
        ("documents", ChangeKind.DOCUMENT, _("ask for a document")),
    )
    for verb, what, told in kinds:
        one = verbs.add_parser(verb, help=told)
        one.add_argument("id", metavar="RELATIONSHIP")
        one.add_argument("--text", default="", metavar="TEXT")
        one.add_argument("--by", type=day, metavar="DAY", help=_("until when"))
        one.set_defaults(work=ask_one, what=what, new_address=False)
        if what is ChangeKind.CHANGE:
            one.add_argument("--new-address", action="store_true", help=_("deliver to the address in your profile now"))
    listed = verbs.add_parser("list", help=_("what was asked for, and what became of it"))
    listed.add_argument("id", metavar="RELATIONSHIP")
    listed.set_defaults(work=list_all)


async def ask_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Ask for a change."""
    key, asked = RelationshipId(arguments.id), list[AskedForChange]()
    if arguments.new_address:
        for field in await change_order.new_delivery(home.means):
            session.tell(_told(field))

    async def saying() -> None:
        asked.append(
            await change_order.ask(
                home.means,
                key,
                arguments.what,
                text=arguments.text,
                by=arguments.by,
                new_address=arguments.new_address,
            )
        )

    followed = await say(home, key, saying, has_left)
    letter = asked[0].letter
    if letter is not None:
        session.tell(_("This goes as a letter, for you to send: vrm letter show {id}").format(id=letter.id))
    else:
        followed.tell(session)
    now = next(one for one in followed.file.papers_of(ChangeAsked) if one.id == asked[0].change.id)
    status = DONE if letter is not None else followed.status
    return Result(shape={"change": claim_shapes.change(now)}, lines=claim_shapes.change_lines(now), status=status)


async def list_all(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Everything that was asked for."""
    file = await keep_relationship.relationship(home.means, RelationshipId(arguments.id))
    found = [one for one in file.papers_of(ChangeAsked) if one.relationship == file.relationship.id]
    lines = tuple(line for one in found for line in claim_shapes.change_lines(one)) or (_("Nothing was asked for."),)
    return Result(shape={"changes": [claim_shapes.change(one) for one in found]}, lines=lines)


def _told(field: PlannedField) -> str:
    return _("goes with it: {what}: {value}").format(what=asked_field_label(field.name), value=field.value)
