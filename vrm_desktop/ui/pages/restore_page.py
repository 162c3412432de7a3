"""Bring a backup back: one of those found, or a file; nothing that stands there is deleted."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from vrm_desktop.ui.models.restore_view import BackupLine, RestoreView
from vrm_desktop.ui.pages.gate_frame import GateFrame
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.passphrase_edit import PassphraseEdit
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.wording.catalogue import _


class RestorePage(GateFrame):
    """`restore_requested` and `survey_requested` carry the backup's file and the passphrase of its day."""

    restore_requested = Signal(str, str)
    survey_requested = Signal(str, str)
    back_requested = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._view = RestoreView()
        self._own: tuple[BackupLine, ...] = ()
        self._dialog: QFileDialog | None = None
        self.heading.setText(_("Bring a backup back"))
        self.choice = Select(look, [])
        self._choice_row = FormRow(look, _("Backup"), self.choice)
        self.file = Button(look, _("Choose another file…"), icon=Icon.FILE_SEARCH)
        self._detail = PlainLabel(kind=LabelKind.CAPTION, wrap=True)
        self.passphrase = PassphraseEdit(look)
        self._passphrase_row = FormRow(
            look, _("Passphrase"), self.passphrase, _("The one your vault had on the day of the backup.")
        )
        self.survey = Button(look, _("What would be missing?"), icon=Icon.SEARCH)
        self.act = Button(look, "", role=ButtonRole.PRIMARY, icon=Icon.DATABASE_BACKUP)
        self.act.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.back = Button(look, _("Back"), icon=Icon.ARROW_LEFT)
        self._lay_out()
        self.choice.chosen.connect(self._describe)
        self.file.clicked.connect(self._choose_file)
        self.passphrase.submitted.connect(lambda: self._submit(survey=False))
        self.act.clicked.connect(lambda: self._submit(survey=False))
        self.survey.clicked.connect(lambda: self._submit(survey=True))
        self.back.clicked.connect(self.back_requested)

    def first_field(self) -> QWidget:
        """The passphrase."""
        return self.passphrase

    def show_view(self, view: RestoreView) -> None:
        """Show what was found, and whether something is being done."""
        self._view = view
        chosen = self.choice.key if self._lines() else ""
        self._offer(view.backups)
        if chosen:
            self.choice.choose(chosen)
        self.sentence.setText(
            _("What stands there now is set aside whole, so nothing is lost by this.")
            if view.damaged
            else _("Your vault comes back as it was on that day, and opens with the passphrase of that day.")
        )
        self.act.setText(view.working or _("Bring this backup back"))
        for part in (self.act, self.back, self.file, self.choice, self.passphrase, self.survey):
            part.setEnabled(not view.working)
        self.act.setEnabled(bool(self._lines()) and not view.working)
        self._describe()

    def show_slip(self, words: str) -> None:
        """The passphrase does not fit."""
        self._passphrase_row.show_error(words)
        self.passphrase.setFocus()
        self.passphrase.select_all()

    def say(self, title: str, words: str, tone: Tone) -> None:
        """What a look, or a try, came to."""
        self.notice.say(title, words, tone)

    def take_file(self, path: str) -> None:
        """A backup file from elsewhere, chosen from now on."""
        line = BackupLine(key=path, title=Path(path).name, detail=path)
        self._own = (line, *(one for one in self._own if one.key != path))
        self._offer(self._view.backups)
        self.choice.choose(path)
        self.act.setEnabled(not self._view.working)
        self._describe()

    def forget(self) -> None:
        """Drop what is typed."""
        self.passphrase.clear()

    def _lines(self) -> tuple[BackupLine, ...]:
        return (*self._own, *self._view.backups)

    def _offer(self, backups: tuple[BackupLine, ...]) -> None:
        lines = (*self._own, *backups)
        self.choice.offer([(one.key, one.title) for one in lines])
        self._choice_row.setVisible(bool(lines))

    def _describe(self) -> None:
        lines = {one.key: one for one in self._lines()}
        known = lines.get(self.choice.key) if lines else None
        self._detail.setText(known.detail if known is not None else _("No backup was found here. Choose a file."))
        found = {one.key for one in self._view.backups}
        self.survey.setVisible(self._view.damaged and known is not None and known.key in found)

    def _submit(self, *, survey: bool) -> None:
        if not self.act.isEnabled():
            return
        self._passphrase_row.show_error("")
        if not self.passphrase.passphrase:
            self.show_slip(_("Please type your passphrase."))
            return
        asked = self.survey_requested if survey else self.restore_requested
        asked.emit(self.choice.key, self.passphrase.passphrase)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, _("Choose a backup"), "", _("Backups (*.vrm-backup)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_file)
        self._dialog = dialog
        dialog.open()

    def _lay_out(self) -> None:
        self.body.addWidget(self._choice_row)
        self.body.addWidget(self._detail)
        self.body.addWidget(self.file)
        self.body.addWidget(self._passphrase_row)
        self.body.addWidget(self.survey)
        line = row(self.look, gap=1)
        line.addWidget(self.back)
        line.addWidget(self.act, 1)
        self.body.addLayout(line)
