"""A check box whose tick is drawn in the theme's colours."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QStyle, QStyleOptionButton, QWidget

from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.plain_text import button_text


class CheckBox(QCheckBox):
    """On or off, with words beside it."""

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(button_text(text), parent)
        self._look = look

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style sheet's box, and our tick on it."""
        super().paintEvent(event)
        if self.isChecked():
            option = QStyleOptionButton()
            self.initStyleOption(option)
            box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
            side = min(box.width(), box.height()) - 2
            tick = self._look.pixmap(Icon.CHECK, "on_accent", side, self.devicePixelRatioF())
            painter = QPainter(self)
            painter.drawPixmap(box.center().x() - side // 2 + 1, box.center().y() - side // 2 + 1, tick)
            painter.end()
