"""`vrm change plan|tell|show|undo|confirmed`: say once what is new about you, to everybody who may know."""

import argparse
from collections.abc import Mapping

from vrm_desktop.cli.argument_types import day
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.change import MOVING, Choice
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.services import change_once, follow_changes, plan_change
from vrm_desktop.services.follow_changes import ChangeView
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.plan_change import ChangePlan, Holder
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.changes import choice_label, standing_label, way_label, why_erase_label
from vrm_desktop.wording.labels import code_label, field_label


def new_value(text: str) -> tuple[FieldPath, str]:
    """A field with its new value, such as address.street=Achsstand 2."""
    name, equals, value = text.partition("=")
    if not equals or not value.strip() or name not in {path.value for path in MOVING}:
        raise argparse.ArgumentTypeError(_("a new value looks like address.street=Achsstand 2"))
    return FieldPath(name), value


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    plan = verbs.add_parser("plan", help=_("who holds what is no longer true; changes nothing"))
    tell = verbs.add_parser("tell", help=_("tell everybody on the plan what is new"))
    for verb in (plan, tell):
        verb.add_argument("--set", type=new_value, action="append", default=[], metavar="FIELD=VALUE", dest="new")
        verb.add_argument("--since", type=day, metavar="DAY", help=_("from which day on (default: today)"))
    tell.add_argument("--erase", action="append", default=[], metavar="ID", help=_("ask this one to erase instead"))
    tell.add_argument("--leave", action="append", default=[], metavar="ID", help=_("say nothing to this one"))
    plan.set_defaults(work=show_plan)
    tell.set_defaults(work=tell_all)
    show = verbs.add_parser("show", help=_("how far it has come, with everybody"))
    show.add_argument("id", nargs="?", metavar="CHANGE")
    show.set_defaults(work=show_changes)
    undo = verbs.add_parser("undo", help=_("take back what has not left yet"))
    undo.add_argument("id", metavar="CHANGE")
    undo.set_defaults(work=take_back)
    confirmed = verbs.add_parser("confirmed", help=_("they told you that it is done"))
    confirmed.add_argument("id", metavar="CHANGE")
    confirmed.add_argument("relationship", metavar="RELATIONSHIP")
    confirmed.set_defaults(work=confirm)


def _holder_shape(holder: Holder) -> dict[str, object]:
    return {
        "id": holder.relationship,
        "counterparty": holder.vendor,
        "counterparty_name": holder.vendor_name,
        "advice": holder.advice.value,
        "tell_way": holder.tell_way.value,
        "erase_way": holder.erase_way.value,
        "addressed": holder.addressed,
        "fields": [
            {
                "id": one.row.name,
                "old": one.row.value,
                "new": one.new.value if one.new is not None else None,
                "purpose": one.row.purpose.value,
                "until": one.row.until.isoformat(),
                "why_erase": one.why.value if one.why is not None else None,
            }
            for one in holder.outdated
        ],
    }


def plan_shape(plan: ChangePlan) -> dict[str, object]:
    """A plan as JSON."""
    return {
        "since": plan.since.isoformat(),
        "values": [{"id": one.path.value, "before": one.before, "value": one.value} for one in plan.values],
        "holders": [_holder_shape(one) for one in plan.holders],
    }


def change_shape(view: ChangeView) -> dict[str, object]:
    """A change as JSON."""
    one = view.change
    return {
        "id": one.id,
        "since": one.since.isoformat(),
        "applied": one.applied,
        "undone": one.undone,
        "finished": view.finished,
        "values": [{"id": new.path.value, "before": new.before, "value": new.value} for new in one.values],
        "told": [
            {
                "id": row.told.relationship,
                "counterparty": row.told.vendor,
                "counterparty_name": row.vendor_name,
                "choice": row.told.choice.value,
                "way": row.told.way.value,
                "fields": list(row.told.names),
                "letter": row.told.letter or None,
                "standing": row.standing.value,
                "trouble": row.trouble or None,
            }
            for row in view.rows
        ],
    }


def _plan_lines(plan: ChangePlan) -> tuple[str, ...]:
    lines = [f"{field_label(one.path)}: {one.before} → {one.value}" for one in plan.values]
    for holder in plan.holders:
        way = way_label(holder.tell_way if holder.advice is Choice.TELL else holder.erase_way)
        lines.append(f"  {holder.vendor_name}: {choice_label(holder.advice)} ({way})  [{holder.relationship}]")
        lines += [
            f"      {field_label(one.path)}: {why_erase_label(one.why)}"
            for one in holder.outdated
            if one.why is not None
        ]
        if not holder.addressed:
            lines.append("      " + _("No address of theirs is known: read it to them, or use a form of theirs."))
    return tuple(lines) or (_("Nobody holds anything of you that is no longer true."),)


def _change_lines(view: ChangeView) -> tuple[str, ...]:
    new = ", ".join(one.value for one in view.change.values)
    lines = [_("From {day}: {values}").format(day=values.day(view.change.since), values=new) + f"  [{view.change.id}]"]
    for row in view.rows:
        why = f" ({code_label(row.trouble)})" if row.trouble else ""
        lines.append(f"  {row.vendor_name}: {standing_label(row.standing.value)}{why}  [{row.told.relationship}]")
    return tuple(lines)


def _new(arguments: argparse.Namespace) -> Mapping[FieldPath, str]:
    return dict(arguments.new)


async def show_plan(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Who holds what is no longer true."""
    plan = await plan_change.plan(home.means, _new(arguments), arguments.since)
    return Result(shape={"plan": plan_shape(plan)}, lines=_plan_lines(plan))


async def tell_all(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Tell everybody on the plan what is new."""
    plan = await plan_change.plan(home.means, _new(arguments), arguments.since)
    choices = {one.relationship: one.advice for one in plan.holders}
    choices |= {RelationshipId(key): Choice.ERASE for key in arguments.erase}
    choices |= {RelationshipId(key): Choice.LEAVE for key in arguments.leave}
    made = await change_once.tell(home.means, choices, _new(arguments), arguments.since)
    return await _shown(home, made.id)


async def show_changes(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """How far changes have come."""
    if arguments.id:
        return await _shown(home, arguments.id)
    views = await follow_changes.changes(home.means)
    lines = tuple(line for view in views for line in _change_lines(view)) or (_("Nothing was changed yet."),)
    return Result(shape={"changes": [change_shape(view) for view in views]}, lines=lines)


async def take_back(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Take back what has not left."""
    await change_once.take_back(home.means, arguments.id)
    return await _shown(home, arguments.id)


async def confirm(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """They told the person that it is done."""
    await change_once.confirmed(home.means, arguments.id, RelationshipId(arguments.relationship))
    return await _shown(home, arguments.id)


async def _shown(home: OpenHome, key: str) -> Result:
    view = await follow_changes.change(home.means, key)
    return Result(shape={"change": change_shape(view)}, lines=_change_lines(view))
