"""Safety: the ways into the vault, and what brings it back. What is typed here is forgotten as soon as it is told."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.services.ways_in import NewRecoveryCode
from vrm_desktop.ui.models.safety_view import SafetyView
from vrm_desktop.ui.pages.page import Page, PageId
from vrm_desktop.ui.pages.safety_backups import BackupsCard
from vrm_desktop.ui.pages.safety_code import CodeCard
from vrm_desktop.ui.pages.safety_ways import KeyringCard, PassphraseCard
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.theme.tokens import Tone
from vrm_desktop.ui.widgets.buttons import Button, ButtonRole
from vrm_desktop.ui.widgets.side_by_side import SideBySide
from vrm_desktop.wording.catalogue import _


class SafetyPage(Page):
    """The cards tell what the person wants; this page hands on what they are shown.

    `passphrase_changed` carries old and new; `code_set` what was typed back and the passphrase; `code_removed`,
    `keyring_wanted` and `keyring_unwanted` the passphrase; `scheduled` a `BackupSchedule`; `backed_up` a file or "";
    `sheet_wanted` the file for the sheet.
    """

    passphrase_changed = Signal(str, str)
    code_wanted = Signal()
    code_set = Signal(str, str)
    code_removed = Signal(str)
    sheet_wanted = Signal(str)
    keyring_wanted = Signal(str)
    keyring_unwanted = Signal(str)
    scheduled = Signal(object)
    backed_up = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Safety"), parent)
        self.show_title(_("Safety"), _("Who can open your vault, and what brings it back when something breaks."))
        back = Button(look, _("Settings"), role=ButtonRole.QUIET, icon=Icon.ARROW_LEFT)
        back.clicked.connect(lambda: self.going.emit(PageId.SETTINGS))
        self.buttons.addWidget(back)
        self.code, self.keyring = CodeCard(look), KeyringCard(look)
        self.passphrase, self.backups = PassphraseCard(look), BackupsCard(look)
        self.body.addWidget(SideBySide(look, (self.code, self.backups)))
        self.body.addWidget(SideBySide(look, (self.passphrase, self.keyring)))
        self.body.addStretch(1)
        self.code.wanted.connect(self.code_wanted)
        self.code.typed_back.connect(self.code_set)
        self.code.removed.connect(self.code_removed)
        self.code.sheet_wanted.connect(self.sheet_wanted)
        self.keyring.wanted.connect(self.keyring_wanted)
        self.keyring.unwanted.connect(self.keyring_unwanted)
        self.passphrase.chosen.connect(self.passphrase_changed)
        self.backups.scheduled.connect(self.scheduled)
        self.backups.wanted.connect(self.backed_up)

    def show_safety(self, view: SafetyView) -> None:
        """Show how it stands."""
        self.code.show_state(view.recovery, keyring=view.keyring)
        self.keyring.show_offer(view.keyring)
        self.backups.show_view(view)

    def show_code(self, code: NewRecoveryCode | None) -> None:
        """Show a code that was drawn, once, or put it away."""
        self.code.show_code(code)

    def show_done(self, card: "CodeCard | KeyringCard | PassphraseCard | BackupsCard", words: str) -> None:
        """Something was done."""
        card.finish()
        card.notice.say(words, "", Tone.GOOD)

    def show_refusal(
        self, card: "CodeCard | KeyringCard | PassphraseCard | BackupsCard", title: str, words: str
    ) -> None:
        """Something could not be done; nothing was changed."""
        card.finish()
        card.notice.say(title, words, Tone.BAD)

    def first_field(self) -> QWidget | None:
        """The recovery code, which most people do not have yet."""
        return self.code.make
