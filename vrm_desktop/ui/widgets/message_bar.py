"""The message bar: says what happened and offers the way back. Instead of question boxes."""

from collections import deque

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QWidget

from vrm_desktop.ui.models.message import Message
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole, IconButton
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel, restyle
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.notice import TONE_ICONS
from vrm_desktop.wording.catalogue import _

_MOST_WAITING = 20


class MessageBar(QFrame):
    """Shows one message at a time, the next when it has left. `acted` carries the key of the action taken."""

    acted = Signal(str)
    emptied = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._waiting: deque[Message] = deque(maxlen=_MOST_WAITING)
        self._shown: Message | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.dismiss)
        self.setProperty("kind", "message")
        self._mark = PlainLabel()
        self._text = PlainLabel(kind=LabelKind.STRONG, wrap=True, cap=400)
        self._action = Button(look, "", role=ButtonRole.QUIET)
        self._action.clicked.connect(self._act)
        close = IconButton(look, Icon.X, _("Dismiss this message"))
        close.clicked.connect(self.dismiss)
        line = row(look, self, gap=1.5, margins=(2, 0.5, 1, 0.5))
        line.addWidget(self._mark)
        line.addWidget(self._text, 1)
        line.addWidget(self._action)
        line.addWidget(close)
        look.changed.connect(self._redraw)
        self.hide()

    @property
    def message(self) -> Message | None:
        """What is on screen now."""
        return self._shown

    def say(self, message: Message) -> None:
        """Show `message` now, or after those that came before it. The oldest waiting one gives way beyond twenty."""
        if self._shown is None:
            self._show(message)
        else:
            self._waiting.append(message)

    def dismiss(self) -> None:
        """Take the message away and show the next one, if any."""
        self._timer.stop()
        self._shown = None
        if self._waiting:
            self._show(self._waiting.popleft())
        else:
            self.hide()
            self.emptied.emit()

    def _act(self) -> None:
        key = self._shown.key if self._shown else ""
        self.dismiss()
        if key:
            self.acted.emit(key)

    def _show(self, message: Message) -> None:
        self._shown = message
        self._text.setText(message.text)
        self._action.setText(message.action)
        self._action.setVisible(bool(message.action))
        restyle(self, tone=message.tone.value)
        for label in (self._mark, self._text):
            restyle(label)
        self._redraw()
        self.show()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, message.text))
        if message.seconds is not None:
            self._timer.start(round(message.seconds * 1000))

    def _redraw(self) -> None:
        if self._shown is not None:
            side = self._look.metrics.icon
            self._mark.setPixmap(
                self._look.pixmap(TONE_ICONS[self._shown.tone], self._shown.tone.value, side, self.devicePixelRatioF())
            )
