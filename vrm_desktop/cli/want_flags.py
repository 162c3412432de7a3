"""The flags of `vrm intentcast new`: each part of a want said by itself."""

import argparse
from datetime import date

from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.want_draft import WantDraft
from vrm_desktop.formats.amounts import read_amount


def amount(text: str) -> Money:
    """An amount such as 799.00 EUR, for argparse."""
    try:
        return read_amount(text)
    except InvalidValue as error:
        raise argparse.ArgumentTypeError("an amount looks like 799.00 EUR") from error


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("a day looks like 2026-11-27") from error


def _area(text: str) -> Area:
    code, _space, prefix = text.partition(" ")
    try:
        coarse = Area.from_code(code)
        return Area(country=coarse.country, region=coarse.region, postal_prefix=prefix or None)
    except InvalidValue as error:
        raise argparse.ArgumentTypeError("an area looks like DE, DE-NW or 'DE-NW 50'") from error


def _attribute(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError("an attribute looks like type=road")
    return key, value


def add_flags(command: argparse.ArgumentParser) -> None:
    """All parts of a want as flags."""
    command.add_argument("--title")
    command.add_argument("--category")
    command.add_argument("--area", type=_area)
    command.add_argument("--place", default="")
    command.add_argument("--details", default="")
    command.add_argument("--attribute", type=_attribute, action="append", default=[], metavar="KEY=VALUE")
    command.add_argument("--condition", type=Condition, choices=list(Condition))
    command.add_argument("--fulfilment", type=Fulfilment, choices=list(Fulfilment))
    command.add_argument("--quantity", type=int)
    command.add_argument("--needed-by", type=_day, metavar="DAY")
    command.add_argument("--answers-by", type=_day, metavar="DAY")
    command.add_argument("--price-cap", type=amount, metavar="AMOUNT", help="the most you would pay; never sent")
    command.add_argument("--sealed", action="store_true", help="see offers only after answers-by")


def draft_from_flags(arguments: argparse.Namespace) -> WantDraft:
    """What the flags say."""
    return WantDraft(
        title=arguments.title or "",
        category=arguments.category or "",
        area=arguments.area,
        place=arguments.place,
        details=arguments.details,
        attributes=dict(arguments.attribute),
        condition=arguments.condition,
        fulfilment=arguments.fulfilment,
        quantity=arguments.quantity,
        needed_by=arguments.needed_by,
        answers_by=arguments.answers_by,
        price_cap=arguments.price_cap,
        sealed_offers=arguments.sealed,
    )
