"""How far unlocking is: what is done now, a bar where it is counted, and the way to call it off."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from vrm_desktop.ui.models.unlock_view import UnlockView
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel, restyle
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.wording.catalogue import _


class UnlockProgress(QWidget):
    """Out of sight while nothing is being done."""

    stop_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = PlainLabel(kind=LabelKind.MUTED, wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        restyle(self._bar, tone=Tone.ACCENT.value)
        self.stop = Button(look, _("Cancel"))
        self.stop.clicked.connect(self.stop_requested)
        lines = column(look, self, gap=1)
        line = row(look, gap=2)
        line.addWidget(self._words, 1)
        line.addWidget(self.stop)
        lines.addLayout(line)
        lines.addWidget(self._bar)
        self.hide()

    def show_step(self, view: UnlockView) -> None:
        """Show where it stands."""
        self.setVisible(bool(view.step))
        self._words.setText(view.step)
        self.stop.setVisible(view.can_stop)
        self._bar.setVisible(view.of > 0)
        self._bar.setMaximum(max(view.of, 1))
        self._bar.setValue(view.done)
        self._bar.setAccessibleName(view.step)
