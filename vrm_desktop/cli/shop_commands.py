"""`vrm shop …`: shops asked by their own protocol, found, searched, and bought from as far as their own page.

Nothing is paid here: a checkout ends with a link for the browser, printed as where it goes.
"""

import argparse

from vrm_desktop.cli.argument_types import amount
from vrm_desktop.cli.session import REFUSED, Result, Session
from vrm_desktop.cli.shop_page_commands import add_page_to
from vrm_desktop.cli.shop_shapes import checkout_shape, hit_shape, search_shape, shop_shape, tells_shape
from vrm_desktop.domain.checkout import Checkout
from vrm_desktop.domain.ids import IntentcastId, RelationshipId, VendorId
from vrm_desktop.domain.shop import Signed
from vrm_desktop.services import choose_vendors, find_shop, search_shop, shop_cart, shop_giving_up
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.house import OpenHome
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import command_advice
from vrm_desktop.wording.labels import asked_field_label
from vrm_desktop.wording.shop_words import (
    checkout_lines,
    hit_lines,
    order_lines,
    search_lines,
    shop_lines,
)


def add_to(noun: argparse.ArgumentParser) -> None:
    """The verbs of this noun."""
    verbs = noun.add_subparsers(dest="verb", required=True, metavar="VERB")
    find = verbs.add_parser("find", help=_("look whether a shop can be asked; it learns that somebody looked"))
    find.add_argument("shop", metavar="DOMAIN", help=_("its domain, or a vendor that you know"))
    find.set_defaults(work=find_one)
    search = verbs.add_parser("search", help=_("show exactly what a search would tell a shop; with --yes, send it"))
    search.add_argument("want", metavar="INTENTCAST")
    search.add_argument("shop", metavar="SHOP", help=_("its domain, or a vendor that you know"))
    search.add_argument("--yes", action="store_true", help=_("send it now"))
    _add_choice(search)
    search.set_defaults(work=search_one)
    hits = verbs.add_parser("hits", help=_("what is on shops' price lists for a want"))
    hits.add_argument("want", metavar="INTENTCAST")
    hits.set_defaults(work=show_hits)
    note = verbs.add_parser("note", help=_("keep a thing that you saw, for shops that cannot be searched"))
    note.add_argument("want", metavar="INTENTCAST")
    note.add_argument("shop", metavar="VENDOR")
    note.add_argument("--item", required=True, metavar="ID", help=_("what the shop calls it"))
    note.add_argument("--title", required=True, metavar="TEXT")
    note.add_argument("--price", required=True, type=amount, metavar="AMOUNT")
    note.set_defaults(work=note_one)
    cart = verbs.add_parser("cart", help=_("put one of them into a cart, after a look at its price"))
    cart.add_argument("hit", metavar="ID")
    cart.add_argument("--quantity", type=int, default=1, metavar="N")
    _add_choice(cart)
    cart.set_defaults(work=begin_cart)
    on = verbs.add_parser("go-on", help=_("say yes to what stopped it"))
    on.add_argument("id", metavar="CART")
    on.set_defaults(work=go_on)
    out = verbs.add_parser("checkout", help=_("go on to the shop's own page, where you pay"))
    out.add_argument("id", metavar="CART")
    out.set_defaults(work=check_out)
    give = verbs.add_parser("give-up", help=_("give it up; the shop is told once that it need not keep it"))
    give.add_argument("id", metavar="CART")
    give.set_defaults(work=give_up)
    came = verbs.add_parser("outcome", help=_("say what came of it"))
    came.add_argument("id", metavar="CART")
    what = came.add_mutually_exclusive_group(required=True)
    what.add_argument("--bought", action="store_true")
    what.add_argument("--not-bought", action="store_true")
    came.add_argument("--order", default="", metavar="ID", help=_("what the shop calls the order"))
    came.set_defaults(work=say_outcome)
    order = verbs.add_parser("order", help=_("ask the shop how an order stands"))
    order.add_argument("id", metavar="CART")
    order.set_defaults(work=ask_order)
    verbs.add_parser("list", help=_("every try to buy")).set_defaults(work=list_all)
    add_page_to(verbs)


