"""Ranking for any offers: blind to arrival, payment and links; total and stable; and "would win" is true."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.domain.ids import IntentcastId, MessageId, RelationshipId, VendorId
from vrm_desktop.domain.intentcast import Fulfilment, Intentcast, Weights
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.offer import Ask, Offer, OfferLine, OfferState, Price
from vrm_desktop.domain.ranking import LAST, Caveat, Criterion, rank, would_win
from vrm_desktop.domain.regions import Area

NOW = datetime(2026, 11, 23, 9, 0, 0, tzinfo=UTC)
TODAY = NOW.date()
AMOUNTS = st.one_of(st.integers(0, 200_000), st.integers(0, 3), st.sampled_from([49_999, 50_000, 50_001]))
DAYS = st.integers(0, 40).map(lambda days: TODAY + timedelta(days=days))


@st.composite
def prices(draw: st.DrawFn) -> Price:
    items, shipping, fees, tax = draw(AMOUNTS), draw(st.integers(0, 9000)), draw(st.integers(0, 900)), draw(AMOUNTS)
    currency = draw(st.sampled_from(["EUR", "EUR", "EUR", "USD"]))
    return Price(
        currency=currency, items=items, shipping=shipping, fees=fees, tax=tax, total=items + shipping + fees + tax
    )


@st.composite
def offers(draw: st.DrawFn) -> tuple[Offer, ...]:
    count = draw(st.integers(1, 6))
    return tuple(draw(an_offer(number)) for number in range(count))


@st.composite
def an_offer(draw: st.DrawFn, number: int) -> Offer:
    asks = draw(st.integers(0, 6))
    return Offer(
        id=MessageId(f"offer-{number}"),
        relationship=RelationshipId(f"rel-{number}"),
        intentcast=IntentcastId("want"),
        vendor=VendorId(f"vendor-{number}"),
        vendor_name=draw(st.sampled_from(["Anna", "Bert", "Carl"])),
        lines=(OfferLine(title="A bike", quantity=1, unit=None),),
        price=draw(st.one_of(st.none(), prices(), prices(), prices())),
        binding=draw(st.booleans()),
        valid_until=NOW + timedelta(hours=draw(st.integers(1, 400))),
        fulfilment=Fulfilment.DELIVERED,
        by=draw(st.one_of(st.none(), DAYS, DAYS)),
        returns_days=draw(st.one_of(st.none(), st.integers(0, 100))),
        warranty_months=draw(st.one_of(st.none(), st.integers(0, 48))),
        asks=tuple(Ask(name=f"profile.{n}", purpose="delivery", days=30) for n in range(asks)),
        payment=("sepa-transfer",),
        payment_link="",
        note="",
        received=NOW - timedelta(seconds=number),
    )


@st.composite
def wants(draw: st.DrawFn) -> Intentcast:
    numbers = st.integers(0, 10)
    cost, day, care, privacy = draw(st.tuples(numbers, numbers, numbers, numbers).filter(any))
    return Intentcast(
        id=IntentcastId("want"),
        title="a bike",
        category="mobility.bicycle",
        area=Area(country="DE"),
        answers_by=TODAY + timedelta(days=3),
        made=NOW,
        needed_by=draw(st.one_of(st.none(), DAYS)),
        price_cap=draw(st.one_of(st.none(), AMOUNTS.map(lambda minor: Money(minor=minor, currency="EUR")))),
        weights=Weights(cost=cost, date=day, care=care, privacy=privacy),
    )


@given(offers(), wants(), st.randoms(use_true_random=False))
def test_shuffled_arrival_changes_nothing(
    given_offers: tuple[Offer, ...], want: Intentcast, dice: random.Random
) -> None:
    shuffled = list(given_offers)
    dice.shuffle(shuffled)
    arrived = tuple(replace(offer, received=NOW - timedelta(seconds=dice.randrange(10_000))) for offer in shuffled)
    before, after = rank(given_offers, want, NOW), rank(arrived, want, NOW)
    assert [(row.offer.id, row.place, row.score, row.caveats) for row in before] == [
        (row.offer.id, row.place, row.score, row.caveats) for row in after
    ]


@given(offers(), wants(), st.data())
def test_ways_to_pay_links_and_notes_change_nothing(
    given_offers: tuple[Offer, ...], want: Intentcast, data: st.DataObject
) -> None:
    methods = st.lists(st.sampled_from(["sepa-transfer", "vendor-link", "cash"]), max_size=3, unique=True)
    text = st.text(max_size=30)
    changed = tuple(
        replace(
            offer,
            payment=tuple(data.draw(methods)),
            payment_link=data.draw(text),
            note=data.draw(text),
            lines=(replace(offer.lines[0], link=data.draw(text), title=data.draw(text) or "x"),),
        )
        for offer in given_offers
    )
    places = [(row.offer.id, row.place, row.score) for row in rank(given_offers, want, NOW)]
    assert places == [(row.offer.id, row.place, row.score) for row in rank(changed, want, NOW)]


@given(offers(), wants())
def test_places_are_total_and_scores_are_explained(given_offers: tuple[Offer, ...], want: Intentcast) -> None:
    ranked = rank(given_offers, want, NOW)
    assert [row.place for row in ranked] == list(range(1, len(given_offers) + 1))
    assert {row.offer.id for row in ranked} == {offer.id for offer in given_offers}
    for row in ranked:
        assert [judged.criterion for judged in row.judged] == list(Criterion)
        assert sum(judged.points for judged in row.judged) == row.score
        assert 0 <= row.score <= 1000
        assert all(0 <= judged.fit <= 1000 for judged in row.judged)
    groups = [bool(row.caveats & LAST) for row in ranked]
    assert groups == sorted(groups), "what cannot be compared on cost stands last"


@given(offers(), wants())
def test_nothing_over_the_cap_or_too_late_stands_before_what_is_within(
    given_offers: tuple[Offer, ...], want: Intentcast
) -> None:
    outside = [
        bool(row.caveats & {Caveat.OVER_CAP, Caveat.TOO_LATE})
        for row in rank(given_offers, want, NOW)
        if not row.caveats & LAST
    ]
    assert outside == sorted(outside)
    for row in rank(given_offers, want, NOW):
        price = row.offer.price
        if want.price_cap is not None and price is not None and price.currency == "EUR":
            assert (Caveat.OVER_CAP in row.caveats) == (price.total > want.price_cap.minor)


@given(offers(), wants())
def test_what_would_win_wins_and_one_minor_unit_or_a_later_day_does_not(
    given_offers: tuple[Offer, ...], want: Intentcast
) -> None:
    first = rank(given_offers, want, NOW)[0].offer.id
    for offer in given_offers:
        change = would_win(offer, given_offers, want, NOW)
        if offer.id == first:
            assert (change.total, change.by) == (None, None)
            continue
        if change.total is not None:
            assert offer.price is not None
            assert change.total.currency == offer.price.currency
            assert change.total.minor < offer.price.total
            assert wins(at_total(offer, change.total.minor), given_offers, want)
            assert not wins(at_total(offer, change.total.minor + 1), given_offers, want)
        if change.by is not None:
            assert offer.by is not None
            assert change.by < offer.by
            assert wins(replace(offer, by=change.by), given_offers, want)


@given(offers(), wants())
def test_where_no_total_is_named_no_total_would_win(given_offers: tuple[Offer, ...], want: Intentcast) -> None:
    first = rank(given_offers, want, NOW)[0].offer.id
    for offer in given_offers:
        change = would_win(offer, given_offers, want, NOW)
        if offer.id != first and change.total is None and offer.price is not None:
            for total in (0, offer.price.total // 2, max(0, offer.price.total - 1)):
                assert not wins(at_total(offer, total), given_offers, want) or total >= offer.price.total


@given(offers(), wants())
def test_a_named_day_is_the_latest_that_would_win(given_offers: tuple[Offer, ...], want: Intentcast) -> None:
    first = rank(given_offers, want, NOW)[0].offer.id
    for offer in given_offers:
        change = would_win(offer, given_offers, want, NOW)
        if offer.id == first or offer.by is None:
            continue
        day: date = offer.by - timedelta(days=1)
        latest = change.by if change.by is not None else TODAY - timedelta(days=3)
        while day > latest and day >= TODAY:
            assert not wins(replace(offer, by=day), given_offers, want)
            day -= timedelta(days=1)


def test_only_what_can_be_accepted_is_ranked() -> None:
    live = an_offer_at(10)
    gone = replace(an_offer_at(9), id=MessageId("gone"), state=OfferState.WITHDRAWN)
    late = replace(an_offer_at(8), id=MessageId("late"), valid_until=NOW)
    ranked = rank((live, gone, late), WANTED, NOW)
    assert [row.offer.id for row in ranked] == [live.id]
    assert would_win(gone, (live, gone), WANTED, NOW).total is None
    assert rank((), WANTED, NOW) == ()


def an_offer_at(total: int) -> Offer:
    price = Price(currency="EUR", items=total, shipping=0, fees=0, tax=0, total=total)
    return Offer(
        id=MessageId(f"at-{total}"),
        relationship=RelationshipId("rel"),
        intentcast=IntentcastId("want"),
        vendor=VendorId("vendor"),
        vendor_name="Anna",
        lines=(OfferLine(title="A bike", quantity=1, unit=None),),
        price=price,
        binding=True,
        valid_until=NOW + timedelta(days=9),
        fulfilment=Fulfilment.DELIVERED,
        by=None,
        returns_days=None,
        warranty_months=None,
        asks=(),
        payment=(),
        payment_link="",
        note="",
        received=NOW,
    )


WANTED = Intentcast(
    id=IntentcastId("want"),
    title="a bike",
    category="mobility.bicycle",
    area=Area(country="DE"),
    answers_by=TODAY + timedelta(days=3),
    made=NOW,
)


def at_total(offer: Offer, total: int) -> Offer:
    assert offer.price is not None
    price = Price(currency=offer.price.currency, items=total, shipping=0, fees=0, tax=0, total=total)
    return replace(offer, price=price)


def wins(changed: Offer, others: tuple[Offer, ...], want: Intentcast) -> bool:
    """Whether ranking from scratch puts the changed offer first."""
    everybody = tuple(changed if other.id == changed.id else other for other in others)
    return rank(everybody, want, NOW)[0].offer.id == changed.id
