"""`vrm quote …`: desks that quote through tools, asked with exactly what was shown. Sends only with `--yes`."""

import argparse
import asyncio

from vrm_desktop.cli import quote_shapes
from vrm_desktop.cli.argument_types import amount
from vrm_desktop.cli.limit_commands import judged_lines
from vrm_desktop.cli.profile_commands import read_file
from vrm_desktop.cli.session import REFUSED, Result, Session
from vrm_desktop.cli.taken_at_desk import status_of, take
from vrm_desktop.domain.ids import IntentcastId, MessageId, VendorId
from vrm_desktop.domain.quote_desk import DeskProfile
from vrm_desktop.formats.quote_desk_profile import LARGEST, read_profile
from vrm_desktop.services import compare_offers, keep_desks, keep_limits
from vrm_desktop.services.desk_profiles import shipped
from vrm_desktop.services.errors import NotFound, NotPossibleNow, QuoteIncomplete
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_desks import QuoteView
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.quotes import quote_state_label


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    verbs.add_parser("desks", help=_("your vendors' quote desks, and the kinds that are known")).set_defaults(
        work=desks
    )
    add = verbs.add_parser("add", help=_("note that a vendor has a quote desk; nothing is sent"))
    add.add_argument("vendor", metavar="VENDOR")
    add.add_argument("--address", required=True, metavar="URL")
    add.add_argument(
        "--profile", metavar="NAME|FILE", help=_("a kind that is known, or a file that describes the desk")
    )
    add.set_defaults(work=add_one)
    tools = verbs.add_parser("tools", help=_("ask a desk what it can do"))
    tools.add_argument("vendor", metavar="VENDOR")
    tools.set_defaults(work=list_tools)
    form = verbs.add_parser("form", help=_("what one of a desk's tools wants to know"))
    form.add_argument("vendor", metavar="VENDOR")
    form.add_argument("tool", metavar="TOOL")
    form.set_defaults(work=show_form)
    ask = verbs.add_parser("ask", help=_("show exactly what would go to a desk; with --yes, send it"))
    ask.add_argument("want", metavar="INTENTCAST")
    ask.add_argument("vendor", metavar="VENDOR")
    told = _("put a text into its form; @ puts in what is left empty otherwise, nothing leaves it out")
    ask.add_argument("--set", dest="typed", type=typed, action="append", default=[], metavar="PATH=TEXT", help=told)
    ask.add_argument("--tool", default="", metavar="TOOL", help=_("use another of its tools"))
    ask.add_argument("--yes", action="store_true", help=_("send it now"))
    ask.set_defaults(work=ask_one)
    listed = verbs.add_parser("list", help=_("everything asked of desks, the newest first"))
    listed.add_argument("--for", dest="want", default=None, metavar="INTENTCAST")
    listed.set_defaults(work=list_all)
    show = verbs.add_parser("show", help=_("how one of them stands, with the desk's own words"))
    show.add_argument("id", metavar="ID")
    show.set_defaults(work=show_one)
    accept = verbs.add_parser("accept", help=_("show what a quote comes to; with --yes, order it"))
    accept.add_argument("id", metavar="ID")
    accept.add_argument("--offer", metavar="OFFER", help=_("which of several quotes"))
    accept.add_argument("--total", type=amount, metavar="AMOUNT", help=_("which total counts, where there are two"))
    accept.add_argument("--over-limit", action="store_true", help=_("although none of your limits allows it"))
    accept.add_argument("--yes", action="store_true", help=_("order it now"))
    accept.set_defaults(work=accept_one)


def typed(text: str) -> tuple[str, str]:
    """One argument such as context=urgent."""
    path, equals, value = text.partition("=")
    if not equals or not path.strip():
        raise argparse.ArgumentTypeError(_("a text for a form looks like message=hello"))
    return path.strip(), value


