"""`vrm order change|cancel|pause|resume|documents|fetch|list`: what shall happen to an order, what became of it."""

import argparse

from vrm_desktop.cli import claim_shapes
from vrm_desktop.cli.argument_types import day
from vrm_desktop.cli.following import has_left, say
from vrm_desktop.cli.session import DONE, Result, Session
from vrm_desktop.cli.shapes import Shape
from vrm_desktop.domain.disclosure import PlannedField
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.living import ChangeKind
from vrm_desktop.domain.order_change import ChangeAsked
from vrm_desktop.services import change_order, fetch_documents, keep_relationship
from vrm_desktop.services.change_order import AskedForChange
from vrm_desktop.services.errors import NotFound
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
    fetched = verbs.add_parser("fetch", help=_("fetch documents that lie ready, and keep them with the order"))
    fetched.add_argument("id", metavar="RELATIONSHIP")
    fetched.add_argument("documents", nargs="*", type=int, metavar="NUMBER", help=_("as listed; without it, all"))
    fetched.set_defaults(work=fetch_all)
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
    lines = [line for one in found for line in claim_shapes.change_lines(one)] or [_("Nothing was asked for.")]
    numbered = tuple(enumerate(file.documents, start=1))
    lines += [line for number, one in numbered for line in claim_shapes.ready_lines(number, one)]
    shape: Shape = {
        "changes": [claim_shapes.change(one) for one in found],
        "documents": [claim_shapes.ready(number, one) for number, one in numbered],
    }
    return Result(shape=shape, lines=tuple(lines))


async def fetch_all(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Fetch what lies ready."""
    key = RelationshipId(arguments.id)
    file = await keep_relationship.relationship(home.means, key)
    listed = dict(enumerate(file.documents, start=1))
    if not set(arguments.documents) <= listed.keys():
        raise NotFound(key)
    wanted = [listed[number] for number in arguments.documents] or file.documents
    kept = [(await fetch_documents.fetch(home.means, key, one.digest)).document for one in wanted]
    lines = tuple(_("{id}  {name}: kept with the order").format(id=one.id, name=one.name) for one in kept)
    return Result(
        shape={"documents": [claim_shapes.kept(one) for one in kept]}, lines=lines or (_("No document lies ready."),)
    )


def _told(field: PlannedField) -> str:
    return _("goes with it: {what}: {value}").format(what=asked_field_label(field.name), value=field.value)
