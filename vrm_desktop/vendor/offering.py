"""A quote as the offer message it becomes: dates, ways to pay, what the shop asks. Prices are decided elsewhere."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from vrm_desktop.domain.intentcast import Fulfilment
from vrm_desktop.domain.offer import OfferLine
from vrm_desktop.protocol.meanings import line_claims, lines_from
from vrm_desktop.protocol.messages import Ask, Offer, PriceClaim
from vrm_desktop.protocol.shapes import read_instant, write_instant
from vrm_desktop.protocol.stamping import Stamp
from vrm_desktop.vendor.hand_acts import MakeOffer
from vrm_desktop.vendor.quoting import Quote
from vrm_desktop.vendor.settings import DeskSettings
from vrm_desktop.vendor.shop import Shop

_OUTLIVES = timedelta(hours=48)


def offer_message(claims: Stamp, quote: Quote, *, settings: DeskSettings, answers_by: date, now: datetime) -> Offer:
    """The offer of `quote`. It outlives the day `answers_by` by 48 hours at least."""
    article, rules = quote.article, settings.offers
    valid_until = _valid_until(rules.valid_days, answers_by, now)
    way, asks = _way(quote.fulfilment, settings)
    line = OfferLine(
        title=article.title,
        quantity=quote.quantity,
        unit=_each(quote.items, quote.quantity),
        condition=article.condition,
        sku=article.id,
        gtin=article.gtin,
        link=article.link,
    )
    return Offer(
        **claims,
        lines=line_claims((line,)),
        price=PriceClaim(
            currency=article.price.currency, items=quote.items, shipping=quote.shipping, total=quote.total
        ),
        binding=rules.binding,
        valid_until=write_instant(valid_until),
        fulfilment=way,
        by=delivery_day(quote.fulfilment, settings, now).isoformat(),
        returns_days=rules.returns_days,
        warranty_months=rules.warranty_months,
        asks=asks,
        payment=tuple(method.value for method in settings.payment.methods),
        payment_link=settings.payment.link,
        note=rules.note,
    )


def offer_by_hand(claims: Stamp, act: MakeOffer, *, shop: Shop, answers_by: date, now: datetime) -> Offer:
    """The offer that somebody of the shop wrote. An article of the catalogue lends its number and its link."""
    settings = shop.settings
    article = next((each for each in shop.catalogue.articles if each.id == act.article), None)
    way, asks = _way(act.fulfilment, settings)
    line = OfferLine(
        title=act.title,
        quantity=act.quantity,
        unit=_each(act.items, act.quantity),
        condition=act.condition,
        sku=act.article,
        gtin=article.gtin if article is not None else "",
        link=article.link if article is not None else "",
    )
    return Offer(
        **claims,
        lines=line_claims((line,)),
        price=PriceClaim(currency=act.currency, items=act.items, shipping=act.shipping, total=act.items + act.shipping),
        binding=act.binding,
        valid_until=write_instant(_valid_until(act.valid_days, answers_by, now)),
        fulfilment=way,
        by=act.by.isoformat(),
        returns_days=act.returns_days,
        warranty_months=act.warranty_months,
        asks=asks,
        payment=tuple(method.value for method in settings.payment.methods),
        payment_link=settings.payment.link,
        note=act.note,
    )


def _valid_until(days: int, answers_by: date, now: datetime) -> datetime:
    end_of_day = datetime.combine(answers_by + timedelta(days=1), time.min, UTC)
    return max(now + timedelta(days=days), end_of_day + _OUTLIVES)


def delivery_day(way: Fulfilment, settings: DeskSettings, now: datetime) -> date:
    """The day by which the shop brings it, or has it ready, when it is ordered now."""
    days = settings.delivery.days if way is Fulfilment.DELIVERED else settings.delivery.collect_days
    return now.date() + timedelta(days=days)


def again(offer: Offer, claims: Stamp, *, price: PriceClaim, note: str) -> Offer:
    """The same offer once more, at another price."""
    (line,) = lines_from(offer.lines[:1])
    return Offer(
        **claims,
        lines=line_claims((replace(line, unit=_each(price.items, line.quantity)),)),
        price=price,
        binding=offer.binding,
        valid_until=offer.valid_until,
        fulfilment=offer.fulfilment,
        by=offer.by,
        returns_days=offer.returns_days,
        warranty_months=offer.warranty_months,
        asks=offer.asks,
        payment=offer.payment,
        payment_link=offer.payment_link,
        note=note,
    )


def stands(offer: Offer, now: datetime) -> bool:
    """Whether an offer may still be accepted."""
    return now <= read_instant(offer.valid_until)


def offered_price(offer: Offer) -> PriceClaim | None:
    """The price of an offer that has one."""
    return offer.price if isinstance(offer.price, PriceClaim) else None


def _each(items: int, quantity: int) -> int | None:
    """The price of one piece, where it can be told in whole minor units."""
    return items // quantity if items % quantity == 0 else None


def _way(
    way: Fulfilment, settings: DeskSettings
) -> tuple[Literal["delivered", "collected", "on-site"], tuple[Ask, ...]]:
    orders = settings.orders

    def asks(names: tuple[str, ...], purpose: Literal["delivery", "contact"]) -> tuple[Ask, ...]:
        return tuple(Ask(name=name, purpose=purpose, days=orders.days) for name in names)

    match way:
        case Fulfilment.COLLECTED:
            return "collected", asks(orders.collected, "contact")
        case Fulfilment.ON_SITE:
            return "on-site", asks(orders.delivered, "delivery")
        case Fulfilment.DELIVERED | Fulfilment.ANY:
            return "delivered", asks(orders.delivered, "delivery")
