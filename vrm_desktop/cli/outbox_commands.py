"""`vrm channel waiting|undo|decide`: what has not left by ways beyond our own wire, or may have.

Never here: carrying anything out.
"""

import argparse

from vrm_desktop.cli import shapes
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.outside import OutsideAct, OutsideState
from vrm_desktop.services import outside_acts
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import command_advice
from vrm_desktop.wording.reaching import way_name

AGAIN, LEAVE = "again", "leave"


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The verbs about what waits."""
    waiting = verbs.add_parser("waiting", help=_("what has not left yet, and what may have"))
    waiting.set_defaults(work=list_waiting)
    undo = verbs.add_parser("undo", help=_("take back what has not left"))
    undo.add_argument("id", metavar="ACT")
    undo.set_defaults(work=undo_one)
    decide = verbs.add_parser("decide", help=_("of what may have left: send it again, or leave it at that"))
    decide.add_argument("id", metavar="ACT")
    decide.add_argument("what", choices=(AGAIN, LEAVE))
    decide.set_defaults(work=decide_one)


async def list_waiting(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """Everything that waits, is leaving or is unsure."""
    found = await outside_acts.undecided(home.means)
    lines: list[str] = []
    for act, name in found:
        lines.append(f"{act.id}  {name}, {way_name(act.way)}: {_state(act)}")
        if act.trouble:
            lines.append("    " + command_advice(act.trouble).sentence)
    shape = {"acts": [_shape(act, name) for act, name in found]}
    return Result(shape=shape, lines=tuple(lines) or (_("Nothing waits."),))


async def undo_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Take one back."""
    await outside_acts.undo(home.means, arguments.id)
    return Result(shape={"act": {"id": arguments.id, "state": OutsideState.UNDONE.value}}, lines=(_("Taken back."),))


async def decide_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Say what follows."""
    again = arguments.what == AGAIN
    await outside_acts.decide(home.means, arguments.id, again=again)
    state = OutsideState.WAITING if again else OutsideState.FAILED
    line = _("It leaves with the next `vrm sync`.") if again else _("It is left at that; nothing more is sent.")
    return Result(shape={"act": {"id": arguments.id, "state": state.value}}, lines=(line,))


def _state(act: OutsideAct) -> str:
    if act.state is OutsideState.UNSURE:
        return _("may have left, or not; decide with `vrm channel decide`")
    return _("waits until {moment}").format(moment=values.instant(act.not_before))


def _shape(act: OutsideAct, name: str) -> shapes.Shape:
    return {
        "id": act.id,
        "vendor": act.vendor,
        "vendor_name": name,
        "relationship": act.relationship,
        "intentcast": act.intentcast,
        "way": act.way.value,
        "kind": act.kind.value,
        "state": act.state.value,
        "trouble": act.trouble or None,
        "not_before": shapes.instant(act.not_before),
        "address": act.address,
        "body": act.body,
        "tells": [{"name": one.name, "value": one.value, "until": one.until.isoformat()} for one in act.tells],
    }