def _add_choice(verb: argparse.ArgumentParser) -> None:
    """Whether the shop knows who asks, this once."""
    how = verb.add_mutually_exclusive_group()
    signed = _("sign this with the key of your page, whatever is set")
    how.add_argument("--known", dest="known", action="store_const", const=True, default=None, help=signed)
    unsigned = _("sign nothing of this, whatever is set")
    how.add_argument("--anonymous", dest="known", action="store_const", const=False, help=unsigned)


async def find_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Look for a shop."""
    vendor = await _found(home, arguments.shop, again=True)
    shop = await home.means.vault.read(lambda tx: find_shop.shop_of(tx, vendor))
    if shop is None:
        raise NotFound(arguments.shop)
    lines = (*shop_lines(shop, find_shop.elsewhere(shop)), f"    {vendor}")
    return Result(shape={"shop": shop_shape(shop)}, lines=lines)


async def search_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Show a search, and send it where that is asked for."""
    want = IntentcastId(arguments.want)
    vendor = await _found(home, arguments.shop)
    known: bool | None = arguments.known
    shown = await search_shop.written(home.means, want, vendor, known=known)
    if arguments.yes:
        owner = await search_shop.search(home.means, want, vendor, shown, known=known)
        await home.exchange.one_pass(owner)
        return await _hits(home, want, await _trouble(home, owner), vendor)
    lines = [_("This is the exact text that would leave:"), *shown.body.splitlines()]
    lines += [f"    {asked_field_label(one.name)}: {one.value}" for one in shown.tells]
    lines.append(_("Nothing was sent. Send it with --yes."))
    shape = {"sent": False, "vendor": vendor, "body": shown.body, "tells": tells_shape(shown.tells)}
    return Result(shape=shape, lines=tuple(lines))


