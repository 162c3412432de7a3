"""`vrm channel list|waiting|undo|decide`: the ways to reach vendors, what each can carry, and what waits to leave."""

import argparse

from vrm_desktop.cli import outbox_commands, shapes
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.ways import CARRIES, Carries, Way
from vrm_desktop.services import discover_ways
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.reaching import carries_lines, way_name


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("list", help=_("every way, what it carries and what it shows of you")).set_defaults(work=list_all)
    outbox_commands.add_to(verbs)


async def list_all(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """All ways, with how many of the known vendors can be reached by each."""
    known = await discover_ways.directory(home.means)
    lines: list[str] = []
    rows = []
    for way, carries in CARRIES.items():
        count = sum(any(one.way is way for one in vendor.ways) for vendor in known)
        told = ngettext("{count} vendor that you know", "{count} vendors that you know", count).format(count=count)
        lines.append(f"{way.value}: {way_name(way)}  ({told})")
        lines += [f"    {line}" for line in carries_lines(carries)]
        rows.append(_shape(way, carries, count))
    return Result(shape={"channels": rows}, lines=tuple(lines))


def _shape(way: Way, carries: Carries, count: int) -> shapes.Shape:
    return {
        "id": way.value,
        "vendors": count,
        "terms_first": carries.terms_first,
        "price_cap": carries.price_cap,
        "deadline": carries.deadline,
        "terms": carries.terms,
        "counter": carries.counter,
        "binding": carries.binding,
        "bases": [one.value for one in carries.bases],
        "shows": carries.shows.value,
        "answers": carries.answers.value,
        "yields": carries.yields.value,
    }
