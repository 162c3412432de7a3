"""`vrm rights` and `vrm letter`: the whole way on the command line, in JSON and in words."""

import json
from pathlib import Path

from tests.fakes.command_line import CommandLine

ENTRY = {
    "slug": "stadtwerke",
    "relevant-countries": ["de"],
    "name": "Stadtwerke Sülzhafen GmbH",
    "address": "Am Gaswerk 4\n50937 Sülzhafen\nDeutschland",
    "email": "datenschutz@stadtwerke.example",
    "quality": "scraped",
    "web": "https://stadtwerke.example",
}
AUTHORITY = {**ENTRY, "slug": "aufsicht", "name": "Aufsicht", "web": "https://aufsicht.example"}
SITES = [{"name": "Stadtwerke", "url": "https://stadtwerke.example/weg", "difficulty": "hard"}]


def lists(vrm: CommandLine, folder: Path) -> None:
    """Import one organisation, one authority and one site; somebody with a name."""
    for name, kind, value in (
        ("companies.jsonl", "companies", ENTRY),
        ("authorities.jsonl", "authorities", AUTHORITY),
        ("sites.json", "deletion", SITES),
    ):
        (folder / name).write_text(json.dumps(value), encoding="utf-8")
        done = vrm.json("rights", "import-organisations", str(folder / name), "--list", kind)
        assert done["import"]["taken"] == 1
    assert vrm.run("profile", "set", "name", "Ottilie Zwiebelfisch").status == 0


def test_from_the_list_to_the_complaint(vrm: CommandLine, tmp_path: Path) -> None:
    lists(vrm, tmp_path)
    [found] = vrm.json("rights", "organisations", "sülz", "--country", "DE")["organisations"]
    assert (found["id"], found["troubles"]) == ("stadtwerke", ["unchecked"])
    [made] = vrm.json("rights", "new", "access", "--organisation", "stadtwerke", "--identify", "Zähler=0815")[
        "requests"
    ]
    assert (made["state"], made["next"], made["regime"]) == ("draft", "send", "gdpr")
    [letter] = made["letters"]
    shown = vrm.json("letter", "show", letter, "--in", "en")["letter"]
    assert "Art. 15 DSGVO" in shown["body"]
    assert "Article 15 GDPR" in shown["other"]["body"]
    assert vrm.json("letter", "link", letter, status=1)["link"] is None
    for form, begins in (("txt", b"Ottilie"), ("pdf", b"%PDF"), ("eml", b"To: datenschutz@stadtwerke.example")):
        file = tmp_path / f"letter.{form}"
        assert vrm.json("letter", "export", letter, str(file), "--as", form)["letter"]["state"] == "handed-out"
        assert file.read_bytes().startswith(begins)
        assert file.stat().st_mode & 0o777 == 0o600
    assert vrm.run("letter", "export", letter, str(tmp_path / "letter.txt")).status != 0
    assert vrm.json("letter", "sent", letter)["letter"]["state"] == "sent"
    key = made["id"]
    [waiting] = vrm.json("rights", "list")["requests"]
    assert (waiting["state"], waiting["clocks"][0]["rule"]) == ("waiting", "gdpr-12-3")
    assert vrm.json("rights", "demand", key, "id-copy", "--text", "Ausweis")["request"]["next"] == "meet-demand"
    assert "Ausweiskopie" in vrm.json("rights", "reply", key)["letter"]["subject"]
    (tmp_path / "antwort.txt").write_text("nein", encoding="utf-8")
    refused = vrm.json("rights", "answer", key, "refused", "--file", str(tmp_path / "antwort.txt"))["request"]
    assert (refused["state"], refused["documents"][0]["name"]) == ("refused", "antwort.txt")
    assert "abgelehnt" in vrm.json("rights", "admonish", key)["letter"]["body"]
    offered = vrm.json("rights", "complain", key, status=1)
    assert ([one["id"] for one in offered["authorities"]], offered["proposed"]) == (["aufsicht"], "aufsicht")
    assert "Proposed, because it is the one of " in vrm.run("rights", "complain", key).output
    complaint = vrm.json("rights", "complain", key, "--authority", "aufsicht")["letter"]
    assert complaint["to"][0] == "Aufsicht"
    assert vrm.json("letter", "drop", complaint["id"])["letter"]["state"] == "dropped"
    assert len(vrm.json("letter", "list")["letters"]) == 4
    assert "a copy of your identity document – Ausweis" in vrm.run("rights", "show", key).output
    [hint] = vrm.json("rights", "hints", made["counterparty"])["hints"]
    assert hint["difficulty"] == "hard"


def test_what_comes_in_is_noted_with_its_day(vrm: CommandLine, tmp_path: Path) -> None:
    lists(vrm, tmp_path)
    [made] = vrm.json("rights", "new", "erasure", "--organisation", "stadtwerke")["requests"]
    key, [letter] = made["id"], made["letters"]
    assert vrm.run("rights", "extend", key).status == 1
    body = tmp_path / "body.txt"
    body.write_text("Bitte löschen.", encoding="utf-8")
    edited = vrm.json("letter", "edit", letter, "--subject", "Löschen", "--body-file", str(body))["letter"]
    assert (edited["subject"], edited["body"]) == ("Löschen", "Bitte löschen.")
    assert vrm.json("letter", "link", letter)["link"].startswith("mailto:datenschutz@stadtwerke.example?")
    vrm.json("letter", "sent", letter)
    assert vrm.json("rights", "acknowledged", key)["request"]["state"] == "acknowledged"
    assert vrm.json("rights", "extend", key, "--text", "viel zu tun")["request"]["state"] == "extended"
    vrm.json("rights", "attach", key, str(body))
    received = vrm.json("rights", "show", key)["request"]["received"]
    assert vrm.json("rights", "received", key, received)["request"]["received"] == received
    assert vrm.run("rights", "received", key, "2199-01-01").status != 0
    assert vrm.json("rights", "withdraw", key)["request"]["state"] == "withdrawn"


def test_templates_of_ones_own_folder(vrm: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "letters" / "fr").mkdir(parents=True)
    (tmp_path / "letters" / "fr" / "access-default.txt").write_text("Bonjour", encoding="utf-8")
    named = vrm.json("letter", "templates", "--folder", str(tmp_path / "letters"))["templates"]
    assert set(named["languages"]) == {"de", "en", "fr"}
    assert set(vrm.json("letter", "templates", "--ours")["templates"]["languages"]) == {"de", "en"}
    assert vrm.run("letter", "templates", "--folder", str(tmp_path / "nowhere")).status != 0


def test_nothing_yet_is_said(vrm: CommandLine) -> None:
    for words in (("rights", "list"), ("letter", "list"), ("rights", "organisations")):
        assert vrm.run(*words).output.strip()
    assert vrm.run("rights", "new", "access", "--identify", "nothing").status == 2
    assert vrm.run("rights", "show", "nobody").status == 1
