"""Passphrases: judged without rules, shown on request, warned about caps lock."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.fakes.ui_probes import Probe, texts
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.passphrase_edit import PassphraseEdit, caps_lock_seems_on
from vrm_desktop.ui.widgets.passphrase_strength import Strength, estimate


@pytest.mark.parametrize(
    ("passphrase", "strength"),
    [
        ("", Strength.TOO_SHORT),
        ("x7#Qz", Strength.TOO_SHORT),
        ("password", Strength.WEAK),
        ("Passwort123", Strength.WEAK),
        ("aaaaaaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("abcdefghijklmnopqrstuvwxyz", Strength.WEAK),
        ("qwertzuiopasdfghjkl", Strength.WEAK),
        ("hallo hallo hallo hallo hallo", Strength.WEAK),
        ("winter garden kettle orbit", Strength.FAIR),
        ("winter garden kettle orbit plum", Strength.STRONG),
        ("vK8#pW2!mQ9zRt", Strength.STRONG),
        ("Überraschung Zaunkönig Pfütze Grün Öl", Strength.STRONG),
    ],
)
def test_passphrases_are_judged_as_people_would_guess_them(passphrase: str, strength: Strength) -> None:
    assert estimate(passphrase).strength is strength


@given(st.text(max_size=60))
def test_more_repetition_never_counts_as_much_as_it_is_long(passphrase: str) -> None:
    judged = estimate(passphrase)
    assert 0.0 <= judged.bits <= 8.0 * max(1, len(passphrase))
    assert estimate(passphrase + "aaaa").bits <= judged.bits + 40


@pytest.mark.parametrize(
    ("typed", "shifted", "seems"),
    [
        ("A", False, True),
        ("a", True, True),
        ("a", False, False),
        ("A", True, False),
        ("7", False, None),
        ("", True, None),
    ],
)
def test_a_letter_tells_about_caps_lock(typed: str, *, shifted: bool, seems: bool | None) -> None:
    modifiers = Qt.KeyboardModifier.ShiftModifier if shifted else Qt.KeyboardModifier.NoModifier
    assert caps_lock_seems_on(typed, modifiers) is seems


@pytest.fixture
def edit(look: Look, probe: Probe) -> PassphraseEdit:
    made = PassphraseEdit(look, meter=True)
    probe.show(made, 400, 140)
    return made


def line(edit: PassphraseEdit) -> QLineEdit:
    return edit.findChildren(QLineEdit)[0]


def test_what_is_typed_is_hidden_until_asked_for(edit: PassphraseEdit) -> None:
    QTest.keyClicks(line(edit), "winter garden kettle orbit plum")
    assert "winter" not in line(edit).displayText()
    edit._eye.click()
    assert line(edit).displayText() == "winter garden kettle orbit plum"
    assert edit._eye.accessibleName() == "Hide what I type"
    assert "Strong." in texts(edit)
    edit.clear()
    assert edit.passphrase == ""
    assert line(edit).echoMode() is QLineEdit.EchoMode.Password


def test_a_passphrase_can_be_pasted(edit: PassphraseEdit, qapp: QApplication) -> None:
    qapp.clipboard().setText("from my password manager 42")
    QTest.keyClick(line(edit), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert edit.passphrase == "from my password manager 42"


def press(edit: PassphraseEdit, letter: str, modifiers: Qt.KeyboardModifier) -> None:
    QApplication.sendEvent(line(edit), QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, modifiers, letter))


def test_caps_lock_is_mentioned_and_forgotten_again(edit: PassphraseEdit) -> None:
    hint = "Caps lock seems to be on."
    press(edit, "A", Qt.KeyboardModifier.ShiftModifier)
    assert hint not in texts(edit)
    press(edit, "A", Qt.KeyboardModifier.NoModifier)
    assert hint in texts(edit)
    press(edit, "a", Qt.KeyboardModifier.NoModifier)
    assert hint not in texts(edit)


def test_enter_submits(edit: PassphraseEdit) -> None:
    told: list[bool] = []
    edit.submitted.connect(lambda: told.append(True))
    QTest.keyClick(line(edit), Qt.Key.Key_Return)
    assert told == [True]
