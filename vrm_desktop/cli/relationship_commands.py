"""`vrm relationship list|show|message|paid|end`, and what is said around an end and of keys in their own modules."""

import argparse
from dataclasses import replace

from vrm_desktop.cli import leaving_commands, own_key_commands, shapes
from vrm_desktop.cli.argument_types import seconds
from vrm_desktop.cli.file_lines import file_lines
from vrm_desktop.cli.following import USUAL_WAIT, Followed, has_left, say
from vrm_desktop.cli.session import DONE, Result, Session
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.relationship import RelationshipState
from vrm_desktop.domain.ways import Way
from vrm_desktop.services import accept_offer, end_relationship, go_on_anew, keep_relationship
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_relationship import RelationshipFile
from vrm_desktop.wording.catalogue import CATALOGUE, _
from vrm_desktop.wording.labels import relationship_state_label
from vrm_desktop.wording.reaching import way_name

OVER = frozenset({RelationshipState.ENDED})


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("list", help=_("all relationships")).set_defaults(work=list_all)
    show = verbs.add_parser("show", help=_("the whole file of one"))
    message = verbs.add_parser("message", help=_("say something in words"))
    paid = verbs.add_parser("paid", help=_("tell that you have paid the order"))
    end = verbs.add_parser("end", help=_("end it, here at once"))
    for command, work in ((show, show_one), (message, message_one), (paid, paid_one), (end, end_one)):
        command.add_argument("id", metavar="ID")
        command.set_defaults(work=work)
    leaving_commands.add_to(verbs)
    own_key_commands.add_to(verbs)
    message.add_argument("text", metavar="TEXT")
    end.add_argument("--reason", default="")
    end.add_argument("--wait", type=seconds, default=USUAL_WAIT, metavar="SECONDS", help=_("wait for the closure"))


def _line(file: RelationshipFile) -> str:
    one = file.relationship
    about = ", ".join(
        words
        for words in (
            way_name(one.way) if one.way is not Way.NATIVE else "",
            file.want.title if file.want is not None else "",
        )
        if words
    )
    line = f"{one.id}  {file.vendor.name}: {relationship_state_label(one.state)}"
    return f"{line}  ({about})" if about else line


async def list_all(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """All relationships, the newest first."""
    files = await keep_relationship.relationships(home.means)
    lines = tuple(_line(one) for one in files) or (_("No relationships yet."),)
    return Result(shape={"relationships": [shapes.relationship(one) for one in files]}, lines=lines)


async def show_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """The file of one relationship."""
    file = await keep_relationship.relationship(home.means, RelationshipId(arguments.id))
    shape = {"relationship": shapes.relationship(file, whole=True)}
    return Result(shape=shape, lines=(_line(file), *file_lines(file)))


def _after(session: Session, followed: Followed) -> Result:
    followed.tell(session)
    shape = {"relationship": shapes.relationship(followed.file, whole=True)}
    return Result(shape=shape, lines=(_line(followed.file),), status=followed.status)


async def message_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Say something to the vendor."""
    key = RelationshipId(arguments.id)
    said = await go_on_anew.say(home.means, key, arguments.text, language=CATALOGUE.locale)
    if said.letter:
        session.tell(_("This conversation is full. A letter with your words lies ready: vrm letter list"))
    elif said.relationship != key:
        session.tell(_("This conversation is full; it goes on in {id}.").format(id=said.relationship))

    def told(file: RelationshipFile) -> bool:
        return has_left(file) and any((row.sender, row.kind) == (Side.PERSON, Kind.MESSAGE) for row in file.journal)

    return _after(session, await say(home, said.relationship, _nothing, has_left if said.letter else told))


async def _nothing() -> None:
    """It was said already."""


async def paid_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Tell the vendor that the order was paid."""
    key = RelationshipId(arguments.id)
    return _after(session, await say(home, key, lambda: accept_offer.paid(home.means, key), has_left))


async def end_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """End a relationship and wait a little for the vendor's closure."""
    key = RelationshipId(arguments.id)

    def closed(file: RelationshipFile) -> bool:
        return has_left(file) and file.relationship.state in OVER

    saying, before = end_relationship.end, await end_relationship.before_end(home.means, key)
    enough = closed if before.wire else has_left  # by any other way there is no closure to wait for
    followed = await say(home, key, lambda: saying(home.means, key, arguments.reason), enough, arguments.wait)
    if before.letter:
        session.tell(_("A letter that says so and asks to erase lies ready: vrm letter list"))
    result = _after(session, followed)
    return replace(result, status=DONE) if has_left(followed.file) and not followed.unsaid else result
