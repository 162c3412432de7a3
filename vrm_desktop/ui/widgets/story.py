"""What happened, day by day: a time and a sentence on each line."""

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from vrm_desktop.ui.models.relationship_view import StoryLine
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import on_grid

_MOST = 200


class Story(QWidget):
    """The lines in the order given, under a heading for each day; beyond two hundred only the newest."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(1, 1)
        on_grid(look, self._grid, gap=0.75)
        self._shown: tuple[StoryLine, ...] | None = None

    def show_story(self, lines: Sequence[StoryLine]) -> None:
        """Replace what is shown."""
        if self._shown == tuple(lines):
            return
        self._shown = tuple(lines)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        at = 0
        for day, happened in groupby(lines[-_MOST:], key=lambda line: line.day):
            self._grid.addWidget(PlainLabel(day, kind=LabelKind.OVERLINE), at, 0, 1, 2)
            at += 1
            for line in happened:
                self._line(line, at)
                at += 1

    def _line(self, line: StoryLine, at: int) -> None:
        time = PlainLabel(line.time, kind=LabelKind.MUTED)
        kind = LabelKind.BODY if line.tone is Tone.NEUTRAL else LabelKind.TONED
        words = PlainLabel(line.text, kind=kind, wrap=True, selectable=True, cap=4000)
        words.set_tone(line.tone)
        words.setAccessibleName(f"{line.time} {line.text}")
        self._grid.addWidget(time, at, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(words, at, 1, Qt.AlignmentFlag.AlignTop)
