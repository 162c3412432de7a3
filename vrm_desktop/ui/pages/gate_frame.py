"""What every screen before the open vault shares: one card in the middle, with a heading, a notice and a column."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.scroller import Scroller

_CARD_WIDTH = 56


class GateFrame(QWidget):
    """`body` is the card's column, under the title, the sentence and the notice.

    The keyboard begins at `first_field()`. A focus proxy would do, but Tab then leaves out what stands before it.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.setProperty("kind", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._mark = PlainLabel()
        self.heading = PlainLabel(kind=LabelKind.TITLE, wrap=True)
        self.sentence = PlainLabel(kind=LabelKind.MUTED, wrap=True)
        self.notice = Notice(look)
        self._card = Card(look, gap=2, margins=4)
        self.body = self._card.body
        head = row(look, gap=1.5)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.heading, 1)
        self.body.addLayout(head)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.notice)
        inside = QWidget()
        around = column(look, inside, margins=3)
        around.addStretch(1)
        middle = row(look)
        middle.addStretch(1)
        middle.addWidget(self._card, 100)
        middle.addStretch(1)
        around.addLayout(middle)
        around.addStretch(1)
        column(look, self).addWidget(Scroller(inside))
        look.changed.connect(self._draw)
        self._draw()

    def first_field(self) -> QWidget:
        """Where the keyboard begins."""
        return self

    def _draw(self) -> None:
        self._card.setMaximumWidth(self.look.steps(_CARD_WIDTH))
        side = self.look.steps(3.5)
        self._mark.setPixmap(self.look.pixmap(Icon.MARK, "accent", side, self.devicePixelRatioF()))
