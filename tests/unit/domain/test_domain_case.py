"""Cases: every turn moves them on, only the person's word ends them, and money counts in its own currency."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tests.fakes import specimens
from vrm_desktop.domain.case import Case, CaseStanding, CaseTurn, TurnWord
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import ActId, RelationshipId, VendorId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.living import CaseAbout, Remedy
from vrm_desktop.domain.money import Money

AT = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
BY = date(2026, 6, 15)
TEN = Money(minor=1_000, currency="EUR")


def mine(word: TurnWord, **more: object) -> CaseTurn:
    return CaseTurn(by=Side.PERSON, at=AT, word=word, **more)  # type: ignore[arg-type]


def theirs(word: TurnWord, **more: object) -> CaseTurn:
    return CaseTurn(by=Side.VENDOR, at=AT, word=word, **more)  # type: ignore[arg-type]


OPENED = mine(TurnWord.OPENED, text="It squeaks.", act=ActId("act-1"))
CASE = Case(
    id="case-1",
    vendor=VendorId("vendor-1"),
    relationship=RelationshipId("rel-1"),
    at=AT,
    about=CaseAbout.PRODUCT,
    what="It squeaks.",
    want=Remedy.REPAIR,
    amount=TEN,
    by=BY,
).said(OPENED)


def test_each_word_of_the_vendor_moves_it_on_and_none_ends_it() -> None:
    after = {
        TurnWord.RECEIVED: CaseStanding.RECEIVED,
        TurnWord.PROPOSAL: CaseStanding.PROPOSED,
        TurnWord.ACCEPTED: CaseStanding.PROMISED,
        TurnWord.REFUSED: CaseStanding.REFUSED,
        TurnWord.DONE: CaseStanding.DONE,
    }
    for word, standing in after.items():
        heard = CASE.heard(theirs(word))
        assert (heard.standing, heard.over) == (standing, False)
    assert CASE.heard(theirs(TurnWord.PROPOSAL)).heard(theirs(TurnWord.RECEIVED)).standing is CaseStanding.PROPOSED


def test_the_persons_word_ends_it_and_what_comes_after_changes_nothing() -> None:
    for word in (TurnWord.RESOLVED, TurnWord.UNRESOLVED, TurnWord.WITHDRAWN):
        over = CASE.said(mine(word))
        late = over.heard(theirs(TurnWord.PROPOSAL, text="Please wait."))
        assert over.over
        assert late.standing is over.standing
        assert late.turns[-1].text == "Please wait."
        assert late.unanswered is None


def test_a_proposal_waits_for_the_person_until_it_is_answered() -> None:
    proposal = theirs(TurnWord.PROPOSAL, remedy=Remedy.REPLACEMENT)
    heard = CASE.heard(proposal)
    assert heard.unanswered == proposal
    assert not heard.overdue(date(2027, 1, 1))
    assert heard.said(mine(TurnWord.ACCEPT)).standing is CaseStanding.PROMISED
    assert heard.said(mine(TurnWord.REFUSE)).standing is CaseStanding.OPEN


def test_it_is_overdue_after_its_day_while_the_vendor_owes_a_word() -> None:
    assert not CASE.overdue(BY)
    assert CASE.overdue(date(2026, 6, 16))
    assert not replace(CASE, by=None).overdue(date(2027, 1, 1))
    assert not CASE.said(mine(TurnWord.RESOLVED)).overdue(date(2027, 1, 1))
    again = CASE.said(mine(TurnWord.WENT_ON, due=date(2026, 6, 30)))
    assert (again.by, again.reminders, again.overdue(date(2026, 6, 20))) == (date(2026, 6, 30), 1, False)
    assert CASE.said(mine(TurnWord.WENT_ON)).by == BY


def test_its_opening_message_is_what_the_wire_calls_it() -> None:
    sealed = CASE.sealed(ActId("act-1"), specimens.message_id(7))
    assert (sealed.opened, sealed.turns[0].message) == (specimens.message_id(7), specimens.message_id(7))
    later = sealed.said(mine(TurnWord.WENT_ON, act=ActId("act-2"))).sealed(ActId("act-2"), specimens.message_id(8))
    assert (later.opened, later.turns[1].message) == (specimens.message_id(7), specimens.message_id(8))


def test_money_counts_in_its_own_currency_only() -> None:
    francs = theirs(TurnWord.REFUND, amount=Money(minor=5_000, currency="CHF"))
    half = theirs(TurnWord.REFUND, amount=Money(minor=500, currency="EUR"))
    heard = CASE.heard(francs)
    assert (heard.paid_back, heard.foreign(francs), heard.foreign(half)) == (False, True, False)
    assert heard.heard(half).standing is CaseStanding.OPEN
    both = heard.heard(half).heard(half)
    assert (both.standing, both.paid_back) == (CaseStanding.DONE, True)
    assert both.unanswered == half
    assert both.refunded() == (Money(minor=5_000, currency="CHF"), Money(minor=1_000, currency="EUR"))
    assert not replace(CASE, amount=None).heard(half).paid_back
    assert not CASE.foreign(theirs(TurnWord.DONE))
    assert not replace(CASE, amount=None).foreign(francs)


def test_done_is_unasked_where_nobody_agreed_on_it() -> None:
    other = theirs(TurnWord.DONE, remedy=Remedy.PRICE_REDUCTION)
    assert CASE.unasked(other)
    assert not CASE.unasked(theirs(TurnWord.DONE, remedy=Remedy.REPAIR))
    assert not CASE.unasked(theirs(TurnWord.DONE))
    assert not CASE.unasked(theirs(TurnWord.PROPOSAL, remedy=Remedy.REFUND))
    assert not CASE.said(mine(TurnWord.ACCEPT, remedy=Remedy.PRICE_REDUCTION)).unasked(other)


def test_a_search_finds_all_that_was_said() -> None:
    assert CASE.heard(theirs(TurnWord.RECEIVED)).heard(theirs(TurnWord.REFUSED, text="No.")).words == (
        "It squeaks.\nIt squeaks.\nNo."
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"what": " "},
        {"what": "x" * 4001},
        {"evidence": tuple(specimens.message_id(n) for n in range(21))},
        {"evidence": (specimens.message_id(1),) * 2},
        {"amount": Money(minor=-1, currency="EUR")},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_it_keeps_its_rules(wrong: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        replace(CASE, **wrong)  # type: ignore[arg-type]


def test_nobody_says_the_others_words() -> None:
    for word in (TurnWord.PROPOSAL, TurnWord.RECEIVED, TurnWord.REFUND, TurnWord.DONE):
        with pytest.raises(InvalidValue):
            mine(word)
    for word in (TurnWord.OPENED, TurnWord.RESOLVED, TurnWord.ACCEPT):
        with pytest.raises(InvalidValue):
            theirs(word)
    with pytest.raises(InvalidValue):
        mine(TurnWord.OPENED, text="x" * 4001)
