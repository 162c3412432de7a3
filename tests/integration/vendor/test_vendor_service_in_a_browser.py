"""Cases, rights, voices and wishes in a real Chromium: answered by keyboard and click, with hostile words beside them.

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
from vrm_desktop.protocol import messages
from vrm_desktop.vendor.command import main

pytestmark = pytest.mark.services("chromium")

PASSWORD = "correct horse battery"
SETTINGS = """
name = "Rad & Tat"
regions = ["DE"]
[[wishes]]
name = "News by mail"
fields = ["profile.email"]
purpose = "marketing"
days = 90
why = "To tell you when new bikes are here."
in_return = "A free check-up in spring"
amount = "25.00 EUR"
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


def test_what_comes_after_the_order_is_looked_after(browser: Browser, shop: VendorProcess, http: httpx.Client) -> None:
    caller = Caller(shop.url, http)
    person = AskingPerson(vendor=Kid(caller.card["key"]), now=datetime.now(UTC))
    assert caller.open(person.ping()).status_code == 202
    caller.listen(person, hears=1)
    assert caller.post(person, person.reveal()).status_code == 202
    caller.listen(person, hears=1)
    assert caller.post(person, person.accept()).status_code == 202
    caller.listen(person, hears=2)
    for kind, members in (
        (messages.Case, {"about": "product", "what": HOSTILE, "want": "repair"}),
        (messages.Voice, {"topic": "idea", "text": "A bell on every bike would be nice."}),
        (messages.DataRequest, {"right": "correction", "text": "My name is Nova now."}),
        (messages.OrderChange, {"order": person.confirmed().hash, "what": "cancel", "text": "Sorry."}),
    ):
        assert caller.post(person, person.say(lambda c, k=kind, m=members: k(**c, **m))).status_code == 202
        caller.listen(person, hears=1)
    case = person.sent[-4].message_id

    browser.call("DELETE", "/cookie")
    browser.go(f"{shop.url}/desk")
    browser.until_focus("name", "name")
    browser.press(*"ada", TAB, *PASSWORD, ENTER)
    browser.until(f"{shop.url}/desk")
    keep_pictures(browser, "service-waiting")
    place = f"{shop.url}/desk/c/{person.conversation.id}"
    browser.go(place)
    assert '<script>document.title="taken"</script>' in browser.text
    assert "{{ 7*7 }}" in browser.text
    assert "\u202e" not in browser.text
    assert browser.run("return document.title") == "Bicycle · Rad & Tat"
    assert browser.run("return document.querySelectorAll('main img, script').length") == 0
    browser.until_focus("name", "answer")  # what is owed has the keyboard
    keep_pictures(browser, "service-conversation")
    browser.find("form[action$='/case'] textarea").type("Bring it on Monday, we repair it.")
    browser.send("Answer the case")
    caller.listen(person, hears=1)
    answer = person.last()
    assert isinstance(answer, messages.CaseAnswer)
    assert (answer.case, answer.answer, answer.remedy) == (case, "proposal", "repair")
    browser.send("Answer the voice")
    caller.listen(person, hears=1)
    assert isinstance(person.last(), messages.VoiceAnswer)
    browser.send("Answer the change")
    caller.listen(person, hears=1)
    assert isinstance(person.last(), messages.Status)
    browser.find("form[action$='/right'] input[name=reason]").type("Changed.")
    browser.send("Report to the person")
    caller.listen(person, hears=1)
    assert isinstance(person.last(), messages.UseReport)
    browser.link("News by mail · beyond the terms").click()
    keep_pictures(browser, "service-wish")
    browser.send("Ask the person")
    caller.listen(person, hears=1)
    assert isinstance(person.last(), messages.DataWish)
    browser.go(f"{shop.url}/desk/service")
    keep_pictures(browser, "service")
    browser.go(f"{shop.url}/desk")
    assert "Nothing waits for you" in browser.text
