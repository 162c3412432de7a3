"""What a widget does where there is too little room: it goes on below or ends in dots, and is never merely cut."""

from PySide6.QtWidgets import QWidget

from tests.fakes.ui_probes import Probe, accessible_name
from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.chip import FilterChip
from vrm_desktop.ui.widgets.data_table import DataTable
from vrm_desktop.ui.widgets.flow import Flow
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.ui.widgets.quoted_text import QuotedText
from vrm_desktop.ui.widgets.select import Select

LONG = "Open all offers together when the day for answers is over & tell me <b>so</b>"


def test_a_choice_too_long_for_its_field_ends_in_dots_and_keeps_its_whole_label(look: Look, probe: Probe) -> None:
    select = Select(look, [("nw", "North Rhine-Westphalia")])
    probe.show(select, 120, 40)
    assert select.shown_text.endswith("…")
    assert select.shown_text[:-1] in "North Rhine-Westphalia"
    assert select.currentText() == "North Rhine-Westphalia"
    select.resize(400, 40)
    assert select.shown_text == "North Rhine-Westphalia"


def test_the_words_of_a_box_go_on_below_where_they_do_not_fit_and_stay_the_same_words(look: Look, probe: Probe) -> None:
    holder = QWidget()
    lines = column(look, holder)
    box = CheckBox(look, LONG)
    lines.addWidget(box)
    lines.addStretch(1)
    probe.show(holder, 300, 300)
    words = box.text()
    one_line = CheckBox(look, "Short").sizeHint().height()
    assert box.height() == box.heightForWidth(300) > one_line
    assert words.replace("&&", "&") == LONG
    assert " ".join(accessible_name(box).split()) == LONG
    probe.show(holder, 900, 300)
    assert box.height() == one_line
    box.setText("Short")
    probe.settle()
    assert (box.text(), box.minimumSizeHint()) == ("Short", box.sizeHint())


def test_where_a_table_is_narrow_names_end_in_dots_before_days_and_states_do(look: Look, probe: Probe) -> None:
    columns = (
        Column(key="name", title="Name", narrowest=16, widest=60, stretches=True),
        Column(key="state", title="State", narrowest=8, widest=40),
        Column(key="day", title="Day", narrowest=8, widest=40),
    )
    row = Row(
        id="a",
        cells=(
            Cell(main="A name that is far too long to be shown whole beside all the rest of it"),
            Cell(main="Offer, confirmed by you", tone=Tone.GOOD),
            Cell(main="Mon, 23 Nov 2026, 09:30"),
        ),
    )
    table = DataTable(look, "Mails", columns)
    table.show_rows([row])
    probe.show(table, 560, 300)
    widths = [table.columnWidth(at) for at in range(3)]
    wanted = [table.sizeHintForColumn(at) for at in range(3)]
    assert widths[0] < wanted[0]
    assert widths[1] >= wanted[1]
    assert widths[2] >= wanted[2]
    probe.show(table, 320, 300)
    assert table.columnWidth(0) <= look.steps(16) + 1
    assert table.columnWidth(1) < wanted[1]


def test_what_wraps_stands_in_the_middle_of_its_line_and_hangs_under_what_began(look: Look, probe: Probe) -> None:
    holder = QWidget()
    flow = Flow(look, holder, hang=3)
    chip, button, last = FilterChip(look, "Binding"), Button(look, "Public prices"), Button(look, "Long enough to wrap")
    for widget in (chip, button, last):
        flow.addWidget(widget)
    probe.show(holder, chip.sizeHint().width() + button.sizeHint().width() + look.steps(2), 200)
    assert abs(chip.geometry().center().y() - button.geometry().center().y()) <= 1
    assert last.y() >= max(chip.geometry().bottom(), button.geometry().bottom())
    assert (chip.x(), last.x()) == (0, look.steps(3))


def test_a_long_text_keeps_room_for_some_of_its_lines_however_low_the_window(look: Look, probe: Probe) -> None:
    holder = QWidget()
    lines = column(look, holder)
    text = QuotedText(look, "The text of the mail", lines=8)
    text.show_text("Hello\n" * 40)
    lines.addWidget(text)
    probe.show(holder, 400, 60)
    assert text.height() >= 8 * text.fontMetrics().lineSpacing()
