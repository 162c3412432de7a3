"""`vrm trust show|arrived|missing`: what counterparties promised and kept, counted; and whether an order came."""

import argparse

from vrm_desktop.cli import shapes
from vrm_desktop.cli.argument_types import day
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.trust import Measure, Tally
from vrm_desktop.services import count_trust, keep_relationship, order_promises
from vrm_desktop.services.count_trust import Trust
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.labels import asked_field_label
from vrm_desktop.wording.trust_words import count_words, measure_label, only_here, outcome_label, span_words


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    show = verbs.add_parser("show", help=_("promises kept of promises made, and the rest that can be counted"))
    show.add_argument("vendor", nargs="?", metavar="COUNTERPARTY")
    show.add_argument("--rows", action="store_true", help=_("each row that was counted"))
    show.set_defaults(work=show_all)
    came = verbs.add_parser("arrived", help=_("what was ordered has come"))
    came.add_argument("id", metavar="RELATIONSHIP")
    came.add_argument("--on", type=day, metavar="DAY")
    came.set_defaults(work=arrived)
    missing = verbs.add_parser("missing", help=_("what was ordered never came"))
    missing.add_argument("id", metavar="RELATIONSHIP")
    missing.set_defaults(work=not_arrived)


async def show_all(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """The counts of one counterparty, or of all."""
    if arguments.vendor:
        found: tuple[Trust, ...] = (await count_trust.trust(home.means, VendorId(arguments.vendor)),)
    else:
        found = await count_trust.trust_in_all(home.means)
    lines = [only_here()]
    for one in found:
        lines.append(f"{one.name}  [{one.vendor}]")
        lines += ["    " + _("Nothing to count yet.")] if not one.tallies else []
        for tally in one.tallies:
            lines.append(f"    {measure_label(tally.measure)}: {count_words(tally)} ({span_words(tally)})")
            lines += _rows(tally) if arguments.rows else []
    return Result(shape={"trust": [shape(one) for one in found]}, lines=tuple(lines))


def _rows(tally: Tally) -> list[str]:
    asked = tally.measure is Measure.ASKED  # the only rows whose text is a field's name
    return [
        f"        {values.day(row.on)}  {asked_field_label(row.text) if asked else row.text}: "
        f"{outcome_label(row.outcome, tally.measure)}"
        for row in tally.rows
    ]


def shape(one: Trust) -> shapes.Shape:
    """One counterparty's counts as JSON."""
    return {
        "id": one.vendor,
        "name": one.name,
        "counts": [
            {
                "id": tally.measure.value,
                "good": tally.good,
                "late": tally.late,
                "of": tally.of,
                "open": tally.open,
                "first": tally.first.isoformat(),
                "last": tally.last.isoformat(),
                "rows": [
                    {"id": row.source, "on": row.on.isoformat(), "text": row.text, "outcome": row.outcome.value}
                    for row in tally.rows
                ],
            }
            for tally in one.tallies
        ],
    }


async def arrived(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """The person says that it came."""
    await order_promises.arrived(home.means, RelationshipId(arguments.id), arguments.on)
    return await _after(home, arguments.id)


async def not_arrived(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """The person says that it never came."""
    await order_promises.not_arrived(home.means, RelationshipId(arguments.id))
    return await _after(home, arguments.id)


async def _after(home: OpenHome, key: str) -> Result:
    file = await keep_relationship.relationship(home.means, RelationshipId(key))
    found = await count_trust.trust(home.means, file.vendor.id)
    lines = tuple(f"{measure_label(one.measure)}: {count_words(one)}" for one in found.tallies)
    return Result(shape={"trust": [shape(found)]}, lines=lines)
