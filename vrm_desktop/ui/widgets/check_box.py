"""A check box whose tick is drawn in the theme's colours, and whose words go on below where they are too long."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.plain_text import button_text

_NARROWEST = 32


class CheckBox(QCheckBox):
    """On or off, with words beside it. `text()` is what was said, however many lines it takes."""

    def __init__(self, look: Look, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._words = look, ""
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setText(text)

    def text(self) -> str:
        """The words, on one line."""
        return self._words

    def setText(self, text: str) -> None:
        """Say something else."""
        self._words = button_text(text)
        self._break()

    def sizeHint(self) -> QSize:
        """As wide as all words on one line, as high as the lines that they take now."""
        return QSize(self._size(self._words).width(), self._size(super().text()).height())

    def minimumSizeHint(self) -> QSize:
        """Long words may be broken; short ones never are."""
        hint = self.sizeHint()
        return QSize(min(hint.width(), self._look.steps(_NARROWEST)), hint.height())

    def hasHeightForWidth(self) -> bool:
        """The height follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at this width."""
        return self._size(self._broken(width)).height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew."""
        super().resizeEvent(event)
        self._break()

    def _break(self) -> None:
        broken = self._broken(self.width())
        if broken != super().text():
            super().setText(broken)
            self.updateGeometry()

    def _broken(self, width: int) -> str:
        """The words with a line's end wherever the next word would not fit."""
        lines: list[str] = []
        for word in self._words.split(" "):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self._size(longer).width() > width:
                lines.append(word)
            else:
                lines[-1:] = [longer]
        return "\n".join(lines)

    def _size(self, text: str) -> QSize:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = text
        words = self.fontMetrics().size(0, text.replace("&&", "&"))
        return self.style().sizeFromContents(QStyle.ContentsType.CT_CheckBox, option, words, self)

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
