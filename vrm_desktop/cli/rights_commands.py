"""`vrm rights`: data requests and what becomes of them; lists of organisations. Letters themselves: `vrm letter`."""

import argparse
import asyncio
import mimetypes
from collections.abc import Callable
from pathlib import Path

from vrm_desktop.cli import drp_commands
from vrm_desktop.cli import rights_shapes as shapes
from vrm_desktop.cli.argument_types import day
from vrm_desktop.cli.profile_commands import read_file
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.attachment import MOST_BYTES
from vrm_desktop.domain.clocks import Regime
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.letter import LetterAbout, LetterWay
from vrm_desktop.domain.living import DataRight, ReportState
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.rights import Demand, Identifier, RightsWay
from vrm_desktop.formats.organisation_lists import LARGEST
from vrm_desktop.services import exercise_rights, import_organisations, letter_folders, propose_authority
from vrm_desktop.services.exercise_rights import Asking
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.import_organisations import ListKind
from vrm_desktop.services.rights_letters import Shelves
from vrm_desktop.wording.asked import area_label
from vrm_desktop.wording.catalogue import CATALOGUE, _, ngettext
from vrm_desktop.wording.rights import authority_reason

_LETTERS = {"remind": LetterAbout.REMINDER, "admonish": LetterAbout.ADMONITION, "reply": LetterAbout.REPLY}
_ANSWERS = (ReportState.FULFILLED, ReportState.PARTLY, ReportState.REFUSED)


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    new = verbs.add_parser("new", help=_("exercise a right towards one organisation or several"))
    new.add_argument("right", choices=list(DataRight), type=DataRight)
    new.add_argument("--to", metavar="ID", action="append", default=[], help=_("a vendor or other counterparty"))
    new.add_argument("--organisation", metavar="ID", action="append", default=[], help=_("an entry of a list"))
    new.add_argument("--text", default="", help=_("what you say beside it: what to correct, why, which data"))
    new.add_argument("--regime", choices=list(Regime), type=Regime, help=_("under which law"))
    new.add_argument("--way", choices=[RightsWay.WIRE, RightsWay.LETTER], type=RightsWay)
    new.add_argument("--by", choices=list(LetterWay), type=LetterWay, help=_("how the letter goes"))
    new.add_argument("--language", default="", metavar="LANG", help=_("the letter's language, for instance de"))
    new.add_argument("--tell", choices=list(FieldPath), type=FieldPath, action="append", default=[], metavar="FIELD")
    new.add_argument("--identify", type=_identifier, action="append", default=[], metavar="NAME=VALUE")
    new.set_defaults(work=ask)
    verbs.add_parser("list", help=_("all requests, what needs you first")).set_defaults(work=list_all)
    _one(verbs, "show", _("one request with its clocks"), show)
    answer = _one(verbs, "answer", _("note what it answered"), answered)
    answer.add_argument(
        "state", choices=[one for one in ReportState if one is not ReportState.EXTENDED], type=ReportState
    )
    _told(answer)
    answer.add_argument("--file", metavar="FILE", help=_("attach the answer"))
    extend = _one(verbs, "extend", _("note that it takes more time"), extended)
    _told(extend)
    extend.add_argument("--until", type=day, metavar="DAY", help=_("the day it names"))
    demand = _one(verbs, "demand", _("note what it asks for before it answers"), demanded)
    demand.add_argument("what", choices=list(Demand), type=Demand)
    _told(demand)
    confirm = _one(verbs, "acknowledged", _("note that it confirmed having the request"), acknowledged)
    confirm.add_argument("--on", type=day, metavar="DAY")
    received = _one(verbs, "received", _("correct the day on which it got the request"), correct_receipt)
    received.add_argument("day", type=day, metavar="DAY")
    for verb, told in (
        ("remind", _("write a reminder")),
        ("admonish", _("write a letter that sets a last term")),
        ("reply", _("write the reply to what it asks for")),
    ):
        _letter(_one(verbs, verb, told, write_letter))
    complain = _one(verbs, "complain", _("write the complaint to a data protection authority"), complain_to)
    _letter(complain)
    complain.add_argument("--authority", metavar="ID", help=_("an entry of the list of authorities"))
    _one(verbs, "withdraw", _("let a request go"), withdraw)
    attach = _one(verbs, "attach", _("attach a document to a request"), attach_file)
    attach.add_argument("file", metavar="FILE")
    _add_lists(verbs)
    drp_commands.add_to(verbs)


