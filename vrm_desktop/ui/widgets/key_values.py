"""Label and value under each other, for facts that are read and not edited."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, on_grid, rebuilding

_ACROSS = 1.5  # steps of the grid between a label and its value


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A label and its value, both ready to read."""

    label: str
    value: str


class KeyValues(QWidget):
    """A two-column grid of facts; values can be selected and copied.

    `label_width` in steps of the grid lets several stand under each other with their values in line.
    """

    def __init__(self, look: Look, parent: QWidget | None = None, *, label_width: float = 0) -> None:
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        lines = column(look, self)
        lines.addLayout(self._grid)
        lines.addStretch(1)  # beside something taller, the facts stay together
        on_grid(look, self._grid, gap=0.75)
        self._look, self._label_width = look, label_width
        self._shown: tuple[Fact, ...] = ()
        self._align()
        look.changed.connect(self._align)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Replace what is shown; nothing happens when it is the same."""
        if tuple(facts) == self._shown:
            return
        self._shown = tuple(facts)
        with rebuilding(self):
            self._fill()

    def _fill(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at, fact in enumerate(self._shown):
            label = PlainLabel(fact.label, kind=LabelKind.MUTED, cap=80)
            value = PlainLabel(fact.value, wrap=True, selectable=True)
            value.setAccessibleName(f"{fact.label}: {fact.value}")
            self._grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, at, 1, Qt.AlignmentFlag.AlignTop)

    def _align(self) -> None:
        self._grid.setColumnMinimumWidth(0, self._look.steps(self._label_width))
        self._grid.setHorizontalSpacing(self._look.steps(_ACROSS))
