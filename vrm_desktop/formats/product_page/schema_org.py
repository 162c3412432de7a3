"""schema.org's Product, Offer and AggregateOffer, from values in JSON-LD's shape. Never here: HTML.

Every member may be missing, a list, a text, or another thing. A list price, a price of a measure (of 100 g), one for
members or from a larger number on is not the price.
"""

from collections.abc import Iterator
from datetime import date

from vrm_desktop.canon.loose_json import Loose, Number
from vrm_desktop.domain.intentcast import Condition
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.public_price import LONGEST_LINE, Availability
from vrm_desktop.formats.product_page.found import PagePrice
from vrm_desktop.formats.product_page.page_amount import read_page_amount

Node = dict[str, Loose]

PRODUCTS = frozenset({"Product", "IndividualProduct", "ProductModel", "SomeProducts", "ProductGroup", "Vehicle", "Car"})
_OFFERS = frozenset({"Offer", "AggregateOffer", "OfferForPurchase"})
_CONDITIONS = {
    "NewCondition": Condition.NEW,
    "UsedCondition": Condition.USED,
    "RefurbishedCondition": Condition.REFURBISHED,
}
_AVAILABILITIES = {
    "InStock": Availability.IN_STOCK,
    "OnlineOnly": Availability.IN_STOCK,
    "MadeToOrder": Availability.BACKORDER,
    "LimitedAvailability": Availability.LIMITED,
    "InStoreOnly": Availability.IN_STORE_ONLY,
    "PreOrder": Availability.PREORDER,
    "PreSale": Availability.PREORDER,
    "BackOrder": Availability.BACKORDER,
    "OutOfStock": Availability.OUT_OF_STOCK,
    "SoldOut": Availability.OUT_OF_STOCK,
    "Reserved": Availability.OUT_OF_STOCK,
    "Discontinued": Availability.GONE,
}
_OTHER_PRICES = (
    "referenceQuantity",
    "eligibleQuantity",
    "eligibleTransactionVolume",
    "validForMemberTier",
    "priceType",
)
_GTINS = ("gtin", "gtin14", "gtin13", "gtin12", "gtin8", "ean")
_MOST_BRANCHES = 200
_FEW = 20
"""Members may point to where many members point again: what is said more often than this is not clear any more."""


class Graph:
    """The nodes of one page by their `@id`, so that a member that only points is read where it points."""

    def __init__(self, nodes: list[Node]) -> None:
        self._named: dict[str, Node] = {}
        for node in nodes:
            name = node.get("@id")
            if isinstance(name, str) and len(node) > 1:
                self._named.setdefault(name, node)

    def members(self, node: Node, name: str) -> list[Loose]:
        """The values of a member, one or many."""
        value = node.get(name)
        values = value if isinstance(value, list) else [value]
        return [self._there(one) for one in values[:_MOST_BRANCHES] if one is not None]

    def nodes(self, node: Node, name: str) -> list[Node]:
        """The values of a member that are things."""
        return [one for one in self.members(node, name) if isinstance(one, dict)]

    def text(self, node: Node, *names: str) -> str:
        """The first of the members that is a text (or a thing with a name), on one line, without invisible signs."""
        for name in names:
            for value in self.members(node, name)[:8]:
                said = value.get("name", value.get("@value")) if isinstance(value, dict) else value
                said = said.text if isinstance(said, Number) else said
                if isinstance(said, str) and (plain := plain_line(said)):
                    return plain
        return ""

    def _there(self, value: Loose) -> Loose:
        if isinstance(value, dict) and len(value) == 1:
            name = value.get("@id")
            return self._named.get(name, value) if isinstance(name, str) else value
        return value


def kinds(node: Node) -> set[str]:
    """The types of a thing, without schema.org's address before them."""
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return {_last(one) for one in values[:8] if isinstance(one, str)}


def plain_line(text: str) -> str:
    """Text on one line: no control, format or direction signs, at most 200 characters."""
    visible = "".join(sign if sign.isprintable() else " " for sign in text[: LONGEST_LINE * 4])
    return " ".join(visible.split())[:LONGEST_LINE].strip()


