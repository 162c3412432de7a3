"""`vrm rights drp` against `vrm-vendor serve` as a process, from the directory to the request taken back."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine
from tests.fakes.stocked import stocked_sample
from tests.fakes.vendor_process import VendorProcess, serving

SETTINGS = '\n[drp]\nbusiness = "SHOP_1"\nagents = "agents.json"\nasks = ["email"]\n'


@pytest.fixture
def desk(vrm: CommandLine, tmp_path: Path) -> Iterator[VendorProcess]:
    """A shop that lets this person's agent ask."""
    home = stocked_sample(tmp_path / "shop")
    with (home / "desk.toml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS)
    (home / "agents.json").write_text(json.dumps([vrm.json("rights", "drp", "agent")["agent"]]))
    with serving(home) as running:
        yield running


@pytest.fixture
def directory(desk: VendorProcess, tmp_path: Path) -> Path:
    """A directory that lists the shop, with the spelling of live ones, and a row that nobody can use."""
    shop = {
        "id": "SHOP_1",
        "name": "Shop One",
        "api_base": f"{desk.url}/drp",
        "supported_actions": ["access", "deletion"],
        "supported_verfications": ["email"],
    }
    file = tmp_path / "businesses.json"
    file.write_text(json.dumps([shop, {"id": "BROKEN"}]))
    return file


def test_a_request_by_commands(vrm: CommandLine, directory: Path) -> None:
    read = vrm.json("rights", "drp", "directory", str(directory), status=4)
    assert (read["organisations"][0]["asks"], read["left_out"]) == (["email"], 1)
    assert "Shop One" in vrm.run("rights", "drp", "organisations").output
    plan = vrm.json("rights", "drp", "ask", "SHOP_1", "access", "--regime", "ccpa")
    assert (plan["asked"], [one["name"] for one in plan["plan"]["tells"]]) == (False, ["profile.email"])
    shown = vrm.run("rights", "drp", "ask", "SHOP_1", "access")
    assert "these requests come from one person" in shown.output
    assert vrm.json("rights", "drp", "list")["requests"] == []
    made = vrm.json("rights", "drp", "ask", "SHOP_1", "access", "--regime", "ccpa", "--yes")["request"]
    assert (made["standing"], made["status"], made["trouble"]) == ("running", "in_progress", "")
    assert vrm.json("sync")["changes"] == []
    told = vrm.run("rights", "drp", "show", made["id"]).output
    assert "being worked on" in told
    assert vrm.json("rights", "drp", "check", made["id"])["request"]["request_id"] == made["request_id"]
    revoked = vrm.json("rights", "drp", "revoke", made["id"], "--reason", "solved")["request"]
    assert (revoked["standing"], revoked["status"], revoked["taken_back"]) == ("settled", "revoked", True)
    assert "you took it back" in vrm.run("rights", "drp", "list").output


def test_what_goes_wrong_is_said_in_a_sentence(vrm: CommandLine, directory: Path, desk: VendorProcess) -> None:
    vrm.run("rights", "drp", "directory", str(directory))
    assert "Go on by letter" in vrm.run("rights", "drp", "ask", "SHOP_1", "sale:opt-out", "--yes").told
    assert vrm.run("rights", "drp", "ask", "SHOP_1", "objection", "--regime", "gdpr", "--yes").status == 1
    assert vrm.run("rights", "drp", "ask", "NOBODY", "access", "--yes").status == 1
    desk.stop()
    made = vrm.json("rights", "drp", "ask", "SHOP_1", "deletion", "--yes", status=4)["request"]
    assert (made["standing"], bool(made["trouble"])) == ("leaving", True)
    shown = vrm.run("rights", "drp", "show", made["id"])
    assert "nothing was heard yet" in shown.output
    assert shown.status == 4


def test_nobody_is_known_at_first(vrm: CommandLine, tmp_path: Path) -> None:
    assert "vrm rights drp directory FILE" in vrm.run("rights", "drp", "organisations").output
    assert vrm.run("rights", "drp", "list").output.strip()
    bad = tmp_path / "bad.json"
    bad.write_text("{")
    assert vrm.run("rights", "drp", "directory", str(bad)).status == 1
