"""Conversations without a want by command, with real desks; and being known as their customer, by one vendor alone."""

from tests.fakes.command_line import CommandLine
from tests.fakes.fleet import Fleet

LINE = "used 54 cm road bike, under 800 EUR, Cologne"


def test_a_question_is_asked_terms_first_and_the_vendor_knows_its_customer_again(
    vrm: CommandLine, fleet: Fleet
) -> None:
    ids = {name: vrm.json("vendor", "add", fleet.urls[name])["vendor"]["id"] for name in ("rheinrad", "veedelvelo")}
    vrm.json("counterparty", "edit", ids["rheinrad"], "--number", "K-4711")
    write = ("counterparty", "write", ids["rheinrad"], "Does the pump fit?", "--customer-number", "--about", "service")
    planned = vrm.json(*write)["plan"]
    assert (planned["way"], [one["id"] for one in planned["at_once"]]) == ("desk", ["about"])
    assert [(one["id"], one["value"]) for one in planned["after_terms"]] == [("customer.number", "K-4711")]
    told = vrm.run(*write).output
    assert "Help with something" in told or "help with something" in told
    made = vrm.json(*write, "--yes", "--wait", "30")["relationship"]
    assert all(one["id"] for part in ("dates", "papers", "disclosures", "agreements") for one in made[part])
    assert (made["state"], made["conversation"]) == ("open", "revealed")
    assert {one["name"] for one in made["disclosures"]} == {"about", "customer.number"}
    assert [one["kind"] for one in made["messages"] if one["sender"] == "person"] == ["contact", "reveal", "message"]

    want = vrm.json("intentcast", "new", LINE)["intentcast"]["id"]
    plan = vrm.json("intentcast", "plan", want, "--as-customer", made["id"])
    assert plan["as_customer"] == made["id"]
    assert "it is shown that you are its customer" in vrm.run("intentcast", "plan", want).output
    vrm.run("intentcast", "cast", want, "--wait", "30")
    shown = {
        one["vendor"]: {
            row["name"] for row in vrm.json("relationship", "show", one["id"])["relationship"]["disclosures"]
        }
        for one in vrm.json("relationship", "list")["relationships"]
        if one["intentcast"] == want
    }
    assert "known" in shown[ids["rheinrad"]]
    assert "known" not in shown[ids["veedelvelo"]]


def test_whom_nobody_shall_know_is_known_by_nobody(vrm: CommandLine, fleet: Fleet) -> None:
    vrm.json("vendor", "add", fleet.urls["rheinrad"])
    want = vrm.json("intentcast", "new", LINE)["intentcast"]["id"]
    assert vrm.json("intentcast", "plan", want, "--as-customer", "nothing", status=1)["error"]["id"] == "not-found"
    assert vrm.json("intentcast", "plan", want, "--as-customer", "none")["as_customer"] is None
