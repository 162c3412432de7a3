"""Answers of a shop's catalogue: products and their variants as things with a price. Never a sum, and never a rank.

A product without a price that can be meant in one way only is counted and left out. Never here: asking for more.
"""

from collections.abc import Iterator
from typing import Final

from vrm_desktop.domain.money import Money
from vrm_desktop.domain.public_price import Availability
from vrm_desktop.domain.shop import CataloguePage, ShopItem
from vrm_desktop.formats.ucp.members import (
    Object,
    counted,
    currency_of,
    inner,
    line,
    link,
    money,
    name_of,
    objects,
    read_object,
    whole,
)
from vrm_desktop.formats.ucp.saying import messages, policies

MOST_PRODUCTS: Final = 100
MOST_VARIANTS: Final = 10
_LONGEST_CURSOR: Final = 2_000
_AVAILABILITY: Final = {
    "in_stock": Availability.IN_STOCK,
    "limited": Availability.LIMITED,
    "low_stock": Availability.LIMITED,
    "preorder": Availability.PREORDER,
    "backorder": Availability.BACKORDER,
    "out_of_stock": Availability.OUT_OF_STOCK,
    "discontinued": Availability.GONE,
}


def read_catalogue(data: bytes) -> CataloguePage:
    """One answer to a search or a look-up.

    Raises:
        NotAShopAnswer: no JSON object, or beyond the bounds.
    """
    return catalogue_from(read_object(data))


def catalogue_from(told: Object) -> CataloguePage:
    """The same of an answer whose JSON was read already."""
    items: list[ShopItem] = []
    unclear = 0
    cut = counted(told, "products") > MOST_PRODUCTS
    for product in objects(told, "products", MOST_PRODUCTS):
        found = list(_items(product))
        items += found
        unclear += not found
        cut = cut or counted(product, "variants") > MOST_VARIANTS
    paging = inner(told, "pagination")
    total = whole(paging, "total_count")
    return CataloguePage(
        items=tuple(items),
        cursor=_cursor(paging),
        total=total if total is not None and total >= 0 else None,
        unclear=unclear,
        cut=cut,
        messages=messages(told),
        policies=policies(told),
    )


def _cursor(paging: Object) -> str:
    value = paging.get("cursor")
    going_on = paging.get("has_next_page") is True
    fits = isinstance(value, str) and 0 < len(value) <= _LONGEST_CURSOR and value.isprintable()
    return value if going_on and fits and isinstance(value, str) else ""


def _items(product: Object) -> Iterator[ShopItem]:
    """Its variants, each a thing of its own; where none can be read, the product itself with its range of prices."""
    variants = [one for each in objects(product, "variants", MOST_VARIANTS) if (one := _variant(product, each))]
    if variants:
        yield from variants
        return
    key, title = name_of(product, "id"), line(product, "title")
    prices = inner(product, "price_range")
    low, high = price_of(inner(prices, "min")), price_of(inner(prices, "max"))
    if not key or not title or low is None or low.minor <= 0:
        return
    ranged = high is not None and high.currency == low.currency and low < high
    yield ShopItem(id=key, product=key, title=title, low=low, high=high if ranged else None, link=link(product, "url"))


def _variant(product: Object, variant: Object) -> ShopItem | None:
    key, price = name_of(variant, "id"), price_of(inner(variant, "price"))
    title, own = line(product, "title"), line(variant, "title")
    if not key or price is None or price.minor <= 0 or not (title or own):
        return None
    return ShopItem(
        id=key,
        product=name_of(product, "id"),
        title=_joined(title, own),
        low=price,
        availability=_availability(inner(variant, "availability")),
        link=link(variant, "url") or link(product, "url"),
        sku=line(variant, "sku"),
        gtin=_gtin(variant),
        seller=line(inner(variant, "seller"), "name"),
        unit=line(inner(variant, "quantity_unit"), "display_text"),
    )


def _joined(title: str, own: str) -> str:
    """The product's title and the variant's, said once where one holds the other."""
    if not own or own == "Default Title" or own in title:
        return title or own
    return (own if title in own else f"{title}, {own}")[:200].strip()


def price_of(told: Object) -> Money | None:
    """An amount with its currency; None where it is not a whole number of minor units."""
    return money(told, "amount", currency_of(told))


def _availability(told: Object) -> Availability | None:
    said = _AVAILABILITY.get(line(told, "status"))
    if said is None and isinstance(told.get("available"), bool):
        return Availability.IN_STOCK if told["available"] else Availability.OUT_OF_STOCK
    return said


def _gtin(variant: Object) -> str:
    for one in objects(variant, "barcodes", MOST_VARIANTS):
        value = line(one, "value")
        if line(one, "type").upper() in {"GTIN", "EAN", "UPC", "ISBN"} and value.isascii() and value.isdigit():
            return value
    return ""
