"""Two cards of the safety page: another passphrase, and the computer's keyring with its plain caveat."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from vrm_desktop.services.ways_in import Offer
from vrm_desktop.ui.theme.icons import Icon
from vrm_desktop.ui.theme.look import Look
from vrm_desktop.ui.widgets.buttons import Button
from vrm_desktop.ui.widgets.card import Card
from vrm_desktop.ui.widgets.form_row import FormRow
from vrm_desktop.ui.widgets.labels import LabelKind, PlainLabel
from vrm_desktop.ui.widgets.notice import Notice
from vrm_desktop.ui.widgets.passphrase_edit import PassphraseEdit
from vrm_desktop.ui.widgets.passphrase_pair import PassphrasePair
from vrm_desktop.wording.catalogue import _


class PassphraseCard(Card):
    """`chosen` carries the old passphrase and the new one."""

    chosen = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Another passphrase"), gap=1.5, parent=parent)
        self.old, self.pair, self.notice = PassphraseEdit(look), PassphrasePair(look), Notice(look)
        self._old_row = FormRow(look, _("Present passphrase"), self.old)
        self.change = Button(look, _("Change my passphrase"), icon=Icon.KEY_ROUND)
        for part in (self._old_row, self.pair, self.notice):
            self.body.addWidget(part)
        self.body.addWidget(PlainLabel(_old_backups_words(), kind=LabelKind.CAPTION, wrap=True))
        self.body.addWidget(self.change)
        self.body.addStretch(1)
        self.old.submitted.connect(self.pair.setFocus)
        self.pair.submitted.connect(self._submit)
        self.change.clicked.connect(self._submit)

    def finish(self) -> None:
        """Let the next try be made."""
        self.change.setEnabled(True)

    def _submit(self) -> None:
        self._old_row.show_error("" if self.old.passphrase else _("Please type your passphrase."))
        if not self.old.passphrase or not self.change.isEnabled():
            return
        chosen = self.pair.chosen()
        if chosen is not None:
            self.change.setEnabled(False)
            self.notice.hide()
            self.chosen.emit(self.old.passphrase, chosen)
            self.old.clear()
            self.pair.clear()


class KeyringCard(Card):
    """`wanted` and `unwanted` carry the passphrase."""

    wanted = Signal(str)
    unwanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, _("Unlocking with this computer's keyring"), gap=1.5, parent=parent)
        self._offer = Offer.ABSENT
        self._state = PlainLabel(wrap=True)
        self.passphrase, self.notice = PassphraseEdit(look), Notice(look)
        self._row = FormRow(look, _("Passphrase"), self.passphrase)
        self.switch = Button(look, "", icon=Icon.KEY_ROUND)
        for part in (self._state, PlainLabel(_caveat(), kind=LabelKind.MUTED, wrap=True), self._row, self.notice):
            self.body.addWidget(part)
        self.body.addWidget(self.switch)
        self.body.addStretch(1)
        self.passphrase.submitted.connect(self._submit)
        self.switch.clicked.connect(self._submit)
        self.show_offer(self._offer)

    def show_offer(self, offer: Offer) -> None:
        """Show whether it is on, or could be."""
        self._offer = offer
        self._state.setText(_offer_words(offer))
        usable = offer in (Offer.ON, Offer.READY)
        self._row.setVisible(usable)
        self.switch.setVisible(usable)
        self.switch.setText(_("Do not use the keyring any more") if offer is Offer.ON else _("Use the keyring"))

    def finish(self) -> None:
        """Let the next try be made."""
        self.switch.setEnabled(True)

    def _submit(self) -> None:
        typed = self.passphrase.passphrase
        self._row.show_error("" if typed else _("Please type your passphrase."))
        if typed and self.switch.isEnabled():
            self.switch.setEnabled(False)
            self.notice.hide()
            self.passphrase.clear()
            (self.unwanted if self._offer is Offer.ON else self.wanted).emit(typed)


def _caveat() -> str:
    return _(
        "The keyring protects against somebody who takes the disk. It does not protect against another program that "
        "runs as you while you are signed in: that can ask the keyring, too. Your passphrase goes on working."
    )


def _offer_words(offer: Offer) -> str:
    return {
        Offer.ON: _("The keyring opens your vault."),
        Offer.READY: _("It is off. You type your passphrase each time."),
        Offer.NEEDS_CODE: _("Make a recovery code first, so that a keyring that fails cannot lock you out."),
        Offer.REFUSED: _("The keyring of this computer keeps things readable, so it is not used."),
        Offer.ABSENT: _("No keyring answers on this computer."),
    }[offer]


def _old_backups_words() -> str:
    return _(
        "Backups made until now go on opening with the present passphrase. If somebody else knows it, delete them "
        "once you have made a new one."
    )
