"""What comes next with one counterparty: its dates from the agenda, on the page of its file. Only shows."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.models.agenda_view import AgendaLine
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.dates import Dates
from vrm_desktop.ui.widgets.layouts import column, rebuilding
from vrm_desktop.wording.catalogue import _


class NextCard(Card):
    """`ticked` carries an `AgendaLine`. Without any date it is not there."""

    ticked = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("What comes next"), gap=1.25, parent=parent)
        self._look = look
        self._shown: tuple[AgendaLine, ...] | None = None
        self._whole = QWidget()
        self._lines = column(look, self._whole)
        self.body.addWidget(self._whole)

    def show_dates(self, lines: tuple[AgendaLine, ...]) -> None:
        """Show these."""
        self.setVisible(bool(lines))
        if lines == self._shown:
            return
        self._shown = lines
        with rebuilding(self._whole):
            while (item := self._lines.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            dates = Dates(self._look, lines)
            dates.ticked.connect(self.ticked)
            self._lines.addWidget(dates)
