"""`vrm page add|list|drop`: prices on saved shop pages, beside the offers for a want. Nothing is fetched."""

import argparse
import asyncio
from pathlib import Path

from vrm_desktop.cli import shapes
from vrm_desktop.cli.session import Result, Session
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.formats.errors import FileUnreadable
from vrm_desktop.formats.product_page.reading import LARGEST
from vrm_desktop.services import keep_pages
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.means import Means
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.public_prices import price_lines


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    add = verbs.add_parser("add", help=_("keep the prices of a shop page that you saved as HTML"))
    add.add_argument("file", metavar="FILE")
    add.add_argument("--for", dest="want", required=True, metavar="INTENTCAST", help=_("the want that it belongs to"))
    add.add_argument("--url", default="", metavar="ADDRESS", help=_("where you saved it; not visited"))
    add.set_defaults(work=add_one)
    listed = verbs.add_parser("list", help=_("the public prices that you keep"))
    listed.add_argument("--for", dest="want", default=None, metavar="INTENTCAST", help=_("only those for this want"))
    listed.set_defaults(work=list_all)
    drop = verbs.add_parser("drop", help=_("strike one off"))
    drop.add_argument("id", metavar="ID")
    drop.set_defaults(work=drop_one)


def shape(one: PublicPrice) -> shapes.Shape:
    """A public price as JSON; `offer_made` says that it is none."""
    return {
        "id": one.id,
        "intentcast": one.intentcast,
        "offer_made": False,
        "title": one.title,
        "seen": shapes.instant(one.at),
        "price": shapes.money(one.low),
        "up_to": shapes.money(one.high),
        "without_tax": one.net,
        "shipping": shapes.money(one.shipping),
        "condition": one.condition.value if one.condition else None,
        "availability": one.availability.value if one.availability else None,
        "seller": one.seller or None,
        "host": one.host or None,
        "link": one.link or None,
        "stripped": list(one.stripped),
        "brand": one.brand or None,
        "gtin": one.gtin or None,
        "sku": one.sku or None,
        "valid_until": one.valid_until.isoformat() if one.valid_until else None,
    }


async def beside(means: Means, want: IntentcastId, result: Result) -> Result:
    """What is shown of a want's offers, and after it the public prices kept for it, marked as such."""
    kept = await keep_pages.prices(means, want)
    if not kept:
        return result
    lines = [
        *result.lines,
        _("Public prices, no offers made for you:"),
        *(line for one in kept for line in price_lines(one)),
    ]
    return Result(shape={**result.shape, "public_prices": [shape(one) for one in kept]}, lines=tuple(lines))


async def add_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Keep the prices of a page."""
    page = await asyncio.to_thread(_read, Path(arguments.file))
    kept = await keep_pages.add(home.means, IntentcastId(arguments.want), page, arguments.url)
    lines = [line for one in kept.prices for line in price_lines(one)]
    if kept.unclear:
        lines.append(_("Left out, as their price is not clear: {count}").format(count=kept.unclear))
    if kept.more:
        lines.append(_("There is more on this page than was read."))
    made = {"public_prices": [shape(one) for one in kept.prices], "unclear": kept.unclear, "more": kept.more}
    return Result(shape=made, lines=tuple(lines))


async def list_all(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """The public prices, the newest first."""
    kept = await keep_pages.prices(home.means, IntentcastId(arguments.want) if arguments.want else None)
    lines = tuple(line for one in kept for line in price_lines(one)) or (_("No public prices are kept."),)
    return Result(shape={"public_prices": [shape(one) for one in kept]}, lines=lines)


async def drop_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Strike one off."""
    await keep_pages.drop(home.means, arguments.id)
    return Result(shape={"dropped": arguments.id}, lines=(_("Struck off."),))


def _read(file: Path) -> bytes:
    try:
        with file.expanduser().open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        raise FileUnreadable(str(error)) from error
