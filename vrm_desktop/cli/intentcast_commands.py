"""`vrm intentcast new|list|show|plan|cast|withdraw`, and `vrm sync`."""

import argparse
import asyncio

from vrm_desktop.cli import shapes
from vrm_desktop.cli.profile_commands import read_file
from vrm_desktop.cli.questions import question_text
from vrm_desktop.cli.session import DONE, PARTLY, REFUSED, Result, Session
from vrm_desktop.cli.want_flags import add_flags, draft_from_flags
from vrm_desktop.domain.ids import IntentcastId, VendorId
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.want_draft import WantDraft
from vrm_desktop.formats.typed_line.meaning import Field, ParsedLine, Question
from vrm_desktop.formats.want_file import read_want
from vrm_desktop.services import choose_vendors, collect_offers, say_what_i_want, send_intentcast
from vrm_desktop.services.collect_offers import Answer, CastProgress
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import answer_label, code_label

LARGEST_WANT = 64 * 1024
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


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands of this noun."""
    noun = commands.add_parser("intentcast", help="what you want, and asking for it")
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    new = verbs.add_parser("new", help="say what you want, in one line, by flags or from a JSON file")
    new.add_argument("text", nargs="?", metavar="TEXT")
    new.add_argument("--file", metavar="FILE")
    add_flags(new)
    new.set_defaults(work=new_want)
    verbs.add_parser("list", help="all your wants").set_defaults(work=list_wants)
    for verb, work, told in (
        ("show", show_want, "one want and how its cast stands"),
        ("withdraw", withdraw_want, "take a want back"),
    ):
        one = verbs.add_parser(verb, help=told)
        one.add_argument("id", metavar="ID")
        one.set_defaults(work=work)
    plan = verbs.add_parser("plan", help="what each vendor may learn, before anything leaves")
    plan.set_defaults(work=plan_want)
    cast = verbs.add_parser("cast", help="confirm the plan and ask")
    cast.add_argument("--wait", type=float, default=0.0, metavar="SECONDS", help="wait for answers")
    cast.add_argument("--spread", type=float, default=2.0, metavar="SECONDS", help=argparse.SUPPRESS)
    cast.set_defaults(work=cast_want)
    for one in (plan, cast):
        one.add_argument("id", metavar="ID")
        one.add_argument("--vendor", action="append", metavar="V", help="ask this vendor (again for more)")
    sync = commands.add_parser("sync", help="send what waits and fetch what has come")
    sync.add_argument("--wait", type=float, default=0.0, metavar="SECONDS")
    sync.set_defaults(work=sync_all)


async def new_want(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Keep a new want; an unclear line is asked back and nothing is saved."""
    said = WantDraft()
    open_questions: tuple[Question, ...] = ()
    if arguments.file:
        said = read_want(read_file(arguments.file, LARGEST_WANT))
    flags = draft_from_flags(arguments)
    if arguments.text:
        parsed = await say_what_i_want.read_line(home.means, arguments.text)
        said = say_what_i_want.draft_of(parsed).over(said)
        open_questions = _unanswered(parsed, flags)
    draft = flags.over(said)
    missing = [] if open_questions else list(draft.missing())
    if open_questions or missing:
        return _ask_back(session, open_questions, missing)
    want = await say_what_i_want.save_want(home.means, draft)
    return Result(shape={"intentcast": shapes.intentcast(want)}, lines=_want_lines(want))


def _unanswered(parsed: ParsedLine, flags: WantDraft) -> tuple[Question, ...]:
    """The line's questions that no flag answers."""

    def answered(question: Question) -> bool:
        if question.field is Field.ATTRIBUTE:
            return question.key in flags.attributes
        return bool(getattr(flags, ANSWERED_BY_FLAG[question.field]))

    return tuple(one for one in parsed.questions if not answered(one))


