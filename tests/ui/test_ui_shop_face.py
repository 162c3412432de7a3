"""How shops see the person, in the real window: a page named, anonymous from the start, known by her word alone."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.fakes.running_window import running_window
from tests.fakes.ui_probes import texts
from vrm_desktop.services import page_key
from vrm_desktop.ui.models.shop_face_view import ShopFaceView
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.settings_page import SettingsPage
from vrm_desktop.ui.pages.shop_face_page import ShopFacePage
from vrm_desktop.ui.theme.look import Look

PAGE = "https://somebody.example/ucp.json"


def plain(page: ShopFacePage) -> set[str]:
    """What is read there, without the places where long words may break."""
    return {text.replace("\u200b", "") for text in texts(page)}


def test_she_is_anonymous_until_she_says_otherwise_and_again_from_then_on(
    tmp_path: Path, look: Look, qtbot: QtBot
) -> None:
    with running_window(tmp_path / "home", look, qtbot, tends=False) as window:
        window.create()
        window.unlock()
        window.window.show_page(PageId.SETTINGS)
        settings = window.window.page(PageId.SETTINGS)
        assert isinstance(settings, SettingsPage)
        settings.shops.click()
        page = window.window.page(PageId.SHOP_FACE)
        assert isinstance(page, ShopFacePage)
        window.wait(page.isVisible)
        assert page.known.isVisible()
        assert not page.known.isEnabled()
        assert not page.anonymous.isVisible()
        assert "Name your own page first, below." in texts(page)
        page.address.setText("http://unprotected.example/")
        page.name.setEnabled(True)
        page.name.click()
        window.wait(lambda: any("It has to be an https address" in text for text in texts(page)))
        page.address.setText(PAGE)
        page.name.click()
        window.wait(page.known.isEnabled)
        page.known.click()
        window.wait(page.anonymous.isVisible)
        standing = window.do(page_key.page_standing(window.home.means))
        (key,) = standing.keys
        assert standing.known
        window.wait(lambda: f"This key signs: {key.kid}" in plain(page))
        file = tmp_path / "ucp.json"
        page.written.emit("2026-04-08", str(file))
        window.wait(lambda: "Your page is saved. Nothing was put anywhere else." in texts(window.window))
        assert [one["kid"] for one in json.loads(file.read_text("utf-8"))["signing_keys"]] == [key.kid]
        page.written.emit("2026-04-08", str(tmp_path / "no" / "such" / "folder"))
        window.settle()
        page.make.click()
        window.wait(page.drop.isVisible)
        page.drop.click()
        window.wait(lambda: not page.drop.isVisible())
        page.anonymous.click()
        window.wait(page.known.isVisible)
        after = window.do(page_key.page_standing(window.home.means))
        assert not after.known
        assert [one.kid for one in after.keys] != [key.kid]
        assert len(after.keys) == 1


def test_what_both_mean_stands_beside_them_whichever_holds(look: Look, qtbot: QtBot) -> None:
    page = ShopFacePage(look)
    qtbot.addWidget(page)
    page.show()
    for view in (ShopFaceView(), ShopFaceView(address=PAGE, known=True, key="k" * 43)):
        page.show_face(view)
        told = " ".join(texts(page))
        assert "It cannot tell you from others who name the same page." in told
        assert "Shops that compare can tell that you are the same person." in told


def test_the_file_to_save_is_asked_for_without_waiting_for_an_answer(
    look: Look, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QFileDialog] = []

    def note(dialog: QFileDialog) -> None:
        opened.append(dialog)

    monkeypatch.setattr(QFileDialog, "open", note)
    page = ShopFacePage(look)
    qtbot.addWidget(page)
    page.show_face(ShopFaceView(address=PAGE, key="k" * 43))
    written: list[tuple[str, str]] = []
    page.written.connect(lambda edition, file: written.append((edition, file)))
    page.write.click()
    (dialog,) = opened
    dialog.fileSelected.emit("/somewhere/ucp.json")
    assert written == [("2026-08-25", "/somewhere/ucp.json")]
    dialog.close()
