"""What the shop says to another price: yes down to its floor, else its best price once, then the same again. Pure."""

from vrm_desktop.domain.money import Money
from vrm_desktop.protocol.messages import PriceClaim


def answer_to_price(asked: Money, price: PriceClaim, *, lowest_items: int) -> PriceClaim:
    """The price to offer when the person asks for `asked` in all and `price` stands.

    `lowest_items` is how far down the price of the pieces may go, in minor units. The answer is never above the
    price that stands.
    """
    around = price.total - price.items
    floor = min(lowest_items, price.items)
    wanted = asked.minor - around
    lower = asked.currency == price.currency and wanted < price.items
    items = max(wanted, floor) if lower else price.items
    return PriceClaim(
        currency=price.currency,
        items=items,
        shipping=price.shipping,
        fees=price.fees,
        tax=price.tax,
        total=items + around,
    )
