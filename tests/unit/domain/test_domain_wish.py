"""Later wishes: what an agreement says of them, and which rule decides."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.asking_person import published_roster
from tests.fakes.strategies import records
from vrm_desktop.domain.contact_budget import fold
from vrm_desktop.domain.disclosure import Purpose
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.relationship import Note
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.domain.wish import InReturn, RuleWord, Verdict, Wish, WishedField, judge
from vrm_desktop.domain.wish_rules import Asking, WishRule, deciding, in_force

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
PHONE = Asking(vendor=VendorId("v1"), kind=OrganisationKind.SHOP, purpose=Purpose.SERVICE, field="profile.phone")


def wished(purpose: Purpose = Purpose.SERVICE, verdict: Verdict = Verdict.WITHIN) -> WishedField:
    return WishedField(name="profile.phone", purpose=purpose, days=30, verdict=verdict, rule=RuleWord.YES)


def wish(*fields: WishedField) -> Wish:
    return Wish(id="m1", vendor=VendorId("v1"), relationship=RelationshipId("r1"), at=NOW, fields=fields)


@pytest.mark.parametrize(
    ("roster", "purpose", "verdict"),
    [
        ("SD-BASE", Purpose.SERVICE, Verdict.WITHIN),
        ("SD-BASE", Purpose.DELIVERY, Verdict.WITHIN),
        ("SD-BASE", Purpose.RIGHTS, Verdict.WITHIN),
        ("SD-BASE", Purpose.MARKETING, Verdict.OUTSIDE),
        ("SD-BASE", Purpose.PERSONALISATION, Verdict.AGAINST),
        ("SD-BASE", Purpose.RESEARCH, Verdict.AGAINST),
        ("SD-BASE-A", Purpose.RESEARCH, Verdict.WITHIN),
        ("SD-BASE-A", Purpose.PERSONALISATION, Verdict.AGAINST),
        ("SD-BASE-ATP", Purpose.PERSONALISATION, Verdict.WITHIN),
        ("PDC-INTENT", Purpose.QUOTE, Verdict.WITHIN),
        ("PDC-INTENT", Purpose.SERVICE, Verdict.OUTSIDE),
        ("PDC-INTENT", Purpose.RESEARCH, Verdict.AGAINST),
        ("PDC-GOOD", Purpose.RESEARCH, Verdict.WITHIN),
        ("PDC-GOOD", Purpose.MARKETING, Verdict.AGAINST),
        ("PDC", Purpose.MARKETING, Verdict.OUTSIDE),
    ],
)
def test_an_agreement_says_whether_a_purpose_lies_within_it(roster: str, purpose: Purpose, verdict: Verdict) -> None:
    assert judge(purpose, published_roster().get(roster)) is verdict


def test_a_wish_is_as_bad_as_its_worst_field_and_ruled_by_the_strictest() -> None:
    mixed = wish(wished(), replace(wished(), verdict=Verdict.AGAINST, rule=RuleWord.NEVER))
    assert mixed.verdict is Verdict.AGAINST
    assert mixed.rule is RuleWord.NEVER
    assert mixed.message == "m1"


def test_a_wish_is_found_by_why_it_was_made_and_by_what_comes_back() -> None:
    one = replace(wish(wished()), why="To ring you.", in_return=InReturn(what="A bell", due=date(2026, 12, 1)))
    assert one.words == "To ring you.\nA bell\nprofile.phone"


def test_a_wish_without_fields_or_with_a_field_for_no_days_is_none() -> None:
    with pytest.raises(InvalidValue):
        wish()
    with pytest.raises(InvalidValue):
        replace(wished(), days=0)


def rule(word: RuleWord, *, later: int = 0, **names: object) -> WishRule:
    made = WishRule(id=f"rule-{word}-{later}", at=NOW + timedelta(minutes=later), word=word)
    return replace(made, **names)  # type: ignore[arg-type]  # the members of a rule


def decided(asking: Asking, *own: WishRule) -> RuleWord:
    found = deciding(in_force(own, NOW), asking)
    assert found is not None
    return found.word


def test_by_default_the_service_may_know_advertising_never_and_all_else_is_asked() -> None:
    assert decided(PHONE) is RuleWord.YES
    assert decided(replace(PHONE, purpose=Purpose.MARKETING)) is RuleWord.NEVER
    assert decided(replace(PHONE, purpose=Purpose.DELIVERY)) is RuleWord.ASK


def test_a_rule_for_a_vendor_does_not_lift_the_one_against_advertising() -> None:
    trusting = rule(RuleWord.YES, vendor=VendorId("v1"))
    assert decided(replace(PHONE, purpose=Purpose.DELIVERY), trusting) is RuleWord.YES
    assert decided(replace(PHONE, purpose=Purpose.MARKETING), trusting) is RuleWord.NEVER


def test_a_rule_gives_way_to_one_that_names_the_same_and_more() -> None:
    only_here = rule(RuleWord.YES, vendor=VendorId("v1"), purpose=Purpose.MARKETING)
    assert decided(replace(PHONE, purpose=Purpose.MARKETING), only_here) is RuleWord.YES
    assert decided(replace(PHONE, purpose=Purpose.MARKETING, vendor=VendorId("v2")), only_here) is RuleWord.NEVER


def test_fields_and_kinds_of_organisations_have_rules_too() -> None:
    assert decided(PHONE, rule(RuleWord.NEVER, field="profile.phone")) is RuleWord.NEVER
    assert decided(PHONE, rule(RuleWord.ASK, kind=OrganisationKind.SHOP)) is RuleWord.ASK
    assert decided(PHONE, rule(RuleWord.NEVER, kind=OrganisationKind.BANK)) is RuleWord.YES


def test_the_later_of_two_rules_about_the_same_holds() -> None:
    first, second = rule(RuleWord.NEVER, purpose=Purpose.SERVICE), rule(RuleWord.ASK, later=1, purpose=Purpose.SERVICE)
    assert decided(PHONE, second, first) is RuleWord.ASK


def test_without_any_rule_nothing_decides() -> None:
    assert deciding((), PHONE) is None


def test_a_rule_is_filed_without_a_relationship_and_found_by_its_field() -> None:
    one = rule(RuleWord.ASK, field="profile.phone")
    assert one.relationship is None
    assert one.words == "profile.phone"


@given(st.lists(records(WishRule), max_size=6), records(Asking))
def test_adding_a_rule_that_meets_nothing_changes_nothing(rules: list[WishRule], asking: Asking) -> None:
    other = WishRule(id="x", at=NOW, word=RuleWord.NEVER, field=asking.field + "x")
    assert deciding([*rules, other], asking) == deciding(rules, asking)


@given(st.lists(records(WishRule), max_size=6), records(Asking))
def test_the_order_of_rules_does_not_matter(rules: list[WishRule], asking: Asking) -> None:
    found, back = deciding(rules, asking), deciding(rules[::-1], asking)
    assert (found and found.word) == (back and back.word)


def note(day: int, sender: Side = Side.VENDOR, kind: str = "message") -> Note:
    at = NOW + timedelta(days=day)
    return Note(relationship=RelationshipId("r1"), at=at, sender=sender, kind=kind, text=str(day))


def test_what_a_vendor_says_beyond_its_budget_is_folded_away_and_counted() -> None:
    folded = fold([note(day) for day in range(5)], budget=3)
    assert [one.text for one in folded.shown] == ["0", "1", "2"]
    assert [one.text for one in folded.folded] == ["3", "4"]


def test_the_budget_is_full_again_after_thirty_days() -> None:
    folded = fold([note(0), note(1), note(30), note(31)], budget=2)
    assert folded.folded == ()


def test_how_much_of_the_budget_is_used_is_counted_by_what_came_unasked_in_thirty_days() -> None:
    story = [note(0), note(1, Side.PERSON), note(2), note(3, kind="receipt"), note(4, kind="wish"), note(5)]
    folded = fold(story, budget=2)
    assert [one.text for one in folded.counted] == ["0", "4"]
    assert [folded.used(NOW + timedelta(days=day)) for day in (5, 30, 34)] == [2, 1, 0]


def test_answers_orders_and_receipts_do_not_count() -> None:
    story = [note(0), note(1, Side.PERSON), note(2), note(3, kind="receipt"), note(4, kind="wish")]
    assert [one.text for one in fold(story, budget=1).folded] == ["4"]


@given(st.lists(records(Note), max_size=12), st.integers(0, 5))
def test_nothing_is_lost_by_folding(notes: list[Note], budget: int) -> None:
    story = sorted(notes, key=lambda one: one.at)
    folded = fold(story, budget)
    assert len(folded.shown) + len(folded.folded) == len(story)
    assert all(one.sender is Side.VENDOR for one in folded.folded)
