"""What is odd about a mail, one thing after the other, each to be confirmed by itself."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.ui.models.mails_view import WarningLine
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel, restyle
from vrm_desktop.ui.widgets.layouts import column, rebuilding, row
from vrm_desktop.ui.widgets.notice import TONE_ICONS
from vrm_desktop.wording.catalogue import _


class MailWarnings(Card):
    """`changed` when one more, or one less, is confirmed. Hidden while nothing is odd."""

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Look at this before you believe it"), gap=1.25, parent=parent)
        self._look = look
        self.boxes: dict[str, CheckBox] = {}
        self._shown: tuple[tuple[WarningLine, ...], bool] = ((), False)
        self._lines = column(look, gap=1)
        self.body.addLayout(self._lines)
        look.changed.connect(self._fill)
        self.hide()

    @property
    def seen(self) -> tuple[str, ...]:
        """The keys of those that are confirmed."""
        return tuple(key for key, box in self.boxes.items() if box.isChecked())

    @property
    def open(self) -> int:
        """How many are not confirmed yet."""
        return len(self.boxes) - len(self.seen)

    def show_warnings(self, warnings: Sequence[WarningLine], *, asks: bool) -> None:
        """Show these; `asks`: each has a box to tick. What is ticked stays while they are the same."""
        if (tuple(warnings), asks) != self._shown:
            self._shown = (tuple(warnings), asks)
            self.boxes = {}
            self._fill()
        self.setVisible(bool(warnings))

    def _fill(self) -> None:
        ticked = self.seen
        warnings, asks = self._shown
        with rebuilding(self):
            while (item := self._lines.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            self.boxes = {}
            for warning in warnings:
                self._lines.addWidget(self._line(warning, asks=asks, ticked=warning.key in ticked))

    def _line(self, warning: WarningLine, *, asks: bool, ticked: bool) -> QWidget:
        look, made = self._look, QWidget()
        mark, words = PlainLabel(), PlainLabel(warning.words, kind=LabelKind.BODY, wrap=True)
        side = look.metrics.icon
        mark.setPixmap(look.pixmap(TONE_ICONS[warning.tone], warning.tone.value, side, self.devicePixelRatioF()))
        if warning.tone is Tone.BAD:
            restyle(words, kind=LabelKind.STRONG.value)
        line = row(look, made, gap=1.5)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(words, 1)
        if asks:
            box = CheckBox(look, _("I have looked at this"))
            box.setAccessibleDescription(warning.words)
            box.setChecked(ticked)
            box.toggled.connect(lambda _on: self.changed.emit())
            self.boxes[warning.key] = box
            line.addWidget(box, 0, Qt.AlignmentFlag.AlignVCenter)
        return made
