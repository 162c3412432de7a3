"""Contracts and changes by command: dates, prices, notice, and who holds what is no longer true."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.fakes.command_line import CommandLine

TODAY = datetime.now(UTC).date()


@pytest.fixture
def works(vrm: CommandLine) -> str:
    """A utility without an endpoint."""
    vrm.json("profile", "set", "name", "Ottilie Zwiebelfisch")
    vrm.json("profile", "set", "address.street", "Querlenkerweg 1183")
    return str(vrm.json("counterparty", "add", "Stadtwerke", "--kind", "utility")["counterparty"]["id"])


def kept(vrm: CommandLine, works: str) -> dict[str, Any]:
    extra = ("--months", "12", "--renews", "12", "--notice", "6w", "--price", "50 EUR", "--number", "K-7")
    shown = vrm.json("contract", "add", works, "Strom", "--starts", "2024-02-29", *extra)["contract"]
    assert isinstance(shown, dict)
    return shown


def test_a_contract_is_kept_priced_cancelled_and_confirmed(vrm: CommandLine, works: str) -> None:
    one = kept(vrm, works)
    assert one["notice"] == {"count": 6, "unit": "weeks", "to": "any-day"}
    assert one["term_end"].endswith("-02-28")
    assert one["yearly"] == {"minor": 60_000, "currency": "EUR"}
    dearer = vrm.json("contract", "price", one["id"], "60 EUR")["contract"]
    assert dearer["rise"] == 2_000
    listed = vrm.json("contract", "list")
    assert listed["yearly"] == [{"minor": 72_000, "currency": "EUR"}]
    assert "+20 % since the start" in vrm.run("contract", "list").output
    assert vrm.json("contract", "keep-it", one["id"])["contract"]["state"] == "running"
    given = vrm.json("contract", "cancel", one["id"])
    assert given["letter"]
    assert given["contract"]["state"] == "cancelling"
    assert given["contract"]["letter_unsent"]
    assert "the letter is still to be sent" in vrm.run("contract", "list").output
    assert vrm.run("contract", "cancel", one["id"]).status == 1
    ended = vrm.json("contract", "confirmed", one["id"])["contract"]
    assert (ended["state"], ended["ends"]) == ("cancelled", given["contract"]["ends"])
    assert vrm.json("contract", "list", "--this-month")["contracts"] == []
    assert vrm.run("contract", "list", "--this-month").output == "None can be cancelled this month.\n"
    assert "from Thu, 29 Feb 2024: €50.00 a month" in vrm.run("contract", "show", one["id"]).output
    file = vrm.run("relationship", "show", ended["relationship"]).output
    assert f"contract: Strom  [{one['id']}]" in file
    assert f"(draft)  [{given['letter']}]" in file
    vrm.json("contract", "drop", one["id"])
    assert vrm.run("contract", "list").output == "No contracts yet.\n"


def test_a_contract_is_corrected_and_what_is_not_named_stays(vrm: CommandLine, works: str) -> None:
    before = kept(vrm, works)
    words = (
        "--title",
        "Strom und Gas",
        "--starts",
        "2024-04-01",
        "--notice",
        "1m",
        "--month-end",
        "--note",
        "Zähler 7",
    )
    after = vrm.json("contract", "edit", before["id"], *words)["contract"]
    assert (after["title"], after["starts"], after["note"]) == ("Strom und Gas", "2024-04-01", "Zähler 7")
    assert after["notice"] == {"count": 1, "unit": "months", "to": "month-end"}
    assert after["term_end"].endswith("-03-31")
    assert [one["id"] for one in after["prices"]] == ["2024-04-01"]
    assert {name: after[name] for name in ("number", "months", "renews", "renewal", "yearly")} == {
        name: before[name] for name in ("number", "months", "renews", "renewal", "yearly")
    }
    for said, months, renewal, renews in (
        (("--renews", "6"), 12, "renews", 6),
        (("--ends", "--no-month-end"), 12, "ends", 0),
        (("--months", "24", "--renews", "0"), 24, "runs-on", 0),
        (("--months", "0"), 0, "runs-on", 0),
    ):
        shown = vrm.json("contract", "edit", before["id"], *said)["contract"]
        assert (shown["months"], shown["renewal"], shown["renews"]) == (months, renewal, renews)
    assert vrm.json("contract", "show", before["id"])["contract"]["notice"]["to"] == "any-day"
    assert vrm.run("contract", "edit", before["id"], "--renews", "12").status == 1
    assert vrm.run("contract", "edit", "contract-nowhere", "--title", "x").status == 1


@pytest.mark.parametrize(
    "words", [("--notice", "soon"), ("--notice", "9999d"), ("--months", "-1"), ("--months", "1000"), ("--price", "x")]
)
def test_what_is_no_term_is_refused(vrm: CommandLine, works: str, words: tuple[str, str]) -> None:
    assert vrm.run("contract", "add", works, "Strom", "--starts", "2024-02-29", *words).status == 2


def test_a_change_is_planned_told_by_letter_and_confirmed(vrm: CommandLine, works: str) -> None:
    assert vrm.run("change", "plan").output.startswith("Nobody holds anything")
    assert vrm.run("change", "show").output == "Nothing was changed yet.\n"
    assert kept(vrm, works)["by_wire"] is False
    day = (TODAY + timedelta(days=30)).isoformat()
    told = vrm.json("change", "tell", "--set", "address.street=Achsstand 2", "--since", day)["change"]
    assert (told["applied"], told["since"], told["told"]) == (False, day, [])
    assert vrm.json("change", "undo", told["id"])["change"]["undone"] is True
    assert vrm.run("change", "confirmed", told["id"], "rel-none").status == 1
    for wrong in ("street", "birthday=1980-01-01", "email="):
        assert vrm.run("change", "plan", "--set", wrong).status == 2
    assert vrm.run("change", "plan", "--set", "phone=+49").status == 1
