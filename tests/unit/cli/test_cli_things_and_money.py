"""`vrm thing` and `vrm counterparty money`: what the person has, and money both ways, written down by hand."""

import pytest

from tests.fakes.command_line import CommandLine


@pytest.fixture
def shop(vrm: CommandLine) -> str:
    return str(vrm.json("counterparty", "add", "Radhaus", "--kind", "shop")["counterparty"]["id"])


def test_a_thing_is_kept_with_its_dates_in_the_agenda(vrm: CommandLine, shop: str) -> None:
    words = (
        "--serial",
        "WX 1183",
        "--price",
        "799.00 EUR",
        "--return-by",
        "2031-02-14",
        "--warranty-until",
        "2033-01-31",
    )
    added = vrm.json("thing", "add", "Road bike", "--counterparty", shop, *words)["thing"]
    assert (added["counterparty"], added["price"]) == (shop, {"minor": 79_900, "currency": "EUR"})
    dates = vrm.json("agenda", "list")["agenda"]
    assert [(one["kind"], one["due"], one["counterparty"]) for one in dates] == [
        ("return-by", "2031-02-14", "Radhaus"),
        ("warranty-ends", "2033-01-31", "Radhaus"),
    ]
    assert vrm.json("thing", "show", added["id"])["thing"] == added
    assert "warranty until" in vrm.run("thing", "list", "--counterparty", shop).output


def test_a_thing_that_is_gone_asks_for_nothing_and_can_come_back(vrm: CommandLine) -> None:
    first = vrm.json("thing", "add", "Lamp", "--warranty-until", "2033-01-31")["thing"]
    second = vrm.json("thing", "add", "Pump", "--quantity", "2")["thing"]
    gone = vrm.json("thing", "gone", first["id"])["thing"]
    assert gone["gone"] is not None
    assert vrm.json("agenda", "list")["agenda"] == []
    assert [one["title"] for one in vrm.json("thing", "list")["things"]] == ["Pump", "Lamp"]
    assert "2 × Pump" in vrm.run("thing", "list").output
    assert vrm.json("thing", "gone", "--undo", first["id"])["thing"] == first
    assert len(vrm.json("agenda", "list")["agenda"]) == 1
    assert vrm.json("thing", "forget", second["id"])["forgotten"] == second["id"]
    assert [one["title"] for one in vrm.json("thing", "list")["things"]] == ["Lamp"]


def test_a_thing_is_written_down_anew(vrm: CommandLine) -> None:
    first = vrm.json("thing", "add", "Lamp", "--warranty-until", "2033-01-31")["thing"]
    changed = vrm.json("thing", "edit", first["id"], "--title", "Floor lamp", "--warranty-until", "2034-01-31")["thing"]
    assert (changed["title"], changed["warranty_until"]) == ("Floor lamp", "2034-01-31")
    [date] = vrm.json("agenda", "list")["agenda"]
    assert (date["due"], date["text"]) == ("2034-01-31", "A warranty ends: Floor lamp")


def test_what_is_not_there_is_said(vrm: CommandLine) -> None:
    assert vrm.run("thing", "list").output.strip() == "Nothing is written down yet."
    for verb in ("show", "gone", "forget", "edit"):
        assert vrm.json("thing", verb, "nothing", status=1)["error"]["id"] == "not-found"
    assert vrm.json("thing", "add", "x", "--counterparty", "nobody", status=1)["error"]["id"] == "not-found"
    assert vrm.json("thing", "add", " ", status=1)["error"]["id"] == "invalid-value"
    assert vrm.json("counterparty", "money", "nobody", status=1)["error"]["id"] == "not-found"


def test_money_is_written_down_both_ways_and_struck(vrm: CommandLine, shop: str) -> None:
    money = ("counterparty", "money", shop)
    assert vrm.run(*money).output.strip() == "No money went either way yet."
    for kind, sum_, text in (
        ("owed", "80.00 EUR", "Bill"),
        ("paid", "50.00 EUR", "Part"),
        ("back", "5.00 EUR", "Bottle"),
    ):
        vrm.json(*money, "--add", kind, "--amount", sum_, "--for", text, "--on", "2026-05-04", "--number", "R 7")
    told = vrm.json(*money, "--add", "paid", "--amount", "700 JPY", "--for", "Postage", "--on", "2026-05-05")
    assert told["balances"] == [
        {"id": "EUR", "owed": 8000, "paid": 5000, "back": 500, "open": 3000},
        {"id": "JPY", "owed": 0, "paid": 700, "back": 0, "open": 0},
    ]
    assert "€30.00 to pay; €45.00 paid, less what came back" in vrm.run(*money).output
    part = next(one for one in told["bookings"] if one["for"] == "Part")
    left = vrm.json(*money, "--strike", part["id"])
    assert part not in left["bookings"]
    assert vrm.json(*money, "--strike", part["id"], status=1)["error"]["id"] == "not-found"
    assert vrm.json(*money, "--add", "paid", status=1)["error"]["id"] == "invalid-value"
