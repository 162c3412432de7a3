"""Letters that take a consent back, or ask to erase what may not be used any more."""

import pytest

from vrm_desktop.formats.data_letters import time_over, withdrawing


@pytest.mark.parametrize(
    ("language", "words"), [("de", ("löschen", "Telefon", "Nummer K-7", "Ottilie")), ("en", ("erase", "Phone", "K-7"))]
)
def test_both_letters_name_the_fields_and_what_shall_happen(language: str, words: tuple[str, ...]) -> None:
    for letter in (
        time_over(language, ["profile.phone"], number="K-7", name="Ottilie"),
        withdrawing(language, ["profile.phone"], notice="", number="K-7", name="Ottilie"),
    ):
        assert all(word in letter.body for word in words)
        assert "\n\n\n" not in letter.body
        assert letter.subject


def test_a_withdrawal_repeats_what_the_consent_was_given_for() -> None:
    assert "Our news" in withdrawing("en", ["x"], notice="Our news", number="", name="O").body
    assert "Our news" in withdrawing("de", ["x"], notice="Our news", number="", name="O").body


def test_a_field_is_named_once_and_an_unknown_one_as_it_stands() -> None:
    body = time_over("en", ["want.title", "shoe-size", "shoe-size"], number="", name="").body
    assert "over: what I was looking for, shoe-size." in body


def test_what_a_request_told_is_named_in_the_vendors_language() -> None:
    told = ("category", "want.title", "attribute.type", "attribute.frame_cm", "condition", "profile.birthday")
    body = time_over("de", told, number="", name="").body
    assert "was ich gesucht habe, Einzelheiten dazu, Zustand, Geburtstag." in body