def prices_of(graph: Graph, product: Node) -> Iterator[PagePrice | None]:
    """What each offer of a product says; None for an offer without a clear price."""
    for offer in graph.nodes(product, "offers"):
        yield from _offer(graph, product, offer, nested=True)


def prices_of_offer(graph: Graph, offer: Node) -> Iterator[PagePrice | None]:
    """The same for an offer that stands alone and names what it offers."""
    for product in graph.nodes(offer, "itemOffered"):
        yield from _offer(graph, product, offer, nested=False)


def is_offer(node: Node) -> bool:
    """Whether it is an offer."""
    return bool(kinds(node) & _OFFERS)


def _offer(graph: Graph, product: Node, offer: Node, *, nested: bool) -> Iterator[PagePrice | None]:
    within = graph.nodes(offer, "offers") if nested else []
    low = read_page_amount(_one(graph, offer, "lowPrice"), _currency(graph, offer))
    if low is None and within:
        for one in within:
            yield from _offer(graph, product, one, nested=False)
        return
    price = _price(graph, offer)
    high = None
    if low is not None:
        top = read_page_amount(_one(graph, offer, "highPrice"), low.currency)
        price, high = (low, False), top if top is not None and low < top else None
    title = graph.text(product, "name") or graph.text(offer, "name")
    if price is None or price[0].minor <= 0 or not title:
        yield None
        return
    yield PagePrice(
        title=title,
        low=price[0],
        high=high,
        net=price[1],
        shipping=_shipping(graph, offer),
        condition=_CONDITIONS.get(_last(graph.text(offer, "itemCondition") or graph.text(product, "itemCondition"))),
        availability=_AVAILABILITIES.get(_last(graph.text(offer, "availability"))),
        seller=graph.text(offer, "seller", "offeredBy"),
        link=graph.text(offer, "url") or graph.text(product, "url"),
        brand=graph.text(product, "brand", "manufacturer"),
        gtin=graph.text(offer, *_GTINS) or graph.text(product, *_GTINS),
        sku=graph.text(offer, "sku") or graph.text(product, "sku"),
        valid_until=_day(graph.text(offer, "priceValidUntil", "validThrough")),
    )


def _price(graph: Graph, offer: Node) -> tuple[Money, bool] | None:
    """The one price that an offer says, and whether tax is left out of it."""
    said = _amounts(graph, offer, "price", _currency(graph, offer))
    net = False
    specifications = graph.nodes(offer, "priceSpecification")
    if len(specifications) > _FEW:
        return None
    for one in specifications:
        if any(name in one for name in _OTHER_PRICES):
            continue
        said |= _amounts(graph, one, "price", _currency(graph, one) or _currency(graph, offer))
        net = net or any(value is False or value == "false" for value in graph.members(one, "valueAddedTaxIncluded"))
    found = said.pop() if len(said) == 1 else None
    return (found, net) if found is not None else None


def _amounts(graph: Graph, node: Node, name: str, currency: str) -> set[Money | None]:
    values = graph.members(node, name)
    return {read_page_amount(value, currency) for value in values} if len(values) <= _FEW else {None}


def _one(graph: Graph, node: Node, name: str) -> Loose:
    values = graph.members(node, name)
    return values[0] if len(values) == 1 else None


def _currency(graph: Graph, node: Node) -> str:
    """The one currency that is named; two are none."""
    named = {one for one in graph.members(node, "priceCurrency") if isinstance(one, str)}
    return named.pop() if len(named) == 1 else ""


def _shipping(graph: Graph, offer: Node) -> Money | None:
    """What sending costs, where the page says one amount for all places."""
    said: set[Money | None] = set()
    rates = [
        rate
        for details in graph.nodes(offer, "shippingDetails")[: _FEW + 1]
        for rate in graph.nodes(details, "shippingRate")
    ]
    for rate in rates[: _FEW + 1]:
        said |= _amounts(graph, rate, "value", graph.text(rate, "currency"))
    if len(rates) > _FEW:
        return None
    return said.pop() if len(said) == 1 else None


def _last(text: str) -> str:
    return text.rstrip("/#").rpartition("/")[2].rpartition("#")[2].rpartition(":")[2]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