async def show_hits(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """What is on price lists."""
    return await _hits(home, IntentcastId(arguments.want), "")


async def note_one(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Keep a thing that was seen."""
    seen = search_shop.SeenThere(item=arguments.item, title=arguments.title, price=arguments.price)
    hit = await search_shop.note_hit(home.means, IntentcastId(arguments.want), VendorId(arguments.shop), seen)
    return Result(shape={"hit": hit_shape(hit)}, lines=hit_lines(hit))


async def begin_cart(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Begin to buy."""
    begun = await shop_cart.begin_cart(home.means, arguments.hit, arguments.quantity, known=arguments.known)
    return await _tended(home, begun)


async def go_on(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Say yes to what stopped it."""
    return await _tended(home, await shop_cart.go_on(home.means, arguments.id))


async def check_out(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Make the checkout if there is none yet, and hand the link out."""
    found = await shop_cart.checkout(home.means, arguments.id)
    if not found.link:
        asked = await shop_cart.to_checkout(home.means, arguments.id)
        result = await _tended(home, asked)
        found = await shop_cart.checkout(home.means, arguments.id)
        if found.stops or not found.link:
            return result
    link = await shop_cart.hand_over(home.means, arguments.id)
    found = await shop_cart.checkout(home.means, arguments.id)
    lines = (*checkout_lines(found), _("Open this in your browser, and pay there:"), link)
    return Result(shape={"checkout": checkout_shape(found), "link": link}, lines=lines)


async def give_up(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Give it up."""
    given = await shop_giving_up.give_up(home.means, arguments.id)
    await home.exchange.one_pass(given.relationship)
    found = await shop_cart.checkout(home.means, arguments.id)
    return Result(shape={"checkout": checkout_shape(found)}, lines=checkout_lines(found))


async def say_outcome(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Say what came of it; a shop is told of what was not bought."""
    await shop_cart.outcome(home.means, arguments.id, bought=arguments.bought, order=arguments.order)
    found = await shop_cart.checkout(home.means, arguments.id)
    await home.exchange.one_pass(found.relationship)
    found = await shop_cart.checkout(home.means, arguments.id)
    return Result(shape={"checkout": checkout_shape(found)}, lines=checkout_lines(found))


async def ask_order(_session: Session, home: OpenHome, arguments: argparse.Namespace) -> Result:
    """Ask how an order stands."""
    result = await _tended(home, await shop_cart.ask_order(home.means, arguments.id))
    found = await shop_cart.checkout(home.means, arguments.id)
    return Result(
        shape=result.shape,
        lines=(*result.lines, *(order_lines(found.order) if found.order is not None else ())),
        status=result.status,
    )


async def list_all(_session: Session, home: OpenHome, _arguments: argparse.Namespace) -> Result:
    """Every try to buy."""
    found = await shop_cart.checkouts(home.means)
    lines = tuple(line for one in found for line in checkout_lines(one)) or (_("Nothing was put into a cart."),)
    return Result(shape={"checkouts": [checkout_shape(one) for one in found]}, lines=lines)


async def _found(home: OpenHome, text: str, *, again: bool = False) -> VendorId:
    """The vendor meant by an id or a domain; looked for if it was not found before, or `again`."""
    known = {one.id for one in await choose_vendors.vendors(home.means)}
    if text not in known:
        return (await find_shop.find_shop_at(home.means, text)).id
    key = VendorId(text)
    if again or await home.means.vault.read(lambda tx: find_shop.shop_of(tx, key)) is None:
        await find_shop.find_shop(home.means, key)
    return key


async def _hits(home: OpenHome, want: IntentcastId, trouble: str, vendor: VendorId | None = None) -> Result:
    """What is on all price lists, or on this vendor's alone."""
    found = await search_shop.hits(home.means, want)
    prices = [one for one in found.prices if vendor in {None, one.vendor}]
    searches = [one for one in found.searches if vendor in {None, one.vendor}]
    names = {one.id: one.name for one in await choose_vendors.vendors(home.means)}
    lines = [line for one in searches for line in search_lines(one, names.get(one.vendor, one.vendor))]
    lines += [_anew(one.vendor) for one in searches if one.signed is Signed.UNCHECKED]
    lines += [line for one in prices for line in hit_lines(one)]
    if prices:
        lines.append(_("These stand there for everybody: no offers made for you."))
    shape = {
        "hits": [hit_shape(one) for one in prices],
        "searches": [search_shape(one) for one in searches],
        "trouble": trouble or None,
    }
    said = _trouble_lines(trouble)
    nothing = (_("Nothing was found on price lists yet."),)
    return Result(shape=shape, lines=(*said, *(lines or nothing)), status=REFUSED if trouble else 0)


def _anew(vendor: VendorId) -> str:
    return _("To read its page about itself anew: vrm shop find {id}").format(id=vendor)


def _trouble_lines(code: str) -> tuple[str, ...]:
    return (command_advice(code).sentence,) if code else ()


async def _trouble(home: OpenHome, owner: RelationshipId) -> str:
    found = await home.means.vault.read(lambda tx: tx.relationship(owner))
    return found.trouble if found is not None else ""


async def _tended(home: OpenHome, asked: Checkout) -> Result:
    """What came of it after all that was on its way has left and was answered."""
    await home.exchange.one_pass(asked.relationship)
    return _told(await shop_cart.checkout(home.means, asked.id))


def _told(found: Checkout) -> Result:
    lines = (*_trouble_lines(found.trouble), *checkout_lines(found))
    if found.signed is Signed.UNCHECKED:
        lines = (*lines, _anew(found.vendor))
    if found.stops and found.may_go_on:
        lines = (*lines, _("If you want it all the same: vrm shop go-on {id}").format(id=found.id))
    status = REFUSED if found.trouble or found.stops else 0
    return Result(shape={"checkout": checkout_shape(found)}, lines=lines, status=status)