async def desks(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """The person's desks, and the known kinds."""
    own, known = await keep_desks.desks(home.means), await asyncio.to_thread(shipped)
    lines = [quote_shapes.desk_line(one) for one in own] or [_("You know no quote desk yet.")]
    lines += [
        "",
        _("Kinds that are known:"),
        *(line for one in known.values() for line in quote_shapes.profile_lines(one)),
    ]
    shape = {
        "desks": [quote_shapes.desk(one) for one in own],
        "profiles": [quote_shapes.profile(one) for one in known.values()],
    }
    return Result(shape=shape, lines=tuple(lines))


async def add_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Note a desk."""
    profile = await asyncio.to_thread(_profile, arguments.profile) if arguments.profile else None
    view = await keep_desks.add(home.means, VendorId(arguments.vendor), arguments.address, profile)
    return Result(shape={"desk": quote_shapes.desk(view)}, lines=(quote_shapes.desk_line(view),))


def _profile(name: str) -> DeskProfile:
    known = shipped()
    return known[name] if name in known else read_profile(read_file(name, LARGEST))


async def list_tools(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """What a desk can do."""
    view = await keep_desks.tools(home.means, VendorId(arguments.vendor))
    lines = [line for one in view.desk.tools for line in quote_shapes.tool_lines(one)] or [_("It names no tools.")]
    if view.desk.more:
        lines.append(_("It has more tools than are shown."))
    return Result(shape={"desk": quote_shapes.desk(view)}, lines=tuple(lines))


async def show_form(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """A tool's form."""
    vendor = VendorId(arguments.vendor)
    try:
        found = await keep_desks.form(home.means, vendor, arguments.tool)
    except NotFound:
        await keep_desks.tools(home.means, vendor)
        found = await keep_desks.form(home.means, vendor, arguments.tool)
    lines = [quote_shapes.field_line(one) for one in found.fields] or [_("It wants to know nothing.")]
    if found.left_out:
        lines.append(_("Cannot be filled in here: {fields}").format(fields=", ".join(found.left_out)))
    return Result(shape={"tool": arguments.tool, "form": quote_shapes.form(found)}, lines=tuple(lines))


async def ask_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Show what would leave, and let it."""
    want = IntentcastId(arguments.want)
    try:
        shown = await keep_desks.put_in(
            home.means, want, VendorId(arguments.vendor), dict(arguments.typed), tool=arguments.tool
        )
    except QuoteIncomplete as error:
        if error.path:
            session.tell(_("It demands this: {path}").format(path=error.path))
        raise
    lines = quote_shapes.asking_lines(shown)
    if not arguments.yes:
        told = _("Nothing was sent. Send it with --yes.")
        return Result(shape={"asking": quote_shapes.asking(shown), "sent": False}, lines=(*lines, told))
    key = await keep_desks.ask(home.means, want, shown)
    await home.exchange.one_pass(key)
    view = next(one for one in await keep_desks.quotes(home.means, want) if one.asked.relationship == key)
    shape = {"asking": quote_shapes.asking(shown), "sent": True, "quote": quote_shapes.quote(view)}
    return Result(shape=shape, lines=(*lines, "", *quote_shapes.quote_lines(view)), status=status_of(view))


async def list_all(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Everything asked."""
    found = await keep_desks.quotes(home.means, IntentcastId(arguments.want) if arguments.want else None)
    lines = tuple(quote_shapes.quote_line(one) for one in found) or (_("You have asked no desk yet."),)
    return Result(shape={"quotes": [quote_shapes.quote(one) for one in found]}, lines=lines)


async def show_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """One of them."""
    view = await keep_desks.quote(home.means, arguments.id)
    return Result(shape={"quote": quote_shapes.quote(view)}, lines=quote_shapes.quote_lines(view))


async def accept_one(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Show what would be ordered, and order it."""
    view = await keep_desks.quote(home.means, arguments.id)
    if arguments.total is not None and view.asked.two_totals and arguments.yes:
        await keep_desks.choose_total(home.means, arguments.id, arguments.total)
        view = await keep_desks.quote(home.means, arguments.id)
    if view.asked.two_totals:
        told = _("Say which total counts with --total: {totals}").format(
            totals=quote_shapes.totals(view.asked.two_totals)
        )
        return Result(
            shape={"quote": quote_shapes.quote(view), "ordered": False},
            lines=(*quote_shapes.quote_lines(view), told),
            status=REFUSED,
        )
    key = _which(view, arguments.offer)
    offer = (await compare_offers.offer(home.means, key)).offer
    price = values.money(offer.price.all_in) if offer.price is not None else _("no price")
    lines = [_("{vendor}: {price}").format(vendor=offer.vendor_name, price=price)]
    lines += [f"    {line.quantity} x {line.title}" for line in offer.lines]
    judged = await keep_limits.judge_offer(home.means, offer)
    for line in judged_lines(judged) if judged.asks else ():
        session.tell(line)
    if not arguments.yes:
        lines.append(_("Nothing was ordered. Order it with --yes."))
        return Result(shape={"quote": quote_shapes.quote(view), "ordered": False}, lines=tuple(lines))
    view = await take(home, offer, None, over_limit=arguments.over_limit)
    ordered = bool(view.asked.order or view.asked.link)
    shape = {"quote": quote_shapes.quote(view), "ordered": ordered}
    return Result(shape=shape, lines=(*lines, *quote_shapes.quote_lines(view)), status=status_of(view))


def _which(view: QuoteView, wished: str | None) -> MessageId:
    offers = view.asked.offers
    if wished is not None and wished in offers:
        return MessageId(wished)
    if len(offers) != 1 or wished is not None:
        raise NotPossibleNow(quote_state_label(view.asked.state) if not offers else "several quotes")
    return offers[0]
