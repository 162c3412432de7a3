"""Labels. The only ones the window uses: they show text as text, whatever it contains."""

from enum import Enum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.plain_text import MAX_CHARACTERS, breakable, one_line, tame, tip

_BREAK = "\u200b"


class LabelKind(Enum):
    """A label's place in the hierarchy; the style sheet gives it size, weight and colour."""

    TITLE = "title"
    HEADING = "heading"
    FIGURE = "figure"
    STRONG = "strong"
    BODY = "body"
    MUTED = "muted"
    CAPTION = "caption"
    OVERLINE = "overline"
    ERROR = "error"
    CODE = "code"
    PILL = "pill"
    TONED = "toned"


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties and let the style sheet look at the widget again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class PlainLabel(QLabel):
    """A label that never reads HTML, caps its text and can break any run of characters."""

    def __init__(
        self,
        text: str = "",
        *,
        kind: LabelKind = LabelKind.BODY,
        wrap: bool = False,
        selectable: bool = False,
        cap: int = MAX_CHARACTERS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cap = cap
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind.value)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if selectable:
            flags = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            self.setTextInteractionFlags(flags)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show `text`, tamed."""
        tamed = tame(text, self._cap)
        super().setText(breakable(tamed) if self.wordWrap() else tamed)

    def setTextFormat(self, text_format: Qt.TextFormat) -> None:
        """Plain text stays; asking for anything else is a mistake.

        Raises:
            ValueError: any other format.
        """
        if text_format is not Qt.TextFormat.PlainText:
            raise ValueError("labels of this window show plain text only")
        super().setTextFormat(text_format)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy what is selected without the places where a long word may break."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            QGuiApplication.clipboard().setText(self.selectedText().replace(_BREAK, ""))
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Wrapped text needs no more width than its longest word; Qt would ask for much more."""
        hint = super().minimumSizeHint()
        if not self.wordWrap():
            return hint
        words = self.text().replace(_BREAK, " ").split()
        longest = max((self.fontMetrics().horizontalAdvance(word) for word in words), default=0)
        return QSize(min(hint.width(), longest + 2), hint.height())

    def set_tone(self, tone: Tone) -> None:
        """Colour a pill, a caption or a figure by meaning."""
        restyle(self, tone=tone.value)


class ElidedLabel(PlainLabel):
    """One line that ends in … when there is no room; the whole text is its tool tip and its accessible name."""

    def __init__(self, text: str = "", *, kind: LabelKind = LabelKind.BODY, parent: QWidget | None = None) -> None:
        self._whole = ""
        super().__init__("", kind=kind, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    @property
    def whole_text(self) -> str:
        """The text without the cut."""
        return self._whole

    def setText(self, text: str) -> None:
        """Show `text` on one line."""
        self._whole = one_line(text)
        self.setAccessibleName(self._whole)
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        """Room for a few characters."""
        hint = super().minimumSizeHint()
        return QSize(min(self.sizeHint().width(), self.fontMetrics().horizontalAdvance("mmmm…")), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut again for the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, max(self.width(), 1))
        self.setToolTip("" if shown == self._whole else tip(self._whole))
        if shown != self.text():
            QLabel.setText(self, shown)


class Pill(PlainLabel):
    """A short fact with a tone. The words carry the meaning, the colour only helps."""

    def __init__(self, text: str = "", tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(text, kind=LabelKind.PILL, cap=60, parent=parent)
        self.setIndent(0)  # Qt would add some on one side
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_tone(tone)
