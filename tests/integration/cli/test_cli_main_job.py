"""The main job by commands against real desks: every step's JSON, exit statuses, and the words beside them."""

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.command_line import CommandLine
from tests.fakes.fleet import Fleet, desks
from tests.fakes.held_port import held_port
from tests.fakes.qr_reader import read_qr

INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")
DAY = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
LINE = f"used 54 cm road bike, under 800 EUR, Cologne, by {DAY}"


def every_item_has_an_id(value: object) -> None:
    """Lists of objects are lists of things, and a thing has an `id`; money and instants have their one form."""
    if isinstance(value, list):
        for item in value:
            assert not isinstance(item, dict) or item.get("id"), item
            every_item_has_an_id(item)
    elif isinstance(value, dict):
        if "minor" in value:
            assert set(value) == {"minor", "currency"}
            assert isinstance(value["minor"], int)
        for key, member in value.items():
            if key in {"at", "made", "started", "placed", "paid", "valid_until", "updated", "expires"} and member:
                assert INSTANT.fullmatch(member), (key, member)
            every_item_has_an_id(member)


def step(vrm: CommandLine, *words: str, status: int = 0) -> dict[str, Any]:
    said = vrm.json(*words, status=status)
    every_item_has_an_id(said)
    return said


def added(vrm: CommandLine, fleet: Fleet, *names: str) -> dict[str, str]:
    return {name: step(vrm, "vendor", "add", fleet.urls[name])["vendor"]["id"] for name in names}


def cast(vrm: CommandLine, *words: str, status: int = 0) -> tuple[str, dict[str, Any]]:
    want = step(vrm, "intentcast", "new", LINE)["intentcast"]["id"]
    return want, step(vrm, "intentcast", "cast", want, "--wait", "30", *words, status=status)


