"""The shell: pages made when first shown, reached by keyboard, hidden behind the gate."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from tests.fakes.ui_probes import Probe, texts
from vrm_desktop.ui.main_window import MainWindow, PageFactory
from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.pages.sections import feet, sections
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import ThemeChoice


class SamplePage(Page):
    def __init__(self, look: Look, title: str) -> None:
        super().__init__(look, title)
        self.field = QLineEdit()
        self.body.addWidget(self.field)

    def first_field(self) -> QWidget:
        return self.field


class Made:
    """A window, and which pages were made, in order."""

    def __init__(self, look: Look) -> None:
        self.pages: list[PageId] = []
        self.look = look
        self.window = MainWindow(look, {page_id: self._factory(page_id) for page_id in PageId})

    def _factory(self, page_id: PageId) -> PageFactory:
        def make() -> Page:
            self.pages.append(page_id)
            return SamplePage(self.look, f"Page {page_id.value}")

        return make


@pytest.fixture
def made(look: Look, probe: Probe) -> Made:
    built = Made(look)
    probe.show(built.window, 1280, 800)
    return built


def press(window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    QTest.keyClick(window, key, modifier)


CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_page_is_made_when_it_is_first_shown_and_then_kept(made: Made) -> None:
    assert made.pages == []
    made.window.show_page(PageId.WANTS)
    first = made.window.page(PageId.WANTS)
    made.window.show_page(PageId.LEDGER)
    made.window.show_page(PageId.WANTS)
    assert made.pages == [PageId.WANTS, PageId.LEDGER]
    assert made.window.page(PageId.WANTS) is first
    assert made.window.windowTitle() == "Page wants – VRM Desktop"


def test_the_window_is_never_named_after_a_vendor_or_a_want(made: Made) -> None:
    made.window.show_page(PageId.RELATIONSHIP)
    made.window.page(PageId.RELATIONSHIP).show_title("Radhaus Ehrenfeld")
    made.window.show_page(PageId.LEDGER)
    made.window.show_page(PageId.RELATIONSHIP)
    assert made.window.page(PageId.RELATIONSHIP).title == "Radhaus Ehrenfeld"
    assert made.window.windowTitle() == "Page relationship – VRM Desktop"


def test_every_section_has_its_keys(made: Made) -> None:
    shown: list[PageId] = []
    made.window.page_shown.connect(shown.append)
    digits = (Qt.Key(Qt.Key.Key_1 + place) for place in range(len(sections())))
    for key in (*digits, Qt.Key.Key_F, Qt.Key.Key_Comma):
        press(made.window, key, CTRL)
    assert [page_id.value for page_id in shown] == [section.key for section in (*sections(), *feet())]


def test_the_other_keys_ask_for_what_they_say(made: Made) -> None:
    asked: list[str] = []
    made.window.new_want_requested.connect(lambda: asked.append("new"))
    made.window.palette_requested.connect(lambda: asked.append("palette"))
    made.window.lock_requested.connect(lambda: asked.append("lock"))
    for key in (Qt.Key.Key_N, Qt.Key.Key_K, Qt.Key.Key_L):
        press(made.window, key, CTRL)
    made.window.sidebar.lock.click()
    assert asked == ["new", "palette", "lock", "lock"]


def test_back_goes_through_the_pages_seen(made: Made) -> None:
    window = made.window
    press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    for page_id in (PageId.WANTS, PageId.OFFERS, PageId.OFFERS, PageId.VENDORS):
        window.show_page(page_id)
    seen = [window.page_id]
    for _step in range(3):
        press(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        seen.append(window.page_id)
    assert seen == [PageId.VENDORS, PageId.OFFERS, PageId.WANTS, PageId.WANTS]


def test_a_page_inside_a_want_keeps_its_section_marked(made: Made) -> None:
    made.window.show_page(PageId.OFFERS)
    assert made.window.sidebar.button("wants").isChecked()
    made.window.show_page(PageId.RELATIONSHIP)
    assert made.window.sidebar.button("relationships").isChecked()
    made.window.sidebar.button("ledger").click()
    assert made.window.page_id is PageId.LEDGER


def test_the_first_field_of_a_page_gets_the_keyboard(made: Made) -> None:
    made.window.show_page(PageId.COMPOSE)
    page = made.window.page(PageId.COMPOSE)
    assert isinstance(page, SamplePage)
    assert page.field.hasFocus()


def test_a_page_can_speak_and_lead_on(made: Made) -> None:
    acted: list[str] = []
    made.window.message_acted.connect(acted.append)
    made.window.show_page(PageId.WANTS)
    page = made.window.page(PageId.WANTS)
    page.noticed.emit(Message(text="Withdrawn.", action="Undo", key="undo:1", seconds=None))
    page.going.emit(PageId.CAST)
    assert "Withdrawn." in texts(made.window)
    assert made.window.page_id is PageId.CAST
    made.window.messages._action.click()
    assert acted == ["undo:1"]


def test_behind_the_gate_no_page_and_no_key_is_there(made: Made, probe: Probe) -> None:
    window = made.window
    window.show_page(PageId.WANTS)
    gate = QLineEdit()
    window.show_gate(gate)
    probe.settle()
    shown: list[PageId] = []
    window.page_shown.connect(shown.append)
    press(window, Qt.Key.Key_3, CTRL)
    assert shown == []
    assert not window.page(PageId.WANTS).isVisible()
    assert not window.sidebar.isVisible()
    assert gate.hasFocus()
    window.open_gate()
    probe.settle()
    press(window, Qt.Key.Key_3, CTRL)
    assert [page_id.value for page_id in shown] == [sections()[2].key]
    assert window.sidebar.isVisible()


def test_a_narrow_window_gets_icons_that_still_have_names(made: Made, probe: Probe) -> None:
    sidebar = made.window.sidebar
    sidebar.button("wants").show_count(3)
    wide = sidebar.width()
    assert "What I want" in texts(sidebar)
    made.window.resize(960, 640)
    probe.settle()
    assert sidebar.compact
    assert sidebar.width() < wide / 2
    assert "What I want" not in texts(sidebar)
    assert sidebar.button("wants").accessibleName() == "What I want, 3"
    assert "Ctrl+1" in sidebar.button("wants").toolTip()


def test_arrow_keys_walk_through_the_sections(made: Made) -> None:
    made.window.show_page(PageId.WANTS)
    made.window.sidebar.button("wants").setFocus()
    QTest.keyClick(made.window.sidebar.button("wants"), Qt.Key.Key_Down)
    assert made.window.page_id is PageId.RELATIONSHIPS


def test_large_text_makes_the_sidebar_narrow_sooner(made: Made, look: Look, probe: Probe) -> None:
    look.choose(ThemeChoice.LIGHT, 1.6)
    probe.settle()
    assert made.window.sidebar.compact


def test_a_window_tells_before_it_closes(made: Made) -> None:
    told: list[bool] = []
    made.window.closing.connect(lambda: told.append(True))
    made.window.close()
    assert told == [True]


def test_a_page_the_window_does_not_have_is_an_error(look: Look) -> None:
    with pytest.raises(KeyError):
        MainWindow(look, {}).show_page(PageId.WANTS)
