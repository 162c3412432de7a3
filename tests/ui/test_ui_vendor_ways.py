"""Whom I can ask, over a real vault: added by a domain or from a list, asked for ways on demand, and what was found."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from tests.fakes.asking_window import AskingWindow, asking_window
from tests.fakes.scripted_server import answer, scripted_server
from tests.fakes.ui_probes import Probe, texts
from tests.fakes.ways_in_window import knows
from vrm_desktop.services import import_organisations
from vrm_desktop.services.import_organisations import ListKind
from vrm_desktop.ui.controllers.at_home import AtHome
from vrm_desktop.ui.controllers.vendors_controller import VendorsController
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.vendors_page import VendorsPage
from vrm_desktop.ui.theme.look import Look

UCP = {
    "ucp": {
        "version": "2026-08-25",
        "services": {
            "dev.ucp.shopping": [
                {"version": "2026-08-25", "transport": "rest", "endpoint": "https://shop.example/ucp", "schema": "x"}
            ]
        },
        "capabilities": {"dev.ucp.shopping.catalog.search": [{"version": "2026-08-25"}]},
    }
}
ENTRY = {"slug": "rad", "name": "Radhaus", "relevant-countries": ["de"], "email": "info@rad.example"}


@pytest.fixture
def person(tmp_path: Path, look: Look, probe: Probe) -> Iterator[AskingWindow]:
    """Somebody with an empty vault."""
    with asking_window(tmp_path / "home", look, probe) as made:
        yield made


@contextmanager
def a_site(person: AskingWindow, files: dict[str, object]) -> Iterator[tuple[str, list[str]]]:
    """A site on loopback that answers by path: its address, and what it was asked for."""
    asked: list[str] = []

    def reply(request: bytes) -> bytes:
        path = request.split(b" ")[1].decode()
        asked.append(path)
        if path not in files:
            return answer(status="404 Not Found")
        body = files[path]
        return answer(body if isinstance(body, bytes) else json.dumps(body).encode())

    serving = scripted_server(reply)
    server = person.run(serving.__aenter__())
    try:
        yield server.url, asked
    finally:
        person.run(serving.__aexit__(None, None, None))


def opened(person: AskingWindow, look: Look, probe: Probe) -> VendorsPage:
    """The page, tended."""
    at_home = AtHome(person.home, person.bridge, person.asking)
    at_home.said.connect(person.said.append)
    controller = VendorsController(at_home, look, person.asking)
    page = controller.pages[PageId.VENDORS]()
    assert isinstance(page, VendorsPage)
    person.bridge.changed.connect(controller.refresh)
    probe.show(page, 1280, 800)
    return page


def test_a_domain_without_a_card_is_kept_with_the_ways_its_site_names(
    person: AskingWindow, look: Look, probe: Probe
) -> None:
    with a_site(person, {"/.well-known/ucp": UCP}) as (url, asked):
        page = opened(person, look, probe)
        QTest.keyClicks(page.address, url)
        page.add.click()
        assert "Asking its site…" in page.add.text()
        person.until(lambda: bool(page._view.rows) and page.address.text() == "" and bool(person.said))
        (row,) = page._view.rows
        assert row.reached == "Answers on UCP (2026-08-25), has a web page"
        assert (row.signs, row.looked_before) == ("Terms unknown", True)
        assert person.said[-1].text.endswith("answers on UCP (2026-08-25), has a web page, terms unknown")
        assert "/.well-known/ucp" in asked
        assert page.details.ways.look_for.text().strip() == "Look again"
        before = len(asked)
        page.details.ways.look_for.click()
        person.until(lambda: len(asked) > before and page.details.ways.look_for.isEnabled())
        assert any(text.startswith("Asked for: http") for text in texts(page))


def test_a_site_that_shows_a_page_wherever_it_is_asked_is_looked_at_all_the_same(
    person: AskingWindow, look: Look, probe: Probe
) -> None:
    page_for_all = b"<!doctype html><title>Our shop</title>"
    with a_site(person, {"/.well-known/intentcast.json": page_for_all, "/.well-known/ucp": UCP}) as (url, _asked):
        page = opened(person, look, probe)
        QTest.keyClicks(page.address, url)
        page.add.click()
        person.until(lambda: bool(page._view.rows) and bool(person.said))
        assert page._view.rows[0].reached.startswith("Answers on UCP")
        assert "As far as is known: answers on UCP" in person.said[-1].text


def test_a_site_that_does_not_answer_is_said_and_what_is_known_stays(
    person: AskingWindow, look: Look, probe: Probe
) -> None:
    with socket.socket() as nobody:  # has the port, and does not listen on it
        nobody.bind(("127.0.0.1", 0))
        gone = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        knows(person, "Radhaus", email="verkauf@radhaus.example", web=gone)
        page = opened(person, look, probe)
        person.until(lambda: bool(page._view.rows))
        assert page._view.rows[0].checked == "never"
        page.details.ways.look_for.click()
        person.until(lambda: bool(person.said))
    told = "Radhaus: The vendor cannot be reached. As far as is known: accepts e-mail, has a web page, terms unknown."
    assert person.said[-1].text == told
    assert page._view.rows[0].reached == "Accepts e-mail, has a web page"
    person.until(page.details.ways.look_for.isEnabled)


def test_an_entry_of_a_list_is_found_by_name_and_taken_in(person: AskingWindow, look: Look, probe: Probe) -> None:
    data = json.dumps(ENTRY).encode() + b"\n"
    person.run(import_organisations.import_list(person.home.means, ListKind.COMPANIES, data, "companies.jsonl"))
    page = opened(person, look, probe)
    person.until(page.lists.isVisible)
    QTest.keyClicks(page.lists.words, "nobody")
    person.until(lambda: "No list names anybody like that." in texts(page))
    page.lists.words.clear()
    QTest.keyClicks(page.lists.words, "rad")
    person.until(lambda: bool(page.lists.buttons))
    assert "Accepts e-mail, terms unknown" in texts(page.lists)
    next(iter(page.lists.buttons.values())).click()
    person.until(lambda: bool(page._view.rows) and page.lists.words.text() == "")
    assert page._view.rows[0].way_lines == ("Accepts e-mail  info@rad.example  (from a list)",)
