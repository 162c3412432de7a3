"""Recommending a vendor in the window: a code to scan, a file to save, and a file dropped on the page."""

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from vrm_desktop.formats.vendor_card_file import link_qr_svg
from vrm_desktop.ui.gallery import standing_samples as samples
from vrm_desktop.ui.pages.vendors_page import VendorsPage
from vrm_desktop.ui.pages.wants_page import WantsPage
from vrm_desktop.ui.theme.look import Look


def a_page(look: Look, qtbot: QtBot) -> VendorsPage:
    page = VendorsPage(look)
    qtbot.addWidget(page)
    page.show_vendors(samples.VENDORS)
    return page


def test_a_code_goes_when_the_words_or_the_vendor_change(look: Look, qtbot: QtBot) -> None:
    page = a_page(look, qtbot)
    card = page.recommend
    assert not card.isHidden()
    with qtbot.waitSignal(page.code_requested) as asked:
        card.show_it.click()
    assert asked.args == [page.table.chosen_id, ""]
    card.show_code("intentcast-vendor:1?…", link_qr_svg("intentcast-vendor:1?…"))
    assert not card.code.isHidden()
    with qtbot.waitSignal(page.copy_requested) as copied:
        card.copy.click()
    assert copied.args == ["intentcast-vendor:1?…"]
    card.note.setText("Kind")
    card.note.textEdited.emit("Kind")
    assert card.code.isHidden()
    assert card.copy.isHidden()
    with qtbot.waitSignal(page.card_saved) as saved:
        card.take_file("rad.vendorcard")
    assert saved.args == [page.table.chosen_id, "Kind", "rad.vendorcard"]
    card.begin("Another shop")
    assert card.note.text() == ""


def test_a_dropped_file_is_taken_as_if_it_had_been_typed(look: Look, qtbot: QtBot) -> None:
    page = a_page(look, qtbot)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/home/sam/rad.vendorcard")])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(page.add_requested) as added:
        page.dropEvent(drop)
    assert added.args == ["/home/sam/rad.vendorcard"]


def test_a_friends_want_is_taken(look: Look, qtbot: QtBot) -> None:
    page = WantsPage(look)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.handed_over) as heard:
        page.take_file("bike.intentcast")
    assert heard.args == ["bike.intentcast"]
