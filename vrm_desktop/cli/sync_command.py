"""`vrm sync`: send what waits and fetch what has come, for all relationships at once."""

import argparse
import asyncio

from vrm_desktop.cli import shapes
from vrm_desktop.cli.argument_types import seconds
from vrm_desktop.cli.session import DONE, PARTLY, Result, Session
from vrm_desktop.services import collect_offers, keep_relationship, watch_dates, watch_prices
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.ports import Changes
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.errors import command_advice
from vrm_desktop.wording.labels import code_label


def add_to(noun: argparse.ArgumentParser) -> None:
    """The arguments of `vrm sync`."""
    noun.add_argument(
        "--wait", type=seconds, default=0.0, metavar="SECONDS", help=_("go on until nothing is expected any more")
    )
    noun.set_defaults(work=sync_all)


async def sync_all(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Send what waits, fetch what has come; with --wait go on until nothing is expected or the seconds are over."""
    changes = await watch_dates.watch(home.means)
    looking = asyncio.create_task(watch_prices.look(home.means))  # shops may be slow: vendors are not kept waiting
    try:
        changes |= await collect_offers.sync_once(home.means, home.exchange)
        changes |= await looking
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
    if arguments.wait > 0:
        changes |= await _go_on(home, arguments.wait)
    if await home.keeping.back_up_if_due() is None and home.keeping.backup_trouble:
        session.tell(command_advice(home.keeping.backup_trouble).sentence)
    things = [{"id": key, "kind": kind} for kind, key in sorted(changes.things) if key]
    files = await keep_relationship.relationships(home.means)
    troubled = [one for one in files if one.relationship.trouble]
    for file in troubled:
        session.tell(f"{file.vendor.name}: {code_label(file.relationship.trouble)}")
    count = len(things)
    told = ngettext("{count} thing changed.", "{count} things changed.", count).format(count=count)
    shape = {"changes": things, "troubled": [shapes.relationship(one) for one in troubled]}
    return Result(shape=shape, lines=(told if count else _("Nothing new."),), status=PARTLY if troubled else DONE)


async def _go_on(home: OpenHome, seconds: float) -> Changes:
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    changes = Changes()
    home.exchange.tend(await collect_offers.active(home.means))
    while (left := end - loop.time()) > 0 and await collect_offers.expecting(home.means):
        changes |= await home.exchange.next_changes(left)
    return changes
