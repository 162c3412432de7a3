"""Orders as a shop tells them: a current state, with what was promised and what happened. Never here: asking again."""

from collections.abc import Iterator
from typing import Final

from vrm_desktop.domain.money import Money
from vrm_desktop.domain.shop import Edition
from vrm_desktop.domain.shop_order import OrderEvent, ShopOrder
from vrm_desktop.formats.ucp.basket import basket_from
from vrm_desktop.formats.ucp.members import (
    Object,
    currency_of,
    exact_link,
    inner,
    instant,
    line,
    money,
    objects,
    passage,
    read_object,
)

MOST_EVENTS: Final = 50


def read_order(data: bytes, *, edition: Edition) -> ShopOrder:
    """An order.

    Raises:
        NotAShopAnswer: no JSON object, no id, or no currency.
    """
    return order_from(read_object(data), edition=edition)


def order_from(told: Object, *, edition: Edition) -> ShopOrder:
    """The same of an answer whose JSON was read already. An order says its currency, or its total does."""
    currency = currency_of(told) or next((currency_of(one) for one in objects(told, "totals", 1)), "")
    held = basket_from({**told, "currency": currency}, edition=edition)
    fulfilment = inner(told, "fulfillment")
    return ShopOrder(
        held=held,
        label=line(told, "label"),
        events=tuple(_events(fulfilment, told, held.currency)),
        promises=tuple(said for one in objects(fulfilment, "expectations", MOST_EVENTS) if (said := _promised(one))),
    )


def _promised(one: Object) -> str:
    said = passage(one, "description") or line(one, "fulfillable_on")
    return ": ".join(part for part in (line(one, "method_type"), said) if part)


def _events(fulfilment: Object, told: Object, currency: str) -> Iterator[OrderEvent]:
    for one in objects(fulfilment, "events", MOST_EVENTS):
        text = " ".join(part for part in (line(one, "carrier"), passage(one, "description")) if part)
        yield from _event(one, text, None)
    for one in objects(told, "adjustments", MOST_EVENTS):
        text = " ".join(part for part in (line(one, "status"), passage(one, "description")) if part)
        yield from _event(one, text, _amount(one, currency))


def _event(one: Object, text: str, amount: Money | None) -> Iterator[OrderEvent]:
    what = line(one, "type")
    if what:
        yield OrderEvent(
            what=what,
            at=instant(one, "occurred_at"),
            text=text,
            tracking=line(one, "tracking_number"),
            link=exact_link(one, "tracking_url"),
            amount=amount,
        )


def _amount(one: Object, currency: str) -> Money | None:
    """What an adjustment comes to: its total, or the one amount that early editions give."""
    totals = (money(each, "amount", currency) for each in objects(one, "totals", 10) if line(each, "type") == "total")
    return next((each for each in totals if each is not None), money(one, "amount", currency))
