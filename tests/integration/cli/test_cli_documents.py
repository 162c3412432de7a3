"""The whole way of an invoice: asked for by command, uploaded in a real desk's inbox, fetched, checked and kept."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.fakes.clerk import Clerk, let_in
from tests.fakes.command_line import CommandLine
from tests.fakes.stocked import stocked_sample
from tests.fakes.vendor_process import VendorProcess, serving
from vrm_desktop.canon import base64url

INVOICE = b"%PDF-1.7\n" + os.urandom(600_000) + b"\n%%EOF\n"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[VendorProcess]:
    home = stocked_sample(tmp_path / "shop")
    let_in(home)
    with serving(home) as running:
        yield running


def test_who_asks_for_the_invoice_gets_it_and_keeps_it_with_the_order(
    vrm: CommandLine, shop: VendorProcess, tmp_path: Path
) -> None:
    vendor = vrm.json("vendor", "add", shop.url)["vendor"]["id"]
    want = vrm.json("intentcast", "new", "used road bike, under 800 EUR, Cologne")["intentcast"]["id"]
    vrm.json("intentcast", "cast", want, "--wait", "30")
    vrm.json("offer", "accept", vrm.json("offers", want)["offers"][0]["id"])
    relationship = vrm.json("relationship", "list")["relationships"][0]["id"]
    assert "No document lies ready" in vrm.run("order", "fetch", relationship).output
    asked = vrm.json("order", "documents", relationship, "--text", "The invoice, please.")["change"]
    with httpx.Client(trust_env=False, timeout=40) as http:
        clerk = Clerk(shop.url, http)
        waiting = clerk.shown("/desk")
        (conversation,) = {one.removeprefix("/desk/c/") for one in waiting.links if one.startswith("/desk/c/")}
        page = clerk.shown(f"/desk/c/{conversation}").text
        assert "The invoice, please." in page
        of = asked["message"]
        sent = clerk.upload(conversation, INVOICE, name="../Invoice\u202e 17.pdf", of=of)
        assert sent.status_code == 303, sent.text
    vrm.json("sync")
    listed = vrm.json("order", "list", relationship)
    assert listed["changes"][0]["answer"] == "accepted"
    (ready,) = listed["documents"]
    assert (ready["id"], ready["title"], ready["media"]) == (1, "Invoice 17", "application/pdf")
    assert ready["digest"] == base64url.encode(hashlib.sha256(INVOICE).digest())
    assert ready["kept"] is None
    assert "1.  Invoice 17  [lies ready]" in vrm.run("order", "list", relationship).output
    assert vrm.run("order", "fetch", relationship, "2").status == 1
    (kept,) = vrm.json("order", "fetch", relationship)["documents"]
    assert (kept["name"], kept["bytes"], kept["digest"]) == ("Invoice 17.pdf", len(INVOICE), ready["digest"])
    assert vrm.json("order", "list", relationship)["documents"][0]["kept"] == kept["id"]
    copy = tmp_path / "copy.pdf"
    (document,) = vrm.json("counterparty", "documents", vendor)["documents"]
    assert (document["id"], document["of"]) == (kept["id"], "order")
    vrm.json("counterparty", "save", kept["id"], str(copy))
    assert copy.read_bytes() == INVOICE
    shop.stop()
    assert vrm.json("order", "fetch", relationship, "1")["documents"] == [kept], "what is here is not asked for again"
