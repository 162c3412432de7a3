"""`vrm rights drp`: requests over the Data Rights Protocol, and the directories that say who answers it."""

import argparse
import asyncio
from collections.abc import Callable
from datetime import datetime

from vrm_desktop.cli.profile_commands import read_file
from vrm_desktop.cli.session import DONE, PARTLY, Result, Session
from vrm_desktop.domain.drp import DrpAction, DrpClaim, DrpEntry, DrpExercise, DrpRegime
from vrm_desktop.services import drp_agent, exercise_over_drp, import_drp_directory, plan_drp_request
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.plan_drp_request import DrpAsking, DrpPlan
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.drp import action_label, claim_label, regime_label, standing_lines, unlinkability_words

LARGEST = 8 * 1024 * 1024


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The verb `drp` of `vrm rights`, with verbs of its own."""
    drp = verbs.add_parser("drp", help=_("requests over the Data Rights Protocol"))
    own = drp.add_subparsers(dest="drp_verb", required=True, metavar="VERB")
    directory = own.add_parser("directory", help=_("take in a directory of those who answer it"))
    directory.add_argument("file", metavar="FILE")
    directory.set_defaults(work=import_file)
    own.add_parser("organisations", help=_("everybody known to answer it")).set_defaults(work=list_entries)
    own.add_parser("agent", help=_("your entry, for a directory or an organisation")).set_defaults(work=show_agent)
    ask = own.add_parser("ask", help=_("show what a request would tell; with --yes, ask"))
    ask.add_argument("business", metavar="ID", help=_("an organisation, as the directory calls it"))
    ask.add_argument("action", choices=list(DrpAction), type=DrpAction)
    ask.add_argument("--regime", choices=list(DrpRegime), type=DrpRegime, default=DrpRegime.VOLUNTARY)
    ask.add_argument("--also", choices=list(DrpClaim), type=DrpClaim, action="append", default=[])
    ask.add_argument("--for", dest="source", default="", metavar="REQUEST", help=_("the data request that it serves"))
    ask.add_argument("--extension", action="store_true", help=_("allow what the protocol itself does not know"))
    ask.add_argument("--yes", action="store_true", help=_("ask now"))
    ask.set_defaults(work=ask_one)
    own.add_parser("list", help=_("all requests over it, the newest first")).set_defaults(work=list_all)
    _one(own, "show", _("one request and how it stands"), show_one)
    _one(own, "check", _("ask the organisation how a request stands"), check_one)
    revoke = _one(own, "revoke", _("take a request back"), revoke_one)
    revoke.add_argument("--reason", default="", help=_("why, in your words"))


def _one(
    verbs: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, told: str, work: Callable[..., object]
) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=told)
    verb.add_argument("id", metavar="ID")
    verb.set_defaults(work=work)
    return verb


async def import_file(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Take in a directory."""
    data = await asyncio.to_thread(read_file, arguments.file, LARGEST)
    read = await import_drp_directory.import_directory(home.means, data)
    count = len(read.entries)
    told = ngettext(
        "{count} organisation answers the Data Rights Protocol.",
        "{count} organisations answer the Data Rights Protocol.",
        count,
    ).format(count=count)
    left = _("{count} entries could not be used.").format(count=read.left_out)
    return Result(
        shape={
            "organisations": [entry_shape(one) for one in read.entries],
            "new_counterparties": read.new,
            "left_out": read.left_out,
            "agents": read.agents,
        },
        lines=(told, *((left,) if read.left_out else ()), *map(_entry_line, read.entries)),
        status=PARTLY if read.left_out else DONE,
    )


