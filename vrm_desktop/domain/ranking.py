"""Comparing offers by the person's own weights: whole numbers only, so that the same offers always rank the same.

Nothing here knows when an offer arrived, how it is paid or where its links lead; none of it may ever count.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from vrm_desktop.domain.intentcast import Intentcast, Weights
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.offer import Offer
from vrm_desktop.domain.plan import asked_beyond

FULL = 1000
POINTS_PER_DAY = 40
POINTS_PER_ASK = 250
RETURNS_DAYS_FULL = 60
WARRANTY_MONTHS_FULL = 24
OUTLIVE = timedelta(hours=48)
_NEVER = date.max


class Criterion(StrEnum):
    """What an offer is judged by."""

    COST = "cost"
    DATE = "date"
    CARE = "care"
    PRIVACY = "privacy"


class Caveat(StrEnum):
    """Something the person should know before an offer's place."""

    OVER_CAP = "over-cap"
    OTHER_CURRENCY = "other-currency"
    NO_PRICE = "no-price"
    TOO_LATE = "too-late"
    NO_DATE = "no-date"
    INDICATIVE = "indicative"
    SHORT_LIVED = "short-lived"


LAST = frozenset({Caveat.OTHER_CURRENCY, Caveat.NO_PRICE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """How well an offer does by one criterion: `fit` 0 to 1000, `points` what it adds to the score."""

    criterion: Criterion
    weight: int
    fit: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WouldWin:
    """The smallest single change that would make an offer the first: a total, or a day. None: that alone would not."""

    total: Money | None
    by: date | None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Ranked:
    """An offer with its place (1 is first), score 0 to 1000 and everything that explains them."""

    place: int
    offer: Offer
    score: int
    judged: tuple[Judged, ...]
    caveats: frozenset[Caveat]


@dataclass(frozen=True, slots=True, repr=False)
class _Yardstick:
    """What all offers are measured against."""

    currency: str | None
    cheapest: int | None
    earliest: date | None
    cap: Money | None
    needed_by: date | None
    outlive: datetime
    weights: Weights


def rank(offers: tuple[Offer, ...], want: Intentcast, now: datetime) -> tuple[Ranked, ...]:
    """The offers that can be accepted at `now`, best first. Deterministic, whatever order they come in."""
    live = tuple(offer for offer in offers if offer.live_at(now))
    stick = _yardstick(live, want)
    ranked = []
    for place, (offer, caveats) in enumerate(_order(live, want), start=1):
        judged = _judge(offer, stick)
        ranked.append(Ranked(place=place, offer=offer, score=_score(judged), judged=judged, caveats=caveats))
    return tuple(ranked)


def would_win(offer: Offer, offers: tuple[Offer, ...], want: Intentcast, now: datetime) -> WouldWin:
    """What alone would bring `offer` to the first place among `offers`; empty where it is there, or nothing would."""
    live = tuple(other for other in offers if other.live_at(now))
    if not any(other.id == offer.id for other in live) or _wins(offer, live, want):
        return WouldWin(total=None, by=None)
    return WouldWin(total=_winning_total(offer, live, want), by=_winning_day(offer, live, want, now.date()))


def _order(live: tuple[Offer, ...], want: Intentcast) -> list[tuple[Offer, frozenset[Caveat]]]:
    stick = _yardstick(live, want)
    keyed = []
    for offer in live:
        caveats = _caveats(offer, stick)
        group = 2 if caveats & LAST else 1 if Caveat.OVER_CAP in caveats or Caveat.TOO_LATE in caveats else 0
        keyed.append(((group, -_score(_judge(offer, stick)), *_tie(offer)), offer, caveats))
    keyed.sort(key=lambda row: row[0])
    return [(offer, caveats) for _, offer, caveats in keyed]


def _tie(offer: Offer) -> tuple[int, date, int, int, str, str]:
    total = offer.price.total if offer.price else 0
    return (
        total,
        offer.by or _NEVER,
        -(offer.returns_days or 0),
        len(asked_beyond(offer)),
        offer.vendor_name,
        offer.id,
    )


def _yardstick(live: tuple[Offer, ...], want: Intentcast) -> _Yardstick:
    priced = [offer.price for offer in live if offer.price is not None]
    currency = want.price_cap.currency if want.price_cap else _commonest([price.currency for price in priced])
    totals = [price.total for price in priced if price.currency == currency]
    days = [offer.by for offer in live if offer.by is not None]
    end = datetime.combine(want.answers_by + timedelta(days=1), time(), UTC)
    return _Yardstick(
        currency=currency,
        cheapest=min(totals, default=None),
        earliest=min(days, default=None),
        cap=want.price_cap,
        needed_by=want.needed_by,
        outlive=end + OUTLIVE,
        weights=want.weights,
    )


def _commonest(currencies: list[str]) -> str | None:
    return min(set(currencies), key=lambda code: (-currencies.count(code), code), default=None)


def _caveats(offer: Offer, stick: _Yardstick) -> frozenset[Caveat]:
    found = set()
    if offer.price is None:
        if stick.cheapest is not None:
            found.add(Caveat.NO_PRICE)
    elif offer.price.currency != stick.currency:
        found.add(Caveat.OTHER_CURRENCY)
    elif stick.cap is not None and stick.cap < offer.price.all_in:
        found.add(Caveat.OVER_CAP)
    if offer.by is None:
        found.add(Caveat.NO_DATE)
    elif stick.needed_by is not None and offer.by > stick.needed_by:
        found.add(Caveat.TOO_LATE)
    if not offer.binding:
        found.add(Caveat.INDICATIVE)
    if offer.valid_until < stick.outlive:
        found.add(Caveat.SHORT_LIVED)
    return frozenset(found)


def _judge(offer: Offer, stick: _Yardstick) -> tuple[Judged, ...]:
    weights = stick.weights
    rows = [
        (Criterion.COST, weights.cost if stick.cheapest is not None else 0, _cost(offer, stick)),
        (Criterion.DATE, weights.date, _date(offer, stick)),
        (Criterion.CARE, weights.care, _care(offer)),
        (Criterion.PRIVACY, weights.privacy, max(0, FULL - POINTS_PER_ASK * len(asked_beyond(offer)))),
    ]
    whole = sum(weight for _, weight, _ in rows) or 1
    return tuple(
        Judged(criterion=criterion, weight=weight, fit=fit, points=weight * fit // whole)
        for criterion, weight, fit in rows
    )


def _score(judged: tuple[Judged, ...]) -> int:
    return sum(row.points for row in judged)


def _cost(offer: Offer, stick: _Yardstick) -> int:
    if offer.price is None or stick.cheapest is None or offer.price.currency != stick.currency:
        return 0
    return FULL * (stick.cheapest + 1) // (offer.price.total + 1)


def _date(offer: Offer, stick: _Yardstick) -> int:
    if offer.by is None or stick.earliest is None:
        return 0
    if stick.needed_by is not None and offer.by > stick.needed_by:
        return 0
    return max(0, FULL - POINTS_PER_DAY * (offer.by - stick.earliest).days)


def _care(offer: Offer) -> int:
    returns = min(offer.returns_days or 0, RETURNS_DAYS_FULL)
    warranty = min(offer.warranty_months or 0, WARRANTY_MONTHS_FULL)
    half = FULL // 2
    return half * returns // RETURNS_DAYS_FULL + half * warranty // WARRANTY_MONTHS_FULL


def _wins(changed: Offer, live: tuple[Offer, ...], want: Intentcast) -> bool:
    others = tuple(changed if offer.id == changed.id else offer for offer in live)
    return _order(others, want)[0][0].id == changed.id


def _winning_total(offer: Offer, live: tuple[Offer, ...], want: Intentcast) -> Money | None:
    price = offer.price
    if price is None or price.total == 0:
        return None

    def cheaper(total: int) -> Offer:
        plain = replace(price, items=total, shipping=0, fees=0, tax=0, total=total)
        return replace(offer, price=plain)

    best = _largest(price.total - 1, lambda total: _wins(cheaper(total), live, want))
    return None if best is None else Money(minor=best, currency=price.currency)


def _winning_day(offer: Offer, live: tuple[Offer, ...], want: Intentcast, today: date) -> date | None:
    """The latest day from `today` on that would win; an earlier one is never worse."""
    if offer.by is None or offer.by <= today:
        return None
    best = _largest(
        (offer.by - today).days - 1, lambda days: _wins(replace(offer, by=today + timedelta(days=days)), live, want)
    )
    return None if best is None else today + timedelta(days=best)


def _largest(high: int, holds: Callable[[int], bool]) -> int | None:
    """The largest number from 0 to `high` for which `holds`, which holds for all smaller ones too; None if for none."""
    if not holds(0):
        return None
    low = 0
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low
