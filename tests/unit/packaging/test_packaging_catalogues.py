"""The catalogues are whole: every text translated, with the same placeholders, compiled, and nothing left over."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import catalogues
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from vrm_desktop.cli.demo.story import typed_line
from vrm_desktop.formats.typed_line.line import parse
from vrm_desktop.services.say_what_i_want import draft_of
from vrm_desktop.wording.catalogue import CATALOGUE


def test_german_is_one_of_the_languages() -> None:
    assert "de" in catalogues.languages()


@pytest.mark.parametrize("language", catalogues.languages())
def test_every_text_of_the_program_is_translated_and_compiled(language: str) -> None:
    found = catalogues.faults(language)
    assert not found, "packaging/catalogues.py update, then translate what it lists"


def test_german_speaks_to_one_person_as_a_friend() -> None:
    formal = re.compile(r"(?<!^)(?<![.!?:] )\b(Sie|Ihr|Ihre|Ihren|Ihrem|Ihnen)\b")
    texts = [text for message in catalogues.stored("de") if message.id for text in catalogues._texts(message.string)]
    assert not [text for text in texts if formal.search(text)]
    assert sum("dein" in text.lower() for text in texts) > 50


@pytest.fixture
def one_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose program says one thing, with a catalogue that has nothing yet."""
    (tmp_path / "vrm_desktop" / "domain").mkdir(parents=True)
    (tmp_path / "vrm_desktop" / "one.py").write_text('_("Hello {name}")\nngettext("{n} cat", "{n} cats", 2)\n')
    for name, place in (("CHECKOUT", tmp_path), ("PACKAGE", tmp_path / "vrm_desktop"), ("LOCALE", tmp_path / "locale")):
        monkeypatch.setattr(catalogues, name, place)
    monkeypatch.setattr(catalogues, "CATEGORIES", {})
    path = catalogues.po_path("de")
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, Catalog(locale="de"))
    return path


def test_what_is_missing_unsure_or_stale_is_named(one_text: Path) -> None:
    assert [fault.split(":")[0] for fault in catalogues.faults("de")] == ["not in the catalogue"] * 2 + ["not compiled"]
    assert catalogues.main(["update"]) == 1
    assert [fault.split(":")[0] for fault in catalogues.faults("de")] == ["not translated"] * 2
    written = one_text.read_text(encoding="utf-8")
    done = written.replace('msgid "Hello {name}"\nmsgstr ""', 'msgid "Hello {name}"\nmsgstr "Hallo {name}"')
    done = done.replace('msgstr[0] ""', 'msgstr[0] "{n} Katze"').replace('msgstr[1] ""', 'msgstr[1] "{n} Katzen"')
    one_text.write_text(done, encoding="utf-8")
    assert [fault.split(":")[0] for fault in catalogues.faults("de")] == ["not compiled"]
    assert catalogues.main(["update"]) == 0
    assert catalogues.main(["check"]) == 0
    one_text.write_text(one_text.read_text(encoding="utf-8").replace("Hallo {name}", "Hallo {nam}"), encoding="utf-8")
    assert [fault.split(":")[0] for fault in catalogues.faults("de")] == ["other placeholders", "not compiled"]
    (catalogues.PACKAGE / "one.py").write_text("")
    assert "said no more" in "".join(catalogues.faults("de"))


def test_anything_else_is_wrong_usage() -> None:
    assert catalogues.main([]) == 2
    assert catalogues.main(["burn"]) == 2


@pytest.mark.parametrize("languages", [[], ["de"]])
def test_what_ada_types_is_clear_in_every_language(languages: list[str]) -> None:
    today = datetime(2026, 11, 22, tzinfo=UTC)
    CATALOGUE.choose(languages, catalogues.LOCALE)
    try:
        line = typed_line((today + timedelta(days=10)).date())
    finally:
        CATALOGUE.choose([], catalogues.LOCALE)
    parsed = parse(line, today=today.date(), home_country="DE")
    assert parsed.questions == ()
    draft = draft_of(parsed)
    assert not draft.missing()
    assert draft.attributes == {"frame_cm": "53-55", "type": "road"}
    assert draft.price_cap is not None
