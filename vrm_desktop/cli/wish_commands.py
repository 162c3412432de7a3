"""`vrm wish list|show|grant|refuse|got|budget`: what vendors would like to know later, and what comes back for it."""

import argparse
from collections.abc import Awaitable, Callable

from vrm_desktop.cli import data_shapes
from vrm_desktop.cli.argument_types import count
from vrm_desktop.cli.following import has_left, say
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.living import RefusalReason
from vrm_desktop.services import answer_wishes, contact_budgets
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording.catalogue import _, ngettext


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    listed = verbs.add_parser("list", help=_("all wishes, the newest first"))
    listed.add_argument("--relationship", metavar="ID")
    listed.set_defaults(work=list_all)
    shown = verbs.add_parser("show", help=_("one wish, and what it would get"))
    granted = verbs.add_parser("grant", help=_("give what was wished for, or part of it"))
    refused = verbs.add_parser("refuse", help=_("give nothing of it"))
    came = verbs.add_parser("got", help=_("say whether what was promised for it came"))
    for command, work in ((shown, show_one), (granted, grant_one), (refused, refuse_one), (came, got_one)):
        command.add_argument("id", metavar="WISH")
        command.set_defaults(work=work)
    granted.add_argument("--field", action="append", metavar="NAME", help=_("only this field; may be repeated"))
    granted.add_argument(
        "--value", action="append", default=[], metavar="NAME=VALUE", help=_("a value that the profile lacks")
    )
    granted.add_argument("--days", type=count, metavar="N", help=_("for fewer days than were wished for"))
    refused.add_argument("--reason", default="unneeded", choices=[one.value for one in RefusalReason])
    answer = came.add_mutually_exclusive_group(required=True)
    answer.add_argument("--yes", dest="came", action="store_true", help=_("it came"))
    answer.add_argument("--no", dest="came", action="store_false", help=_("it did not; what was given is taken back"))
    came.add_argument("--renew", action="store_true", help=_("give the same once more, for as long as before"))
    budget = verbs.add_parser("budget", help=_("how much a vendor may say unasked in thirty days"))
    budget.add_argument("messages", type=int, metavar="N")
    budget.add_argument("--relationship", metavar="ID", help=_("for this one only"))
    budget.set_defaults(work=budget_one)


async def list_all(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """All wishes."""
    key = RelationshipId(arguments.relationship) if arguments.relationship else None
    found = await answer_wishes.wishes(home.means, key)
    lines = tuple(data_shapes.wish_line(one) for one in found) or (_("Nobody would like to know more."),)
    return Result(shape={"wishes": [data_shapes.wish(one) for one in found]}, lines=lines)


async def show_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """One wish."""
    view = await answer_wishes.wish(home.means, arguments.id)
    return Result(shape={"wish": data_shapes.wish(view)}, lines=data_shapes.wish_lines(view))


async def grant_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Give what was wished for."""
    typed = dict(one.split("=", 1) for one in arguments.value if "=" in one)

    async def saying() -> None:
        await answer_wishes.grant(home.means, arguments.id, arguments.field, typed=typed, days=arguments.days)

    return await _answered(session, home, arguments.id, saying)


async def refuse_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Refuse it."""

    async def saying() -> None:
        await answer_wishes.refuse(home.means, arguments.id, RefusalReason(arguments.reason))

    return await _answered(session, home, arguments.id, saying)


async def got_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Say whether the return came."""

    async def saying() -> None:
        await answer_wishes.got(home.means, arguments.id, came=arguments.came, renew=arguments.renew)

    return await _answered(session, home, arguments.id, saying)


async def budget_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Set the contact budget."""
    key = RelationshipId(arguments.relationship) if arguments.relationship else None
    await contact_budgets.set_budget(home.means, arguments.messages, key)
    number = arguments.messages
    told = ngettext("{count} message unasked in thirty days.", "{count} messages unasked in thirty days.", number)
    return Result(shape={"budget": {"id": key or "all", "messages": number}}, lines=(told.format(count=number),))


async def _answered(session: Session, home: OpenHome, key: str, saying: Callable[[], Awaitable[None]]) -> Result:
    owner = (await answer_wishes.wish(home.means, key)).wish.relationship
    followed = await say(home, owner, saying, has_left)
    followed.tell(session)
    view = await answer_wishes.wish(home.means, key)
    return Result(shape={"wish": data_shapes.wish(view)}, lines=(data_shapes.wish_line(view),), status=followed.status)
