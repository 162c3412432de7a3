"""Reads the comparison of offers, on the engine's thread: services in, a worded view out. Ranking is the domain's."""

from dataclasses import dataclass

from vrm_desktop.domain.ids import IntentcastId, MessageId
from vrm_desktop.domain.intentcast import Fulfilment, Intentcast
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.offer import Offer, OfferState
from vrm_desktop.domain.plan import asked_beyond, needed_for
from vrm_desktop.domain.ranking import Caveat, Criterion, Judged, Ranked, WouldWin, rank, would_win
from vrm_desktop.domain.ways import Way
from vrm_desktop.services import collect_offers, compare_offers
from vrm_desktop.services.compare_offers import Comparison
from vrm_desktop.services.means import Means
from vrm_desktop.ui.controllers.wants_reading import about
from vrm_desktop.ui.models.offers_view import OffersView, OfferView
from vrm_desktop.ui.models.weights_view import sliders_of
from vrm_desktop.wording import values
from vrm_desktop.wording.catalogue import _, ngettext
from vrm_desktop.wording.labels import asked_field_label, caveat_label, field_label, offer_state_label
from vrm_desktop.wording.reaching import offered_by

_MOST_FIT, _LITTLE_FIT = 900, 400
_OVER = {OfferState.REPLACED, OfferState.WITHDRAWN}


@dataclass(frozen=True, slots=True, kw_only=True)
class OffersRead:
    """The view, the offers it shows and what the page's controller needs to go on."""

    view: OffersView
    want: Intentcast
    shown: frozenset[MessageId]
    offers: dict[str, Offer]


async def read_offers(means: Means, key: IntentcastId, shown: frozenset[MessageId] | None) -> OffersRead:
    """The offers of a want; those that are not among `shown` wait, unless None, or in place of one that is.

    Raises:
        NotFound: no such want.
    """
    found = await compare_offers.compare(means, key)
    cast = await collect_offers.progress(means, key)
    every = tuple(offer for offer in (*(row.offer for row in found.ranked), *found.others) if offer.state not in _OVER)
    kept = every if not shown else _kept(every, found, shown)
    ranked = {row.offer.id: row for row in rank(kept, found.want, found.at)}
    first = next((row.offer for row in ranked.values() if row.place == 1), None)
    views = tuple(
        _offer(found, offer, ranked.get(offer.id), would_win(offer, kept, found.want, found.at), first)
        for offer in kept
    )
    standing = _("{answered} of {all} answered").format(answered=cast.answered, all=len(cast.vendors))
    view = OffersView(
        want_id=key,
        title=found.want.title,
        summary=about(found.want),
        standing=_sealed(found) if found.sealed else standing,
        currency=_currency(found.want, kept),
        limit=values.money(found.want.price_cap) if found.want.price_cap else "",
        limit_minor=found.want.price_cap.minor if found.want.price_cap else None,
        needed_by=values.day(found.want.needed_by) if found.want.needed_by else "",
        offers=views,
        weights=sliders_of(found.want.weights),
        new_waiting=len(every) - len(kept),
    )
    ids = frozenset(offer.id for offer in kept)
    return OffersRead(view=view, want=found.want, shown=ids, offers={offer.id: offer for offer in kept})


def _kept(every: tuple[Offer, ...], found: Comparison, shown: frozenset[MessageId]) -> tuple[Offer, ...]:
    """What was shown, and what has come in place of it from the same vendor."""
    everything = (*(row.offer for row in found.ranked), *found.others)
    known = {offer.relationship for offer in everything if offer.id in shown}
    return tuple(offer for offer in every if offer.id in shown or offer.relationship in known)


def _currency(want: Intentcast, offers: tuple[Offer, ...]) -> str:
    if want.price_cap is not None:
        return want.price_cap.currency
    codes = [offer.price.currency for offer in offers if offer.price is not None]
    return min(set(codes), key=lambda code: (-codes.count(code), code), default="EUR")


def _sealed(found: Comparison) -> str:
    return ngettext(
        "{count} offer has come; it is opened when {day} is over.",
        "{count} offers have come; they are opened together when {day} is over.",
        found.sealed,
    ).format(count=found.sealed, day=values.day(found.want.answers_by))


