"""Bring everything back from a file that was taken along: a new vault under a new passphrase."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from vrm_desktop.ui.pages.gate_frame import GateFrame
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.passphrase_edit import PassphraseEdit
from vrm_desktop.ui.widgets.passphrase_strength import Strength
from vrm_desktop.wording.catalogue import _


class ArchiveGatePage(GateFrame):
    """`chosen` carries a file; `bring_requested` the file, its passphrase ("" without one) and the vault's new one."""

    chosen = Signal(str)
    bring_requested = Signal(str, str, str)
    back_requested = Signal()

    def __init__(self, look: Look, *, sets_aside: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._file = ""
        self._encrypted = False
        self._dialog: QFileDialog | None = None
        self.heading.setText(_("Bring everything back"))
        self.sentence.setText(_sentence(sets_aside=sets_aside))
        self.file = Button(look, _("Choose the file…"), icon=Icon.FILE_SEARCH)
        self._name = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self.secret = PassphraseEdit(look)
        self._secret_row = FormRow(look, _("Passphrase of the archive"), self.secret)
        self.passphrase = PassphraseEdit(look, meter=True)
        self.repeat = PassphraseEdit(look)
        self._row = FormRow(look, _("A passphrase for your vault here"), self.passphrase)
        self._repeat_row = FormRow(look, _("The same again"), self.repeat)
        self.act = Button(look, _("Bring it back"), role=ButtonRole.PRIMARY, icon=Icon.UPLOAD)
        self.act.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.back = Button(look, _("Back"), icon=Icon.ARROW_LEFT)
        for part in (self.file, self._name, self._secret_row, self._row, self._repeat_row):
            self.body.addWidget(part)
        line = row(look, gap=1)
        line.addWidget(self.back)
        line.addWidget(self.act, 1)
        self.body.addLayout(line)
        self.file.clicked.connect(self._choose)
        self.repeat.submitted.connect(self._submit)
        self.act.clicked.connect(self._submit)
        self.back.clicked.connect(self.back_requested)
        self.show_file("", encrypted=False)

    def first_field(self) -> QWidget:
        """The button that asks for the file."""
        return self.file

    def show_file(self, path: str, *, encrypted: bool) -> None:
        """The file that will be read, and whether it asks for a passphrase."""
        self._file, self._encrypted = path, encrypted
        self._name.setText(Path(path).name if path else _("A file that this program wrote: .zip, or encrypted .age."))
        self._secret_row.setVisible(encrypted)
        self.act.setEnabled(bool(path))

    def show_working(self, *, working: bool) -> None:
        """Whether it is being brought back."""
        self.act.setText(_("Reading and checking everything…") if working else _("Bring it back"))
        for part in (self.act, self.back, self.file, self.secret, self.passphrase, self.repeat):
            part.setEnabled(not working)

    def show_slip(self, words: str) -> None:
        """The archive's passphrase does not fit."""
        self.notice.hide()
        self._secret_row.show_error(words)
        self.secret.setFocus()
        self.secret.select_all()

    def say(self, title: str, words: str, tone: Tone) -> None:
        """What a try came to."""
        self.notice.say(title, words, tone)

    def forget(self) -> None:
        """Drop what is typed."""
        for edit in (self.secret, self.passphrase, self.repeat):
            edit.clear()

    def _submit(self) -> None:
        if not self.act.isEnabled():
            return
        for line in (self._secret_row, self._row, self._repeat_row):
            line.show_error("")
        if self._encrypted and not self.secret.passphrase:
            self._secret_row.show_error(_("The archive is encrypted. Its own passphrase comes first."))
        elif self.passphrase.estimate.strength in (Strength.TOO_SHORT, Strength.WEAK):
            self._row.show_error(_("This passphrase is too easy to guess. Add a word or two."))
        elif self.passphrase.passphrase != self.repeat.passphrase:
            self._repeat_row.show_error(_("The two are not the same. Please type it again."))
        else:
            secret = self.secret.passphrase if self._encrypted else ""
            self.bring_requested.emit(self._file, secret, self.passphrase.passphrase)

    def _choose(self) -> None:
        dialog = QFileDialog(self, _("Choose an archive"), "", _("Archives (*.zip *.age)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.chosen)
        self._dialog = dialog
        dialog.open()


def _sentence(*, sets_aside: bool) -> str:
    use_here = _("Everything is as it was when the file was written. Use it here from then on, and not in two places.")
    kept = _("What stands there now is set aside whole, so nothing is lost by this.")
    return f"{use_here} {kept}" if sets_aside else use_here
