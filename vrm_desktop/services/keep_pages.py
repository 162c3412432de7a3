"""Public prices from saved shop pages, kept beside the offers for a want. Nothing is fetched, and nobody is told.

Never here: ranking. A public price is what a page said on one day, and no offer made for the person.
"""

from dataclasses import dataclass
from urllib.parse import urljoin

from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.public_price import LONGEST_LINK, PublicPrice
from vrm_desktop.formats.clean_link import CleanLink, clean_link
from vrm_desktop.formats.product_page.found import PagePrice
from vrm_desktop.formats.product_page.reading import read_page
from vrm_desktop.formats.web_domains import host_of, registrable
from vrm_desktop.services.errors import NotFound
from vrm_desktop.services.means import Means
from vrm_desktop.services.ports import Changes, Transaction

_NOWHERE = CleanLink(link="", stripped=())


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Kept:
    """What a page came to. `unclear`: offers on it without a clear price; `more`: not all of the page was read."""

    prices: tuple[PublicPrice, ...]
    unclear: int
    more: bool


async def add(means: Means, key: IntentcastId, page: bytes, address: str = "") -> Kept:
    """Keep what a saved page says for a want; `address` is where it was saved from ("": not known).

    A price of the same product on the same page is replaced, with the new day.

    Raises:
        NotFound: no such want.
        NoPriceOnPage: no clear price on the page, or it is too large.
    """
    read = read_page(page)
    own = clean_link(address) or _NOWHERE
    now = means.clock.now()

    def change(tx: Transaction) -> tuple[PublicPrice, ...]:
        if tx.intentcast(key) is None:
            raise NotFound(key)
        there = {one.same_place: one.id for one in tx.papers(PublicPrice) if one.intentcast == key}
        made = []
        for one in read.prices:
            link = _link(one, own, address)
            price = PublicPrice(
                id=means.new_id("price"),
                intentcast=key,
                title=one.title,
                at=now,
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
            )
            if price.same_place in there:
                tx.drop_paper(PublicPrice, there[price.same_place])
            tx.keep_paper(price)
            made.append(price)
        return tuple(made)

    return Kept(prices=await means.vault.write(change), unclear=read.unclear, more=read.more)


async def prices(means: Means, key: IntentcastId | None = None) -> tuple[PublicPrice, ...]:
    """The public prices kept for a want, or for all, the newest first.

    Raises:
        NotFound: no such want.
    """

    def look(tx: Transaction) -> tuple[PublicPrice, ...]:
        if key is not None and tx.intentcast(key) is None:
            raise NotFound(key)
        kept = [one for one in tx.papers(PublicPrice) if key in {None, one.intentcast}]
        return tuple(sorted(kept, key=lambda one: one.at, reverse=True))

    return await means.vault.read(look)


async def drop(means: Means, key: str) -> Changes:
    """Strike a public price off.

    Raises:
        NotFound: no such price.
    """

    def change(tx: Transaction) -> Changes:
        if tx.paper(PublicPrice, key) is None:
            raise NotFound(key)
        tx.drop_paper(PublicPrice, key)
        return Changes.of(("public-price", key))

    return await means.vault.write(change)


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
