"""A short list of what was said and what became of it: a line each, a state beside it, answers under it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.models.claims_view import ClaimLine
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Rule
from vrm_desktop.ui.widgets.labels import LabelKind, Pill, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, rebuilding, row


class ClaimList(QWidget):
    """`opened` carries the id of a line; where `opens` is empty, lines have no button."""

    opened = Signal(str)

    def __init__(self, look: Look, opens: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._opens = look, opens
        self._lines = column(look, self, gap=1.25)
        self._shown: tuple[ClaimLine, ...] = ()

    def show_lines(self, lines: Sequence[ClaimLine]) -> None:
        """Show these; nothing happens when they are the same."""
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        with rebuilding(self):
            while (item := self._lines.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            for number, line in enumerate(self._shown):
                if number:
                    self._lines.addWidget(Rule())
                self._lines.addWidget(self._line(line))

    def _line(self, line: ClaimLine) -> QWidget:
        made = QWidget()
        lines = column(self._look, made, gap=0.5)
        head = row(self._look, gap=1.5)
        head.addWidget(PlainLabel(line.what, wrap=True), 1)
        state = Pill(line.standing)
        state.set_tone(line.tone)
        head.addWidget(state)
        if self._opens and line.opens:
            look_at = Button(self._look, self._opens, role=ButtonRole.QUIET)
            look_at.clicked.connect(lambda: self.opened.emit(line.id))
            head.addWidget(look_at)
        lines.addLayout(head)
        for told in line.told:
            lines.addWidget(PlainLabel(told, kind=LabelKind.CAPTION, wrap=True, selectable=True))
        return made
