"""Files handed to the window: dropped anywhere or chosen, told apart, bounded, and nothing run, fetched or guessed."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.people import WANT
from tests.fakes.running_window import RunningWindow, running_window
from tests.fakes.shop_pages import product
from tests.fakes.ui_probes import texts
from vrm_desktop.domain.ids import IntentcastId
from vrm_desktop.domain.page_visit import PageVisit
from vrm_desktop.formats.errors import FileUnreadable
from vrm_desktop.services import keep_pages, read_mail, say_what_i_want
from vrm_desktop.ui.controllers.handed_files import Handed, kind_of, read_file
from vrm_desktop.ui.pages.file_page import FilePage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.theme.look import Look

MAIL = b"From: Rad Meyer <info@rad.example>\r\nTo: me@home.example\r\nSubject: Your bike\r\n\r\nWe have one.\r\n"
DRAG = (Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


@pytest.fixture
def running(tmp_path: Path, look: Look, qtbot: QtBot) -> Iterator[RunningWindow]:
    with running_window(tmp_path / "vault", look, qtbot, tends=False) as made:
        made.create()
        made.window.show()
        made.unlock()
        yield made


def wanted(running: RunningWindow, title: str = "Road bike") -> IntentcastId:
    return IntentcastId(running.do(say_what_i_want.save_want(running.home.means, replace(WANT, title=title))).id)


def dropped(running: RunningWindow, *paths: Path | str, words: str = "") -> bool:
    """Drag these over the window and let go; whether they were taken."""
    mime = QMimeData()
    mime.setUrls([QUrl(path) if isinstance(path, str) else QUrl.fromLocalFile(str(path)) for path in paths])
    if words:
        mime.setText(words)
    handle = running.window.windowHandle()
    over = QDragEnterEvent(QPoint(300, 200), Qt.DropAction.CopyAction, mime, DRAG[1], DRAG[2])
    QCoreApplication.sendEvent(handle, over)
    drop = QDropEvent(QPointF(300, 200), Qt.DropAction.CopyAction, mime, DRAG[1], DRAG[2])
    drop.setAccepted(False)
    QCoreApplication.sendEvent(handle, drop)
    return bool(paths) and over.isAccepted() and drop.isAccepted()


def page(folder: Path, name: str = "bike.html") -> Path:
    file = folder / name
    file.write_text(product("759.00", f"Bike of {name}"), encoding="utf-8")
    return file


def said(running: RunningWindow, words: str) -> None:
    running.wait(lambda: any(words in text for text in texts(running.window)))


def prices(running: RunningWindow, want: IntentcastId) -> int:
    return len(running.do(keep_pages.prices(running.home.means, want)))


def test_a_saved_page_goes_to_the_only_open_want_and_nobody_is_visited(running: RunningWindow, tmp_path: Path) -> None:
    want = wanted(running)
    assert dropped(running, page(tmp_path))
    running.wait(lambda: running.window.page_id is PageId.OFFERS)
    said(running, "1 public price is kept.")
    assert prices(running, want) == 1
    assert running.do(running.home.means.vault.read(lambda tx: tx.papers(PageVisit))) == ()


def test_with_several_wants_the_person_says_for_which(running: RunningWindow, tmp_path: Path) -> None:
    first, second = wanted(running), wanted(running, "Another bike")
    assert dropped(running, page(tmp_path), page(tmp_path, "two.htm"))
    running.wait(lambda: running.window.page_id is PageId.FILE)
    asked = running.window.page(PageId.FILE)
    assert isinstance(asked, FilePage)
    said(running, "2 saved pages")
    assert prices(running, first) + prices(running, second) == 0
    asked.wants.choose(first)
    asked.keep.click()
    running.wait(lambda: running.window.page_id is PageId.OFFERS)
    assert (prices(running, first), prices(running, second)) == (2, 0)


def test_pages_put_aside_leave_nothing(running: RunningWindow, tmp_path: Path) -> None:
    wants = wanted(running), wanted(running, "Another bike")
    dropped(running, page(tmp_path))
    running.wait(lambda: running.window.page_id is PageId.FILE)
    asked = running.window.page(PageId.FILE)
    assert isinstance(asked, FilePage)
    asked.leave.click()
    assert running.window.page_id is PageId.WANTS
    asked.keep.click()
    running.settle()
    assert [prices(running, want) for want in wants] == [0, 0]


def test_without_a_want_and_with_no_price_it_is_said_calmly(running: RunningWindow, tmp_path: Path) -> None:
    dropped(running, page(tmp_path))
    said(running, "Say first what you want")
    running.window.messages.dismiss()
    want = wanted(running)
    empty = tmp_path / "empty.html"
    empty.write_text("<html>hello</html>", encoding="utf-8")
    dropped(running, empty)
    running.wait(lambda: running.window.messages.message is not None)
    assert prices(running, want) == 0


def test_a_mail_is_read_and_opened_and_once_only(running: RunningWindow, tmp_path: Path) -> None:
    file = tmp_path / "answer.EML"
    file.write_bytes(MAIL)
    assert dropped(running, file)
    running.wait(lambda: running.window.page_id is PageId.MAIL)
    said(running, "Your bike")
    running.window.messages.dismiss()
    dropped(running, file)
    said(running, "That mail was here already.")
    assert len(running.do(read_mail.mails(running.home.means))) == 1


def test_anything_else_is_named_and_left_alone(running: RunningWindow, tmp_path: Path) -> None:
    program = tmp_path / "setup.exe"
    program.write_bytes(b"MZ")
    assert dropped(running, program)
    said(running, "nothing was done with it: setup.exe")


def test_words_and_web_addresses_are_no_files(running: RunningWindow) -> None:
    assert not dropped(running, words="hello")
    assert not dropped(running, "https://shop.example/bike.html")
    assert not dropped(running, "file://server/share/bike.html")
    assert running.window.messages.message is None


def test_a_locked_window_takes_nothing(running: RunningWindow, tmp_path: Path) -> None:
    handed: list[object] = []
    running.window.files_handed.connect(handed.append)
    running.window.show_gate(QWidget())
    assert not dropped(running, page(tmp_path))
    running.window.choose_file()
    assert running.window.findChildren(QFileDialog) == []
    assert handed == []


def test_a_file_is_chosen_by_keyboard_as_well(running: RunningWindow, tmp_path: Path) -> None:
    want = wanted(running)
    running.window.activateWindow()
    running.wait(running.window.isActiveWindow)
    QTest.keyClick(running.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    running.wait(lambda: bool(running.window.findChildren(QFileDialog)))
    dialog = running.window.findChildren(QFileDialog)[0]
    dialog.filesSelected.emit([str(page(tmp_path))])
    dialog.close()
    running.wait(lambda: prices(running, want) == 1)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.html", Handed.PAGE),
        ("A.HTM", Handed.PAGE),
        ("a.xhtml", Handed.PAGE),
        ("a.eml", Handed.MAIL),
        ("a.html.exe", Handed.OTHER),
        ("html", Handed.OTHER),
        (".eml", Handed.OTHER),
    ],
)
def test_files_are_told_apart_by_their_ending(name: str, kind: Handed) -> None:
    assert kind_of(Path(name)) is kind


def test_a_file_is_read_no_further_than_one_byte_too_many(tmp_path: Path) -> None:
    file = tmp_path / "big.html"
    file.write_bytes(b"x" * 100)
    assert read_file(file, 10) == b"x" * 11


def test_what_is_no_plain_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.html")
    for place in (tmp_path / "pipe.html", tmp_path, tmp_path / "gone.html", Path("/dev/zero")):
        with pytest.raises(FileUnreadable):
            read_file(place, 10)
