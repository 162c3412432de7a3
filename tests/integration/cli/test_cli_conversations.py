"""Conversations without a want by command, with real desks; being known as
their customer, by one vendor alone; and going on under a new key.
"""

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


def test_a_new_key_with_one_vendor_and_with_all(vrm: CommandLine, fleet: Fleet) -> None:
    assert vrm.run("relationship", "new-key", "--all").output.strip() == (
        "There is no relationship whose key could be changed."
    )
    vrm.json("vendor", "add", fleet.urls["rheinrad"])
    want = vrm.json("intentcast", "new", LINE)["intentcast"]["id"]
    vrm.json("intentcast", "cast", want, "--wait", "30")
    key = vrm.json("relationship", "list")["relationships"][0]["id"]
    first = vrm.json("relationship", "show", key)["relationship"]["key"]
    (one,) = vrm.json("relationship", "new-key", key, "--wait", "30")["keys"]
    assert (one["relationship"], one["vendor_name"], one["outcome"]) == (key, "Rheinrad", "known")
    ran = vrm.run("relationship", "new-key", "--all", "--wait", "30")
    assert (ran.status, "They know your new key" in ran.output, "could still read" in ran.told) == (0, True, True)
    file = vrm.json("relationship", "show", key)["relationship"]
    assert len({file["key"], one["key"], first}) == 3
    assert [said["kind"] for said in file["messages"]].count("key-change") == 2
    vrm.json("relationship", "message", key, "Still me.")
    assert vrm.json("relationship", "show", key)["relationship"]["trouble"] is None

    (away,) = vrm.json("relationship", "new-key", key, "--wait", "0", status=4)["keys"]
    assert away["outcome"] == "on-its-way"
    vrm.json("relationship", "end", key, "--wait", "30")
    over = vrm.run("relationship", "new-key", key)
    assert (over.status, "Nothing more is said here" in over.told) == (1, True)
    assert vrm.run("relationship", "new-key").status == 2
    assert vrm.run("relationship", "new-key", "rel-none").status == 1
