"""`vrm intentcast new|list|show|share|plan|cast|again|withdraw`."""

import argparse
import asyncio
from dataclasses import replace

from vrm_desktop.cli import next_ways_shown, shapes
from vrm_desktop.cli.argument_types import seconds, vendor_by_way
from vrm_desktop.cli.new_file import write_new
from vrm_desktop.cli.plan_lines import plan_lines
from vrm_desktop.cli.profile_commands import read_file
from vrm_desktop.cli.questions import question_text
from vrm_desktop.cli.session import DONE, PARTLY, REFUSED, Result, Session
from vrm_desktop.cli.want_flags import add_flags, draft_from_flags
from vrm_desktop.domain.ids import IntentcastId, RelationshipId
from vrm_desktop.domain.intentcast import Intentcast, IntentcastState
from vrm_desktop.domain.want_draft import WantDraft
from vrm_desktop.formats.typed_line.meaning import Chip, Field, ParsedLine, Question
from vrm_desktop.formats.want_file import read_want, write_want
from vrm_desktop.services import choose_vendors, collect_offers, say_what_i_want, send_intentcast, want_again
from vrm_desktop.services.choose_vendors import PlanView
from vrm_desktop.services.collect_offers import Answer, CastProgress, VendorProgress
from vrm_desktop.services.errors import NobodyToAsk
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import area_label
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import (
    answer_label,
    code_label,
    intentcast_state_label,
)

LARGEST_WANT = 64 * 1024
NOBODY = "none"
SPREAD = 2.0
SENDING = 1.0
ANSWERED_BY_FLAG = {
    Field.WHAT: "title",
    Field.CATEGORY: "category",
    Field.AREA: "area",
    Field.CONDITION: "condition",
    Field.FULFILMENT: "fulfilment",
    Field.NEEDED_BY: "needed_by",
    Field.ANSWERS_BY: "answers_by",
    Field.PRICE_CAP: "price_cap",
    Field.QUANTITY: "quantity",
}


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    new = verbs.add_parser("new", help=_("say what you want, in one line, by flags or from a JSON file"))
    new.add_argument(
        "text", nargs="?", metavar="TEXT", help=_("one line, such as: used road bike, under 800 EUR, Cologne")
    )
    new.add_argument("--file", metavar="FILE", help=_("a want as a JSON file"))
    add_flags(new)
    new.set_defaults(work=new_want)
    verbs.add_parser("list", help=_("all your wants")).set_defaults(work=list_wants)
    for verb, work, told in (
        ("show", show_want, _("one want and how its cast stands")),
        ("withdraw", withdraw_want, _("take a want back")),
    ):
        one = verbs.add_parser(verb, help=told)
        one.add_argument("id", metavar="ID")
        one.set_defaults(work=work)
    share = verbs.add_parser("share", help=_("write a want into a file that a friend can make their own"))
    share.add_argument("id", metavar="ID")
    share.add_argument("file", metavar="FILE")
    share.add_argument("--with-cap", action="store_true", help=_("say the most that you would pay, too"))
    share.set_defaults(work=share_want)
    plan = verbs.add_parser("plan", help=_("what each vendor may learn, before anything leaves"))
    plan.set_defaults(work=plan_want)
    cast = verbs.add_parser("cast", help=_("confirm the plan and ask"))
    cast.add_argument(
        "--wait", type=seconds, default=0.0, metavar="SECONDS", help=_("wait for answers, until all have answered")
    )
    cast.add_argument("--spread", type=seconds, default=SPREAD, metavar="SECONDS", help=argparse.SUPPRESS)
    cast.set_defaults(work=cast_want)
    again = verbs.add_parser("again", help=_("take up anew what was asked: a new draft, the old question taken back"))
    again.set_defaults(work=again_want, as_customer=None)
    for one in (plan, cast, again):
        one.add_argument("id", metavar="ID")
        one.add_argument(
            "--vendor",
            action="append",
            type=vendor_by_way,
            metavar="V[:WAY]",
            help=_("ask this vendor (again for more); WAY as `vrm channel list` names it, else the best known"),
        )
    for one in (plan, cast):
        one.add_argument(
            "--as-customer",
            metavar="RELATIONSHIP",
            help=_("be known as the customer of this earlier file, by its vendor alone (none: by nobody)"),
        )


