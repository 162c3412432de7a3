"""`vrm case open|list|show|answer|remind|note|resolve|attach`: when something goes wrong."""

import argparse
import asyncio
import mimetypes
from pathlib import Path

from vrm_desktop.cli import claim_shapes
from vrm_desktop.cli.argument_types import amount, day
from vrm_desktop.cli.following import Followed, has_left, say
from vrm_desktop.cli.profile_commands import read_file
from vrm_desktop.cli.session import DONE, Result, Session
from vrm_desktop.domain.attachment import MOST_BYTES
from vrm_desktop.domain.case import CaseTurn, TurnWord
from vrm_desktop.domain.ids import MessageId, RelationshipId, VendorId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.living import CaseAbout, CaseWord, Remedy
from vrm_desktop.services import keep_cases, show_cases
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_cases import CaseDraft, SaidInCase
from vrm_desktop.wording.catalogue import _

NOTED = (TurnWord.PROPOSAL, TurnWord.ACCEPTED, TurnWord.REFUSED, TurnWord.DONE)


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    opened = verbs.add_parser("open", help=_("say what happened, what you want, and by when"))
    opened.add_argument("relationship", metavar="RELATIONSHIP")
    opened.add_argument("text", metavar="TEXT", help=_("what happened"))
    opened.add_argument("--want", required=True, choices=[one.value for one in Remedy])
    opened.add_argument("--about", default="product", choices=[one.value for one in CaseAbout])
    opened.add_argument("--order", action="store_true", help=_("it is about the order of this relationship"))
    opened.add_argument("--amount", type=amount, metavar="AMOUNT")
    opened.add_argument("--received", type=day, metavar="DAY", help=_("when it came; legal periods count from then"))
    opened.add_argument(
        "--evidence", action="append", default=[], metavar="MESSAGE", help=_("a message of the journal")
    )
    opened.set_defaults(work=open_one)
    listed = verbs.add_parser("list", help=_("all cases, open ones first"))
    listed.add_argument("--counterparty", metavar="ID")
    listed.set_defaults(work=list_all)
    made = {}
    for verb, work, told in (
        ("show", show_one, _("one case with all its turns")),
        ("answer", answer_one, _("accept or refuse a proposal")),
        ("remind", remind_one, _("remind them, or say more")),
        ("note", note_one, _("note what they answered by letter or on the telephone")),
        ("resolve", resolve_one, _("say how it ended")),
        ("attach", attach_one, _("keep a document with it")),
    ):
        made[verb] = verbs.add_parser(verb, help=told)
        made[verb].add_argument("id", metavar="CASE")
        made[verb].set_defaults(work=work)
    made["answer"].add_argument("answer", choices=["accept", "refuse"])
    made["remind"].add_argument("text", metavar="TEXT")
    made["note"].add_argument("answer", choices=[one.value for one in NOTED])
    made["note"].add_argument("text", metavar="TEXT")
    made["note"].add_argument("--remedy", choices=[one.value for one in Remedy])
    made["note"].add_argument("--amount", type=amount, metavar="AMOUNT")
    endings = ["resolved", "unresolved", "withdrawn"]
    made["resolve"].add_argument("--as", dest="ending", default="resolved", choices=endings)
    made["attach"].add_argument("file", metavar="FILE")
    for command in (made["answer"], made["resolve"]):
        command.add_argument("--text", default="", metavar="TEXT")
    for command in (opened, made["remind"], made["note"]):
        command.add_argument("--by", type=day, metavar="DAY", help=_("until when"))


async def open_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Open a case."""
    draft = CaseDraft(
        about=CaseAbout(arguments.about),
        what=arguments.text,
        want=Remedy(arguments.want),
        about_order=arguments.order,
        amount=arguments.amount,
        by=arguments.by,
        received=arguments.received,
        evidence=tuple(MessageId(one) for one in arguments.evidence),
    )
    said: list[SaidInCase] = []

    async def saying() -> None:
        said.append(await keep_cases.open_case(home.means, RelationshipId(arguments.relationship), draft))

    followed = await say(home, RelationshipId(arguments.relationship), saying, has_left)
    return await _after(session, home, said, followed)


async def list_all(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """All cases."""
    vendor = VendorId(arguments.counterparty) if arguments.counterparty else None
    found = await show_cases.cases(home.means, vendor)
    lines = tuple(claim_shapes.case_line(one) for one in found) or (_("No cases."),)
    return Result(shape={"cases": [claim_shapes.case(one) for one in found]}, lines=lines)


async def show_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """One case."""
    return await _shown(home, arguments.id)


async def answer_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Accept or refuse a proposal."""
    return await _answer(session, home, arguments.id, CaseWord(arguments.answer), arguments.text)


async def resolve_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Say how a case ended."""
    return await _answer(session, home, arguments.id, CaseWord(arguments.ending), arguments.text)


async def _answer(session: Session, home: OpenHome, key: str, word: CaseWord, text: str) -> Result:
    said: list[SaidInCase] = []

    async def saying() -> None:
        said.append(await keep_cases.answer(home.means, key, word, text))

    owner = (await show_cases.case(home.means, key)).case.relationship
    return await _after(session, home, said, await say(home, owner, saying, has_left))


async def remind_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Go on with a case."""
    said: list[SaidInCase] = []

    async def saying() -> None:
        said.append(await keep_cases.go_on(home.means, arguments.id, arguments.text, arguments.by))

    owner = (await show_cases.case(home.means, arguments.id)).case.relationship
    return await _after(session, home, said, await say(home, owner, saying, has_left))


async def note_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Note an answer that came another way."""
    turn = CaseTurn(
        by=Side.VENDOR,
        at=home.means.clock.now(),
        word=TurnWord(arguments.answer),
        text=arguments.text,
        remedy=Remedy(arguments.remedy) if arguments.remedy else None,
        amount=arguments.amount,
        due=arguments.by,
    )
    await keep_cases.note_answer(home.means, arguments.id, turn)
    return await _shown(home, arguments.id)


async def attach_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Keep a document with a case."""
    data = await asyncio.to_thread(read_file, arguments.file, MOST_BYTES)
    media = mimetypes.guess_type(arguments.file)[0] or "application/octet-stream"
    await keep_cases.attach(home.means, arguments.id, Path(arguments.file).name, media, data)
    return await _shown(home, arguments.id)


async def _shown(home: OpenHome, key: str) -> Result:
    view = await show_cases.case(home.means, key)
    return Result(shape={"case": claim_shapes.case(view)}, lines=claim_shapes.case_lines(view))


async def _after(session: Session, home: OpenHome, said: list[SaidInCase], followed: Followed) -> Result:
    view, letter = await show_cases.case(home.means, said[0].case.id), said[0].letter
    if letter is not None:
        session.tell(_("This goes as a letter, for you to send: vrm letter show {id}").format(id=letter.id))
    else:
        followed.tell(session)
    return Result(
        shape={"case": claim_shapes.case(view, letter)},
        lines=claim_shapes.case_lines(view),
        status=DONE if letter is not None else followed.status,
    )
