"""Select, day field, code box, points and QR code: what they show is what they were given, and they tell no more."""

from datetime import date
from itertools import groupby

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.fakes.ui_probes import Probe, tab_order, texts
from vrm_desktop.domain.intentcast import Weights
from vrm_desktop.ui.gallery.asking_samples import ORDER
from vrm_desktop.ui.models.weights_view import sliders_of, weights_of
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import ThemeChoice
from vrm_desktop.ui.widgets.code_box import CodeBox
from vrm_desktop.ui.widgets.day_field import DayField
from vrm_desktop.ui.widgets.layouts import column, rebuilding
from vrm_desktop.ui.widgets.points import Points
from vrm_desktop.ui.widgets.qr_code import QrCode
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.ui.widgets.weight_slider import WeightSlider

OPTIONS = (("", "Not said"), ("road", "Road & <b>racing</b>"), ("city", "City"))
MONDAY = date(2026, 6, 1)


def wheel_over(widget: QWidget) -> None:
    """Turn the wheel one notch over the widget."""
    at = QPointF(widget.rect().center())
    event = QWheelEvent(
        at, at, QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_a_select_tells_what_the_person_chose_and_not_what_is_shown(look: Look, probe: Probe) -> None:
    select = Select(look, OPTIONS, name="Type")
    heard: list[str] = []
    select.chosen.connect(heard.append)
    probe.show(select, 200, 40)
    select.choose("city")
    assert (select.key, heard) == ("city", [])
    select.setFocus()
    QTest.keyClick(select, Qt.Key.Key_Up)
    assert (select.key, heard) == ("road", ["road"])
    select.choose("unheard of")
    assert select.key == ""
    assert select.accessibleName() == "Type"


def test_scrolling_past_a_closed_select_changes_nothing(look: Look, probe: Probe) -> None:
    holder = QWidget()
    lines = column(look, holder)
    select, other = Select(look, OPTIONS), Select(look, OPTIONS)
    for part in (other, select):
        lines.addWidget(part)
    probe.show(holder, 200, 100)
    other.setFocus()
    wheel_over(select)
    assert select.key == ""
    select.setFocus()
    wheel_over(select)
    assert select.key == "road"


def test_other_options_keep_the_choice_if_it_is_among_them(look: Look) -> None:
    select = Select(look, OPTIONS)
    select.choose("city")
    select.offer((("city", "City"), ("cargo", "Cargo")))
    assert select.key == "city"
    select.offer((("cargo", "Cargo"),))
    assert select.key == "cargo"
    select.offer(())
    assert select.key == ""


def test_a_day_is_told_when_ticked_stepped_and_unticked(look: Look, probe: Probe) -> None:
    field = DayField(look, "Needed by", "Needed by")
    heard: list[date | None] = []
    field.changed.connect(heard.append)
    probe.show(field, 300, 40)
    field.show_day(None, earliest=MONDAY, usual=date(2026, 6, 8))
    assert heard == []
    QTest.keyClick(field._box, Qt.Key.Key_Space)
    QTest.keyClick(field._edit, Qt.Key.Key_Up)
    QTest.keyClick(field._box, Qt.Key.Key_Space)
    assert heard[0] == date(2026, 6, 8)
    assert heard[1] is not None
    assert heard[1] > date(2026, 6, 8)
    assert heard[-1] is None
    field.show_day(date(2026, 6, 3), earliest=MONDAY, usual=MONDAY)
    assert field.day == date(2026, 6, 3)
    assert len(heard) == 3


def test_scrolling_past_a_day_changes_nothing_and_tab_leaves_it(look: Look, probe: Probe) -> None:
    holder = QWidget()
    lines = column(look, holder)
    first, second = DayField(look, "Needed by", "Needed by"), DayField(look, "Answers by", "Answers by")
    for field in (first, second):
        field.show_day(MONDAY, earliest=MONDAY, usual=MONDAY)
        lines.addWidget(field)
    probe.show(holder, 300, 100)
    wheel_over(first._edit)
    assert first.day == MONDAY
    first._box.setFocus()
    assert tab_order(holder) == [first._box, first._edit, second._box, second._edit]


def test_exact_text_is_shown_and_copied_letter_by_letter(look: Look, probe: Probe) -> None:
    box = CodeBox(look, "Exactly what leaves")
    holder = QWidget()
    lines = column(look, holder)
    lines.addWidget(box)
    lines.addStretch(1)
    probe.show(holder, 240, 400)
    text = '{"area":{"country":"DE"},"' + "x" * 300 + '":"<b>"}'
    box.show_text(text)
    probe.settle()
    high = box.height()
    box.selectAll()
    assert box.textCursor().selectedText() == text
    assert box.isReadOnly()
    holder.resize(480, 400)
    probe.settle()
    assert box.height() < high
    box.show_text("y" * 9000)
    assert len(box.toPlainText()) == 8000


def test_points_are_replaced_only_when_they_are_others(look: Look, probe: Probe) -> None:
    points = Points(look)
    probe.show(points, 300, 100)
    points.show_points(["One", "Two"])
    probe.settle()
    before = points.children()
    points.show_points(["One", "Two"])
    assert points.children() == before
    points.show_points(["<i>Three</i>"])
    probe.settle()
    assert texts(points) == ["•", "<i>Three</i>"]


def test_a_code_is_drawn_on_white_in_the_dark_too(look: Look, probe: Probe) -> None:
    code = QrCode(look, "Code to pay")
    holder = QWidget()
    column(look, holder).addWidget(code)
    look.choose(ThemeChoice.DARK)
    probe.show(holder, 300, 300)
    assert not code.isVisible()
    code.show_code(ORDER.code)
    probe.settle()
    image = code.grab().toImage()
    colours = {image.pixelColor(x, image.height() // 2).name() for x in range(4, image.width() - 4)}
    assert {"#ffffff", "#000000"} <= colours
    code.show_code(b"")
    assert not code.isVisible()


def test_every_module_of_a_code_is_the_same_whole_number_of_pixels(look: Look, probe: Probe) -> None:
    code = QrCode(look, "Code to pay")
    probe.show(code, 300, 300)
    code.show_code(ORDER.code)
    probe.settle()
    image = code.grab().toImage()
    dark = [
        [image.pixelColor(x, y).lightness() < 128 for x in range(10, image.width() - 10)]
        for y in range(10, image.height() - 10)
    ]
    runs = {len(list(group)) for row in (*dark, *zip(*dark, strict=True)) for black, group in groupby(row) if black}
    module = min(runs)
    assert module >= 3
    assert all(run % module == 0 for run in runs)


def test_what_is_out_of_sight_while_rebuilt_comes_back_as_it_was(look: Look, probe: Probe) -> None:
    part = QWidget()
    probe.show(part, 100, 100)
    with rebuilding(part):
        assert part.isHidden()
    assert not part.isHidden()
    part.hide()
    with rebuilding(part):
        pass
    assert part.isHidden()


def test_a_slider_that_was_not_moved_keeps_its_exact_weight(look: Look) -> None:
    before = Weights(cost=6, date=3, care=2, privacy=3)
    sliders = sliders_of(before)
    assert weights_of(sliders, before) == before
    moved = WeightSlider(look, sliders[0])
    moved.show_level(4)
    assert weights_of((moved.weight, *sliders[1:]), before) == Weights(cost=10, date=3, care=2, privacy=3)


def test_when_nothing_would_matter_there_is_no_answer(look: Look) -> None:
    only = Weights(cost=4, date=0, care=0, privacy=0)
    slider = WeightSlider(look, sliders_of(only)[0])
    slider.show_level(0)
    assert weights_of((slider.weight,), only) is None
