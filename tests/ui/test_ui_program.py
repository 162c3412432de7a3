"""The window on a real vault: first run, lock screen, every refusal, lock, and the way out."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.fakes.private_bus import desktop
from tests.fakes.running_window import WORDS, RunningWindow, running_window
from tests.fakes.ui_probes import texts
from vrm_desktop.services import keep_settings
from vrm_desktop.services.errors import VaultTrouble
from vrm_desktop.services.keep_settings import Settings
from vrm_desktop.ui.models.unlock_view import UnlockProblem
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.settings_page import SettingsPage
from vrm_desktop.ui.pages.unlock_words import problem_title
from vrm_desktop.ui.single_instance import Word
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import ThemeChoice
from vrm_desktop.ui.window_memory import Appearance, WindowMemory


@pytest.fixture
def run(tmp_path: Path, look: Look, qtbot: QtBot) -> Iterator[RunningWindow]:
    with running_window(tmp_path / "home", look, qtbot) as made:
        yield made


def shown(run: RunningWindow) -> str:
    return "\n".join(texts(run.window))


def test_the_first_run_makes_a_vault_by_keyboard_and_opens_it(run: RunningWindow) -> None:
    run.program.begin()
    run.settle()
    assert "Choose a passphrase" in shown(run)
    first, second = run.fields()
    QTest.keyClicks(first, WORDS)
    QTest.keyClick(first, Qt.Key.Key_Return)
    QTest.keyClicks(second, WORDS)
    QTest.keyClick(second, Qt.Key.Key_Return)
    run.wait(lambda: run.program.is_open)
    run.settle()
    assert run.house.exists(run.place)
    assert run.window.page_id is PageId.RELATIONSHIPS
    assert "Everybody you ask" in shown(run)


def test_the_next_start_stops_at_the_lock_screen_and_unlocks(run: RunningWindow) -> None:
    run.create()
    run.program.begin()
    run.settle()
    assert "Welcome back" in shown(run)
    assert not run.program.is_open
    run.type_in(run.fields()[0], WORDS)
    assert run.program.is_open


def test_a_wrong_passphrase_is_said_and_can_be_tried_again(run: RunningWindow) -> None:
    run.create()
    run.unlock("not this one at all")
    assert problem_title(UnlockProblem.WRONG_PASSPHRASE) in shown(run)
    run.type_in(run.fields()[0], WORDS)
    assert run.program.is_open


def test_a_damaged_key_file_is_said_and_left_as_it_is(run: RunningWindow) -> None:
    run.create()
    headers = sorted(run.place.glob("vault.hdr*"))
    for file in headers:
        file.write_bytes(b"x" * 200)
    run.program.begin()
    run.settle()
    assert problem_title(UnlockProblem.DAMAGED) in shown(run)
    assert [file.read_bytes() for file in headers] == [b"x" * 200] * len(headers)


def test_a_vault_that_is_open_elsewhere_is_said_and_can_be_tried_again(
    run: RunningWindow, tmp_path: Path, look: Look, qtbot: QtBot
) -> None:
    run.create()
    with running_window(run.place, look, qtbot) as other:
        other.unlock()
        assert other.program.is_open
        run.unlock()
        assert problem_title(UnlockProblem.BUSY) in shown(run)
    run.type_in(run.fields()[0], WORDS)
    assert run.program.is_open


def test_a_folder_that_cannot_be_written_is_said_and_makes_nothing(run: RunningWindow, tmp_path: Path) -> None:
    run.place.write_text("a file stands where the folder should be")
    run.program.begin()
    run.settle()
    first, second = run.fields()
    first.setText(WORDS)
    second.setText(WORDS)
    QTest.keyClick(second, Qt.Key.Key_Return)
    run.settle()
    assert not run.program.is_open
    assert run.place.is_file()
    assert problem_title(UnlockProblem.DISK) in shown(run)


def test_a_passphrase_file_opens_the_vault_at_once(run: RunningWindow, tmp_path: Path) -> None:
    run.create()
    (tmp_path / "key").write_text(f"{WORDS}\n")
    run.program.begin(tmp_path / "key")
    run.wait(lambda: run.program.is_open)


def test_a_passphrase_file_that_is_not_there_is_said(run: RunningWindow, tmp_path: Path) -> None:
    run.create()
    run.program.begin(tmp_path / "nowhere")
    run.settle()
    assert "This file cannot be read." in shown(run)


def test_ctrl_l_closes_the_vault_hides_the_window_and_asks_for_a_new_process(run: RunningWindow) -> None:
    run.create()
    run.unlock()
    home = run.home
    QTest.keyClick(run.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    run.wait(lambda: run.ended)
    assert run.program.locks
    assert not run.window.isVisible()
    assert not run.program.is_open
    with pytest.raises(VaultTrouble, match="clos"):
        run.do(keep_settings.settings(home.means))


def test_locked_there_is_nothing_to_lock(run: RunningWindow) -> None:
    run.create()
    run.program.begin()
    run.settle()
    run.program.asked(Word.LOCK)
    assert not run.program.locks
    run.program.asked(Word.RAISE)
    assert run.window.isVisible()


def test_closing_the_window_while_it_opens_leaves_nothing_open(run: RunningWindow) -> None:
    run.create()
    run.program.begin()
    run.settle()
    field: QLineEdit = run.fields()[0]
    field.setText(WORDS)
    QTest.keyClick(field, Qt.Key.Key_Return)
    run.window.close()
    run.wait(lambda: run.ended)
    assert run.house.check(run.place, WORDS).sound


def test_the_window_locks_by_itself_after_the_time_set(run: RunningWindow) -> None:
    run.create()
    run.unlock()
    assert run.program.idle.after_ms == Settings().lock_after * 60_000
    run.program.idle.set_after(20)
    run.wait(lambda: run.ended)
    assert run.program.locks


def test_settings_take_effect_and_stay(run: RunningWindow, look: Look) -> None:
    run.create()
    run.unlock()
    run.window.show_page(PageId.SETTINGS)
    page = run.window.page(PageId.SETTINGS)
    assert isinstance(page, SettingsPage)
    page.theme.choose(ThemeChoice.DARK.value)
    page.theme.chosen.emit(page.theme.key)
    page.idle.choose("60")
    page.pause.choose("0")
    page.idle.chosen.emit(page.idle.key)
    run.settle()
    run.wait(lambda: run.program.idle.after_ms == 60 * 60_000)
    assert look.choice is ThemeChoice.DARK
    assert WindowMemory(run.place).appearance() == Appearance(theme=ThemeChoice.DARK)
    assert run.do(keep_settings.settings(run.home.means)) == Settings(outbox_pause=0, lock_after=60)


def test_the_vault_is_checked_from_the_settings_while_it_stays_open(run: RunningWindow) -> None:
    run.create()
    run.unlock()
    run.window.show_page(PageId.SETTINGS)
    page = run.window.page(PageId.SETTINGS)
    assert isinstance(page, SettingsPage)
    before = run.home
    page.check.click()
    assert not page.check.isEnabled()
    run.wait(lambda: "Your vault is sound." in shown(run))
    assert run.home is before
    assert page.check.isEnabled()


def test_a_proxy_is_kept_when_it_is_one_and_refused_in_place_when_not(run: RunningWindow) -> None:
    run.create()
    run.unlock()
    run.window.show_page(PageId.SETTINGS)
    page = run.window.page(PageId.SETTINGS)
    assert isinstance(page, SettingsPage)
    page.proxy.setText("my proxy")
    page.proxy.editingFinished.emit()
    assert "A proxy looks like socks5://127.0.0.1:9050." in shown(run)
    page.proxy.setText("socks5://127.0.0.1:9050")
    page.proxy.editingFinished.emit()
    run.settle()
    assert "A proxy looks like socks5://127.0.0.1:9050." not in shown(run)
    assert run.do(keep_settings.settings(run.home.means)).proxy == "socks5://127.0.0.1:9050"


def test_what_was_copied_is_gone_when_the_window_is(run: RunningWindow, qtbot: QtBot) -> None:
    from PySide6.QtGui import QGuiApplication

    run.create()
    run.unlock()
    run.window.show_page(PageId.SETTINGS)
    page = run.window.page(PageId.SETTINGS)
    assert isinstance(page, SettingsPage)
    page._copy.click()
    assert QGuiApplication.clipboard().text() == str(run.place)
    run.close()
    assert QGuiApplication.clipboard().text() == ""


@pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="this computer has no message bus")
def test_before_the_computer_sleeps_the_vault_is_closed(tmp_path: Path, look: Look, qtbot: QtBot) -> None:
    with desktop(tmp_path) as room:
        names = {"DBUS_SYSTEM_BUS_ADDRESS": room.address, "DBUS_SESSION_BUS_ADDRESS": room.address}
        with running_window(tmp_path / "home", look, qtbot, environment=names) as run:
            run.create()
            run.unlock()
            away = run.program.away
            assert away is not None
            run.wait(lambda: away.delays_sleep)
            room.sleeps(begins=True)
            run.wait(lambda: run.ended)
            assert run.program.locks
            assert run.house.check(run.place, WORDS).sound
            away.set_watching(watching=False)  # in life the process ends here


@pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="this computer has no message bus")
def test_whoever_switched_it_off_stays_open_behind_a_locked_screen(tmp_path: Path, look: Look, qtbot: QtBot) -> None:
    with desktop(tmp_path) as room:
        names = {"DBUS_SYSTEM_BUS_ADDRESS": room.address, "DBUS_SESSION_BUS_ADDRESS": room.address}
        with running_window(tmp_path / "home", look, qtbot, environment=names) as run:
            run.create()
            run.unlock()
            away = run.program.away
            assert away is not None
            run.wait(lambda: away.delays_sleep)
            run.window.show_page(PageId.SETTINGS)
            page = run.window.page(PageId.SETTINGS)
            assert isinstance(page, SettingsPage)
            page.away.click()
            run.wait(lambda: away.listens == 0)
            assert room.wait_for_delays_to_end(5)
            assert not run.do(keep_settings.settings(run.home.means)).lock_away
