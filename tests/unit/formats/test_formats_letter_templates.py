"""Templates of letters: flags, variables, open places; public collections in every language; our own in both."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.public_data import shared_data
from vrm_desktop.domain.living import DataRight
from vrm_desktop.domain.rights import Demand
from vrm_desktop.formats.errors import FileUnreadable, NotATemplate
from vrm_desktop.formats.letter_shelf import read_shelf
from vrm_desktop.formats.letter_template import open_places, read_template
from vrm_desktop.resources_folder import resources_folder

FLAG_LEFT = re.compile(r"\[[a-z_]+>|</?italic>")
OURS = {
    *(right.value for right in DataRight),
    *(demand.value for demand in Demand if demand is not Demand.OTHER),
    *("reminder", "admonition", "complaint"),
}


def test_flags_and_variables() -> None:
    template = read_template("Dear {who},\n[late>you are <italic>late</italic>[very> by {days} days]. ]Bye [sic].")
    assert template.flags == {"late", "very"}
    assert template.variables == {"who", "days"}
    assert template.render((), {"who": "you"}) == "Dear you,\nBye [sic].\n"
    told = template.render({"late", "very"}, {"who": "[late>{days}]"})
    assert told == "Dear [late>{days}],\nyou are late by ⟦days⟧ days. Bye [sic].\n"
    assert open_places(told) == ("days",)


@pytest.mark.parametrize("text", ["[late>never closed", "closed]", "[open", "x" * 65_537, "[a>" * 21 + "]" * 21])
def test_what_is_no_template_is_refused(text: str) -> None:
    with pytest.raises(NotATemplate):
        read_template(text)


@given(st.text(alphabet="[]{}<>ab_ \n", max_size=60))
def test_any_text_is_a_template_or_refused_and_no_flag_stays(text: str) -> None:
    try:
        template = read_template(text)
    except NotATemplate:
        return
    assert not re.search(r"\[[a-z_]+>", template.render(template.flags, {}).replace("⟦", "").replace("⟧", ""))


def test_public_templates_of_every_language_leave_no_flag_unresolved() -> None:
    shelf = read_shelf(shared_data("letters"))
    assert set(shelf.languages) == {"cs", "de", "el", "en", "es", "fr", "hr", "it", "nl", "pt", "ro", "sv"}
    for key, template in shelf.templates.items():
        for flags in (template.flags, frozenset[str]()):
            assert not FLAG_LEFT.search(template.render(flags, {})), key
    assert shelf.unreadable == ("de/erasure-katholische-kirche.txt",)  # a bracket of it never closes


@pytest.mark.parametrize("language", ["en", "de"])
def test_our_own_templates_are_whole_in_both_languages(language: str) -> None:
    shelf = read_shelf(resources_folder() / "letters")
    assert shelf.unreadable == ()
    assert set(shelf.names(language)) == OURS
    assert {name for spoken, name in shelf.phrases if spoken == language} >= {f"subject-{name}" for name in OURS}
    english = {name for spoken, name in shelf.phrases if spoken == "en"}
    assert {name for spoken, name in shelf.phrases if spoken == language} == english
    for name in OURS:
        one, other = shelf.templates[language, name], shelf.templates["en", name]
        assert one.variables == other.variables, name
        for law in ("gdpr", "ccpa", "plain"):
            assert not FLAG_LEFT.search(one.render({law}, {}))


def test_a_folder_may_hold_anything(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadable):
        read_shelf(tmp_path)
    with pytest.raises(FileUnreadable):
        read_shelf(tmp_path / "nowhere")
    (tmp_path / "fr").mkdir()
    (tmp_path / "not a language").mkdir()
    (tmp_path / "fr" / "access-default.txt").write_bytes("\ufeffBonjour {nom}\r\n".encode())
    (tmp_path / "fr" / "broken.txt").write_bytes(b"\xff\xfe")
    (tmp_path / "fr" / "Not A Name.txt").write_text("x", encoding="utf-8")
    shelf = read_shelf(tmp_path)
    assert shelf.names("fr") == ("access-default",)
    assert shelf.unreadable == ("fr/broken.txt",)
    assert shelf.templates["fr", "access-default"].render((), {"nom": "Ottilie"}) == "Bonjour Ottilie\n"
