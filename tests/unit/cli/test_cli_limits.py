"""`vrm limit` without any order: what can be said, what is shown, and what is no limit."""

from pathlib import Path

import pytest

from tests.fakes.command_line import CommandLine

ADD = ("limit", "add", "Parts", "--up-to", "80.00 EUR", "--until", "2099-12-31")


def test_a_limit_says_all_that_it_allows(vrm: CommandLine, tmp_path: Path) -> None:
    shop = vrm.json("counterparty", "add", "Radhaus", "--kind", "shop", "--web", "https://shop.radhaus.example")
    words = (
        *("--vendor", shop["counterparty"]["id"], "--from", "1.00 EUR", "--budget", "200.00 EUR"),
        *("--article", "4012345678901:2=Inner tube", "--article", "sku-1", "--pay-to", "DE75 5121 0800 1245 1261 99"),
        *("--starts", "2026-01-01", "--every", "weekly", "--times", "4"),
    )
    made = vrm.json(*ADD, *words)["limit"]
    assert made["merchants"] == [
        {"id": "radhaus.example", "name": "Radhaus", "website": "https://shop.radhaus.example"}
    ]
    assert made["articles"] == [
        {"id": "choice-1", "acceptable": [{"id": "4012345678901", "title": "Inner tube"}], "quantity": 2},
        {"id": "choice-2", "acceptable": [{"id": "sku-1", "title": None}], "quantity": 1},
    ]
    assert made["payees"] == [{"id": "payto://iban/DE75512108001245126199", "name": None, "website": None}]
    assert (made["lowest"], made["highest"], made["budget"], made["times"]) == (100, 8000, 20000, 4)
    told = vrm.run("limit", "show", made["id"]).output
    for words_of in ("from €1.00 to €80.00 each time", "of Radhaus", "up to 2 of: Inner tube", "once a week"):
        assert words_of in told
    assert vrm.json("limit", "show", made["id"])["limit"] == made
    vrm.json("limit", "export", made["id"], str(tmp_path / "limit.json"))
    assert (tmp_path / "limit.json").read_bytes().startswith(b'{"checkout":"')


def test_a_limit_that_leaves_things_open_says_so(vrm: CommandLine) -> None:
    assert vrm.run("limit", "list").output.strip() == "You have no limits."
    made = vrm.json(*ADD)["limit"]
    assert "of any vendor" in vrm.run("limit", "list").output
    assert vrm.json("limit", "revoke", made["id"])["limit"]["in_force"] is False
    assert vrm.json("limit", "revoke", made["id"], status=1)["error"]["id"] == "not-possible-now"
    assert vrm.json("pay", "list")["payments"] == []
    assert vrm.json("pay", "show", "nothing", status=1)["error"]["id"] == "not-found"


def test_what_is_no_limit_is_refused(vrm: CommandLine) -> None:
    nameless = vrm.json("counterparty", "add", "Somebody", "--kind", "shop")["counterparty"]["id"]
    assert vrm.json(*ADD, "--vendor", nameless, status=1)["error"]["id"] == "not-possible-now"
    assert vrm.json(*ADD, "--vendor", "vendor-none", status=1)["error"]["id"] == "not-found"
    assert vrm.json(*ADD, "--budget", "1.00 EUR", status=1)["error"]["id"] == "invalid-value"
    assert vrm.json(*ADD, "--budget", "200.00 CHF", status=1)["error"]["id"] == "invalid-value"


@pytest.mark.parametrize("words", [("--article", ":2"), ("--article", "x:0"), ("--pay-to", "DE00 1"), ("--every", "x")])
def test_what_cannot_be_meant_is_a_slip_of_typing(vrm: CommandLine, words: tuple[str, str]) -> None:
    assert vrm.run(*ADD, *words).status == 2