async def new_want(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Keep a new want; an unclear line is asked back and nothing is saved."""
    said = WantDraft()
    open_questions: tuple[Question, ...] = ()
    chips: tuple[Chip, ...] = ()
    if arguments.file:
        said = read_want(read_file(arguments.file, LARGEST_WANT))
    flags = draft_from_flags(arguments)
    if arguments.text:
        parsed = await say_what_i_want.read_line(home.means, arguments.text)
        said = say_what_i_want.draft_of(parsed).over(said)
        open_questions, chips = _unanswered(parsed, flags), parsed.chips
    draft = flags.over(said)
    missing = [] if open_questions else list(draft.missing())
    if open_questions or missing:
        return _ask_back(session, open_questions, missing, chips)
    want = await say_what_i_want.save_want(home.means, draft)
    return Result(shape={"intentcast": shapes.intentcast(want)}, lines=_want_lines(want))


def _unanswered(parsed: ParsedLine, flags: WantDraft) -> tuple[Question, ...]:
    """The line's questions that no flag answers."""

    def answered(question: Question) -> bool:
        if question.field is Field.ATTRIBUTE:
            return question.key in flags.attributes
        return bool(getattr(flags, ANSWERED_BY_FLAG[question.field]))

    return tuple(one for one in parsed.questions if not answered(one))


def _ask_back(session: Session, questions: tuple[Question, ...], missing: list[str], chips: tuple[Chip, ...]) -> Result:
    asked = [shapes.question(one) for one in questions]
    asked += [{"id": name, "field": name, "why": "not-said", "source": "", "choices": []} for name in missing]
    lines = [question_text(one) for one in questions]
    lines += [_("Still needed: {name} (--{flag})").format(name=name, flag=name.replace("_", "-")) for name in missing]
    session.tell(_("Nothing was saved yet. Please say a little more:"))
    for line in lines:
        session.tell(f"  {line}")
    return Result(shape={"questions": asked, "chips": [shapes.chip(one) for one in chips]}, status=REFUSED)


def _want_lines(want: Intentcast) -> tuple[str, ...]:
    parts = [want.place or area_label(want.area), _("answers by {day}").format(day=values.day(want.answers_by))]
    if want.price_cap is not None:
        parts.append(_("up to {money} (only you know)").format(money=values.money(want.price_cap)))
    return (f"{want.id}  {want.title}  [{intentcast_state_label(want.state)}]", "    " + " · ".join(parts))


async def list_wants(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """All wants."""
    wants = await say_what_i_want.wants(home.means)
    lines = tuple(line for one in wants for line in _want_lines(one))
    none = (_('Nothing yet. Say what you want with: vrm intentcast new "…"'),)
    return Result(shape={"intentcasts": [shapes.intentcast(one) for one in wants]}, lines=lines or none)


async def show_want(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """One want and its cast."""
    want = await say_what_i_want.want(home.means, IntentcastId(arguments.id))
    cast = await collect_offers.progress(home.means, want.id)
    shape = {"intentcast": shapes.intentcast(want) | {"vendors": shapes.progress(cast)}}
    return Result(shape=shape, lines=(*_want_lines(want), *_progress_lines(cast)))


async def share_want(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """A want as a file for somebody else: what it is, and nothing of whose it was."""
    want = await say_what_i_want.want(home.means, IntentcastId(arguments.id))
    await asyncio.to_thread(write_new, arguments.file, write_want(want, with_cap=arguments.with_cap))
    told = _("{file} says what you want, and nothing about you.").format(file=arguments.file)
    return Result(shape={"shared": {"id": want.id, "file": arguments.file}}, lines=(told,))


def _progress_line(row: VendorProgress) -> str:
    told = f"{row.vendor_name}: {answer_label(row.answer)}"
    return f"{told} ({code_label(row.trouble)})" if row.trouble else told


def _progress_lines(cast: CastProgress) -> tuple[str, ...]:
    return tuple(f"    {_progress_line(row)}" for row in cast.vendors)


async def _view(session: Session, home: OpenHome, arguments: argparse.Namespace) -> PlanView:
    """The plan for the vendors that were named; where none was, for every vendor whose card fits."""
    key = IntentcastId(arguments.id)
    if arguments.as_customer is not None:
        known = RelationshipId(arguments.as_customer) if arguments.as_customer != NOBODY else None
        await say_what_i_want.as_their_customer(home.means, key, known)
    ways = dict(arguments.vendor or ())
    chosen = tuple(ways)
    if not chosen and (await say_what_i_want.want(home.means, key)).state is IntentcastState.DRAFT:
        chosen = tuple(fit.vendor.id for fit in await choose_vendors.whom_to_ask(home.means, key) if fit.fits)
    wished = {vendor: way for vendor, way in ways.items() if way is not None}
    view = await choose_vendors.plan(home.means, key, chosen or None, wished)
    if view.many:
        count = len(view.plan.vendors)
        session.tell(
            _("You are asking {count} vendors: more than ten rarely help, and each one learns of it.").format(
                count=count
            )
        )
    return view


async def plan_want(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """The plan, before it is confirmed; where nobody can be asked, what can be done instead."""
    try:
        view = await _view(session, home, arguments)
    except NobodyToAsk as error:
        return await next_ways_shown.nobody(session, home.means, IntentcastId(arguments.id), error)
    names = {fit.vendor.id: fit.vendor.name for fit in view.vendors}
    plans = [shapes.vendor_plan(one, names[one.vendor]) for one in view.plan.vendors]
    shape = {
        "intentcast": shapes.intentcast(view.want),
        "vendors": plans,
        "many": view.many,
        "as_customer": view.want.as_customer,
        "confirmed": view.confirmed,
    }
    return Result(shape=shape, lines=plan_lines(view))


async def again_want(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """What was asked as a draft again, for whom it names now; the question that stood is taken back and put away."""
    old = await say_what_i_want.want(home.means, IntentcastId(arguments.id))
    if arguments.vendor:
        await _view(session, home, arguments)  # nothing is put away for somebody who cannot be asked
    if old.state is not IntentcastState.DRAFT:
        _changes, arguments.id = await want_again.ask_again(home.means, old.id)
        await collect_offers.sync_once(home.means, home.exchange)
        session.tell(_("What you want is a draft again; the question that stood is put away."))
    want = await say_what_i_want.want(home.means, IntentcastId(arguments.id))
    if not arguments.vendor:
        return Result(shape={"intentcast": shapes.intentcast(want)}, lines=_want_lines(want))
    planned = await plan_want(session, home, arguments)
    return replace(planned, lines=(*_want_lines(want), *planned.lines))


async def cast_want(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Confirm the plan, ask, and wait for answers if told to."""
    key = IntentcastId(arguments.id)
    try:
        view = await _view(session, home, arguments)
    except NobodyToAsk as error:
        return await next_ways_shown.nobody(session, home.means, key, error)
    await choose_vendors.confirm_plan(home.means, view)
    spread = max(0.0, min(arguments.spread, arguments.wait or arguments.spread))
    _changes, asked = await send_intentcast.cast(home.means, key, spread=spread)
    home.exchange.tend(asked)
    cast = await _until_answered(
        session, home, key, max(arguments.wait, spread + SENDING), for_answers=arguments.wait > 0
    )
    want = await say_what_i_want.want(home.means, key)
    shape = {"intentcast": shapes.intentcast(want), "vendors": shapes.progress(cast)}
    result = Result(shape=shape, lines=_progress_lines(cast), status=PARTLY if cast.failed else DONE)
    return await next_ways_shown.after(home.means, key, result)


async def _until_answered(
    session: Session, home: OpenHome, key: IntentcastId, seconds: float, *, for_answers: bool
) -> CastProgress:
    """Follow a cast until all have answered (or, if not waited for, all were asked), or the seconds are over."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    told: dict[str, tuple[Answer, str]] = {}
    while True:
        cast = await collect_offers.progress(home.means, key)
        for row in cast.vendors:
            now = (row.answer, row.trouble)
            if told.get(row.relationship.id) != now and row.answer is not Answer.HELD:
                session.tell(_progress_line(row))
            told[row.relationship.id] = now
        asked = all(row.answer is not Answer.HELD for row in cast.vendors)
        left = end - loop.time()
        if (cast.all_answered if for_answers else asked) or left <= 0:
            return cast
        await home.exchange.next_changes(left)


async def withdraw_want(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Take a want back and tell those who were asked."""
    key = IntentcastId(arguments.id)
    await send_intentcast.withdraw(home.means, key)
    await collect_offers.sync_once(home.means, home.exchange)
    want = await say_what_i_want.want(home.means, key)
    return Result(shape={"intentcast": shapes.intentcast(want)}, lines=_want_lines(want))
