"""Proof, trust, leaks and leaving by command, against a real desk."""

import stat
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from tests.fakes.command_line import CommandLine
from tests.fakes.fleet import Fleet
from vrm_desktop.formats.bundle.writing import packed

DAY = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()


def ordered(vrm: CommandLine, fleet: Fleet) -> tuple[str, str]:
    """Order from the shop that signs; the relationship and the vendor."""
    vendor = vrm.json("vendor", "add", fleet.urls["rheinrad"])["vendor"]["id"]
    want = vrm.json("intentcast", "new", f"used 54 cm road bike, under 800 EUR, Cologne, by {DAY}")["intentcast"]["id"]
    vrm.json("intentcast", "cast", want, "--wait", "30")
    offer = vrm.json("offers", want)["offers"][0]["id"]
    vrm.json("offer", "accept", offer)
    return vrm.json("relationship", "list")["relationships"][0]["id"], vendor


def test_proof_trust_leaks_and_leaving(vrm: CommandLine, fleet: Fleet, tmp_path: Path) -> None:
    assert vrm.json("leak", "addresses", "--set", "me+*@mail.example")["addresses"] == ["me+*@mail.example"]
    key, vendor = ordered(vrm, fleet)

    there = vrm.json("bundle", "list", key)["bundle"]
    assert there["messages"] >= 6
    file = tmp_path / "proof.zip"
    made = vrm.json("bundle", "make", key, str(file), "--with", "profile.name")["bundle"]
    assert [one["id"] for one in made["shown"]] == ["profile.name"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert vrm.run("bundle", "make", key, str(file)).status == 1
    found = vrm.json("bundle", "check", str(file))["bundle"]
    assert (found["whole"], found["record_fits"], found["vendor"]) == (True, True, "Rheinrad")
    assert found["unshown"] == len(there["values"]) - 1
    assert "signed by both sides" in vrm.run("bundle", "check", str(file)).output
    with ZipFile(BytesIO(file.read_bytes())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    (tmp_path / "false.zip").write_bytes(packed({**members, "story.txt": b"Another story."}))
    assert vrm.run("bundle", "check", str(tmp_path / "false.zip")).status == 1
    seal = members["manifest.signature.json"]
    other = b"B" if seal[-30:-29] == b"A" else b"A"
    (tmp_path / "forged.zip").write_bytes(
        packed({**members, "manifest.signature.json": seal[:-30] + other + seal[-29:]})
    )
    assert vrm.run("bundle", "check", str(tmp_path / "forged.zip")).status == 1
    assert vrm.run("bundle", "check", str(tmp_path / "none.zip")).status == 1

    counts = {one["id"]: one for one in vrm.json("trust", "show", vendor)["trust"][0]["counts"]}
    assert counts["delivery"]["open"] == counts["price"]["open"] == 1
    assert "never leaves this computer" in vrm.run("trust", "show", "--rows").output
    assert vrm.run("trust", "missing", key).status == 1
    counts = {one["id"]: one for one in vrm.json("trust", "arrived", key)["trust"][0]["counts"]}
    assert (counts["delivery"]["good"], counts["delivery"]["of"]) == (1, 1)

    shown = tmp_path / "customer.json"
    vrm.json("relationship", "prove-customer", key, str(shown), "--for", "Bikers' club")
    said = vrm.json("relationship", "check-customer", str(shown))["statement"]
    assert (said["vendor"], said["for"]) == ("Rheinrad", "Bikers' club")
    shown.write_bytes(shown.read_bytes().replace(b'"statement":"e', b'"statement":"f'))
    assert vrm.run("relationship", "check-customer", str(shown)).status == 1

    before = vrm.json("relationship", "leaving", key)["leaving"]
    assert before["by"] == "wire"
    assert "profile.name" in before["told"]
    assert "Your key stays" in vrm.run("relationship", "leaving", key).output
    assert vrm.run("leak", "report", "nobody@else.example").status == 1
    assert vrm.run("leak", "list").output.strip() == "No leak was reported."
    cut = vrm.json("leak", "cut-off", vendor)["cut_off"]
    assert "data-request" in cut["said"] or cut["letters"]
    assert vrm.json("leak", "take-back", vendor)["cut_off"]["stands"] is False
    assert vrm.run("relationship", "confirmed", key).status == 1
    assert vrm.run("relationship", "still-held", key).status == 1
    vrm.json("relationship", "end", key, "--wait", "20")
    assert vrm.json("relationship", "show", key)["relationship"]["state"] in {"ended", "ending"}
    assert check_after_the_end(vrm, key, tmp_path)
    after = vrm.run("relationship", "leaving", key).output
    assert after.startswith(("It is over. On ", "You have left. "))
    assert "Your key stays" not in after
    vrm.json("sync")
    asked = vrm.json("relationship", "still-held", key)["request"]
    assert (asked["right"], asked["way"], asked["relationship"]) == ("use-report", "wire", key)
    vrm.json("sync")
    assert vrm.json("rights", "show", asked["id"])["request"]["state"] == "fulfilled"


def test_an_attached_document_is_listed_and_copied_out(vrm: CommandLine, tmp_path: Path) -> None:
    works = vrm.json("counterparty", "add", "Stadtwerke", "--email", "info@works.example")["counterparty"]["id"]
    assert vrm.run("counterparty", "documents", works).output.strip() == "No documents yet."
    asked = vrm.json("rights", "new", "access", "--to", works)["requests"][0]["id"]
    answer = tmp_path / "answer.pdf"
    answer.write_bytes(bytes(range(256)))
    vrm.json("rights", "attach", asked, str(answer))
    (document,) = vrm.json("counterparty", "documents", works)["documents"]
    assert (document["name"], document["bytes"], document["paper"]) == ("answer.pdf", 256, asked)
    copy = tmp_path / "copy.pdf"
    vrm.json("counterparty", "save", document["id"], str(copy))
    assert copy.read_bytes() == answer.read_bytes()
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert vrm.run("counterparty", "save", document["id"], str(copy)).status == 1
    assert vrm.run("counterparty", "save", "file-none", str(tmp_path / "none")).status == 1
    assert vrm.run("counterparty", "documents", "vendor-none").status == 1


def check_after_the_end(vrm: CommandLine, key: str, folder: Path) -> bool:
    """The key stays to prove."""
    file = folder / "after.zip"
    vrm.json("bundle", "make", key, str(file))
    return bool(vrm.json("bundle", "check", str(file))["bundle"]["whole"])
