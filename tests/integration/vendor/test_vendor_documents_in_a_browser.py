"""A document uploaded in a real Chromium, without a script: asked for and answered, too large, of a wrong type.

Set `VRM_PICTURES` to a folder to keep a picture of every page, light and dark, in three widths.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.fakes.asking_person import AskingPerson
from tests.fakes.browser import Browser, open_browser
from tests.fakes.clerk import let_in
from tests.fakes.inbox_pictures import keep_pictures
from tests.fakes.inbox_visitor import PASSWORD
from tests.fakes.stocked import stocked_sample
from tests.fakes.vendor_process import Caller, VendorProcess, serving
from vrm_desktop.domain.ids import Kid
from vrm_desktop.protocol import messages

pytestmark = pytest.mark.services("chromium")

TAB, ENTER = "\ue004", "\ue007"
INVOICE = b"%PDF-1.7\n" + os.urandom(300_000)


@pytest.fixture
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[VendorProcess]:
    home = stocked_sample(tmp_path / "shop")
    let_in(home)
    with serving(home) as running:
        yield running


def test_a_document_that_is_asked_for_is_chosen_and_sent(
    browser: Browser, shop: VendorProcess, http: httpx.Client, tmp_path: Path
) -> None:
    caller = Caller(shop.url, http)
    person = AskingPerson(vendor=Kid(caller.card["key"]), now=datetime.now(UTC))
    caller.exchange(person, person.ping())
    caller.exchange(person, person.reveal())
    caller.exchange(person, person.accept())
    order = person.confirmed().hash
    asking = person.say(
        lambda claims: messages.OrderChange(**claims, order=order, what="document", text="The invoice, please.")
    )
    caller.exchange(person, asking)
    browser.go(f"{shop.url}/desk")
    browser.press(*"ada", TAB, *PASSWORD, ENTER)
    browser.until(f"{shop.url}/desk")
    place = f"{shop.url}/desk/c/{person.conversation.id}"
    browser.go(place)
    assert "The invoice, please." in browser.text
    assert browser.run("return document.activeElement.name") == "file", "what is owed has the keyboard"
    keep_pictures(browser, "document-asked")

    def choose(name: str, data: bytes) -> None:
        file = tmp_path / name
        file.write_bytes(data)
        browser.find("section.urgent input[type=file]").type(str(file))

    choose("page.pdf", b"<html><script>alert(1)</script></html>")
    browser.send("Send the document")
    assert "a document is a PDF or a picture" in browser.text
    browser.go(place)
    choose("film.pdf", b"%PDF-1.7\n" + bytes(11 * 1024 * 1024))
    browser.send("Send the document")
    assert "at most 10 MiB" in browser.text
    browser.go(place)
    choose("Invoice 17.pdf", INVOICE)
    browser.send("Send the document")
    assert browser.url == place
    assert "Document: Invoice 17" in browser.text
    keep_pictures(browser, "document-sent")
    caller.listen(person, hears=1)
    status = person.last()
    assert isinstance(status, messages.Status)
    assert isinstance(status.documents, tuple)
    assert http.get(status.documents[0].link).content == INVOICE
