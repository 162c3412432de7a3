"""The inbox in a real Chromium: signed in, answered, ordered, fulfilled; by keyboard alone; hostile text is only text.

Set `VRM_PICTURES` to a folder to keep a picture of every page, light and dark, in three widths.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.fakes.asking_person import AskingPerson
from tests.fakes.browser import Browser, open_browser
from tests.fakes.inbox_pictures import keep_pictures
from tests.fakes.vendor_process import Caller, VendorProcess, serving
from vrm_desktop.domain.ids import Kid
from vrm_desktop.vendor.command import main

pytestmark = pytest.mark.services("chromium")

PASSWORD = "correct horse battery"
SETTINGS = """
name = "Rad & Tat <b>Köln</b>"
regions = ["DE"]
[answers]
by = "hand"
[payment]
methods = ["sepa-transfer"]
payee = "Rad & Tat"
iban = "DE41900000010000000101"
[[templates]]
name = "Checked and ready"
note = "Checked in our workshop, ready to ride."
[[templates]]
name = "Five off"
discount_percent = 5
note = "For you five percent less."
"""
HOSTILE = '<script>document.title="taken"</script><img src=x onerror="document.title=1"> \u202egnp.exe {{ 7*7 }}'
TAB, ENTER = "\ue004", "\ue007"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[VendorProcess]:
    home = tmp_path / "shop"
    home.mkdir(mode=0o700)
    (home / "desk.toml").write_text(SETTINGS)
    sample = Path(__file__).resolve().parents[3] / "resources" / "samples" / "catalogue.csv"
    (home / "catalogue.csv").write_bytes(sample.read_bytes())
    (tmp_path / "password").write_text(PASSWORD + "\n")
    words = ["user", "add", "ada", "--role", "owner", "--home", str(home)]
    assert main([*words, "--password-file", str(tmp_path / "password")]) == 0
    with serving(home) as running:
        yield running


def sign_in(browser: Browser, shop: VendorProcess) -> None:
    browser.call("DELETE", "/cookie")
    browser.go(f"{shop.url}/desk")
    assert "/desk/sign-in" in browser.url
    browser.find("input[name=name]").type("ada")
    browser.find("input[name=password]").type(PASSWORD)
    browser.send("Sign in")
    assert browser.url == f"{shop.url}/desk"


def test_a_want_goes_from_terms_to_delivery_by_hand(browser: Browser, shop: VendorProcess, http: httpx.Client) -> None:
    caller = Caller(shop.url, http)
    people = [AskingPerson(vendor=Kid(caller.card["key"]), now=datetime.now(UTC)) for _ in range(3)]
    for person in people:
        assert caller.open(person.ping()).status_code == 202
    ada = people[0]
    browser.go(f"{shop.url}/desk")
    keep_pictures(browser, "sign-in")
    sign_in(browser, shop)
    assert "3 enquiries" in browser.text
    assert "Answer the terms" in browser.text
    keep_pictures(browser, "waiting")
    place = f"{shop.url}/desk/c/{ada.conversation.id}"
    browser.go(place)
    keep_pictures(browser, "terms")
    browser.send("Sign the terms")
    caller.listen(ada, hears=1)
    assert ada.answer().answer == "accept"

    ada.want = {}
    assert caller.post(ada, ada.reveal()).status_code == 202
    browser.go(place)
    assert "used 54 cm road bike" in browser.text
    assert "Your rules say:" in browser.text
    browser.link("Checked and ready").click()
    keep_pictures(browser, "offer")
    browser.send("Send the offer")
    caller.listen(ada, hears=1)
    assert ada.offer()[1].note == "Checked in our workshop, ready to ride."
    assert ada.offer()[1].binding

    assert caller.post(ada, ada.message(HOSTILE)).status_code == 202
    caller.listen(ada, hears=1)
    assert caller.post(ada, ada.counter(ada.total() - 1000)).status_code == 202
    browser.go(place)
    assert '<script>document.title="taken"</script>' in browser.text
    assert "{{ 7*7 }}" in browser.text
    assert "\u202e" not in browser.text
    assert browser.run("return document.title") == "Bicycle · Rad & Tat <b>Köln</b>"
    assert browser.run("return document.querySelectorAll('main img, script').length") == 0
    keep_pictures(browser, "counter")
    browser.send("Send the offer")
    caller.listen(ada, hears=1)
    browser.find("textarea[name=text]").type("Yes, it is still here.")
    browser.send("Send")
    caller.listen(ada, hears=1)

    assert caller.post(ada, ada.accept()).status_code == 202
    browser.go(f"{shop.url}/desk")
    assert "Confirm the order" in browser.text
    browser.go(place)
    keep_pictures(browser, "order")
    browser.send("Confirm the order")
    caller.listen(ada, hears=2)
    assert ada.confirmed().text.payment == "sepa-transfer"
    browser.find("select[name=state] option[value=shipped]").click()
    browser.send("Tell the person")
    caller.listen(ada, hears=1)
    assert "on its way" in browser.text
    browser.go(f"{shop.url}/desk/data")
    keep_pictures(browser, "data")
    browser.go(f"{shop.url}/desk?folder=orders")
    keep_pictures(browser, "orders")
    browser.go(f"{shop.url}/desk/people")
    keep_pictures(browser, "people")


def test_the_inbox_is_worked_with_the_keyboard_alone(browser: Browser, shop: VendorProcess, http: httpx.Client) -> None:
    caller = Caller(shop.url, http)
    person = AskingPerson(vendor=Kid(caller.card["key"]), now=datetime.now(UTC))
    assert caller.open(person.ping()).status_code == 202
    browser.call("DELETE", "/cookie")
    browser.go(f"{shop.url}/desk")
    browser.until_focus("name", "name")
    browser.press(*"ada", TAB, *PASSWORD, ENTER)
    browser.until(f"{shop.url}/desk")
    for _ in range(30):
        browser.press(TAB)
        if browser.run("return document.activeElement.className") == "row":
            break
    browser.press(ENTER)
    browser.until(f"{shop.url}/desk/c/{person.conversation.id}")
    browser.until_focus("textContent", "Sign the terms")
    browser.press(ENTER)
    caller.listen(person, hears=1)
    assert person.answer().answer == "accept"


def test_the_page_runs_no_script_of_anybody(browser: Browser, shop: VendorProcess) -> None:
    browser.go(f"{shop.url}/desk/sign-in")
    browser.run(
        "const s = document.createElement('script'); s.textContent = 'document.title = \"taken\"';"
        "document.body.append(s)"
    )
    assert browser.run("return document.title") != "taken"
