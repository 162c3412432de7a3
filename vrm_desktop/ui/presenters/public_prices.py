"""Public prices as the window shows them. Pure. Never here: ranking, and the word offer for any of them."""

from urllib.parse import urlsplit

from vrm_desktop.domain.intentcast import Intentcast
from vrm_desktop.domain.price_watch import PriceWatch, WatchState
from vrm_desktop.domain.public_price import PublicPrice
from vrm_desktop.domain.ways import Way
from vrm_desktop.services.watch_prices import Watched
from vrm_desktop.ui.models.prices_view import PriceView, WatchView
from vrm_desktop.ui.presenters.ledger import sentence_case
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.wording import values
from vrm_desktop.wording.asked import condition_label
from vrm_desktop.wording.catalogue import _
from vrm_desktop.wording.errors import advice
from vrm_desktop.wording.public_prices import availability_label, watch_state_label

_COURSE = 6


def price_view(one: PublicPrice, want: Intentcast, watched: Watched | None) -> PriceView:
    """One of them, for this want."""
    listed = one.way is Way.UCP
    limit, note, tone = against_limit(one, want)
    return PriceView(
        id=one.id,
        title=one.title,
        kind=_("price-list entry") if listed else _("public price"),
        where=where(one),
        price=amount(one),
        minor=one.low.minor,
        currency=one.low.currency,
        seen=values.day(one.at),
        seen_day=one.at.toordinal(),
        beside=" · ".join(_beside(one)),
        facts=_facts(one),
        limit=limit,
        limit_note=note,
        limit_tone=tone,
        host=site_host(one.link) or one.host,
        link=one.link,
        stripped=one.stripped,
        can_watch=bool(one.link) and one.way is Way.PAGE,
        can_buy=listed and bool(one.item) and one.high is None,
        watch=watch_view(watched.watch, fallen=watched.fallen) if watched is not None else None,
    )


def where(one: PublicPrice) -> str:
    """Whose price it is, as far as the page says."""
    parts = dict.fromkeys(part for part in (one.seller, one.host) if part)
    return " / ".join(parts) or _("a shop that the page does not name")


def amount(one: PublicPrice) -> str:
    """The price, or the range."""
    if one.high is None:
        return values.money(one.low)
    return _("{low} to {high}").format(low=values.money(one.low), high=values.money(one.high))


def site_host(link: str) -> str:
    """The host that a link leads to, "" where it is none."""
    try:
        return urlsplit(link).hostname or ""
    except ValueError:
        return ""


def against_limit(one: PublicPrice, want: Intentcast) -> tuple[str, str, Tone]:
    """How it compares with the most that the person would pay for all pieces; told nobody but the person.

    In words, what that leaves open, and the tone.
    """
    cap = want.price_cap
    if cap is None or cap.currency != one.low.currency:
        return "", "", Tone.NEUTRAL
    known = one.shipping is not None and one.shipping.currency == cap.currency
    shipping = one.shipping.minor if one.shipping is not None and known else 0
    if one.low.minor * want.quantity + shipping > cap.minor:
        return _("above my limit"), "", Tone.CAUTION
    if one.net:
        return _("within my limit"), _("before tax"), Tone.NEUTRAL
    if one.high is not None:
        return _("within my limit"), _("the cheapest of it"), Tone.NEUTRAL
    if not known:
        return _("within my limit"), _("before shipping"), Tone.GOOD
    return _("within my limit"), "", Tone.GOOD


def watch_view(watch: PriceWatch, *, fallen: bool) -> WatchView:
    """A watched price: whether it is looked at, how it went, and what went wrong last."""
    seen = watch.seen[-_COURSE:]
    return WatchView(
        state=sentence_case(watch_state_label(watch)),
        watching=watch.state is WatchState.WATCHING,
        fallen=fallen,
        course=tuple((values.day(one.at), values.money(one.low)) for one in seen),
        minors=tuple(one.low.minor for one in watch.seen),
        trouble=advice(watch.trouble).sentence if watch.trouble else "",
    )


def _beside(one: PublicPrice) -> list[str]:
    said = []
    if one.net:
        said.append(_("without tax"))
    if one.shipping is not None:
        said.append(_("shipping {money}").format(money=values.money(one.shipping)))
    return said


def _facts(one: PublicPrice) -> tuple[tuple[str, str], ...]:
    listed = one.way is Way.UCP
    seen = _("on the shop's price list, seen on {day}") if listed else _("public price, seen on {day}")
    said = [
        (_("Where"), where(one)),
        (_("What it is"), sentence_case(seen.format(day=values.day(one.at)))),
        (_("Tax"), _("comes on top") if one.net else ""),
        (_("Shipping"), values.money(one.shipping) if one.shipping is not None else _("not said")),
        (_("Condition"), sentence_case(condition_label(one.condition)) if one.condition is not None else ""),
        (_("In stock"), sentence_case(availability_label(one.availability)) if one.availability is not None else ""),
        (_("Stands until"), values.day(one.valid_until) if one.valid_until is not None else ""),
        (_("Brand"), one.brand),
        (_("Number"), one.gtin or one.sku),
    ]
    return tuple((label, value) for label, value in said if value)
