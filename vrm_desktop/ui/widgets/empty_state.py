"""What an empty list says: one sentence, and the one button that fills it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column


class EmptyState(QWidget):
    """An icon, a sentence and a primary button; `chosen` when it is pressed."""

    chosen = Signal()

    def __init__(
        self, look: Look, icon: Icon, sentence: str, action: str, action_icon: Icon, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look, self._icon = look, icon
        self._mark = PlainLabel()
        self._sentence = PlainLabel(sentence, kind=LabelKind.MUTED, wrap=True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = Button(look, action, role=ButtonRole.PRIMARY, icon=action_icon)
        self.button.clicked.connect(self.chosen)
        lines = column(look, self, gap=2, margins=4)
        lines.addStretch(2)
        lines.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addWidget(self._sentence)
        lines.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addStretch(3)
        self._redraw()
        look.changed.connect(self._redraw)

    def say(self, sentence: str) -> None:
        """Another sentence."""
        self._sentence.setText(sentence)

    def _redraw(self) -> None:
        self._mark.setPixmap(self._look.pixmap(self._icon, "muted", self._look.steps(6), self.devicePixelRatioF()))
