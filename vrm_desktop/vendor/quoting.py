"""From a want to a quote: which article fits best, and what it costs in all. Deterministic; prices are the catalogue's.

An article fits when nothing the person said speaks against it; what the row does not tell is not held against it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.vendor.amounts import percent_of
from vrm_desktop.vendor.article import Article, Catalogue
from vrm_desktop.vendor.settings import DeliveryRules, OfferRules
from vrm_desktop.vendor.want import Want

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """`items` for all pieces and `shipping`, in minor units of the article's currency; `floor` is the lowest total."""

    article: Article
    quantity: int
    fulfilment: Fulfilment
    items: int
    shipping: int
    floor: int

    @property
    def total(self) -> int:
        """All-in price."""
        return self.items + self.shipping

    def at(self, total: int) -> "Quote":
        """The same for another total, which is not below the shipping."""
        return replace(self, items=total - self.shipping)


def best_quote(want: Want, catalogue: Catalogue, *, offers: OfferRules, delivery: DeliveryRules) -> Quote | None:
    """The quote for the article that fits best, None when nothing fits.

    A bid is met where the floor allows it; above an indicative bid the list price stands, above a firm one nothing.
    """
    way = _way(want.fulfilment, delivery)
    if way is None:
        return None
    said = _words([want.title, want.details])
    quotes = [
        quote_for(article, want.quantity, way, offers=offers, delivery=delivery)
        for article in catalogue.articles
        if _fits(article, want)
    ]
    bid = want.bid if want.bid is not None and want.bid.currency == catalogue.currency else None
    if bid is None:
        if want.firm:
            return None
        return min(quotes, key=lambda quote: _order(quote, want, said), default=None)
    within = [quote for quote in quotes if quote.floor <= bid.minor]
    if within:
        best = min(within, key=lambda quote: _order(quote, want, said))
        return best.at(min(best.total, bid.minor))
    return None if want.firm else min(quotes, key=lambda quote: _order(quote, want, said), default=None)


def quote_for(
    article: Article, quantity: int, way: Fulfilment, *, offers: OfferRules, delivery: DeliveryRules
) -> Quote:
    """The list price of `quantity` pieces, brought the given way."""
    items = article.price.minor * quantity
    shipping = 0
    if way is Fulfilment.DELIVERED:
        cost = article.shipping if article.shipping is not None else delivery.price
        shipping = cost.minor if cost is not None else 0
    return Quote(
        article=article,
        quantity=quantity,
        fulfilment=way,
        items=items,
        shipping=shipping,
        floor=percent_of(items, offers.lowest_percent) + shipping,
    )


def _way(wanted: Fulfilment, delivery: DeliveryRules) -> Fulfilment | None:
    if wanted is Fulfilment.ANY:
        return delivery.ways[0]
    return wanted if wanted in delivery.ways else None


def _fits(article: Article, want: Want) -> bool:
    if not article.in_stock or article.category != want.category:
        return False
    if Condition.ANY not in {want.condition, article.condition} and want.condition is not article.condition:
        return False
    if article.single and want.quantity > 1:
        return False
    return all(article.attributes.get(key, value) == value for key, value in want.attributes.items())


def _order(quote: Quote, want: Want, said: frozenset[str]) -> tuple[int, int, int, str]:
    """Best first: more attributes known to fit, more words in common, lower price; the id settles what is left."""
    article = quote.article
    known = sum(article.attributes.get(key) == value for key, value in want.attributes.items())
    common = len(said & _words([article.title, article.brand, article.description]))
    return -known, -common, quote.total, article.id


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(text.casefold()) if len(word) > 2)
