"""From a want to a quote: which article fits best, and what it costs in all. Deterministic; prices are the catalogue's.

An article fits when nothing the person said speaks against it; what the row does not tell is not held against it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from vrm_desktop.domain.intentcast import Condition, Fulfilment
from vrm_desktop.vendor.amounts import percent_of
from vrm_desktop.vendor.article import Article, Catalogue
from vrm_desktop.vendor.reasons import Why
from vrm_desktop.vendor.rules import Rule
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the shop can offer for a want, and why that, or why nothing."""

    why: Why
    quote: Quote | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counter:
    """The shop's counter at which a want is judged: general settings, the rule that covers it, and pieces kept."""

    catalogue: Catalogue
    offers: OfferRules
    delivery: DeliveryRules
    rule: Rule = Rule()
    kept: Mapping[str, int] = field(default_factory=dict)

    def free(self, article: Article) -> int | None:
        """How many pieces may still be offered; None when nobody counts them."""
        if article.pieces is None:
            return None
        return max(0, article.pieces - self.kept.get(article.id, 0) - self.rule.keep)


def judge(want: Want, counter: Counter) -> Judgement:
    """The quote for the article that fits best, or the first thing that stands in the way of all.

    A bid is met where the floor allows it; above an indicative bid the list price stands, above a firm one nothing.
    """
    way = _way(want.fulfilment, counter.delivery)
    if way is None:
        return Judgement(why=Why.NO_WAY, facts={"way": want.fulfilment.value})
    left = [article for article in counter.catalogue.articles if article.category == want.category]
    for why, passes in _SIEVES:
        if not left:
            break
        left = [article for article in left if passes(article, want, counter)]
        if not left:
            return Judgement(why=why)
    if not left:
        return Judgement(why=Why.NO_ARTICLE)
    return _priced([quote_for(article, want.quantity, way, counter) for article in left], want, counter)


def _priced(quotes: list[Quote], want: Want, counter: Counter) -> Judgement:
    said = _words([want.title, want.details])
    best = min(quotes, key=lambda quote: _order(quote, want, said))
    bid = want.bid if want.bid is not None and want.bid.currency == counter.catalogue.currency else None
    if bid is None:
        return Judgement(why=Why.BID_UNREADABLE) if want.firm else _found(Why.BEST_FIT, best, want)
    within = [quote for quote in quotes if quote.floor <= bid.minor]
    if within:
        nearest = min(within, key=lambda quote: _order(quote, want, said))
        return _found(Why.BID_MET, nearest.at(min(nearest.total, bid.minor)), want)
    return Judgement(why=Why.BID_TOO_LOW) if want.firm else _found(Why.BEST_FIT, best, want)


def _found(why: Why, quote: Quote, want: Want) -> Judgement:
    known = sum(quote.article.attributes.get(key) == value for key, value in want.attributes.items())
    facts = {"article": quote.article.title, "known": str(known), "asked": str(len(want.attributes))}
    return Judgement(why=why, quote=quote, facts=facts)


def quote_for(article: Article, quantity: int, way: Fulfilment, counter: Counter) -> Quote:
    """The list price of `quantity` pieces, brought the given way."""
    items = article.price.minor * quantity
    shipping = 0
    if way is Fulfilment.DELIVERED:
        flat = counter.rule.delivery_price or counter.delivery.price
        cost = article.shipping if article.shipping is not None else flat
        shipping = cost.minor if cost is not None else 0
    floor = lowest_items(article, quantity, counter.offers, counter.rule)
    return Quote(
        article=article, quantity=quantity, fulfilment=way, items=items, shipping=shipping, floor=floor + shipping
    )


def lowest_items(article: Article, quantity: int, offers: OfferRules, rule: Rule) -> int:
    """How far down the price of the pieces may go, in minor units; never above the list price."""
    items = article.price.minor * quantity
    percent = rule.lowest_percent if rule.lowest_percent is not None else offers.lowest_percent
    floor = percent_of(items, percent)
    if rule.margin_percent is not None and article.cost is not None:
        floor = max(floor, percent_of(article.cost.minor * quantity, 100 + rule.margin_percent))
    return min(items, floor)


def _way(wanted: Fulfilment, delivery: DeliveryRules) -> Fulfilment | None:
    if wanted is Fulfilment.ANY:
        return delivery.ways[0]
    return wanted if wanted in delivery.ways else None


def _right_condition(article: Article, want: Want, _counter: Counter) -> bool:
    return Condition.ANY in {want.condition, article.condition} or want.condition is article.condition


def _right_attributes(article: Article, want: Want, _counter: Counter) -> bool:
    return all(article.attributes.get(key, value) == value for key, value in want.attributes.items())


def _in_stock(article: Article, want: Want, counter: Counter) -> bool:
    free = counter.free(article)
    return article.in_stock and (free is None or free >= want.quantity)


def _within_bounds(article: Article, want: Want, counter: Counter) -> bool:
    items, rule = article.price.minor * want.quantity, counter.rule
    if rule.price_from is not None and items < rule.price_from.minor:
        return False
    return rule.price_to is None or items <= rule.price_to.minor


_SIEVES: tuple[tuple[Why, Callable[[Article, Want, Counter], bool]], ...] = (
    (Why.NO_CONDITION, _right_condition),
    (Why.NO_MATCH, _right_attributes),
    (Why.NO_STOCK, _in_stock),
    (Why.OUT_OF_BOUNDS, _within_bounds),
)


def _order(quote: Quote, want: Want, said: frozenset[str]) -> tuple[int, int, int, str]:
    """Best first: more attributes known to fit, more words in common, lower price; the id settles what is left."""
    article = quote.article
    known = sum(article.attributes.get(key) == value for key, value in want.attributes.items())
    common = len(said & _words([article.title, article.brand, article.description]))
    return -known, -common, quote.total, article.id


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in _WORD.findall(text.casefold()) if len(word) > 2)
