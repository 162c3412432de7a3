"""Removing the vault from this computer: what that can promise is said first, and a word is typed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.check_box import CheckBox
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import PlainLabel
from vrm_desktop.ui.widgets.layouts import row
from vrm_desktop.wording import archive_words
from vrm_desktop.wording.catalogue import _


class WipeCard(Card):
    """`wipe_requested` carries whether the backups beside the vault go too."""

    wipe_requested = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Remove my vault from this computer"), gap=1.5, parent=parent)
        self.backups = CheckBox(look, _("Remove the backups beside it too"))
        self.word = QLineEdit()
        self.word.setMaxLength(20)
        typed = FormRow(look, _("To be sure"), self.word, _("Type the word {word}.").format(word=archive_words.WIPE))
        self.wipe = Button(look, _("Remove my vault"), role=ButtonRole.DANGER, icon=Icon.TRASH_2)
        self.wipe.setEnabled(False)
        for sentence in archive_words.what_a_wipe_does():
            self.body.addWidget(PlainLabel(sentence, wrap=True))
        self.body.addWidget(self.backups)
        self.body.addWidget(typed)
        line = row(look, gap=1)
        line.addWidget(self.wipe)
        line.addStretch(1)
        self.body.addLayout(line)
        self.body.addStretch(1)
        self.word.textChanged.connect(lambda text: self.wipe.setEnabled(text.strip() == archive_words.WIPE))
        self.wipe.clicked.connect(lambda: self.wipe_requested.emit(self.backups.isChecked()))