def test_the_whole_main_job(vrm: CommandLine, fleet: Fleet) -> None:
    ids = added(vrm, fleet, "rheinrad", "veedelvelo", "kettenwerk")
    assert {one["id"] for one in step(vrm, "vendor", "list")["vendors"]} == set(ids.values())
    shown = step(vrm, "vendor", "show", ids["rheinrad"])["vendor"]
    assert (shown["name"], shown["terms"]) == ("Rheinrad", ["PDC-INTENT", "SD-BASE"])

    want = step(vrm, "intentcast", "new", LINE)["intentcast"]["id"]
    plan = step(vrm, "intentcast", "plan", want)
    assert {one["id"] for one in plan["vendors"]} == set(ids.values())
    assert (plan["many"], plan["confirmed"]) == (False, False)
    assert "profile.name" in {field["id"] for field in plan["vendors"][0]["order"]}
    assert "80000" not in str(plan["vendors"])
    told = vrm.run("intentcast", "plan", want).output
    assert "after signing your conditions it learns" in told
    assert "what you want: 54 cm road bike (to make an offer, until" in told

    asked = step(vrm, "intentcast", "cast", want, "--wait", "30")
    assert asked["intentcast"]["state"] == "cast"
    answers = {one["id"]: one["answer"] for one in asked["vendors"]}
    assert answers == {ids["rheinrad"]: "offered", ids["veedelvelo"]: "countered", ids["kettenwerk"]: "declined"}

    terms = step(vrm, "terms", "list", "--intentcast", want)["terms"]
    (counter,) = [one for one in terms if one["open_counter"]]
    assert counter["vendor"] == ids["veedelvelo"]
    assert "vrm terms accept|refuse" in vrm.run("terms", "list").output
    closed = step(vrm, "terms", "accept", counter["id"])["terms"]
    assert {one["state"] for one in closed["agreements"] if one["roster"] == "SD-BASE-A"} == {"signed"}
    again = vrm.run("--json", "terms", "accept", counter["id"])
    assert (again.status, again.json["error"]["id"]) == (1, "not-possible-now")

    assert step(vrm, "sync", "--wait", "20")["troubled"] == []
    offers = step(vrm, "offers", want)["offers"]
    assert [one["place"] for one in offers] == [1, 2]
    assert offers[0]["score"] >= offers[1]["score"]
    assert {reason["id"] for reason in offers[0]["reasons"]} == {"cost", "date", "care", "privacy"}
    assert "of 1000" in vrm.run("offers", want).output
    first, second = offers
    assert step(vrm, "offer", "show", second["id"])["offer"]["would_win"]["total"]["minor"] > 0
    assert "wants to know" in vrm.run("offer", "show", second["id"]).output

    total = first["price"]["total"]["minor"]
    wish = f"{total * 98 // 100 / 100:.2f} EUR"
    assert step(vrm, "offer", "counter", first["id"], "--price", wish, "--note", "cash?")["offer"]["id"] == first["id"]
    step(vrm, "sync", "--wait", "20")
    best = next(one for one in step(vrm, "offers", want)["offers"] if one["vendor"] == first["vendor"] and one["place"])
    assert best["id"] != first["id"]
    assert best["price"]["total"]["minor"] < total

    ordered = step(vrm, "offer", "accept", best["id"])
    assert ordered["order"]["state"] == "confirmed"
    assert ordered["order"]["record"]
    pay = ordered["order"]["payment"]
    assert pay["payto"].startswith(f"payto://iban/{pay['iban']}?amount=EUR:")
    shown = vrm.run("relationship", "show", ordered["relationship"]["id"]).output
    assert pay["payto"] in shown
    assert "Every message is checked against this key" in shown
    assert "; it rests on: My request, for making me an offer" in shown
    code = [line.strip() for line in shown.splitlines() if set(line.strip()) <= set("█▀▄ ") and line.strip()]
    assert pay["iban"] in read_qr("\n".join(code))
    assert ordered["offer"]["state"] == "accepted"
    relationship = ordered["relationship"]["id"]
    gone = vrm.run("--json", "offer", "accept", second["id"])
    assert (gone.status, gone.output.count('"error"')) == (1, 1)

    file = step(vrm, "relationship", "show", relationship)["relationship"]
    assert file["order"]["record"] == ordered["order"]["record"]
    assert "profile.name" in {entry["name"] for entry in file["disclosures"]}
    assert {one["state"] for one in file["agreements"]} <= {"signed", "refused"}
    assert step(vrm, "relationship", "message", relationship, "Please ring twice.")["relationship"]["waiting"] == []
    assert step(vrm, "relationship", "paid", relationship)["relationship"]["order"]["paid"]
    told = vrm.run("relationship", "show", relationship).output
    assert "you wrote: Please ring twice." in told

    step(vrm, "sync", "--wait", "3")
    other = next(
        one
        for one in step(vrm, "relationship", "list")["relationships"]
        if one["vendor"] == second["vendor"] and one["intentcast"] == want
    )
    assert step(vrm, "relationship", "end", other["id"], "--reason", "done")["relationship"]["state"] == "ended"

    entries = step(vrm, "ledger")["entries"]
    knows = {vendor: {e["name"] for e in entries if e["vendor"] == vendor} for vendor in ids.values()}
    assert "profile.name" in knows[first["vendor"]]
    assert "profile.name" not in knows[second["vendor"]]
    assert not any(name.startswith(("want.", "profile.")) for name in knows[ids["kettenwerk"]])
    assert {e["vendor"] for e in step(vrm, "ledger", "--vendor", ids["kettenwerk"])["entries"]} == {ids["kettenwerk"]}
    assert {e["state"] for e in entries if e["vendor"] == second["vendor"]} == {"erased"}
    proof = step(vrm, "journal", "verify")["journal"]
    assert proof["messages"] > 15
    assert proof["disclosures"] == len(entries)
    assert step(vrm, "vault", "check")["vault"]["sound"]


def test_only_the_named_vendors_are_asked(vrm: CommandLine, fleet: Fleet) -> None:
    ids = added(vrm, fleet, "rheinrad", "kettenwerk")
    _want, asked = cast(vrm, "--vendor", ids["kettenwerk"])
    assert [one["id"] for one in asked["vendors"]] == [ids["kettenwerk"]]
    assert vrm.json("ledger", "--vendor", ids["rheinrad"]) == {"entries": []}


def test_a_want_is_cast_once(vrm: CommandLine, fleet: Fleet) -> None:
    added(vrm, fleet, "kettenwerk")
    want, _asked = cast(vrm)
    again = vrm.run("--json", "intentcast", "cast", want)
    assert (again.status, again.json["error"]["id"]) == (1, "already-asked")
    assert step(vrm, "intentcast", "plan", want)["confirmed"] is True


def test_waiting_ends_when_all_have_answered(vrm: CommandLine, fleet: Fleet) -> None:
    added(vrm, fleet, "kettenwerk")
    want = step(vrm, "intentcast", "new", LINE)["intentcast"]["id"]
    began = time.monotonic()
    step(vrm, "intentcast", "cast", want, "--wait", "600")
    assert time.monotonic() - began < 200


