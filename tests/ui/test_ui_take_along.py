"""In the window: everything out into a file, the vault off this computer, and everything back at the first screen."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.running_window import RunningWindow, running_window
from tests.fakes.ui_probes import texts
from vrm_desktop.domain.profile import FieldPath
from vrm_desktop.services import keep_profile
from vrm_desktop.ui.pages.archive_gate_page import ArchiveGatePage
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.settings_page import SettingsPage
from vrm_desktop.ui.pages.unlock_page import UnlockPage
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.passphrase_edit import PassphraseEdit

_W = TypeVar("_W", bound=QWidget)
NEW = "seven patient otters swimming"
SECRET = "five loud gulls"


@pytest.fixture
def window(tmp_path: Path, look: Look, qtbot: QtBot) -> Iterator[RunningWindow]:
    with running_window(tmp_path / "home", look, qtbot) as running:
        yield running


def one(window: RunningWindow, kind: type[_W]) -> _W:
    """The part of this kind that is on the screen."""
    (found,) = [part for part in window.window.findChildren(kind) if part.isVisible()]
    return found


def put(edit: PassphraseEdit, words: str) -> None:
    """Type into it."""
    field = edit.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setText(words)


def in_settings(window: RunningWindow) -> SettingsPage:
    window.window.show_page(PageId.SETTINGS)
    window.settle()
    return one(window, SettingsPage)


def opened_with_a_name(window: RunningWindow) -> None:
    window.create()
    window.unlock()
    window.wait(lambda: window.program.is_open)
    window.do(keep_profile.set_field(window.home.means, FieldPath.NAME, "Ottilie Zwiebelfisch"))


def bring_back(window: RunningWindow, file: Path, secret: str = "") -> ArchiveGatePage:
    one(window, UnlockPage).import_requested.emit()
    page = one(window, ArchiveGatePage)
    page.chosen.emit(str(file))
    window.settle()
    for edit, words in ((page.secret, secret), (page.passphrase, NEW), (page.repeat, NEW)):
        put(edit, words)
    page.act.click()
    window.settle()
    return page


def name_in(window: RunningWindow) -> list[str]:
    return [field.value for field in window.do(keep_profile.profile(window.home.means))]


def test_everything_goes_out_encrypted_and_comes_back_at_the_first_screen(
    window: RunningWindow, tmp_path: Path, look: Look, qtbot: QtBot
) -> None:
    opened_with_a_name(window)
    card = in_settings(window).archive
    assert "secret keys" in "\n".join(texts(card))
    put(card.passphrase, SECRET)
    card.take_file(str(tmp_path / "all.age"))
    window.wait(card.save.isEnabled)
    assert "Everything is written." in "\n".join(texts(card))
    assert card.passphrase.passphrase == ""
    assert (tmp_path / "all.age").read_bytes().startswith(b"age-encryption.org/v1")
    with running_window(tmp_path / "other", look, qtbot) as other:
        other.program.begin()
        other.settle()
        page = bring_back(other, tmp_path / "all.age", "another")
        assert "does not open the archive" in "\n".join(texts(page))
        put(page.secret, SECRET)
        put(page.passphrase, NEW)
        put(page.repeat, NEW)
        page.act.click()
        other.wait(lambda: other.program.is_open)
        assert name_in(other) == ["Ottilie Zwiebelfisch"]


def test_what_cannot_be_written_or_read_is_said(
    window: RunningWindow, tmp_path: Path, look: Look, qtbot: QtBot
) -> None:
    opened_with_a_name(window)
    card = in_settings(window).archive
    card.encrypt.setChecked(False)
    (tmp_path / "taken.zip").write_bytes(b"mine")
    card.take_file(str(tmp_path / "taken.zip"))
    window.wait(card.save.isEnabled)
    assert "There is a file of that name already." in "\n".join(texts(card))
    with running_window(tmp_path / "other", look, qtbot) as other:
        other.program.begin()
        other.settle()
        page = bring_back(other, tmp_path / "taken.zip")
        assert "no archive of your things" in "\n".join(texts(page))
        page.back.click()
        assert one(other, UnlockPage).isVisible()


def test_slips_are_noticed_before_anything_is_done(window: RunningWindow, look: Look) -> None:
    opened_with_a_name(window)
    card = in_settings(window).archive
    card.save.click()
    assert "Please choose a passphrase for it." in "\n".join(texts(card))
    put(card.passphrase, SECRET)
    card.save.click()
    assert "The two are not the same." in "\n".join(texts(card))
    page = ArchiveGatePage(look)
    asked: list[object] = []
    page.bring_requested.connect(lambda *typed: asked.append(typed))
    page.show_file("/all.age", encrypted=True)
    for secret, words, again in (("", "", ""), ("s", "x", "x"), ("s", NEW, "other")):
        put(page.secret, secret)
        put(page.passphrase, words)
        put(page.repeat, again)
        page.act.click()
    assert not asked


def test_the_vault_goes_only_with_the_word_and_the_window_comes_back(window: RunningWindow) -> None:
    opened_with_a_name(window)
    card = in_settings(window).wipe
    card.wipe.click()
    assert not window.ended
    card.word.setText("wipe")
    card.backups.setChecked(True)
    card.wipe.click()
    window.wait(lambda: window.ended)
    assert window.program.locks
    assert not window.place.exists() or not [path for path in window.place.iterdir() if path.name.startswith("vault")]
