"""What stands beside the window: one instance, idle time, the clipboard, what is remembered, garbage."""

import gc
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from vrm_desktop.paths import window_address
from vrm_desktop.ui.clipboard_care import ClipboardCare
from vrm_desktop.ui.garbage import MainThreadGarbage
from vrm_desktop.ui.idle_lock import IdleLock
from vrm_desktop.ui.single_instance import SingleInstance, Word, ask
from vrm_desktop.ui.theme.tokens import ThemeChoice
from vrm_desktop.ui.window_memory import Appearance, WindowMemory

PATIENCE_MS = 60_000
_ASK = (
    "import sys; from vrm_desktop.ui.single_instance import Word, ask;"
    " sys.exit(not ask(sys.argv[1], Word(sys.argv[2])))"
)


@pytest.fixture
def where(tmp_path: Path) -> str:
    return window_address(tmp_path, str(tmp_path))


def test_nobody_answers_where_no_window_is(where: str) -> None:
    assert ask(where, Word.RAISE) is False


@pytest.mark.parametrize("word", list(Word))
def test_a_second_start_is_heard_and_answered(qtbot: QtBot, where: str, word: Word) -> None:
    single = SingleInstance(where)
    heard: list[Word] = []
    single.asked.connect(heard.append)
    assert single.listen()
    caller = subprocess.Popen([sys.executable, "-c", _ASK, where, word.value])
    qtbot.waitUntil(lambda: caller.poll() is not None, timeout=PATIENCE_MS)
    single.close()
    assert (caller.returncode, heard) == (0, [word])


def test_only_the_person_can_reach_the_socket(where: str) -> None:
    single = SingleInstance(where)
    assert single.listen()
    assert Path(where).stat().st_mode & 0o777 == 0o600
    single.close()
    assert not Path(where).exists()


@pytest.mark.parametrize(
    "said", [b"open-link https://example.invalid\n", b"\xff\xfe\n", b"raise me please and more than fits\n"]
)
def test_anything_but_the_two_words_does_nothing(qtbot: QtBot, where: str, said: bytes) -> None:
    single = SingleInstance(where)
    heard: list[Word] = []
    single.asked.connect(heard.append)
    single.listen()
    socket = QLocalSocket()
    socket.connectToServer(where)
    socket.write(said)
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState, timeout=PATIENCE_MS)
    assert bytes(socket.readAll().data()) == b"no\n"
    single.close()
    assert heard == []


def test_words_without_an_end_are_cut_off(qtbot: QtBot, where: str) -> None:
    single = SingleInstance(where)
    single.listen()
    socket = QLocalSocket()
    socket.connectToServer(where)
    socket.write(b"x" * 5000)
    qtbot.waitUntil(lambda: socket.state() is QLocalSocket.LocalSocketState.UnconnectedState, timeout=PATIENCE_MS)
    single.close()


def test_a_socket_left_behind_by_a_crash_is_taken_over(where: str) -> None:
    Path(where).touch()
    single = SingleInstance(where)
    assert single.listen()
    single.close()


def test_an_address_that_cannot_be_had_is_said(tmp_path: Path) -> None:
    single = SingleInstance(str(tmp_path / "nowhere" / "at.sock"))
    assert not single.listen()


def test_each_home_has_an_address_of_its_own_that_fits() -> None:
    with TemporaryDirectory(prefix="vrm") as short:
        folder = Path(short)
        one, other = window_address(folder / "one", None), window_address(folder / "other", None)
        assert one != other
        assert Path(one).parent == folder / "one"
        assert "/" not in window_address(folder / ("long" * 40), None)


def test_an_unused_window_is_told_of_once(qtbot: QtBot) -> None:
    idle = IdleLock()
    told: list[bool] = []
    idle.idle.connect(lambda: told.append(True))
    idle.set_after(30)
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert not idle._timer.isActive()


def test_zero_is_never(qtbot: QtBot) -> None:
    idle = IdleLock()
    idle.set_after(10)
    idle.set_after(0)
    assert not idle._timer.isActive()


def test_whoever_types_is_not_idle(qtbot: QtBot) -> None:
    idle, window = IdleLock(), QWindow()
    idle.watch(window)
    told: list[bool] = []
    idle.idle.connect(lambda: told.append(True))
    idle.set_after(PATIENCE_MS)
    began = idle._since.msecsSinceReference()
    qtbot.waitUntil(lambda: idle._since.elapsed() > 0, timeout=PATIENCE_MS)
    QTest.keyClick(window, Qt.Key.Key_A)
    assert idle._since.msecsSinceReference() > began
    idle._timer.stop()
    idle._look()
    assert told == []
    assert idle._timer.isActive()
    window.destroy()


def test_our_text_leaves_the_clipboard_and_nobody_elses_does(qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    care = ClipboardCare(clipboard, after_ms=20)
    care.put("DE19 9000")
    assert clipboard.text() == "DE19 9000"
    qtbot.waitUntil(lambda: clipboard.text() == "", timeout=PATIENCE_MS)
    care.put("DE19 9000")
    clipboard.setText("something of the person's own")
    qtbot.waitUntil(lambda: not care._timer.isActive(), timeout=PATIENCE_MS)
    assert clipboard.text() == "something of the person's own"
    care.clear()
    assert clipboard.text() == "something of the person's own"


def test_the_look_and_the_place_of_the_window_are_remembered(tmp_path: Path) -> None:
    memory = WindowMemory(tmp_path)
    assert memory.appearance() == Appearance()
    assert memory.geometry() is None
    memory.keep_appearance(Appearance(theme=ThemeChoice.DARK, text_scale=1.3))
    memory.keep_geometry(QByteArray(b"where it was"))
    again = WindowMemory(tmp_path)
    assert again.appearance() == Appearance(theme=ThemeChoice.DARK, text_scale=1.3)
    assert again.geometry() == QByteArray(b"where it was")


@pytest.mark.parametrize("text", ["[look]\ntheme=plaid\n", "[look]\ntext-percent=huge\n", "\x00\xff"])
def test_what_cannot_be_read_is_as_at_the_first_start(tmp_path: Path, text: str) -> None:
    (tmp_path / "window.ini").write_text(text)
    assert WindowMemory(tmp_path).appearance() == Appearance()


def test_cyclic_garbage_waits_for_the_main_thread(qtbot: QtBot) -> None:
    class Knot:
        def __init__(self) -> None:
            self.me = self

        def __del__(self) -> None:
            collected.append(threading.current_thread() is threading.main_thread())

    collected: list[bool] = []
    garbage = MainThreadGarbage(every_ms=10)
    garbage.start()
    try:
        assert not gc.isenabled()
        other = threading.Thread(target=lambda: [Knot() for _round in range(5000)])
        other.start()
        other.join()
        assert collected == []
        qtbot.waitUntil(lambda: len(collected) == 5000, timeout=PATIENCE_MS)
        assert all(collected)
    finally:
        garbage.stop()
    assert gc.isenabled()