def test_a_counter_is_refused_and_nothing_is_revealed(vrm: CommandLine, fleet: Fleet) -> None:
    ids = added(vrm, fleet, "veedelvelo")
    want, _asked = cast(vrm)
    (terms,) = step(vrm, "terms", "list", "--intentcast", want)["terms"]
    assert step(vrm, "terms", "refuse", terms["id"])["terms"]["state"] == "refused"
    names = {one["name"] for one in step(vrm, "ledger", "--vendor", ids["veedelvelo"])["entries"]}
    assert not any(name.startswith("want.") for name in names)


def test_an_offer_is_declined_with_a_reason(vrm: CommandLine, fleet: Fleet) -> None:
    added(vrm, fleet, "rheinrad")
    want, _asked = cast(vrm)
    (offer,) = step(vrm, "offers", want)["offers"]
    assert step(vrm, "offer", "decline", offer["id"], "--reason", "price")["offer"]["state"] == "declined"
    again = vrm.run("--json", "offer", "decline", offer["id"])
    assert again.status == 1


def test_a_cast_is_withdrawn(vrm: CommandLine, fleet: Fleet) -> None:
    added(vrm, fleet, "rheinrad")
    want, _asked = cast(vrm)
    assert step(vrm, "intentcast", "withdraw", want)["intentcast"]["state"] == "withdrawn"
    (one,) = step(vrm, "relationship", "list")["relationships"]
    assert one["state"] == "withdrawn"


def test_sealed_offers_stay_sealed(vrm: CommandLine, fleet: Fleet) -> None:
    added(vrm, fleet, "rheinrad")
    want = step(vrm, "intentcast", "new", LINE, "--sealed")["intentcast"]["id"]
    step(vrm, "intentcast", "cast", want, "--wait", "30")
    sealed = step(vrm, "offers", want)
    assert (sealed["offers"], sealed["sealed"]) == ([], 1)
    assert "sealed" in vrm.run("offers", want).output


def test_a_vendor_that_is_down_fails_alone(
    vrm: CommandLine, fleet: Fleet, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with desks(tmp_path_factory.mktemp("down"), ["suedstadtrad"]) as other:
        down = step(vrm, "vendor", "add", other.urls["suedstadtrad"])["vendor"]["id"]
    ids = added(vrm, fleet, "rheinrad")
    want = step(vrm, "intentcast", "new", LINE)["intentcast"]["id"]
    ran = vrm.run("--json", "intentcast", "cast", want, "--spread", "0", "--wait", "8")
    assert ran.status == 4
    answers = {one["id"]: one["answer"] for one in ran.json["vendors"]}
    assert answers == {down: "unreachable", ids["rheinrad"]: "offered"}
    assert "Südstadt Rad: cannot be reached (The vendor cannot be reached.)" in ran.told
    assert len(step(vrm, "offers", want)["offers"]) == 1
    sync = vrm.run("--json", "sync")
    assert sync.status == 4
    assert [one["vendor"] for one in sync.json["troubled"]] == [down]
    assert "Südstadt Rad: The vendor cannot be reached." in sync.told


def test_what_cannot_leave_now_is_kept_and_said(vrm: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> None:
    with desks(tmp_path_factory.mktemp("leaving"), ["rheinrad"]) as other:
        added(vrm, other, "rheinrad")
        want, _asked = cast(vrm)
        (offer,) = step(vrm, "offers", want)["offers"]
    ran = vrm.run("--json", "offer", "accept", offer["id"], "--wait", "1")
    assert ran.status == 4
    assert ran.json["relationship"]["trouble"]
    assert "It is kept and leaves with the next `vrm sync`." in ran.told
    left = vrm.run("--json", "relationship", "end", offer["relationship"], "--wait", "1")
    assert (left.status, left.json["relationship"]["state"]) == (0, "ending")
    # The order never left and is dropped, and so the end goes by letter: the conversation can say nothing more.
    (letter,) = vrm.json("letter", "list")["letters"]
    assert letter["state"] == "draft"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://127.0.0.1:{closed}", "connect-failed"),
        ("http://192.0.2.1", "address-refused"),
        ("ftp://vendor.example", "address-refused"),
        ("nonsense", "address-refused"),
    ],
)
def test_an_address_without_a_vendor_adds_nobody(vrm: CommandLine, url: str, code: str) -> None:
    with held_port() as closed:
        ran = vrm.run("--json", "vendor", "add", url.format(closed=closed))
    assert (ran.status, ran.json["error"]["id"]) == (1, code)
    assert ran.told.count("\n") == 1
    assert vrm.json("vendor", "list") == {"vendors": []}


