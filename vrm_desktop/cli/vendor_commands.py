"""`vrm vendor add|list|show|discover|ways|recommend`: whom the person can ask, and how they can be reached."""

import argparse
import asyncio
from pathlib import Path

from vrm_desktop.cli import shapes
from vrm_desktop.cli.new_file import write_new
from vrm_desktop.cli.profile_commands import read_file
from vrm_desktop.cli.session import DONE, PARTLY, Result, Session
from vrm_desktop.domain.ids import VendorId
from vrm_desktop.domain.reaching import VendorWays
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.formats.vendor_card_file import LARGEST, is_link, link_qr_text, read_card, read_link
from vrm_desktop.protocol.roster import Roster
from vrm_desktop.services import choose_vendors, discover_ways, recommend
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import command_advice
from vrm_desktop.wording.labels import with_standing
from vrm_desktop.wording.reaching import way_line, ways_line
from vrm_desktop.wording.signals import signal_lines


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    add = verbs.add_parser("add", help=_("add a vendor by its address, or by what somebody recommended"))
    add.add_argument("url", metavar="URL|FILE|CODE")
    add.set_defaults(work=add_vendor)
    verbs.add_parser("list", help=_("all vendors you know")).set_defaults(work=list_vendors)
    show = verbs.add_parser("show", help=_("what a vendor says about itself"))
    show.add_argument("id", metavar="ID")
    show.set_defaults(work=show_vendor)
    discover = verbs.add_parser("discover", help=_("ask a vendor's site how it can be reached, in a few requests"))
    discover.add_argument("whom", metavar="DOMAIN|ID")
    discover.add_argument("--again", action="store_true", help=_("also if it was asked within a day"))
    discover.set_defaults(work=discover_vendor)
    ways = verbs.add_parser("ways", help=_("the ways that a vendor can be reached by; nothing is asked"))
    ways.add_argument("id", metavar="ID")
    ways.set_defaults(work=show_ways)
    recommending = verbs.add_parser("recommend", help=_("hand a vendor's signed card on to somebody"))
    recommending.add_argument("id", metavar="ID")
    recommending.add_argument("--file", metavar="FILE", help=_("write it into FILE (.vendorcard)"))
    recommending.add_argument("--note", default="", metavar="TEXT", help=_("a few words of yours that go with it"))
    recommending.set_defaults(work=recommend_vendor)


def _lines(vendor: Counterparty, roster: Roster) -> tuple[str, ...]:
    card = vendor.card
    if card is None:
        return (f"{vendor.id}  {vendor.name}",)
    named = (with_standing(one.roster, roster.standing(one.roster, one.version, one.entry)) for one in card.terms)
    terms = ", ".join(named) or _("no terms named")
    return (f"{vendor.id}  {vendor.name}  ({vendor.address})", "    " + _("signs: {terms}").format(terms=terms))


async def add_vendor(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Verify and keep a vendor's card: fetched from its address, or handed on by somebody."""
    given = arguments.url
    if is_link(given):
        vendor = await recommend.take_link(home.means, read_link(given))
    elif "://" not in given and await asyncio.to_thread(Path(given).is_file):
        data = await asyncio.to_thread(read_file, given, LARGEST)
        vendor = await recommend.take_card(home.means, read_card(data))
    else:
        vendor = await choose_vendors.add_vendor(home.means, given)
    return Result(shape={"vendor": shapes.vendor(vendor, home.means.roster)}, lines=_lines(vendor, home.means.roster))


async def list_vendors(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """All known vendors, and how each can be reached."""
    known = await discover_ways.directory(home.means)
    vendors = [one.vendor for one in known]
    lines = tuple(line for one in known for line in (*_lines(one.vendor, home.means.roster), "    " + ways_line(one)))
    nobody = (_("You know no vendor yet. Add one with: vrm vendor add URL"),)
    return Result(shape={"vendors": [shapes.vendor(one, home.means.roster) for one in vendors]}, lines=lines or nobody)


async def show_vendor(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """One vendor's card."""
    vendor = await choose_vendors.vendor(home.means, VendorId(arguments.id))
    card = vendor.card
    more = (
        ()
        if card is None
        else (
            "    " + _("key: {key}").format(key=card.key),
            "    " + _("answers for: {categories}").format(categories=", ".join(card.categories)),
            "    " + _("in: {regions}").format(regions=", ".join(card.regions) or _("everywhere")),
            *((f"    {card.about}",) if card.about else ()),
        )
    )
    roster = home.means.roster
    elsewhere = tuple(f"    {label}: {words}" for label, words in signal_lines(vendor.signals, roster.named))
    lines = (*_lines(vendor, roster), *more, *elsewhere)
    return Result(shape={"vendor": shapes.vendor(vendor, roster)}, lines=lines)


async def discover_vendor(session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Ask a site how its owner can be reached, or say what was found within the day."""
    found = await discover_ways.discover(home.means, arguments.whom, again=arguments.again)
    if found.asked:
        session.tell(_("Asked: {addresses}").format(addresses=", ".join(found.asked)))
    elif not found.site:
        session.tell(_("No site of it is known, so nothing was asked."))
    else:
        session.tell(_("It was asked within a day, and is not asked again (--again asks)."))
    if found.trouble:
        session.tell(command_advice(found.trouble).sentence)
    return _ways(found, status=PARTLY if found.trouble else DONE)


async def show_ways(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """The ways that are known."""
    return _ways(await discover_ways.ways(home.means, VendorId(arguments.id)))


def _ways(found: VendorWays, status: int = DONE) -> Result:
    looked = shapes.instant(found.looked) if found.looked is not None else None
    shape = {
        "vendor": {"id": found.vendor.id, "name": found.vendor.name},
        "site": found.site or None,
        "looked": looked,
        "asked": list(found.asked),
        "trouble": found.trouble or None,
        "terms": found.terms.value,
        "ways": [shapes.known_way(one) for one in found.ways],
    }
    lines = (
        f"{found.vendor.id}  {found.vendor.name}: {ways_line(found)}",
        *(f"    {way_line(one)}" for one in found.ways),
    )
    return Result(shape=shape, lines=lines, status=status)


async def recommend_vendor(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """A vendor's signed card for somebody else: as a file, or as a code to scan or copy."""
    made = await recommend.recommend(home.means, VendorId(arguments.id), arguments.note)
    shape = {"vendor": made.vendor.id, "name": made.vendor.name, "code": made.link, "file": arguments.file}
    if arguments.file:
        await asyncio.to_thread(write_new, arguments.file, made.file)
        told = _("{vendor} is in {file}. Nothing about you is.").format(vendor=made.vendor.name, file=arguments.file)
        return Result(shape={"recommendation": shape}, lines=(told,))
    return Result(shape={"recommendation": shape}, lines=(link_qr_text(made.link), made.link))
