"""`vrm page add|list|drop|watch|unwatch|watched|visits`: prices on shop pages, beside the offers for a want."""

import argparse
import asyncio
from pathlib import Path

from vrm_desktop.cli import shapes
from vrm_desktop.cli.argument_types import day, per_cent
from vrm_desktop.cli.session import REFUSED, Result, Session
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.page_visit import PageVisit
from vrm_desktop.domain.price_watch import USUAL_FALL, PriceWatch, WatchState
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.formats.errors import FileUnreadable
from vrm_desktop.services import keep_pages, visit_pages, watch_prices
from vrm_desktop.services.errors import PageElsewhere
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.means import Means
from vrm_desktop.services.watch_prices import Watched
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import command_advice
from vrm_desktop.wording.public_prices import price_lines, visit_line, watched_lines


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    add = verbs.add_parser("add", help=_("keep the prices of a shop page: saved as HTML, or visited once now"))
    add.add_argument("page", metavar="FILE|ADDRESS")
    add.add_argument("--for", dest="want", required=True, metavar="INTENTCAST", help=_("the want that it belongs to"))
    add.add_argument("--url", default="", metavar="ADDRESS", help=_("where you saved a file; not visited"))
    add.set_defaults(work=add_one)
    listed = verbs.add_parser("list", help=_("the public prices that you keep"))
    listed.add_argument("--for", dest="want", default=None, metavar="INTENTCAST", help=_("only those for this want"))
    listed.set_defaults(work=list_all)
    drop = verbs.add_parser("drop", help=_("strike one off"))
    drop.add_argument("id", metavar="ID")
    drop.set_defaults(work=drop_one)
    watch = verbs.add_parser("watch", help=_("look at a price again once a day, and tell you when it falls"))
    watch.add_argument("id", metavar="ID")
    watch.add_argument("--until", type=day, default=None, metavar="DAY", help=_("the last day (otherwise 30 days)"))
    watch.add_argument(
        "--fall",
        type=per_cent,
        default=USUAL_FALL,
        metavar="PERCENT",
        help=_("tell you when it is so much lower than at first (otherwise 10), or under the most you would pay"),
    )
    watch.set_defaults(work=watch_one)
    unwatch = verbs.add_parser("unwatch", help=_("look at it no more"))
    unwatch.add_argument("id", metavar="ID")
    unwatch.set_defaults(work=unwatch_one)
    verbs.add_parser("watched", help=_("the prices that you watch, and how they went")).set_defaults(work=list_watched)
    verbs.add_parser("visits", help=_("which pages and files were asked for, when and why")).set_defaults(
        work=list_visits
    )


def shape(one: PublicPrice) -> shapes.Shape:
    """A public price as JSON; `offer_made` says that it is none."""
    return {
        "id": one.id,
        "intentcast": one.intentcast,
        "offer_made": False,
        "way": one.way.value,
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
        "vendor": one.vendor,
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


async def add_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Keep the prices of a page, from a file or from its address."""
    want = IntentcastId(arguments.want)
    if "://" in arguments.page:
        session.tell(_("The shop learns your network address, and that somebody asked for this page."))
        try:
            kept = await keep_pages.add_address(home.means, want, arguments.page)
        except PageElsewhere as error:
            return _elsewhere(session, error)
    else:
        page = await asyncio.to_thread(_read, Path(arguments.page))
        kept = await keep_pages.add(home.means, want, page, arguments.url)
    lines = [line for one in kept.prices for line in price_lines(one)]
    if kept.unclear:
        lines.append(_("Left out, as their price is not clear: {count}").format(count=kept.unclear))
    if kept.more:
        lines.append(_("There is more on this page than was read."))
    made = {
        "public_prices": [shape(one) for one in kept.prices],
        "unclear": kept.unclear,
        "more": kept.more,
        "asked": kept.asked or None,
    }
    return Result(shape=made, lines=tuple(lines))


def _elsewhere(session: Session, error: PageElsewhere) -> Result:
    words = command_advice(error.code)
    session.tell(words.sentence)
    told = {"id": error.code, "title": words.title, "advice": words.advice, "leads_to": error.link}
    return Result(shape={"error": told}, lines=(_("It leads to: {link}").format(link=error.link),), status=REFUSED)


async def list_all(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """The public prices, the newest first."""
    kept = await keep_pages.prices(home.means, IntentcastId(arguments.want) if arguments.want else None)
    lines = tuple(line for one in kept for line in price_lines(one)) or (_("No public prices are kept."),)
    return Result(shape={"public_prices": [shape(one) for one in kept]}, lines=lines)


async def drop_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Strike one off."""
    await keep_pages.drop(home.means, arguments.id)
    return Result(shape={"dropped": arguments.id}, lines=(_("Struck off."),))


async def watch_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Watch a price."""
    made = await watch_prices.watch(home.means, arguments.id, until=arguments.until, fall=arguments.fall)
    return await _watched(home, made.id)


async def unwatch_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Watch it no more."""
    await watch_prices.unwatch(home.means, arguments.id)
    return Result(shape={"unwatched": arguments.id}, lines=(_("It is not looked at any more. What was seen stays."),))


async def list_watched(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """All watched prices, the newest first."""
    return await _watched(home, None)


async def _watched(home: OpenHome, key: str | None) -> Result:
    found = [one for one in await watch_prices.watched(home.means) if key in {None, one.watch.id}]
    lines = tuple(line for one in found for line in watched_lines(one.watch, one.price, one.want, fallen=one.fallen))
    return Result(
        shape={"watched": [_watched_shape(one) for one in found]}, lines=lines or (_("No price is watched."),)
    )


def _watched_shape(one: Watched) -> shapes.Shape:
    watch = one.watch
    return {
        "id": watch.id,
        "price": watch.price,
        "intentcast": watch.intentcast,
        "address": watch.address,
        "state": watch.state.value,
        "until": watch.until.isoformat(),
        "fall": watch.fall,
        "fallen": one.fallen,
        "next_look": shapes.instant(watch.next_look) if watch.state is WatchState.WATCHING else None,
        "looked": shapes.instant(watch.looked) if watch.looked is not None else None,
        "trouble": watch.trouble or None,
        "seen": _seen(watch),
        "now": shape(one.price) if one.price is not None else None,
    }


def _seen(watch: PriceWatch) -> list[shapes.Shape]:
    return [
        {"at": shapes.instant(one.at), "price": shapes.money(one.low), "up_to": shapes.money(one.high)}
        for one in watch.seen
    ]


async def list_visits(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """Every page that was asked for, the last first."""
    found = await visit_pages.visits(home.means)
    lines = tuple(visit_line(one) for one in found) or (_("No page was asked for yet."),)
    return Result(shape={"visits": [_visit(one) for one in found]}, lines=lines)


def _visit(one: PageVisit) -> shapes.Shape:
    return {
        "id": one.id,
        "address": one.address,
        "why": one.why.value,
        "times": one.times,
        "first": shapes.instant(one.at),
        "last": shapes.instant(one.last),
        "trouble": one.outcome or None,
        "vendor": one.vendor,
    }


def _read(file: Path) -> bytes:
    from vrm_desktop.formats.product_page.reading import LARGEST  # listing prices needs no reader of pages

    try:
        with file.expanduser().open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        raise FileUnreadable(str(error)) from error