def test_more_than_ten_vendors_are_warned_of(vrm: CommandLine, fleet: Fleet, monkeypatch: pytest.MonkeyPatch) -> None:
    added(vrm, fleet, "rheinrad", "veedelvelo", "kettenwerk")
    want = step(vrm, "intentcast", "new", LINE)["intentcast"]["id"]
    monkeypatch.setattr("vrm_desktop.services.choose_vendors.MANY_VENDORS", 2)
    ran = vrm.run("--json", "intentcast", "plan", want)
    assert ran.json["many"] is True
    assert "You are asking 3 vendors" in ran.told


def test_an_order_is_limited_checked_handed_over_and_paid(vrm: CommandLine, fleet: Fleet, tmp_path: Path) -> None:
    shop = vrm.json("vendor", "add", fleet.urls["rheinrad"])["vendor"]["id"]
    want = vrm.json("intentcast", "new", LINE)["intentcast"]["id"]
    vrm.json("intentcast", "cast", want, "--wait", "30")
    [offer] = vrm.json("offers", want)["offers"]
    assert "nothing to be within" in vrm.run("limit", "check", offer["id"]).output

    until = ("--until", DAY)
    small = vrm.json("limit", "add", "Parts", "--up-to", "5.00 EUR", *until, "--vendor", shop, "--every", "weekly")
    judged = vrm.json("limit", "check", offer["id"], status=1)
    assert judged["broken"] == [{"id": small["limit"]["id"], "why": ["too-much"]}]
    refused = vrm.run("offer", "accept", offer["id"])
    assert (refused.status, "costs more than one purchase may" in refused.told) == (1, True)
    total = f"{offer['price']['total']['minor'] / 100:.2f} EUR"
    large = vrm.json("limit", "add", "Bikes", "--up-to", total, "--budget", total, *until, "--vendor", shop)["limit"]
    assert vrm.json("limit", "check", offer["id"])["within"] == large["id"]
    ordered = vrm.json("offer", "accept", offer["id"])
    relationship, order = ordered["relationship"]["id"], ordered["order"]["id"]
    spent = {one["id"]: one["spent"] for one in vrm.json("limit", "list")["limits"]}
    assert spent == {small["limit"]["id"]: 0, large["id"]: offer["price"]["total"]["minor"]}

    shown = vrm.json("pay", "show", order)["payment"]
    assert (shown["relationship"], shown["state"], shown["blocked"]) == (relationship, "offered", False)
    assert [way["id"] for way in shown["ways"]] == ["transfer", "bank-code"]
    assert vrm.json("pay", "check", order, shown["iban"])["differing"] == []
    assert "Nothing about where to pay" in vrm.run("pay", "check", order, "hello").output
    differing = vrm.json("pay", "check", order, "now to DE75 5121 0800 1245 1261 99", status=1)
    assert [one["difference"] for one in differing["differing"]] == ["account"]
    assert vrm.json("pay", "handed-over", order, "--by", "transfer", status=1)["error"]["id"] == "payment-blocked"
    assert "Nothing is handed over until you decide" in vrm.run("pay", "show", relationship).output
    assert "Another account: DE75 5121 0800 1245 1261 99" in vrm.run("pay", "show", relationship).output
    assert vrm.json("pay", "decide", order, "as-signed")["payment"]["alarms"][0]["decided"] == "as-signed"

    handed = vrm.json("pay", "handed-over", order, "--by", "transfer")
    assert handed["opens"].startswith(f"payto://iban/{shown['iban']}?amount=EUR:")
    assert vrm.json("pay", "not-done", order, "--unsure")["payment"]["state"] == "unsure"
    picture = tmp_path / "code.svg"
    vrm.json("pay", "qr", order, "--svg", str(picture))
    assert b"<svg" in picture.read_bytes()
    receipt = tmp_path / "receipt.txt"
    receipt.write_text("paid", encoding="utf-8")
    paid = vrm.json("pay", "done", order, "--receipt", str(receipt))["payment"]
    assert (paid["state"], bool(paid["receipt"])) == ("receipt-kept", True)
    assert [one["id"] for one in vrm.json("pay", "list")["payments"]] == [order]
    assert "the receipt is kept" in vrm.run("pay", "list").output

    file = tmp_path / "limit.json"
    vrm.json("limit", "export", large["id"], str(file))
    assert b"mandate" not in file.read_bytes()  # signed text in base64url
    revoked = vrm.json("limit", "revoke", large["id"])["limit"]
    assert (revoked["in_force"], bool(revoked["revoked"])) == (False, True)
    assert "taken back on" in vrm.run("limit", "show", large["id"]).output
