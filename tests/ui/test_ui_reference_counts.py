"""Qt's binding must not lose references: one release dropped a reference to None or True at each call, and aborted."""

import gc
import sys

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal

from vrm_desktop.ui.models.rows import Cell, Column, Row
from vrm_desktop.ui.widgets.rows_model import RowsModel

_CALLS = 2000
_DRIFT = 50


class Sender(QObject):
    sent = Signal(bool)


def _counts() -> tuple[int, int, int]:
    return sys.getrefcount(None), sys.getrefcount(True), sys.getrefcount(False)


def test_thousands_of_calls_leave_the_counts_of_the_constants_where_they_were() -> None:
    sender = Sender()
    heard: list[bool] = []
    sender.sent.connect(lambda value: heard.append(value) if not heard else None)
    model = RowsModel((Column(key="a", title="A"),))
    model.show_rows([Row(id="1", cells=(Cell(main="x"),))])
    index, role = model.index(0, 0, QModelIndex()), int(Qt.ItemDataRole.DecorationRole)
    gc.collect()
    gc.disable()  # whatever else is collected meanwhile gives its own references back
    try:
        before = _counts()
        for _call in range(_CALLS):
            sender.setObjectName("a")
            sender.sent.emit(True)
            sender.blockSignals(False)
            index.data(role)
        drift = [after - was for after, was in zip(_counts(), before, strict=True)]
    finally:
        gc.enable()
    assert all(abs(change) < _DRIFT for change in drift), drift
