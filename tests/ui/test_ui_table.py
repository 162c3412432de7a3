"""The table: its own order and filter, fast, walked by keyboard, spoken with the column's name."""

import time

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest

from tests.fakes.ui_probes import Probe
from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import ThemeChoice, Tone
from vrm_desktop.ui.widgets.data_table import DataTable
from vrm_desktop.ui.widgets.rows_model import CELL_ROLE, RowsModel

COLUMNS = (
    Column(key="name", title="Name", stretches=True),
    Column(key="total", title="Total", right=True),
    Column(key="asks", title="Want to know"),
)


def row(row_id: str, total: int | None, *, tone: Tone | None = None, name: str = "") -> Row:
    shown = "–" if total is None else f"€{total}.00"
    return Row(
        id=row_id,
        cells=(
            Cell(main=name or f"Vendor {row_id}", sub="binding", order=row_id),
            Cell(main=shown, strong=True, order=total),
            Cell(main="Nothing", tone=tone),
        ),
    )


ROWS = (row("a", 30), row("b", None), row("c", 10, tone=Tone.GOOD), row("d", 20), row("e", 10))


@pytest.fixture
def table(look: Look, probe: Probe) -> DataTable:
    made = DataTable(look, "Offers", COLUMNS)
    made.show_rows(ROWS)
    probe.show(made, 700, 400)
    return made


def click_header(table: DataTable, column: int) -> None:
    header = table.horizontalHeader()
    spot = header.viewport().rect().topLeft()
    spot.setX(header.sectionViewportPosition(column) + 20)
    spot.setY(header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def order(table: DataTable) -> tuple[str | None, str]:
    return table.sorted_by, "".join(table.shown_ids)


def chosen(table: DataTable) -> str | None:
    return table.chosen_id


def test_rows_keep_the_order_given_until_a_header_is_clicked(table: DataTable) -> None:
    assert order(table) == (None, "abcde")
    click_header(table, 1)
    assert order(table) == ("total", "cedab")
    click_header(table, 1)
    assert order(table) == ("total", "adceb")
    click_header(table, 1)
    assert order(table) == (None, "abcde")


def test_the_chosen_row_stays_chosen_when_rows_are_sorted_filtered_or_replaced(table: DataTable) -> None:
    table.choose("d")
    click_header(table, 1)
    assert chosen(table) == "d"
    table.keep(lambda shown: shown.id in "de")
    assert (chosen(table), table.shown_ids) == ("d", ("e", "d"))
    table.keep(None)
    table.show_rows(ROWS[::-1])
    assert chosen(table) == "d"
    table.show_rows(ROWS[:2])
    assert chosen(table) is None
    table.choose("nobody")
    assert chosen(table) is None


def test_arrow_keys_walk_and_enter_opens(table: DataTable) -> None:
    walked: list[str] = []
    opened: list[str] = []
    table.row_chosen.connect(walked.append)
    table.row_opened.connect(opened.append)
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    table.choose_first()
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert walked == ["a", "b"]
    assert opened == ["b"]


def test_a_double_click_opens(table: DataTable) -> None:
    opened: list[str] = []
    table.row_opened.connect(opened.append)
    spot = table.visualRect(table.model().index(2, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened == ["c"]


def test_a_screen_reader_hears_the_column_with_each_cell(table: DataTable) -> None:
    model = table.model()
    assert model.index(0, 1).data(int(Qt.ItemDataRole.AccessibleTextRole)) == "Total: €30.00"
    assert model.index(0, 0).data() == "Vendor a, binding"
    assert model.headerData(2, Qt.Orientation.Horizontal) == "Want to know"
    assert model.headerData(2, Qt.Orientation.Vertical) is None
    assert table.accessibleName() == "Offers"


def test_the_model_answers_only_what_it_knows(table: DataTable) -> None:
    model = table.model()
    assert model.index(0, 0).data(int(Qt.ItemDataRole.DecorationRole)) is None
    assert model.headerData(0, Qt.Orientation.Horizontal, int(Qt.ItemDataRole.DecorationRole)) is None
    assert model.index(2, 2).data(CELL_ROLE) == ROWS[2].cells[2]
    assert model.rowCount(model.index(0, 0)) == model.columnCount(model.index(0, 0)) == 0
    assert "&lt;b&gt;" in tooltip(row("x", 1, name="<b>x</b>"))


def tooltip(shown: Row) -> str:
    model = RowsModel(COLUMNS)
    model.show_rows([shown])
    return str(model.data(model.index(0, 0), int(Qt.ItemDataRole.ToolTipRole)))


def test_a_row_without_a_cell_for_each_column_is_refused() -> None:
    with pytest.raises(ValueError, match="one cell for each column"):
        RowsModel(COLUMNS).show_rows([Row(id="a", cells=(Cell(main="x"),))])


def test_figures_stand_on_the_right(table: DataTable) -> None:
    alignment = int(Qt.ItemDataRole.TextAlignmentRole)
    assert int(table.model().index(0, 1).data(alignment)) & int(Qt.AlignmentFlag.AlignRight)
    assert int(table.model().index(0, 0).data(alignment)) & int(Qt.AlignmentFlag.AlignLeft)
    assert int(table.model().headerData(1, Qt.Orientation.Horizontal, alignment)) & int(Qt.AlignmentFlag.AlignRight)


def test_the_focused_row_looks_focused_and_the_chosen_row_chosen(table: DataTable, probe: Probe) -> None:
    table.clearFocus()
    plain = table.viewport().grab().toImage()
    table.choose("c")
    picked = table.viewport().grab().toImage()
    table.setFocus()
    probe.settle()
    focused = table.viewport().grab().toImage()
    assert plain != picked
    assert picked != focused


def test_columns_share_the_room_and_no_more_when_there_is_enough(table: DataTable, probe: Probe) -> None:
    header = table.horizontalHeader()
    assert abs(header.length() - table.viewport().width()) <= 1
    table.resize(150, 400)
    probe.settle()
    narrowest = [header.sectionSize(at) for at in range(3)]
    assert all(size >= 8 * 8 for size in narrowest)
    assert header.length() > table.viewport().width()


def test_rows_grow_with_the_text(table: DataTable, look: Look, probe: Probe) -> None:
    before = table.verticalHeader().defaultSectionSize()
    look.choose(ThemeChoice.LIGHT, 1.6)
    probe.settle()
    assert table.verticalHeader().defaultSectionSize() >= before * 1.4
    assert table.sizeHint().height() >= before * 3 * 1.4


def test_sorting_a_hundred_thousand_rows_costs_little_more_than_sorting_a_list() -> None:
    rows = [row(str(number), (number * 7919) % 100_003) for number in range(100_000)]
    model = RowsModel(COLUMNS)
    model.show_rows(rows)
    began = time.process_time()
    plain = sorted(range(len(rows)), key=lambda at: rows[at].cells[1].order)  # type: ignore[arg-type,return-value]
    between = time.process_time()
    model.sort(1)
    ended = time.process_time()
    assert [model.row_at(at).id for at in range(5)] == [str(at) for at in plain[:5]]
    assert (ended - between) <= 6 * (between - began) + 0.05
    assert model.rowCount(QModelIndex()) == 100_000
