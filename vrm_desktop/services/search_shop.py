"""Searching a shop's catalogue for a want: composed for the plan, carried out, and kept as entries of a price list.

What comes back stands there for everybody: it is no offer, and never ranked. The cap stays here: whatever costs more is
counted, and not kept. Never here: carts and what follows (shop_cart).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from vrm_desktop.domain.ids import IntentcastId, RelationshipId, VendorId
from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.outside import OutsideAct, OutsideKind
from vrm_desktop.domain.plan import NotOnPlan, VendorPlan
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.domain.relationship import Relationship
from vrm_desktop.domain.shop import Can, CataloguePage, Shop, ShopItem, Signed
from vrm_desktop.domain.shop_search import ShopSearch
from vrm_desktop.domain.vendor import Counterparty
from vrm_desktop.domain.ways import KnownWay, Way
from vrm_desktop.formats.ucp.catalogue import catalogue_from
from vrm_desktop.formats.web_address import same_owner
from vrm_desktop.formats.web_domains import host_of
from vrm_desktop.services.errors import NotFound, NotKnownAsShop
from vrm_desktop.services.find_shop import shop_of
from vrm_desktop.services.means import Means
from vrm_desktop.services.outside_acts import hold
from vrm_desktop.services.outside_ways import Carried, Composed, begin
from vrm_desktop.services.page_key import choice_for_one
from vrm_desktop.services.ports import Changes, Transaction
from vrm_desktop.services.ports_outside import ShopAnswer
from vrm_desktop.services.shop_calls import Choice, Written, act_of, call_of, ready_shop, search_of, shops_of

MOST_KEPT: Final = 50


def compose(tx: Transaction, _means: Means, want: Intentcast, vendor: Counterparty, _known: KnownWay) -> Composed:
    """The search that would leave.

    Raises:
        NotPossibleNow: the shop was not found, has no catalogue to search, or there is no page to name to it.
    """
    now = search_of(tx, ready_shop(tx, shop_of(tx, vendor.id), Can.SEARCH), want)
    return Composed(tells=now.tells, body=now.body)


def ask(tx: Transaction, means: Means, relationship: Relationship, plan: VendorPlan, not_before: datetime) -> None:
    """Put the search on the plan on its way."""
    want = tx.intentcast(relationship.intentcast) if relationship.intentcast is not None else None
    shop = shop_of(tx, relationship.vendor)
    if want is None or shop is None:
        raise NotFound(relationship.id)
    shown = Written(body=plan.body, tells=plan.reveal)
    hold(tx, act_of(means, relationship.id, shop, OutsideKind.SEARCH, shown, want, not_before))


async def written(means: Means, key: IntentcastId, vendor: VendorId, *, known: bool | None = None) -> Written:
    """The search that would leave now, outside of a cast; `known`: whether she is known by it, whatever is set.

    Raises:
        NotFound: no such want. ShopNotFound, ShopCannot, NoShopPage: the shop cannot be searched. NoPageKey: see
        `page_key.signs_with`.
    """
    return await means.vault.read(lambda tx: _compose(tx, key, vendor, known)[1])


async def search(
    means: Means, key: IntentcastId, vendor: VendorId, shown: Written, *, known: bool | None = None
) -> RelationshipId:
    """Put a search on its way that the person has seen, outside of a cast; it waits in this relationship's outbox.

    Raises:
        NotOnPlan: what would leave now is not what was shown. Others: see `written`.
    """

    def change(tx: Transaction) -> RelationshipId:
        want, now, shop = _compose(tx, key, vendor, known)
        if now != shown:
            raise NotOnPlan(vendor)
        owner = begin(tx, means, vendor, Way.UCP, endpoint=shop.endpoint, want=want)
        alone = choice_for_one(tx, known)
        hold(tx, act_of(means, owner.id, shop, OutsideKind.SEARCH, now, want, means.clock.now(), known=alone))
        return owner.id

    return await means.vault.write(change)


def _compose(tx: Transaction, key: IntentcastId, vendor: VendorId, known: Choice) -> tuple[Intentcast, Written, Shop]:
    want = tx.intentcast(key)
    if want is None:
        raise NotFound(key)
    shop = ready_shop(tx, shop_of(tx, vendor), Can.SEARCH)
    return want, search_of(tx, shop, want, known=known), shop


async def carry(means: Means, act: OutsideAct) -> Carried:
    """Search, page by page up to a bound, and keep what came. Raises `ChannelError`."""
    shop, call, signer = await call_of(means, act)
    answers = await shops_of(means).search(call, signer)
    pages = tuple(catalogue_from(one.told) for one in answers)

    def settle(tx: Transaction) -> Changes:
        return _keep(tx, means, act, shop, pages, refused=answers[0].refused, signed=_worst(answers))

    return Carried(answered="\n".join(one.text for one in answers), settle=settle, status=answers[0].status)


def _worst(answers: Iterable[ShopAnswer]) -> Signed:
    """What the signatures of all pages are worth together."""
    found = {one.signed for one in answers}
    return next(one for one in (Signed.WRONG, Signed.UNCHECKED, Signed.NONE, Signed.RIGHT) if one in found)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SeenThere:
    """A thing that the person saw at a shop: what the shop calls it, its title and its price."""

    item: str
    title: str
    price: Money


async def note_hit(means: Means, key: IntentcastId, vendor: VendorId, seen: SeenThere) -> PublicPrice:
    """Keep a thing that the person saw, for shops that have no catalogue to search. Nothing is asked.

    Raises:
        NotFound: no such want or counterparty. NotKnownAsShop: no shop was found at this counterparty's.
        InvalidValue: no title, no price.
    """

    def change(tx: Transaction) -> PublicPrice:
        want, known, shop = tx.intentcast(key), tx.vendor(vendor), shop_of(tx, vendor)
        if want is None or known is None:
            raise NotFound(f"{key} {vendor}")
        if shop is None:
            raise NotKnownAsShop(known.name)
        item = ShopItem(id=seen.item, title=seen.title, low=seen.price)
        owner = begin(tx, means, vendor, Way.UCP, endpoint=shop.endpoint, want=want)
        price = _price(means, owner.id, shop, want, item)
        tx.keep_paper(price)
        return price

    return await means.vault.write(change)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Hits:
    """What the searches for a want came to: what was kept, the cheapest first, and what was said of each search."""

    prices: tuple[PublicPrice, ...]
    searches: tuple[ShopSearch, ...]


async def hits(means: Means, key: IntentcastId) -> Hits:
    """The entries of shops' price lists kept for a want.

    Raises:
        NotFound: no such want.
    """

    def look(tx: Transaction) -> Hits:
        if tx.intentcast(key) is None:
            raise NotFound(key)
        kept = (one for one in tx.papers(PublicPrice) if one.intentcast == key and one.way is Way.UCP)
        searches = tuple(one for one in tx.papers(ShopSearch) if one.intentcast == key)
        ordered = sorted(kept, key=lambda one: (one.low.currency, one.low.minor, one.title, one.id))
        return Hits(prices=tuple(ordered), searches=searches)

    return await means.vault.read(look)


def _keep(
    tx: Transaction,
    means: Means,
    act: OutsideAct,
    shop: Shop,
    pages: tuple[CataloguePage, ...],
    *,
    refused: bool,
    signed: Signed,
) -> Changes:
    """Put what came in the place of what an earlier search of this shop for the same want had brought."""
    want = tx.intentcast(act.intentcast) if act.intentcast is not None else None
    if want is None:
        return Changes()
    for old in tx.papers(PublicPrice, vendor=act.vendor):
        if old.intentcast == want.id and old.way is Way.UCP:
            tx.drop_paper(PublicPrice, old.id)
    found = _once_each(pages)
    fitting = [one for one in found if not _above_cap(want, one)]
    kept = fitting[:MOST_KEPT]
    for item in kept:
        tx.keep_paper(_price(means, act.relationship, shop, want, item))
    first, last = pages[0], pages[-1]
    search = ShopSearch(
        id=f"{act.vendor}-{want.id}",
        vendor=act.vendor,
        relationship=act.relationship,
        intentcast=want.id,
        at=means.clock.now(),
        kept=len(kept),
        above_cap=len(found) - len(fitting),
        unclear=sum(page.unclear for page in pages),
        more=bool(last.cursor) or len(fitting) > len(kept) or any(page.cut for page in pages),
        total=first.total,
        refused=refused,
        signed=signed,
        messages=first.messages,
        policies=first.policies,
    )
    tx.keep_paper(search)
    things = [("public-price", "all"), ("shop-search", search.id), ("intentcast", want.id)]
    return Changes.of(*things)


def _once_each(pages: tuple[CataloguePage, ...]) -> list[ShopItem]:
    """Each thing once, in the shop's order."""
    found: dict[str, ShopItem] = {}
    for page in pages:
        for item in page.items:
            found.setdefault(item.id, item)
    return list(found.values())


def _above_cap(want: Intentcast, item: ShopItem) -> bool:
    cap = want.price_cap
    same = cap is not None and cap.currency == item.low.currency
    return same and cap is not None and item.low.minor * want.quantity > cap.minor


def _price(means: Means, owner: RelationshipId, shop: Shop, want: Intentcast, item: ShopItem) -> PublicPrice:
    """A link to another owner's site than the shop's is not kept."""
    link = item.link if same_owner(item.link, shop.domain) else ""
    return PublicPrice(
        id=means.new_id("price"),
        intentcast=want.id,
        title=item.title,
        at=means.clock.now(),
        low=item.low,
        high=item.high,
        availability=item.availability,
        seller=item.seller,
        host=host_of(shop.domain)[:200],
        link=link,
        gtin=item.gtin,
        sku=item.sku,
        vendor=shop.vendor,
        relationship=owner,
        way=Way.UCP,
        item=item.id,
    )