def _ask_back(session: Session, questions: tuple[Question, ...], missing: list[str]) -> Result:
    asked = [shapes.question(one) for one in questions]
    asked += [{"id": name, "field": name, "why": "not-said", "source": "", "choices": []} for name in missing]
    lines = [question_text(one) for one in questions]
    lines += [_("Still needed: {name} (--{flag})").format(name=name, flag=name.replace("_", "-")) for name in missing]
    session.tell(_("Nothing was saved yet. Please say a little more:"))
    for line in lines:
        session.tell(f"  {line}")
    return Result(shape={"questions": asked}, status=REFUSED)


def _want_lines(want: Intentcast) -> tuple[str, ...]:
    parts = [want.place or want.area.code, _("answers by {day}").format(day=values.day(want.answers_by))]
    if want.price_cap is not None:
        parts.append(_("up to {money} (only you know)").format(money=values.money(want.price_cap)))
    return (f"{want.id}  {want.title}  [{want.state.value}]", "    " + " · ".join(parts))


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


def _progress_lines(cast: CastProgress) -> tuple[str, ...]:
    return tuple(
        f"    {row.vendor_name}: {answer_label(row.answer)}" + (f" ({code_label(row.trouble)})" if row.trouble else "")
        for row in cast.vendors
    )


def _chosen(arguments: argparse.Namespace) -> tuple[VendorId, ...] | None:
    return tuple(VendorId(one) for one in arguments.vendor) if arguments.vendor else None


async def plan_want(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """The plan, before it is confirmed."""
    view = await choose_vendors.plan(home.means, IntentcastId(arguments.id), _chosen(arguments))
    names = {fit.vendor.id: fit.vendor.name for fit in view.vendors}
    plans = [shapes.vendor_plan(one, names[one.vendor]) for one in view.plan.vendors]
    lines: list[str] = []
    for one in view.plan.vendors:
        lines.append(names[one.vendor])
        for title, fields in (
            (_("  the first question says"), one.ping),
            (_("  after signing your conditions it learns"), one.reveal),
            (_("  only if you accept its offer it gets"), one.order),
        ):
            lines.append(title)
            lines += [f"    {field.name}: {field.value}" for field in fields]
    shape = {"intentcast": {"id": view.want.id}, "vendors": plans, "many": view.many, "confirmed": view.confirmed}
    return Result(shape=shape, lines=tuple(lines))


async def cast_want(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Confirm the plan, ask, and wait for answers if told to."""
    key = IntentcastId(arguments.id)
    view = await choose_vendors.plan(home.means, key, _chosen(arguments))
    await choose_vendors.confirm_plan(home.means, view)
    spread = max(0.0, min(arguments.spread, arguments.wait or arguments.spread))
    _changes, asked = await send_intentcast.cast(home.means, key, spread=spread)
    home.exchange.tend(asked)
    cast = await _until_answered(session, home, key, max(arguments.wait, spread + 1.0), for_answers=arguments.wait > 0)
    shape = {"intentcast": {"id": key, "state": "cast"}, "vendors": shapes.progress(cast)}
    return Result(shape=shape, lines=_progress_lines(cast), status=PARTLY if cast.failed else DONE)


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
                session.tell(f"{row.vendor_name}: {answer_label(row.answer)}")
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


async def sync_all(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Send what waits, fetch what has come; with --wait go on until nothing is expected or the seconds are over."""
    changes = await collect_offers.sync_once(home.means, home.exchange)
    loop = asyncio.get_running_loop()
    end = loop.time() + arguments.wait
    home.exchange.tend(await collect_offers.active(home.means) if arguments.wait > 0 else ())
    while (left := end - loop.time()) > 0 and await collect_offers.expecting(home.means):
        changes |= await home.exchange.next_changes(left)
    things = [{"id": key, "kind": kind} for kind, key in sorted(changes.things) if key]
    troubled = await collect_offers.troubled(home.means)
    for name, code in troubled:
        session.tell(f"{name}: {code_label(code)}")
    lines = (_("Nothing new.") if not things else _("{count} things changed.").format(count=len(things)),)
    return Result(shape={"changes": things}, lines=lines, status=PARTLY if troubled else DONE)
