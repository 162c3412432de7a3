"""The safety page on a real vault: recovery code, passphrase, backups, and what is refused."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.fakes.running_window import WORDS, RunningWindow, running_window
from tests.fakes.ui_probes import texts
from vrm_desktop.services.keep_vault import Rhythm
from vrm_desktop.services.ways_in import Offer, WayKind
from vrm_desktop.ui.pages.page import PageId
from vrm_desktop.ui.pages.safety_page import SafetyPage
from vrm_desktop.ui.pages.safety_ways import KeyringCard
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.passphrase_edit import PassphraseEdit

OTHER_WORDS = "plum kettle orbit garden winter"


@pytest.fixture
def run(tmp_path: Path, look: Look, qtbot: QtBot) -> Iterator[RunningWindow]:
    with running_window(tmp_path / "home", look, qtbot) as made:
        made.create()
        made.unlock()
        yield made


@pytest.fixture
def page(run: RunningWindow) -> SafetyPage:
    run.window.show_page(PageId.SAFETY)
    run.settle()
    page = run.window.page(PageId.SAFETY)
    assert isinstance(page, SafetyPage)
    return page


def shown(run: RunningWindow) -> str:
    return "\n".join(texts(run.window))


def fill(edit: PassphraseEdit, words: str) -> None:
    edit.findChildren(QLineEdit)[0].setText(words)


def kinds(run: RunningWindow) -> set[WayKind]:
    return {way.kind for way in run.do(run.home.keeping.ways())}


def set_code(run: RunningWindow, page: SafetyPage) -> str:
    page.code.make.click()
    text = page.code.box.toPlainText()
    groups = dict(part.split(": ") for line in text.splitlines() for part in line.split("    "))
    asked = page.code.repeat_row.findChildren(QLineEdit)[0].accessibleName().partition(": ")[2].split(", ")
    page.code.repeat.setText(" ".join(groups[number] for number in asked))
    fill(page.code.passphrase, WORDS)
    page.code.set.click()
    run.settle()
    return "-".join(groups[str(number)] for number in range(1, 10))


def test_a_code_is_shown_once_typed_back_and_then_opens_the_vault(run: RunningWindow, page: SafetyPage) -> None:
    assert "Without it, a forgotten passphrase is lost for good." in shown(run)
    code = set_code(run, page)
    assert "Your recovery code is set." in shown(run)
    assert page.code.box.toPlainText() == ""
    assert kinds(run) == {WayKind.PASSPHRASE, WayKind.RECOVERY}
    assert "It opens your vault when your passphrase is forgotten." in shown(run)
    assert len(code) == 44


def test_what_is_typed_back_wrongly_sets_nothing_and_can_be_tried_again(run: RunningWindow, page: SafetyPage) -> None:
    page.code.make.click()
    page.code.set.click()
    assert "Please type these groups from your sheet." in shown(run)
    page.code.repeat.setText("0000 0000")
    fill(page.code.passphrase, WORDS)
    page.code.set.click()
    run.settle()
    assert page.code.set.isEnabled()
    assert page.code.box.toPlainText()
    assert kinds(run) == {WayKind.PASSPHRASE}
    page.code.cancel.click()
    assert page.code.box.toPlainText() == ""
    assert page.code.make.isVisible()


def test_the_sheet_is_saved_for_this_person_only(run: RunningWindow, page: SafetyPage, tmp_path: Path) -> None:
    page.code.make.click()
    first = page.code.box.toPlainText().split("    ")[0]
    page.sheet_wanted.emit(str(tmp_path / "sheet.txt"))
    run.settle()
    assert first in (tmp_path / "sheet.txt").read_text()
    assert (tmp_path / "sheet.txt").stat().st_mode & 0o777 == 0o600
    page.sheet_wanted.emit(str(tmp_path / "nowhere" / "sheet.txt"))
    run.settle()
    assert "The sheet could not be saved." in shown(run)


def test_a_code_is_removed_with_the_passphrase_and_not_without(run: RunningWindow, page: SafetyPage) -> None:
    set_code(run, page)
    page.code.remove.click()
    assert "Please type your passphrase." in shown(run)
    fill(page.code.passphrase, "not this one")
    page.code.remove.click()
    run.settle()
    assert "That passphrase does not fit." in shown(run)
    fill(page.code.passphrase, WORDS)
    page.code.remove.click()
    run.settle()
    assert "The recovery code is removed." in shown(run)
    assert kinds(run) == {WayKind.PASSPHRASE}


def test_another_passphrase_takes_the_place_of_the_first(run: RunningWindow, page: SafetyPage) -> None:
    page.passphrase.change.click()
    assert "Please type your passphrase." in shown(run)
    fill(page.passphrase.old, WORDS)
    for field in page.passphrase.pair.findChildren(QLineEdit):
        field.setText(OTHER_WORDS)
    page.passphrase.change.click()
    run.settle()
    assert "Your new passphrase holds from now on." in shown(run)
    assert [field.text() for field in page.passphrase.findChildren(QLineEdit)] == ["", "", ""]
    run.close()
    assert run.house.check(run.place, OTHER_WORDS).sound


def test_a_backup_is_made_now_listed_and_named_as_the_last(run: RunningWindow, page: SafetyPage) -> None:
    assert "There is no backup yet." in shown(run)
    page.backups.now.click()
    assert not page.backups.now.isEnabled()
    run.settle()
    assert "The backup is made, and opened when it was tried." in shown(run)
    assert "The last backup that opened when it was tried is from" in shown(run)
    assert "Made when you asked for it" in shown(run)
    assert len(run.do(run.home.keeping.backups())) == 1


def test_a_backup_goes_to_a_file_and_never_over_another(run: RunningWindow, page: SafetyPage, tmp_path: Path) -> None:
    page.backups._want(str(tmp_path / "mine.vrm-backup"))
    run.settle()
    held = (tmp_path / "mine.vrm-backup").read_bytes()
    assert held.startswith(b"vrm-vault-backup")
    page.backups._want(str(tmp_path / "nowhere" / "mine.vrm-backup"))
    run.settle()
    assert page.backups.now.isEnabled()
    assert (tmp_path / "mine.vrm-backup").read_bytes() == held


def test_when_backups_are_made_and_kept_is_chosen(run: RunningWindow, page: SafetyPage, tmp_path: Path) -> None:
    page.backups.rhythm.choose(Rhythm.WEEKLY.value)
    page.backups.kept.choose("30")
    page.backups.rhythm.chosen.emit(Rhythm.WEEKLY.value)
    run.settle()
    kept = run.do(run.home.keeping.schedule())
    assert (kept.rhythm, kept.kept) == (Rhythm.WEEKLY, 30)
    page.backups._take_folder(str(tmp_path))
    run.settle()
    assert f"A second copy goes to {tmp_path}." == page.backups._folder.text().replace("\u200b", "")
    page.backups.without.click()
    run.settle()
    assert run.do(run.home.keeping.schedule()).folder == ""


@pytest.mark.parametrize("offer", list(Offer))
def test_the_keyring_says_what_it_is_and_offers_only_what_can_be_done(look: Look, qtbot: QtBot, offer: Offer) -> None:
    card = KeyringCard(look)
    qtbot.addWidget(card)
    heard: list[tuple[str, str]] = []
    card.wanted.connect(lambda words: heard.append(("on", words)))
    card.unwanted.connect(lambda words: heard.append(("off", words)))
    card.show_offer(offer)
    card.show()
    assert card.switch.isVisible() is (offer in (Offer.ON, Offer.READY))
    card._submit()
    assert heard == []
    fill(card.passphrase, WORDS)
    card._submit()
    expected = {Offer.ON: [("off", WORDS)]}.get(offer, [("on", WORDS)])
    assert heard == expected
    assert card.passphrase.passphrase == ""
    card.hide()


def test_settings_lead_to_safety_and_back(run: RunningWindow, page: SafetyPage) -> None:
    from vrm_desktop.ui.pages.settings_page import SettingsPage

    run.window.show_page(PageId.SETTINGS)
    settings = run.window.page(PageId.SETTINGS)
    assert isinstance(settings, SettingsPage)
    been: list[object] = []
    run.window.page_shown.connect(been.append)
    settings.safety.click()
    page.going.emit(PageId.SETTINGS)
    assert been == [PageId.SAFETY, PageId.SETTINGS]
