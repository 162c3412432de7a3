"""A want in the making: what is missing is named, later words win, and a past day is refused."""

from datetime import UTC, date, datetime, timedelta

import pytest

from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.intentcast import Condition, Fulfilment, Weights
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.regions import Area
from vrm_desktop.domain.want_draft import InvalidDraft, WantDraft

KEY = IntentcastId("want-1")
TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
WHOLE = WantDraft(title="A bike", category="mobility.bicycle", area=Area(country="DE"))


def test_a_draft_names_what_it_lacks() -> None:
    assert WantDraft().missing() == ("title", "category", "area")
    assert WHOLE.missing() == ()
    with pytest.raises(InvalidDraft, match="area"):
        WantDraft(title="A bike", category="mobility.bicycle").complete(KEY, NOW, TODAY)


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), date(2020, 1, 1)])
def test_a_past_day_is_refused(day: date) -> None:
    for said in (WantDraft(needed_by=day), WantDraft(answers_by=day)):
        with pytest.raises(InvalidDraft):
            said.over(WHOLE).complete(KEY, NOW, TODAY)


@pytest.mark.parametrize(
    ("said", "answers_by"),
    [
        (WantDraft(), date(2026, 11, 25)),
        (WantDraft(needed_by=date(2026, 11, 23)), date(2026, 11, 23)),
        (WantDraft(needed_by=date(2026, 12, 23)), date(2026, 11, 25)),
        (WantDraft(answers_by=date(2026, 12, 1)), date(2026, 12, 1)),
    ],
)
def test_answers_are_asked_for_soon_unless_said_otherwise(said: WantDraft, answers_by: date) -> None:
    assert said.over(WHOLE).complete(KEY, NOW, TODAY).answers_by == answers_by


def test_later_words_win_and_the_rest_stays() -> None:
    first = WantDraft(
        title="A bike",
        category="mobility.bicycle",
        area=Area(country="DE"),
        attributes={"type": "road", "electric": "no"},
        condition=Condition.USED,
        quantity=2,
        payment=("cash",),
    )
    later = WantDraft(
        attributes={"electric": "yes"},
        fulfilment=Fulfilment.COLLECTED,
        place="Cologne",
        price_cap=Money(minor=80_000, currency="EUR"),
        weights=Weights(cost=10),
        sealed_offers=True,
    )
    want = later.over(first).complete(KEY, NOW, TODAY)
    assert (want.title, want.condition, want.quantity, want.payment) == ("A bike", Condition.USED, 2, ("cash",))
    assert want.attributes == {"type": "road", "electric": "yes"}
    assert (want.fulfilment, want.place, want.weights.cost, want.sealed_offers) == (
        Fulfilment.COLLECTED,
        "Cologne",
        10,
        True,
    )
    assert want.price_cap == Money(minor=80_000, currency="EUR")


def test_what_was_not_said_is_left_open() -> None:
    want = WHOLE.complete(KEY, NOW, TODAY)
    assert (want.condition, want.fulfilment, want.quantity) == (Condition.ANY, Fulfilment.ANY, 1)
    assert (want.price_cap, want.needed_by, want.payment) == (None, None, ("sepa-transfer",))
