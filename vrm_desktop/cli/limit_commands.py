"""`vrm limit add|list|show|check|revoke|export`: what may be bought, of whom, for how much, until when."""

import argparse
import asyncio
from datetime import UTC, datetime, time

from vrm_desktop.cli import shapes
from vrm_desktop.cli.argument_types import amount, count, day
from vrm_desktop.cli.new_file import write_new
from vrm_desktop.cli.session import REFUSED, Result, Session
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import MessageId, VendorId
from vrm_desktop.domain.limits import AnyOf, Article, Frequency, LimitTerms, Party
from vrm_desktop.services import compare_offers, keep_limits
from vrm_desktop.services.house import OpenHome
from vrm_desktop.services.keep_limits import Judged, LimitShown
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.limit_words import breaches_words, terms_lines


def article(text: str) -> tuple[Article, int]:
    """`NUMBER[:HOW_MANY][=TITLE]`: an article by its number."""
    number, _equals, title = text.partition("=")
    key, _colon, many = number.partition(":")
    if not key.strip() or (many and not (many.isascii() and many.isdigit() and int(many[:9]) > 0)):
        raise argparse.ArgumentTypeError(_("an article looks like 4012345678901, or 4012345678901:2=Inner tube"))
    return Article(id=key.strip(), title=title.strip()), int(many[:9] or 1)


def account(text: str) -> Party:
    """An account number as who is paid."""
    try:
        return keep_limits.account(text)
    except InvalidValue as error:
        raise argparse.ArgumentTypeError(_("this account number does not check")) from error


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    add = verbs.add_parser("add", help=_("make a limit, and sign it with a key of its own"))
    add.add_argument("title", metavar="TITLE", help=_("for you; it is not part of what is signed"))
    add.add_argument("--up-to", type=amount, required=True, metavar="AMOUNT", help=_("one purchase costs at most"))
    add.add_argument("--from", dest="lowest", type=amount, metavar="AMOUNT", help=_("and at least"))
    add.add_argument("--budget", type=amount, metavar="AMOUNT", help=_("all of them together cost at most"))
    add.add_argument("--until", type=day, required=True, metavar="DAY", help=_("the last day on which it holds"))
    add.add_argument("--starts", type=day, metavar="DAY", help=_("the first day; today if not said"))
    add.add_argument("--vendor", action="append", default=[], metavar="ID", help=_("only of this vendor; may repeat"))
    told = _("only this, by its number: NUMBER[:HOW_MANY][=TITLE]; may repeat")
    add.add_argument("--article", action="append", type=article, default=[], metavar="ARTICLE", help=told)
    add.add_argument("--pay-to", action="append", type=account, default=[], metavar="IBAN", help=_("only to it"))
    add.add_argument("--every", choices=[one.value.lower() for one in Frequency], help=_("not more often than this"))
    add.add_argument("--times", type=count, metavar="COUNT", help=_("how many times at most"))
    add.set_defaults(work=add_one)
    verbs.add_parser("list", help=_("all limits, and what was bought under them")).set_defaults(work=list_all)
    check = verbs.add_parser("check", help=_("whether an offer is within your limits"))
    check.add_argument("offer", metavar="OFFER")
    check.set_defaults(work=check_one)
    show = verbs.add_parser("show", help=_("one limit with its signed form"))
    revoke = verbs.add_parser("revoke", help=_("take a limit back, from now"))
    export = verbs.add_parser("export", help=_("a file that a stranger can check without this program"))
    for verb, work in ((show, show_one), (revoke, revoke_one), (export, export_one)):
        verb.add_argument("id", metavar="LIMIT")
        verb.set_defaults(work=work)
    export.add_argument("file", metavar="FILE")


