"""Carts, checkouts and orders as a shop answers them. Its numbers are kept as they are; sums are judged elsewhere.

Never here: whether a link may be opened, and whether the sums add up (domain/basket).
"""

from collections.abc import Iterator
from typing import Final

from vrm_desktop.domain.basket import Basket, BasketLine, BasketStatus, BasketTotal
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.shop import Edition
from vrm_desktop.formats.errors import NotAShopAnswer
from vrm_desktop.formats.ucp.members import (
    Object,
    counted,
    currency_of,
    exact_link,
    inner,
    instant,
    line,
    money,
    name_of,
    objects,
    read_object,
    whole,
)
from vrm_desktop.formats.ucp.profile import spoken
from vrm_desktop.formats.ucp.saying import messages, policies

MOST_LINES: Final = 100
MOST_TOTALS: Final = 30
_STATUS: Final = {
    **{status.value: status for status in BasketStatus},
    "ready_for_payment": BasketStatus.READY,  # an early text's word
    "cancelled": BasketStatus.CANCELED,
}


def read_basket(data: bytes, *, edition: Edition) -> Basket:
    """A cart, a checkout or an order, asked for in `edition`; the answer may say another.

    Raises:
        NotAShopAnswer: no JSON object, no id, or no currency.
    """
    return basket_from(read_object(data), edition=edition)


def basket_from(told: Object, *, edition: Edition) -> Basket:
    """The same of an answer whose JSON was read already."""
    key, currency = name_of(told, "id"), currency_of(told)
    if not key:
        raise NotAShopAnswer("a cart without an id")
    try:
        Money(minor=0, currency=currency)
    except InvalidValue as error:
        raise NotAShopAnswer("a cart without a currency") from error
    found = (_line(one, currency) for one in objects(told, "line_items", MOST_LINES))
    lines = tuple(one for one in found if one is not None)
    order = inner(told, "order")
    return Basket(
        id=key,
        edition=spoken(line(inner(told, "ucp"), "version")) or edition,
        status=_status(told),
        currency=currency,
        lines=lines,
        totals=tuple(_totals(told, currency)),
        messages=messages(told),
        policies=policies(told),
        link=exact_link(told, "continue_url"),
        expires=instant(told, "expires_at"),
        order=name_of(order, "id"),
        order_link=exact_link(order, "permalink_url") or exact_link(told, "permalink_url"),
        cut=_cut(told, len(lines)),
    )


def _status(told: Object) -> BasketStatus:
    """A cart has no status."""
    said = line(told, "status")
    return _STATUS.get(said, BasketStatus.UNKNOWN) if said else BasketStatus.CART


def _cut(told: Object, read: int) -> bool:
    """Whether lines or totals were left out: beyond the bounds, or of no kind that can be read."""
    unread = any(
        counted(told, name) > read_of
        for name, read_of in (("line_items", read), ("totals", len(list(_totals(told, currency_of(told))))))
    )
    return unread or any(counted(one, "totals") > MOST_TOTALS for one in objects(told, "line_items", MOST_LINES))


def _line(told: Object, currency: str) -> BasketLine | None:
    """One line; None where it has no price or number that can be read: the cart then counts as not read whole."""
    item = inner(told, "item")
    price, quantity = money(item, "price", currency), _quantity(told)
    if price is None or quantity is None or quantity < 0:
        return None
    return BasketLine(
        item=name_of(item, "id"),
        title=line(item, "title") or name_of(item, "id")[:200],
        price=price,
        quantity=quantity,
        totals=tuple(_totals(told, currency)),
        plain=not _measured(item),
        within=bool(name_of(told, "parent_id")),
    )


def _quantity(told: Object) -> int | None:
    """How many: an order tells the number ordered and the number there is now."""
    several = inner(told, "quantity")
    if not several:
        return whole(told, "quantity")
    now = whole(several, "total")
    return whole(several, "current") if now is None else now


def _measured(item: Object) -> bool:
    """Whether it is sold or priced by a measure, so that price times quantity says nothing."""
    unit = inner(item, "quantity_unit")
    piece = not unit or (line(unit, "unit") == "C62" and (whole(unit, "scale") or 0) == 0)
    return not piece or bool(inner(item, "unit_price"))


def _totals(told: Object, currency: str) -> Iterator[BasketTotal]:
    for one in objects(told, "totals", MOST_TOTALS):
        amount, kind = money(one, "amount", currency), line(one, "type")
        if amount is not None and kind:
            parts = (money(part, "amount", currency) for part in objects(one, "lines", MOST_TOTALS))
            yield BasketTotal(
                kind=kind,
                amount=amount,
                text=line(one, "display_text"),
                parts=tuple(part for part in parts if part is not None),
            )
