"""The recovery code's card: made, shown once, saved as a sheet, typed back in part, set, replaced, removed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from vrm_desktop.services.ways_in import NewRecoveryCode, Offer
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.code_box import CodeBox
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import column, row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.passphrase_edit import PassphraseEdit
from vrm_desktop.wording.catalogue import _


class CodeCard(Card):
    """`typed_back` carries what was typed back and the passphrase, `removed` the passphrase, `sheet_wanted` a file."""

    wanted = Signal()
    typed_back = Signal(str, str)
    removed = Signal(str)
    sheet_wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Recovery code"), gap=1.5, parent=parent)
        self._dialog: QFileDialog | None = None
        self._state = PlainLabel(wrap=True)
        self.notice = Notice(look)
        self.make = Button(look, "", icon=Icon.KEY_ROUND)
        self.box = CodeBox(look, _("Your recovery code"))
        self.save = Button(look, _("Save as a sheet to print…"), icon=Icon.DOWNLOAD)
        self.repeat = QLineEdit()
        self.repeat.setMaxLength(60)
        self.repeat_row = FormRow(look, "", self.repeat)
        self.passphrase = PassphraseEdit(look)
        self._row = FormRow(look, _("Passphrase"), self.passphrase)
        self.set = Button(look, _("Set this code"), role=ButtonRole.PRIMARY)
        self.cancel = Button(look, _("Do not set it"))
        self.remove = Button(look, _("Remove the recovery code"), role=ButtonRole.DANGER, icon=Icon.TRASH_2)
        self._lay_out(look)
        self.make.clicked.connect(self.wanted)
        self.save.clicked.connect(self._choose_file)
        self.set.clicked.connect(self._submit)
        self.passphrase.submitted.connect(self._submit)
        self.repeat.returnPressed.connect(self.passphrase.setFocus)
        self.cancel.clicked.connect(lambda: self.show_code(None))
        self.remove.clicked.connect(self._remove)
        self._has = False
        self.show_state("", keyring=Offer.ABSENT)
        self.show_code(None)

    def show_state(self, made: str, *, keyring: Offer) -> None:
        """Whether there is a code: `made` says since when, "" for none."""
        self._has = bool(made)
        words = _("There is one since {day}. It opens your vault when your passphrase is forgotten.").format(day=made)
        self._state.setText(words if made else _("There is none. Without it, a forgotten passphrase is lost for good."))
        self.make.setText(_("Make another code…") if made else _("Make a recovery code…"))
        self.remove.setEnabled(keyring is not Offer.ON)
        self._show_parts()

    def show_code(self, code: NewRecoveryCode | None) -> None:
        """Show a code that opens nothing yet; None puts it away for good."""
        self.box.show_text(_in_lines(code) if code is not None else "")
        self._new.setVisible(code is not None)
        self.repeat.clear()
        self.passphrase.clear()
        self._row.show_error("")
        if code is not None:
            self.notice.hide()
            asked = ", ".join(str(number) for number in code.asked)
            self.repeat_row.rename(_("Type these groups of it: {numbers}").format(numbers=asked))
            self.repeat_row.show_error("")
            self.repeat.setFocus()
        self._show_parts()

    def show_slip(self, words: str) -> None:
        """What was typed back is not the code."""
        self.repeat_row.show_error(words)
        self.repeat.setFocus()
        self.finish()

    def finish(self) -> None:
        """Let the next try be made."""
        self.set.setEnabled(True)
        self.remove.setEnabled(True)

    def _show_parts(self) -> None:
        shown = not self._new.isHidden()
        self._acts.setVisible(shown)
        self.make.setVisible(not shown)
        self.remove.setVisible(self._has and not shown)
        self._row.setVisible(self._has or shown)

    def _submit(self) -> None:
        if self._new.isHidden() or not self.set.isEnabled():
            return
        typed, passphrase = self.repeat.text().strip(), self.passphrase.passphrase
        self.repeat_row.show_error("" if typed else _("Please type these groups from your sheet."))
        self._row.show_error("" if passphrase else _("Please type your passphrase."))
        if typed and passphrase:
            self.set.setEnabled(False)
            self.passphrase.clear()
            self.typed_back.emit(typed, passphrase)

    def _remove(self) -> None:
        passphrase = self.passphrase.passphrase
        self._row.show_error("" if passphrase else _("Please type your passphrase."))
        if passphrase:
            self.remove.setEnabled(False)
            self.notice.hide()
            self.passphrase.clear()
            self.removed.emit(passphrase)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, _("Save the sheet"), _("recovery code.txt"), _("Texts (*.txt)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.sheet_wanted)
        self._dialog = dialog
        dialog.open()

    def _lay_out(self, look: Look) -> None:
        self._new = QWidget()
        lines = column(look, self._new, gap=1.5)
        lines.addWidget(PlainLabel(_once_words(), kind=LabelKind.MUTED, wrap=True))
        lines.addWidget(self.box)
        lines.addWidget(self.save)
        lines.addWidget(self.repeat_row)
        act = row(look, gap=1)
        act.addWidget(self.set)
        act.addWidget(self.cancel)
        act.addStretch(1)
        self._acts = QWidget()
        self._acts.setLayout(act)
        for part in (self._state, self._new, self._row, self._acts, self.notice, self.make, self.remove):
            self.body.addWidget(part)
        self.body.addStretch(1)


def _in_lines(code: NewRecoveryCode) -> str:
    """Three groups to a line, each with its number."""
    told = [f"{number}: {group}" for number, group in enumerate(code.groups, 1)]
    return "\n".join("    ".join(told[start : start + 3]) for start in range(0, len(told), 3))


def _once_words() -> str:
    return _("This is shown once. Write it down or print it, and keep it where you keep papers, not on this computer.")
