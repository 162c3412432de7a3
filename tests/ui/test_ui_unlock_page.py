"""The first screen: a passphrase chosen twice, or a vault opened, and every way it can refuse."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from tests.fakes.ui_probes import Probe, texts
from vrm_desktop.ui.models.unlock_view import UnlockMode, UnlockProblem, UnlockView
from vrm_desktop.ui.pages.unlock_page import UnlockPage
from vrm_desktop.ui.pages.unlock_words import problem_advice, problem_title
from vrm_desktop.ui.theme.look import Look

GOOD = "winter garden kettle orbit plum"


@pytest.fixture
def page(look: Look, probe: Probe) -> UnlockPage:
    made = UnlockPage(look)
    probe.show(made)
    return made


def told(page: UnlockPage) -> list[tuple[str, str]]:
    heard: list[tuple[str, str]] = []
    page.create_requested.connect(lambda passphrase: heard.append(("create", passphrase)))
    page.unlock_requested.connect(lambda passphrase: heard.append(("unlock", passphrase)))
    page.restore_requested.connect(lambda: heard.append(("restore", "")))
    return heard


def fields(page: UnlockPage) -> list[QLineEdit]:
    return [field for field in page.findChildren(QLineEdit) if field.isVisible()]


def test_a_vault_is_made_by_keyboard_alone(page: UnlockPage) -> None:
    page.show_view(UnlockView(mode=UnlockMode.FIRST_RUN))
    heard = told(page)
    first, second = fields(page)
    assert first.hasFocus()
    QTest.keyClicks(first, GOOD)
    QTest.keyClick(first, Qt.Key.Key_Return)
    assert second.hasFocus()
    QTest.keyClicks(second, GOOD)
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert heard == [("create", GOOD)]


def test_two_different_passphrases_make_no_vault(page: UnlockPage) -> None:
    page.show_view(UnlockView(mode=UnlockMode.FIRST_RUN))
    heard = told(page)
    first, second = fields(page)
    first.setText(GOOD)
    second.setText(GOOD.upper())
    QTest.keyClick(second, Qt.Key.Key_Return)
    assert heard == []
    assert "The two are not the same. Please type it again." in texts(page)
    assert second.selectedText() != ""


def test_a_passphrase_that_is_easy_to_guess_makes_no_vault(page: UnlockPage) -> None:
    page.show_view(UnlockView(mode=UnlockMode.FIRST_RUN))
    heard = told(page)
    for field in fields(page):
        field.setText("password")
    page._act.click()
    assert heard == []
    assert "This passphrase is too easy to guess. Add a word or two." in texts(page)


def test_a_vault_is_opened_with_what_was_typed(page: UnlockPage) -> None:
    page.show_view(UnlockView(mode=UnlockMode.UNLOCK, place="/somewhere"))
    heard = told(page)
    (field,) = fields(page)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "Please type your passphrase." in texts(page)
    QTest.keyClicks(field, "any old one")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert heard == [("unlock", "any old one")]
    assert "Your vault: /somewhere" in texts(page)


def test_a_wrong_passphrase_can_be_typed_over_at_once(page: UnlockPage) -> None:
    page.show_view(UnlockView(mode=UnlockMode.UNLOCK))
    (field,) = fields(page)
    field.setText("wrong")
    page.show_view(UnlockView(mode=UnlockMode.UNLOCK, working=True))
    assert not field.isEnabled()
    assert not page._act.isEnabled()
    page._submit()
    page.show_view(UnlockView(mode=UnlockMode.UNLOCK, problem=UnlockProblem.WRONG_PASSPHRASE))
    assert field.hasFocus()
    assert field.selectedText() == field.text() != ""
    assert any("That passphrase does not fit." in text for text in texts(page))


@pytest.mark.parametrize(
    "problem", [UnlockProblem.DAMAGED, UnlockProblem.TOO_NEW, UnlockProblem.BUSY, UnlockProblem.DISK]
)
def test_every_other_refusal_says_what_happened_and_what_to_do(page: UnlockPage, problem: UnlockProblem) -> None:
    page.show_view(UnlockView(mode=UnlockMode.UNLOCK, problem=problem, can_restore=True))
    assert {problem_title(problem), problem_advice(problem)} <= set(texts(page))
    closed = problem in (UnlockProblem.DAMAGED, UnlockProblem.TOO_NEW)
    assert page._act.isEnabled() is not closed
    assert page._restore.isVisible() is (problem is UnlockProblem.DAMAGED)
    assert ("Try again" in texts(page)) is (problem is UnlockProblem.BUSY)


def test_a_refusal_without_words_of_its_own_brings_them(page: UnlockPage) -> None:
    told_words = ("There is not enough memory to unlock.", "Close other programs and try again.")
    page.show_view(UnlockView(mode=UnlockMode.UNLOCK, problem=UnlockProblem.OTHER, told=told_words))
    assert set(told_words) <= set(texts(page))
    assert page._act.isEnabled()
    with pytest.raises(ValueError, match="brings its words"):
        UnlockView(mode=UnlockMode.UNLOCK, problem=UnlockProblem.OTHER)


def test_where_nothing_can_be_restored_nothing_offers_it(page: UnlockPage) -> None:
    page.show_view(UnlockView(mode=UnlockMode.UNLOCK, problem=UnlockProblem.DAMAGED))
    assert not page._restore.isVisible()


def test_a_damaged_vault_offers_the_backup(page: UnlockPage) -> None:
    page.show_view(UnlockView(mode=UnlockMode.UNLOCK, problem=UnlockProblem.DAMAGED, can_restore=True))
    heard = told(page)
    page._restore.click()
    assert heard == [("restore", "")]


def test_what_is_typed_can_be_forgotten(page: UnlockPage) -> None:
    page.show_view(UnlockView(mode=UnlockMode.FIRST_RUN))
    for field in fields(page):
        field.setText(GOOD)
    page.forget()
    assert [field.text() for field in page.findChildren(QLineEdit)] == ["", "", ""]


@pytest.mark.parametrize(
    ("mode", "problem", "working"),
    [
        (UnlockMode.UNLOCK, UnlockProblem.BUSY, True),
        (UnlockMode.FIRST_RUN, UnlockProblem.WRONG_PASSPHRASE, False),
    ],
)
def test_a_state_that_cannot_be_is_refused(mode: UnlockMode, problem: UnlockProblem, *, working: bool) -> None:
    with pytest.raises(ValueError, match=r"problem|refuse"):
        UnlockView(mode=mode, problem=problem, working=working)
