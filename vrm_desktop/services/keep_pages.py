"""Public prices from shop pages, saved or asked for, kept beside the offers for a want.

A saved page is read without telling anybody; an address is visited once, at the person's word (`visit_pages`). Never
here: ranking. A public price is what a page said on one day, and no offer made for the person.
"""

from dataclasses import dataclass, replace
from urllib.parse import urljoin

from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.page_visit import VisitFor
from vrm_desktop.domain.price_watch import PriceWatch
from vrm_desktop.domain.public_price import LONGEST_LINK, PublicPrice
from vrm_desktop.domain.ways import Way
from vrm_desktop.formats.clean_link import CleanLink, clean_link
from vrm_desktop.formats.errors import NoPriceOnPage
from vrm_desktop.formats.product_page.found import PagePrice, PageRead
from vrm_desktop.formats.product_page.walls import is_wall
from vrm_desktop.formats.web_domains import host_of, registrable
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, ChannelError, Transaction
from vrm_desktop.services.visit_pages import Visited, vendor_at, visit_page

_NOWHERE = CleanLink(link="", stripped=())


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Kept:
    """What a page came to. `unclear`: offers on it without a clear price; `more`: not all of the page was read.

    `asked` is the address that was visited in the end, "" where none was.
    """

    prices: tuple[PublicPrice, ...]
    unclear: int
    more: bool
    asked: str = ""


async def add(means: Means, key: IntentcastId, page: bytes, address: str = "") -> Kept:
    """Keep what a saved page says for a want; `address` is where it was saved from ("": not known).

    A price of the same product on the same page is replaced, with the new day.

    Raises:
        NotFound: no such want.
        NoPriceOnPage: no clear price on the page, or it is too large.
    """
    read = _read(page)
    return await _keep(means, key, read, clean_link(address) or _NOWHERE, address)


async def add_address(means: Means, key: IntentcastId, address: str) -> Kept:
    """Visit a shop's page once and keep what it says for a want. Parameters that follow people are taken out before.

    The shop's server learns the network address and which page was asked for.

    Raises:
        NotFound: no such want; nothing was visited.
        ChannelError, PageElsewhere: see `visit_page`. `page-wall`: the shop wants to see a person first.
        NoPriceOnPage: the page came, and says no clear price.
    """
    await means.vault.read(lambda tx: _want(tx, key))
    found = await visit_page(means, address, VisitFor.PERSON)
    own = CleanLink(link=found.address, stripped=found.stripped)
    kept = await _keep(means, key, read_visited(found), own, found.address)
    return replace(kept, asked=found.address)


def read_visited(found: Visited) -> PageRead:
    """What a visited page says.

    Raises:
        ChannelError: `page-wall`. NoPriceOnPage: see `read_page`.
    """
    try:
        return _read(found.page.body, found.page.charset)
    except NoPriceOnPage as error:
        if is_wall(found.page.body):
            raise ChannelError("page-wall", str(error), may_have_arrived=True, final=False) from error
        raise


async def prices(means: Means, key: IntentcastId | None = None) -> tuple[PublicPrice, ...]:
    """The public prices kept for a want, or for all, the newest first.

    Raises:
        NotFound: no such want.
    """

    def look(tx: Transaction) -> tuple[PublicPrice, ...]:
        if key is not None:
            _want(tx, key)
        kept = [one for one in tx.papers(PublicPrice) if key in {None, one.intentcast}]
        return tuple(sorted(kept, key=lambda one: one.at, reverse=True))

    return await means.vault.read(look)


async def drop(means: Means, key: str) -> Changes:
    """Strike a public price off, and what was seen of it where it was watched.

    Raises:
        NotFound: no such price.
    """

    def change(tx: Transaction) -> Changes:
        if tx.paper(PublicPrice, key) is None:
            raise NotFound(key)
        tx.drop_paper(PublicPrice, key)
        for watch in tx.papers(PriceWatch):
            if watch.price == key:
                tx.drop_paper(PriceWatch, watch.id)
        return Changes.of(("public-price", key))

    return await means.vault.write(change)


def seen_now(
    tx: Transaction, means: Means, key: IntentcastId, one: PagePrice, own: CleanLink, base: str
) -> PublicPrice:
    """A page's price as it is kept for a want, not yet kept; under the id that the same price has already."""
    link = _link(one, own, base)
    owner = vendor_at(tx, link.link)
    price = PublicPrice(
        id=means.new_id("price"),
        intentcast=key,
        title=one.title,
        at=means.clock.now(),
        low=one.low,
        high=one.high,
        net=one.net,
        shipping=one.shipping,
        condition=one.condition,
        availability=one.availability,
        seller=one.seller,
        host=host_of(link.link)[:200] if link.link else "",
        link=link.link,
        stripped=link.stripped,
        brand=one.brand,
        gtin=one.gtin,
        sku=one.sku,
        valid_until=one.valid_until,
        vendor=owner.id if owner is not None else None,
    )
    pages = (kept for kept in tx.papers(PublicPrice) if kept.way is Way.PAGE)
    there = (kept for kept in pages if kept.same_place == price.same_place)
    return next((replace(price, id=kept.id) for kept in there), price)


def _read(page: bytes, charset: str = "") -> PageRead:
    from vrm_desktop.formats.product_page.reading import read_page  # showing what is kept needs no reader of pages

    return read_page(page, charset)


async def _keep(means: Means, key: IntentcastId, read: PageRead, own: CleanLink, base: str) -> Kept:
    def change(tx: Transaction) -> tuple[PublicPrice, ...]:
        _want(tx, key)
        made = []
        for one in read.prices:
            price = seen_now(tx, means, key, one, own, base)
            tx.keep_paper(price)
            made.append(price)
        return tuple(made)

    return Kept(prices=await means.vault.write(change), unclear=read.unclear, more=read.more)


def _want(tx: Transaction, key: IntentcastId) -> None:
    if tx.intentcast(key) is None:
        raise NotFound(key)


def _link(one: PagePrice, own: CleanLink, address: str) -> CleanLink:
    """The product's link without followers; where the page was saved from, if it points to another owner's site."""
    try:
        found = clean_link(urljoin(address, one.link)) if one.link else None
    except ValueError:
        found = None
    if found is None or len(found.link) > LONGEST_LINK:
        found = own
    elsewhere = own.link and registrable(found.link) != registrable(own.link)
    chosen = own if elsewhere else found
    chosen = chosen if len(chosen.link) <= LONGEST_LINK else _NOWHERE
    stripped = tuple(dict.fromkeys((*chosen.stripped, *own.stripped)))
    return CleanLink(link=chosen.link, stripped=stripped)
