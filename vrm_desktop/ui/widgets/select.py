"""A choice from a list that is too long for a segmented control. Its arrow is drawn in the theme's colours."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListView,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.plain_text import one_line

_LONGEST = 60


class Select(QComboBox):
    """`options` are (key, label) pairs. `chosen` carries the key when the person chose, not when one is shown."""

    chosen = Signal(str)

    def __init__(
        self, look: Look, options: Sequence[tuple[str, str]] = (), *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(name)
        self.setView(QListView(self))
        self.setMaxVisibleItems(14)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._options: tuple[tuple[str, str], ...] = ()
        self.offer(options)
        self.activated.connect(self._tell)

    @property
    def key(self) -> str:
        """The key of what is chosen, "" when there is nothing to choose."""
        return str(self.currentData() or "")

    def offer(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer these instead; what was chosen stays chosen if it is among them, else the first is."""
        if tuple(options) == self._options:
            return
        before, self._options = self.key, tuple(options)
        self.clear()
        for key, label in self._options:
            self.addItem(one_line(label, _LONGEST), key)
        self.choose(before)

    def choose(self, key: str) -> None:
        """Choose without telling; an unknown key chooses the first."""
        self.setCurrentIndex(max(0, self.findData(key)))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling the page over a closed list does not change it."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style sheet's field with its text, shortened with dots where it is too long, and our arrow on it."""
        if self.isEditable():
            super().paintEvent(event)
        else:
            self._paint_field()
        side = self._look.steps(2)
        token = "muted" if self.isEnabled() else "disabled"
        arrow = self._look.pixmap(Icon.CHEVRON_DOWN, token, side, self.devicePixelRatioF())
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self._look.steps(1) if mirrored else self.width() - side - self._look.steps(1)
        painter = QPainter(self)
        painter.drawPixmap(left, (self.height() - side) // 2, arrow)
        painter.end()

    @property
    def shown_text(self) -> str:
        """What of the chosen label is in sight: all of it, or its beginning with dots."""
        return self._option().currentText

    def _option(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self).width()
        option.currentText = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        return option

    def _paint_field(self) -> None:
        option, painter = self._option(), QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def _tell(self) -> None:
        self.chosen.emit(self.key)
