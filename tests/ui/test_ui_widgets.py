"""The smaller building blocks, one by one."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from tests.fakes.ui_probes import Probe, accessible_name, texts
from vrm_desktop.ui.models.offers_view import Weight
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole, IconButton
from vrm_desktop.ui.widgets.card import Card, Rule
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.chip import FactChip, FilterChip
from vrm_desktop.ui.widgets.empty_state import EmptyState
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import PlainLabel
from vrm_desktop.ui.widgets.passphrase_edit import PassphraseEdit
from vrm_desktop.ui.widgets.progress_row import Progress, ProgressRow
from vrm_desktop.ui.widgets.scroller import Scroller
from vrm_desktop.ui.widgets.segmented import Segmented
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.ui.widgets.weight_slider import WeightSlider


def test_a_button_is_called_what_it_says(look: Look) -> None:
    assert Button(look, "Meyer & Co", icon=Icon.CHECK).accessibleName() == "Meyer & Co"
    closing = IconButton(look, Icon.X, "Close")
    assert (closing.text(), closing.accessibleName()) == ("", "Close")


@pytest.mark.parametrize("role", ButtonRole)
def test_every_button_shows_that_it_has_the_keyboard(look: Look, probe: Probe, role: ButtonRole) -> None:
    holder = QWidget()
    button, other = Button(look, "Go", role=role, parent=holder), QLineEdit(holder)
    button.setGeometry(10, 10, 120, 40)
    other.setGeometry(10, 60, 120, 40)
    probe.show(holder, 200, 120)
    other.setFocus()
    without = button.grab().toImage()
    button.setFocus()
    probe.settle()
    assert button.grab().toImage() != without


def test_a_filter_that_is_on_shows_a_tick(look: Look) -> None:
    chip = FilterChip(look, "Binding")
    assert chip.icon().isNull()
    chip.click()
    assert not chip.icon().isNull()


def test_a_fact_is_taken_away_with_delete_and_changed_with_a_click(look: Look, probe: Probe) -> None:
    chip = FactChip(look, "54 cm", unsure=True)
    probe.show(chip, 120, 40)
    told: list[str] = []
    chip.removed.connect(lambda: told.append("removed"))
    chip.clicked.connect(lambda: told.append("clicked"))
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    QTest.keyClick(chip, Qt.Key.Key_Space)
    assert told == ["removed", "clicked"]


def test_parts_stand_beside_each_other_only_where_there_is_room(look: Look, probe: Probe) -> None:
    both = SideBySide(look, (QLineEdit(), QLineEdit()))
    probe.show(both, 900, 200)
    assert not both.stacked
    both.resize(500, 200)
    probe.settle()
    first, second = both.findChildren(QLineEdit)
    assert first.geometry().bottom() < second.geometry().top()
    both.resize(900, 200)
    probe.settle()
    assert first.geometry().right() < second.geometry().left()


def test_a_ticked_box_has_a_tick_that_can_be_seen(look: Look, probe: Probe) -> None:
    box = CheckBox(look, "Ask me & wait")
    probe.show(box, 200, 40)
    QTest.keyClick(box, Qt.Key.Key_Space)
    probe.settle()
    inks = {box.grab().toImage().pixelColor(x, y).name() for x in range(30) for y in range(40)}
    assert box.isChecked()
    assert {look.theme.accent, look.theme.on_accent} <= inks


def test_an_empty_list_offers_what_fills_it(look: Look, probe: Probe) -> None:
    state = EmptyState(look, Icon.INBOX, "Nothing here yet.", "Add one", Icon.PLUS)
    probe.show(state, 400, 300)
    told: list[bool] = []
    state.chosen.connect(lambda: told.append(True))
    state.button.click()
    state.say("Still nothing.")
    assert told == [True]
    assert "Still nothing." in texts(state)


def test_one_of_a_few_is_chosen_with_the_arrow_keys(look: Look, probe: Probe) -> None:
    choice = Segmented(look, "Text size", (("small", "Small"), ("large", "Large")))
    probe.show(choice, 300, 60)
    told: list[str] = []
    choice.chosen.connect(told.append)
    first = choice._buttons["small"]
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert choice.key == "large"
    choice.choose("small")
    assert (choice.key, told) == ("small", ["large"])
    with pytest.raises(KeyError):
        choice.choose("huge")
    with pytest.raises(ValueError, match="something to choose"):
        Segmented(look, "Nothing", ())


def test_facts_are_replaced_as_a_whole(look: Look, probe: Probe) -> None:
    shown = KeyValues(look)
    shown.show_facts([Fact(label="Price", value="<i>€1</i>"), Fact(label="Date", value="Fri")])
    probe.show(shown, 300, 100)
    assert texts(shown) == ["Price", "<i>€1</i>", "Date", "Fri"]
    shown.show_facts([Fact(label="Price", value="€2")])
    probe.settle()
    assert texts(shown) == ["Price", "€2"]


def test_progress_moves_on_and_cannot_be_impossible(look: Look, probe: Probe) -> None:
    shown = ProgressRow(look, Progress(title="Radhaus", state="asked", detail="Waiting.", done=1, total=4))
    probe.show(shown, 400, 90)
    shown.show_progress(
        Progress(title="Radhaus", state="declined", detail="Not in stock.", done=4, total=4, tone=Tone.BAD)
    )
    assert texts(shown) == ["Radhaus", "declined", "Not in stock."]
    with pytest.raises(ValueError, match="5 of 4"):
        Progress(title="x", state="x", detail="x", done=5, total=4)


def test_an_error_takes_the_place_of_the_hint_and_is_told_to_screen_readers(look: Look, probe: Probe) -> None:
    field = QLineEdit()
    question = FormRow(look, "Postcode", field, "Five digits.")
    probe.show(question, 300, 120)
    assert accessible_name(field) == "Postcode"
    question.show_error("That is not a postcode.")
    assert question.note == "That is not a postcode."
    assert field.accessibleDescription() == "That is not a postcode."
    assert field.property("invalid") == "true"
    question.show_error("")
    assert (question.note, field.property("invalid")) == ("Five digits.", "false")


def test_the_field_inside_a_field_carries_the_name(look: Look) -> None:
    edit = PassphraseEdit(look)
    question = FormRow(look, "Passphrase", edit)
    assert question.field is edit
    assert accessible_name(edit.findChildren(QLineEdit)[0]) == "Passphrase"


def test_a_weight_is_moved_with_the_keyboard_and_said_in_words(look: Look, probe: Probe) -> None:
    slider = WeightSlider(look, Weight(key="cost", label="Total", level=3))
    probe.show(slider, 160, 90)
    told: list[bool] = []
    slider.changed.connect(lambda: told.append(True))
    QTest.keyClick(slider._slider, Qt.Key.Key_Right)
    assert (slider.weight.level, told) == (4, [True])
    assert "matters most" in texts(slider)
    with pytest.raises(ValueError, match="0 to 4"):
        Weight(key="cost", label="Total", level=5)


def _flow(look: Look, probe: Probe, width: int, *, mirrored: bool = False) -> list[QRect]:
    holder = QWidget()
    if mirrored:
        holder.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    flow = Flow(look, holder)
    chips = [FilterChip(look, f"Choice {number}") for number in range(6)]
    for chip in chips:
        flow.addWidget(chip)
    chips[1].hide()
    probe.show(holder, width, 200)
    assert flow.heightForWidth(width) >= chips[0].height()
    return [chip.geometry() for chip in chips if chip.isVisible()]


def test_chips_wrap_where_the_width_ends(look: Look, probe: Probe) -> None:
    places = _flow(look, probe, 260)
    assert len({place.top() for place in places}) == 3
    assert all(place.right() < 260 for place in places)
    assert not any(one.intersects(other) for one in places for other in places if one != other)


def test_chips_begin_on_the_right_where_people_read_from_the_right(look: Look, probe: Probe) -> None:
    places = _flow(look, probe, 260, mirrored=True)
    assert places[0].right() == 259
    assert places[1].right() < places[0].left()


def test_a_flow_gives_its_items_back(look: Look) -> None:
    holder = QWidget()
    flow = Flow(look, holder)
    flow.addWidget(QLineEdit())
    assert (flow.count(), flow.itemAt(1), flow.takeAt(5)) == (1, None, None)
    assert flow.takeAt(0) is not None
    assert flow.count() == 0
    assert flow.expandingDirections() == Qt.Orientation(0)


def test_wrapped_text_gets_its_height_where_the_window_is_narrow(look: Look, probe: Probe) -> None:
    card = Card(look, "Heading")
    long = PlainLabel("word " * 200, wrap=True)
    card.body.addWidget(long)
    card.body.addWidget(Rule())
    scroller = Scroller(card)
    probe.show(scroller, 300, 200)
    assert long.height() >= long.heightForWidth(long.width())
    long.setText("word " * 390)
    probe.settle()
    assert long.height() >= long.heightForWidth(long.width())
