"""Letters in cases, about orders and of voices: complete in both languages, in the person's own words."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from vrm_desktop.domain.case import Case, CaseTurn, TurnWord
from vrm_desktop.domain.ids import RelationshipId, VendorId
from vrm_desktop.domain.kinds import Side
from vrm_desktop.domain.living import CaseAbout, ChangeKind, Remedy, VoiceTopic
from vrm_desktop.domain.money import Money
from vrm_desktop.domain.order_change import ChangeAsked
from vrm_desktop.domain.voice import Voice
from vrm_desktop.formats.claim_letters import case_letter, change_letter, voice_letter

AT = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
CASE = Case(
    id="case-1",
    vendor=VendorId("vendor-1"),
    relationship=RelationshipId("rel-1"),
    at=AT,
    about=CaseAbout.PRODUCT,
    what="The left pedal squeaks, and the shop that sold it has not rung back since the first of May.",
    want=Remedy.REFUND,
    amount=Money(minor=41_050, currency="EUR"),
    by=date(2026, 6, 15),
)


def turn(word: TurnWord, text: str = "", due: date | None = None) -> CaseTurn:
    return CaseTurn(by=Side.PERSON, at=AT, word=word, text=text, due=due)


def test_the_opening_says_what_happened_what_is_wanted_and_by_when() -> None:
    letter = case_letter("en", CASE, turn(TurnWord.OPENED, CASE.what), name="Ottilie")
    assert letter.subject == "A matter to settle: The left pedal squeaks, and the shop that sold it has not r…"
    assert letter.body == (
        f"Hello,\n\n{CASE.what}\n\nI ask for my money back. It is about 410.50 EUR.\n\n"
        "Please see to it by 15 June 2026.\n\nKind regards\nOttilie"
    )
    german = case_letter("de", CASE, turn(TurnWord.OPENED, CASE.what), name="")
    assert "Es geht um 410,50 EUR." in german.body
    assert german.body.endswith("Bitte erledigen Sie das bis zum 15. Juni 2026.\n\nMit freundlichen Grüßen")


def test_every_turn_that_can_be_a_letter_is_one_in_both_languages() -> None:
    for language in ("en", "de"):
        for word in (TurnWord.WENT_ON, TurnWord.ACCEPT, TurnWord.REFUSE, TurnWord.WITHDRAWN):
            letter = case_letter(language, CASE, turn(word, "My own words.", date(2026, 7, 1)), name="Ottilie")
            assert "My own words." in letter.body
            assert ("1 July 2026" in letter.body or "1. Juli 2026" in letter.body) is (
                word in {TurnWord.WENT_ON, TurnWord.ACCEPT}
            )


@pytest.mark.parametrize("want", Remedy)
def test_every_wish_has_words(want: Remedy) -> None:
    bare = replace(CASE, want=want, amount=None, by=None, what="It squeaks.")
    bodies = {case_letter(language, bare, turn(TurnWord.OPENED, "x"), name="").body for language in ("en", "de")}
    assert len(bodies) == 2
    assert not any("410" in body for body in bodies)


@pytest.mark.parametrize("what", ChangeKind)
def test_every_change_has_words(what: ChangeKind) -> None:
    asked = ChangeAsked(
        id="change-1",
        vendor=CASE.vendor,
        relationship=CASE.relationship,
        at=AT,
        what=what,
        text="Until May.",
        by=date(2026, 6, 3),
    )
    english, german = (change_letter(language, asked, name="Ottilie") for language in ("en", "de"))
    assert english.subject != german.subject
    assert "Until May.\n\nPlease see to it by 3 June 2026." in english.body


@pytest.mark.parametrize("topic", VoiceTopic)
def test_every_voice_has_words(topic: VoiceTopic) -> None:
    voice = Voice(id="voice-1", vendor=CASE.vendor, relationship=CASE.relationship, at=AT, topic=topic, text="A bell.")
    english, german = (voice_letter(language, voice, name="Ottilie") for language in ("en", "de"))
    assert english.subject != german.subject
    assert english.body == "Hello,\n\nA bell.\n\nKind regards\nOttilie"
