"""One saved page read: decoded, its values gathered, its products' prices told, each once.

Members that compare, relate or review lead away from what the page sells and are not followed. Never here: what the
values mean (`schema_org`), nor what is kept of them.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace

from vrm_desktop.canon.loose_json import Loose
from vrm_desktop.formats.errors import NoPriceOnPage
from vrm_desktop.formats.product_page.found import PagePrice, PageRead
from vrm_desktop.formats.product_page.markup import read_markup
from vrm_desktop.formats.product_page.schema_org import (
    PRODUCTS,
    Graph,
    Node,
    is_offer,
    kinds,
    prices_of,
    prices_of_offer,
)

LARGEST = 4 * 1024 * 1024
MOST_PRICES = 20
_MOST_TOLD = 1_000
_MOST_NODES = 100_000
_LOOKED_AT_FOR_CHARSET = 2048
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE)
_CHARSETS = {"iso-8859-1": "cp1252", "latin1": "cp1252", "windows-1252": "cp1252", "iso-8859-15": "iso-8859-15"}
_LEADS_AWAY = frozenset(
    {"isRelatedTo", "isSimilarTo", "isAccessoryOrSparePartFor", "isConsumableFor", "review", "reviews", "offers"}
    | {"itemOffered", "itemReviewed", "addOn", "isVariantOf", "aggregateRating", "about", "mentions"}
)


def read_page(data: bytes, charset: str = "") -> PageRead:
    """The prices that a page says, at most twenty. `charset` is what the shop's answer named, if it did.

    Raises:
        NoPriceOnPage: larger than 4 MiB, or no clear price in it.
    """
    if len(data) > LARGEST:
        raise NoPriceOnPage("larger than 4 MiB")
    values, cut = read_markup(_decoded(data, charset))
    nodes, more = _nodes(values)
    graph = Graph(nodes)
    found: dict[tuple[object, ...], PagePrice] = {}
    unclear = 0
    for number, price in enumerate(_told(graph, nodes)):
        if number == _MOST_TOLD:
            more = True
            break
        if price is None:
            unclear += 1
        elif _key(price) in found or len(found) < MOST_PRICES:
            found[_key(price)] = _joined(found.get(_key(price)), price)
        else:
            more = True
            break
    if not found:
        raise NoPriceOnPage(f"no clear price; {unclear} unclear")
    return PageRead(prices=tuple(found.values()), unclear=unclear, more=more or cut)


def _told(graph: Graph, nodes: list[Node]) -> Iterator[PagePrice | None]:
    for node in nodes:
        if kinds(node) & PRODUCTS:
            yield from prices_of(graph, node)
        elif is_offer(node):
            yield from prices_of_offer(graph, node)


def _key(price: PagePrice) -> tuple[object, ...]:
    return (price.title, price.gtin, price.sku, price.condition, price.seller, price.low.currency)


def _joined(first: PagePrice | None, second: PagePrice) -> PagePrice:
    """One product told twice: two prices of it are a range, as nobody can know which one holds."""
    if first is None:
        return second
    low = min(first.low.minor, second.low.minor)
    high = max((one.high or one.low).minor for one in (first, second))
    money = replace(first.low, minor=low)
    return replace(
        first,
        low=money,
        high=replace(money, minor=high) if low < high else None,
        net=first.net or second.net,
        shipping=first.shipping if first.shipping == second.shipping else None,
        availability=first.availability if first.availability is second.availability else None,
    )


def _nodes(values: list[Loose]) -> tuple[list[Node], bool]:
    """All things of a page in its order, those that lead away left out; whether there were too many."""
    found: list[Node] = []
    waiting: list[Loose] = list(reversed(values))
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            found.append(value)
            inner = [one for name, one in value.items() if name not in _LEADS_AWAY]
        elif isinstance(value, list):
            inner = value
        else:
            continue
        waiting.extend(reversed(inner))
        if len(found) > _MOST_NODES:
            return found, True
    return found, False


def _decoded(data: bytes, said: str) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(name, "replace")
    named = None if said else _CHARSET.search(data[:_LOOKED_AT_FOR_CHARSET])
    charset = named[1].decode("ascii").lower() if named else said.lower()
    return data.decode(_CHARSETS.get(charset, "utf-8"), "replace")
