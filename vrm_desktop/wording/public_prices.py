"""Public prices in words: what a shop's page said, on which day. Never the word offer for them."""

from vrm_desktop.domain.public_price import Availability, PublicPrice
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import condition_label
from vrm_desktop.wording.catalogue import _


def availability_label(availability: Availability) -> str:
    """What the page says about having it."""
    return {
        Availability.IN_STOCK: _("in stock"),
        Availability.LIMITED: _("few left"),
        Availability.IN_STORE_ONLY: _("in the shop only"),
        Availability.PREORDER: _("to be ordered ahead"),
        Availability.BACKORDER: _("ordered for you"),
        Availability.OUT_OF_STOCK: _("sold out"),
        Availability.GONE: _("not made any more"),
    }[availability]


def price_lines(one: PublicPrice) -> tuple[str, ...]:
    """One public price: where and how much, what the page says besides, and its link."""
    where = " / ".join(dict.fromkeys(part for part in (one.seller, one.host) if part))
    where = where or _("a shop that the page does not name")
    price = values.money(one.low)
    if one.high is not None:
        price = _("{low} to {high}").format(low=price, high=values.money(one.high))
    said = [_("public price, seen on {day}").format(day=values.day(one.at))]
    if one.net:
        said.append(_("without tax"))
    if one.shipping is not None:
        said.append(_("shipping {money}").format(money=values.money(one.shipping)))
    if one.condition is not None:
        said.append(condition_label(one.condition))
    if one.availability is not None:
        said.append(availability_label(one.availability))
    if one.valid_until is not None:
        said.append(_("until {day}").format(day=values.day(one.valid_until)))
    lines = [f"~  {where}: {one.title}, {price}  ({one.id})", "    " + " · ".join(said)]
    if one.link:
        lines.append("    " + one.link)
    if one.stripped:
        lines.append("    " + _("taken out of the link: {names}").format(names=", ".join(one.stripped)))
    return tuple(lines)
