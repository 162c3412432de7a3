"""Rules, consents, wishes and the ledger by commands, without anybody on the other side."""

import json
from pathlib import Path

from tests.fakes.command_line import CommandLine
from vrm_desktop.formats import consent_dpv

RECEIPT = {
    "version": "KI-CR-v1.1.0",
    "jurisdiction": "DE",
    "consentTimestamp": 1_790_000_000,
    "collectionMethod": "web form",
    "consentReceiptID": "r-1",
    "piiPrincipalId": "someone",
    "piiControllers": [
        {
            "piiController": "Tageblatt",
            "contact": "Post",
            "address": {"streetAddress": "Gasse 1", "addressCountry": "DE"},
            "email": "post@tageblatt.example",
            "phone": "",
        }
    ],
    "policyUrl": "https://tageblatt.example/privacy",
    "services": [
        {
            "service": "Newsletter",
            "purposes": [
                {
                    "purpose": "News",
                    "purposeCategory": ["6 - Marketing"],
                    "consentType": "EXPLICIT",
                    "piiCategory": ["2 - Contact", "1 - Biographical"],
                    "termination": "2030-01-01",
                    "thirdPartyDisclosure": False,
                }
            ],
        }
    ],
    "sensitive": False,
    "spiCat": [],
}


def imported(vrm: CommandLine, tmp_path: Path) -> str:
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(RECEIPT))
    kept = vrm.json("consent", "import", str(file))["consent"]
    assert kept["vendor_name"] == "Tageblatt"
    assert vrm.json("consent", "import", str(file), status=1)["error"]["id"] == "not-possible-now"
    return str(kept["id"])


def test_rules_are_listed_made_and_taken_back(vrm: CommandLine) -> None:
    standard = vrm.json("rule", "list")["rules"]
    assert {one["says"] for one in standard} == {"ask", "yes", "never"}
    made = vrm.json("rule", "set", "never", "--kind", "bank", "--field", "profile.phone")["rules"]
    (own,) = [one for one in made if not one["standard"]]
    assert (own["kind"], own["field"], own["says"]) == ("bank", "profile.phone", "never")
    assert "any bank asks for phone" in vrm.run("rule", "list").output
    assert len(vrm.json("rule", "drop", own["id"])["rules"]) == len(standard)
    assert vrm.json("rule", "drop", "none", status=1)["error"]["id"] == "not-found"


def test_a_receipt_is_brought_in_carried_out_and_taken_back_by_letter(vrm: CommandLine, tmp_path: Path) -> None:
    key = imported(vrm, tmp_path)
    assert vrm.json("consent", "list")["consents"][0]["stands"]
    assert vrm.json("consent", "show", key)["consent"]["renewable_until"] is None
    assert vrm.json("consent", "renew", key, status=1)["error"]["id"] == "not-possible-now"
    out = tmp_path / "record.json"
    assert vrm.json("consent", "export", key, str(out))["consent"]["bytes"] == out.stat().st_size
    assert consent_dpv.read(out.read_bytes()).controller.name == "Tageblatt"
    assert vrm.json("consent", "export", key, str(out), status=1)["error"]["id"] == "file-exists"
    nowhere = str(tmp_path / "no" / "x.json")
    assert vrm.json("consent", "export", key, nowhere, status=1)["error"]["id"] == "file-unreadable"
    for form in ("receipt", "kantara"):
        vrm.json("consent", "export", key, str(tmp_path / form), "--form", form)

    partly = vrm.json("consent", "withdraw", key, "--field", "1 - Biographical")["consent"]
    assert partly["stands"]
    assert not vrm.json("consent", "withdraw", key)["consent"]["stands"]
    assert "taken back" in vrm.run("consent", "show", key).output
    assert len(vrm.json("letter", "list")["letters"]) == 2
    assert vrm.json("consent", "withdraw", key, status=1)["error"]["id"] == "not-possible-now"
    refused = vrm.json("consent", "export", key, str(tmp_path / "late"), "--form", "kantara", status=1)
    assert refused["error"]["id"] == "not-a-receipt"


def test_nothing_yet_is_said_in_words(vrm: CommandLine) -> None:
    assert "Nothing rests on your consent." in vrm.run("consent", "list").output
    assert "Nobody would like to know more." in vrm.run("wish", "list").output
    assert vrm.json("wish", "show", "none", status=1)["error"]["id"] == "not-found"
    assert vrm.json("wish", "budget", "3")["budget"] == {"id": "all", "messages": 3}
    assert vrm.json("consent", "list", "--vendor", "nobody")["consents"] == []


def test_the_ledger_is_asked_and_put_together(vrm: CommandLine) -> None:
    for words in (
        ("ledger",),
        ("ledger", "list", "--field", "phone", "--held"),
        ("ledger", "list", "--purpose", "delivery", "--lapses", "2027-03", "--about", "me", "--words", "x"),
    ):
        assert vrm.json(*words) == {"entries": []}
    assert vrm.json("ledger", "list", "--by", "vendor") == {"entries": [], "groups": []}
    assert vrm.run("ledger", "list", "--lapses", "March").status == 2
