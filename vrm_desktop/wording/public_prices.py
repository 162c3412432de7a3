"""Public prices in words: what a shop's page said, on which day, and watching it. Never the word offer for them."""

from vrm_desktop.domain.page_visit import LEAVING, PageVisit, VisitFor
from vrm_desktop.domain.price_watch import PriceWatch, WatchState
from vrm_desktop.domain.public_price import Availability, PublicPrice
from vrm_desktop.domain.ways import Way
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import condition_label
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice


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
    listed = _("on the shop's price list, seen on {day}") if one.way is Way.UCP else _("public price, seen on {day}")
    said = [listed.format(day=values.day(one.at))]
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


def watch_state_label(watch: PriceWatch) -> str:
    """Whether a watched price is looked at."""
    return {
        WatchState.WATCHING: _("watched until {day}").format(day=values.day(watch.until)),
        WatchState.ENDED: _("not watched any more"),
        WatchState.OVER: _("not watched any more: its time was over"),
        WatchState.REFUSED: _("not watched any more: the shop did not let it be"),
    }[watch.state]


def watched_lines(watch: PriceWatch, price: PublicPrice | None, want: str, *, fallen: bool) -> tuple[str, ...]:
    """One watched price: what it is for, how it went from look to look, and what went wrong last."""
    title = price.title if price is not None else watch.address
    said = [watch_state_label(watch)]
    if fallen:
        said.append(_("fallen"))
    if want:
        said.append(_("for: {want}").format(want=want))
    course = (
        _("{day}: {price}").format(day=values.day(one.at), price=values.money(one.low)) for one in watch.seen[-6:]
    )
    lines = [f"~  {title}  ({watch.price})", "    " + " · ".join(said), "    " + " → ".join(course)]
    if watch.trouble:
        lines.append("    " + advice(watch.trouble).sentence)
    return tuple(lines)


def visit_line(one: PageVisit) -> str:
    """One page that was asked for: when, where, why and how it went."""
    why = {
        VisitFor.PERSON: _("because you asked"),
        VisitFor.WATCH: _("a watched price"),
        VisitFor.ROBOTS: _("whether programs may come by themselves"),
        VisitFor.DISCOVERY: _("how it can be reached"),
        VisitFor.TERMS: _("what it says about terms and privacy"),
        VisitFor.KEY: _("whether it has a new key"),
        VisitFor.DOCUMENT: _("a document for you"),
    }[one.why]
    told = f"{values.day(one.last)}  {one.address}  ({why}, {one.times}×)"
    if not one.outcome:
        return told
    went = _("no answer is known") if one.outcome == LEAVING else advice(one.outcome).title
    return f"{told}  {went}"
