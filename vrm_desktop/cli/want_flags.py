"""The flags of `vrm intentcast new`: each part of a want said by itself."""

import argparse

from vrm_desktop.cli.argument_types import amount, area, attribute, count, day
from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.domain.want_draft import WantDraft
from vrm_desktop.wording.catalogue import _


def add_flags(command: argparse.ArgumentParser) -> None:
    """All parts of a want as flags."""
    command.add_argument("--title", help=_("what it is, in a few words"))
    command.add_argument("--category", help=_("what kind of thing, such as mobility.bicycle"))
    command.add_argument("--area", type=area, help=_("where: DE, DE-NW or 'DE-NW 50'"))
    command.add_argument("--place", default="", help=_("where, in your words; said only to who signs your conditions"))
    command.add_argument("--details", default="", help=_("anything else; said only to who signs your conditions"))
    command.add_argument("--attribute", type=attribute, action="append", default=[], metavar="KEY=VALUE")
    command.add_argument("--condition", choices=[one.value for one in Condition])
    command.add_argument("--fulfilment", choices=[one.value for one in Fulfilment])
    command.add_argument("--quantity", type=count, help=_("how many (1 to 999)"))
    command.add_argument("--needed-by", type=day, metavar="DAY")
    command.add_argument("--answers-by", type=day, metavar="DAY")
    command.add_argument("--price-cap", type=amount, metavar="AMOUNT", help=_("the most you would pay; never sent"))
    command.add_argument("--sealed", action="store_true", help=_("see offers only after answers-by"))


def draft_from_flags(arguments: argparse.Namespace) -> WantDraft:
    """What the flags say."""
    return WantDraft(
        title=arguments.title or "",
        category=arguments.category or "",
        area=arguments.area,
        place=arguments.place,
        details=arguments.details,
        attributes=dict(arguments.attribute),
        condition=Condition(arguments.condition) if arguments.condition else None,
        fulfilment=Fulfilment(arguments.fulfilment) if arguments.fulfilment else None,
        quantity=arguments.quantity,
        needed_by=arguments.needed_by,
        answers_by=arguments.answers_by,
        price_cap=arguments.price_cap,
        sealed_offers=arguments.sealed,
    )
