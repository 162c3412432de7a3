"""`vrm quote` against a real desk written with another library, from noting it to the order."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.command_line import CommandLine
from tests.fakes.mcp_servers import mcp_servers

WANT = {"title": "gravel bike, 54 cm", "category": "mobility.bicycle", "area": "DE"}


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    with mcp_servers(("rfq", "token", "prompt"), tmp_path_factory.mktemp("mcp") / "servers.log") as running:
        yield running


@pytest.fixture
def want(vrm: CommandLine, tmp_path: Path) -> str:
    file = tmp_path / "want.json"
    file.write_text(json.dumps(WANT), encoding="utf-8")
    made = vrm.json("intentcast", "new", "--file", str(file))["intentcast"]["id"]
    assert isinstance(made, str)
    return made


@pytest.fixture
def vendor(vrm: CommandLine) -> str:
    made = vrm.json("counterparty", "add", "Paper Supply", "--kind", "shop")["counterparty"]["id"]
    assert isinstance(made, str)
    return made


def test_a_desk_is_asked_looked_at_and_accepted_by_commands(
    vrm: CommandLine, want: str, vendor: str, addresses: dict[str, str]
) -> None:
    known = vrm.json("quote", "desks")
    assert (known["desks"], len(known["profiles"])) == ([], 4)
    vrm.json("quote", "add", vendor, "--address", addresses["rfq"], "--profile", "cintra-supply")
    tools = vrm.json("quote", "tools", vendor)["desk"]["tools"]
    assert [one["name"] for one in tools] == ["submit_rfq", "get_quote", "accept_quote", "seen_requests"]
    assert "buyer_email  [text]  demanded" in vrm.run("quote", "form", vendor, "submit_rfq").output
    shown = vrm.json("quote", "ask", want, vendor)
    assert not shown["sent"]
    body = json.loads(shown["asking"]["body"])
    assert body["tool"] == "submit_rfq"
    assert body["arguments"]["lines"] == [{"description": WANT["title"], "quantity": 1}]
    assert vrm.json("quote", "list")["quotes"] == []
    read = vrm.run("quote", "ask", want, vendor).output
    assert "signs none of your conditions" in read
    assert "Nothing was sent." in read
    sent = vrm.json("quote", "ask", want, vendor, "--yes")["quote"]
    assert (sent["state"], sent["number"]) == ("pending", "RFQ-1")
    told = {row["name"] for row in vrm.json("ledger", "list")["entries"]}
    assert told == {one["name"] for one in shown["asking"]["tells"]}
    show = vrm.run("quote", "show", sent["id"]).output
    assert "the desk lets you wait" in show
    assert vrm.json("quote", "accept", sent["id"], status=1)["error"]["id"] == "not-possible-now"


def test_a_file_of_the_persons_own_describes_a_desk(
    vrm: CommandLine, want: str, vendor: str, addresses: dict[str, str], tmp_path: Path
) -> None:
    own = tmp_path / "desk.json"
    desk: dict[str, Any] = {
        "name": "makers",
        "title": "Makers",
        "tool": "create_rfq",
        "arguments": [
            {"path": "description", "fills": "want.words", "required": True},
            {"path": "quantity", "fills": "want.quantity", "required": True},
        ],
    }
    own.write_text(json.dumps(desk), encoding="utf-8")
    vrm.json("quote", "add", vendor, "--address", addresses["token"], "--profile", str(own))
    sent = vrm.json("quote", "ask", want, vendor, "--yes")["quote"]
    assert (sent["state"], sent["trouble"]) == ("elsewhere", None)
    assert '| "token": "s3cret"' in vrm.run("quote", "show", sent["id"]).output.replace("|   ", "| ")
    own.write_text(json.dumps(desk | {"tool": "two words"}), encoding="utf-8")
    refused = vrm.json("quote", "add", vendor, "--address", addresses["token"], "--profile", str(own), status=1)
    assert refused["error"]["id"] == "not-a-desk-profile"
    incomplete = vrm.json("quote", "ask", want, vendor, "--set", "description=", status=1)
    assert incomplete["error"]["id"] == "quote-incomplete"
    assert "It demands this: description" in vrm.run("quote", "ask", want, vendor, "--set", "description=").told
    assert vrm.run("quote", "ask", want, vendor, "--set", "nothing").status == 2


def test_a_slip_is_told_by_what_it_is(vrm: CommandLine, want: str, vendor: str, addresses: dict[str, str]) -> None:
    slip = vrm.json("quote", "add", vendor, "--address", "ftp://desk.example", status=1)
    assert slip["error"]["id"] == "no-web-address"
    vrm.json("quote", "add", vendor, "--address", addresses["token"])
    assert "vrm quote tools VENDOR" in vrm.run("quote", "ask", want, vendor).told


def test_a_desk_that_takes_no_acceptance_is_told_at_once_and_others_can_be_asked(
    vrm: CommandLine, want: str, vendor: str, addresses: dict[str, str]
) -> None:
    vrm.json("quote", "add", vendor, "--address", addresses["prompt"], "--profile", "cintra-supply")
    email = ("--set", "buyer_email=me@mail.example")
    asked = vrm.json("quote", "ask", want, vendor, *email, "--yes")["quote"]
    vrm.json("limit", "add", "small", "--up-to", "1.00 EUR", "--until", "2099-12-31")
    over = vrm.json("quote", "accept", asked["id"], "--yes", status=1)
    assert over["error"]["id"] == "over-limit"
    refused = vrm.json("quote", "accept", asked["id"], "--over-limit", "--yes", status=1)
    assert not refused["ordered"]
    said = vrm.run("offer", "accept", vrm.json("offers", want)["offers"][0]["id"], "--over-limit")
    assert (said.status, "did not take your acceptance" in said.output) == (1, True)
    assert "order not placed" in said.output

    again = (want, "--vendor", f"{vendor}:mcp")
    assert vrm.json("intentcast", "cast", *again, status=1)["error"]["id"] == "already-asked"
    planned = vrm.json("intentcast", "again", *again)
    assert (planned["intentcast"]["state"], planned["vendors"][0]["id"]) == ("draft", vendor)
    states = {one["id"]: one["state"] for one in vrm.json("intentcast", "list")["intentcasts"]}
    assert states == {want: "closed", planned["intentcast"]["id"]: "draft"}
    same = vrm.json("intentcast", "again", planned["intentcast"]["id"])["intentcast"]
    assert same["id"] == planned["intentcast"]["id"]
