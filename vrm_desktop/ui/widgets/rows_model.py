"""The model behind every table: rows as given, and an index list of its own for order and filter.

Never a QSortFilterProxyModel: over a Python model it needs seconds where an index list needs milliseconds.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.widgets.plain_text import one_line, tip

# Roles as plain integers: looking up a member of a Qt enum in `data` costs more than everything else there.
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_TOOL_TIP = int(Qt.ItemDataRole.ToolTipRole)
_ALIGNMENT = int(Qt.ItemDataRole.TextAlignmentRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class RowsModel(QAbstractTableModel):
    """Rows in the order given until `sort`; `keep` hides those that do not fit."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()
        self._texts: dict[int, tuple[str, ...]] = {}
        self._order: list[int] = []
        self._kept: Callable[[Row], bool] | None = None
        self._sorted: tuple[int, bool] | None = None

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace all rows, keeping the order and the filter chosen.

        Raises:
            ValueError: a row has not one cell for each column.
        """
        if any(len(row.cells) != len(self.columns) for row in rows):
            raise ValueError("a row has one cell for each column")
        self.beginResetModel()
        self._rows = tuple(rows)
        self._texts.clear()
        self._arrange()
        self.endResetModel()

    def keep(self, kept: Callable[[Row], bool] | None) -> None:
        """Show only the rows for which `kept` is true, or all."""
        self.beginResetModel()
        self._kept = kept
        self._arrange()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is the order given. Ties keep the order given, missing values come last."""
        self.beginResetModel()
        self._sorted = (column, order is Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._arrange()
        self.endResetModel()

    def row_at(self, index: int) -> Row:
        """The row shown at `index`."""
        return self._rows[self._order[index]]

    def place_of(self, row_id: str) -> int | None:
        """Where the row with this id is shown, or None."""
        return next((at for at, row in enumerate(self._order) if self._rows[row].id == row_id), None)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = _DISPLAY) -> object:
        """What the view asks for, and nothing else."""
        if role == CELL_ROLE:
            return self._rows[self._order[index.row()]].cells[index.column()]
        if role == _DISPLAY:
            return self._display(self._order[index.row()])[index.column()]
        if role == _ALIGNMENT:
            return _RIGHT if self.columns[index.column()].right else _LEFT
        if role == _SPOKEN:
            return f"{self.columns[index.column()].title}: {self._display(self._order[index.row()])[index.column()]}"
        if role == _TOOL_TIP:
            return tip(self._display(self._order[index.row()])[index.column()])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> object:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _DISPLAY:
            return self.columns[section].title
        if role == _ALIGNMENT:
            return _RIGHT if self.columns[section].right else _LEFT
        return None

    def _display(self, at: int) -> tuple[str, ...]:
        found = self._texts.get(at)
        if found is None:
            found = self._texts[at] = tuple(_text(cell) for cell in self._rows[at].cells)
        return found

    def _arrange(self) -> None:
        rows, kept = self._rows, self._kept
        order = [at for at, row in enumerate(rows) if kept is None or kept(row)]
        if self._sorted is not None:
            column, backwards = self._sorted
            keys = [row.cells[column].order for row in rows]
            known = [at for at in order if keys[at] is not None]
            known.sort(key=lambda at: keys[at], reverse=backwards)  # type: ignore[arg-type,return-value]
            order = known + [at for at in order if keys[at] is None]
        self._order = order


def _text(cell: Cell) -> str:
    return one_line(f"{cell.main}, {cell.sub}" if cell.sub else cell.main, 400)
