"""Cases, changes of orders, voices and recommendations by commands, against a real desk and without one."""

import json
from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine, a_command_line
from tests.fakes.fleet import Fleet
from tests.fakes.qr_reader import read_qr


@pytest.fixture
def ordered(vrm: CommandLine, fleet: Fleet) -> str:
    """The relationship in which a bike was ordered."""
    vrm.json("vendor", "add", fleet.urls["rheinrad"])
    want = vrm.json("intentcast", "new", "used road bike, under 800 EUR, Cologne")["intentcast"]["id"]
    vrm.json("intentcast", "cast", want, "--wait", "30")
    offer = vrm.json("offers", want)["offers"][0]["id"]
    vrm.json("offer", "accept", offer)
    relationship = vrm.json("relationship", "list")["relationships"][0]["id"]
    assert isinstance(relationship, str)
    return relationship


def test_a_case_from_its_opening_to_its_end(vrm: CommandLine, ordered: str, tmp_path: Path) -> None:
    opened = vrm.json("case", "open", ordered, "It squeaks.", "--want", "repair", "--order", "--by", "2099-01-31")[
        "case"
    ]
    assert (opened["by_wire"], opened["waiting"], opened["letter"]) == (True, False, None)
    assert opened["message"]
    assert opened["turns"][0]["message"] == opened["message"]
    photo = tmp_path / "photo.png"
    photo.write_bytes(b"\x89PNG")
    attached = vrm.json("case", "attach", opened["id"], str(photo))["case"]
    assert [one["name"] for one in attached["documents"]] == ["photo.png"]
    noted = vrm.json("case", "note", opened["id"], "proposal", "Bring it in.", "--remedy", "repair")["case"]
    assert noted["state"] == "proposed"
    accepted = vrm.json("case", "answer", opened["id"], "accept")["case"]
    assert (accepted["state"], accepted["turns"][-1]["remedy"]) == ("promised", "repair")
    ended = vrm.json("case", "resolve", opened["id"])["case"]
    assert (ended["state"], ended["may"]) == ("resolved", [])
    [listed] = vrm.json("case", "list")["cases"]
    assert listed["id"] == opened["id"]
    told = vrm.run("case", "show", opened["id"]).output
    assert "They propose: repair. (as you noted)" in told
    assert "document: photo.png" in told
    assert vrm.run("case", "answer", opened["id"], "accept").status == 1
    assert vrm.run("case", "show", "case-none").status == 1


def test_an_order_is_changed_and_a_vendor_told(vrm: CommandLine, ordered: str) -> None:
    changed = vrm.json("order", "change", ordered, "--text", "Please leave the basket off.")["change"]
    assert (changed["what"], changed["letter"]) == ("change", None)
    assert changed["message"]
    [listed] = vrm.json("order", "list", ordered)["changes"]
    assert listed["id"] == changed["id"]
    assert changed["id"] in vrm.run("order", "list", ordered).output
    voice = vrm.json("voice", "tell", ordered, "idea", "A bell would be nice.", "--order")["voice"]
    assert (voice["unsent"], voice["letter"]) == (None, None)
    assert vrm.json("voice", "show", voice["id"])["voice"]["text"] == "A bell would be nice."
    assert "an idea: A bell would be nice." in vrm.run("voice", "list").output


def test_a_vendor_is_recommended_by_file_and_by_code(
    vrm: CommandLine, fleet: Fleet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    vendor = vrm.json("vendor", "add", fleet.urls["rheinrad"])["vendor"]["id"]
    file = tmp_path / "rheinrad.vendorcard"
    vrm.json("vendor", "recommend", vendor, "--file", str(file), "--note", "Kind people.")
    assert vrm.run("vendor", "recommend", vendor, "--file", str(file)).status == 1
    code = vrm.json("vendor", "recommend", vendor)["recommendation"]["code"]
    drawn, _newline, text = vrm.run("vendor", "recommend", vendor).output.rstrip("\n").rpartition("\n")
    assert read_qr(drawn) == text == code
    for folder, handed in (("by-file", str(file)), ("by-code", code)):
        (tmp_path / folder).mkdir()
        friend = a_command_line(tmp_path / folder, capsys)
        assert friend.run("vault", "create").status == 0
        assert friend.json("vendor", "add", handed)["vendor"]["name"] == "Rheinrad"
    members = json.loads(file.read_bytes())
    members["card"]["about"] = "We are the best."
    file.write_text(json.dumps(members), encoding="utf-8")
    (tmp_path / "third").mkdir()
    third = a_command_line(tmp_path / "third", capsys)
    assert third.run("vault", "create").status == 0
    refused = third.run("vendor", "add", str(file))
    assert refused.status == 1
    assert refused.told


def test_a_want_is_shared_and_made_a_friends_own(vrm: CommandLine, tmp_path: Path) -> None:
    want = vrm.json("intentcast", "new", "used road bike, under 800 EUR, Cologne")["intentcast"]
    file = tmp_path / "bike.intentcast"
    vrm.json("intentcast", "share", want["id"], str(file))
    assert not {"place", "price_cap", "needed_by"} & set(json.loads(file.read_bytes()))
    own = vrm.json("intentcast", "new", "--file", str(file))["intentcast"]
    assert (own["title"], own["category"], own["price_cap"]) == (want["title"], want["category"], None)
    assert own["id"] != want["id"]
    vrm.json("intentcast", "share", want["id"], str(tmp_path / "cap.intentcast"), "--with-cap")
    again = vrm.json("intentcast", "new", "--file", str(tmp_path / "cap.intentcast"))["intentcast"]
    assert again["price_cap"] == want["price_cap"]


def test_what_goes_as_a_letter_is_said_so(vrm: CommandLine) -> None:
    vrm.json("counterparty", "add", "Stadtwerke", "--kind", "utility")
    [owner] = vrm.json("relationship", "list")["relationships"]
    ran = vrm.run("case", "open", owner["id"], "The meter is not mine.", "--want", "answer", "--about", "bill")
    assert ran.status == 0
    assert "This goes as a letter" in ran.told
    voice = vrm.json("voice", "tell", owner["id"], "question", "Is it green?")["voice"]
    assert voice["letter"]
