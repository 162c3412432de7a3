"""A stranger's text to read, with passages of it marked. Plain text only, bounded, and it can be selected."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from vrm_desktop.ui.models.mails_view import Passage
from vrm_desktop.ui.theme.look import Look

_MOST = 64 * 1024
# What plain_text.tame takes away is replaced here, one character for one, so that places in the text stay true.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)


class QuotedText(QPlainTextEdit):
    """Shows at most 65,536 characters. `show_passages` marks places; `point_at` stresses one and brings it in sight."""

    def __init__(self, look: Look, name: str, *, lines: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look, self._high = look, lines
        self._text, self._stressed = "", ""
        self._passages: tuple[Passage, ...] = ()
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._redraw()
        look.changed.connect(self._redraw)

    @property
    def marked(self) -> tuple[str, ...]:
        """The texts that are marked now, in order."""
        return tuple(one.cursor.selectedText() for one in self.extraSelections())

    def show_text(self, text: str, passages: Sequence[Passage] = ()) -> None:
        """Show `text`, with these passages marked. Places beyond its end are left out."""
        shown = _UNWANTED.sub(" ", text[:_MOST])
        if shown != self._text:
            self._text = shown
            self.setPlainText(shown)
        self._passages = tuple(one for one in passages if 0 <= one.start < one.end <= len(shown))
        self._stressed = ""
        self._mark()

    def point_at(self, key: str) -> None:
        """Stress the passage of this key, if there is one, and bring it in sight."""
        found = next((one for one in self._passages if one.key == key), None)
        self._stressed = key if found is not None else ""
        self._mark()
        if found is not None:
            cursor = self._cursor(found)
            cursor.setPosition(cursor.selectionStart())
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def sizeHint(self) -> QSize:
        """As high as it must be at least."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def _mark(self) -> None:
        theme = self._look.theme
        marks = []
        for one in sorted(self._passages, key=lambda each: each.key == self._stressed):
            stressed = one.key == self._stressed
            mark = QTextEdit.ExtraSelection()
            form = QTextCharFormat()
            form.setBackground(QColor(theme.accent if stressed else theme.accent_soft))
            form.setForeground(QColor(theme.on_accent if stressed else theme.accent))
            form.setFontUnderline(not stressed)  # colour is never the only sign
            mark.format = form
            mark.cursor = self._cursor(one)
            marks.append(mark)
        self.setExtraSelections(marks)

    def _cursor(self, one: Passage) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(self._text[: one.start]))
        cursor.setPosition(_units(self._text[: one.end]), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _redraw(self) -> None:
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * self._high + self._look.steps(3))
        self._mark()


def _units(text: str) -> int:
    """How many places Qt counts for `text`: characters beyond the first plane are two."""
    return len(text) + sum(ord(sign) > 0xFFFF for sign in text)
