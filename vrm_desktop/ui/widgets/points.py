"""A list of points, each with its text beside the dot also when it wraps."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, rebuilding, row


class Points(QWidget):
    """Short sentences under each other."""

    def __init__(self, look: Look, kind: LabelKind = LabelKind.BODY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._kind = look, kind
        self._shown: tuple[str, ...] = ()
        self._lines = column(look, self, gap=0.5)

    def show_points(self, points: Sequence[str]) -> None:
        """Replace what is shown."""
        if tuple(points) == self._shown:
            return
        self._shown = tuple(points)
        with rebuilding(self):
            self._fill()

    def _fill(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for point in self._shown:
            whole = QWidget()
            line = row(self._look, whole, gap=1)
            line.addWidget(PlainLabel("•", kind=self._kind), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(PlainLabel(point, kind=self._kind, wrap=True, cap=400), 1)
            self._lines.addWidget(whole)
