"""Before the open vault: calling unlocking off, each way in, forgetting, damage, and bringing a backup back."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.fakes.running_window import WORDS, RunningWindow, running_window
from tests.fakes.ui_probes import texts
from vrm_desktop.services.ways_in import NewRecoveryCode, Progress, Stage
from vrm_desktop.ui.models.unlock_view import UnlockProblem
from vrm_desktop.ui.pages.recover_page import RecoverPage
from vrm_desktop.ui.pages.restore_page import RestorePage
from vrm_desktop.ui.pages.unlock_page import UnlockPage
from vrm_desktop.ui.pages.unlock_words import problem_title
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.vault.tries import Tries

OTHER_WORDS = "plum kettle orbit garden winter"


@pytest.fixture
def run(tmp_path: Path, look: Look, qtbot: QtBot) -> Iterator[RunningWindow]:
    with running_window(tmp_path / "home", look, qtbot) as made:
        yield made


def shown(run: RunningWindow) -> str:
    return "\n".join(texts(run.window))


def typed_back(code: NewRecoveryCode) -> str:
    return " ".join(code.groups[number - 1] for number in code.asked)


def with_code(run: RunningWindow) -> NewRecoveryCode:
    run.create()
    code = run.house.draw_recovery_code()
    run.house.set_recovery_code(run.place, code, typed_back(code), WORDS)
    return code


def damage(run: RunningWindow) -> Path:
    """A backup beside the vault, and then nothing but rubbish in its database."""
    run.create()

    async def back_up() -> Path:
        async with run.house.open(run.place, WORDS) as home:
            return (await home.keeping.back_up_now()).file

    file = run.do(back_up())
    (run.place / "vault.db").write_bytes(b"")
    return file


def wrong_often(run: RunningWindow) -> Tries:
    """So many wrong tries that the next one waits half a minute, however slow this computer is."""
    with pytest.raises(Exception, match="passphrase"):
        run.house.check(run.place, "no")
    tried = Tries(run.place)
    for _wrong in range(9):
        tried.wrong(datetime.now(UTC))
    assert tried.pause(datetime.now(UTC)) > 0
    return tried


def begun(run: RunningWindow) -> UnlockPage:
    run.program.begin()
    run.settle()
    page = run.program.gate._page
    assert isinstance(page, UnlockPage)
    return page


def test_unlocking_can_be_called_off_and_begun_again(run: RunningWindow) -> None:
    run.create()
    tried = wrong_often(run)
    page = begun(run)
    run.fields()[0].setText(WORDS)
    QTest.keyClick(run.fields()[0], Qt.Key.Key_Return)
    run.wait(lambda: "the next try waits" in shown(run))
    assert page._progress.stop.isVisible()
    page._progress.stop.click()
    run.settle()
    assert not run.program.is_open
    assert run.fields()[0].isEnabled()
    assert run.program.gate.held is None
    tried.right()  # nobody waits half a minute here
    run.type_in(run.fields()[0], WORDS)
    assert run.program.is_open


def test_closing_the_window_ends_a_wait_at_once(run: RunningWindow) -> None:
    run.create()
    wrong_often(run)
    begun(run)
    run.fields()[0].setText(WORDS)
    QTest.keyClick(run.fields()[0], Qt.Key.Key_Return)
    run.wait(lambda: "the next try waits" in shown(run))
    run.window.close()
    run.wait(lambda: run.ended)
    assert not run.program.is_open


def test_a_step_told_after_the_end_changes_nothing(run: RunningWindow) -> None:
    run.create()
    begun(run)
    before = shown(run)
    run.program.gate._stepped.emit(Progress(stage=Stage.DERIVING))
    run.settle()
    QTest.qWait(1)
    assert shown(run) == before


def test_a_forgotten_passphrase_is_replaced_by_the_code(run: RunningWindow) -> None:
    code = with_code(run)
    page = begun(run)
    page._forgot.click()
    recover = run.program.gate._page
    assert isinstance(recover, RecoverPage)
    recover.act.click()
    assert "Please type your recovery code." in shown(run)
    recover.code.setText("ABCD-EFGH")
    for field in recover.pair.findChildren(QLineEdit):
        field.setText(OTHER_WORDS)
    recover.act.click()
    run.settle()
    assert "That recovery code has a slip in it." in shown(run)
    recover.code.setText(code.text.lower().replace("-", " "))
    recover.act.click()
    run.wait(lambda: run.program.is_open)
    assert "Your new passphrase holds from now on." in shown(run)
    run.close()
    assert run.house.check(run.place, OTHER_WORDS).sound


def test_whoever_remembers_after_all_goes_back(run: RunningWindow) -> None:
    with_code(run)
    page = begun(run)
    page._forgot.click()
    recover = run.program.gate._page
    assert isinstance(recover, RecoverPage)
    recover.back.click()
    assert isinstance(run.program.gate._page, UnlockPage)
    assert "Welcome back" in shown(run)


def test_without_a_code_nothing_offers_one(run: RunningWindow) -> None:
    run.create()
    page = begun(run)
    assert not page._forgot.isVisible()
    assert not page._keyring.isVisible()


def test_damage_is_seen_before_anything_is_typed_and_the_backup_brings_all_back(run: RunningWindow) -> None:
    damage(run)
    page = begun(run)
    assert problem_title(UnlockProblem.DAMAGED) in shown(run)
    assert "The last good backup is from" in shown(run)
    assert run.fields() == []
    page._restore.click()
    restore = run.program.gate._page
    assert isinstance(restore, RestorePage)
    restore.act.click()
    assert "Please type your passphrase." in shown(run)
    restore.passphrase.findChildren(QLineEdit)[0].setText("not this one")
    restore.act.click()
    run.settle()
    assert "The one from the day of the backup is needed." in shown(run)
    restore.passphrase.findChildren(QLineEdit)[0].setText(WORDS)
    restore.survey.click()
    run.wait(lambda: "This backup opens and is whole." in shown(run))
    restore.passphrase.findChildren(QLineEdit)[0].setText(WORDS)
    restore.act.click()
    run.wait(lambda: run.program.is_open)
    assert "What stood there before is in set-aside" in shown(run)
    aside = next(run.place.glob("set-aside-*"))
    assert (aside / "vault.db").read_bytes() == b""


def test_the_first_run_brings_back_a_backup_from_elsewhere(run: RunningWindow, tmp_path: Path) -> None:
    elsewhere = tmp_path / "stick.vrm-backup"
    run.create()
    run.house.back_up(run.place, WORDS, elsewhere)
    shutil.rmtree(run.place)
    page = begun(run)
    page._restore.click()
    restore = run.program.gate._page
    assert isinstance(restore, RestorePage)
    assert "No backup was found here. Choose a file." in shown(run)
    assert not restore.act.isEnabled()
    restore.take_file(str(elsewhere))
    assert not restore.survey.isVisible()
    restore.passphrase.findChildren(QLineEdit)[0].setText(WORDS)
    restore.act.click()
    run.wait(lambda: run.program.is_open)
    assert "Your backup is back." in shown(run)


def test_a_file_that_is_no_backup_leaves_everything_as_it_is(run: RunningWindow, tmp_path: Path) -> None:
    (tmp_path / "no.vrm-backup").write_bytes(b"no backup at all")
    page = begun(run)
    page._restore.click()
    restore = run.program.gate._page
    assert isinstance(restore, RestorePage)
    restore.take_file(str(tmp_path / "no.vrm-backup"))
    restore.passphrase.findChildren(QLineEdit)[0].setText(WORDS)
    restore.act.click()
    run.settle()
    assert "That backup is damaged." in shown(run)
    restore.back.click()
    assert "Choose a passphrase" in shown(run)


def test_an_archive_is_offered_where_somebody_takes_it(run: RunningWindow) -> None:
    asked: list[bool] = []
    run.program.gate.can_import = True
    run.program.gate.import_requested.connect(lambda: asked.append(True))
    page = begun(run)
    page._import.click()
    assert asked == [True]