async def list_entries(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """Everybody known to answer."""
    found = await import_drp_directory.entries(home.means)
    nobody = (_("You know nobody who answers it. Take in a directory with: vrm rights drp directory FILE"),)
    return Result(
        shape={"organisations": [entry_shape(one) for one in found]}, lines=tuple(map(_entry_line, found)) or nobody
    )


async def show_agent(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """The person's own entry."""
    own = await drp_agent.agent(home.means)
    lines = (f"id: {own.id}", f"verify_key: {own.members['verify_key']}", unlinkability_words())
    return Result(shape={"agent": own.members}, lines=lines)


async def ask_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """What a request would tell; with --yes the request itself."""
    asking = DrpAsking(
        business=arguments.business,
        action=arguments.action,
        regime=arguments.regime,
        also=tuple(arguments.also),
        source=arguments.source,
        extension=arguments.extension,
    )
    plan = await plan_drp_request.plan(home.means, asking)
    if not arguments.yes:
        hint = _("Nothing has left yet. With --yes it does.")
        return Result(shape={"plan": plan_shape(plan), "asked": False}, lines=(*plan_lines(plan), hint))
    made = await exercise_over_drp.ask(home.means, asking)
    return Result(
        shape={"plan": plan_shape(plan), "asked": True, "request": exercise_shape(made)},
        lines=(*plan_lines(plan), *exercise_lines(made)),
        status=PARTLY if made.trouble else DONE,
    )


async def list_all(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """All requests."""
    found = await exercise_over_drp.exercises(home.means)
    lines = tuple(line for one in found for line in exercise_lines(one))
    return Result(shape={"requests": [exercise_shape(one) for one in found]}, lines=lines or (_("No requests yet."),))


async def show_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """One request."""
    return _told(await exercise_over_drp.exercise(home.means, arguments.id))


async def check_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Look at one request."""
    await exercise_over_drp.look(home.means, arguments.id)
    return _told(await exercise_over_drp.exercise(home.means, arguments.id))


async def revoke_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Take one request back."""
    await exercise_over_drp.revoke(home.means, arguments.id, arguments.reason)
    return _told(await exercise_over_drp.exercise(home.means, arguments.id))


def _told(one: DrpExercise) -> Result:
    return Result(
        shape={"request": exercise_shape(one)}, lines=exercise_lines(one), status=PARTLY if one.trouble else DONE
    )


def plan_lines(plan: DrpPlan) -> tuple[str, ...]:
    """What would leave, as people read it, and what it gives up."""
    heading = _("{name}: {action}, {regime}").format(
        name=plan.entry.name,
        action=action_label(plan.asking.action),
        regime=regime_label(plan.asking.regime),
    )
    missing = _("It also asks for your {claims}, which your profile does not say.").format(
        claims=", ".join(map(claim_label, plan.missing))
    )
    told = tuple(f"    {field.name}: {field.value}" for field in plan.fields)
    return (heading, *told, *((missing,) if plan.missing else ()), unlinkability_words())


def exercise_lines(one: DrpExercise) -> tuple[str, ...]:
    """How a request stands, as people read it."""
    heading = f"{one.id}  {one.business}  {action_label(one.action)}"
    return (heading, *(f"    {line}" for line in standing_lines(one)))


def plan_shape(plan: DrpPlan) -> dict[str, object]:
    """A plan in JSON."""
    return {
        "organisation": plan.entry.id,
        "action": plan.entry.spelled(plan.asking.action),
        "regime": plan.asking.regime.value,
        "tells": [
            {"name": field.name, "value": field.value, "until": field.until.isoformat()} for field in plan.fields
        ],
        "missing": [claim.value for claim in plan.missing],
        "gives_up_unlinkability": True,
    }


def entry_shape(one: DrpEntry) -> dict[str, object]:
    """An organisation's entry in JSON."""
    return {
        "id": one.id,
        "name": one.name,
        "vendor": one.vendor,
        "api_base": one.api_base,
        "actions": list(one.actions),
        "asks": [claim.value for claim in one.asks],
    }


def exercise_shape(one: DrpExercise) -> dict[str, object]:
    """A request in JSON."""
    report = one.report
    return {
        "id": one.id,
        "vendor": one.vendor,
        "organisation": one.business,
        "for": one.source,
        "action": one.action.value,
        "regime": one.regime.value,
        "standing": one.standing.value,
        "by_letter": one.by_letter,
        "taken_back": one.revoking,
        "trouble": one.trouble,
        "heard": _moment(one.heard),
        "request_id": report.request_id if report else "",
        "status": report.status.value if report else "",
        "reason": report.reason.value if report and report.reason else "",
        "details": report.details if report else "",
        "expected_by": _moment(report.expected_by if report else None),
        "verification_url": report.verification_url if report else "",
        "results_url": report.results_url if report else "",
    }


def _entry_line(one: DrpEntry) -> str:
    asks = ", ".join(map(claim_label, one.asks)) or _("your choice")
    return _("{id}  {name}  (asks for: {claims})").format(id=one.id, name=one.name, claims=asks)


def _moment(moment: datetime | None) -> str:
    return moment.isoformat() if moment is not None else ""
