"""The backups' card: when they are made, how many stay, where a second one goes, which there are, and one now."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from vrm_desktop.services.keep_vault import BackupSchedule, Rhythm
from vrm_desktop.ui.models.safety_view import SafetyView
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.key_values import Fact, KeyValues
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.select import Select
from vrm_desktop.wording.catalogue import _, ngettext

_KEPT = (3, 7, 14, 30, 90)
_LISTED = 8


class BackupsCard(Card):
    """`scheduled` carries a `BackupSchedule`; `wanted` a file for a backup, "" for one among the vault's own."""

    scheduled = Signal(object)
    wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Backups"), gap=1.5, parent=parent)
        self._schedule = BackupSchedule()
        self._dialog: QFileDialog | None = None
        self._last = PlainLabel(wrap=True)
        self._trouble = Notice(look)
        self.rhythm = Select(look, _rhythms())
        self.kept = Select(look, [(str(one), _days(one)) for one in _KEPT])
        self._folder = PlainLabel(wrap=True, kind=LabelKind.MUTED)
        self.choose = Button(look, _("Choose a second folder…"), icon=Icon.FILE_SEARCH)
        self.without = Button(look, _("No second folder"), role=ButtonRole.QUIET, icon=Icon.X)
        self.now = Button(look, _("Back up now"), icon=Icon.DATABASE_BACKUP)
        self.save = Button(look, _("Save a backup as…"), icon=Icon.DOWNLOAD)
        self.notice, self._list = Notice(look), KeyValues(look)
        self._lay_out(look)
        self.rhythm.chosen.connect(self._tell)
        self.kept.chosen.connect(self._tell)
        self.choose.clicked.connect(self._choose_folder)
        self.without.clicked.connect(lambda: self._take_folder(""))
        self.now.clicked.connect(lambda: self._want(""))
        self.save.clicked.connect(self._choose_file)

    def show_view(self, view: SafetyView) -> None:
        """Show when backups are made, and which there are."""
        self._schedule = view.schedule
        self._last.setText(view.last or _("There is no backup yet."))
        if view.trouble:
            self._trouble.say(_("The last backup by itself did not come about."), view.trouble, Tone.CAUTION)
        else:
            self._trouble.hide()
        self.rhythm.choose(view.schedule.rhythm.value)
        self.kept.choose(str(min(_KEPT, key=lambda one: abs(one - view.schedule.kept))))
        folder = view.schedule.folder
        self._folder.setText(
            _("A second copy goes to {folder}.").format(folder=folder)
            if folder
            else _("No second copy is kept elsewhere.")
        )
        self.without.setVisible(bool(folder))
        lines = [Fact(label=one.title, value=one.detail) for one in view.backups[:_LISTED]]
        self._list.show_facts(lines)
        self._list.setVisible(bool(lines))

    def finish(self) -> None:
        """Let the next one be made."""
        self.now.setEnabled(True)
        self.save.setEnabled(True)

    def _want(self, file: str) -> None:
        self.now.setEnabled(False)
        self.save.setEnabled(False)
        self.notice.say(_("Making a backup, and opening it to see that it is good…"))
        self.wanted.emit(file)

    def _tell(self) -> None:
        chosen = replace(self._schedule, rhythm=Rhythm(self.rhythm.key), kept=int(self.kept.key))
        if chosen != self._schedule:
            self._schedule = chosen
            self.scheduled.emit(chosen)

    def _take_folder(self, folder: str) -> None:
        self._schedule = replace(self._schedule, folder=folder)
        self.scheduled.emit(self._schedule)

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, _("A second folder for backups"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self._take_folder)
        self._open(dialog)

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, _("Save a backup"), _("vault.vrm-backup"), _("Backups (*.vrm-backup)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(self._want)
        self._open(dialog)

    def _open(self, dialog: QFileDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialog = dialog
        dialog.open()

    def _lay_out(self, look: Look) -> None:
        self.body.addWidget(self._last)
        self.body.addWidget(self._trouble)
        self.body.addWidget(FormRow(look, _("Made by itself"), self.rhythm))
        self.body.addWidget(FormRow(look, _("Kept"), self.kept, _kept_hint()))
        self.body.addWidget(self._folder)
        folders = row(look, gap=1)
        folders.addWidget(self.choose)
        folders.addWidget(self.without)
        folders.addStretch(1)
        self.body.addLayout(folders)
        acts = row(look, gap=1)
        acts.addWidget(self.now)
        acts.addWidget(self.save)
        acts.addStretch(1)
        self.body.addLayout(acts)
        self.body.addWidget(self.notice)
        self.body.addWidget(self._list)
        self.body.addStretch(1)


def _rhythms() -> list[tuple[str, str]]:
    return [
        (Rhythm.DAILY.value, _("Every day")),
        (Rhythm.WEEKLY.value, _("Every week")),
        (Rhythm.CHANGES.value, _("After a hundred changes")),
        (Rhythm.OFF.value, _("Never")),
    ]


def _days(count: int) -> str:
    return ngettext("The last of {count} day", "The last of each of {count} days", count).format(count=count)


def _kept_hint() -> str:
    return _("Besides these stay one for each of four weeks, and those made before an update.")
