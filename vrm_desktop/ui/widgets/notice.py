"""A notice inside a page: what is the matter and what to do, in a tone. Stays as long as it is true."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel, restyle
from vrm_desktop.ui.widgets.layouts import column, row

TONE_ICONS = {
    Tone.NEUTRAL: Icon.INFO,
    Tone.ACCENT: Icon.INFO,
    Tone.GOOD: Icon.CIRCLE_CHECK,
    Tone.CAUTION: Icon.TRIANGLE_ALERT,
    Tone.BAD: Icon.CIRCLE_ALERT,
}


class Notice(QFrame):
    """Hidden until it says something."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._tone = look, Tone.NEUTRAL
        self.setProperty("kind", "message")
        self._mark = PlainLabel()
        self._title = PlainLabel(kind=LabelKind.STRONG, wrap=True)
        self._advice = PlainLabel(wrap=True)
        line = row(look, self, gap=1.5, margins=1.5)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        words = column(look, gap=0.5)
        words.addWidget(self._title)
        words.addWidget(self._advice)
        line.addLayout(words, 1)
        look.changed.connect(self._redraw)
        self.hide()

    def say(self, title: str, advice: str = "", tone: Tone = Tone.NEUTRAL) -> None:
        """Show a title and, under it, what to do."""
        self._tone = tone
        self._title.setText(title)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self.setAccessibleName(f"{title} {advice}".strip())
        restyle(self, tone=tone.value)
        for label in (self._title, self._advice):
            restyle(label)
        self._redraw()
        self.show()

    def _redraw(self) -> None:
        side = self._look.metrics.icon
        self._mark.setPixmap(
            self._look.pixmap(TONE_ICONS[self._tone], self._tone.value, side, self.devicePixelRatioF())
        )
