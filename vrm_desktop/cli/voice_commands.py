"""`vrm voice tell|list|show`: an idea, an experience or a question for a vendor, and what became of it."""

import argparse

from vrm_desktop.cli import claim_shapes
from vrm_desktop.cli.following import has_left, say
from vrm_desktop.cli.session import DONE, Result, Session
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.living import VoiceTopic
from vrm_desktop.services import tell_vendor
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.tell_vendor import Told, VoiceView
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.claims import voice_state_label


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    tell = verbs.add_parser("tell", help=_("tell a vendor, on the record"))
    tell.add_argument("relationship", metavar="RELATIONSHIP")
    tell.add_argument("topic", choices=[one.value for one in VoiceTopic])
    tell.add_argument("text", metavar="TEXT")
    tell.add_argument("--order", action="store_true", help=_("it is about the order of this relationship"))
    tell.set_defaults(work=tell_one)
    listed = verbs.add_parser("list", help=_("all that you told, the newest first"))
    listed.add_argument("--counterparty", metavar="ID")
    listed.set_defaults(work=list_all)
    show = verbs.add_parser("show", help=_("one of them with every answer"))
    show.add_argument("id", metavar="VOICE")
    show.set_defaults(work=show_one)


async def tell_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Tell a vendor."""
    key, told = RelationshipId(arguments.relationship), list[Told]()

    async def saying() -> None:
        topic = VoiceTopic(arguments.topic)
        told.append(await tell_vendor.tell(home.means, key, topic, arguments.text, about_order=arguments.order))

    followed = await say(home, key, saying, has_left)
    letter = told[0].letter
    if letter is not None:
        session.tell(_("This goes as a letter, for you to send: vrm letter show {id}").format(id=letter.id))
    else:
        followed.tell(session)
    view = await tell_vendor.voice(home.means, told[0].voice.id)
    return _result(view, DONE if letter is not None else followed.status)


async def list_all(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """All voices."""
    found = await tell_vendor.voices(home.means, VendorId(arguments.counterparty) if arguments.counterparty else None)
    lines = tuple(claim_shapes.voice_line(one) for one in found) or (_("Nothing was told yet."),)
    return Result(shape={"voices": [claim_shapes.voice(one) for one in found]}, lines=lines)


async def show_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """One voice."""
    return _result(await tell_vendor.voice(home.means, arguments.id), DONE)


def _result(view: VoiceView, status: int) -> Result:
    answers = (
        f"    {values.instant(one.at)}  {voice_state_label(one.state)}  {one.text}".rstrip()
        for one in view.voice.replies
    )
    lines = (claim_shapes.voice_line(view), f"    {view.voice.text}", *answers)
    return Result(shape={"voice": claim_shapes.voice(view)}, lines=lines, status=status)
