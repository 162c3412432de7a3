"""Later wishes over the wire: judged, answered by the rules or by the person, promised back, and taken back."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.lying_vendor import LyingVendor
from tests.fakes.people import PROFILE, Person
from tests.fakes.wishing_vendor import erasing, heard, kinds_without, ordered, promise, wish
from vrm_desktop.domain.agenda import AgendaKind
from vrm_desktop.domain.consent import ConsentWord
from vrm_desktop.domain.contact_budget import USUAL
from vrm_desktop.domain.disclosure import BasisKind, LedgerState, Purpose, Stage
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import RelationshipId
from vrm_desktop.domain.kinds import Kind, Side
from vrm_desktop.domain.living import RefusalReason
from vrm_desktop.domain.plan import MissingField
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.domain.promise import PromiseState
from vrm_desktop.domain.wish import RuleWord, Verdict, WishState
from vrm_desktop.protocol import messages
from vrm_desktop.services import (
    answer_wishes,
    contact_budgets,
    end_relationship,
    hold_acts,
    keep_consents,
    keep_profile,
    keep_rules,
)
from vrm_desktop.services.answer_wishes import WishView
from vrm_desktop.services.errors import NotFound, NotPossibleNow
from vrm_desktop.services.receive_wishes import PAUSE

PHONE = ("profile.phone", "service", 30)
EMAIL = ("profile.email", "marketing", 60)


async def only(person: Person) -> WishView:
    (one,) = await answer_wishes.wishes(person.means)
    return one


async def told(person: Person, name: str) -> list[LedgerState]:
    return [row.state for row in await person.means.vault.read(lambda tx: tx.ledger()) if row.name == name]


def test_what_is_within_and_allowed_is_answered_by_itself_after_a_pause(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        wish(vendor.talk, PHONE)
        await person.settle()
        one = await only(person)
        assert one.wish.verdict is Verdict.WITHIN
        assert one.wish.by_itself
        assert one.leaving is not None
        assert await told(person, "profile.phone") == []
        assert "wish-rules-say-yes" in await person.notes(key)

        person.clock.move(seconds=PAUSE.total_seconds() + 1)
        await person.settle()
        assert vendor.talk.told["profile.phone"] == PROFILE[FieldPath.PHONE]
        (grant,) = heard(vendor.talk, messages.Grant)
        assert not grant.consent
        one = await only(person)
        assert one.wish.state is WishState.GRANTED
        assert await told(person, "profile.phone") == [LedgerState.SENT]
        (row,) = [row for row in await person.means.vault.read(lambda tx: tx.ledger()) if row.name == "profile.phone"]
        assert (row.basis, row.stage, row.purpose) == (BasisKind.SIGNED_AGREEMENT, Stage.LATER, Purpose.SERVICE)
        assert row.until == person.clock.today() + timedelta(days=30)
        assert await keep_consents.consents(person.means) == ()

    ordered(tmp_path, job)


def test_an_answer_by_itself_can_be_taken_back_and_given_later(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        wish(vendor.talk, PHONE)
        await person.settle()
        one = await only(person)
        assert one.leaving is not None
        await hold_acts.undo(person.means, one.leaving.id)
        person.clock.move(seconds=3600)
        await person.settle()
        one = await only(person)
        assert one.wish.state is WishState.OPEN
        assert one.leaving is None
        assert "profile.phone" not in vendor.talk.told
        await answer_wishes.grant(person.means, one.wish.id, days=7)
        with pytest.raises(NotPossibleNow):
            await answer_wishes.grant(person.means, one.wish.id)
        await person.settle()
        assert vendor.talk.told["profile.phone"] == PROFILE[FieldPath.PHONE]
        with pytest.raises(NotPossibleNow):
            await answer_wishes.refuse(person.means, one.wish.id)

    ordered(tmp_path, job)


def test_what_is_against_the_agreement_is_refused_and_on_record(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        wish(vendor.talk, ("profile.birthday", "personalisation", 365), PHONE)
        await person.settle()
        person.clock.move(seconds=PAUSE.total_seconds() + 1)
        await person.settle()
        (refusal,) = heard(vendor.talk, messages.Refuse)
        assert refusal.reason == "terms"
        one = await only(person)
        assert (one.wish.state, one.wish.reason) == (WishState.REFUSED, RefusalReason.TERMS)
        (view,) = await keep_consents.consents(person.means)
        assert view.consent.word is ConsentWord.REFUSED
        assert "wish-against-terms" in await person.notes(key)

    ordered(tmp_path, job)


def test_advertising_is_refused_by_the_rules_and_a_rule_can_open_it(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        wish(vendor.talk, EMAIL)
        await person.settle()
        person.clock.move(seconds=PAUSE.total_seconds() + 1)
        await person.settle()
        (refusal,) = heard(vendor.talk, messages.Refuse)
        assert refusal.reason == "purpose"

        owner = (await person.file(key)).relationship.vendor
        await keep_rules.set_rule(person.means, RuleWord.YES, vendor=owner, purpose=Purpose.MARKETING)
        wish(vendor.talk, EMAIL)
        await person.settle()
        newest = (await answer_wishes.wishes(person.means, key))[0]
        assert newest.wish.verdict is Verdict.OUTSIDE
        assert newest.leaving is None  # outside what was agreed, the person is asked whatever the rules say
        assert newest.wish.state is WishState.OPEN

    ordered(tmp_path, job)


def test_outside_the_agreement_only_consent_carries_it_and_a_record_is_made(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        owner = (await person.file(key)).relationship.vendor
        await keep_rules.set_rule(person.means, RuleWord.ASK, vendor=owner, purpose=Purpose.MARKETING)
        back = promise(person.clock)
        wish(vendor.talk, EMAIL, why="Our news, once a month.", in_return=back)
        await person.settle()
        one = await only(person)
        assert (one.wish.verdict, one.wish.rule) == (Verdict.OUTSIDE, RuleWord.ASK)
        await answer_wishes.grant(person.means, one.wish.id)
        await person.settle()
        (grant,) = heard(vendor.talk, messages.Grant)
        assert grant.consent
        (view,) = await keep_consents.consents(person.means)
        assert view.consent.word is ConsentWord.GIVEN
        assert view.consent.notice == "Our news, once a month."
        assert view.held == 1
        one = await only(person)
        assert one.promise is not None
        assert one.promise.due is not None
        file = await person.file(key)
        assert [item.text for item in file.agenda if item.kind is AgendaKind.PROMISE_DUE] == ["A free inspection"]

    ordered(tmp_path, job)


def allow_marketing(person: Person, vendor: LyingVendor, key: RelationshipId):  # type: ignore[no-untyped-def] # a coroutine
    async def grant() -> WishView:
        owner = (await person.file(key)).relationship.vendor
        await keep_rules.set_rule(person.means, RuleWord.ASK, vendor=owner, purpose=Purpose.MARKETING)
        wish(vendor.talk, EMAIL, in_return=promise(person.clock))
        await person.settle()
        one = await only(person)
        await answer_wishes.grant(person.means, one.wish.id)
        await person.settle()
        return await only(person)

    return grant()


def test_a_return_that_came_can_prolong_what_was_given(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        one = await allow_marketing(person, vendor, key)
        person.clock.move(days=9)
        await answer_wishes.got(person.means, one.wish.id, came=True, renew=True)
        await person.settle()
        first, second = heard(vendor.talk, messages.Grant)
        assert first.of == second.of
        (view,) = await keep_consents.consents(person.means)
        assert [event.word for event in view.consent.events] == [ConsentWord.GIVEN, ConsentWord.RENEWED]
        assert view.consent.until == person.clock.today() + timedelta(days=60)
        one = await only(person)
        assert one.promise is not None
        assert one.promise.state is PromiseState.KEPT
        with pytest.raises(NotPossibleNow):
            await answer_wishes.got(person.means, one.wish.id, came=False)

    ordered(tmp_path, job)


def test_a_return_that_did_not_come_takes_back_what_was_given_for_it(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        one = await allow_marketing(person, vendor, key)
        person.clock.move(days=11)
        await answer_wishes.got(person.means, one.wish.id, came=False)
        assert await told(person, "profile.email") == [LedgerState.ERASURE_ASKED]
        await person.settle()
        (withdrawn,) = heard(vendor.talk, messages.WithdrawConsent)
        assert withdrawn.fields == ("profile.email",)
        one = await only(person)
        assert one.promise is not None
        assert one.promise.state is PromiseState.BROKEN
        assert await told(person, "profile.email") == [LedgerState.ERASED]
        (view,) = await keep_consents.consents(person.means)
        assert view.consent.word is ConsentWord.WITHDRAWN
        assert view.consent.confirmed == person.clock.today()

    ordered(tmp_path, job, script=erasing)


def test_a_return_within_the_agreement_that_did_not_come_asks_to_erase_instead(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        wish(vendor.talk, PHONE, in_return=promise(person.clock))
        await person.settle()
        person.clock.move(seconds=PAUSE.total_seconds() + 1)
        await person.settle()
        one = await only(person)
        await answer_wishes.got(person.means, one.wish.id, came=False)
        await person.settle()
        (request,) = heard(vendor.talk, messages.DataRequest)
        assert (request.right, request.fields) == ("erasure", ("profile.phone",))
        assert await told(person, "profile.phone") == [LedgerState.ERASED]

    ordered(tmp_path, job, script=erasing)


def test_a_withdrawal_stands_at_once_and_nothing_more_goes_by_itself(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        one = await allow_marketing(person, vendor, key)
        (view,) = await keep_consents.consents(person.means)
        vendor.down = True
        await keep_consents.withdraw(person.means, view.consent.id)
        (view,) = await keep_consents.consents(person.means)
        assert not view.consent.stands
        assert await told(person, "profile.email") == [LedgerState.ERASURE_ASKED]
        file = await person.file(key)
        assert [item.done for item in file.agenda if item.kind is AgendaKind.ERASURE_DUE] == [False]
        with pytest.raises(NotPossibleNow):
            await keep_consents.withdraw(person.means, view.consent.id)
        assert one.wish.id

    ordered(tmp_path, job)


def test_a_desk_that_cannot_take_a_refusal_is_not_told_and_here_it_stands(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        wish(vendor.talk, ("profile.birthday", "research", 365))
        wish(vendor.talk, ("profile.birthday", "delivery", 365))
        await person.settle()
        asked, against = await answer_wishes.wishes(person.means)
        assert against.wish.state is WishState.REFUSED
        assert asked.wish.state is WishState.OPEN
        with pytest.raises(NotPossibleNow):
            await answer_wishes.grant(person.means, asked.wish.id, typed={"profile.birthday": "1970-01-01"})
        await answer_wishes.refuse(person.means, asked.wish.id, RefusalReason.LATER)
        assert (await answer_wishes.wish(person.means, asked.wish.id)).wish.state is WishState.REFUSED
        assert not (await person.file(key)).waiting

    ordered(tmp_path, job, kinds=kinds_without(Kind.GRANT, Kind.REFUSE))


def test_a_value_that_the_profile_lacks_is_asked_for(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        wish(vendor.talk, PHONE, ("shoe-size", "service", 30))
        await person.settle()
        one = await only(person)
        assert one.leaving is None
        assert [(offer.field.name, offer.value) for offer in one.offers] == [("profile.phone", ""), ("shoe-size", "")]
        with pytest.raises(MissingField):
            await answer_wishes.grant(person.means, one.wish.id)
        with pytest.raises(InvalidValue):
            await answer_wishes.grant(person.means, one.wish.id, ["profile.email"])
        with pytest.raises(InvalidValue):
            await answer_wishes.grant(person.means, one.wish.id, ["shoe-size"], typed={"shoe-size": "41"}, days=31)
        with pytest.raises(InvalidValue):
            await answer_wishes.grant(person.means, one.wish.id, ["shoe-size"], typed={"shoe-size": "4" * 4001})
        await answer_wishes.grant(person.means, one.wish.id, ["shoe-size"], typed={"shoe-size": "41"})
        await person.settle()
        assert vendor.talk.told["shoe-size"] == "41"
        assert "profile.phone" not in vendor.talk.told

    ordered(tmp_path, job, without=frozenset({FieldPath.PHONE}))


def test_what_the_profile_never_shares_is_never_given_by_itself(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        await keep_profile.set_field(person.means, FieldPath.PHONE, PROFILE[FieldPath.PHONE], share="never")  # type: ignore[arg-type]  # as typed
        wish(vendor.talk, PHONE)
        await person.settle()
        one = await only(person)
        assert one.leaving is None
        assert one.offers[0].kept

    ordered(tmp_path, job)


def test_beyond_the_contact_budget_wishes_are_folded_away_and_can_still_be_answered(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        await contact_budgets.set_budget(person.means, 1, key)
        for _ in range(3):
            wish(vendor.talk, ("profile.email", "delivery", 30))
        await person.settle()
        states = [one.wish.state for one in await answer_wishes.wishes(person.means)]
        assert states == [WishState.FOLDED, WishState.FOLDED, WishState.OPEN]
        budget = await contact_budgets.budget(person.means, key)
        assert (budget.messages, budget.own, budget.used, len(budget.story.folded)) == (1, True, 1, 2)
        person.clock.move(days=31)
        assert (await contact_budgets.budget(person.means, key)).used == 0
        newest = (await answer_wishes.wishes(person.means))[0]
        await answer_wishes.grant(person.means, newest.wish.id)
        await person.settle()
        assert vendor.talk.told["profile.email"] == PROFILE[FieldPath.EMAIL]
        with pytest.raises(InvalidValue):
            await contact_budgets.set_budget(person.means, 1000)
        with pytest.raises(NotFound):
            await contact_budgets.set_budget(person.means, 1, RelationshipId("nobody"))
        with pytest.raises(NotFound):
            await contact_budgets.budget(person.means, RelationshipId("nobody"))
        await contact_budgets.set_budget(person.means, 0)
        assert await contact_budgets.usual(person.means) == 0
        await contact_budgets.set_budget(person.means, None, key)
        budget = await contact_budgets.budget(person.means, key)
        assert (budget.messages, budget.usual, budget.own) == (0, 0, False)
        await contact_budgets.set_budget(person.means, None)
        assert await contact_budgets.usual(person.means) == USUAL

    ordered(tmp_path, job)


def test_a_wish_that_crosses_the_end_is_on_record_and_asks_for_nothing(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        wish(vendor.talk, PHONE)
        await end_relationship.end(person.means, key)
        await person.settle()
        one = await only(person)
        assert one.wish.state is WishState.LATE
        assert Side.VENDOR in {row.sender for row in (await person.file(key)).journal}
        with pytest.raises(NotPossibleNow):
            await answer_wishes.grant(person.means, one.wish.id)

    ordered(tmp_path, job)


def test_rules_are_kept_replaced_and_taken_back(tmp_path: Path) -> None:
    async def job(person: Person, vendor: LyingVendor, key: RelationshipId) -> None:
        means = person.means
        await keep_rules.set_rule(means, RuleWord.NEVER, purpose=Purpose.SERVICE)
        await keep_rules.set_rule(means, RuleWord.ASK, purpose=Purpose.SERVICE)
        own = [rule for rule in await keep_rules.rules(means) if not rule.id.startswith("standard")]
        assert [rule.word for rule in own] == [RuleWord.ASK]
        await keep_rules.drop_rule(means, own[0].id)
        assert [rule.id for rule in await keep_rules.rules(means)] == [
            "standard-any",
            "standard-service",
            "standard-marketing",
        ]
        with pytest.raises(NotFound):
            await keep_rules.drop_rule(means, "standard-any")
        with pytest.raises(NotFound):
            await keep_rules.set_rule(means, RuleWord.ASK, vendor="nobody")  # type: ignore[arg-type]  # an id
        with pytest.raises(NotFound):
            await answer_wishes.wish(means, "none")
        with pytest.raises(NotFound):
            await answer_wishes.got(means, "none", came=True)

    ordered(tmp_path, job)