def _offer(found: Comparison, offer: Offer, ranked: Ranked | None, win: WouldWin, first: Offer | None) -> OfferView:
    price = offer.price
    late = found.want.needed_by is not None and offer.by is not None and offer.by > found.want.needed_by
    asks = tuple(_capital(asked_field_label(ask.name)) for ask in asked_beyond(offer))
    return OfferView(
        id=offer.id,
        vendor=offer.vendor_name,
        total=values.money(price.all_in) if price else _("no price"),
        total_minor=price.total if price else None,
        currency=price.currency if price else "",
        price=_amount(offer, price.items) if price else _("no price"),
        shipping=_shipping(offer),
        breakdown=_breakdown(offer),
        arrives=values.day(offer.by) if offer.by else _("not said"),
        arrives_day=offer.by.toordinal() if offer.by else None,
        in_time=None if offer.by is None or found.want.needed_by is None else not late,
        returns=_days(offer.returns_days),
        returns_days=offer.returns_days,
        warranty=_months(offer.warranty_months),
        warranty_months=offer.warranty_months,
        asks=asks,
        binding=offer.binding,
        valid_until=values.day(offer.valid_until.date()),
        valid_day=offer.valid_until.toordinal(),
        expired=offer.state in {OfferState.LIVE, OfferState.EXPIRED} and not offer.live_at(found.at),
        place=ranked.place if ranked else None,
        reasons=_reasons(found, offer, ranked, first),
        would_win=_would_win(win),
        on_accept=_on_accept(offer),
        words=_lines(offer),
        can_counter=price is not None and offer.state is OfferState.LIVE and offer.way is Way.NATIVE,
        answered="" if offer.state is OfferState.LIVE else _capital(offer_state_label(offer.state)),
        came=offered_by(offer.way),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _amount(offer: Offer, minor: int) -> str:
    return values.money(Money(minor=minor, currency=offer.price.currency if offer.price else "EUR"))


def _shipping(offer: Offer) -> str:
    if offer.fulfilment is Fulfilment.COLLECTED:
        return _("you collect it")
    if offer.fulfilment is Fulfilment.ON_SITE:
        return _("at your place")
    if offer.price is None or not offer.price.shipping:
        return _("free shipping")
    return _("{money} shipping").format(money=_amount(offer, offer.price.shipping))


def _breakdown(offer: Offer) -> str:
    price = offer.price
    parts = [_shipping(offer)]
    if price is not None and price.tax:
        parts.append(_("{money} tax").format(money=_amount(offer, price.tax)))
    if price is not None and price.fees:
        parts.append(_("{money} fees").format(money=_amount(offer, price.fees)))
    return ", ".join(parts)


def _days(count: int | None) -> str:
    if count is None:
        return _("not said")
    return ngettext("{count} day", "{count} days", count).format(count=count) if count else _("none")


def _months(count: int | None) -> str:
    if count is None:
        return _("warranty not said")
    if not count:
        return _("no warranty")
    years, rest = divmod(count, 12)
    if rest:
        return ngettext("{count} month warranty", "{count} months warranty", count).format(count=count)
    return ngettext("{count} year warranty", "{count} years warranty", years).format(count=years)


def _reasons(found: Comparison, offer: Offer, ranked: Ranked | None, first: Offer | None) -> tuple[str, ...]:
    if ranked is None:
        return (_capital(_("not ranked: {why}.").format(why=_why_not(found, offer))),)
    good = [_strength(one) for one in ranked.judged if one.weight and one.fit >= _MOST_FIT]
    weak = [_weakness(one) for one in ranked.judged if one.weight and one.fit < _LITTLE_FIT]
    caveats = [f"{_capital(caveat_label(caveat))}." for caveat in sorted(ranked.caveats)]
    covered = {Caveat.TOO_LATE, Caveat.NO_DATE} & ranked.caveats
    dearer = _dearer(offer, first)
    lines = [words for _one, words in good] + ([dearer] if dearer else [])
    lines += [words for one, words in weak if not (one is Criterion.DATE and covered)] + caveats
    return tuple(lines) or (_("In the middle on everything that matters to you."),)


def _strength(one: Judged) -> tuple[Criterion, str]:
    return one.criterion, {
        Criterion.COST: _("The lowest total, or nearly."),
        Criterion.DATE: _("The earliest, or nearly."),
        Criterion.CARE: _("Long to return it, long warranty."),
        Criterion.PRIVACY: _("Wants to know nothing beyond what delivery needs."),
    }[one.criterion]


def _weakness(one: Judged) -> tuple[Criterion, str]:
    return one.criterion, {
        Criterion.COST: _("Far dearer than the cheapest."),
        Criterion.DATE: _("Much later than the earliest."),
        Criterion.CARE: _("Little time to return it, short warranty."),
        Criterion.PRIVACY: _("Wants to know a lot about you."),
    }[one.criterion]


def _dearer(offer: Offer, first: Offer | None) -> str:
    if first is None or first.id == offer.id or first.price is None or offer.price is None:
        return ""
    if first.price.currency != offer.price.currency or offer.price.total == first.price.total:
        return ""
    more = offer.price.total - first.price.total
    money = _amount(offer, abs(more))
    words = _("Costs {money} more than the first.") if more > 0 else _("Costs {money} less than the first.")
    return words.format(money=money)


def _why_not(found: Comparison, offer: Offer) -> str:
    if offer.state is OfferState.LIVE and not offer.live_at(found.at):
        return _("run out")
    return offer_state_label(offer.state)


def _would_win(win: WouldWin) -> str:
    parts = []
    if win.total is not None:
        parts.append(_("with a total of {money}").format(money=values.money(win.total)))
    if win.by is not None:
        parts.append(_("if it came by {day}").format(day=values.day(win.by)))
    return _("Would win {how}.").format(how=_(", or ").join(parts)) if parts else ""


def _on_accept(offer: Offer) -> str:
    if offer.way is Way.MCP:
        return _("Accepting tells the desk the number of its own quote, and nothing else.")
    fields = ", ".join(field_label(path) for path in needed_for(offer.fulfilment))
    return _("Accepting tells {vendor} alone: {fields}.").format(vendor=offer.vendor_name, fields=fields)


def _lines(offer: Offer) -> str:
    things = [f"{line.quantity} × {line.title}" if line.quantity > 1 else line.title for line in offer.lines]
    return " · ".join([*things, *([offer.note] if offer.note else [])])