async def add_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Make a limit."""
    highest, now = arguments.up_to, home.means.clock.now()
    for other in (arguments.lowest, arguments.budget):
        if other is not None and other.currency != highest.currency:
            raise InvalidValue("a limit has one currency")
    terms = LimitTerms(
        currency=highest.currency,
        highest=highest.minor,
        lowest=arguments.lowest.minor if arguments.lowest else 0,
        budget=arguments.budget.minor if arguments.budget else None,
        starts=datetime.combine(arguments.starts, time(), UTC) if arguments.starts else now,
        ends=datetime.combine(arguments.until, time(23, 59, 59), UTC),
        merchants=await keep_limits.parties(home.means, tuple(VendorId(one) for one in arguments.vendor)),
        choices=keep_limits.choices(arguments.article),
        payees=tuple(arguments.pay_to),
        frequency=Frequency(arguments.every.upper()) if arguments.every else None,
        times=arguments.times,
    )
    made = await keep_limits.add(home.means, arguments.title, terms)
    return await _shown(home, made.id)


async def list_all(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """All limits."""
    found = await keep_limits.limits(home.means)
    lines = tuple(line for one in found for line in _lines(one))
    return Result(shape={"limits": [shape(one) for one in found]}, lines=lines or (_("You have no limits."),))


async def show_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """One limit."""
    return await _shown(home, arguments.id)


async def check_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Whether accepting an offer would be within a limit."""
    view = await compare_offers.offer(home.means, MessageId(arguments.offer))
    found = await keep_limits.judge_offer(home.means, view.offer)
    return Result(shape=judged_shape(found), lines=judged_lines(found), status=REFUSED if found.asks else 0)


async def revoke_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Take a limit back."""
    await keep_limits.revoke(home.means, arguments.id)
    return await _shown(home, arguments.id)


async def export_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Write the signed limit into a new file."""
    data = await keep_limits.export(home.means, arguments.id)
    await asyncio.to_thread(write_new, arguments.file, data)
    return Result(shape={"file": arguments.file}, lines=(_("Written to {file}.").format(file=arguments.file),))


def judged_lines(found: Judged) -> tuple[str, ...]:
    """What the limits say of a purchase."""
    if found.within is not None:
        return (_("Within your limit: {limit}").format(limit=found.within.title),)
    if not found.broken:
        return (_("None of your limits is in force, so there is nothing to be within."),)
    return (_("None of your limits allows this."), *(breaches_words(one.title, why) for one, why in found.broken))


def judged_shape(found: Judged) -> shapes.Shape:
    """The same as JSON."""
    return {
        "asks": found.asks,
        "within": found.within.id if found.within else None,
        "broken": [{"id": one.id, "why": [breach.value for breach in why]} for one, why in found.broken],
    }


def shape(one: LimitShown) -> shapes.Shape:
    """A limit as JSON, with the mandates as they are signed."""
    terms = one.limit.terms
    return {
        "id": one.limit.id,
        "title": one.limit.title,
        "currency": terms.currency,
        "lowest": terms.lowest,
        "highest": terms.highest,
        "budget": terms.budget,
        "spent": one.spent.minor,
        "uses": len(one.uses),
        "starts": shapes.instant(terms.starts),
        "ends": shapes.instant(terms.ends),
        "merchants": [_party(party) for party in terms.merchants],
        "articles": [_choice(one) for one in terms.choices],
        "payees": [_party(party) for party in terms.payees],
        "frequency": terms.frequency.value if terms.frequency else None,
        "times": terms.times,
        "in_force": one.in_force,
        "revoked": shapes.instant(one.limit.revoked),
        "checkout_mandate": one.limit.checkout,
        "payment_mandate": one.limit.payment,
    }


def _choice(one: AnyOf) -> shapes.Shape:
    acceptable = [{"id": each.id, "title": each.title or None} for each in one.acceptable]
    return {"id": one.id, "acceptable": acceptable, "quantity": one.quantity}


def _party(one: Party) -> shapes.Shape:
    return {"id": one.id, "name": one.name or None, "website": one.website or None}


async def _shown(home: OpenHome, key: str) -> Result:
    one = await keep_limits.limit(home.means, key)
    return Result(shape={"limit": shape(one)}, lines=_lines(one))


def _lines(one: LimitShown) -> tuple[str, ...]:
    standing = _("in force") if one.in_force else _("not in force")
    if one.limit.revoked is not None:
        standing = _("taken back on {moment}").format(moment=values.instant(one.limit.revoked, zone=UTC))
    spent = _("bought so far: {amount}").format(amount=values.money(one.spent))
    told = (*terms_lines(one.limit.terms), spent)
    return (f"{one.limit.id}  {one.limit.title}: {standing}", *(f"    {line}" for line in told))
