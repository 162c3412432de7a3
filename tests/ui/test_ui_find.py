"""Finding in the window: typing asks once it pauses, kinds narrow, a row opens where the thing belongs."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.fakes import specimens
from tests.fakes.filled_vault import fill, fill_papers
from tests.fakes.running_window import running_window
from tests.fakes.ui_probes import Probe
from vrm_desktop.domain.found import FoundKind
from vrm_desktop.services.ports import Transaction
from vrm_desktop.ui.gallery.standing_samples import FOUND
from vrm_desktop.ui.models.find_view import FindView
from vrm_desktop.ui.pages.find_page import FindPage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.look import Look


@pytest.fixture
def page(look: Look, probe: Probe) -> FindPage:
    made = FindPage(look)
    probe.show(made, 960, 640)
    return made


def test_typing_asks_once_when_it_pauses_and_enter_asks_at_once(page: FindPage, qtbot: QtBot) -> None:
    asked: list[str] = []
    page.asked.connect(asked.append)
    with qtbot.waitSignal(page.asked):
        QTest.keyClicks(page.search, "rad")
    assert asked == ["rad"]
    QTest.keyClicks(page.search, "t")
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert asked == ["rad", "radt"]


def test_enter_goes_to_the_rows_once_they_are_there(page: FindPage) -> None:
    page.ask(FOUND.words)
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    page.show_found(FOUND)
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert page.table.hasFocus()


def test_kinds_narrow_what_is_shown_and_all_come_back(page: FindPage) -> None:
    page.show_found(FOUND)
    assert list(page.table.shown_ids) == ["0", "1", "2", "3", "4", "5", "6"]
    page.ask(FOUND.words, frozenset({FoundKind.TOLD}))
    assert list(page.table.shown_ids) == ["3", "4"]
    page.show_found(replace(FOUND, lines=FOUND.lines[:2]))
    assert list(page.table.shown_ids) == []
    page._nothing.button.click()
    assert list(page.table.shown_ids) == ["0", "1"]


def test_without_words_or_finds_it_says_so(page: FindPage) -> None:
    page.show_found(FindView(words="tandem"))
    assert not page._open.isVisible()
    assert page._states.currentWidget() is page._nothing


def test_opening_a_row_tells_its_place(page: FindPage) -> None:
    opened: list[int] = []
    page.opened.connect(opened.append)
    page._open.click()
    page.show_found(FOUND)
    page._open.click()
    page.table.row_opened.emit("4")
    assert opened == [0, 4]


@pytest.mark.parametrize(
    ("words", "leads_to"),
    [
        ("mudguards", PageId.CAST),
        ("bicycles", PageId.VENDORS),
        ("hardly", PageId.OFFERS),
        ("beispiel", PageId.PROFILE),
        ("gern", PageId.RELATIONSHIP),
        ("beleg", PageId.VENDORS),
    ],
)
def test_what_is_found_opens_where_it_belongs(
    look: Look, qtbot: QtBot, tmp_path: Path, words: str, leads_to: PageId
) -> None:
    def put(tx: Transaction) -> None:
        fill(tx)  # type: ignore[arg-type]
        fill_papers(tx)  # type: ignore[arg-type]
        tx.save_intentcast(replace(specimens.WANT, sealed_offers=False))

    with running_window(tmp_path / "home", look, qtbot, tends=False) as running:
        running.create()
        running.unlock()
        running.do(running.home.means.vault.write(put))
        QTest.keyClick(running.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        page = running.window.page(PageId.FIND)
        assert isinstance(page, FindPage)
        assert page.search.hasFocus()
        QTest.keyClicks(page.search, words)
        running.wait(lambda: bool(page.table.shown_ids))
        running.settle()
        page._open.click()
        running.settle()
        assert running.window.page_id is leads_to
        running.bridge.notice([("ledger", "1")])
        qtbot.wait(100)
        running.settle()
