"""Foreign text stays text: never HTML, never endless, never turned around."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from tests.fakes.ui_probes import Probe
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.labels import ElidedLabel, LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.plain_text import button_text, one_line, tame, tip

HOSTILE = "<b>bold</b><img src='file:///etc/hostname'><a href='https://example.invalid'>x</a>"


@given(st.text(max_size=5000), st.integers(min_value=2, max_value=500))
def test_tamed_text_is_capped_breakable_and_free_of_controls(text: str, cap: int) -> None:
    tamed = tame(text, cap)
    assert len(tamed.replace("\u200b", "")) <= cap
    assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in tamed)
    assert not any(letter in tamed for letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert all(len(run) <= 200 for word in tamed.split() for run in word.split("\u200b"))


def test_ordinary_text_is_left_as_it_is() -> None:
    assert tame("Grün & Söhne – 5 < 6\nשלום") == "Grün & Söhne – 5 < 6\nשלום"


def test_cut_text_says_that_it_was_cut() -> None:
    assert tame("a" * 10, 5) == "aaaa…"
    assert tame("\x00" * 20 + "b", 5).endswith("…")


def test_one_line_has_no_line_break() -> None:
    assert one_line(" a\n\n b\tc ") == "a b c"


def test_a_tool_tip_shows_markup_as_text() -> None:
    assert "<b>" not in tip("<b>x</b>")
    assert tip("") == ""


def test_a_button_shows_an_ampersand() -> None:
    assert button_text("Meyer & Co") == "Meyer && Co"


def _picture(label: QLabel) -> QImage:
    return label.grab().toImage()


def test_a_label_paints_hostile_markup_letter_by_letter(look: Look, probe: Probe) -> None:
    ours = PlainLabel(HOSTILE)
    literal = QLabel()
    literal.setTextFormat(Qt.TextFormat.PlainText)
    literal.setText(HOSTILE)
    rich = QLabel(HOSTILE)
    for label in (ours, literal, rich):
        probe.show(label, 700, 40)
    assert ours.text() == HOSTILE
    assert _picture(ours) == _picture(literal)
    assert _picture(ours) != _picture(rich)


def test_a_label_refuses_any_other_format(look: Look) -> None:
    with pytest.raises(ValueError, match="plain text only"):
        PlainLabel("x").setTextFormat(Qt.TextFormat.RichText)


def test_a_megabyte_without_spaces_is_shown_at_once_and_capped(look: Look, probe: Probe) -> None:
    label = PlainLabel("W" * 1_000_000, wrap=True)
    probe.show(label, 400, 300)
    assert len(label.text().replace("\u200b", "")) == 2000
    assert "\u200b" in label.text()


def test_an_elided_label_keeps_the_whole_text_for_those_who_ask(look: Look, probe: Probe) -> None:
    label = ElidedLabel("A name that is much too long for so little room", kind=LabelKind.STRONG)
    probe.show(label, 120, 30)
    assert label.text().endswith("…")
    assert label.whole_text == "A name that is much too long for so little room"
    assert label.accessibleName() == label.whole_text
    assert label.whole_text in label.toolTip()
    label.resize(900, 30)
    assert label.text() == label.whole_text
    assert label.toolTip() == ""


def test_a_pill_has_words_for_its_colour(look: Look, probe: Probe) -> None:
    pill = Pill("binding", Tone.GOOD)
    probe.show(pill, 100, 30)
    assert pill.text() == "binding"
    assert pill.property("tone") == "good"


def test_a_long_word_breaks_on_screen_and_is_copied_whole(look: Look, probe: Probe) -> None:
    word = "gdhLKzJx1VOuATTue_VapZ58eLbA8t3w5oUm8jd6sKs"
    label = PlainLabel(word, wrap=True, selectable=True)
    probe.show(label, 120, 200)
    assert label.minimumSizeHint().width() < 200
    label.setSelection(0, len(label.text()))
    QTest.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == word
