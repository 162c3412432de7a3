"""How much something matters, on a slider with five stops, each said in words."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from vrm_desktop.ui.models.offers_view import MAX_WEIGHT, Weight
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column
from vrm_desktop.wording.catalogue import _

_WIDTH = 18


class WeightSlider(QWidget):
    """`changed` comes when the person has moved it, not when a value is shown."""

    changed = Signal()

    def __init__(self, look: Look, weight: Weight, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._weight = look, weight
        self._label = PlainLabel(weight.label, kind=LabelKind.STRONG, cap=40)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, MAX_WEIGHT)
        self._slider.setPageStep(1)
        self._slider.setValue(weight.level)
        self._word = PlainLabel(kind=LabelKind.CAPTION)
        self._label.setBuddy(self._slider)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._slider)
        lines = column(look, self, gap=0.25)
        for part in (self._label, self._slider, self._word):
            lines.addWidget(part)
        self._say()
        self._slider.valueChanged.connect(self._moved)

    @property
    def weight(self) -> Weight:
        """The weight as it stands now."""
        return Weight(key=self._weight.key, label=self._weight.label, level=self._slider.value())

    def show_level(self, level: int) -> None:
        """Show another level without telling."""
        with QSignalBlocker(self._slider):
            self._slider.setValue(level)
        self._say()

    def sizeHint(self) -> QSize:
        """As wide as the others beside it, or as its label needs."""
        hint = super().sizeHint()
        return QSize(max(hint.width(), self._look.steps(_WIDTH)), hint.height())

    def _moved(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        words = (_("does not matter"), _("matters a little"), _("matters"), _("matters a lot"), _("matters most"))
        word = words[self._slider.value()]
        self._word.setText(word)
        self._slider.setAccessibleName(self._weight.label)
        self._slider.setAccessibleDescription(word)