def _add_lists(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    lists = verbs.add_parser("import-organisations", help=_("take in a public list of organisations or sites"))
    lists.add_argument("file", metavar="FILE")
    lists.add_argument("--list", choices=list(ListKind), type=ListKind, default=ListKind.COMPANIES, dest="kind")
    lists.set_defaults(work=import_list)
    found = verbs.add_parser("organisations", help=_("look for organisations in the lists"))
    found.add_argument("words", nargs="*", metavar="WORD")
    found.add_argument("--country", default="", metavar="CC")
    found.add_argument("--authorities", action="store_true", help=_("data protection authorities"))
    found.set_defaults(work=organisations)
    hints = verbs.add_parser("hints", help=_("where to delete an account or fetch data at a counterparty's site"))
    hints.add_argument("id", metavar="ID")
    hints.set_defaults(work=site_hints)


def _one(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, told: str, work: Callable[..., object]
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=told)
    verb.add_argument("id", metavar="ID")
    verb.set_defaults(work=work)
    return verb


def _told(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--on", type=day, metavar="DAY", help=_("when it came (default: today)"))
    verb.add_argument("--text", default="", help=_("what it said"))


def _letter(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--words", default="", help=_("what you want to say in it"))
    verb.add_argument("--language", default="", metavar="LANG")


def _identifier(text: str) -> Identifier:
    name, equals, value = text.partition("=")
    if not equals or not name.strip() or not value.strip():
        raise argparse.ArgumentTypeError(_("what you are known by looks like NAME=VALUE"))
    return Identifier(name=name.strip(), value=value.strip())


async def _shelves(home: OpenHome) -> Shelves:
    return await letter_folders.shelves(home.means, CATALOGUE.locale)


async def ask(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Exercise a right towards everybody named."""
    vendors = [VendorId(one) for one in arguments.to]
    vendors += [await import_organisations.turn_to(home.means, one) for one in arguments.organisation]
    asking = Asking(
        right=arguments.right,
        text=arguments.text,
        regime=arguments.regime,
        way=arguments.way,
        by=arguments.by,
        language=arguments.language,
        tell=tuple(arguments.tell),
        identifiers=tuple(arguments.identify),
    )
    keys = await exercise_rights.ask(home.means, tuple(vendors), asking, await _shelves(home))
    views = [await exercise_rights.request(home.means, key) for key in keys]
    lines = [line for view in views for line in shapes.request_lines(view)]
    return Result(
        shape={"requests": [shapes.request(view) for view in views]}, lines=tuple(lines) or (_("Name somebody: --to"),)
    )


async def list_all(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """All requests."""
    await exercise_rights.watch(home.means)
    views = await exercise_rights.requests(home.means)
    lines = tuple(shapes.request_line(view) for view in views)
    return Result(
        shape={"requests": [shapes.request(view) for view in views]}, lines=lines or (_("You have asked nobody yet."),)
    )


async def show(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """One request."""
    await exercise_rights.watch(home.means)
    return await _shown(home, arguments.id)


async def _shown(home: OpenHome, key: str) -> Result:
    view = await exercise_rights.request(home.means, key)
    return Result(shape={"request": shapes.request(view)}, lines=shapes.request_lines(view))


async def answered(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Note an answer."""
    await exercise_rights.answered(home.means, arguments.id, arguments.state, on=arguments.on, text=arguments.text)
    if arguments.file:
        await _attach(home, arguments.id, arguments.file)
    return await _shown(home, arguments.id)


async def extended(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Note an extension."""
    await exercise_rights.answered(
        home.means,
        arguments.id,
        ReportState.EXTENDED,
        on=arguments.on,
        text=arguments.text,
        until=arguments.until,
    )
    return await _shown(home, arguments.id)


async def demanded(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Note a demand."""
    await exercise_rights.demanded(home.means, arguments.id, arguments.what, on=arguments.on, text=arguments.text)
    return await _shown(home, arguments.id)


async def acknowledged(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Note that it confirmed having the request."""
    await exercise_rights.acknowledged(home.means, arguments.id, on=arguments.on)
    return await _shown(home, arguments.id)


async def correct_receipt(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Correct the day of receipt."""
    await exercise_rights.received(home.means, arguments.id, arguments.day)
    return await _shown(home, arguments.id)


async def write_letter(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Draft a reminder, an admonition or a reply."""
    letter = await exercise_rights.press(
        home.means,
        arguments.id,
        await _shelves(home),
        about=_LETTERS[arguments.verb],
        words=arguments.words,
        language=arguments.language,
    )
    return Result(shape={"letter": shapes.letter(letter)}, lines=(shapes.letter_line(letter), "", letter.body))


async def complain_to(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Draft a complaint; without an authority named, those that may take it are listed, the one proposed first."""
    if arguments.authority is None:
        choice = await propose_authority.authorities(home.means, arguments.id)
        found, proposed = choice.options, choice.proposed
        place = area_label(choice.place) if choice.place else ""
        why = (authority_reason(choice.reason, place.split(",", 1)[0]),) if choice.reason is not None else ()
        lines = (*(shapes.organisation_line(one) for one in found), *why)
        none = _("No authority of that country is in a list; import one with --list authorities.")
        ask_for = _("Name one with --authority:")
        return Result(
            shape={
                "authorities": [shapes.organisation(one) for one in found],
                "proposed": proposed.id if proposed is not None else None,
            },
            lines=(ask_for, *lines) if lines else (none,),
            status=1,
        )
    authority = await import_organisations.turn_to(home.means, arguments.authority)
    letter = await exercise_rights.press(
        home.means,
        arguments.id,
        await _shelves(home),
        about=LetterAbout.COMPLAINT,
        authority=authority,
        words=arguments.words,
        language=arguments.language,
    )
    return Result(shape={"letter": shapes.letter(letter)}, lines=(shapes.letter_line(letter), "", letter.body))


async def withdraw(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Let a request go."""
    await exercise_rights.withdraw(home.means, arguments.id)
    return await _shown(home, arguments.id)


async def attach_file(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Attach a document."""
    await _attach(home, arguments.id, arguments.file)
    return await _shown(home, arguments.id)


async def _attach(home: OpenHome, key: str, file: str) -> None:
    data = await asyncio.to_thread(read_file, file, MOST_BYTES)
    media = mimetypes.guess_type(file)[0] or "application/octet-stream"
    await exercise_rights.attach(home.means, key, Path(file).name, media, data)


async def import_list(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Take in a list."""
    data = await asyncio.to_thread(read_file, arguments.file, LARGEST)
    done = await import_organisations.import_list(home.means, arguments.kind, data, Path(arguments.file).name)
    told = ngettext("{count} entry taken in.", "{count} entries taken in.", done.taken).format(count=done.taken)
    lines = [told]
    if done.flawed:
        lines.append(_("{count} of them lack something, or nobody has checked them.").format(count=done.flawed))
    if done.refused:
        places = ", ".join(str(one) for one in done.refused[:10])
        lines.append(_("{count} could not be read: {places}").format(count=len(done.refused), places=places))
    shape = {"kind": done.kind.value, "taken": done.taken, "flawed": done.flawed, "refused": list(done.refused)}
    return Result(shape={"import": shape}, lines=tuple(lines))


async def organisations(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Entries of the lists."""
    found = await import_organisations.organisations(
        home.means, " ".join(arguments.words), country=arguments.country, authorities=arguments.authorities
    )
    lines = tuple(shapes.organisation_line(one) for one in found)
    none = _("No entry fits. Take a list in with: vrm rights import-organisations FILE")
    return Result(shape={"organisations": [shapes.organisation(one) for one in found]}, lines=lines or (none,))


async def site_hints(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """What the lists say about a counterparty's site."""
    found = await import_organisations.hints(home.means, VendorId(arguments.id))
    lines = tuple(shapes.hint_line(one) for one in found)
    return Result(
        shape={"hints": [shapes.hint(one) for one in found]}, lines=lines or (_("The lists say nothing about it."),)
    )
