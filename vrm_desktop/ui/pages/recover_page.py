"""I forgot my passphrase: the recovery code opens, and a new passphrase takes the old one's place."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from vrm_desktop.ui.pages.gate_frame import GateFrame
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.passphrase_pair import PassphrasePair
from vrm_desktop.wording.catalogue import _

_LONGEST_CODE = 120


class RecoverPage(GateFrame):
    """`recover_requested` carries the code as typed and the new passphrase."""

    recover_requested = Signal(str, str)
    back_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.heading.setText(_("Your recovery code"))
        self.sentence.setText(_("It opens your vault once more. Then your new passphrase takes the old one's place."))
        self.code = QLineEdit()
        self.code.setMaxLength(_LONGEST_CODE)
        self.code.setPlaceholderText("XXXX-XXXX-XXXX-…")
        hint = _("Nine groups of four, as on your sheet. Spaces and capitals do not matter.")
        self._code_row = FormRow(look, _("Recovery code"), self.code, hint)
        self.pair = PassphrasePair(look)
        self.act = Button(look, "", role=ButtonRole.PRIMARY, icon=Icon.LOCK_OPEN)
        self.act.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.back = Button(look, _("Back"), icon=Icon.ARROW_LEFT)
        self.body.addWidget(self._code_row)
        self.body.addWidget(self.pair)
        line = row(look, gap=1)
        line.addWidget(self.back)
        line.addWidget(self.act, 1)
        self.body.addLayout(line)
        self.code.returnPressed.connect(self.pair.setFocus)
        self.pair.submitted.connect(self._submit)
        self.act.clicked.connect(self._submit)
        self.back.clicked.connect(self.back_requested)
        self.setFocusProxy(self.code)
        self.show_working(working=False)

    def show_working(self, *, working: bool) -> None:
        """While the code is tried nothing can be typed."""
        self.act.setText(_("Opening…") if working else _("Set it and unlock"))
        for part in (self.act, self.back, self.code, self.pair):
            part.setEnabled(not working)
        if working:
            self.notice.hide()

    def show_slip(self, words: str) -> None:
        """The code does not fit; the keyboard goes back to it."""
        self._code_row.show_error(words)
        self.code.setFocus()
        self.code.selectAll()

    def show_trouble(self, title: str, words: str) -> None:
        """Anything else that was in the way."""
        self.notice.say(title, words, Tone.BAD)

    def forget(self) -> None:
        """Drop what is typed."""
        self.code.clear()
        self.pair.clear()

    def _submit(self) -> None:
        self._code_row.show_error("")
        code = self.code.text().strip()
        if not code:
            self.show_slip(_("Please type your recovery code."))
        elif self.act.isEnabled() and (chosen := self.pair.chosen()) is not None:
            self.recover_requested.emit(code, chosen)
