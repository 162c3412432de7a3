"""The passphrase field: show and hide, how strong it is, and whether caps lock seems to be on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QProgressBar, QWidget

from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import IconButton
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel, restyle
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.passphrase_strength import Estimate, Strength, estimate
from vrm_desktop.wording.catalogue import _

_FULL_BITS = 70
_TONES = {
    Strength.TOO_SHORT: Tone.BAD,
    Strength.WEAK: Tone.BAD,
    Strength.FAIR: Tone.CAUTION,
    Strength.STRONG: Tone.GOOD,
}


def caps_lock_seems_on(typed: str, modifiers: Qt.KeyboardModifier) -> bool | None:
    """What one key press tells: True or False for a letter, None for anything else."""
    if len(typed) != 1 or typed.upper() == typed.lower():
        return None
    shifted = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
    return typed.isupper() != shifted


class _Field(QLineEdit):
    caps_lock = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, and tell whether caps lock seems to be on."""
        seems = caps_lock_seems_on(event.text(), event.modifiers())
        if seems is not None:
            self.caps_lock.emit(seems)
        super().keyPressEvent(event)


class PassphraseEdit(QWidget):
    """`submitted` on Enter. With `meter` it says how strong the passphrase is; paste is allowed, no rules are made."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, look: Look, *, meter: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = _Field()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoAutoUppercase
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._field.setMaxLength(1024)
        self._eye = IconButton(look, Icon.EYE, _("Show what I type"))
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._reveal)
        self._caps = PlainLabel(_("Caps lock seems to be on."), kind=LabelKind.CAPTION)
        self._caps.set_tone(Tone.CAUTION)
        self._caps.hide()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _FULL_BITS)
        self._bar.setAccessibleName(_("How strong the passphrase is"))
        self._word = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        for part in (self._bar, self._word):
            part.setVisible(meter)
        line = row(look, gap=0.5)
        line.addWidget(self._field, 1)
        line.addWidget(self._eye)
        lines = column(look, self, gap=0.75)
        lines.addLayout(line)
        lines.addWidget(self._bar)
        lines.addWidget(self._word)
        lines.addWidget(self._caps)
        self.setFocusProxy(self._field)
        self._field.textChanged.connect(self._judge)
        self._field.returnPressed.connect(self.submitted)
        self._field.caps_lock.connect(self._caps.setVisible)
        self._judge()

    @property
    def passphrase(self) -> str:
        """What is typed now."""
        return self._field.text()

    @property
    def estimate(self) -> Estimate:
        """How strong it is."""
        return estimate(self._field.text())

    def clear(self) -> None:
        """Forget what is typed, and hide it again."""
        self._field.clear()
        self._eye.setChecked(False)
        self._caps.hide()

    def select_all(self) -> None:
        """Select what is typed, so that typing replaces it."""
        self._field.selectAll()

    def _reveal(self) -> None:
        shown = self._eye.isChecked()
        self._field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._eye.show_icon(Icon.EYE_OFF if shown else Icon.EYE)
        self._eye.rename(_("Hide what I type") if shown else _("Show what I type"))

    def _judge(self) -> None:
        judged = self.estimate
        self._bar.setValue(min(_FULL_BITS, round(judged.bits)))
        restyle(self._bar, tone=_TONES[judged.strength].value)
        self._word.setText(_strength_words(judged.strength) if self._field.text() else _advice())
        self.changed.emit()


def _advice() -> str:
    return _("Four or five unrelated words are strong and easy to remember.")


def _strength_words(strength: Strength) -> str:
    return {
        Strength.TOO_SHORT: _("Too short: use at least eight characters."),
        Strength.WEAK: _("Weak: easy to guess. Add a word or two."),
        Strength.FAIR: _("Fair. One more word makes it strong."),
        Strength.STRONG: _("Strong."),
    }[strength]
