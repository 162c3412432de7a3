"""Wants, profile and plans: what each vendor may learn at each stage, and never the price cap."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vrm_desktop.domain.disclosure import PlannedField, Purpose, Source, Stage
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import FieldId, IntentcastId, VendorId
from vrm_desktop.domain.intentcast import Bid, Fulfilment, Intentcast, Weights
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.plan import (
    CastPlan,
    MissingField,
    NotOnPlan,
    asked,
    needed_for,
    order_fields,
    pick,
    ping_fields,
    plan_cast,
    reveal_fields,
)
from vrm_desktop.domain.profile import PD, CoarseRule, FieldPath, ProfileField, ShareDefault, coarsened
from vrm_desktop.domain.regions import Area

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANNA, BERT = VendorId("anna"), VendorId("bert")
WANT = Intentcast(
    id=IntentcastId("i"),
    title="A cargo bike",
    details="For two children",
    category="mobility.bicycle",
    attributes={"type": "cargo", "frame_cm": "53-55"},
    area=Area(country="DE", region="DE-NW"),
    answers_by=date(2026, 11, 29),
    needed_by=date(2026, 12, 18),
    place="Bielefeld",
    made=NOW,
    price_cap=Money(minor=7_654_321, currency="EUR"),
    bid=Bid(amount=Money(minor=400_000, currency="EUR"), firm=True, until=date(2026, 12, 1)),
)


def field(path: FieldPath, value: str, **changes: object) -> ProfileField:
    made = ProfileField(id=FieldId(f"{path.value}-{value}"), path=path, value=value, updated=NOW)
    return replace(made, **changes)  # type: ignore[arg-type]


PROFILE = (
    field(FieldPath.NAME, "Erika Musterfrau"),
    field(FieldPath.STREET, "Heidestraße 17"),
    field(FieldPath.POSTCODE, "33602", share=ShareDefault.COARSE, coarse=CoarseRule.POSTCODE_PREFIX),
    field(FieldPath.LOCALITY, "Bielefeld"),
    field(FieldPath.COUNTRY, "DE"),
    field(FieldPath.PHONE, "0521 1", share=ShareDefault.NEVER),
)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "  "},
        {"title": "x" * 121},
        {"details": "x" * 2001},
        {"quantity": 0},
        {"quantity": 1000},
        {"made": datetime(2026, 1, 1)},  # noqa: DTZ001 - naive on purpose
    ],
)
def test_a_want_that_cannot_be_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        replace(WANT, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("weights", [(0, 0, 0, 0), (11, 1, 1, 1), (1, -1, 1, 1)])
def test_weights_are_from_0_to_10_and_not_all_zero(weights: tuple[int, int, int, int]) -> None:
    cost, day, care, privacy = weights
    with pytest.raises(InvalidValue):
        Weights(cost=cost, date=day, care=care, privacy=privacy)


@pytest.mark.parametrize(("count", "bucket"), [(1, "3"), (3, "3"), (4, "5"), (5, "5"), (10, "10"), (11, "more")])
def test_the_number_asked_is_told_in_buckets(count: int, bucket: str) -> None:
    assert asked(count) == bucket


def test_a_ping_says_coarse_values_only() -> None:
    told = {one.name: one.value for one in ping_fields(WANT, 5)}
    assert told == {
        "category": "mobility.bicycle",
        "attribute.frame_cm": "53-55",
        "attribute.type": "cargo",
        "condition": "any",
        "fulfilment": "any",
        "area": "DE-NW",
        "answers-by": "2026-11-29",
        "needed-by": "2026-12-18",
        "asked": "5",
    }
    assert "needed-by" not in {one.name for one in ping_fields(replace(WANT, needed_by=None), 5)}


def test_a_reveal_says_the_want_and_never_the_cap() -> None:
    told = {one.name: one.value for one in reveal_fields(WANT)}
    assert told["want.bid"] == "400000 EUR firm 2026-12-01"
    assert list(told) == ["want.title", "want.details", "want.quantity", "want.place", "want.payment", "want.bid"]
    assert not [value for value in told.values() if "7654321" in value]
    assert {one.until for one in reveal_fields(WANT)} == {date(2026, 12, 13)}


def test_an_indicative_bid_says_so_and_empty_words_are_left_out() -> None:
    assert WANT.bid is not None
    bare = replace(WANT, details="", place="", bid=replace(WANT.bid, firm=False))
    told = {one.name: one.value for one in reveal_fields(bare)}
    assert told["want.bid"].split()[2] == "indicative"
    assert {"want.details", "want.place"}.isdisjoint(told)
    assert "want.bid" not in {one.name for one in reveal_fields(replace(WANT, bid=None))}


@given(st.integers(0, 10**9))
def test_the_cap_changes_nothing_that_any_vendor_learns(cap: int) -> None:
    other = replace(WANT, price_cap=Money(minor=cap, currency="EUR"))
    assert plan_cast(other, (ANNA,), PROFILE, TODAY) == plan_cast(WANT, (ANNA,), PROFILE, TODAY)


def test_every_vendor_has_the_same_plan_and_one_that_is_not_asked_has_none() -> None:
    plan = plan_cast(WANT, (ANNA, BERT), PROFILE, TODAY)
    anna, bert = plan.of(ANNA), plan.of(BERT)
    assert (anna.ping, anna.reveal, anna.order) == (bert.ping, bert.reveal, bert.order)
    assert [anna.stage(stage) for stage in Stage] == [anna.ping, anna.reveal, anna.order, ()]
    with pytest.raises(NotOnPlan):
        plan.of(VendorId("carl"))
    with pytest.raises(NotOnPlan):
        CastPlan(intentcast=WANT.id, vendors=()).of(ANNA)


def test_delivery_needs_an_address_and_collecting_a_name() -> None:
    plan = plan_cast(WANT, (ANNA,), PROFILE, TODAY).of(ANNA)
    assert [(one.name, one.value, one.coarse) for one in plan.order] == [
        ("profile.name", "Erika Musterfrau", False),
        ("profile.address.street", "Heidestraße 17", False),
        ("profile.address.postcode", "33…", True),
        ("profile.address.locality", "Bielefeld", False),
        ("profile.address.country", "DE", False),
    ]
    assert {one.until for one in plan.order} == {TODAY + timedelta(days=90)}
    assert {one.purpose for one in plan.order} == {Purpose.DELIVERY}
    assert needed_for(Fulfilment.COLLECTED) == (FieldPath.NAME,)
    assert len(needed_for(Fulfilment.DELIVERED)) == 5


def test_what_the_profile_lacks_is_left_out_of_the_plan_and_asked_for_on_accept() -> None:
    assert [one.name for one in plan_cast(WANT, (ANNA,), PROFILE[:1], TODAY).of(ANNA).order] == ["profile.name"]
    with pytest.raises(MissingField):
        order_fields(PROFILE[:1], (FieldPath.STREET,), TODAY)


def test_what_is_never_shared_is_never_picked() -> None:
    assert pick(PROFILE, FieldPath.PHONE) is None
    with pytest.raises(MissingField):
        order_fields(PROFILE, (FieldPath.PHONE,), TODAY)


def test_the_preferred_field_is_picked() -> None:
    fields = (field(FieldPath.EMAIL, "a@x.example"), field(FieldPath.EMAIL, "b@x.example", preferred=True))
    assert pick(fields, FieldPath.EMAIL) == fields[1]
    assert pick(fields[:1] * 2, FieldPath.EMAIL) == fields[0]


@pytest.mark.parametrize(
    ("rule", "value", "coarse"),
    [
        (CoarseRule.NONE, "anything", "anything"),
        (CoarseRule.POSTCODE_PREFIX, " 33602", "33…"),
        (CoarseRule.COUNTRY_ONLY, "de", "DE"),
        (CoarseRule.COUNTRY_ONLY, "DE-NW", "DE"),
        (CoarseRule.AGE_RANGE, "1980-11-22", "40-49"),
        (CoarseRule.AGE_RANGE, "1986-11-23", "30-39"),
        (CoarseRule.AGE_RANGE, "2026-11-22", "0-9"),
    ],
)
def test_a_field_leaves_in_part(rule: CoarseRule, value: str, coarse: str) -> None:
    assert coarsened(rule, value, TODAY) == coarse


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (CoarseRule.AGE_RANGE, "22.11.1980"),
        (CoarseRule.AGE_RANGE, "2026-11-23"),
        (CoarseRule.COUNTRY_ONLY, "Germany"),
        (CoarseRule.COUNTRY_ONLY, "Heidestraße 17"),
    ],
)
def test_a_value_that_the_rule_does_not_fit_does_not_leave(rule: CoarseRule, value: str) -> None:
    with pytest.raises(InvalidValue):
        coarsened(rule, value, TODAY)


def test_every_path_has_its_category() -> None:
    assert set(PD) == set(FieldPath)
    assert field(FieldPath.NAME, "x").pd == "Name"


@pytest.mark.parametrize("value", ["", "  ", "x" * 2001])
def test_an_empty_or_endless_field_is_refused(value: str) -> None:
    with pytest.raises(InvalidValue):
        field(FieldPath.NOTE, value)


@pytest.mark.parametrize(("name", "value"), [("", "x"), ("x", ""), ("x", "x" * 4001)])
def test_a_planned_field_has_a_name_and_a_bounded_value(name: str, value: str) -> None:
    with pytest.raises(InvalidValue):
        PlannedField(name=name, value=value, stage=Stage.PING, purpose=Purpose.QUOTE, until=TODAY, source=Source.WANT)


def test_a_plan_covers_the_want_it_was_made_for_and_no_other() -> None:
    plan = plan_cast(WANT, (ANNA, BERT), PROFILE, TODAY)
    assert plan.covers(WANT)
    less = replace(plan.vendors[0], reveal=plan.vendors[0].reveal[:1])
    assert replace(plan, vendors=(less, plan.vendors[1])).covers(WANT)
    for changed in (replace(WANT, title="Another bike"), replace(WANT, category="mobility.car", attributes={})):
        assert not plan.covers(changed)
    assert not replace(plan, vendors=plan.vendors * 3).covers(WANT)


def test_offers_stay_sealed_through_the_day_by_which_answers_are_asked_for() -> None:
    sealed = replace(WANT, sealed_offers=True)
    assert sealed.seals_offers(WANT.answers_by)
    assert not sealed.seals_offers(WANT.answers_by + timedelta(days=1))
    assert not WANT.seals_offers(TODAY)
