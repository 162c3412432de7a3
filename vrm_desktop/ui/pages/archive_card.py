"""Taking everything along: what the file holds is said first, then it is written, encrypted unless told otherwise."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.passphrase_edit import PassphraseEdit
from vrm_desktop.wording import archive_words
from vrm_desktop.wording.catalogue import _


class ArchiveCard(Card):
    """`wanted` carries the file and its passphrase, "" for one that nothing protects."""

    wanted = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Take everything with you"), gap=1.5, parent=parent)
        self._dialog: QFileDialog | None = None
        self.encrypt = CheckBox(look, _("Encrypt it with a passphrase of its own"))
        self.encrypt.setChecked(True)
        self.passphrase = PassphraseEdit(look)
        self.repeat = PassphraseEdit(look)
        self._row = FormRow(look, _("Passphrase of the archive"), self.passphrase, archive_words.encrypted_hint())
        self._repeat_row = FormRow(look, _("The same again"), self.repeat)
        self._open = PlainLabel(archive_words.unencrypted_warning(), kind=LabelKind.MUTED, wrap=True)
        self.save = Button(look, _("Write it into a file…"), icon=Icon.DOWNLOAD)
        self.notice = Notice(look)
        for sentence in archive_words.what_an_export_holds():
            self.body.addWidget(PlainLabel(sentence, wrap=True))
        for part in (self.encrypt, self._row, self._repeat_row, self._open):
            self.body.addWidget(part)
        line = row(look, gap=1)
        line.addWidget(self.save)
        line.addStretch(1)
        self.body.addLayout(line)
        self.body.addWidget(self.notice)
        self.body.addStretch(1)
        self.encrypt.toggled.connect(self._draw)
        self.save.clicked.connect(self._choose)
        self._draw()

    def take_file(self, path: str) -> None:
        """The file that was chosen: write into it."""
        secret = self.passphrase.passphrase if self.encrypt.isChecked() else ""
        self.save.setEnabled(False)
        self.notice.say(_("Writing everything, and reading it back…"))
        self.wanted.emit(path, secret)

    def finish(self, title: str, words: str, tone: Tone) -> None:
        """Say what it came to."""
        self.save.setEnabled(True)
        if tone is Tone.GOOD:
            self.passphrase.clear()
            self.repeat.clear()
        self.notice.say(title, words, tone)

    def _draw(self) -> None:
        encrypted = self.encrypt.isChecked()
        self._row.setVisible(encrypted)
        self._repeat_row.setVisible(encrypted)
        self._open.setVisible(not encrypted)

    def _choose(self) -> None:
        self._row.show_error("")
        self._repeat_row.show_error("")
        encrypted = self.encrypt.isChecked()
        if encrypted and not self.passphrase.passphrase:
            self._row.show_error(_("Please choose a passphrase for it."))
            return
        if encrypted and self.passphrase.passphrase != self.repeat.passphrase:
            self._repeat_row.show_error(_("The two are not the same. Please type it again."))
            return
        name = _("everything.age") if encrypted else _("everything.zip")
        dialog = QFileDialog(self, _("Write everything into a file"), name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_file)
        self._dialog = dialog
        dialog.open()
