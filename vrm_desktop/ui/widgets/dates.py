"""Dates under a heading, one a line: the day, what falls due and with whom, a tick, and the way to its file."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from vrm_desktop.ui.models.agenda_view import AgendaLine
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import IconButton
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, on_grid
from vrm_desktop.wording.catalogue import _

_MOST = 200
_DAY_WIDTH = 17  # steps of the grid: the days of all groups stand under each other
_DOWN = 0.75  # the first line of the words stands level with the buttons beside it


class Dates(QWidget):
    """`ticked` carries a line to be ticked off, or back; `opened` a line whose file or want shall open.

    Of more than two hundred only the first are shown.
    """

    ticked = Signal(object)
    opened = Signal(object)

    def __init__(self, look: Look, lines: tuple[AgendaLine, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        grid = QGridLayout(self)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, look.steps(_DAY_WIDTH))
        on_grid(look, grid, gap=1)
        for at, line in enumerate(lines[:_MOST]):
            self._lay(grid, at, line)

    def _lay(self, grid: QGridLayout, at: int, line: AgendaLine) -> None:
        day = PlainLabel(line.day, kind=LabelKind.TONED if line.tone is not Tone.NEUTRAL else LabelKind.MUTED)
        day.set_tone(line.tone)
        words = QWidget()
        lines = column(self._look, words, gap=0.25, margins=(0, _DOWN, 0, 0))
        lines.addWidget(PlainLabel(line.words, wrap=True, kind=LabelKind.MUTED if line.done else LabelKind.BODY))
        if line.whom:
            lines.addWidget(PlainLabel(line.whom, kind=LabelKind.CAPTION, wrap=True))
        top = Qt.AlignmentFlag.AlignTop
        when = QWidget()
        column(self._look, when, margins=(0, _DOWN, 0, 0)).addWidget(day)
        grid.addWidget(when, at, 0, top)
        grid.addWidget(words, at, 1, top)
        tick = IconButton(
            self._look,
            Icon.UNDO_2 if line.done else Icon.CHECK,
            (_("Not done yet: {what}") if line.done else _("Done: {what}")).format(what=line.words),
        )
        tick.clicked.connect(lambda: self.ticked.emit(line))
        grid.addWidget(tick, at, 2, top)
        if line.file or line.want:
            way = IconButton(self._look, Icon.ARROW_RIGHT, _("Open: {what}").format(what=line.words))
            way.clicked.connect(lambda: self.opened.emit(line))
            grid.addWidget(way, at, 3, top)
