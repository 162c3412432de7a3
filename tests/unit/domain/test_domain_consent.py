"""Consent records: they only grow, and tell at any time what stands."""

from datetime import UTC, date, datetime

import pytest

from vrm_desktop.domain.consent import Consent, ConsentEvent, ConsentItem, ConsentWord
from vrm_desktop.domain.errors import InvalidValue
from vrm_desktop.domain.ids import MessageId, RelationshipId, VendorId

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
PHONE = ConsentItem(name="profile.phone", purpose="marketing", until=date(2027, 1, 1))
EMAIL = ConsentItem(name="profile.email", purpose="marketing", until=date(2027, 3, 1))


def event(word: ConsentWord, *names: str, message: str | None = None) -> ConsentEvent:
    return ConsentEvent(word=word, at=NOW, names=names, message=MessageId(message) if message else None)


def given(*items: ConsentItem) -> Consent:
    return Consent(
        id="c1",
        vendor=VendorId("v1"),
        relationship=RelationshipId("r1"),
        at=NOW,
        items=items or (PHONE, EMAIL),
        events=(event(ConsentWord.GIVEN, message="g1"),),
        notice="News about bikes",
    )


def test_what_was_given_stands_until_the_last_of_its_days() -> None:
    assert given().stands
    assert given().until == date(2027, 3, 1)
    assert given().words == "News about bikes\nprofile.phone profile.email"


def test_a_consent_with_a_field_without_a_last_day_has_none() -> None:
    assert given(PHONE, ConsentItem(name="x", purpose="y")).until is None


def test_taking_one_field_back_leaves_the_others_as_they_were() -> None:
    partly = given().and_then(event(ConsentWord.WITHDRAWN, "profile.phone"))
    assert partly.word is ConsentWord.GIVEN
    assert partly.stands
    assert partly.standing_items == (EMAIL,)
    assert len(partly.events) == 2


def test_taking_the_last_field_back_takes_all_back() -> None:
    gone = given().and_then(event(ConsentWord.WITHDRAWN, "profile.phone"))
    gone = gone.and_then(event(ConsentWord.WITHDRAWN, "profile.email"))
    assert gone.word is ConsentWord.WITHDRAWN
    assert not gone.stands


def test_a_withdrawal_without_names_takes_everything_back() -> None:
    gone = given().and_then(event(ConsentWord.WITHDRAWN))
    assert not gone.stands
    assert gone.standing_items == ()
    assert gone.until == date(2027, 3, 1)


def test_what_was_never_given_cannot_be_taken_back_in_part() -> None:
    refused = Consent(
        id="c2",
        vendor=VendorId("v1"),
        relationship=RelationshipId("r1"),
        at=NOW,
        items=(PHONE, EMAIL),
        events=(event(ConsentWord.WITHDRAWN, "profile.phone"),),
    )
    assert refused.word is ConsentWord.WITHDRAWN


def test_given_once_more_it_stands_again_under_both_messages() -> None:
    gone = given().and_then(event(ConsentWord.WITHDRAWN))
    again = gone.renewed(event(ConsentWord.RENEWED, message="g2"), (PHONE,))
    assert again.stands
    assert again.word is ConsentWord.RENEWED
    assert again.standing_items == (PHONE,)
    assert again.grants == (MessageId("g1"), MessageId("g2"))


def test_renewing_a_part_leaves_on_record_what_was_taken_back() -> None:
    partly = given().and_then(event(ConsentWord.WITHDRAWN, "profile.phone"))
    again = partly.renewed(event(ConsentWord.RENEWED, message="g2"), (EMAIL,))
    assert again.standing_items == (EMAIL,)
    assert again.withdrawn_names == {"profile.phone"}
    assert again.events[-1].names == ("profile.email",)
    whole = again.renewed(event(ConsentWord.RENEWED, message="g3"), (PHONE, EMAIL))
    assert whole.standing_items == (PHONE, EMAIL)
    assert whole.withdrawn_names == frozenset()
    assert whole.events[-1].names == ()


def test_what_has_run_out_stands_no_more_though_nothing_was_taken_back() -> None:
    over = given().and_then(event(ConsentWord.EXPIRED))
    assert not over.stands
    assert over.withdrawn_names == frozenset()


def test_a_record_says_of_what_and_what_happened_first() -> None:
    with pytest.raises(InvalidValue):
        Consent(
            id="c3",
            vendor=VendorId("v1"),
            relationship=RelationshipId("r1"),
            at=NOW,
            items=(PHONE,),
            events=(),
        )
