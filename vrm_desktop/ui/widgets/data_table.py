"""The table of every page: rows by id, sorted by clicking a header, walked with the arrow keys, left with Tab."""

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from vrm_desktop.ui.models.rows import Column, Row
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.cell_delegate import CellDelegate
from vrm_desktop.ui.widgets.rows_model import RowsModel

_MEASURED_ROWS = 200


class DataTable(QTableView):
    """`row_chosen` when another row is selected, `row_opened` on Enter or double click; both carry the row's id."""

    row_chosen = Signal(str)
    row_opened = Signal(str)
    order_changed = Signal()

    def __init__(self, look: Look, name: str, columns: Sequence[Column], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._rows = RowsModel(columns, self)
        self._painter = CellDelegate(look, self)
        self.setModel(self._rows)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self._sort)
        self.selectionModel().selectionChanged.connect(self._tell)
        self._told: str | None = None
        self._least_rows = 3
        self.doubleClicked.connect(self._open)
        self._resize()
        look.changed.connect(self._resize)

    @property
    def chosen_id(self) -> str | None:
        """The id of the selected row."""
        chosen = self.selectionModel().selectedRows()
        return self._rows.row_at(chosen[0].row()).id if chosen else None

    @property
    def shown_ids(self) -> tuple[str, ...]:
        """The ids of all rows shown, from the top."""
        return tuple(self._rows.row_at(at).id for at in range(self._rows.rowCount()))

    @property
    def sorted_by(self) -> str | None:
        """The key of the column that sorts, or None for the order given."""
        section = self.horizontalHeader().sortIndicatorSection()
        return self._rows.columns[section].key if 0 <= section < len(self._rows.columns) else None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace the rows; the selected one stays selected if it is still there."""
        self._keeping_choice(lambda: self._rows.show_rows(rows))
        self._fit_columns()

    def make_room_for(self, rows: int) -> None:
        """Be at least as high as this many rows."""
        if rows != self._least_rows:
            self._least_rows = rows
            self._resize()

    def keep(self, kept: Callable[[Row], bool] | None) -> None:
        """Show only the rows for which `kept` is true, or all."""
        self._keeping_choice(lambda: self._rows.keep(kept))

    def choose(self, row_id: str) -> None:
        """Select the row with this id, if it is shown."""
        place = self._rows.place_of(row_id)
        if place is not None:
            self.selectRow(place)

    def choose_first(self) -> None:
        """Select the top row, if there is one."""
        if self._rows.rowCount():
            self.selectRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the selected row."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen_id is not None:
            self.row_opened.emit(self.chosen_id)
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """The rows there must be room for; a layout that has more gives it."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns the new width."""
        super().resizeEvent(event)
        self._fit_columns()

    def _sort(self, section: int, order: Qt.SortOrder) -> None:
        self._keeping_choice(lambda: self._rows.sort(section, order))
        self.order_changed.emit()

    def _keeping_choice(self, change: Callable[[], None]) -> None:
        chosen = self.chosen_id
        change()
        if chosen is not None:
            self.choose(chosen)

    def _tell(self) -> None:
        chosen = self.chosen_id
        if chosen is not None and chosen != self._told:
            self._told = chosen
            self.row_chosen.emit(chosen)

    def _open(self, index: QModelIndex) -> None:
        self.row_opened.emit(self._rows.row_at(index.row()).id)

    def _resize(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._painter.row_height())
        self.setMinimumHeight(self._painter.row_height() * self._least_rows + self._look.steps(5))
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Each column as wide as its widest cell within its bounds; those that stretch share what is left.

        Where there is too little room, those that stretch give first: half a name still says something, half a day or
        half a state does not.
        """
        look, header = self._look, self.horizontalHeader()
        measured = [self._rows.row_at(at) for at in range(min(self._rows.rowCount(), _MEASURED_ROWS))]
        widths: list[int] = []
        for at, column in enumerate(self._rows.columns):
            title = header.fontMetrics().horizontalAdvance(column.title) + look.steps(4)
            widest = max((self._painter.width_of(row.cells[at]) for row in measured), default=0)
            wanted = max(title, min(widest, look.steps(column.widest)))
            widths.append(max(wanted, look.steps(column.narrowest)))
        least = [look.steps(column.narrowest) for column in self._rows.columns]
        firm = [
            width if not column.stretches else bound
            for column, width, bound in zip(self._rows.columns, widths, least, strict=True)
        ]
        for bounds in (firm, least):
            widths = _squeezed(widths, bounds, self.viewport().width())
        elastic = [at for at, column in enumerate(self._rows.columns) if column.stretches]
        spare = self.viewport().width() - sum(widths)
        if elastic and spare > 0:
            for at in elastic:
                widths[at] += spare // len(elastic)
        for at, width in enumerate(widths):
            header.resizeSection(at, width)


def _squeezed(widths: list[int], narrowest: list[int], room: int) -> list[int]:
    """Take what is too much from the columns in proportion to what each can spare; the rest has to scroll."""
    too_much = sum(widths) - room
    spare = [max(0, width - least) for width, least in zip(widths, narrowest, strict=True)]
    if too_much <= 0 or not any(spare):
        return widths
    share = min(1.0, too_much / sum(spare))
    return [width - math.ceil(extra * share) for width, extra in zip(widths, spare, strict=True)]
