"""`vrm counterparty`: organisations of any kind kept by hand, changed, and written to by letter."""

import pytest

from tests.fakes.command_line import CommandLine
from vrm_desktop.domain.living import ContactAbout
from vrm_desktop.domain.vendor import OrganisationKind
from vrm_desktop.wording.asked import asked_value_label, contact_about_label


def _works(vrm: CommandLine) -> dict[str, object]:
    added = vrm.json(
        *("counterparty", "add", "Stadtwerke Sülzhafen", "--kind", "utility", "--postal", "Am Gaswerk 4\\n50937 Sülz"),
        *("--email", "post@works.example", "--country", "de", "--language", "de", "--number", "K-4711"),
    )["counterparty"]
    assert isinstance(added, dict)
    return added


@pytest.mark.parametrize("kind", OrganisationKind)
def test_an_organisation_of_any_kind_has_a_file(vrm: CommandLine, kind: OrganisationKind) -> None:
    added = vrm.json("counterparty", "add", "Somebody", "--kind", kind.value)["counterparty"]
    [file] = added["relationships"]
    assert (added["kind"], added["desk"], file["state"]) == (kind.value, False, "open")
    shown = vrm.json("relationship", "show", file["id"])["relationship"]
    assert shown["vendor_name"] == "Somebody"
    assert [note["kind"] for note in shown["notes"]] == ["file-begun"]


def test_what_is_written_down_is_shown_and_changed_piece_by_piece(vrm: CommandLine) -> None:
    added = _works(vrm)
    assert (added["postal"], added["country"], added["languages"]) == ("Am Gaswerk 4\n50937 Sülz", "DE", ["de"])
    key = str(added["id"])
    changed = vrm.json("counterparty", "edit", key, "--number", "", "--phone", "+49 221 1")["counterparty"]
    assert changed == added | {"number": "", "phone": "+49 221 1"}
    assert vrm.json("counterparty", "show", key)["counterparty"] == changed
    assert vrm.json("counterparty", "list")["counterparties"] == [changed]
    shown = vrm.run("counterparty", "show", key).output.splitlines()
    assert [line.strip() for line in shown[1:5]] == ["Am Gaswerk 4", "50937 Sülz", "post@works.example", "+49 221 1"]


def test_what_cannot_be_written_down_changes_nothing(vrm: CommandLine) -> None:
    key = str(_works(vrm)["id"])
    assert vrm.run("counterparty", "edit", key, "--email", "nobody").status == 2
    assert vrm.json("counterparty", "edit", key, "--name", " ", status=1)["error"]["id"] == "invalid-value"
    assert vrm.json("counterparty", "show", key)["counterparty"]["email"] == "post@works.example"
    assert vrm.json("counterparty", "show", "nobody", status=1)["error"]["id"] == "not-found"
    assert vrm.json("counterparty", "edit", "nobody", status=1)["error"]["id"] == "not-found"
    assert vrm.run("counterparty", "list").output.splitlines() == [f"{key}  Stadtwerke Sülzhafen"]


def test_nothing_known_is_said(vrm: CommandLine) -> None:
    assert vrm.run("counterparty", "list").output.strip() == "You know no organisation yet."


def test_writing_is_shown_first_and_becomes_a_letter_where_there_is_no_desk(vrm: CommandLine) -> None:
    added = _works(vrm)
    words = ("counterparty", "write", str(added["id"]), "Please send the final bill.", "--customer-number")
    planned = vrm.json(*words)["plan"]
    assert planned["way"] == "letter"
    assert [(one["id"], one["value"]) for one in planned["at_once"]] == [("customer.number", "K-4711")]
    output = vrm.run(*words).output
    assert "Your customer number there: K-4711" in output or "your customer number there: K-4711" in output
    assert "--yes" in output
    made = vrm.json(*words, "--yes")
    assert made["letter"].startswith("letter-")
    assert made["relationship"] == added["relationships"][0]["id"]  # type: ignore[index]
    assert vrm.json("relationship", "show", made["relationship"])["relationship"]["disclosures"] == []


def test_every_subject_has_words() -> None:
    assert {asked_value_label("about", one.value) for one in ContactAbout} == {
        contact_about_label(one) for one in ContactAbout
    }


@pytest.mark.parametrize(
    ("flag", "value", "told"),
    [
        ("--email", "no address", "an e-mail address looks like somebody@example.org"),
        ("--reply-to", "@", "an e-mail address looks like somebody@example.org"),
        ("--web", "ftp://works.example", "a web address begins with https://"),
        ("--country", "Germany", "a country is two letters, such as DE"),
    ],
)
def test_what_cannot_be_right_is_said_by_its_flag(vrm: CommandLine, flag: str, value: str, told: str) -> None:
    refused = vrm.run("counterparty", "add", "Stadtwerke", flag, value)
    assert refused.status == 2
    assert told in refused.told


def test_a_field_that_nobody_was_told_is_answered_with_those_that_were(vrm: CommandLine) -> None:
    assert vrm.run("ledger", "list", "--field", "telefone").output == "Nobody knows anything from here.\n"
